"""ORDER_CHANGE: what is told of an order's life, and how it arrives. All of it fits the vendor's schema."""

import json

import pytest
from amazon_seller import US
from jsonschema import Draft7Validator
from notification_tools import ARN, Notifications, change, statuses

from mock_amazon.notifications.types import ORDER_CHANGES
from simkit.times import parse_time


@pytest.fixture(scope="session")
def schema(contracts):
    """The vendor's schema, where objects have no key but those it names."""

    def closed(part):
        if isinstance(part, list):
            return [closed(inner) for inner in part]
        if not isinstance(part, dict):
            return part
        kept = {key: closed(inner) for key, inner in part.items() if key not in {"$id", "examples"}}
        return kept | ({"additionalProperties": False} if "properties" in kept else {})

    text = (contracts / "amazon" / "OrderChangeNotification.json").read_text()
    return Draft7Validator(closed(json.loads(text)))


@pytest.fixture
def queue(amazon, schema):
    """A subscription of SELLER-1, whose messages are checked when they are read."""

    class Checked(Notifications):
        def read(self, destination=ARN):
            messages = super().read(destination)
            for message in messages:
                schema.validate(message)
            return messages

    notifications = Checked(amazon)
    notifications.id = notifications.destination()
    notifications.subscription_id = notifications.subscription(notifications.id)
    return notifications


def later(amazon, queue):
    """What has arrived a minute later."""
    amazon.later(minutes=1)
    return queue.read()


def test_the_schema_refuses_what_it_does_not_know(amazon, queue, schema):
    amazon.place()
    (message,) = later(amazon, queue)
    assert schema.is_valid(message)
    for wrong in ({"OrderStatus": "Gone"}, {"Total": "39.98"}, {"OrderItems": [{}]}):
        summary = change(message)["Summary"] | wrong
        payload = {"OrderChangeNotification": change(message) | {"Summary": summary}}
        assert not schema.is_valid(message | {"Payload": payload})


def test_each_status_of_an_order_is_told(amazon, queue):
    number = amazon.place(lines=[{"sku": "MUG", "qty": 2, "unit_price": "19.99"}])
    told = later(amazon, queue)
    for verb, body in (
        ("confirm", {}),
        ("ship", {"lines": [{"sku": "MUG", "qty": 1}]}),
        ("ship", {}),
    ):
        amazon.sim(f"orders/{number}/{verb}", body)
        told += later(amazon, queue)
    assert statuses(told) == ["Pending", "Unshipped", "PartiallyShipped", "Shipped"]
    counts = [
        (change(each)["Summary"]["NumberOfItemsShipped"], change(each)["Summary"]["NumberOfItemsUnshipped"])
        for each in told
    ]
    assert counts == [(0, 2), (0, 2), (1, 1), (2, 0)]
    assert {change(each)["OrderChangeType"] for each in told} == {"OrderStatusChange"}


