import pytest
from amazon_seller import US, assert_spapi_error

from mock_amazon.models import Order, db
from mock_amazon.ordering.lifecycle import Status

BUYER_AND_ADDRESS = ["buyerInfo", "shippingAddress"]
EVERYTHING = [
    {"method": "GET", "path": "/orders/v0/orders", "dataElements": BUYER_AND_ADDRESS},
    {"method": "GET", "path": "/orders/v0/orders/{orderId}", "dataElements": BUYER_AND_ADDRESS},
    {"method": "GET", "path": "/orders/v0/orders/{orderId}/orderItems", "dataElements": ["buyerInfo"]},
    {"method": "GET", "path": "/orders/v0/orders/{orderId}/address"},
    {"method": "GET", "path": "/orders/v0/orders/{orderId}/buyerInfo"},
    {"method": "GET", "path": "/orders/v0/orders/{orderId}/orderItems/buyerInfo"},
]
PERSON = {
    "ship_to": {"name": "Ann Lee", "line1": "1 Main St", "line2": "Apt 2", "city": "Austin", "region": "TX"}
    | {"postal_code": "78701", "country": "US", "phone": "512-555-0100"},
    "buyer": {"name": "Bo Lee", "email": "bo@example.com"},
}
PLACE = {"City": "Austin", "StateOrRegion": "TX", "PostalCode": "78701", "CountryCode": "US"}
ADDRESS = PLACE | {
    "Name": "Ann Lee",
    "AddressLine1": "1 Main St",
    "AddressLine2": "Apt 2",
    "Phone": "512-555-0100",
    "AddressType": "Residential",
}
FULL_LINE = {
    "sku": "MUG",
    "qty": 3,
    "unit_price": "19.99",
    "shipping": "4.50",
    "gift_wrap": "2.00",
    "tax": "5.31",
    "discount": "1.10",
    "title": "Red mug",
    "asin": "B000000001",
    "gift_message": "For you",
}


def money(amount, currency="USD"):
    return {"CurrencyCode": currency, "Amount": amount}


@pytest.fixture
def trusted(strict):
    """The seller with a token that opens the personal data of every order."""
    return strict.restrict(*EVERYTHING)


def test_an_order_to_the_last_field(strict):
    number = strict.place_unshipped(lines=[FULL_LINE], **PERSON)
    assert strict.order_v0(number) == {
        "AmazonOrderId": number,
        "SellerOrderId": number,
        "PurchaseDate": "2026-03-01T09:00:00Z",
        "LastUpdateDate": "2026-03-01T09:00:00Z",
        "OrderStatus": "Unshipped",
        "FulfillmentChannel": "MFN",
        "SalesChannel": "Amazon.com",
        "ShipServiceLevel": "Std US D2D Dom",
        "OrderTotal": money("70.68"),
        "NumberOfItemsShipped": 0,
        "NumberOfItemsUnshipped": 3,
        "PaymentMethod": "Other",
        "PaymentMethodDetails": ["Standard"],
        "IsReplacementOrder": False,
        "MarketplaceId": US,
        "ShipmentServiceLevelCategory": "Standard",
        "OrderType": "StandardOrder",
        "EarliestShipDate": "2026-03-01T09:00:00Z",
        "LatestShipDate": "2026-03-03T23:59:59Z",
        "EarliestDeliveryDate": "2026-03-05T09:00:00Z",
        "LatestDeliveryDate": "2026-03-08T23:59:59Z",
        "IsBusinessOrder": False,
        "IsPrime": False,
        "IsPremiumOrder": False,
        "IsGlobalExpressEnabled": False,
        "IsSoldByAB": False,
        "IsIBA": False,
        "IsISPU": False,
        "IsAccessPointOrder": False,
        "HasRegulatedItems": False,
        "AutomatedShippingSettings": {"HasAutomatedShippingSettings": False},
        "ShippingAddress": PLACE,
    }


def test_the_price_of_an_item_is_that_of_all_its_units(strict):
    number = strict.place_unshipped(lines=[FULL_LINE])
    item_id = strict.state(number)["lines"][0]["order_item_id"]
    assert strict.items_v0(number) == [
        {
            "ASIN": "B000000001",
            "SellerSKU": "MUG",
            "OrderItemId": item_id,
            "Title": "Red mug",
            "QuantityOrdered": 3,
            "QuantityShipped": 0,
            "ProductInfo": {"NumberOfItems": "1"},
            "ItemPrice": money("59.97"),
            "ItemTax": money("5.31"),
            "PromotionDiscount": money("1.10"),
            "ShippingPrice": money("4.50"),
            "IsGift": "true",
            "ConditionId": "New",
            "ConditionSubtypeId": "New",
            "IsTransparency": False,
            "BuyerRequestedCancel": {"IsBuyerRequestedCancel": "false", "BuyerCancelReason": ""},
            "BuyerInfo": {"GiftWrapPrice": money("2.00"), "GiftWrapLevel": "Classic"},
        }
    ]


