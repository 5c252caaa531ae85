"""The Notifications API itself: destinations and subscriptions. What is sent is in others."""

import pytest
from amazon_seller import US, SellerClient, assert_spapi_error
from notification_tools import ARN, FILTER, ROOT, Notifications

from mock_amazon.notifications.types import FILTERS, TYPES

UNREADABLE = "Request has missing or invalid parameters and cannot be parsed."
GONE = "11111111-2222-4333-8444-555555555555"
BUS = {"name": "bus", "resourceSpecification": {"eventBridge": {"region": "us-east-1", "accountId": "1234"}}}


@pytest.fixture
def notifications(amazon):
    return Notifications(amazon)


def test_a_queue_becomes_a_destination(notifications, amazon):
    made = amazon.payload(notifications.make_destination())
    assert made == {
        "destinationId": made["destinationId"],
        "name": "orders",
        "resource": {"sqs": {"arn": ARN}},
    }
    assert amazon.payload(notifications.read_destination(made["destinationId"])) == made
    assert amazon.payload(notifications.destinations()) == [made]


def test_an_event_bus_becomes_a_destination(notifications, amazon):
    bus = amazon.payload(notifications.make_destination(BUS))["resource"]["eventBridge"]
    assert bus["name"] == "aws.partner/sellingpartnerapi.amazon.com/1234/amzn1.application-oa2-client.sim"
    assert (bus["region"], bus["accountId"]) == ("us-east-1", "1234")


def test_ids_are_the_same_in_every_run(notifications, amazon):
    first = notifications.destination()
    amazon.sim("reset", {"seed": 1})
    assert Notifications(amazon).destination() == first


@pytest.mark.parametrize(
    ("body", "known_as"),
    [
        pytest.param(None, f"arn {ARN}", id="queue"),
        # One per AWS account: amzn/selling-partner-api-docs#1850
        pytest.param(BUS, "accountId 1234", id="bus"),
    ],
)
def test_the_same_place_is_one_destination_only(notifications, body, known_as):
    notifications.make_destination(body)
    # amzn/selling-partner-api-docs#1800 and #2072
    assert_spapi_error(
        notifications.make_destination(body),
        409,
        "Conflict",
        "The requested resource conflict with a resource in the server.",
        f"A destination with {known_as} already exists for the application amzn1.",
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param([], id="a list"),
        pytest.param({"name": "x"}, id="no resource"),
        pytest.param({"name": "", "resourceSpecification": {"sqs": {"arn": ARN}}}, id="no name"),
        pytest.param({"name": "n" * 257, "resourceSpecification": {"sqs": {"arn": ARN}}}, id="long name"),
        pytest.param({"name": "a\x00b", "resourceSpecification": {"sqs": {"arn": ARN}}}, id="NUL"),
        pytest.param({"name": "x", "resourceSpecification": {}}, id="empty"),
        pytest.param({"name": "x", "resourceSpecification": {"sqs": {"arn": "orders"}}}, id="no ARN"),
        pytest.param({"name": "x", "resourceSpecification": {"sqs": {"arn": 7}}}, id="a number"),
        pytest.param({"name": "x", "resourceSpecification": {"sqs": {"arn": f"{ARN}\n"}}}, id="new line"),
        pytest.param(
            {"name": "x", "resourceSpecification": {"sqs": {"arn": ARN}, **BUS["resourceSpecification"]}},
            id="two at once",
        ),
        pytest.param(
            {"name": "x", "resourceSpecification": {"eventBridge": {"region": "us-east-1"}}}, id="no account"
        ),
    ],
)
def test_a_destination_that_cannot_be_is_refused(notifications, body):
    # amzn/selling-partner-api-docs#361
    assert_spapi_error(notifications.make_destination(body), 400, "InvalidInput", "Invalid Input")
    assert notifications.destinations().get_json() == {"payload": []}


def test_bodies_that_are_no_json_are_refused(amazon, notifications):
    for who, operation, path, message in (
        (notifications.application, "createDestination", "destinations", "Invalid Input"),
        (amazon, "createSubscription", "subscriptions/ORDER_CHANGE", UNREADABLE),
        (
            notifications.application,
            "sendTestNotification",
            "subscriptions/ORDER_CHANGE/testNotification",
            "InvalidInput",
        ),
    ):
        answer = who.call(operation, "POST", f"{ROOT}/{path}", data="{")
        assert_spapi_error(answer, 400, "InvalidInput", message)


