import pytest
from amazon_seller import NOT_VALID, assert_spapi_error

INVALID = "InvalidInput"
FULFILLED = "Failed to create package due to not finding a matching package or order already fulfilled."
TWO_LINES = [{"sku": "MUG", "qty": 2, "unit_price": "5"}, {"sku": "CUP", "qty": 1, "unit_price": "5"}]


@pytest.fixture
def number(amazon):
    return amazon.place_unshipped(lines=TWO_LINES)


def confirm(amazon, number, *units, status=204, **detail):
    answer = amazon.confirm_shipment(number, amazon.package(number, *units, **detail))
    assert answer.status_code == status, answer.get_json()


def shipped(amazon, number):
    return [line["shipped"] for line in amazon.state(number)["lines"]]


def refused(amazon, number, body, message, details="", *, code=INVALID):
    before = amazon.state(number)
    assert_spapi_error(amazon.confirm_shipment(number, body), 400, code, message, details)
    assert amazon.state(number) == before


def test_a_package_with_everything_ships_the_order(amazon, number):
    amazon.later(minutes=5)
    detail = {"shippingMethod": "Ground", "shipFromSupplySourceId": "x"}
    answer = amazon.confirm_shipment(number, amazon.package(number, 2, 1, **detail))
    assert (answer.status_code, answer.get_data()) == (204, b"")
    assert answer.mimetype == "application/json"
    assert answer.headers["x-amzn-RateLimit-Limit"] == "2.0"
    document = amazon.order(number)
    assert document["fulfillment"]["fulfillmentStatus"] == "SHIPPED"
    assert document["lastUpdatedTime"] == "2026-03-01T09:05:00.000Z"
    ids = [item["orderItemId"] for item in document["orderItems"]]
    assert document["packages"] == [
        {
            "packageReferenceId": "1",
            "createdTime": "2026-03-01T09:05:00.000Z",
            "packageStatus": {"status": "SHIPPED"},
            "carrier": "UPS",
            "shipTime": "2026-03-01T08:30:00.000Z",
            "shippingService": "Ground",
            "trackingNumber": "1Z999AA10123456784",
            "packageItems": [
                {"orderItemId": ids[0], "quantity": 2},
                {"orderItemId": ids[1], "quantity": 1},
            ],
        }
    ]


def test_packages_add_up(amazon, number):
    confirm(amazon, number, 1, 0)
    assert (amazon.state(number)["status"], shipped(amazon, number)) == ("PartiallyShipped", [1, 0])
    quantities = amazon.order(number)["orderItems"][0]["fulfillment"]
    assert quantities == {"quantityFulfilled": 1, "quantityUnfulfilled": 1}
    confirm(amazon, number, 1, 1, reference="2")
    assert (amazon.state(number)["status"], shipped(amazon, number)) == ("Shipped", [2, 1])
    assert [package["reference"] for package in amazon.state(number)["packages"]] == ["1", "2"]


def test_the_same_reference_again_corrects_the_package(amazon, number):
    confirm(amazon, number, 2, 0)
    confirm(amazon, number, 1, 1, trackingNumber="OTHER", carrierCode="FedEx")
    (package,) = amazon.state(number)["packages"]
    lines = [{"sku": "MUG", "qty": 1}, {"sku": "CUP", "qty": 1}]
    assert package == {"reference": "1", "carrier": "FedEx", "tracking": "OTHER", "lines": lines}
    assert amazon.state(number)["status"] == "PartiallyShipped"


def test_the_same_call_twice_is_one_package(amazon, number):
    confirm(amazon, number, 2, 1)
    once = amazon.order(number)
    confirm(amazon, number, 2, 1)
    assert amazon.order(number) == once


def test_the_tracking_number_of_a_shipped_order_can_be_corrected(amazon, number):
    confirm(amazon, number, 2, 1)
    confirm(amazon, number, 2, 1, trackingNumber="OTHER")
    assert amazon.order(number)["packages"][0]["trackingNumber"] == "OTHER"