@pytest.mark.parametrize("status", ["Pending", "PendingAvailability"])
def test_a_pending_order_is_bare(trusted, status):
    number = trusted.place(status=status, lines=[FULL_LINE], **PERSON)
    order, (item,) = trusted.order_v0(number), trusted.items_v0(number)
    missing = {"OrderTotal", "ShippingAddress", "BuyerInfo", "EarliestDeliveryDate", "LatestDeliveryDate"}
    assert missing.isdisjoint(order)
    assert {"EarliestShipDate", "LatestShipDate"} <= set(order)
    prices = {"ItemPrice", "ItemTax", "ShippingPrice", "PromotionDiscount", "IsGift", "BuyerInfo"}
    assert prices.isdisjoint(item)
    assert trusted.order_v0(number, "/address") == {"AmazonOrderId": number}
    assert trusted.order_v0(number, "/buyerInfo") == {"AmazonOrderId": number}
    assert order["OrderType"] == {"Pending": "StandardOrder", "PendingAvailability": "Preorder"}[status]


@pytest.mark.parametrize(
    ("status", "channel", "present"),
    [
        ("Unshipped", "MFN", {"address", "person", "buyer", "email", "ship", "delivery"}),
        ("Shipped", "MFN", {"address", "person", "buyer", "email", "ship", "delivery"}),
        ("Canceled", "MFN", {"buyer", "ship"}),
        ("Unshipped", "AFN", {"address"}),
        ("Shipped", "AFN", {"address"}),
        ("Canceled", "AFN", set()),
    ],
)
def test_what_is_there_depends_on_status_and_channel(trusted, status, channel, present):
    number = trusted.place(status=status, channel=channel, **PERSON)
    order = trusted.order_v0(number)
    address, buyer = order.get("ShippingAddress", {}), order.get("BuyerInfo", {})
    assert present == {
        name
        for name, there in {
            "address": address.keys() >= PLACE.keys(),
            "person": "Name" in address,
            "buyer": "BuyerName" in buyer,
            "email": "BuyerEmail" in buyer,
            "ship": "LatestShipDate" in order,
            "delivery": "LatestDeliveryDate" in order,
        }.items()
        if there
    }


@pytest.mark.parametrize("part", ["", "/address", "/buyerInfo", "/orderItems", "/orderItems/buyerInfo"])
def test_an_ordinary_token_reads_everything_but_names_no_person(strict, part):
    number = strict.place_unshipped(lines=[FULL_LINE], **PERSON)
    text = strict.read_v0(number, part).get_data(as_text=True)
    for secret in ("Ann Lee", "1 Main St", "Apt 2", "512-555-0100", "Bo Lee", "bo@example.com", "For you"):
        assert secret not in text


def test_a_list_with_an_ordinary_token_names_no_person(strict):
    strict.place_unshipped(**PERSON)
    strict.later(minutes=3)
    (order,) = strict.listed_v0()
    assert order["ShippingAddress"] == PLACE
    assert "BuyerInfo" not in order


def test_a_restricted_token_opens_names_and_addresses(trusted):
    number = trusted.place_unshipped(lines=[FULL_LINE], **PERSON)
    item_id = trusted.state(number)["lines"][0]["order_item_id"]
    buyer = {"BuyerEmail": "bo@example.com", "BuyerName": "Bo Lee"}
    wishes = {"GiftWrapPrice": money("2.00"), "GiftWrapLevel": "Classic", "GiftMessageText": "For you"}
    trusted.later(minutes=3)
    (listed,) = trusted.listed_v0()
    for order in (listed, trusted.order_v0(number)):
        assert (order["ShippingAddress"], order["BuyerInfo"]) == (ADDRESS, buyer)
    assert listed == trusted.order_v0(number)
    assert trusted.order_v0(number, "/address") == {"AmazonOrderId": number, "ShippingAddress": ADDRESS}
    assert trusted.order_v0(number, "/buyerInfo") == {"AmazonOrderId": number, **buyer}
    assert trusted.items_v0(number)[0]["BuyerInfo"] == wishes
    assert trusted.order_v0(number, "/orderItems/buyerInfo") == {
        "AmazonOrderId": number,
        "OrderItems": [{"OrderItemId": item_id, **wishes}],
    }


