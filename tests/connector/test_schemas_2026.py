"""Documents of Orders 2026-01-01 to domain, the vendor's own sandbox orders included."""

import json
from decimal import Decimal

import pytest
from builders import document, money

from connector.amazon.loose import UnreadableOrder
from connector.amazon.schemas_2026 import read_order
from connector.domain.order import Package
from connector.domain.totals import expected_total


def test_an_order_is_read():
    order = read_order(document())
    assert order.status == "Unshipped"
    assert order.total == Decimal("39.98")
    assert order.ship_to.region == "TX"
    assert order.service_level == "Standard"
    (line,) = order.lines
    assert (line.sku, line.quantity, line.item_total) == ("SKU-RED", 2, Decimal("39.98"))


def test_amounts_come_from_the_breakdowns():
    parts = {"ITEM": "20.00", "SHIPPING": "4.99", "TAX": "1.65", "DISCOUNT": "-2.00", "GIFT_WRAP": "3.50"}
    breakdowns = [{"type": name, "subtotal": money(amount)} for name, amount in parts.items()]
    raw = document()
    raw["orderItems"][0]["proceeds"] = {"breakdowns": breakdowns}
    (line,) = read_order(raw).lines
    assert (line.shipping, line.tax, line.gift_wrap) == (Decimal("4.99"), Decimal("1.65"), Decimal("3.50"))
    assert line.discount == Decimal("2.00")


def test_charges_that_commerce_does_not_know_are_added_to_the_shipping():
    parts = {"ITEM": "20.00", "SHIPPING": "4.99", "COD_FEE": "3.00", "OTHER": "0.50", "DISCOUNT": "-1.00"}
    breakdowns = [{"type": name, "subtotal": money(amount)} for name, amount in parts.items()]
    raw = document()
    raw["orderItems"][0]["proceeds"] = {"breakdowns": breakdowns}
    order = read_order(raw)
    assert order.lines[0].shipping == Decimal("8.49")
    assert expected_total(order, tax_included=False) == Decimal("27.49")


def test_a_pending_order_has_neither_price_nor_address():
    """F20."""
    raw = document(status="PENDING")
    del raw["proceeds"], raw["recipient"], raw["buyer"], raw["orderItems"][0]["proceeds"]
    order = read_order(raw)
    assert order.total is None
    assert order.lines[0].item_total is None
    assert order.ship_to.country == ""


def test_packages_are_read():
    items = [{"orderItemId": "11", "quantity": 2}]
    package = {"packageReferenceId": "7", "carrier": "UPS", "trackingNumber": "1Z", "packageItems": items}
    assert read_order(document(packages=[package])).packages == (Package("7", "UPS", "1Z", {"11": 2}),)


def test_an_unknown_status_is_kept_as_it_is():
    assert read_order(document(status="FROZEN")).status == "FROZEN"


@pytest.mark.parametrize("field", ["orderId", "createdTime", "lastUpdatedTime", "fulfillment", "orderItems"])
def test_a_document_without_a_required_field_is_unreadable(field):
    raw = document()
    del raw[field]
    with pytest.raises(UnreadableOrder, match=field):
        read_order(raw)


def test_an_unreadable_document_names_no_values():
    raw = document(createdTime="yesterday, said Ann Lee")
    with pytest.raises(UnreadableOrder) as caught:
        read_order(raw)
    assert "Ann" not in str(caught.value)


def test_the_vendors_sandbox_orders_are_read(contracts):
    model = json.loads((contracts / "amazon" / "orders_2026-01-01.json").read_text())
    orders = []
    for path in model["paths"].values():
        for case in path["get"]["responses"]["200"]["x-amzn-api-sandbox"]["static"]:
            answer = case["response"]
            orders += answer.get("orders", [answer.get("order")])
    readable = [read_order(order) for order in orders if order.get("fulfillment")]
    assert len(readable) >= 6
    assert all(order.lines for order in readable)


@pytest.mark.parametrize(
    ("cancellation", "wish"),
    [
        ({}, None),
        ({"cancellationExecution": {"cancelledBy": "BUYER"}}, None),
        ({"cancellationRequest": {"requester": "BUYER", "cancelReason": "Changed mind"}}, "Changed mind"),
        ({"cancellationRequest": {"requester": "BUYER"}}, ""),
        ({"cancellationRequest": {"cancelReason": None}}, ""),
        (None, None),
    ],
)
def test_a_buyers_wish_to_cancel_is_read(cancellation, wish):
    sent = document()
    sent["orderItems"][0]["cancellation"] = cancellation
    assert read_order(sent).cancel_request == wish


def test_a_wish_to_cancel_a_line_that_is_gone_is_none_any_more():
    sent = document()
    sent["orderItems"][0] |= {
        "quantityOrdered": 0,
        "cancellation": {"cancellationRequest": {"cancelReason": "Changed mind"}},
    }
    assert read_order(sent).cancel_request is None
