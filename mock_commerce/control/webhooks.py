"""The verbs of ``/_sim/webhooks``: who is told what is saved, and what became of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields, validate

from mock_commerce.control.wishes import nothing_schema
from mock_commerce.models import Webhook, db, row_by_id
from mock_commerce.webhooks import subscriptions
from simkit.checking import wish_of, word
from simkit.control import BadControl

_NO_URL = "is not an address such as http://127.0.0.1:9000/events, without user name and fragment."


def _check_url(url: str) -> None:
    """Raises ValidationError."""
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable or parts.username is not None or parts.fragment or not url.isascii() or " " in url:
        raise ValidationError(_NO_URL)


class WebhookSchema(Schema):
    url = fields.String(
        load_only=True, required=True, validate=validate.And(validate.Length(max=2000), _check_url)
    )
    secret = fields.String(load_only=True, required=True, validate=validate.Length(min=8, max=255))
    events = fields.List(
        word(*subscriptions.all_events()),
        validate=validate.Length(min=1, error="name at least one event."),
        load_default=subscriptions.all_events,
    )


_schema = WebhookSchema()


def add_to(bp: Blueprint) -> None:
    bp.get("/webhooks")(_list)
    bp.post("/webhooks")(_subscribe)
    bp.delete("/webhooks/<int:hook_id>")(_remove)
    bp.get("/webhooks/<int:hook_id>/deliveries")(_deliveries)
    bp.post("/webhooks/<int:hook_id>/retry")(_retry)


def _found(hook_id: int) -> Webhook:
    hook = row_by_id(Webhook, hook_id)
    if hook is None:
        raise BadControl(f"no webhook {hook_id}", 404)
    return hook


def _list() -> ResponseReturnValue:
    return jsonify(webhooks=subscriptions.summaries(), events=subscriptions.all_events())


def _subscribe() -> ResponseReturnValue:
    hook = subscriptions.add(**wish_of(_schema))
    db.session.commit()
    return jsonify(id=hook.id, url=hook.shown_url, events=hook.events), 201


def _remove(hook_id: int) -> ResponseReturnValue:
    subscriptions.remove(_found(hook_id))
    db.session.commit()
    return "", 204


def _deliveries(hook_id: int) -> ResponseReturnValue:
    rows = subscriptions.newest(_found(hook_id))
    return jsonify(deliveries=[subscriptions.as_dict(row) for row in rows])


def _retry(hook_id: int) -> ResponseReturnValue:
    hook = _found(hook_id)
    wish_of(nothing_schema)
    number = subscriptions.retry(hook)
    db.session.commit()
    return jsonify(retried=number)
