"""Magento's own REST tests of the Sales module, by their number in ``conformance-cases.md`` (section A).

67-72, 74: test_commerce_order_quirks; 16: there as well; 32-33: test_commerce_order_lines.
"""

from __future__ import annotations

import pytest
from commerce_papers import ADDRESS, entity, save, states
from commerce_shop import assert_commerce_error

OPTION = {
    "extension_attributes": {
        "bundle_options": [{"option_id": 1, "option_qty": 1, "option_selections": [4]}],
        "custom_options": [{"option_id": "3", "option_value": "engraved"}],
    }
}
TRACK = {"track_number": "1Z", "title": "UPS", "carrier_code": "ups"}
ASSIGNED = {
    "shipping_assignments": [
        {"shipping": {"address": {**ADDRESS, "address_type": "shipping"}, "method": "flatrate_flatrate"}}
    ]
}
ONE = {"items": [{"order_item_id": 1, "qty": 1}]}
LINE = {"order_item_id": 1, "qty": 2}


@pytest.fixture
def ordered(shop):
    shop.product(qty=100)
    save(shop, {"product_option": OPTION}, extension_attributes=ASSIGNED, shipping_description="Flat")
    return shop


@pytest.fixture
def finished(ordered):
    ordered.post("order/1/invoice", {"comment": {"comment": "Paid"}})
    ordered.post("order/1/ship", {"tracks": [TRACK], "comment": {"comment": "Sent"}})
    ordered.post("order/1/refund", {**ONE, "comment": {"comment": "Sorry"}})
    return ordered


def assert_sorted(shop, path, field, value):
    """A list of two is filtered and sorted, and echoes the request."""
    criteria = {
        "searchCriteria[filter_groups][0][filters][0][field]": field,
        "searchCriteria[filter_groups][0][filters][0][value]": value,
        "searchCriteria[sort_orders][0][field]": "increment_id",
        "searchCriteria[sort_orders][0][direction]": "DESC",
        "searchCriteria[page_size]": "10",
    }
    page = shop.get(path, query_string=criteria)
    one = path.rstrip("s") if path == "shipments" else path
    assert page["items"] == [shop.get(f"{one}/{number}") for number in (2, 1)]
    assert page["total_count"] == 2
    assert page["search_criteria"] == {
        "filter_groups": [{"filters": [{"field": field, "value": value, "condition_type": "eq"}]}],
        "sort_orders": [{"field": "increment_id", "direction": "DESC"}],
        "page_size": 10,
    }


@pytest.mark.conformance(1)
def test_1_an_order_that_was_created_is_found_by_its_e_mail_address(ordered):
    (order,) = ordered.search("orders", ("customer_email", "ann@example.com"))["items"]
    shipping = order["extension_attributes"]["shipping_assignments"][0]["shipping"]
    assert order == ordered.get("orders/1")
    assert (order["grand_total"], order["base_grand_total"]) == (20, 20)
    assert (shipping["address"]["city"], shipping["method"]) == ("Austin", "flatrate_flatrate")
    assert order["shipping_description"] == "Flat"


def blank(judge, name):
    return dict.fromkeys(judge.openapi["definitions"][f"sales-data-{name}-interface"]["properties"])


@pytest.mark.conformance(1)
@pytest.mark.parametrize("version", ["2.4.6", "2.4.9"])
def test_1_an_order_may_have_every_key_that_there_is(shop, judge, version):
    """As the vendor's test sends it: null where there is nothing to say."""
    shop.sim("config", {"version": version})
    options = [{"option_id": 1, "option_value": "Test value"}]
    line = {**blank(judge, "order-item"), "sku": "sku#1", "price": 10, "parent_item": {"weight": 1}}
    line["product_option"] = {"extension_attributes": {"custom_options": options}}
    order = {**blank(judge, "order"), "customer_email": "a@example.com", "grand_total": 100, "items": [line]}
    order["payment"] = {**blank(judge, "order-payment"), "method": "checkmo", "cc_last4": "4444"}
    order["billing_address"] = {**blank(judge, "order-address"), **ADDRESS}
    assigned = [{"shipping": {"address": ADDRESS, "method": "flatrate_flatrate"}, "items": [line]}]
    amounts = dict.fromkeys(("amount", "base_amount", "base_real_amount"), 0.75)
    ranks = dict.fromkeys(("position", "priority", "process"), 0)
    taxes = [{"code": "NY", "title": "NY", "percent": 5, **amounts, **ranks}]
    order["extension_attributes"] = {"shipping_assignments": assigned, "taxes": taxes}
    made = shop.post("orders", {"entity": order})
    assert made["payment"]["cc_last4"] == "4444"
    assert made["extension_attributes"]["taxes"] == taxes
    (shown,) = made["items"]
    assert shown["product_option"]["extension_attributes"]["custom_options"] == [
        {"option_id": "1", "option_value": "Test value"}
    ]
    assert shop.post("orders", {"entity": made}) == made


