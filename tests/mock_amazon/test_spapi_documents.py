import pytest
from amazon_seller import EVERYTHING, US
from rare_orders import full_order

BLOCKS = {
    "BUYER": {"buyer"},
    "RECIPIENT": {"recipient"},
    "PROCEEDS": {"proceeds", "orderItems.proceeds"},
    "CANCELLATION": {"orderItems.cancellation"},
    "FULFILLMENT": {"fulfillment", "orderItems.fulfillment"},
    "PACKAGES": {"packages"},
    "EXPENSE": {"orderItems.expense"},
    "PROMOTION": {"orderItems.promotion"},
    "TAX": {"tax", "orderItems.tax"},
    "PAYMENT": {"payment"},
    "FULFILLMENT_ORDERS": {"fulfillmentOrders"},
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


def blocks(document):
    """The optional parts that a document has."""
    parts = set(document) | {f"orderItems.{key}" for item in document["orderItems"] for key in item}
    return parts & set().union(*BLOCKS.values())


def money(amount, currency="USD"):
    return {"amount": amount, "currencyCode": currency}


def test_without_included_data_there_is_no_status_no_price_and_no_person(amazon):
    number = amazon.place_unshipped()
    document = amazon.order(number, included="")
    assert set(document) == {"orderId", "createdTime", "lastUpdatedTime", "salesChannel", "orderItems"}
    assert document["createdTime"] == "2026-03-01T09:00:00.000Z"
    assert document["salesChannel"] == {
        "channelName": "AMAZON",
        "marketplaceId": US,
        "marketplaceName": "Amazon.com",
    }


@pytest.mark.parametrize("block", BLOCKS)
def test_included_data_chooses_among_the_parts(amazon, block):
    number = amazon.place_unshipped(**full_order())
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    all_blocks = ",".join(BLOCKS)
    shipped, everything = amazon.order(number, included=block), amazon.order(number, included=all_blocks)
    assert blocks(shipped) == BLOCKS[block] & blocks(everything)
    if block == "CANCELLATION":
        amazon.sim(f"orders/{number}/cancel")
        assert blocks(amazon.order(number, included=block)) == BLOCKS[block]
    for part in blocks(shipped) & set(everything):
        assert shipped[part] == everything[part]


@pytest.mark.parametrize(
    ("status", "channel", "present"),
    [
        ("PendingAvailability", "MFN", set()),
        ("Pending", "MFN", set()),
        ("Unshipped", "MFN", {"buyer", "recipient", "proceeds"}),
        ("Shipped", "MFN", {"buyer", "recipient", "proceeds", "packages"}),
        ("Canceled", "MFN", {"buyer", "proceeds"}),
        ("Pending", "AFN", set()),
        ("Unshipped", "AFN", {"recipient", "proceeds"}),
        ("Shipped", "AFN", {"recipient", "proceeds"}),
        ("Canceled", "AFN", {"proceeds"}),
    ],
)
def test_what_is_there_depends_on_status_and_channel(amazon, status, channel, present):
    number = amazon.place(status=status, channel=channel)
    document = amazon.order(number)
    assert {"buyer", "recipient", "proceeds", "packages"} & set(document) == present
    paid = "proceeds" in present
    (item,) = document["orderItems"]
    assert ("proceeds" in item) == ("price" in item["product"]) == paid
    window = channel == "MFN" and status in {"Unshipped", "Shipped"}
    assert ("deliverByWindow" in document["fulfillment"]) == window
    assert ("shipByWindow" in document["fulfillment"]) == (channel == "MFN")
    assert document["fulfillment"]["fulfilledBy"] == {"MFN": "MERCHANT", "AFN": "AMAZON"}[channel]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("PendingAvailability", "PENDING_AVAILABILITY"),
        ("Pending", "PENDING"),
        ("Unshipped", "UNSHIPPED"),
        ("Shipped", "SHIPPED"),
        ("Canceled", "CANCELLED"),
    ],
)
def test_statuses_have_words_of_their_own_in_2026(amazon, status, word):
    fulfillment = amazon.order(amazon.place(status=status))["fulfillment"]
    assert fulfillment["fulfillmentStatus"] == word


