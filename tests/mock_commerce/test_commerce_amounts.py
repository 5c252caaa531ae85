"""Units and money of orders that are dealt with piece by piece."""

from __future__ import annotations

import pytest
from commerce_papers import save, states, units
from sqlalchemy import event

from mock_commerce.models import db


@pytest.fixture
def shop(shop):
    shop.product(qty=100)
    return shop


def part(order, qty, **more):
    return {"items": [{"order_item_id": order["items"][0]["item_id"], "qty": qty}], **more}


def papers(shop, kind, field="grand_total"):
    return [row.get(field) for row in shop.search(kind)["items"]]


def test_three_parts_of_ten_add_up(shop):
    line = {"qty_ordered": 3, "price": 3.3333, "row_total": 10, "tax_amount": 1.9, "discount_amount": 1}
    order = save(shop, line, grand_total=15.9, shipping_amount=5)
    for _ in range(3):
        shop.post("order/1/invoice", part(order, 1))
    assert papers(shop, "invoices") == [8.63, 3.64, 3.63]
    for shipping in (1.67, 1.67, 1.66):
        shop.post("order/1/refund", part(order, 1, arguments={"shipping_amount": shipping}))
    assert papers(shop, "creditmemos") == [5.3, 5.31, 5.29]
    shown = shop.get("orders/1")
    assert (shown["total_paid"], shown["total_refunded"], shown["state"]) == (15.9, 15.9, "closed")


def test_the_first_counted_invoice_carries_the_shipping(shop):
    """An invoice of POST /V1/invoices is only stored in these versions."""
    shop.sim("config", {"version": "2.4.6"})
    order = save(shop, grand_total=25, shipping_amount=5)
    shop.post("invoices", {"entity": {"order_id": 1, **part(order, 1)}})
    shop.post("order/1/invoice", part(order, 1))
    shop.post("order/1/invoice")
    assert papers(shop, "invoices", "shipping_amount")[-2:] == [5, 0]
    assert shop.get("orders/1")["total_due"] == 0


@pytest.mark.parametrize(("asked", "done"), [(1.5, 1), (1.9999, 1), (2.5, 2), ("1.2", 1)])
@pytest.mark.parametrize("verb", ["ship", "invoice", "refund"])
def test_units_are_cut_to_whole_ones(shop, asked, done, verb):
    order = save(shop)
    if verb == "refund":
        shop.post("order/1/invoice")
    shop.post(f"order/1/{verb}", part(order, asked))
    deed = {"ship": "shipped", "invoice": "invoiced", "refund": "refunded"}[verb]
    assert units(shop, 1, deed) == [done]


@pytest.mark.parametrize("verb", ["ship", "invoice"])
def test_less_than_one_unit_is_none(shop, verb):
    order = save(shop)
    for asked in (0.5, 0.00001):
        assert shop.call("POST", f"order/1/{verb}", json=part(order, asked)).status_code == 400
    assert states(shop) == ("new", "pending")


def test_what_is_sold_by_fractions_is_sent_by_fractions(shop):
    stock_item = {"qty": 9, "is_in_stock": True, "is_qty_decimal": True}
    product = {"sku": "ROPE", "name": "Rope", "price": 1, "attribute_set_id": 4}
    shop.post("products", {"product": {**product, "extension_attributes": {"stock_item": stock_item}}})
    shop.sim("orders", {"id": "A", "lines": [{"sku": "ROPE", "qty": 2}]})
    order = shop.get("orders/1")
    assert order["items"][0]["is_qty_decimal"] == 1
    shop.post("order/1/ship", part(order, 0.25))
    assert units(shop) == [0.25]


def test_units_that_were_sent_go_back_and_the_others_are_free_again(shop):
    shop.sim("orders", {"id": "A", "lines": [{"sku": "MUG", "qty": 3}]})
    order = shop.get("orders/1")
    shop.post("order/1/invoice")
    shop.post("order/1/ship", part(order, 1))
    back = {"extension_attributes": {"return_to_stock_items": [order["items"][0]["item_id"]]}}
    shop.post("order/1/refund", {"arguments": back})
    assert shop.stock() == (100, 100, 0)


def test_units_go_back_to_the_sources_that_sent_them(shop):
    shop.sim("sources", {"code": "east"})
    shop.product(sources={"default": 5, "east": 5})
    shop.sim("orders", {"id": "A", "lines": [{"sku": "MUG", "qty": 3}]})
    order = shop.get("orders/1")
    shop.post("order/1/invoice")
    shop.post("order/1/ship", part(order, 1))
    shop.post("order/1/ship", {"arguments": {"extension_attributes": {"source_code": "east"}}})
    back = {"extension_attributes": {"return_to_stock_items": [order["items"][0]["item_id"]]}}
    shop.post("order/1/refund", part(order, 2, arguments=back))
    assert shop.state()["stock"]["MUG"]["by_source"] == {"default": 5, "east": 4}
    shop.post("order/1/refund", part(order, 1, arguments=back))
    assert shop.state()["stock"]["MUG"]["by_source"] == {"default": 5, "east": 5}
    assert shop.stock() == (10, 10, 0)


def test_what_is_cancelled_after_a_part_was_paid_is_told(shop):
    order = save(shop, {"qty_ordered": 3, "row_total": 30})
    shop.post("order/1/invoice", part(order, 1))
    assert shop.post("orders/1/cancel") is True
    shown = shop.get("orders/1")
    assert (shown["total_paid"], shown["total_canceled"], shown["state"]) == (10, 20, "processing")
    shop.post("order/1/ship")
    assert states(shop) == ("complete", "complete")
    shop.post("order/1/refund")
    assert states(shop) == ("closed", "closed")


def test_an_open_invoice_is_invoiced_and_not_paid(shop):
    order = save(shop, {"qty_ordered": 3, "row_total": 30}, order_currency_code="EUR")
    shop.post("invoices", {"entity": {"order_id": 1, "state": 1, **part(order, 1)}})
    shown = shop.get("orders/1")
    assert (shown["total_invoiced"], shown["base_total_invoiced"], shown["total_due"]) == (10, 10.8696, 30)
    assert "total_paid" not in shown
    shop.post("order/1/invoice")
    shown = shop.get("orders/1")
    assert (shown["total_invoiced"], shown["total_paid"], shown["total_due"]) == (30, 20, 10)


def test_many_lines_of_an_order_are_written_in_few_statements(shop, watched):
    """Each line by itself took a time that grew with the square of their number."""
    order = save(shop, *[{"sku": f"S{place}", "qty_ordered": 1, "row_total": 1} for place in range(300)])
    assert [item["sku"] for item in order["items"]] == [f"S{place}" for place in range(300)]
    assert len(watched) < 400


@pytest.fixture
def watched(shop):
    """The statements that the database gets."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    with shop.client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
