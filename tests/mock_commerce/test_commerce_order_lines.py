"""Lines with parents: configurables, bundles shipped together or separately, prices on either side."""

from __future__ import annotations

import pytest
from commerce_papers import entity, save, states, units
from commerce_shop import assert_commerce_error

from mock_commerce.models import Order, db
from mock_commerce.sales import book, families

CONFIGURABLE = {
    "sku": "TEE-M",
    "product_type": "configurable",
    "qty_ordered": 2,
    "price": 15,
    "row_total": 30,
}
CHILD = {"sku": "TEE-M", "qty_ordered": 2, "price": 0, "row_total": 0, "parent_item": {"sku": "TEE-M"}}
BUNDLE = {"sku": "SET", "product_type": "bundle", "qty_ordered": 2, "price": 10, "row_total": 20}
PARTS = [
    {"sku": "CUP", "qty_ordered": 2, "price": 0, "row_total": 0, "parent_item": {"sku": "SET"}},
    {"sku": "SPOON", "qty_ordered": 6, "price": 0, "row_total": 0, "parent_item": {"sku": "SET"}},
]


@pytest.fixture
def stocked(shop):
    for sku in ("TEE-M", "CUP", "SPOON"):
        shop.product(sku, qty=20)
    return shop


def bundle(shop, *, separately=False, priced=False):
    """A bundle as a cart leaves it behind: a plain save does not take how it is shipped and priced."""
    prices = (4, 2) if priced else (0, 0)
    rows = [{**part, "price": price, "row_total": price * part["qty_ordered"]}
            for part, price in zip(PARTS, prices, strict=True)]  # fmt: skip
    total = sum(row["row_total"] for row in rows) or 20
    save(shop, {**BUNDLE, "row_total": total}, *rows, grand_total=total)
    with shop.client.application.app_context():
        order = db.session.get_one(Order, 1)
        parent, *children = order.items
        families.adopt(parent, children, ships_separately=separately, priced_by_child=priced)
        order.subtotal = sum(item.row_total for item in order.items if item.is_priced)
        book.save(order)
        db.session.commit()


def test_a_child_carries_its_parent_and_totals_count_once(stocked):
    order = save(stocked, CONFIGURABLE, CHILD)
    parent, child = order["items"]
    assert (child["parent_item_id"], child["parent_item"]) == (parent["item_id"], parent)
    assert child["price"] == 0
    assert "parent_item" not in parent
    assert (order["total_item_count"], order["total_qty_ordered"], order["grand_total"]) == (1, 2, 30)
    assert stocked.get("orders/items/2")["parent_item"]["sku"] == "TEE-M"


def test_parents_are_named_by_the_ids_of_the_caller_as_well(stocked):
    rows = [{**CONFIGURABLE, "item_id": 70}, {**CHILD, "parent_item": None, "parent_item_id": 70}]
    order = save(stocked, *rows)
    assert [item.get("parent_item_id") for item in order["items"]] == [None, 1]
    again = stocked.post("orders", {"entity": order})
    assert [item.get("parent_item_id") for item in again["items"]] == [None, 1]


@pytest.mark.conformance(29)
def test_a_configurable_leaves_in_one_parcel_from_the_stock_of_its_child(stocked):
    save(stocked, CONFIGURABLE, CHILD)
    stocked.post("order/1/ship")
    shipment = stocked.get("shipment/1")
    assert [(line["order_item_id"], line["qty"]) for line in shipment["items"]] == [(1, 2)]
    assert shipment["total_qty"] == 2
    assert units(stocked) == [2, 0]
    assert stocked.stock("TEE-M")[0] == 18
    stocked.post("order/1/invoice")
    assert units(stocked, deed="invoiced") == [2, 2]
    assert states(stocked) == ("complete", "complete")
    assert stocked.get("invoices/1")["total_qty"] == 2


def test_a_configurables_child_cannot_be_shipped_or_invoiced_itself(stocked):
    save(stocked, CONFIGURABLE, CHILD)
    one = {"items": [{"order_item_id": 2, "qty": 1}]}
    for verb, prefix, text in (
        ("ship", "Shipment", "You can't create a shipment without products."),
        ("invoice", "Invoice", "The invoice can't be created without products. Add products and try again."),
    ):
        message = f"{prefix} Document Validation Error(s):\n{text}"
        assert_commerce_error(stocked.call("POST", f"order/1/{verb}", json=one), 400, message)


def test_a_bundle_shipped_together_takes_its_children_along(stocked):
    bundle(stocked)
    stocked.post("order/1/ship", {"items": [{"order_item_id": 1, "qty": 1}]})
    assert units(stocked) == [1, 1, 3]
    assert (stocked.stock("CUP")[0], stocked.stock("SPOON")[0]) == (19, 17)
    assert stocked.get("shipment/1")["total_qty"] == 1
    stocked.post("order/1/invoice")
    stocked.post("order/1/ship")
    assert states(stocked) == ("complete", "complete")
    assert (stocked.stock("CUP")[0], stocked.stock("SPOON")[0]) == (18, 14)