def test_the_phone_number_is_gone_when_the_order_is_delivered(trusted):
    number = trusted.place(status="Shipped", **PERSON)
    for time, told in (("2026-03-08T23:59:59Z", True), ("2026-03-09T00:00:00Z", False)):
        trusted.sim("clock", {"set": time})
        trusted.sign_in()
        fresh = trusted.restrict(*EVERYTHING)
        (listed,) = fresh.listed_v0()
        for order in (listed, fresh.order_v0(number)):
            assert ("Phone" in order["ShippingAddress"]) == told
            assert order["ShippingAddress"]["Name"] == "Ann Lee"


def test_a_shipped_part_is_counted(strict):
    number = strict.place_unshipped(lines=[FULL_LINE])
    strict.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    order = strict.order_v0(number)
    assert order["OrderStatus"] == "PartiallyShipped"
    assert (order["NumberOfItemsShipped"], order["NumberOfItemsUnshipped"]) == (1, 2)
    assert strict.items_v0(number)[0]["QuantityShipped"] == 1
    strict.sim(f"orders/{number}/cancel")
    order = strict.order_v0(number)
    assert (order["NumberOfItemsShipped"], order["NumberOfItemsUnshipped"]) == (1, 0)


def test_where_prices_contain_the_tax_it_is_told_but_not_added(strict):
    strict.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["DE"]}, 201)
    number = strict.place_unshipped(marketplace="DE", lines=[FULL_LINE])
    assert strict.order_v0(number)["OrderTotal"] == money("65.37", "EUR")
    assert strict.items_v0(number)[0]["ItemTax"] == money("5.31", "EUR")


def test_flags_and_replacements(strict):
    first = strict.place_unshipped(id="A1")
    flags = {"prime": True, "business": True, "premium": True}
    order = strict.order_v0(strict.place_unshipped(replacement_of="A1", service_level="SECOND_DAY", **flags))
    assert (order["IsPrime"], order["IsBusinessOrder"], order["IsPremiumOrder"]) == (True, True, True)
    assert (order["IsReplacementOrder"], order["ReplacedOrderId"]) == (True, first)
    assert order["ShipmentServiceLevelCategory"] == "SecondDay"
    assert "ReplacedOrderId" not in strict.order_v0(first)


def test_times_are_cut_to_the_second(strict):
    strict.later(milliseconds=900)
    order = strict.order_v0(strict.place_unshipped())
    assert order["LastUpdateDate"] == order["PurchaseDate"] == "2026-03-01T09:00:00Z"


def test_an_order_of_many_items_has_pages(strict):
    lines = [{"sku": f"SKU-{number}", "qty": 1, "unit_price": "1.00"} for number in range(60)]
    number = strict.place_unshipped(lines=lines)
    skus = [line["sku"] for line in strict.state(number)["lines"]]
    for part in ("/orderItems", "/orderItems/buyerInfo"):
        first = strict.order_v0(number, part)
        assert len(first["OrderItems"]) == 50
        second = strict.payload(strict.read_v0(number, part, NextToken=first["NextToken"]))
        assert "NextToken" not in second
        listed = first["OrderItems"] + second["OrderItems"]
        assert len({item["OrderItemId"] for item in listed}) == 60
        if part == "/orderItems":
            assert [item["SellerSKU"] for item in listed] == skus


def test_a_token_of_other_items_is_refused(strict):
    lines = [{"sku": f"SKU-{number}", "qty": 1, "unit_price": "1.00"} for number in range(60)]
    one, another = strict.place_unshipped(lines=lines), strict.place_unshipped(lines=lines)
    token = strict.order_v0(one, "/orderItems")["NextToken"]
    refused = strict.read_v0(another, "/orderItems", NextToken=token)
    assert_spapi_error(refused, 400, "InvalidInput", "We could not decode your NextToken.")
    refused = strict.read_v0(another, "/orderItems", NextToken="AAAA")
    assert_spapi_error(refused, 400, "InvalidInput", "We could not decode your NextToken.")


@pytest.mark.parametrize("part", ["", "/address", "/buyerInfo", "/orderItems", "/orderItems/buyerInfo"])
def test_orders_of_others_and_unknown_ones_are_not_there(strict, other, part):
    theirs = strict.place_unshipped(seller="SELLER-2")
    for number in ("112-1234567-1234567", theirs):
        assert_spapi_error(strict.read_v0(number, part), 404, "NotFound", details=number)
    assert_spapi_error(strict.read_v0("TEST_CASE_400", part), 400, "InvalidInput", "'orderId'")


@pytest.mark.parametrize("part", ["", "/address", "/buyerInfo", "/orderItems", "/orderItems/buyerInfo"])
def test_an_unknown_order_is_an_empty_payload_by_default(amazon, part):
    path = f"/orders/v0/orders/112-1234567-1234567{part}"
    answer = amazon.client.get(path, headers=amazon.headers)
    assert (answer.status_code, answer.get_json()) == (200, {"payload": {}})