@pytest.mark.conformance(2)
def test_2_an_update_keeps_the_number_and_documents_still_work(ordered):
    totals = {"grand_total": 20, "base_grand_total": 20, "state": "processing", "status": "processing"}
    given = {"entity_id": 1, "increment_id": "X", **totals}
    answers = [ordered.post("orders", {"entity": given})["increment_id"]]
    document = {"order_id": 1, "items": [LINE], "entity_id": None, "increment_id": None, "grand_total": None}
    for path, body in (
        ("order/1/ship", {"items": [LINE], "tracks": [TRACK]}),
        ("invoices", {"entity": document}),
        ("creditmemo", {"entity": document}),
    ):
        assert ordered.post(path, body)
        answers.append(ordered.get("orders/1")["increment_id"])
    assert answers == ["000000001"] * 4


@pytest.mark.conformance(4)
def test_4_an_update_of_nothing_loses_nothing(ordered):
    before = ordered.get("orders/1")
    assert ordered.post("orders", {"entity": {"entity_id": 1}}) == before


@pytest.mark.conformance(5)
def test_5_an_order_has_totals_payment_address_and_one_assignment(ordered):
    order = ordered.get("orders/1")
    assert order["payment"]["method"] == "checkmo"
    (assigned,) = order["extension_attributes"]["shipping_assignments"]
    for address in (order["billing_address"], assigned["shipping"]["address"]):
        kept = {key: ADDRESS[key] for key in ADDRESS if key not in {"address_type", "region"}}
        assert kept.items() <= address.items()
    assert assigned["shipping"]["method"] == "flatrate_flatrate"
    keys = ("base_grand_total", "base_subtotal", "grand_total", "subtotal", "total_due", "total_item_count")
    assert None not in {order[key] for key in keys}


@pytest.mark.conformance(7, 80)
@pytest.mark.parametrize("number", ["7", "80"])
def test_7_80_options_of_a_line_come_back(ordered, number):
    assert number
    assert ordered.get("orders/1")["items"][0]["product_option"] == OPTION


@pytest.mark.conformance(8)
def test_8_a_list_is_filtered_sorted_and_echoes_the_request(ordered):
    save(ordered, customer_email="zoe@example.com")
    criteria = {
        "searchCriteria[filter_groups][0][filters][0][field]": "status",
        "searchCriteria[filter_groups][0][filters][0][value]": "pending",
        "searchCriteria[sort_orders][0][field]": "customer_email",
        "searchCriteria[sort_orders][0][direction]": "DESC",
        "searchCriteria[page_size]": "20",
        "searchCriteria[current_page]": "1",
    }
    page = ordered.get("orders", query_string=criteria)
    assert [order["entity_id"] for order in page["items"]] == [2, 1]
    assert page["search_criteria"] == {
        "filter_groups": [{"filters": [{"field": "status", "value": "pending", "condition_type": "eq"}]}],
        "sort_orders": [{"field": "customer_email", "direction": "DESC"}],
        "page_size": 20,
        "current_page": 1,
    }


