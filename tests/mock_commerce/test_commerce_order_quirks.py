"""Each oddity of orders with its switch on and off, and the versions that have it."""

from __future__ import annotations

import pytest
from commerce_papers import ADDRESS, entity, save, states, units
from commerce_shop import assert_commerce_error

from mock_commerce.config.quirks import IDEAL, VERSIONS, switched_on


def switch(shop, name, position):
    shop.sim("config", {"quirks": {name: position}})


@pytest.fixture
def stocked(shop):
    shop.product(qty=10)
    return shop


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        ("raw_documents_alone", {"2.3", "2.4.3", "2.4.6"}),
        ("open_invoice_ignored", {"2.3", "2.4.3", "2.4.6"}),
        ("null_state_left_out", {"2.3", "2.4.3", "2.4.6", "2.4.8"}),
        ("half_orders_accepted", {"2.3", "2.4.3", "2.4.6", "2.4.8"}),
        ("no_reservation_on_save", set(VERSIONS)),
        ("unreserved_given_back", set(VERSIONS)),
        ("unpaid_orders_close", set(VERSIONS)),
        ("status_without_state", set(VERSIONS)),
        ("cancel_answers_false", set(VERSIONS)),
        ("reasons_in_log_only", set(VERSIONS)),
        ("number_gaps", set(VERSIONS)),
        ("numbers_collide", set(VERSIONS)),
        ("cancel_always_true", set()),
        ("lost_updates", set()),
    ],
)
def test_the_version_table(name, versions):
    assert {version for version in (*VERSIONS, IDEAL) if name in switched_on(version, {})} == versions


@pytest.mark.parametrize("path", ["orders", "orders/create"])
@pytest.mark.parametrize(("position", "left"), [("on", 10), ("off", 8)])
def test_a_plain_save_reserves_where_the_quirk_is_off(stocked, path, position, left):
    """inventory#2787, #3185; magento2#26575, #40313."""
    switch(stocked, "no_reservation_on_save", position)
    body = {"entity": entity()}
    order = stocked.post(path, body) if path == "orders" else stocked.put(path, body)
    assert stocked.stock()[1] == left
    stocked.post("orders", {"entity": {**entity(), "items": order["items"], "entity_id": 1}})
    assert stocked.stock()[1] == left  # known lines are not held back again


def test_units_that_are_gone_already_are_not_held_back(stocked):
    switch(stocked, "no_reservation_on_save", "off")
    save(stocked, {"qty_shipped": 2}, {"qty_canceled": 1})
    assert stocked.stock()[1] == 9


@pytest.mark.parametrize(("position", "salable"), [("on", 10), ("off", 8)])
def test_what_was_never_reserved_is_given_back(stocked, position, salable):
    """inventory#2130; magento2#36467."""
    switch(stocked, "unreserved_given_back", position)
    save(stocked)
    stocked.post("order/1/ship")
    assert stocked.stock()[:2] == (8, salable)


@pytest.mark.parametrize(("position", "state"), [("on", "closed"), ("off", "complete")])
def test_an_order_imported_without_payment(stocked, position, state):
    """community-features#160; magento2#22337."""
    switch(stocked, "unpaid_orders_close", position)
    save(stocked, state="complete", status="complete")
    stocked.post("order/1/ship")
    assert states(stocked) == (state, state)
    save(stocked, {"qty_invoiced": 2, "qty_shipped": 2}, state="processing", status="processing")
    assert states(stocked, 2) == (state, state)


@pytest.mark.parametrize(("position", "state"), [("on", "closed"), ("off", "processing")])
def test_an_order_whose_invoice_is_open(stocked, position, state):
    switch(stocked, "open_invoice_ignored", position)
    save(stocked)
    stocked.post("invoices", {"entity": {"order_id": 1, "state": 1}})
    stocked.post("order/1/ship")
    assert states(stocked) == (state, state)