def test_in_lists_the_replacement_flag_is_text_by_default(amazon):
    first = amazon.place_unshipped(id="A1")
    second = amazon.place_unshipped(replacement_of="A1")
    amazon.later(minutes=3)
    query = {"MarketplaceIds": US, "LastUpdatedAfter": "2020-01-01T00:00:00Z"}
    answer = amazon.client.get("/orders/v0/orders", query_string=query, headers=amazon.headers)
    listed = {each["AmazonOrderId"]: each for each in answer.get_json()["payload"]["Orders"]}
    assert [listed[number]["IsReplacementOrder"] for number in (first, second)] == ["false", "true"]
    assert amazon.order_v0(second)["IsReplacementOrder"] is True


def test_the_email_address_can_be_open_as_it_was(strict):
    number = strict.place_unshipped(**PERSON)
    strict.sim("account", {"quirks": {"buyer_email_open": "on"}})
    assert strict.order_v0(number)["BuyerInfo"] == {"BuyerEmail": "bo@example.com"}
    assert strict.order_v0(number, "/buyerInfo")["BuyerEmail"] == "bo@example.com"
    strict.sim("account", {"pii": "withheld"})
    assert "BuyerInfo" not in strict.order_v0(number)


def test_the_status_that_only_v0_has_is_told(strict, world):
    number = strict.place(status="Shipped")
    with world[0].app_context():
        order = db.session.query(Order).one()
        order.status = Status.INVOICE_UNCONFIRMED
        from mock_amazon.ordering.orders import touch

        touch(order)
        db.session.commit()
    strict.later(minutes=3)
    assert strict.found_v0(OrderStatuses="InvoiceUnconfirmed") == [number]
    assert strict.found_v0(OrderStatuses="Shipped") == []
    assert strict.order_v0(number)["ShippingAddress"]


def same(of_2026, of_v0):
    """The fields that both versions have, side by side; v0 knows no milliseconds."""
    fulfillment, proceeds = of_2026["fulfillment"], of_2026.get("proceeds")
    total = proceeds and proceeds["grandTotal"]
    assert of_2026["orderId"] == of_v0["AmazonOrderId"]
    assert of_2026["createdTime"].replace(".000", "") == of_v0["PurchaseDate"]
    assert of_2026["lastUpdatedTime"].replace(".000", "") == of_v0["LastUpdateDate"]
    assert fulfillment["fulfilledBy"] == {"MFN": "MERCHANT", "AFN": "AMAZON"}[of_v0["FulfillmentChannel"]]
    assert (total or {}).get("amount") == of_v0.get("OrderTotal", {}).get("Amount")
    window = fulfillment.get("deliverByWindow", {}).get("latestDateTime", "").replace(".000", "")
    assert window == of_v0.get("LatestDeliveryDate", "")
    old, new = of_v0.get("ShippingAddress", {}), of_2026.get("recipient", {}).get("deliveryAddress", {})
    assert {key.lower() for key in old} == {key.lower() for key in new}
    assert sorted(value.upper() for value in old.values()) == sorted(value.upper() for value in new.values())
    assert of_v0.get("BuyerInfo", {}).get("BuyerName") == of_2026.get("buyer", {}).get("buyerName")
    assert of_v0.get("BuyerInfo", {}).get("BuyerEmail") == of_2026.get("buyer", {}).get("buyerEmail")


@pytest.mark.parametrize("channel", ["MFN", "AFN"])
@pytest.mark.parametrize("status", ["PendingAvailability", "Pending", "Unshipped", "Shipped", "Canceled"])
def test_both_versions_describe_the_same_order(trusted, strict, channel, status):
    number = strict.place(status=status, channel=channel, lines=[FULL_LINE], **PERSON)
    same(strict.order(number), trusted.order_v0(number))
    (new,), (old,) = strict.order(number)["orderItems"], trusted.items_v0(number)
    assert (new["orderItemId"], new["quantityOrdered"]) == (old["OrderItemId"], old["QuantityOrdered"])
    assert new["fulfillment"]["quantityFulfilled"] == old["QuantityShipped"]
    if "proceeds" in new:
        parts = {part["type"]: part["subtotal"]["amount"] for part in new["proceeds"]["breakdowns"]}
        assert parts == {
            "ITEM": old["ItemPrice"]["Amount"],
            "SHIPPING": old["ShippingPrice"]["Amount"],
            "GIFT_WRAP": old["BuyerInfo"]["GiftWrapPrice"]["Amount"],
            "TAX": old["ItemTax"]["Amount"],
            "DISCOUNT": f"-{old['PromotionDiscount']['Amount']}",
        }