@pytest.mark.conformance(10, 79)
@pytest.mark.parametrize("call", ["10", "79"])
def test_10_79_lines_have_what_a_line_needs(shop, call):
    ordered = shop
    save(ordered, {"product_id": 7, "base_price": 10})
    item = ordered.get("orders/items/1") if call == "10" else ordered.search("orders/items")["items"][0]
    expected = {"item_id": 1, "order_id": 1, "product_id": 7, "product_type": "simple", "base_price": 10}
    assert {**expected, "row_total": 20}.items() <= item.items()
    assert None not in item.values()


@pytest.mark.conformance(11)
def test_11_a_line_with_discount(shop):
    sums = {"row_total": 8, "base_row_total": 8, "row_total_incl_tax": 9, "base_row_total_incl_tax": 9}
    save(shop, {"qty_ordered": 1, "discount_amount": 2, **sums})
    assert {"discount_amount": 2, **sums}.items() <= shop.get("orders/items/1").items()


@pytest.mark.conformance(13)
def test_13_the_status_is_bare_json(ordered):
    assert ordered.call("GET", "orders/1/statuses").get_data() == b'"pending"'


@pytest.mark.conformance(14)
def test_14_a_new_order_is_cancelled_with_true(ordered):
    assert ordered.call("POST", "orders/1/cancel").get_data() == b"true"


@pytest.mark.conformance(17)
def test_17_hold_answers_true_and_keeps_the_options(ordered):
    assert ordered.post("orders/1/hold") is True
    assert ordered.get("orders/1")["items"][0]["product_option"] == OPTION
    assert_commerce_error(ordered.call("POST", "orders/1/hold"), 400, "A hold action is not available.")
    assert ordered.post("orders/1/unhold") is True
    assert_commerce_error(ordered.call("POST", "orders/1/unhold"), 400, "You cannot remove the hold.")


@pytest.mark.conformance(19, 20)
def test_19_20_a_comment_is_stored_and_listed(ordered):
    given = {"comment": "Hi", "parent_id": 1, "is_customer_notified": 1, "is_visible_on_front": 1}
    assert ordered.post("orders/1/comments", {"statusHistory": {**given, "status": "pending"}}) is True
    (row,) = ordered.get("orders/1/comments")["items"]
    assert {**given, "status": "pending"}.items() <= row.items()


@pytest.mark.conformance(22)
def test_22_an_address_is_saved(ordered):
    row = ordered.put("orders/1", {"entity": {**ADDRESS, "entity_id": 2, "city": "Dallas"}})
    assert row == ordered.get("orders/1")["billing_address"]


@pytest.mark.conformance(23)
def test_23_an_invoice_answers_its_id_and_moves_the_status(ordered):
    assert ordered.post("order/1/invoice") == "1"
    assert states(ordered) == ("processing", "processing")


@pytest.mark.conformance(25, 46)
def test_25_46_a_configurable_is_invoiced_and_refunded_within_its_units(shop):
    shop.product("TEE-M", qty=9)
    child = {"sku": "TEE-M", "qty_ordered": 1.5, "price": 0, "row_total": 0, "parent_item": {"sku": "TEE-M"}}
    parent = {
        "sku": "TEE-M",
        "name": "Tee",
        "product_type": "configurable",
        "qty_ordered": 1.5,
        "row_total": 15,
    }
    save(shop, parent, child)
    answer = shop.call("POST", "order/1/invoice", json={"items": [{"order_item_id": 1, "qty": 10}]})
    assert_commerce_error(answer, 400, 'We found an invalid quantity to invoice item "%1".', ["Tee"])
    shop.post("order/1/invoice")
    shop.post("order/1/refund", {"items": [{"order_item_id": 1, "qty": 0.5}]})
    assert [line["qty"] for line in shop.get("creditmemo/1")["items"]] == [0.5, 0.5]


@pytest.mark.conformance(26, 28)
def test_26_28_a_shipment_moves_the_status_and_needs_numbers(ordered):
    message = "Shipment Document Validation Error(s):\nPlease enter a tracking number."
    nameless = {key: TRACK[key] for key in ("title", "carrier_code")}
    for track in ({**TRACK, "track_number": ""}, nameless):
        answer = ordered.call("POST", "order/1/ship", json={"tracks": [track]})
        assert_commerce_error(answer, 400, message)
    assert states(ordered) == ("new", "pending")
    comment = {"comment": "Test", "is_visible_on_front": 1}
    assert ordered.post("order/1/ship", {"items": [LINE], "comment": comment, "tracks": [TRACK]}) == "1"
    assert ordered.get("shipment/1")["tracks"][0]["track_number"] == "1Z"
    assert states(ordered) == ("processing", "processing")