@pytest.mark.conformance(32, 33)
@pytest.mark.parametrize(
    ("separately", "line", "told"),
    [(False, 2, ("Together", "Bundle product itself")), (True, 1, ("Separately", "Bundle product options"))],
)
def test_32_33_a_bundle_is_shipped_on_its_own_level_only(stocked, separately, line, told):
    bundle(stocked, separately=separately)
    message = (
        "Shipment Document Validation Error(s):\nYou can't create a shipment without products.\n"
        f'Cannot create shipment as bundle product "SET" has shipment type "{told[0]}". '
        f"{told[1]} should be shipped instead."
    )
    body = {"items": [{"order_item_id": line, "qty": 1}]}
    assert_commerce_error(stocked.call("POST", "order/1/ship", json=body), 400, message)


def test_a_bundle_shipped_separately_is_done_when_its_slowest_child_is(stocked):
    bundle(stocked, separately=True)
    stocked.post("order/1/invoice")
    stocked.post("order/1/ship", {"items": [{"order_item_id": 2, "qty": 2}]})
    assert units(stocked) == [0, 2, 0]
    assert states(stocked)[0] == "processing"
    stocked.post("order/1/ship", {"items": [{"order_item_id": 3, "qty": 3}]})
    assert units(stocked) == [1, 2, 3]
    stocked.post("order/1/ship")
    assert units(stocked) == [2, 2, 6]
    assert states(stocked)[0] == "complete"
    assert (stocked.stock("CUP")[0], stocked.stock("SPOON")[0]) == (18, 14)


def test_a_bundle_priced_by_its_children_is_invoiced_and_refunded_by_them(stocked):
    bundle(stocked, priced=True)
    answer = stocked.call("POST", "order/1/invoice", json={"items": [{"order_item_id": 1, "qty": 1}]})
    assert "without products" in answer.get_json()["message"]
    stocked.post("order/1/invoice", {"items": [{"order_item_id": 2, "qty": 2}]})
    assert (units(stocked, deed="invoiced"), stocked.get("orders/1")["total_paid"]) == ([0, 2, 0], 8)
    stocked.post("order/1/invoice")
    assert units(stocked, deed="invoiced") == [2, 2, 6]
    assert (stocked.get("orders/1")["total_due"], stocked.get("orders/1")["subtotal"]) == (0, 20)
    stocked.post("order/1/refund")
    assert (units(stocked, deed="refunded"), states(stocked)[0]) == ([2, 2, 6], "closed")


@pytest.mark.parametrize("separately", [False, True])
@pytest.mark.parametrize("priced", [False, True])
def test_cancelling_reaches_the_whole_family_and_its_reservations(stocked, separately, priced):
    stocked.sim("config", {"version": "ideal"})
    bundle(stocked, separately=separately, priced=priced)
    assert (stocked.stock("CUP")[2], stocked.stock("SPOON")[2]) == (2, 6)
    assert stocked.post("orders/1/cancel") is True
    assert units(stocked, deed="canceled") == [2, 2, 6]
    assert states(stocked) == ("canceled", "canceled")
    assert (stocked.stock("CUP")[2], stocked.stock("SPOON")[2]) == (0, 0)


def test_units_of_a_configurable_come_back_to_its_childs_stock(stocked):
    save(stocked, CONFIGURABLE, CHILD)
    stocked.post("order/1/invoice")
    stocked.post("order/1/ship")
    back = {"arguments": {"extension_attributes": {"return_to_stock_items": [1]}}}
    stocked.post("order/1/refund", back)
    assert stocked.stock("TEE-M")[0] == 20


def test_locked_lines_are_neither_invoiced_nor_shipped(stocked):
    save(stocked, {"sku": "CUP", "locked_do_ship": 1}, {"sku": "SPOON", "locked_do_invoice": 1})
    stocked.post("order/1/ship")
    stocked.post("order/1/invoice")
    assert (units(stocked), units(stocked, deed="invoiced")) == ([0, 2], [2, 0])
    assert stocked.call("POST", "order/1/ship", json={}).status_code == 400
    assert stocked.call("POST", "order/1/invoice", json={}).status_code == 400


def test_a_line_of_another_order_is_no_parent(stocked):
    save(stocked, CONFIGURABLE)
    given = entity({"sku": "CUP", "parent_item_id": 1}, {"sku": "SPOON", "parent_item": "nonsense"})
    order = stocked.post("orders", {"entity": given})
    assert all("parent_item_id" not in item for item in order["items"])


def test_a_child_that_is_named_in_a_refund_is_not_refunded_twice(stocked):
    save(stocked, CONFIGURABLE, CHILD)
    stocked.post("order/1/invoice")
    lines = [{"order_item_id": number, "qty": 1} for number in (1, 2)]
    stocked.post("order/1/refund", {"items": lines})
    assert units(stocked, deed="refunded") == [1, 1]