def test_a_shipped_order_takes_no_further_package(amazon, number):
    confirm(amazon, number, 2, 1)
    refused(amazon, number, amazon.package(number, 1, reference="2"), FULFILLED)
    refused(amazon, number, amazon.package(number, 1), "errorMetric=PackageToUpdateNotFound")


def test_lines_of_one_item_are_summed(amazon, number):
    body = amazon.package(number, 1, 1)
    items = body["packageDetail"]["orderItems"]
    items[0]["transparencyCodes"] = ["T1"]
    items.append(items[0] | {"transparencyCodes": ["T2"]})
    assert amazon.confirm_shipment(number, body).status_code == 204
    assert shipped(amazon, number) == [2, 1]
    assert amazon.order(number)["packages"][0]["packageItems"][0]["transparencyCodes"] == ["T1", "T2"]


def test_unknown_fields_are_ignored(amazon, number):
    body = amazon.package(number, 2, 1, somethingElse=1) | {"MarketplaceIds": "x", "original_path": "/y"}
    assert amazon.confirm_shipment(number, body).status_code == 204


def test_a_carrier_that_amazon_does_not_know_is_named(amazon, number):
    refused(amazon, number, amazon.package(number, 2, 1, carrierCode="Other"), "CarrierName: is required")
    confirm(amazon, number, 2, 1, carrierCode="Other", carrierName="Bike Bob")
    assert amazon.state(number)["packages"][0]["carrier"] == "Bike Bob"


def test_units_above_what_is_left_are_refused(amazon, number):
    refused(amazon, number, amazon.package(number, 3), NOT_VALID, "2 left")
    confirm(amazon, number, 1)
    refused(amazon, number, amazon.package(number, 2, reference="2"), NOT_VALID, "1 left")


@pytest.mark.parametrize("status", ["PendingAvailability", "Pending", "Canceled"])
def test_orders_that_cannot_be_shipped_yet_or_any_more(amazon, status):
    number = amazon.place(status=status)
    refused(amazon, number, amazon.package(number, 2), NOT_VALID, status)


def test_orders_that_amazon_ships_are_refused(amazon):
    number = amazon.place_unshipped(channel="AFN")
    refused(amazon, number, amazon.package(number, 2), NOT_VALID, "Amazon")


TYPES = "The input you have submitted is not valid. Please check the fields with invalid type "