@pytest.mark.conformance(74)
def test_74_null_state_and_status_are_shown_since_2_4_9(stocked):
    save(stocked, state=None, status=None)
    assert {"state", "status"}.isdisjoint(stocked.get("orders/1"))
    stocked.sim("config", {"version": "2.4.9"})
    order = stocked.get("orders/1")
    assert (order["state"], order["status"]) == (None, None)
    assert stocked.search("orders")["items"][0]["state"] is None
    stocked.sim("config", {"version": "2.4.6"})
    assert {"state", "status"}.isdisjoint(stocked.get("orders/1"))


NO_ADDRESS = "Please provide billing address for the order."
NO_ITEMS = "Please specify order items."
HALVES = {
    "67 no billing address": ({"billing_address": None}, NO_ADDRESS),
    "68 an empty billing address": ({"billing_address": {}}, NO_ADDRESS),
    "69 a billing address without names": ({"billing_address": {"city": "X"}}, NO_ADDRESS),
    "70 a billing address without last name": ({"billing_address": {"firstname": "Ann"}}, NO_ADDRESS),
    "71 no items": ({"items": []}, NO_ITEMS),
    "71 neither": ({"items": None, "billing_address": None}, NO_ADDRESS),
}


@pytest.mark.conformance(67, 68, 69, 70, 71)
@pytest.mark.parametrize("case", HALVES)
@pytest.mark.parametrize("version", ["2.4.8", "2.4.9"])
def test_67_71_half_empty_orders(stocked, case, version):
    stocked.sim("config", {"version": version})
    changes, message = HALVES[case]
    body = {"entity": {**entity(), **changes}}
    for method, path in (("PUT", "orders/create"), ("POST", "orders")):
        answer = stocked.call(method, path, json=body)
        if version == "2.4.8":
            assert answer.status_code == 200
        else:
            assert_commerce_error(answer, 400, message)
    assert stocked.search("orders")["total_count"] == (2 if version == "2.4.8" else 0)


@pytest.mark.conformance(72)
def test_72_a_whole_order_is_created_in_2_4_9_and_updated_in_part(stocked):
    stocked.sim("config", {"version": "2.4.9"})
    order = stocked.put("orders/create", {"entity": entity()})
    assert (order["entity_id"], order["increment_id"]) == (1, "000000001")
    stocked.post("orders", {"entity": {"entity_id": 1, "customer_note": "Hi"}})


@pytest.mark.parametrize("position", ["on", "off"])
def test_a_status_of_another_state(stocked, position):
    """magento2#29953."""
    switch(stocked, "status_without_state", position)
    save(stocked)
    wish = {"entity": {"entity_id": 1, "status": "canceled", "increment_id": "000000001"}}
    answer = stocked.call("POST", "orders", json=wish)
    if position == "on":
        assert states(stocked) == ("new", "canceled")
    else:
        message = 'The status "%1" is not one of the state "%2".'
        assert_commerce_error(answer, 400, message, ["canceled", "new"])
        assert states(stocked) == ("new", "pending")


@pytest.mark.conformance(16)
def test_16_cancelling_what_is_complete_is_false_with_200(stocked):
    """magento2#4479, and #10803 for the versions before."""
    save(stocked)
    stocked.post("order/1/invoice")
    stocked.post("order/1/ship")
    assert stocked.post("orders/1/cancel") is False
    switch(stocked, "cancel_always_true", "on")
    assert stocked.post("orders/1/cancel") is True
    assert states(stocked) == ("complete", "complete")
    stocked.sim("config", {"quirks": {"cancel_always_true": "off", "cancel_answers_false": "off"}})
    assert_commerce_error(stocked.call("POST", "orders/1/cancel"), 400, "You have not canceled the item.")


