"""The calls beside orders: lines, addresses, e-mails, comments, tracks, labels, transactions."""

from __future__ import annotations

import json

import pytest
from commerce_papers import ADDRESS, save
from commerce_shop import assert_commerce_error
from test_commerce_contract import findings, refer

NO_ENTITY = "The entity that was requested doesn't exist. Verify the entity and try again."
TRACK = {"track_number": "1Z", "title": "UPS", "carrier_code": "ups"}


@pytest.fixture(scope="session")
def openapi(contracts):
    return json.loads((contracts / "commerce" / "openapi-order-subset-2.4.9.json").read_text())


@pytest.fixture
def done(shop):
    """An order that is invoiced, shipped and half refunded."""
    shop.product(qty=10)
    save(shop)
    shop.post("order/1/invoice", {"comment": {"comment": "Paid"}})
    shop.post("order/1/ship", {"tracks": [TRACK]})
    shop.post("order/1/refund", {"items": [{"order_item_id": 1, "qty": 1}]})
    return shop


SINGLES = {
    "orders/items/1": "sales-data-order-item-interface",
    "invoices/1": "sales-data-invoice-interface",
    "shipment/1": "sales-data-shipment-interface",
    "creditmemo/1": "sales-data-creditmemo-interface",
    "invoices/1/comments": "sales-data-invoice-comment-search-result-interface",
    "shipment/1/comments": "sales-data-shipment-comment-search-result-interface",
    "creditmemo/1/comments": "sales-data-creditmemo-comment-search-result-interface",
    "transactions/1": "sales-data-transaction-interface",
}


@pytest.mark.parametrize("path", SINGLES)
def test_single_documents_are_as_the_vendor_describes_them(done, openapi, path):
    done.sim("orders/1/transactions", {"txn_id": "T1", "txn_type": "authorization", "is_closed": False})
    done.sim("orders/1/transactions", {"txn_id": "T2", "parent_txn_id": "T1"})
    content = done.get(path)
    wrong = [line for line in findings(openapi, refer(SINGLES[path]), content) if "parent_txn_id" not in line]
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in SINGLES if not path.endswith("comments")])
def test_unknown_single_documents_are_404_and_id_0_a_bad_request(shop, path):
    base = path.rsplit("/", 1)[0]
    for number in ("77", "-1", "99999999999999999999"):
        assert_commerce_error(shop.call("GET", f"{base}/{number}"), 404, NO_ENTITY)
    assert_commerce_error(shop.call("GET", f"{base}/0"), 400, "An ID is needed. Set the ID and try again.")


def test_lines_of_all_orders_are_listed(done):
    save(done, {}, {"sku": "CUP", "qty_ordered": 1, "row_total": 5})
    assert done.search("orders/items")["total_count"] == 3
    (cup,) = done.search("orders/items", ("sku", "cup"))["items"]
    assert (cup["order_id"], cup["item_id"], cup["qty_ordered"]) == (2, 3, 1)
    assert done.search("orders/items", ("qty_refunded", "0", "gt"))["items"][0]["item_id"] == 1


def test_an_address_is_replaced_by_its_id_or_its_kind(done):
    before = done.get("orders/1")["updated_at"]
    row = done.put("orders/1", {"entity": {**ADDRESS, "entity_id": 2, "city": "Dallas"}})
    assert (row["entity_id"], row["parent_id"], row["city"]) == (2, 1, "Dallas")
    done.put("orders/1", {"entity": {**ADDRESS, "address_type": "shipping", "city": "Waco"}})
    order = done.get("orders/1")
    shipping = order["extension_attributes"]["shipping_assignments"][0]["shipping"]["address"]
    assert (order["billing_address"]["city"], shipping["city"]) == ("Dallas", "Waco")
    assert order["updated_at"] == before