@pytest.mark.conformance(34)
def test_34_an_empty_refund_refunds_everything(shop):
    shop.product()
    save(shop, shipping_amount=5, grand_total=25)
    shop.post("order/1/invoice")
    shop.post("order/1/refund")
    memo, order = shop.get("creditmemo/1"), shop.get("orders/1")
    assert (memo["grand_total"], memo["shipping_amount"], len(memo["items"])) == (25, 5, 1)
    assert [(line["order_item_id"], line["qty"]) for line in memo["items"]] == [(1, 2)]
    assert (order["items"][0]["qty_refunded"], order["shipping_refunded"]) == (2, 5)
    assert order["status"] == "closed"


@pytest.mark.conformance(35)
def test_35_a_refund_has_what_was_asked_for_and_a_part_changes_no_status(shop):
    shop.product()
    save(shop, shipping_amount=15, grand_total=35)
    shop.post("order/1/invoice")
    arguments = {"shipping_amount": 15, "adjustment_positive": 5.53, "adjustment_negative": 5.53}
    comment = {"comment": "Test Comment", "is_visible_on_front": 1}
    assert shop.post("order/1/refund", {**ONE, "comment": comment, "arguments": arguments}) == "1"
    memo, order = shop.get("creditmemo/1"), shop.get("orders/1")
    assert arguments.items() <= memo.items()
    assert comment.items() <= memo["comments"][0].items()
    assert [(line["order_item_id"], line["qty"]) for line in memo["items"]] == [(1, 1)]
    assert (order["items"][0]["qty_refunded"], order["shipping_refunded"]) == (1, 15)
    assert states(shop) == ("processing", "processing")


@pytest.mark.conformance(37)
@pytest.mark.parametrize("shipped", [True, False])
def test_37_the_state_after_a_total_refund_is_the_rules(shop, shipped):
    shop.product()
    save(shop, shipping_amount=5, grand_total=25)
    shop.post("order/1/invoice")
    if shipped:
        shop.post("order/1/ship")
    shop.post("order/1/refund", {"items": [LINE], "notify": True})
    assert states(shop) == ("closed", "closed")


@pytest.mark.conformance(38, 39)
def test_38_39_credit_memos_are_created_and_registered(ordered):
    ordered.post("order/1/invoice")
    half = {"order_id": 1, "items": [{"order_item_id": 1, "qty": 1}], "grand_total": 10}
    assert ordered.post("creditmemo", {"entity": half})["entity_id"] == 1
    assert ordered.post("creditmemo/refund", {"creditmemo": half})["entity_id"] == 2
    assert states(ordered) == ("closed", "closed")


@pytest.mark.conformance(40, 41, 42, 43, 44)
def test_40_to_44_credit_memos_are_read_commented_and_mailed(finished):
    memo = finished.get("creditmemo/1")
    assert finished.search("creditmemos", ("order_id", "1"))["items"] == [memo]
    assert [row["comment"] for row in finished.get("creditmemo/1/comments")["items"]] == ["Sorry"]
    comment = {"comment": "More", "parent_id": 1, "is_visible_on_front": 0, "is_customer_notified": 0}
    assert finished.post("creditmemo/1/comments", {"entity": comment})["comment"] == "More"
    assert finished.post("creditmemo/1/emails") is True


@pytest.mark.conformance(47, 48, 49, 50, 51, 52)
def test_47_to_52_invoices_are_created_read_commented_and_mailed(ordered):
    row = ordered.post("invoices", {"entity": {"order_id": 1, "items": [LINE]}})
    invoice = ordered.get("invoices/1")
    assert row == invoice
    assert None not in invoice.values()
    assert (invoice["grand_total"], invoice["subtotal"], invoice["increment_id"]) == (20, 20, "000000001")
    save(ordered)
    ordered.post("order/2/invoice")
    assert_sorted(ordered, "invoices", "state", "2")
    comment = {"comment": "Thanks", "parent_id": 1, "is_visible_on_front": 1, "is_customer_notified": 0}
    ordered.post("invoices/comments", {"entity": comment})
    assert [line["comment"] for line in ordered.get("invoices/1/comments")["items"]] == ["Thanks"]
    assert ordered.post("invoices/1/emails") is True