def test_a_message_is_as_the_order_is(amazon, queue):
    number = amazon.place_unshipped(ship_to={"postal_code": "48110"}, business=True, prime=True)
    (message,) = later(amazon, queue)
    (line,) = amazon.state(number)["lines"]
    metadata = message["NotificationMetadata"]
    assert message == {
        "NotificationVersion": "1.0",
        "NotificationType": "ORDER_CHANGE",
        "PayloadVersion": "1.0",
        "EventTime": "2026-03-01T09:00:00.000Z",
        "Payload": {
            "OrderChangeNotification": {
                "NotificationLevel": "OrderLevel",
                "SellerId": "SELLER-1",
                "AmazonOrderId": number,
                "OrderChangeType": "OrderStatusChange",
                "OrderChangeTrigger": {
                    "TimeOfOrderChange": "2026-03-01T09:00:00.000Z",
                    "ChangeReason": "Order Status Change",
                },
                "Summary": {
                    "MarketplaceId": US,
                    "OrderStatus": "Unshipped",
                    "PurchaseDate": "2026-03-01T09:00:00.000Z",
                    "DestinationPostalCode": "48110",
                    "FulfillmentType": "MFN",
                    "OrderType": "StandardOrder",
                    "NumberOfItemsShipped": 0,
                    "NumberOfItemsUnshipped": 2,
                    "EarliestDeliveryDate": "2026-03-05T09:00:00.000Z",
                    "LatestDeliveryDate": "2026-03-08T23:59:59.000Z",
                    "EarliestShipDate": "2026-03-01T09:00:00.000Z",
                    "LatestShipDate": "2026-03-03T23:59:59.000Z",
                    "OrderPrograms": ["Business", "Prime"],
                    "OrderItems": [
                        {
                            "OrderItemId": line["order_item_id"],
                            "SellerSKU": "MUG",
                            "SupplySourceId": None,
                            "Quantity": 2,
                            "QuantityShipped": 0,
                            "IsBuyerRequestedCancel": False,
                            "ItemEarliestDeliveryDate": "2026-03-05T09:00:00.000Z",
                            "ItemLatestDeliveryDate": "2026-03-08T23:59:59.000Z",
                        }
                    ],
                },
            }
        },
        "NotificationMetadata": {
            "ApplicationId": "amzn1.application-oa2-client.sim",
            "SubscriptionId": queue.subscription_id,
            "PublishTime": "2026-03-01T09:00:03.000Z",
            "NotificationId": metadata["NotificationId"],
        },
    }


@pytest.mark.parametrize("channel", ["MFN", "AFN"])
@pytest.mark.parametrize("status", ["PendingAvailability", "Pending", "Unshipped", "Shipped", "Canceled"])
def test_every_status_and_channel_fits_the_schema(amazon, queue, channel, status):
    amazon.place(status=status, channel=channel)
    (message,) = later(amazon, queue)
    summary = change(message)["Summary"]
    assert (summary["OrderStatus"], summary["FulfillmentType"]) == (status, channel)
    # Where it goes is told no earlier than by the Orders API.
    assert (summary["DestinationPostalCode"] is not None) == (status in {"Unshipped", "Shipped"})
    assert ("LatestDeliveryDate" in summary) == (channel == "MFN" and status in {"Unshipped", "Shipped"})
    assert (summary["OrderType"] == "Preorder") == (status == "PendingAvailability")


def test_programs_are_told_as_the_orders_api_tells_them(amazon, queue):
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["US", "IN"]}, 201)
    flags = ("invoice_by_amazon", "ship_date_estimated", "global_express", "in_store_pickup")
    facts = {**dict.fromkeys(flags, True), "easy_ship": "PendingPickUp", "electronic_invoice": "NotFound"}
    facts |= {"supply_source": "SOURCE-1", "order_type": "BackOrder"}
    number = amazon.place_unshipped(marketplace="IN", ship_to={"type": "PICKUP_POINT"}, facts=facts)
    summary = change(later(amazon, queue)[0])["Summary"]
    assert summary["OrderPrograms"] == ["IBA"]
    assert summary["ShippingPrograms"] == ["ShipDateSet", "GlobalExpress", "ISPU", "AccessPoint", "EasyShip"]
    assert [item["SupplySourceId"] for item in summary["OrderItems"]] == ["SOURCE-1"]
    order = amazon.order_v0(number)
    for name in ("OrderType", "EasyShipShipmentStatus", "ElectronicInvoiceStatus"):
        assert summary[name] == order[name]


def test_items_say_their_status_only_where_it_differs(amazon, queue):
    lines = [{"sku": sku, "qty": 1, "unit_price": "5.00"} for sku in ("MUG", "CUP")]
    number = amazon.place_unshipped(lines=lines)
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "CUP", "qty": 1}]})
    first, second = later(amazon, queue)
    assert [item.get("OrderItemStatus") for item in change(first)["Summary"]["OrderItems"]] == [None, None]
    assert [item["OrderItemStatus"] for item in change(second)["Summary"]["OrderItems"]] == [
        "Unshipped",
        "Shipped",
    ]


def test_one_change_has_one_moment_on_a_clock_that_runs(amazon, queue):
    amazon.clock.run()
    amazon.place()
    (message,) = later(amazon, queue)
    assert message["EventTime"] == change(message)["OrderChangeTrigger"]["TimeOfOrderChange"]