@pytest.mark.parametrize("wrong", [{"entity_id": 99}, {"city": ""}, {"address_type": "somewhere"}])
def test_a_bad_address_is_refused_and_the_log_tells_why(done, wrong):
    answer = done.call("PUT", "orders/1", json={"entity": {**ADDRESS, **wrong}})
    assert_commerce_error(answer, 400, "The order address couldn't be saved.")
    assert answer.headers["errorRedirectAction"] == "#shipping"
    assert done.client.get("/_sim/log").get_json()["entries"][0]["message"].startswith("We can't save")


def test_the_address_of_an_unknown_order_is_404(shop):
    assert_commerce_error(shop.call("PUT", "orders/9", json={"entity": ADDRESS}), 404, NO_ENTITY)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("orders/1", "order_new"),
        ("invoices/1", "invoice_new"),
        ("shipment/1", "shipment_new"),
        ("creditmemo/1", "creditmemo_new"),
    ],
)
def test_e_mails_are_noted_not_sent(done, path, kind):
    assert "email_sent" not in done.get(path)
    assert done.post(f"{path}/emails") is True
    assert done.get(path)["email_sent"] == 1
    mail = done.client.get("/_sim/mails").get_json()["mails"][0]
    assert (mail["kind"], mail["order_id"]) == (kind, 1)
    calls = done.client.get("/_sim/journal").get_json()["calls"]
    assert calls[-2]["operation"].startswith("notify_")
    done.post("orders", {"entity": {"entity_id": 1, "customer_email": ""}})
    assert done.post(f"{path}/emails") is False


def test_documents_may_notify_and_put_their_comment_into_the_order(shop):
    shop.product()
    save(shop)
    flags = {"notify": True, "appendComment": True, "comment": {"comment": "On its way"}}
    shop.post("order/1/ship", flags)
    assert shop.get("shipment/1")["email_sent"] == 1
    (row,) = shop.get("orders/1/comments")["items"]
    assert (row["comment"], row["is_customer_notified"]) == ("On its way", 1)


COMMENTS = {
    "invoice": ("invoices/comments", "invoices/1"),
    "shipment": ("shipment/1/comments", "shipment/1"),
    "creditmemo": ("creditmemo/1/comments", "creditmemo/1"),
}


@pytest.mark.parametrize("kind", COMMENTS)
def test_comments_on_documents_are_kept(done, kind):
    path, document = COMMENTS[kind]
    given = {"comment": "Hello", "parent_id": 1, "is_visible_on_front": 1, "is_customer_notified": 0}
    row = done.post(path, {"entity": given})
    assert {key: row[key] for key in given} == given
    assert row in done.get(document)["comments"]
    assert row in done.get(f"{document}/comments")["items"]


@pytest.mark.parametrize("kind", COMMENTS)
@pytest.mark.parametrize("given", [{"comment": "x"}, {"parent_id": 1}, {"comment": "x", "parent_id": 99}])
def test_comments_without_text_or_document_are_refused(done, kind, given):
    answer = done.call("POST", COMMENTS[kind][0], json={"entity": given})
    assert_commerce_error(answer, 400, f"Could not save the {kind} comment.")


@pytest.mark.parametrize("path", ["orders/77", "invoices/77", "shipment/77", "creditmemo/77"])
def test_what_there_is_not_has_no_comments(shop, path):
    content = shop.get(f"{path}/comments")
    assert (content["items"], content["total_count"]) == ([], 0)
    assert content["search_criteria"]["filter_groups"][0]["filters"][0]["value"] == "77"


def test_tracks_come_later_change_and_go(done):
    given = {"order_id": 1, "parent_id": 1, "track_number": "2Z", "title": "FedEx", "carrier_code": "fedex"}
    row = done.post("shipment/track", {"entity": {**given, "weight": 1.5, "qty": 2, "description": "box"}})
    assert (row["entity_id"], row["parent_id"], row["weight"]) == (2, 1, 1.5)
    changed = done.post("shipment/track", {"entity": {**given, "entity_id": 2, "title": "Fed"}})
    assert (changed["entity_id"], changed["title"]) == (2, "Fed")
    assert [track["entity_id"] for track in done.get("shipment/1")["tracks"]] == [1, 2]
    for number in (1, 1, 99):
        assert done._ok(done.call("DELETE", f"shipment/track/{number}")) is True
    assert [track["track_number"] for track in done.get("shipment/1")["tracks"]] == ["2Z"]