def test_what_clients_add_to_bodies_is_ignored(notifications, amazon):
    # python-amazon-sp-api sends these along
    body = {"name": "x", "resourceSpecification": {"sqs": {"arn": ARN}, "eventBridge": None}}
    destination = amazon.payload(notifications.make_destination(body | {"original_path": "/x"}))
    answer = notifications.subscribe(destination["destinationId"], MarketplaceIds=US, original_path="/y")
    assert answer.status_code == 200


def test_a_destination_goes_once_nothing_is_subscribed_to_it(notifications, amazon):
    destination = notifications.destination()
    subscription = notifications.subscription(destination)
    amazon.place()
    amazon.later(minutes=1)
    # amzn/selling-partner-api-docs#1800
    refused = notifications.drop_destination(destination)
    message = "The requested action is forbidden."
    assert_spapi_error(refused, 403, "Unauthorized", message, "Destination has subscriptions")
    assert notifications.unsubscribe(subscription).get_json() == {}
    assert notifications.drop_destination(destination).get_json() == {}
    assert_spapi_error(notifications.read_destination(destination), 404, "NotFound")
    assert_spapi_error(notifications.drop_destination(destination), 404, "NotFound")
    assert amazon.client.get("/_sim/state").get_json()["notifications"] == {
        "destinations": [],
        "subscriptions": [],
    }


def test_a_subscription_is_found_in_every_way(notifications, amazon):
    destination = notifications.destination()
    wishes = FILTER | {"marketplaceIds": [US], "orderChangeTypes": ["OrderStatusChange"]}
    made = amazon.payload(notifications.subscribe(destination, wishes=wishes))
    assert made == {
        "subscriptionId": made["subscriptionId"],
        "payloadVersion": "1.0",
        "destinationId": destination,
        "processingDirective": {"eventFilter": wishes},
    }
    for answer in (
        notifications.read_subscription(),
        notifications.read_subscription(payloadVersion="1.0"),
        notifications.subscription_by_id(made["subscriptionId"]),
    ):
        assert amazon.payload(answer) == made
    listed = amazon.payload(notifications.subscriptions(notificationTypes="ORDER_CHANGE"))
    assert listed == {"subscriptions": [made]}


def test_there_is_one_subscription_of_a_type_and_version(notifications, amazon):
    destination, second = notifications.destination(), notifications.destination(f"{ARN}-2")
    notifications.subscription(destination)
    for queue in (destination, second):
        # amzn/selling-partner-api-docs#1564 and #3448
        assert_spapi_error(
            notifications.subscribe(queue),
            409,
            "StateConflict",
            "The resource specified conflicts with the current state.",
            "Subscription already exist for notification type ORDER_CHANGE",
        )


def test_sellers_have_subscriptions_of_their_own(notifications, amazon, other):
    destination = notifications.destination()
    own = notifications.subscription(destination)
    theirs = Notifications(other)
    assert_spapi_error(theirs.read_subscription(), 404, "NotFound", details="ORDER_CHANGE")
    assert theirs.subscription(destination) != own
    # Grantless: the application sees the subscriptions of all its sellers.
    assert theirs.subscription_by_id(own).status_code == 200


def test_the_latest_version_is_meant_unless_one_is_named(notifications, amazon):
    destination = notifications.destination()
    for version in ("9.0", "10.0", "2.0"):
        notifications.subscribe(destination, "ANY_OFFER_CHANGED", None, payloadVersion=version)
    read = notifications.read_subscription
    assert amazon.payload(read("ANY_OFFER_CHANGED"))["payloadVersion"] == "10.0"
    assert amazon.payload(read("ANY_OFFER_CHANGED", payloadVersion="2.0"))["payloadVersion"] == "2.0"
    assert_spapi_error(read("ANY_OFFER_CHANGED", payloadVersion="3.0"), 404, "NotFound")
    assert_spapi_error(read("ANY_OFFER_CHANGED", payloadVersion="\x00"), 404, "NotFound")