def test_proceeds_by_line_and_by_order_with_tax_on_top(amazon):
    number = amazon.place_unshipped(lines=[FULL_LINE, {"sku": "CUP", "qty": 1, "unit_price": "5.00"}])
    document = amazon.order(number)
    first, second = document["orderItems"]
    assert first["product"]["price"] == {"unitPrice": money("19.99")}
    assert first["proceeds"] == {
        "proceedsTotal": money("70.68"),
        "breakdowns": [
            {"type": "ITEM", "subtotal": money("59.97")},
            {"type": "SHIPPING", "subtotal": money("4.50")},
            {"type": "GIFT_WRAP", "subtotal": money("2.00")},
            {
                "type": "TAX",
                "subtotal": money("5.31"),
                "detailedBreakdowns": [{"subtype": "ITEM", "value": money("5.31")}],
            },
            {
                "type": "DISCOUNT",
                "subtotal": money("-1.10"),
                "detailedBreakdowns": [{"subtype": "ITEM", "value": money("-1.10")}],
            },
        ],
    }
    assert second["proceeds"]["proceedsTotal"] == money("5.00")
    assert document["proceeds"]["grandTotal"] == money("75.68")
    assert document["proceeds"]["breakdowns"][0] == {"type": "ITEM", "subtotal": money("64.97")}
    assert amazon.state(number)["total"] == "75.68"


def test_where_prices_contain_the_tax_it_is_told_but_not_added(amazon):
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["DE"]}, 201)
    number = amazon.place_unshipped(marketplace="DE", lines=[FULL_LINE])
    document = amazon.order(number)
    assert document["proceeds"]["grandTotal"] == money("65.37", "EUR")
    assert money("5.31", "EUR") in [part["subtotal"] for part in document["proceeds"]["breakdowns"]]
    assert document["recipient"]["deliveryAddress"]["countryCode"] == "DE"
    assert amazon.state(number)["tax_included"] is True


def test_taxes_and_discounts_are_told_by_what_they_are_for(amazon):
    (item,) = amazon.order(amazon.place_unshipped(**full_order()))["orderItems"]
    parts = {part["type"]: part for part in item["proceeds"]["breakdowns"]}
    assert parts["COD_FEE"]["subtotal"] == money("2.00")
    assert parts["TAX"] == {
        "type": "TAX",
        "subtotal": money("4.00"),
        "detailedBreakdowns": [
            {"subtype": "ITEM", "value": money("2.00")},
            {"subtype": "SHIPPING", "value": money("2.00")},
            {"subtype": "GIFT_WRAP", "value": money("2.00")},
            {"subtype": "DISCOUNT", "value": money("-2.00")},
        ],
    }
    assert [detail["subtype"] for detail in parts["DISCOUNT"]["detailedBreakdowns"]] == [
        "ITEM",
        "SHIPPING",
        "COD_FEE",
    ]
    assert item["proceeds"]["proceedsTotal"] == money("46.98")


def test_yen_have_no_decimals(amazon, other):
    line = {"sku": "MUG", "qty": 2, "unit_price": "2000"}
    number = amazon.place_unshipped(seller="SELLER-2", marketplace="JP", lines=[line])
    assert other.order(number)["proceeds"]["grandTotal"] == money("4000", "JPY")


def test_the_merchant_sees_where_to_send_and_whom_to_write(amazon):
    address = {"name": "Ann Lee", "line1": "1 Main St", "line2": "Apt 2", "line3": "c/o Bo", "city": "Austin"}
    address |= {"region": "TX", "postal_code": "78701", "country": "US", "phone": "512-555-0100"}
    buyer = {"name": "Bo Lee", "email": "bo@example.com"}
    document = amazon.order(amazon.place_unshipped(ship_to=address, buyer=buyer))
    assert document["buyer"] == {"buyerName": "Bo Lee", "buyerEmail": "bo@example.com"}
    assert document["recipient"]["deliveryAddress"] == {
        "name": "Ann Lee",
        "addressLine1": "1 Main St",
        "addressLine2": "Apt 2",
        "addressLine3": "c/o Bo",
        "city": "Austin",
        "stateOrRegion": "TX",
        "postalCode": "78701",
        "countryCode": "US",
        "phone": "512-555-0100",
        "addressType": "RESIDENTIAL",
    }