@pytest.mark.parametrize(
    "wrong",
    [{"order_id": 2}, {"parent_id": 9}, {"track_number": ""}, {"carrier_code": None}, {"parent_id": None}],
)
def test_tracks_of_nothing_are_refused(done, wrong):
    given = {"order_id": 1, "parent_id": 1, "track_number": "2Z", "title": "F", "carrier_code": "fedex"}
    answer = done.call("POST", "shipment/track", json={"entity": {**given, **wrong}})
    assert_commerce_error(answer, 400, "Could not save the shipment tracking.")
    assert len(done.get("shipment/1")["tracks"]) == 1


def test_offline_invoices_can_neither_be_captured_nor_voided(done):
    for verb in ("capture", "void"):
        text = f"The {verb} action is not available."
        assert_commerce_error(done.call("POST", f"invoices/1/{verb}"), 400, text)
        assert_commerce_error(done.call("POST", f"invoices/9/{verb}"), 404, NO_ENTITY)


def test_a_credit_memo_is_never_cancelled(shop):
    assert_commerce_error(shop.call("PUT", "creditmemo/1", json={}), 400, "You can not cancel Credit Memo")


def test_a_refund_of_one_invoice_takes_no_more_than_that_invoice_holds(shop):
    shop.product(qty=10)
    save(shop)
    one = {"items": [{"order_item_id": 1, "qty": 1}]}
    shop.post("order/1/invoice", one)
    shop.post("order/1/invoice", one)
    assert shop.post("invoice/1/refund", {"isOnline": True}) == "1"
    memo = shop.get("creditmemo/1")
    assert (memo["invoice_id"], memo["grand_total"]) == (1, 10)
    assert shop.get("invoices/1")["is_used_for_refund"] == 1
    answer = shop.call("POST", "invoice/1/refund", json=one)
    assert "must not be greater than the unrefunded quantity" in answer.get_json()["message"]
    assert shop.post("invoice/2/refund", {}) == "2"
    assert shop.get("orders/1")["state"] == "closed"


def test_an_open_invoice_is_not_refunded(shop):
    shop.product()
    save(shop)
    shop.post("invoices", {"entity": {"order_id": 1, "state": 1}})
    message = "Creditmemo Document Validation Error(s):\nWe can't create creditmemo for the invoice."
    assert_commerce_error(shop.call("POST", "invoice/1/refund", json={}), 400, message)


def test_adjustments_and_shipping_of_a_refund_are_kept(shop):
    shop.product()
    save(shop, shipping_amount=5, grand_total=25)
    shop.post("order/1/invoice")
    arguments = {"shipping_amount": 2, "adjustment_positive": 1.5, "adjustment_negative": 0.5}
    shop.post("order/1/refund", {"items": [{"order_item_id": 1, "qty": 1}], "arguments": arguments})
    memo = shop.get("creditmemo/1")
    assert (memo["shipping_amount"], memo["adjustment_positive"], memo["adjustment_negative"]) == (
        2,
        1.5,
        0.5,
    )
    assert (memo["adjustment"], memo["grand_total"]) == (1, 13)
    order = shop.get("orders/1")
    assert (order["total_refunded"], order["shipping_refunded"]) == (13, 2)


PREFIX = "Creditmemo Document Validation Error(s):\n"
TOO_MANY = 'The quantity to refund must not be greater than the unrefunded quantity for product SKU "MUG".'