@pytest.mark.parametrize("source", ["default", "nosuch"])
@pytest.mark.parametrize("position", ["on", "off"])
def test_why_a_shipment_was_not_saved(stocked, source, position):
    switch(stocked, "reasons_in_log_only", position)
    save(stocked, {"qty_ordered": 20})
    body = {"arguments": {"extension_attributes": {"source_code": source}}}
    reason = {
        "default": "Not all of your products are available in the requested quantity.",
        "nosuch": 'Source with code "nosuch" does not exist.',
    }[source]
    hidden = "Could not save a shipment, see error log for details"
    answer = stocked.call("POST", "order/1/ship", json=body)
    assert_commerce_error(answer, 400, hidden if position == "on" else reason)
    if position == "on":
        assert stocked.client.get("/_sim/log").get_json()["entries"][0]["message"] == reason


def test_why_an_invoice_was_not_saved(shop):
    shop.product("CODE", type="virtual", qty=1)
    save(shop, {"sku": "CODE", "product_type": "virtual"})
    hidden = "Could not save an invoice, see error log for details"
    assert_commerce_error(shop.call("POST", "order/1/invoice", json={}), 400, hidden)
    assert shop.search("invoices")["total_count"] == 0


@pytest.mark.parametrize(("position", "number"), [("on", "000000002"), ("off", "000000001")])
def test_numbers_that_failed_calls_had_drawn(stocked, position, number):
    switch(stocked, "number_gaps", position)
    save(stocked, {"qty_ordered": 20})
    assert stocked.call("POST", "order/1/ship", json={}).status_code == 400
    stocked.product(qty=50)
    stocked.post("order/1/ship")
    assert stocked.get("shipment/1")["increment_id"] == number


def test_the_sequence_runs_into_a_number_that_a_caller_gave(stocked):
    """magento2#33457, #40259."""
    save(stocked, increment_id="000000001")
    answer = stocked.call("POST", "orders", json={"entity": entity()})
    assert_commerce_error(answer, 400, "Unique constraint violation found")
    assert save(stocked)["increment_id"] == "000000002"  # the number that failed is gone
    stocked.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    save(stocked, increment_id="000000004")
    error = stocked.sim("orders", {"id": "C2", "lines": [{"sku": "MUG", "qty": 1}]}, status=400)["error"]
    assert error == "Unique constraint violation found"


def test_the_sequence_goes_round_such_a_number_where_the_quirk_is_off(stocked):
    switch(stocked, "numbers_collide", "off")
    save(stocked, increment_id="000000001")
    assert save(stocked)["increment_id"] == "000000002"


def test_stores_and_documents_have_sequences_of_their_own(stocked):
    """magento2#18763: one number, two orders."""
    stocked.sim("websites", {"code": "eu"})
    save(stocked)
    assert save(stocked, store_id=2)["increment_id"] == "2000000001"
    save(stocked, store_id=2, increment_id="000000001")
    assert stocked.search("orders", ("increment_id", "000000001"))["total_count"] == 2
    stocked.post("order/2/invoice")
    assert stocked.get("invoices/1")["increment_id"] == "2000000001"


@pytest.mark.parametrize(("position", "expected"), [("on", ([0], [2])), ("off", ([2], [2]))])
def test_an_invoice_and_a_shipment_at_once(stocked, position, expected):
    """magento2#10396."""
    switch(stocked, "lost_updates", position)
    save(stocked)
    stocked.post("order/1/invoice")
    stocked.post("order/1/ship")
    assert (units(stocked, deed="invoiced"), units(stocked)) == expected
    assert stocked.search("invoices")["total_count"] == 1


def test_a_second_later_nothing_is_lost(stocked):
    switch(stocked, "lost_updates", "on")
    save(stocked)
    stocked.post("order/1/invoice")
    stocked.sim("clock", {"advance": "1s"})
    stocked.post("order/1/ship")
    assert states(stocked) == ("complete", "complete")


def test_an_address_with_names_only_is_enough(stocked):
    stocked.sim("config", {"version": "2.4.9"})
    names = {key: ADDRESS[key] for key in ("firstname", "lastname")}
    assert save(stocked, billing_address=names)["entity_id"] == 1
