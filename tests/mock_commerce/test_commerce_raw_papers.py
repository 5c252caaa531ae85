"""Plain saves of documents: alone up to 2.4.6 (magento2#4052, #15328), with the order in later versions."""

from __future__ import annotations

import pytest
from commerce_papers import save, states, units
from commerce_shop import assert_commerce_error

ALONE = ["2.3", "2.4.3", "2.4.6"]
MOVING = ["2.4.8", "2.4.9", "ideal"]
LINE = {"order_item_id": 1, "qty": 2, "sku": "MUG"}


@pytest.fixture
def ordered(shop):
    shop.product(qty=10)
    save(shop)
    return shop


def shipment(**changes):
    track = {"order_id": 1, "track_number": "1Z", "title": "UPS", "carrier_code": "ups"}
    return {"entity": {"order_id": 1, "items": [LINE], "tracks": [track], **changes}}


@pytest.mark.parametrize("version", ALONE)
def test_a_plain_shipment_leaves_the_order_alone_and_ships_twice(ordered, version):
    ordered.sim("config", {"version": version})
    for number in (1, 2):
        row = ordered.post("shipment", shipment())
        assert (row["entity_id"], row["items"][0]["qty"]) == (number, 2)
        assert row["tracks"][0]["parent_id"] == number
    assert units(ordered) == [0]
    assert states(ordered) == ("new", "pending")
    assert ordered.stock()[:2] == (6, 10)  # the stock moves all the same
    assert ordered.search("shipments")["total_count"] == 2


@pytest.mark.parametrize("version", MOVING)
def test_a_plain_shipment_moves_the_order_and_ships_once(ordered, version):
    ordered.sim("config", {"version": version})
    row = ordered.post("shipment", shipment(items=[{**LINE, "order_item_id": None}]))
    assert (row["total_qty"], row["items"][0]["order_item_id"]) == (2, 1)
    assert units(ordered) == [2]
    assert states(ordered) == ("processing", "processing")
    assert ordered.call("POST", "shipment", json=shipment()).status_code == 400
    assert ordered.stock()[0] == 8


@pytest.mark.parametrize("version", ALONE)
def test_a_plain_shipment_that_is_short_of_stock_leaves_nothing(ordered, version):
    ordered.sim("config", {"version": version})
    ordered.sim("stock", {"sku": "MUG", "qty": 1})
    before = ordered.state()
    answer = ordered.call("POST", "shipment", json=shipment())
    assert_commerce_error(answer, 400, "The shipment couldn't be saved.")
    assert ordered.state() == before
    (entry, *_) = ordered.client.get("/_sim/log").get_json()["entries"]
    assert entry["message"] == "Not all of your products are available in the requested quantity."


@pytest.mark.parametrize("version", ["2.4.6", "2.4.8"])
def test_labels_comments_and_numbers_of_a_plain_shipment_are_kept(ordered, version):
    ordered.sim("config", {"version": version})
    comment = {"comment": "Careful", "is_visible_on_front": 1, "is_customer_notified": 0, "parent_id": 0}
    row = ordered.post("shipment", shipment(shipping_label="PDF", comments=[comment], increment_id="S-1"))
    assert (row["increment_id"], row["comments"][0]["comment"]) == ("S-1", "Careful")
    assert ordered.get("shipment/1")["shipping_label"] == "UERG"
    assert ordered.get("shipment/1/label") == "UERG"


def test_a_shipment_without_label_answers_null(ordered):
    ordered.post("order/1/ship")
    assert ordered.get("shipment/1/label") is None


def test_an_existing_shipment_is_changed_in_part(ordered):
    ordered.post("order/1/ship")
    comment = {"comment": "Later", "is_visible_on_front": 0, "is_customer_notified": 0, "parent_id": 1}
    ordered.post("shipment", {"entity": {"entity_id": 1, "total_weight": 2.5, "comments": [comment]}})
    row = ordered.get("shipment/1")
    assert (row["total_weight"], row["comments"][0]["comment"], row["total_qty"]) == (2.5, "Later", 2)
    assert units(ordered) == [2]


@pytest.mark.parametrize("version", ALONE)
def test_a_plain_invoice_pays_nothing(ordered, version):
    ordered.sim("config", {"version": version})
    given = {"order_id": 1, "items": [LINE], "grand_total": 20, "state": 2, "total_qty": 2}
    row = ordered.post("invoices", {"entity": given})
    assert (row["increment_id"], row["grand_total"], row["state"]) == ("000000001", 20, 2)
    assert units(ordered, deed="invoiced") == [0]
    assert states(ordered) == ("new", "pending")
    assert "total_paid" not in ordered.get("orders/1")
    assert ordered.search("invoices", ("state", "2"))["total_count"] == 1


@pytest.mark.parametrize("version", MOVING)
def test_a_plain_invoice_counts(ordered, version):
    ordered.sim("config", {"version": version})
    row = ordered.post("invoices", {"entity": {"order_id": 1, "items": [LINE]}})
    assert (row["grand_total"], row["state"]) == (20, 2)
    assert ordered.get("orders/1")["total_paid"] == 20
    assert states(ordered) == ("processing", "processing")


def test_an_open_invoice_is_paid_by_a_later_save_of_nobody(ordered):
    ordered.post("invoices", {"entity": {"order_id": 1, "state": 1}})
    order = ordered.get("orders/1")
    assert (order["items"][0]["qty_invoiced"], order["total_due"]) == (2, 20)
    assert ordered.get("invoices/1")["state"] == 1
    ordered.post("invoices", {"entity": {"entity_id": 1, "state": 3}})
    assert ordered.get("invoices/1")["state"] == 3


@pytest.mark.parametrize("version", [*ALONE, *MOVING])
def test_a_plain_credit_memo(ordered, version):
    ordered.sim("config", {"version": version})
    ordered.post("order/1/invoice")
    given = {"order_id": 1, "items": [LINE], "grand_total": 20, "base_grand_total": 20}
    row = ordered.post("creditmemo", {"entity": given})
    assert (row["increment_id"], row["grand_total"]) == ("000000001", 20)
    moved = version in MOVING
    assert ordered.get("orders/1").get("total_refunded", 0) == (20 if moved else 0)
    assert units(ordered, deed="refunded") == [2 if moved else 0]


def test_registering_a_refund_counts_in_all_versions(ordered):
    ordered.sim("config", {"version": "2.4.3"})
    ordered.post("order/1/invoice")
    memo = {"order_id": 1, "items": [LINE], "grand_total": 20, "base_grand_total": 20}
    answer = ordered.call("POST", "creditmemo/refund", json={"creditmemo": {**memo, "grand_total": 21}})
    assert_commerce_error(answer, 400, "The most money available to refund is %1.", ["$20.00"])
    row = ordered.post("creditmemo/refund", {"creditmemo": memo, "offlineRequested": True})
    assert (row["entity_id"], row["state"]) == (1, 2)
    assert states(ordered) == ("closed", "closed")
    again = ordered.call("POST", "creditmemo/refund", json={"creditmemo": {"entity_id": 1, "order_id": 1}})
    assert_commerce_error(again, 400, "We cannot register an existing credit memo.")


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("shipment", 400, "The shipment couldn't be saved."),
        ("creditmemo", 400, "The credit memo couldn't be saved."),
    ],
)
def test_documents_of_no_order_are_refused(shop, path, status, message):
    answer = shop.call("POST", path, json={"entity": {"order_id": 7}})
    assert_commerce_error(answer, status, message)
