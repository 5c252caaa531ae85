"""Events out: signed, at least once, again after a pause, and never of what was taken back."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest
import requests

from mock_commerce import create_app
from mock_commerce.webhooks import sending
from simkit.clock import VirtualClock
from simkit.outgoing import NotAccepted, post
from simkit.program import ServerConfig
from simkit.serving import LiveServer

SECRET = "a-shared-secret"
URL = "http://127.0.0.1:9/events?token=hidden"
ORDER, SHIPMENT = "sales_order_save_after", "sales_order_shipment_save_after"
INVOICE, CREDITMEMO = "sales_order_invoice_save_after", "sales_order_creditmemo_save_after"


class Message(NamedTuple):
    url: str
    body: bytes
    headers: dict[str, str]


class Receiver:
    """What stands in for the network: it keeps what it gets and answers what it is told to."""

    def __init__(self):
        self.messages = []
        self.answers = []

    def __call__(self, url, body, headers):
        self.messages.append(Message(url, body, headers))
        text = self.answers.pop(0) if self.answers else "200"
        if not text.startswith("2"):
            raise NotAccepted(text)
        return text

    @property
    def bodies(self):
        return [json.loads(message.body) for message in self.messages]


@pytest.fixture
def receiver(monkeypatch):
    receiver = Receiver()
    monkeypatch.setattr(sending, "post", receiver)
    return receiver


@pytest.fixture
def listened(shop, receiver):
    """A shop that tells the receiver everything, with an order."""
    shop.product(qty=10)
    shop.sim("webhooks", {"url": URL, "secret": SECRET})
    return shop


def settle(shop):
    """Until everything was tried that is due."""
    shop.client.get("/_sim/health")
    shop.client.application.extensions["simulation"].vendor.volatile[sending.OUTGOING].wait()


def place(shop):
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
    settle(shop)


def deliveries(shop, hook_id=1):
    settle(shop)
    return shop.client.get(f"/_sim/webhooks/{hook_id}/deliveries").get_json()["deliveries"]


def pass_time(shop, minutes):
    shop.clock.advance(timedelta(minutes=minutes))
    settle(shop)


def test_a_saved_order_is_told_at_once_as_the_rest_api_answers_it(listened, receiver):
    place(listened)
    (body,) = receiver.bodies
    assert body["event"] == ORDER
    assert body["occurred_at"] == "2026-03-01T09:00:00Z"
    assert body["data"] == listened.get("orders/1")
    (row,) = deliveries(listened)
    assert row == {
        "event_id": body["id"], "event": ORDER, "entity_id": 1, "occurred_at": "2026-03-01T09:00:00Z",
        "status": "delivered", "attempts": 1, "response": "200", "delivered_at": "2026-03-01T09:00:00Z",
    }  # fmt: skip


def test_a_message_is_signed_over_its_whole_body(listened, receiver):
    place(listened)
    (message,) = receiver.messages
    digest = hmac.new(SECRET.encode(), message.body, hashlib.sha256).hexdigest()
    assert message.url == URL
    assert dict(message.headers) == {
        "User-Agent": "channelsim-webhook",
        "X-Webhook-Id": json.loads(message.body)["id"],
        "X-Webhook-Event": ORDER,
        "X-Webhook-Attempt": "1",
        "X-Webhook-Signature": f"sha256={digest}",
    }


def test_documents_are_told_as_the_rest_api_lists_them(listened, receiver):
    place(listened)
    listened.post("order/1/invoice")
    listened.post("order/1/ship")
    listened.post("order/1/refund")
    settle(listened)
    last = {body["event"]: body["data"] for body in receiver.bodies}
    assert last[ORDER] == listened.get("orders/1")
    for event, path in ((INVOICE, "invoices"), (SHIPMENT, "shipments"), (CREDITMEMO, "creditmemos")):
        assert [last[event]] == listened.search(path)["items"]


def test_events_come_in_the_order_in_which_things_happened(listened, receiver):
    place(listened)
    listened.post("orders/1/hold")
    listened.post("orders/1/unhold")
    settle(listened)
    assert [body["data"]["status"] for body in receiver.bodies] == ["pending", "holded", "pending"]
    assert len({body["id"] for body in receiver.bodies}) == 3


def test_subscribers_get_what_they_asked_for(listened, receiver):
    listened.sim("webhooks", {"url": "https://shop.example/hook", "secret": SECRET, "events": [SHIPMENT]})
    place(listened)
    listened.post("order/1/ship")
    settle(listened)
    told = [(message.url, message.headers["X-Webhook-Event"]) for message in receiver.messages]
    assert sorted(told) == [
        (URL, ORDER), (URL, ORDER), (URL, SHIPMENT), ("https://shop.example/hook", SHIPMENT),
    ]  # fmt: skip
    ids = {
        message.headers["X-Webhook-Id"] for message in receiver.messages if SHIPMENT in message.body.decode()
    }
    assert len(ids) == 1


def test_what_fails_is_tried_again_after_growing_pauses(listened, receiver):
    receiver.answers = ["500", "ConnectionError", "302", "204"]
    place(listened)
    seen = [len(receiver.messages)]
    for minutes in (0.9, 0.2, 4, 1.1, 14, 1.1, 60):
        pass_time(listened, minutes)
        seen.append(len(receiver.messages))
    assert seen == [1, 1, 2, 2, 3, 3, 4, 4]
    assert len({message.body for message in receiver.messages}) == 1
    assert [message.headers["X-Webhook-Attempt"] for message in receiver.messages] == ["1", "2", "3", "4"]
    (row,) = deliveries(listened)
    assert (row["status"], row["attempts"], row["response"]) == ("delivered", 4, "204")


def test_a_receiver_that_never_answers_is_given_up_and_can_be_tried_again(listened, receiver):
    receiver.answers = ["503"] * sending.MOST_ATTEMPTS
    place(listened)
    for pause in sending.PAUSES:
        pass_time(listened, pause.total_seconds() / 60)
    pass_time(listened, 60 * 24 * 30)
    assert len(receiver.messages) == sending.MOST_ATTEMPTS == 8
    (row,) = deliveries(listened)
    assert (row["status"], row["response"], row["delivered_at"]) == ("failed", "503", None)
    (hook,) = listened.client.get("/_sim/webhooks").get_json()["webhooks"]
    assert (hook["waiting"], hook["delivered"], hook["failed"]) == (0, 0, 1)

    assert listened.sim("webhooks/1/retry") == {"retried": 1}
    assert deliveries(listened)[0]["status"] == "delivered"


def test_a_leap_of_the_clock_is_one_attempt(listened, receiver):
    receiver.answers = ["500"] * 9
    place(listened)
    pass_time(listened, 60 * 24 * 30)
    assert len(receiver.messages) == 2


def test_what_was_taken_back_is_not_told(listened, receiver):
    place(listened)
    answer = listened.call("POST", "order/1/ship", json={"items": [{"order_item_id": 99, "qty": 1}]})
    assert answer.status_code == 400
    body = {"entity": {"items": [{"sku": "MUG", "qty_ordered": "many"}]}}
    assert listened.call("POST", "orders", json=body).status_code == 400
    settle(listened)
    assert len(receiver.messages) == 1
    assert len(deliveries(listened)) == 1


def test_a_call_that_is_done_later_is_told_later(listened, receiver):
    entity = {"entity": {"items": [{"sku": "MUG", "qty_ordered": 1}]}}
    listened.client.post("/rest/async/V1/orders", json=entity, headers=listened.headers)
    settle(listened)
    assert receiver.messages == []
    pass_time(listened, 1)
    settle(listened)
    assert [body["occurred_at"] for body in receiver.bodies] == ["2026-03-01T09:01:00Z"]


def test_nobody_listens_and_nothing_is_written(shop, receiver):
    shop.product(qty=10)
    place(shop)
    shop.sim("webhooks", {"url": URL, "secret": SECRET})
    settle(shop)
    assert (receiver.messages, deliveries(shop)) == ([], [])


def test_a_subscription_that_ended_gets_nothing_more(listened, receiver):
    receiver.answers = ["500"]
    place(listened)
    assert listened.client.delete("/_sim/webhooks/1").status_code == 204
    pass_time(listened, 60)
    place_again = {"id": "C2", "lines": [{"sku": "MUG", "qty": 1}]}
    listened.sim("orders", place_again)
    settle(listened)
    assert len(receiver.messages) == 1
    assert listened.client.get("/_sim/webhooks").get_json()["webhooks"] == []
    assert listened.client.delete("/_sim/webhooks/1").status_code == 404


def test_a_reset_forgets_what_was_on_its_way(listened, receiver):
    receiver.answers = ["500"]
    place(listened)
    listened.sim("reset")
    pass_time(listened, 60)
    assert len(receiver.messages) == 1
    assert listened.state()["webhooks"] == []


def test_secrets_are_shown_nowhere(listened, receiver):
    place(listened)
    texts = [
        listened.client.get(path).get_data(as_text=True)
        for path in ("/_sim/webhooks", "/_sim/state", "/_sim/webhooks/1/deliveries", "/_sim/journal")
    ]
    assert not [text for text in texts if SECRET in text or "hidden" in text]
    assert listened.state()["webhooks"] == [
        {
            "id": 1, "url": "http://127.0.0.1:9/events", "events": [ORDER, SHIPMENT, INVOICE, CREDITMEMO],
            "waiting": 0, "delivered": 1, "failed": 0,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "", "shop.example", "ftp://shop.example/", "file:///etc/passwd", "http://", "http:///path",
        "http://ann:secret@shop.example/", "http://shop.example:99999/", "http://shop.example/#part",
        "http://shop example/", "http://[::1", "http://bücher.example/",
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_sent_to_are_refused(shop, url):
    answer = shop.client.post("/_sim/webhooks", json={"url": url, "secret": SECRET})
    assert answer.status_code == 400
    assert answer.get_json()["error"].startswith("field 'url': is not an address such as")
    assert shop.state()["webhooks"] == []


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"secret": SECRET}, "field 'url': Missing data"),
        ({"url": URL}, "field 'secret': Missing data"),
        ({"url": URL, "secret": "short"}, "field 'secret': Length must be between 8 and 255."),
        ({"url": URL, "secret": SECRET, "events": []}, "field 'events': []: name at least one event."),
        ({"url": URL, "secret": SECRET, "events": ["order"]}, "'order' is not one of sales_order_save_after"),
        (
            {"url": URL, "secret": SECRET, "event": ORDER},
            "unknown field 'event': allowed are url, secret, events",
        ),
    ],
)
def test_wishes_that_make_no_sense_say_why(shop, wish, error):
    answer = shop.client.post("/_sim/webhooks", json=wish)
    assert answer.status_code == 400
    assert error in answer.get_json()["error"]


class _Handler(BaseHTTPRequestHandler):
    """Asks the shop for the order before it answers, as a connector would."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        orders = requests.get(
            f"{self.server.shop}/rest/V1/orders/{body['data']['entity_id']}",
            headers=self.server.shop_headers, timeout=5,
        ).json()  # fmt: skip
        self.server.got.append((self.path, body["event"], orders["status"]))
        self.send_response(status)
        self.send_header("Location", self.server.shop)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Silence."""


@pytest.mark.sockets
def test_a_real_receiver_may_ask_the_shop_while_it_is_told(socket_enabled):
    clock = VirtualClock()
    app = create_app(ServerConfig(clock=clock))
    receiver = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    receiver.got, receiver.statuses = [], [302]
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    outgoing = app.extensions["simulation"].vendor.volatile[sending.OUTGOING]
    with LiveServer(app) as shop, requests.Session() as client:
        client.trust_env = False
        credentials = {"username": "admin", "password": "admin123"}
        token = client.post(f"{shop.url}/rest/V1/integration/admin/token", json=credentials).json()
        receiver.shop, receiver.shop_headers = shop.url, {"Authorization": f"Bearer {token}"}
        url = f"http://127.0.0.1:{receiver.server_port}/events?key=1"
        client.post(f"{shop.url}/_sim/webhooks", json={"url": url, "secret": SECRET, "events": [ORDER]})
        client.post(f"{shop.url}/_sim/products", json={"sku": "MUG", "qty": 5})
        client.post(f"{shop.url}/_sim/orders", json={"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
        outgoing.wait()
        assert client.get(f"{shop.url}/_sim/webhooks").json()["webhooks"][0]["waiting"] == 1
        client.post(f"{shop.url}/_sim/clock", json={"advance": "1m"})
        outgoing.wait()
        assert client.get(f"{shop.url}/_sim/webhooks").json()["webhooks"][0]["delivered"] == 1
    receiver.shutdown()
    receiver.server_close()
    app.extensions["simulation"].close()
    assert receiver.got == [("/events?key=1", ORDER, "pending")] * 2


@pytest.mark.sockets
def test_nobody_at_the_address_is_a_failure(socket_enabled):
    with pytest.raises(NotAccepted, match="no connection"):
        post("http://127.0.0.1:9/", b"{}", {})


@pytest.mark.parametrize("url", ["http://a..b/", f"http://{'a' * 300}/", "http://xn--/", "http://%00/"])
def test_an_address_that_is_none_stops_nobody_else(shop, url):
    shop.product(qty=10)
    shop.sim("webhooks", {"url": url, "secret": SECRET})
    buy = {"lines": [{"sku": "MUG", "qty": 1}]}
    for name in "AB":
        shop.sim("orders", {"id": name, **buy})
        settle(shop)
    rows = deliveries(shop)
    assert [row["attempts"] for row in rows] == [1, 1]
    assert all(row["response"] for row in rows)
