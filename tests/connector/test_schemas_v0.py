"""Documents of Orders v0 to domain: the same order as 2026-01-01 tells, in all that the connector uses."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from builders import document
from builders import money as money_2026
from builders_v0 import item_v0, money, order_v0, stored_v0

from connector.amazon import stored
from connector.amazon.loose import UnreadableOrder
from connector.amazon.reading import read_order


def lines_of(**changes):
    return read_order(stored_v0(item_v0(**changes))).lines


def test_both_versions_of_one_order_are_the_same_order():
    newer = document()
    newer["orderItems"][0]["product"]["asin"] = "B000000001"
    older = read_order(stored_v0(item_v0()))
    assert replace(older, packages_told=True) == read_order(newer)


@pytest.mark.parametrize(
    ("v0", "newer", "shown"),
    [
        ("Standard", "STANDARD", "Standard"),
        ("SecondDay", "SECOND_DAY", "Second Day"),
        ("FreeEconomy", "FREE_ECONOMY", "Free Economy"),
        ("SameDay", "SAME_DAY", "Same Day"),
    ],
)
def test_a_service_level_has_one_name(v0, newer, shown):
    raw = document()
    raw["fulfillment"]["fulfillmentServiceLevel"] = newer
    assert read_order(raw).service_level == shown
    assert read_order(stored_v0(ShipmentServiceLevelCategory=v0)).service_level == shown


def test_the_item_price_is_of_the_whole_line():
    """F43."""
    (line,) = lines_of(QuantityOrdered=3, ItemPrice=money("59.97"))
    assert (line.quantity, line.item_total) == (3, Decimal("59.97"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"tax": "0", "shipping": "0", "discount": "0", "gift_wrap": "0"}),
        ({"ItemTax": money("3.30"), "ShippingTax": money("0.40")}, {"tax": "3.70"}),
        ({"ItemTax": money("3.30"), "PromotionDiscountTax": money("0.20")}, {"tax": "3.10"}),
        ({"ShippingTax": money("0.40"), "ShippingDiscountTax": money("0.40")}, {"tax": "0.00"}),
        (
            {"BuyerInfo": {"GiftWrapPrice": money("3.50"), "GiftWrapTax": money("0.30")}},
            {"gift_wrap": "3.50", "tax": "0.30"},
        ),
        # F47, F48: what is off the shipping is off the order, once
        (
            {
                "ShippingPrice": money("4.99"),
                "ShippingDiscount": money("4.99"),
                "PromotionDiscount": money("2.00"),
            },
            {"shipping": "4.99", "discount": "6.99"},
        ),
        (
            {"ShippingPrice": money("4.99"), "CODFee": money("3.00"), "CODFeeDiscount": money("1.00")},
            {"shipping": "7.99", "discount": "1.00"},
        ),
        ({"PromotionDiscount": money("-2.00")}, {"discount": "2.00"}),
    ],
)
def test_amounts(changes, expected):
    (line,) = lines_of(**changes)
    assert {name: getattr(line, name) for name in expected} == {
        name: Decimal(value) for name, value in expected.items()
    }


def test_a_gift_keeps_its_message():
    (line,) = lines_of(IsGift="true", BuyerInfo={"GiftMessageText": "Enjoy"})
    assert line.gift_message == "Enjoy"


def test_a_pending_order_has_neither_price_nor_address():
    """F20."""
    raw = stored_v0(item_v0(), OrderStatus="Pending")
    del raw["order"]["OrderTotal"], raw["order"]["ShippingAddress"], raw["order"]["BuyerInfo"]
    del raw["items"][0]["ItemPrice"]
    order = read_order(raw)
    assert (order.total, order.lines[0].item_total, order.ship_to.country) == (None, None, "")


def test_null_blocks_are_as_good_as_missing_ones():
    raw = stored_v0(item_v0(BuyerInfo=None, ItemTax=None, Title=None), BuyerInfo=None, ShippingAddress=None)
    order = read_order(raw)
    assert (order.buyer_name, order.lines[0].title, order.address_withheld) == ("", "", True)


@pytest.mark.parametrize(
    ("channel", "address", "withheld"),
    [
        ("MFN", {"CountryCode": "US", "City": "Austin", "StateOrRegion": "TX"}, True),
        ("MFN", {"CountryCode": "US", "Name": "Ann Lee"}, False),
        ("MFN", {"CountryCode": "US", "AddressLine1": "1 Main St"}, False),
        ("MFN", {"Name": "Ann Lee", "AddressLine1": "1 Main St"}, True),
        ("AFN", {"CountryCode": "US", "City": "Austin"}, False),
        ("AFN", {}, True),
    ],
)
def test_when_an_address_counts_as_withheld(channel, address, withheld):
    """F21, F22."""
    order = read_order(stored_v0(item_v0(), FulfillmentChannel=channel, ShippingAddress=address))
    assert order.address_withheld is withheld


@pytest.mark.parametrize("field", ["AmazonOrderId", "PurchaseDate", "LastUpdateDate", "OrderStatus"])
def test_an_order_without_a_required_field_is_unreadable(field):
    raw = stored_v0(item_v0())
    del raw["order"][field]
    with pytest.raises(UnreadableOrder, match="order"):
        read_order(raw)


def test_an_unreadable_item_names_no_values():
    with pytest.raises(UnreadableOrder) as caught:
        read_order(stored_v0(item_v0(QuantityOrdered="two, said Ann Lee")))
    assert "Ann" not in str(caught.value)


def test_the_vendors_sandbox_orders_are_read(contracts):
    model = json.loads((contracts / "amazon" / "ordersV0.json").read_text())
    cases = {
        name: [
            case["response"]["payload"]
            for case in model["paths"][path]["get"]["responses"]["200"]["x-amzn-api-sandbox"]["static"]
        ]
        for name, path in {
            "pages": "/orders/v0/orders",
            "orders": "/orders/v0/orders/{orderId}",
            "items": "/orders/v0/orders/{orderId}/orderItems",
        }.items()
    }
    raw = cases["orders"] + [order for page in cases["pages"] for order in page["Orders"]]
    items = cases["items"][0]["OrderItems"]
    orders = [read_order(stored.with_items(stored.of_v0(order), items)) for order in raw]
    assert len(orders) >= 6
    assert all(order.lines[0].item_total == Decimal("10.00") for order in orders)
    assert {order.by_amazon for order in orders} == {True, False}


CHANGES = [
    ({}, "read"),
    ({"LastUpdateDate": "2026-03-01T09:02:00Z"}, "wanted"),
    ({"OrderStatus": "Shipped"}, "wanted"),
    ({"OrderTotal": money("19.99")}, "wanted"),
    ({"NumberOfItemsShipped": 1}, "wanted"),
    ({"ShippingAddress": {"CountryCode": "US"}}, "read"),  # the phone number goes after delivery
]


@pytest.mark.parametrize(("changes", "details"), CHANGES)
def test_items_are_read_again_when_the_order_changed(changes, details):
    before = stored_v0(item_v0())
    now = stored.completed(stored.of_v0(order_v0(**changes)), before)
    assert (now["details"], now["items"]) == (details, before["items"])
    assert read_order(now).detailed is (details == "read")


def test_what_wants_details_can_be_found_by_the_beginning_of_its_text():
    assert stored.written(stored.of_v0(order_v0())).startswith(stored.WANTS_DETAILS)
    assert not stored.written(stored_v0(item_v0())).startswith(stored.WANTS_DETAILS)
    assert not stored.written(document()).startswith(stored.WANTS_DETAILS)


def test_documents_of_both_versions_stay_readable():
    for raw in (document(), stored_v0(item_v0())):
        assert read_order(stored.read(stored.written(raw))) == read_order(raw)
        assert stored.order_id(raw) == "112-0000001-0000001"


def test_a_document_of_2026_never_wants_details():
    raw = document(proceeds={"grandTotal": money_2026("39.98")})
    assert stored.completed(raw, stored_v0(item_v0())) is raw
    assert stored.outdated(raw) is raw
    assert stored.outdated(stored_v0(item_v0()))["details"] == "wanted"


@pytest.mark.parametrize(
    ("told", "wish"),
    [
        ({"IsBuyerRequestedCancel": "true", "BuyerCancelReason": "Changed mind"}, "Changed mind"),
        ({"IsBuyerRequestedCancel": True}, ""),
        ({"IsBuyerRequestedCancel": "perhaps", "BuyerCancelReason": "?"}, None),
        ({"IsBuyerRequestedCancel": None}, None),
        ({"IsBuyerRequestedCancel": "true", "BuyerCancelReason": None}, ""),
        ({"IsBuyerRequestedCancel": "false", "BuyerCancelReason": ""}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_buyers_wish_to_cancel_is_a_text(told, wish):
    assert read_order(stored_v0(item_v0(BuyerRequestedCancel=told))).cancel_request == wish