def test_nothing_of_buyer_or_price_is_told(amazon, queue):
    ship_to = {"name": "Jane Sample", "line1": "1 Sample Street", "city": "Sampleton", "phone": "555-0100"}
    amazon.place_unshipped(buyer={"name": "Jane Sample", "email": "jane@sample.example"}, ship_to=ship_to)
    (message,) = later(amazon, queue)
    text = json.dumps(message)
    for secret in ("Jane", "jane@", "Sample Street", "Sampleton", "555-0100", "19.99", "39.98"):
        assert secret not in text


def test_changes_that_leave_the_status_tell_nothing(amazon, queue):
    number = amazon.place_unshipped(lines=[{"sku": "MUG", "qty": 3, "unit_price": "19.99"}])
    for tracking in ("1Z1", "1Z2"):
        amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}], "tracking": tracking})
    assert statuses(later(amazon, queue)) == ["Unshipped", "PartiallyShipped"]


def test_a_cancellation_that_no_list_shows_is_told(amazon, queue):
    number = amazon.place_unshipped()
    amazon.later(minutes=5)
    amazon.sim(f"orders/{number}/cancel", {"bump": False})
    told = later(amazon, queue)
    assert statuses(told) == ["Unshipped", "Canceled"]
    trigger = change(told[1])["OrderChangeTrigger"]
    assert trigger["TimeOfOrderChange"] == told[1]["EventTime"] == "2026-03-01T09:05:00.000Z"
    assert change(told[1])["Summary"]["NumberOfItemsUnshipped"] == 0


def test_a_buyer_who_asks_to_cancel_is_told_once_and_remembered(amazon, queue):
    number = amazon.place_unshipped()
    for _ in range(2):
        amazon.sim(f"orders/{number}/request_cancel")
    amazon.sim(f"orders/{number}/ship", {})
    placed, asked, shipped = later(amazon, queue)
    assert change(asked)["OrderChangeType"] == "BuyerRequestedChange"
    assert change(asked)["OrderChangeTrigger"]["ChangeReason"] == "Buyer Requested Cancel"
    flags = [
        change(each)["Summary"]["OrderItems"][0]["IsBuyerRequestedCancel"]
        for each in (placed, asked, shipped)
    ]
    assert flags == [False, True, True]


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({"orderChangeTypes": ["BuyerRequestedChange"]}, ["BuyerRequestedChange"]),
        ({"orderChangeTypes": ["OrderStatusChange"]}, ["OrderStatusChange"]),
        ({"orderChangeTypes": ["DeliveryTipChange"]}, []),
        ({"orderChangeTypes": list(ORDER_CHANGES)}, ["OrderStatusChange", "BuyerRequestedChange"]),
        ({"orderChangeTypes": []}, ["OrderStatusChange", "BuyerRequestedChange"]),
        ({"marketplaceIds": [US]}, ["OrderStatusChange", "BuyerRequestedChange"]),
        ({"marketplaceIds": ["A1VC38T7YXB528"]}, []),
    ],
)
def test_a_filter_lets_through_what_it_names(amazon, wishes, told):
    notifications = Notifications(amazon)
    notifications.subscription(notifications.destination(), **wishes)
    amazon.sim(f"orders/{amazon.place_unshipped()}/request_cancel")
    assert [change(each)["OrderChangeType"] for each in later(amazon, notifications)] == told


def test_orders_of_other_sellers_are_not_told(amazon, queue, other):
    amazon.place(seller="SELLER-2")
    assert later(amazon, queue) == []


def test_what_was_before_the_subscription_is_not_told(amazon):
    number = amazon.place()
    notifications = Notifications(amazon)
    notifications.subscription(notifications.destination())
    assert later(amazon, notifications) == []
    amazon.sim(f"orders/{number}/confirm", {})
    assert statuses(later(amazon, notifications)) == ["Unshipped"]