@pytest.mark.parametrize(
    ("body", "message", "parameters"),
    [
        (
            {"arguments": {"shipping_amount": 9}},
            "Maximum shipping amount allowed to refund is: %1",
            ["$0.00"],
        ),
        (
            {"arguments": {"adjustment_negative": 90}},
            f"{PREFIX}The credit memo's total must be positive.",
            None,
        ),
        ({"items": [{"order_item_id": 1, "qty": 2}]}, f"{PREFIX}{TOO_MANY}", None),
        (
            {"items": [{"order_item_id": 1, "qty": 2}], "arguments": {"adjustment_positive": 5}},
            f"{PREFIX}The most money available to refund is 10.\n{TOO_MANY}",
            None,
        ),
    ],
)
def test_a_refund_of_too_much_is_refused(done, body, message, parameters):
    before = done.state()
    assert_commerce_error(done.call("POST", "order/1/refund", json=body), 400, message, parameters)
    assert done.state() == before


def test_foreign_lines_of_a_refund_are_refused(done):
    answer = done.call("POST", "order/1/refund", json={"items": [{"order_item_id": 99, "qty": 1}]})
    assert 'SKU "99" that is not part of the original order.' in answer.get_json()["message"]


@pytest.mark.parametrize("verb", ["ship", "invoice", "refund"])
@pytest.mark.parametrize("quantity", [-1, 0])
def test_no_document_is_made_of_nothing_or_less(done, verb, quantity):
    save(done)
    if verb == "refund":
        done.post("order/2/invoice")
    before = done.state()
    body = {"items": [{"order_item_id": 2, "qty": quantity}], "arguments": {"shipping_amount": 0}}
    if verb != "refund":
        del body["arguments"]
    answer = done.call("POST", f"order/2/{verb}", json=body)
    assert answer.status_code == 400
    assert "without products" in answer.get_json()["message"]
    assert done.state() == before


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("order/1/refund", {"arguments": {"extension_attributes": {"return_to_stock_items": 5}}}, 400),
        ("order/1/ship", {"items": [{"order_item_id": 1, "qty": "many"}]}, 400),
        ("shipment", {"entity": {"order_id": [1]}}, 400),
        ("shipment", {"entity": {"colour": 1}}, 500),
        ("invoices", {"entity": {"order_id": 1, "items": [{"colour": 1}]}}, 500),
        ("invoices", {"entity": {"order_id": 99}}, 500),
        ("creditmemo", {"entity": {"order_id": 99}}, 400),
        ("creditmemo/refund", {"creditmemo": {}}, 500),
        ("creditmemo/refund", {}, 400),
        ("shipment", {}, 400),
        ("order/1/ship", {"notify": []}, 400),
        ("order/1/invoice", {"capture": {"a": 1}}, 400),
        ("shipment/track", {"entity": {"order_id": 1, "parent_id": 1, "weight": "1e400"}}, 500),
        ("orders", {"entity": {"entity_id": 1, "grand_total": 2**63}}, 500),
        ("shipment", {"entity": {"items": [{"order_item_id": 1, "qty": 1}]}}, 400),
    ],
)
def test_bad_bodies_are_refused_in_commerces_way_and_leave_nothing(done, path, body, status):
    before = done.state()
    answer = done.call("POST", path, json=body)
    assert answer.status_code == status
    if status == 500:
        assert "Report ID: webapi-" in answer.get_json()["message"]
    assert done.state() == before


def test_a_number_beyond_a_machine_word_is_cut(done):
    body = {"statusHistory": {"comment": "x", "is_customer_notified": 2**63}}
    assert done.post("orders/1/comments", body) is True
    assert done.get("orders/1/comments")["items"][-1]["is_customer_notified"] == 2**63 - 1


def test_transactions_have_those_that_followed(done):
    done.sim("orders/1/transactions", {"txn_id": "T1", "txn_type": "authorization", "is_closed": False})
    done.sim("orders/1/transactions", {"txn_id": "T2", "parent_txn_id": "T1"})
    first = done.get("transactions/1")
    assert (first["txn_type"], first["is_closed"], first["parent_txn_id"]) == ("authorization", 0, None)
    assert [child["txn_id"] for child in first["child_transactions"]] == ["T2"]
    assert done.search("transactions", ("txn_type", "capture"))["items"][0]["parent_id"] == 1
    assert done.sim("orders/1/transactions", {"txn_id": "T3", "parent_txn_id": "no"}, status=400)