@pytest.mark.parametrize(
    ("detail", "message", "code"),
    [
        pytest.param(
            {"packageReferenceId": "abc"}, "PackageReferenceId: is invalid, must be", INVALID, id="abc"
        ),
        pytest.param({"packageReferenceId": "0"}, "must be a positive numeric value.", INVALID, id="zero"),
        pytest.param(
            {"packageReferenceId": "-1"}, "must be a positive numeric value.", INVALID, id="negative"
        ),
        pytest.param({"packageReferenceId": ""}, "must be a positive numeric value.", INVALID, id="empty"),
        pytest.param(
            {"packageReferenceId": 1}, f"{TYPES}[packageDetail.packageReferenceId].", INVALID, id="number"
        ),
        pytest.param({"orderItems": {}}, f"{TYPES}[packageDetail.orderItems].", INVALID, id="items"),
        pytest.param({"orderItems": [1]}, f"{TYPES}[packageDetail.orderItems.0].", INVALID, id="item"),
        pytest.param({"orderItems": []}, "at 'packageDetail.orderItems' failed", INVALID, id="no items"),
        pytest.param({"shipDate": "02/21/2022"}, "Invalid Input", "Invalid Input", id="date"),
        pytest.param({"shipDate": "2026-03-01"}, "Invalid Input", "Invalid Input", id="date without time"),
        pytest.param(
            {"trackingNumber": ""}, "at 'packageDetail.trackingNumber' failed", INVALID, id="tracking"
        ),
        pytest.param(
            {"carrierCode": "x" * 201}, "length less than or equal to 200", INVALID, id="long carrier"
        ),
        *(
            pytest.param({field: None}, f"null at 'packageDetail.{field}'", INVALID, id=f"no {field}")
            for field in ("packageReferenceId", "carrierCode", "trackingNumber", "shipDate", "orderItems")
        ),
    ],
)
def test_bad_details(amazon, number, detail, message, code):
    refused(
        amazon,
        number,
        amazon.package(number, 1) | {"packageDetail": amazon.package(number, 1)["packageDetail"] | detail},
        message,
        code=code,
    )


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"quantity": 0}, "Value '0' at 'packageDetail.orderItems.0.quantity'"),
        ({"quantity": -1}, "Value '-1'"),
        ({"quantity": "1"}, f"{TYPES}[packageDetail.orderItems.0.quantity]."),
        ({"quantity": 1.5}, f"{TYPES}[packageDetail.orderItems.0.quantity]."),
        ({"quantity": True}, f"{TYPES}[packageDetail.orderItems.0.quantity]."),
        ({"orderItemId": 7}, f"{TYPES}[packageDetail.orderItems.0.orderItemId]."),
        (
            {"orderItemId": "77"},
            "OrderItemId 77 is invalid, please obtain the value through the getOrderItems API",
        ),
        ({"transparencyCodes": "x"}, f"{TYPES}[packageDetail.orderItems.0.transparencyCodes]."),
    ],
)
def test_bad_items(amazon, number, item, message):
    body = amazon.package(number, 1)
    body["packageDetail"]["orderItems"][0] |= item
    refused(amazon, number, body, message)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"marketplaceId": None}, "null at 'marketplaceId'"),
        ({"marketplaceId": "X"}, "Marketplace ID is not defined"),
        ({"marketplaceId": "A2EUQ1WTGCTBG2"}, NOT_VALID),
        ({"packageDetail": None}, "null at 'packageDetail'"),
        ({"packageDetail": "x"}, f"{TYPES}[packageDetail]."),
        ({"codCollectionMethod": "Cash"}, "enum value set: [DirectPayment]"),
        ({"codCollectionMethod": "DirectPayment"}, "only supported in the JP marketplace"),
    ],
)
def test_bad_requests(amazon, number, changes, message):
    refused(amazon, number, amazon.package(number, 1) | changes, message)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"7", b"\xff"])
def test_bodies_that_are_no_object(amazon, number, data):
    path = f"/orders/v0/orders/{number}/shipmentConfirmation"
    answer = amazon.call("confirmShipment", "POST", path, data=data)
    assert_spapi_error(answer, 400, INVALID)


def test_cash_on_delivery_is_for_japan(amazon, other):
    line = {"sku": "MUG", "qty": 2, "unit_price": "2000"}
    number = amazon.place_unshipped(seller="SELLER-2", marketplace="JP", lines=[line])
    changes = {"marketplaceId": "A1VC38T7YXB528", "codCollectionMethod": "DirectPayment"}
    assert other.confirm_shipment(number, amazon.package(number, 2) | changes).status_code == 204


def test_an_unknown_order_is_not_found(amazon, number):
    answer = amazon.confirm_shipment("112-1234567-1234567", amazon.package(number, 1))
    assert_spapi_error(answer, 404, "NotFound")


def test_when_the_answer_is_lost_the_package_is_there_and_can_be_sent_again(amazon, number):
    from simkit.simulation import ConnectionDropped

    amazon.sim("faults", {"at": "confirmShipment", "kind": "commit_then_drop"}, 201)
    with pytest.raises(ConnectionDropped):
        confirm(amazon, number, 2, 1)
    assert amazon.state(number)["status"] == "Shipped"
    confirm(amazon, number, 2, 1)
    assert len(amazon.state(number)["packages"]) == 1


@pytest.mark.parametrize("field", ["carrierCode", "trackingNumber", "shippingMethod"])
def test_a_text_with_a_nul_is_refused(amazon, field):
    number = amazon.place_unshipped()
    answer = amazon.confirm_shipment(number, amazon.package(number, 1, **{field: "a\0"}))
    assert_spapi_error(answer, 400, "InvalidInput", f"invalid type [packageDetail.{field}]")