def test_nothing_is_told_once_the_subscription_is_gone(amazon, queue):
    amazon.place()
    queue.unsubscribe(queue.subscription_id)
    amazon.place()
    assert later(amazon, queue) == []
    assert [each["state"] for each in queue.published()] == ["withdrawn"]
    assert queue.shown()["withdrawn"] == 1


def test_a_test_notification_comes_without_a_subscription(amazon, queue):
    queue.unsubscribe(queue.subscription_id)
    wish = {"destinationId": queue.id, "testNotification": {"payloadVersion": "1.0", "testScenario": "One"}}
    assert queue.send_test(wish).get_json() == {}
    (message,) = later(amazon, queue)
    assert change(message)["AmazonOrderId"].startswith("902-")


def test_test_notifications_need_destination_and_scenario(amazon, queue):
    test = {"payloadVersion": "1.0", "testScenario": "One"}
    for body in (
        {},
        {"destinationId": queue.id},
        {"destinationId": queue.id, "testNotification": test | {"testScenario": ""}},
        {"destinationId": "11111111-2222-4333-8444-555555555555", "testNotification": test},
    ):
        error = queue.send_test(body).get_json()["errors"][0]
        # The words stand in the model.
        assert (error["code"], error["message"]) == ("InvalidInput", "InvalidInput")
        assert error["details"].startswith("Invalid Input, recheck that the AppId and DestinationId")
        amazon.later(seconds=1)
    refused = queue.send_test({"destinationId": queue.id, "testNotification": test}, "FEE_PROMOTION")
    assert refused.status_code == 400


def test_a_notification_waits_for_its_moment(amazon, queue):
    queue.switch(delay="90s")
    amazon.place()
    amazon.later(seconds=89)
    assert queue.read() == []
    assert queue.shown()["waiting"] == 1
    amazon.later(seconds=1)
    (message,) = queue.read()
    assert message["NotificationMetadata"]["PublishTime"] == "2026-03-01T09:01:30.000Z"
    assert queue.shown()["delivered"] == 1


def test_a_refused_change_tells_nothing(amazon, queue):
    number = amazon.place(status="Canceled")
    amazon.sim(f"orders/{number}/ship", {}, status=400)
    assert statuses(later(amazon, queue)) == ["Canceled"]


def life_of_an_order(amazon):
    number = amazon.place(lines=[{"sku": "MUG", "qty": 2, "unit_price": "19.99"}])
    amazon.sim(f"orders/{number}/confirm", {})
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    amazon.sim(f"orders/{number}/ship", {})
    return number


LIFE = ["Pending", "Unshipped", "PartiallyShipped", "Shipped"]


def test_duplicates_arrive_while_they_are_on(amazon, queue):
    queue.switch(duplicates="on")
    life_of_an_order(amazon)
    amazon.later(minutes=5)
    told = queue.read()
    assert len(told) == 8
    copies = {}
    for message in told:
        copies.setdefault(message["NotificationMetadata"]["NotificationId"], []).append(message)
    assert [len(same) for same in copies.values()] == [2] * 4
    assert all(first == second for first, second in copies.values())
    queue.switch(duplicates="off")
    amazon.place()
    assert len(later(amazon, queue)) == 1


def test_notifications_overtake_each_other_while_that_is_on(amazon, queue):
    queue.switch(reorder="on")
    life_of_an_order(amazon)
    amazon.later(minutes=5)
    told = queue.read()
    assert sorted(statuses(told)) == sorted(LIFE)
    assert statuses(told) != LIFE
    times = [each["NotificationMetadata"]["PublishTime"] for each in told]
    assert times == sorted(times)


def test_disorder_is_the_same_in_every_run(amazon):
    runs = []
    for _ in range(2):
        amazon.clock.set(parse_time("2026-03-01T09:00:00Z", amazon.clock.now()))
        amazon.sim("reset", {"seed": 1})
        amazon.sign_in()
        notifications = Notifications(amazon)
        notifications.subscription(notifications.destination())
        notifications.switch(reorder="on", duplicates="on")
        life_of_an_order(amazon)
        amazon.later(minutes=5)
        runs.append(notifications.read())
    assert runs[0] == runs[1]