@pytest.mark.conformance(53, 54)
def test_53_54_capture_and_void_fail_where_the_payment_cannot(finished):
    for verb in ("capture", "void"):
        answer = finished.call("POST", f"invoices/1/{verb}")
        assert_commerce_error(answer, 400, f"The {verb} action is not available.")


@pytest.mark.conformance(55, 56, 57, 58)
def test_55_to_58_shipments_are_created_read_and_labelled(ordered):
    ordered.post("shipment", {"entity": {"order_id": 1, **ONE, "shipping_label": "label"}})
    shipment = ordered.get("shipment/1")
    assert [(line["order_item_id"], line["qty"]) for line in shipment["items"]] == [(1, 1)]
    assert shipment["extension_attributes"] == {"source_code": "default"}
    assert shipment["shipping_label"] == ordered.get("shipment/1/label") == "bGFiZWw="
    assert shipment["tracks"] == []
    ordered.post("shipment", {"entity": {"order_id": 1, **ONE, "tracks": [TRACK]}})
    assert ordered.get("shipment/2")["tracks"][0]["track_number"] == "1Z"
    assert_sorted(ordered, "shipments", "order_id", "1")


@pytest.mark.conformance(59, 60, 61)
def test_59_60_61_tracks_are_added_to_their_own_order_only_and_removed(finished):
    given = {**TRACK, "order_id": 1, "parent_id": 1}
    whole = {**given, "weight": 20, "qty": 5, "track_number": 2, "description": "D", "carrier_code": "custom"}
    row = finished.post("shipment/track", {"entity": {**whole, "entity_id": None, "created_at": None}})
    assert row["entity_id"] == 2
    assert {**whole, "track_number": "2"}.items() <= row.items()
    answer = finished.call("POST", "shipment/track", json={"entity": {**given, "order_id": 2}})
    assert_commerce_error(answer, 400, "Could not save the shipment tracking.")
    assert finished.call("DELETE", f"shipment/track/{row['entity_id']}").get_data() == b"true"


@pytest.mark.conformance(62, 63, 64)
def test_62_63_64_shipments_are_commented_and_mailed(finished):
    comment = {"comment": "More", "parent_id": 1, "is_visible_on_front": 0, "is_customer_notified": 0}
    finished.post("shipment/1/comments", {"entity": comment})
    assert [row["comment"] for row in finished.get("shipment/1/comments")["items"]] == ["Sent", "More"]
    assert finished.post("shipment/1/emails") is True


@pytest.mark.conformance(65, 66)
def test_65_66_transactions_are_read_with_their_children(ordered):
    ordered.sim("orders/1/transactions", {"txn_id": "T1", "txn_type": "order"})
    ordered.sim("orders/1/transactions", {"txn_id": "T2", "parent_txn_id": "T1"})
    first = ordered.get("transactions/1")
    assert first["child_transactions"] == [ordered.get("transactions/2")]
    assert ordered.search("transactions", ("txn_id", "T1"))["items"] == [first]


@pytest.mark.conformance(73)
def test_73_an_order_that_is_sent_back_keeps_its_options(ordered):
    order = ordered.get("orders/1")
    assert ordered.post("orders", {"entity": order})["items"] == order["items"]


@pytest.mark.conformance(81)
def test_81_a_parent_carries_the_price(shop):
    parent = {"sku": "TEE-M", "product_type": "configurable", "price": 15, "row_total": 30}
    child = {"sku": "TEE-M", "price": 0, "row_total": 0, "parent_item": {"sku": "TEE-M"}}
    order = shop.post("orders", {"entity": entity(parent, child)})
    assert [item["price"] for item in order["items"]] == [15, 0]