def test_an_order_that_amazon_ships_names_no_person(amazon):
    document = amazon.order(amazon.place(channel="AFN", status="Shipped"))
    place = {"city", "stateOrRegion", "postalCode", "countryCode"}
    assert set(document["recipient"]["deliveryAddress"]) == place
    assert document["orderItems"][0]["fulfillment"] == {"quantityFulfilled": 2, "quantityUnfulfilled": 0}


def test_parts_of_an_address_that_are_empty_are_left_out(amazon):
    document = amazon.order(amazon.place_unshipped(ship_to={"region": "", "phone": ""}))
    assert {"stateOrRegion", "phone"}.isdisjoint(document["recipient"]["deliveryAddress"])


def test_an_address_in_another_country_is_one_of_that_country(amazon):
    address = amazon.order(amazon.place_unshipped(ship_to={"country": "CA"}))["recipient"]["deliveryAddress"]
    assert (address["countryCode"], address["stateOrRegion"]) == ("CA", "ON")


def test_of_a_country_without_a_default_there_is_only_what_was_given(amazon):
    number = amazon.place_unshipped(ship_to={"country": "NZ", "city": "Auckland"})
    address = amazon.order(number)["recipient"]["deliveryAddress"]
    assert address == {"city": "Auckland", "countryCode": "NZ", "addressType": "RESIDENTIAL"}


def test_the_email_address_is_gone_when_the_order_is_canceled(amazon):
    number = amazon.place_unshipped()
    assert amazon.order(number)["buyer"]["buyerEmail"].endswith("@marketplace.amazon.com")
    amazon.sim(f"orders/{number}/cancel")
    assert "buyerEmail" not in amazon.order(number)["buyer"]


def test_the_phone_number_is_gone_when_the_order_is_delivered(amazon):
    number = amazon.place(status="Shipped")

    def phones():
        (listed,) = amazon.search(includedData=EVERYTHING).get_json()["orders"]
        return ["phone" in order["recipient"]["deliveryAddress"] for order in (amazon.order(number), listed)]

    latest = amazon.order(number)["fulfillment"]["deliverByWindow"]["latestDateTime"]
    assert latest == "2026-03-08T23:59:59.000Z"
    for time, told in ((latest, True), ("2026-03-09T00:00:00Z", False)):
        amazon.sim("clock", {"set": time})
        amazon.sign_in()
        assert phones() == [told, told]


def test_gifts(amazon):
    number = amazon.place_unshipped(lines=[FULL_LINE])
    packing = amazon.order(number)["orderItems"][0]["fulfillment"]["packing"]
    assert packing == {"giftOption": {"giftMessage": "For you", "giftWrapLevel": "Classic"}}
    pending = amazon.order(amazon.place(lines=[FULL_LINE]))
    assert "packing" not in pending["orderItems"][0]["fulfillment"]


def test_programs_and_replacements(amazon):
    first = amazon.place_unshipped(id="A1")
    flags = {"prime": True, "business": True, "premium": True}
    document = amazon.order(amazon.place_unshipped(replacement_of="A1", **flags))
    assert document["programs"] == ["AMAZON_BUSINESS", "PREMIUM", "PRIME"]
    assert document["associatedOrders"] == [{"orderId": first, "associationType": "REPLACEMENT_ORIGINAL_ID"}]
    assert document["recipient"]["deliveryAddress"]["addressType"] == "COMMERCIAL"
    assert amazon.order(amazon.place(status="PendingAvailability"))["programs"] == ["PREORDER"]


@pytest.mark.parametrize(("level", "day"), [("SAME_DAY", "01"), ("NEXT_DAY", "02"), ("STANDARD", "08")])
def test_promises_follow_the_service_level(amazon, level, day):
    fulfillment = amazon.order(amazon.place_unshipped(service_level=level))["fulfillment"]
    assert fulfillment["fulfillmentServiceLevel"] == level
    assert fulfillment["deliverByWindow"]["latestDateTime"] == f"2026-03-{day}T23:59:59.000Z"


def test_everything_is_answered_from_the_stored_text(amazon):
    number = amazon.place_unshipped()
    everything = amazon.get(number).get_data(as_text=True)
    assert everything == amazon.get(number, f"{EVERYTHING},FULFILLMENT_ORDERS").get_data(as_text=True)
    amazon.later(minutes=3)
    listed = amazon.search(includedData=EVERYTHING).get_data(as_text=True)
    assert everything.removeprefix('{"order":').removesuffix("}") in listed