def test_a_receiver_that_crashes_gets_everything_again(amazon, queue):
    life_of_an_order(amazon)
    amazon.later(minutes=1)
    taken = queue.take(visibility="2m")
    assert len(taken) == 4
    queue.delete(taken[0])
    assert queue.take() == []
    amazon.later(minutes=2)
    assert statuses(queue.read()) == LIFE[1:]
    queue.delete(taken[1], status=404)  # its receipt is not the last one
    assert queue.shown()["queued"] == 0


def test_messages_are_taken_oldest_first_as_many_as_wanted(amazon, queue):
    life_of_an_order(amazon)
    amazon.later(minutes=1)
    first = queue.take(most=3)
    rest = queue.take(most=3)
    bodies = [json.loads(each["body"]) for each in first + rest]
    assert statuses(bodies) == LIFE
    assert {each["received"] for each in first} == {1}


def test_what_waits_comes_back_with_a_snapshot(amazon, queue):
    amazon.place()
    amazon.sim("snapshots", {"name": "before"}, 201)
    assert len(later(amazon, queue)) == 1
    amazon.sim("snapshots/before/restore", {})
    assert len(queue.read()) == 1


def test_the_state_shows_subscriptions_and_no_order_twice(amazon, queue):
    amazon.place()
    amazon.later(minutes=1)
    shown = amazon.client.get("/_sim/state").get_json()["notifications"]
    assert shown == {
        "destinations": [
            {
                "destination": queue.id,
                "address": ARN,
                "to": "pull",
                "delay": "3s",
                "duplicates": "off",
                "reorder": "off",
                "waiting": 0,
                "failed": 0,
                "delivered": 1,
                "withdrawn": 0,
                "queued": 1,
            }
        ],
        "subscriptions": [
            {
                "subscription": queue.subscription_id,
                "seller": "SELLER-1",
                "type": "ORDER_CHANGE",
                "payload_version": "1.0",
                "destination": queue.id,
                "event_filter": {"eventFilterType": "ORDER_CHANGE"},
            }
        ],
    }


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("deliveries", {"destination": ARN, "to": "ftp://x"}, ["to", "pull", "http"]),
        ("deliveries", {"destination": ARN, "to": "http://"}, ["to"]),
        ("deliveries", {"destination": ARN, "to": "http://me:secret@host/"}, ["leave name, password"]),
        ("deliveries", {"destination": ARN, "to": "http://host/a b"}, ["to"]),
        ("deliveries", {"destination": ARN, "to": "http://host:99999/"}, ["to"]),
        ("deliveries", {"destination": ARN, "to": "sqs+http://127.0.0.1:5000/q"}, ["account and its name"]),
        ("deliveries", {"destination": ARN, "to": "sqs+pull"}, ["to"]),
        (
            "deliveries",
            {"destination": ARN, "to": "https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo"},
            ["FIFO"],
        ),
        ("deliveries", {"destination": ARN, "delay": "soon"}, ["delay", "45s"]),
        ("deliveries", {"destination": ARN, "delay": "15d"}, ["up to 14d"]),
        ("deliveries", {"destination": ARN, "reorder": True}, ["reorder"]),
        ("deliveries", {"destination": ARN, "lose": "on"}, ["unknown field 'lose'", "reorder"]),
        ("deliveries", {"to": "pull"}, ["destination"]),
        ("messages/receive", {"destination": ARN, "most": 11}, ["most"]),
        ("messages/receive", {"destination": ARN, "visibility": 30}, ["visibility"]),
    ],
)
def test_wishes_that_cannot_be_are_refused(amazon, queue, path, body, words):
    amazon.refused(f"notifications/{path}", body, *words)


def test_unknown_destinations_and_receipts_are_told(amazon, queue):
    amazon.refused("notifications/deliveries", {"destination": "x", "to": "pull"}, ARN, status=404)
    amazon.refused("notifications/messages/receive", {"destination": "x\x00"}, "NUL")
    answer = amazon.client.get("/_sim/notifications/messages")
    assert answer.status_code == 404
    queue.delete({"receipt": "x"}, status=404)
