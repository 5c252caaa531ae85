"""What is saved is told to webhooks, whichever way it was saved."""

from __future__ import annotations

import pytest
from commerce_papers import ADDRESS, save

from mock_commerce.models import Creditmemo, Invoice, Order, Shipment
from mock_commerce.webhooks import events


@pytest.fixture
def told(shop, monkeypatch):
    shop.product(qty=10)
    heard = []
    monkeypatch.setattr(events, "saved", lambda row: heard.append((type(row), row.entity_id, row.document)))
    return heard


TRACK = {"order_id": 1, "parent_id": 1, "track_number": "1Z", "title": "UPS", "carrier_code": "ups"}
COMMENT = {"parent_id": 1, "comment": "Hi"}
STEPS = [
    ("POST", "order/1/invoice", {}, {Order, Invoice}),
    ("POST", "invoices/comments", {"entity": COMMENT}, {Invoice}),
    ("POST", "order/1/ship", {}, {Order, Shipment}),
    ("POST", "shipment/track", {"entity": TRACK}, {Shipment}),
    ("POST", "shipment/1/comments", {"entity": COMMENT}, {Shipment}),
    ("DELETE", "shipment/track/1", None, {Shipment}),
    ("POST", "orders/1/comments", {"statusHistory": {"comment": "x"}}, {Order}),
    ("PUT", "orders/1", {"entity": ADDRESS}, {Order}),
    ("POST", "orders/1/emails", {}, {Order}),
    ("POST", "order/1/refund", {}, {Order, Creditmemo}),
    ("POST", "creditmemo/1/comments", {"entity": COMMENT}, {Creditmemo}),
]


def test_whatever_is_saved_is_told_with_its_new_document(shop, told):
    save(shop)
    assert {kind for kind, *_ in told} == {Order}
    for method, path, body, kinds in STEPS:
        told.clear()
        answer = shop.call(method, path, json=body)
        assert answer.status_code == 200, (path, answer.get_json())
        assert {kind for kind, *_ in told} == kinds, path
        assert all(document.startswith(b"{") for *_, document in told)


@pytest.mark.parametrize("verb", ["cancel", "hold"])
def test_changes_of_state_are_told(shop, told, verb):
    save(shop)
    told.clear()
    shop.post(f"orders/1/{verb}")
    assert told


@pytest.mark.parametrize("version", ["2.4.6", "2.4.8"])
@pytest.mark.parametrize(("path", "kind"), [("shipment", Shipment), ("invoices", Invoice)])
def test_plain_saves_of_documents_are_told(shop, told, version, path, kind):
    shop.sim("config", {"version": version})
    save(shop)
    told.clear()
    shop.post(path, {"entity": {"order_id": 1, "items": [{"order_item_id": 1, "qty": 1}]}})
    assert kind in {row for row, *_ in told}