def test_many_subscriptions_come_in_pages(notifications, amazon):
    amazon.sim("account", {"throttling": "off"})
    destination = notifications.destination()
    for number in range(31):
        notifications.subscribe(destination, "ANY_OFFER_CHANGED", None, payloadVersion=f"{number}.0")
    first = amazon.payload(notifications.subscriptions(notificationTypes="ANY_OFFER_CHANGED"))
    token = first["nextToken"]
    rest = amazon.payload(notifications.subscriptions(notificationTypes="ANY_OFFER_CHANGED", nextToken=token))
    versions = [each["payloadVersion"] for each in first["subscriptions"] + rest["subscriptions"]]
    assert versions == [f"{number}.0" for number in range(31)]
    assert "nextToken" not in rest
    foreign = notifications.subscriptions(notificationTypes="FEE_PROMOTION", nextToken=token)
    assert_spapi_error(foreign, 400, "InvalidInput", UNREADABLE, "nextToken")
    whole = notifications.subscriptions(notificationTypes="ANY_OFFER_CHANGED", pageSize="100")
    assert "nextToken" not in amazon.payload(whole)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({}, "at 'notificationTypes' failed to satisfy constraint: Member must have length greater"),
        ({"notificationTypes": "ORDER_CHANGE,FEE_PROMOTION"}, "Member must have length less"),
        ({"notificationTypes": "ORDER"}, UNREADABLE),
        ({"notificationTypes": "ORDER_CHANGE", "pageSize": "29"}, "Value '29' at 'pageSize'"),
        ({"notificationTypes": "ORDER_CHANGE", "pageSize": "101"}, "Value '101' at 'pageSize'"),
        ({"notificationTypes": "ORDER_CHANGE", "pageSize": "٣٠"}, "at 'pageSize'"),
        ({"notificationTypes": "ORDER_CHANGE", "nextToken": "x"}, UNREADABLE),
    ],
)
def test_lists_are_asked_for_as_the_model_has_it(notifications, query, message):
    assert_spapi_error(notifications.subscriptions(**query), 400, "InvalidInput", message)


@pytest.mark.parametrize(
    ("wishes", "details"),
    [
        # abuzuhri/Amazon-SP-API-CSharp#621, words of jlevers/selling-partner-api#885
        pytest.param(None, "Processing Directive eventFilter must not be empty", id="none"),
        pytest.param({}, "Processing Directive eventFilter must not be empty", id="empty"),
        pytest.param({"eventFilterType": "ANY_OFFER_CHANGED"}, "failed to validate", id="of another type"),
        pytest.param({"marketplaceIds": [US]}, "failed to validate", id="of no type"),
        pytest.param(FILTER | {"orderChangeTypes": ["Shipped"]}, "failed to validate", id="change"),
        pytest.param(FILTER | {"orderChangeTypes": "OrderStatusChange"}, "failed to validate", id="no list"),
        pytest.param(FILTER | {"marketplaceIds": ["US"]}, "failed to validate", id="marketplace"),
        pytest.param(
            FILTER | {"aggregationSettings": {"aggregationTimePeriod": "FiveMinutes"}},
            "failed to validate for notification type ORDER_CHANGE",
            id="aggregation",
        ),
    ],
)
def test_a_filter_that_order_change_does_not_know_is_refused(notifications, wishes, details):
    answer = notifications.subscribe(notifications.destination(), wishes=wishes)
    assert_spapi_error(answer, 400, "InvalidInput", UNREADABLE, details)


def test_filters_by_marketplace_are_refused_while_the_quirk_is_on(notifications, amazon):
    amazon.sim("account", {"quirks": {"order_change_without_marketplaces": "on"}})
    answer = notifications.subscribe(notifications.destination(), wishes=FILTER | {"marketplaceIds": [US]})
    # amzn/selling-partner-api-models#4135
    shown = '{"eventFilterType":"ORDER_CHANGE","marketplaceIds":["ATVPDKIKX0DER"]}'
    details = f"EventFilter Payload {shown} failed to validate for notification type ORDER_CHANGE"
    assert_spapi_error(answer, 400, "InvalidInput", UNREADABLE, details)


@pytest.mark.parametrize(
    ("more", "details"),
    [
        pytest.param({"destinationId": GONE}, f"No destination with id {GONE} for applicationId", id="gone"),
        pytest.param({"destinationId": "x\x00"}, "No destination with id", id="no id"),
        pytest.param({"destinationId": None}, "", id="null"),
        pytest.param({"payloadVersion": "2.0"}, "Payload version is not supported", id="version"),
        pytest.param({"payloadVersion": 1.0}, "", id="a number"),
        pytest.param({"processingDirective": []}, "", id="directive"),
        pytest.param(
            {"processingDirective": {"filterExpression": "a == b"}}, "filterExpression is not", id="CEL"
        ),
    ],
)
def test_a_subscription_that_cannot_be_is_refused(notifications, more, details):
    answer = notifications.subscribe(notifications.destination(), **more)
    # amzn/selling-partner-api-docs#1988, jrl84/amazon-sp-api#98, jlevers/selling-partner-api#656
    assert_spapi_error(answer, 400, "InvalidInput", UNREADABLE, details)


@pytest.mark.parametrize("kind", sorted(TYPES - {"ORDER_CHANGE"}))
def test_the_other_types_can_be_subscribed_to(notifications, amazon, kind):
    subscription = amazon.payload(notifications.subscribe(notifications.destination(), kind, None))
    answer = notifications.subscription_by_id(subscription["subscriptionId"], kind)
    assert amazon.payload(answer) == subscription
    assert_spapi_error(notifications.subscription_by_id(subscription["subscriptionId"]), 404, "NotFound")


