"""A seller who sends rubbish, and who looks at what comes back."""

from __future__ import annotations

import hostile
from notification_tools import application_of
from vendor_models import FILES

from mock_amazon.access.grantless import GRANTLESS
from mock_amazon.models import Base, db
from simkit.snapshots import dump

TRACES = (b"Traceback", b"<html", b"<!doctype", b"werkzeug", b"sqlalchemy", b"sqlite3", b'File "')


def image(app):
    """Everything that is kept, but for the tokens and calls that end by themselves."""
    with app.app_context():
        db.session.remove()
        return dump(db.engine, Base.metadata)


class Attacker:
    """A seller who sends rubbish; its answers are judged."""

    def __init__(self, seller, *, watching=True):
        self.seller = seller
        self.app = seller.client.application
        self.application = application_of(seller)
        self.number = seller.place_unshipped(regulated={})
        self.shippable = seller.place_unshipped()
        seller.sim("listings", {"sku": "MUG", "seller_sku": "MUG"}, 201)
        self.bodies = hostile.good_bodies(seller, self.shippable)
        self.watching = watching
        self.before = image(self.app)

    def address(self, name, **slots):
        """The path of an operation with these words in it, which stand as they are."""
        order = self.shippable if name == "confirmShipment" else self.number
        words = {"orderId": order, **hostile.SLOTS, **slots}
        path = FILES[name][1]
        for slot in {part.split("}")[0] for part in path.split("{")[1:]}:
            path = path.replace(f"{{{slot}}}", words.get(slot, hostile.UNKNOWN_ID))
        return path

    def send(self, name, path=None, query=(), *, data=None, method=None, headers=(), environ=(), judged=True):
        """Send, and look at the answer: of the model, no trace, and a refusal has changed nothing."""
        self.app.extensions["simulation"].vendor.volatile["buckets"].reset()
        path = self.address(name) if path is None else path
        parameters = {**hostile.QUERIES.get(name, {}), **dict(query)}
        written = "&".join(f"{key}={value}" for key, value in parameters.items())
        caller = self.application if name in GRANTLESS else self.seller
        known = {"Content-Type": "application/json", "x-amzn-idempotency-token": "T1", **caller.headers}
        answer = self.seller.client.open(
            f"{path}?{written}",
            method=method or FILES[name][2].upper(),
            data=data,
            headers={**known, **dict(headers)},
            environ_overrides=dict(environ),
        )
        if judged:
            self.judge(name, answer)
        return answer

    def judge(self, name, answer):
        assert answer.status_code < 500, answer.get_data()[:200]
        assert answer.headers["x-amzn-RequestId"]
        assert "X-Injected" not in answer.headers
        content = answer.get_data()
        assert not [trace for trace in TRACES if trace in content], content[:200]
        if answer.request.method != "HEAD":
            self.seller.check(name, answer)
        if answer.status_code >= 400 and answer.request.method != "HEAD":
            assert answer.get_json()["errors"], content
            assert len(content) < 100_000
        if self.watching and image(self.app) != self.before:
            assert answer.status_code < 300, f"{content!r} has changed something"
            self.app.extensions["simulation"].tick()  # what was asked for and is due
            self.before = image(self.app)
