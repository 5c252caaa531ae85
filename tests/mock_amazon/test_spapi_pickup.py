"""In-store pickup: updateShipmentStatus and what it does to an order."""

import pytest
from amazon_seller import NOT_VALID, US, assert_spapi_error

STORE = {"in_store_pickup": True, "store_chain_store": "STORE-7"}
UNKNOWN = "112-0000000-0000000"


def told(status="ReadyForPickup", **more):
    return {"marketplaceId": US, "shipmentStatus": status} | more


@pytest.fixture
def number(amazon):
    return amazon.place_unshipped(facts=STORE)


def some(amazon, number, quantity, status="PickedUp"):
    return told(status, orderItems=[{"orderItemId": item_id(amazon, number), "quantity": quantity}])


def item_id(amazon, number):
    return amazon.state(number)["lines"][0]["order_item_id"]


@pytest.mark.parametrize(
    ("status", "becomes", "shipped"),
    [("ReadyForPickup", "Unshipped", 0), ("PickedUp", "Shipped", 2), ("RefusedPickup", "Canceled", 0)],
)
def test_what_the_store_tells_moves_the_order(amazon, number, status, becomes, shipped):
    amazon.later(minutes=1)
    answer = amazon.update_shipment(number, told(status))
    assert (answer.status_code, answer.get_data()) == (204, b"")
    state = amazon.state(number)
    assert (state["status"], state["lines"][0]["shipped"]) == (becomes, shipped)
    assert state["last_update_date"] == "2026-03-01T09:01:00.000Z"


def test_goods_are_picked_up_one_by_one(amazon, number):
    for status in ("PartiallyShipped", "Shipped"):
        assert amazon.update_shipment(number, some(amazon, number, 1)).status_code == 204
        assert amazon.state(number)["status"] == status
    first, second = amazon.order(number)["packages"]
    assert first["carrier"] == second["carrier"] == "IN_STORE_PICKUP"
    assert "trackingNumber" not in first


def test_it_stays_when_the_v0_reads_are_removed(amazon, number):
    amazon.sim("account", {"v0_reads": "removed"})
    assert amazon.update_shipment(number, told()).status_code == 204


def test_both_versions_show_the_store_order(amazon, number):
    assert amazon.order_v0(number)["IsISPU"] is True
    assert amazon.items_v0(number)[0]["StoreChainStoreId"] == "STORE-7"
    assert amazon.order(number)["programs"] == ["IN_STORE_PICK_UP"]


@pytest.mark.parametrize(
    ("body", "message", "details"),
    [
        # the case of the vendor's sandbox
        ({"marketplaceId": "1", "shipmentStatus": "ReadyForPickup"}, "Marketplace ID is not defined", "1001"),
        (told("Lost"), "Member must satisfy enum value set: [ReadyForPickup, PickedUp, RefusedPickup]", ""),
        ({"marketplaceId": US}, "Value null at 'shipmentStatus'", ""),
        (told(7), "invalid type [shipmentStatus]", ""),
        (told(orderItems="x"), "invalid type [orderItems]", ""),
        (told(orderItems=[{"orderItemId": "1", "quantity": "1"}]), "[orderItems.0.quantity]", ""),
        (told(orderItems=[{"orderItemId": "1", "quantity": 0}]), "'0' at 'orderItems.0.quantity'", ""),
        (told(orderItems=[{"orderItemId": "1", "quantity": 1}]), "OrderItemId 1 is invalid", ""),
        ([], "invalid type [body]", ""),
        (told() | {"marketplaceId": "A1PA6795UKMFR9"}, NOT_VALID, "marketplaceId is not the marketplace"),
    ],
)
def test_wrong_bodies_are_refused_and_change_nothing(amazon, number, body, message, details):
    before = amazon.state(number)
    answer = amazon.update_shipment(number, body)
    assert_spapi_error(answer, 400, "InvalidInput", message, details)
    assert amazon.state(number) == before


def test_more_than_is_left_is_refused(amazon, number):
    answer = amazon.update_shipment(number, some(amazon, number, 3))
    assert_spapi_error(answer, 400, "InvalidInput", NOT_VALID, "3 units of OrderItemId")


def test_only_all_that_is_left_can_be_refused_by_the_buyer(amazon, number):
    answer = amazon.update_shipment(number, some(amazon, number, 1, "RefusedPickup"))
    assert_spapi_error(answer, 400, "InvalidInput", NOT_VALID, "only all that is left")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "Pending"},
        {"status": "Canceled"},
        {"status": "Shipped"},
        {"facts": {}},
        {"channel": "AFN", "facts": {}},
    ],
    ids=str,
)
def test_orders_that_nobody_can_pick_up_are_refused(amazon, changes):
    other = amazon.place(**{"status": "Unshipped", "facts": STORE} | changes)
    for status in ("ReadyForPickup", "PickedUp", "RefusedPickup"):
        assert_spapi_error(amazon.update_shipment(other, told(status)), 400, "InvalidInput", NOT_VALID)


def test_unknown_and_foreign_orders_are_not_found(amazon, other):
    foreign = amazon.place_unshipped(seller="SELLER-2", facts=STORE)
    for number in (UNKNOWN, foreign):
        assert_spapi_error(amazon.update_shipment(number, told()), 404, "NotFound")


def test_no_body_no_json_and_no_number(amazon, number):
    path = f"/orders/v0/orders/{number}/shipment"
    for data in (b"", b"{", b"\xff"):
        answer = amazon.call("updateShipmentStatus", "POST", path, data=data)
        assert_spapi_error(answer, 400, "InvalidInput")
    assert_spapi_error(amazon.update_shipment("12", told()), 400, "InvalidInput")


def test_fifteen_calls_at_once_and_no_more(amazon, number):
    answers = [amazon.update_shipment(number, told()).status_code for _ in range(16)]
    assert answers == [204] * 15 + [429]


def test_orders_that_amazon_confirms_itself_are_refused(amazon):
    line = {"sku": "MUG", "qty": 1, "unit_price": "5.00", "facts": {"programs": ["FBM_SHIP_PLUS"]}}
    number = amazon.place_unshipped(lines=[line])
    answer = amazon.confirm_shipment(number, amazon.package(number, 1))
    assert_spapi_error(answer, 400, "InvalidInput", NOT_VALID, "FBM_SHIP_PLUS")
    assert amazon.order(number)["programs"] == ["FBM_SHIP_PLUS"]
