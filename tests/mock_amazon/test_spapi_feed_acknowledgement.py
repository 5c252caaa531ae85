import pytest
from feed_desk import shipment

from mock_amazon.feeds.acknowledgement import REASONS


def acknowledgement(number, status="Success", merchant="", items=()):
    listed = "".join(
        f"<Item><AmazonOrderItemCode>{code}</AmazonOrderItemCode>{more}</Item>" for code, more in items
    )
    own = f"<MerchantOrderID>{merchant}</MerchantOrderID>" if merchant else ""
    return f"<AmazonOrderID>{number}</AmazonOrderID>{own}<StatusCode>{status}</StatusCode>{listed}"


def acknowledge(desk, *args, **kwargs):
    return desk.report("OrderAcknowledgement", acknowledgement(*args, **kwargs))


def codes(desk, number):
    return [line["order_item_id"] for line in desk.seller.state(number)["lines"]]


def refused(report, *words):
    ((_, result, code, text),) = report["notes"]
    assert (result, code, report["Successful"]) == ("Error", "18028", 0)
    for word in words:
        assert word in text


def test_the_sellers_own_number_is_shown_and_found(desk):
    number = desk.seller.place_unshipped()
    report = acknowledge(desk, number, merchant="M-1001")
    assert report == {"Processed": 1, "Successful": 1, "WithError": 0, "WithWarning": 0, "notes": []}
    assert desk.seller.order_v0(number)["SellerOrderId"] == "M-1001"
    alias = {"aliasId": "M-1001", "aliasType": "SELLER_ORDER_ID"}
    assert desk.seller.order(number)["orderAliases"] == [alias]
    desk.seller.later(minutes=3)
    desk.seller.sim("account", {"quirks": {"replacement_flag_text": "off"}})
    query = {"CreatedAfter": "2026-01-01T00:00:00Z"}
    assert desk.seller.found_v0(SellerOrderId="M-1001", **query) == [number]
    assert desk.seller.found_v0(SellerOrderId=number, **query) == []


def test_an_order_without_one_has_amazons(desk):
    number = desk.seller.place_unshipped()
    assert desk.seller.order_v0(number)["SellerOrderId"] == number
    assert "orderAliases" not in desk.seller.order(number)


def test_later_messages_may_use_the_sellers_own_names(desk):
    number = desk.seller.place_unshipped()
    (code,) = codes(desk, number)
    item = (code, "<MerchantOrderItemID>L-1</MerchantOrderItemID>")
    acknowledge(desk, number, merchant="M-1", items=[item])
    own = "<Item><MerchantOrderItemID>L-1</MerchantOrderItemID><Quantity>1</Quantity></Item>"
    message = shipment("", MerchantOrderID="M-1") + own
    assert desk.fulfil(message)["Successful"] == 1
    assert desk.seller.state(number)["status"] == "PartiallyShipped"
    ((_, _, code, text),) = desk.fulfil(shipment("", MerchantOrderID="8888888"))["notes"]
    assert code == "18028"
    assert text == (
        "Your order cannot be found using Merchant ID SELLER-1 and Merchant Order 8888888. "
        "Enter the correct order ID and then resubmit your feed."
    )


def test_the_same_acknowledgement_again_changes_nothing(desk):
    number = desk.seller.place_unshipped()
    for _ in range(2):
        assert acknowledge(desk, number, merchant="M-1")["Successful"] == 1
    assert desk.seller.state(number)["last_update_date"] == "2026-03-01T09:02:00.000Z"
    assert acknowledge(desk, number)["Successful"] == 1
    assert desk.seller.order_v0(number)["SellerOrderId"] == "M-1"


def test_a_number_names_one_order(desk):
    first, second = desk.seller.place_unshipped(), desk.seller.place_unshipped()
    acknowledge(desk, first, merchant="M-1")
    refused(acknowledge(desk, second, merchant="M-1"), "M-1", first)
    refused(acknowledge(desk, second, merchant="x" * 101), "more than 100 characters")


@pytest.mark.parametrize("reason", REASONS)
def test_a_failure_cancels_the_order(desk, reason):
    number = desk.seller.place_unshipped()
    (code,) = codes(desk, number)
    report = acknowledge(desk, number, "Failure", items=[(code, f"<CancelReason>{reason}</CancelReason>")])
    assert report["Successful"] == 1
    assert desk.seller.state(number)["status"] == "Canceled"


def test_a_failure_without_items_cancels_the_order(desk):
    number = desk.seller.place_unshipped()
    assert acknowledge(desk, number, "Failure")["Successful"] == 1
    assert desk.seller.state(number)["status"] == "Canceled"
    (item,) = desk.seller.order(number)["orderItems"]
    assert item["cancellation"] == {"cancellationExecution": {"cancelledBy": "MERCHANT"}}
    refused(acknowledge(desk, number, "Failure"), "Canceled")


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"status": "Pending"}, "Pending"),
        ({"status": "Shipped"}, "Shipped"),
        ({"channel": "AFN"}, "Amazon fulfils"),
    ],
)
def test_only_the_sellers_open_orders_are_cancelled(desk, wish, words):
    number = desk.seller.place_unshipped(**wish)
    before = desk.seller.state(number)
    refused(acknowledge(desk, number, "Failure"), words)
    assert desk.seller.state(number) == before


def test_words_that_are_not_in_the_schema_are_refused(desk):
    number = desk.seller.place_unshipped()
    (code,) = codes(desk, number)
    refused(acknowledge(desk, number, "Perhaps"), "StatusCode: 'Perhaps'")
    refused(acknowledge(desk, number, ""), "StatusCode")
    wrong = [(code, "<CancelReason>Mood</CancelReason>")]
    refused(acknowledge(desk, number, "Failure", items=wrong), "CancelReason: 'Mood'", "NoInventory")
    refused(acknowledge(desk, number, "Failure", items=[("1", "")]), "item 1")
    refused(acknowledge(desk, "112-0000000-0000000"), "there is no order")
    assert desk.seller.state(number)["status"] == "Unshipped"