def test_offers_may_be_aggregated(notifications, amazon):
    wishes = {
        "eventFilterType": "ANY_OFFER_CHANGED",
        "aggregationSettings": {"aggregationTimePeriod": "FiveMinutes"},
    }
    answer = notifications.subscribe(notifications.destination(), "ANY_OFFER_CHANGED", wishes)
    assert amazon.payload(answer)["processingDirective"] == {"eventFilter": wishes}


def test_types_that_are_none_are_refused(notifications, amazon):
    # ORDER_STATUS_CHANGE was removed at the end of 2023.
    for kind in ("ORDER_STATUS_CHANGE", "order_change", "\x00"):
        for answer in (
            notifications.subscribe(GONE, kind),
            notifications.read_subscription(kind),
            notifications.subscription_by_id(GONE, kind),
            notifications.unsubscribe(GONE, kind),
            notifications.send_test({}, kind),
        ):
            assert_spapi_error(answer, 400, "InvalidInput", UNREADABLE, "is not a notification type")


@pytest.mark.parametrize("subscription", [GONE, "x", "%00"])
def test_unknown_subscriptions_are_not_found(notifications, subscription):
    for answer in (notifications.subscription_by_id(subscription), notifications.unsubscribe(subscription)):
        assert_spapi_error(answer, 404, "NotFound")
    assert_spapi_error(notifications.read_destination(subscription), 404, "NotFound")


def test_filters_know_every_type_that_the_model_has(contracts):
    import json

    model = json.loads((contracts / "amazon" / "notifications.json").read_text())["definitions"]
    enum = model["EventFilter"]["allOf"][-1]["properties"]["eventFilterType"]["enum"]
    assert set(FILTERS) == set(enum)
    assert set(FILTERS) <= TYPES


GRANTLESS = [
    ("createDestination", "POST", "destinations"),
    ("getDestinations", "GET", "destinations"),
    ("getDestination", "GET", f"destinations/{GONE}"),
    ("deleteDestination", "DELETE", f"destinations/{GONE}"),
    ("sendTestNotification", "POST", "subscriptions/ORDER_CHANGE/testNotification"),
]
OF_EITHER = [
    ("getSubscriptionById", "GET", f"subscriptions/ORDER_CHANGE/{GONE}"),
    ("deleteSubscriptionById", "DELETE", f"subscriptions/ORDER_CHANGE/{GONE}"),
]
OF_SELLERS = [
    ("createSubscription", "POST", "subscriptions/ORDER_CHANGE"),
    ("getSubscription", "GET", "subscriptions/ORDER_CHANGE"),
    ("getSubscriptions", "GET", "subscriptions"),
]


@pytest.mark.parametrize(("operation", "method", "path"), GRANTLESS + OF_SELLERS)
def test_each_operation_wants_its_own_kind_of_token(amazon, notifications, operation, method, path):
    grantless = (operation, method, path) in GRANTLESS
    wrong = amazon if grantless else notifications.application
    for who in (wrong, SellerClient(amazon.client, amazon.clock, amazon.check)):
        answer = who.call(operation, method, f"{ROOT}/{path}", json={})
        assert_spapi_error(answer, 403, "Unauthorized", "Access to requested resource is denied.")


@pytest.mark.parametrize(("operation", "method", "path"), OF_EITHER)
def test_a_sellers_token_does_for_single_subscriptions_too(amazon, notifications, operation, method, path):
    # As python-amazon-sp-api sends it; amzn/selling-partner-api-docs#1850
    for who in (amazon, notifications.application):
        assert_spapi_error(who.call(operation, method, f"{ROOT}/{path}"), 404, "NotFound")
    nobody = SellerClient(amazon.client, amazon.clock, amazon.check)
    assert_spapi_error(nobody.call(operation, method, f"{ROOT}/{path}"), 403, "Unauthorized")


def test_an_application_has_five_calls_and_one_a_second(notifications, amazon):
    for _ in range(5):
        answer = notifications.destinations()
        assert answer.headers["x-amzn-RateLimit-Limit"] == "1.0"
    assert_spapi_error(notifications.destinations(), 429, "QuotaExceeded")
    amazon.later(seconds=1)
    assert notifications.destinations().status_code == 200


def test_wrong_methods_are_refused(notifications):
    for path in ("destinations", "subscriptions/ORDER_CHANGE/testNotification"):
        answer = notifications.application.client.put(f"{ROOT}/{path}", json={})
        assert_spapi_error(answer, 403, "Unauthorized")
