import pytest
from amazon_seller import EVERYTHING, LONG_AGO, NOT_VALID, US, assert_spapi_error
from sqlalchemy import event

from mock_amazon.models import db

INVALID = "InvalidInput"
TOKEN = "The paginationToken you have submitted is not valid."


def test_orders_are_seen_two_minutes_after_their_last_change(amazon):
    number = amazon.place()
    amazon.later(seconds=119)
    assert amazon.found() == []
    amazon.later(seconds=1)
    assert amazon.found() == [number]
    amazon.sim(f"orders/{number}/confirm")
    assert amazon.found() == []


def test_the_missing_upper_bound_is_filled_in_and_told(amazon):
    amazon.later(minutes=10)
    assert amazon.search().get_json()["lastUpdatedBefore"] == "2026-03-01T09:08:00.000Z"
    answer = amazon.search(createdAfter=LONG_AGO).get_json()
    assert answer["createdBefore"] == "2026-03-01T09:08:00.000Z"
    assert "lastUpdatedBefore" not in answer
    told = "2026-03-01T09:01:00Z"
    assert amazon.search(lastUpdatedAfter=LONG_AGO, lastUpdatedBefore=told).get_json()[
        "lastUpdatedBefore"
    ] == ("2026-03-01T09:01:00.000Z")


@pytest.mark.parametrize(
    ("after", "before", "seen"),
    [
        ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z", True),
        ("2026-03-01T09:00:00.000Z", "2026-03-01T09:00:00.999Z", True),
        ("2026-03-01T10:00:00+01:00", "2026-03-01T10:00:00+0100", True),
        ("2026-03-01T09:00:00.001Z", "2026-03-01T09:01:00Z", False),
        ("2026-03-01T08:00:00Z", "2026-03-01T08:59:59.999Z", False),
    ],
)
def test_both_bounds_belong_to_the_window(amazon, after, before, seen):
    number = amazon.place()
    amazon.later(minutes=5)
    assert amazon.found(lastUpdatedAfter=after, lastUpdatedBefore=before) == [number] * seen


def test_a_search_by_creation_looks_at_the_purchase_date(amazon):
    number = amazon.place(placed="-2d")
    amazon.later(minutes=5)
    assert amazon.found(createdAfter="2026-02-27T09:00:00Z", createdBefore="2026-02-27T09:00:00Z") == [number]
    assert amazon.found(createdAfter="2026-02-28T00:00:00Z") == []


@pytest.mark.parametrize(
    ("query", "message", "details"),
    [
        pytest.param({"lastUpdatedAfter": ""}, NOT_VALID, "exactly one of createdAfter", id="no after"),
        pytest.param(
            {"lastUpdatedAfter": LONG_AGO, "createdAfter": LONG_AGO}, NOT_VALID, "exactly one", id="both"
        ),
        pytest.param(
            {"lastUpdatedAfter": LONG_AGO, "createdBefore": LONG_AGO}, NOT_VALID, "createdBefore", id="mixed"
        ),
        pytest.param(
            {"createdAfter": LONG_AGO, "lastUpdatedBefore": LONG_AGO},
            NOT_VALID,
            "lastUpdatedBefore",
            id="mixed the other way",
        ),
        pytest.param(
            {"lastUpdatedAfter": LONG_AGO, "lastUpdatedBefore": "2019-12-31T00:00:00Z"},
            NOT_VALID,
            "earlier than",
            id="turned round",
        ),
        pytest.param(
            {"lastUpdatedAfter": LONG_AGO, "lastUpdatedBefore": "2026-03-01T08:58:00.001Z"},
            NOT_VALID,
            "two minutes",
            id="too young",
        ),
        pytest.param({"fulfillmentStatuses": "SHIPPED,Shipped"}, "'fulfillmentStatuses'", "", id="status"),
        pytest.param({"fulfilledBy": "MFN"}, "enum value set: [MERCHANT, AMAZON]", "", id="channel"),
        pytest.param({"includedData": "BUYER,ALL"}, "Value '[BUYER, ALL]' at 'includedData'", "", id="data"),
        pytest.param({"maxResultsPerPage": "0"}, "'maxResultsPerPage'", "", id="page of none"),
        pytest.param({"maxResultsPerPage": "101"}, "'maxResultsPerPage'", "", id="page too long"),
        pytest.param({"maxResultsPerPage": "ten"}, "'maxResultsPerPage'", "", id="page of words"),
        pytest.param({"marketplaceIds": "US"}, "Marketplace ID is not defined", "US", id="marketplace"),
        pytest.param(
            {"marketplaceIds": "A1PA6795UKMFR9"},
            "does not participate",
            "A1PA6795UKMFR9",
            id="not sold there",
        ),
        pytest.param({"marketplaceIds": ",".join([US] * 51)}, "less than or equal to 50", "", id="51"),
        pytest.param({"paginationToken": "AAAA"}, TOKEN, "cannot be decoded", id="token"),
        pytest.param({"paginationToken": "ä"}, TOKEN, "cannot be decoded", id="token of other letters"),
    ],
)
def test_refusals(amazon, query, message, details):
    assert_spapi_error(amazon.search(**query), 400, INVALID, message, details)


@pytest.mark.parametrize(
    "time",
    [
        "TEST_CASE_400",
        "yesterday",
        "2026-03-01",
        "2026-03-01T09:00:00",
        "2026-03-01T09:00:00 01:00",
        "2026-02-30T09:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "20260301T090000Z",
    ],
)
def test_times_that_are_not_iso_8601_with_a_zone_are_refused(amazon, time):
    for name in ("lastUpdatedAfter", "createdAfter"):
        refused = amazon.search(**{name: time})
        assert_spapi_error(refused, 400, INVALID, f"Invalid date/time field [{name}]")


def test_the_youngest_allowed_upper_bound_is_two_minutes_old(amazon):
    assert (
        amazon.search(lastUpdatedAfter=LONG_AGO, lastUpdatedBefore="2026-03-01T08:58:00Z").status_code == 200
    )


def test_filters(amazon, other):
    pending = amazon.place()
    unshipped = amazon.place_unshipped()
    shipped = amazon.place(status="Shipped", channel="AFN")
    canceled = amazon.place(status="Canceled")
    amazon.later(minutes=3)
    assert amazon.found() == [pending, unshipped, shipped, canceled]
    assert amazon.found(fulfillmentStatuses="PENDING") == [pending]
    assert amazon.found(fulfillmentStatuses="UNSHIPPED,CANCELLED") == [unshipped, canceled]
    assert amazon.found(fulfillmentStatuses=["UNSHIPPED", "CANCELLED"]) == [unshipped, canceled]
    assert amazon.found(fulfilledBy="AMAZON") == [shipped]
    assert amazon.found(fulfilledBy="MERCHANT,AMAZON", fulfillmentStatuses="SHIPPED") == [shipped]
    assert amazon.found(marketplaceIds=US, unknownParameter="x") == [pending, unshipped, shipped, canceled]


def test_marketplaces_are_told_apart(amazon, other):
    american = other.place(seller="SELLER-2")
    japanese = other.place(
        seller="SELLER-2", marketplace="JP", lines=[{"sku": "A", "qty": 1, "unit_price": "9"}]
    )
    other.later(minutes=3)
    assert other.found(marketplaceIds="A1VC38T7YXB528") == [japanese]
    assert other.found(marketplaceIds=f"{US},A1VC38T7YXB528") == other.found() == [american, japanese]


def pages(amazon, **query):
    """All pages of a search: a list of ids each."""
    found, token = [], {}
    while True:
        answer = amazon.search(**query, **token)
        assert answer.status_code == 200, answer.get_json()
        body = answer.get_json()
        found.append([order["orderId"] for order in body["orders"]])
        if "nextToken" not in body["pagination"]:
            return found
        token = {"paginationToken": body["pagination"]["nextToken"]}


def test_pages_go_from_the_oldest_change_on_without_gap_or_repetition(amazon):
    numbers = [amazon.place() for _ in range(4)]
    amazon.later(seconds=1)
    amazon.sim(f"orders/{numbers[0]}/confirm")
    numbers.append(amazon.place())
    amazon.later(minutes=3)
    oldest_first = [*numbers[1:4], numbers[0], numbers[4]]
    assert pages(amazon, maxResultsPerPage=2) == [oldest_first[:2], oldest_first[2:4], oldest_first[4:]]
    assert pages(amazon, maxResultsPerPage=5) == [oldest_first]
    by_purchase = pages(amazon, createdAfter=LONG_AGO, maxResultsPerPage=3)
    assert by_purchase == [numbers[:3], numbers[3:]]


def test_a_page_has_100_orders_unless_told_otherwise(amazon):
    for _ in range(101):
        amazon.place()
    amazon.later(minutes=3)
    assert [len(page) for page in pages(amazon)] == [100, 1]


def first_token(amazon, **query):
    for _ in range(3):
        amazon.place()
    amazon.later(minutes=3)
    return amazon.search(maxResultsPerPage=1, **query).get_json()["pagination"]["nextToken"]


def test_the_window_stays_as_the_first_page_had_it(amazon):
    token = first_token(amazon)
    late = amazon.place()
    amazon.later(minutes=30)
    body = amazon.search(paginationToken=token).get_json()
    assert body["lastUpdatedBefore"] == "2026-03-01T09:01:00.000Z"
    assert late not in [order["orderId"] for order in body["orders"]]


def test_an_order_that_changes_during_paging_leaves_the_window(amazon):
    token = first_token(amazon)
    second, third = amazon.found()[1:]
    amazon.sim(f"orders/{second}/confirm")
    assert amazon.found(paginationToken=token) == [third]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"lastUpdatedAfter": "2020-01-02T00:00:00Z"}, id="after"),
        pytest.param(
            {"lastUpdatedAfter": LONG_AGO, "lastUpdatedBefore": "2026-03-01T09:01:00Z"}, id="before"
        ),
        pytest.param({"createdAfter": LONG_AGO}, id="family"),
        pytest.param({"fulfillmentStatuses": "PENDING"}, id="status"),
        pytest.param({"fulfilledBy": "MERCHANT"}, id="channel"),
        pytest.param({"marketplaceIds": US}, id="marketplace"),
    ],
)
def test_a_token_is_bound_to_its_parameters(amazon, changes):
    token = first_token(amazon)
    refused = amazon.search(paginationToken=token, **changes)
    assert_spapi_error(refused, 400, INVALID, TOKEN, "other parameters")


def test_a_token_is_bound_to_its_seller(amazon, other):
    token = first_token(amazon)
    assert_spapi_error(other.search(paginationToken=token), 400, INVALID, TOKEN)


def test_page_size_and_included_data_may_change_with_a_token(amazon):
    token = first_token(amazon)
    body = amazon.search(paginationToken=token, maxResultsPerPage=50, includedData="FULFILLMENT").get_json()
    assert len(body["orders"]) == 2
    assert all("fulfillment" in order for order in body["orders"])


def test_the_same_values_in_another_spelling_are_the_same_parameters(amazon):
    token = first_token(amazon, fulfillmentStatuses="PENDING,SHIPPED")
    statuses = ["SHIPPED", "PENDING"]
    after = "2020-01-01T01:00:00.000+01:00"
    again = amazon.search(paginationToken=token, fulfillmentStatuses=statuses, lastUpdatedAfter=after)
    assert again.status_code == 200


def test_a_token_lives_24_hours(amazon):
    token = first_token(amazon)
    amazon.later(hours=24, seconds=-1)
    amazon.sign_in()
    assert amazon.search(paginationToken=token).status_code == 200
    amazon.later(seconds=1)
    assert_spapi_error(amazon.search(paginationToken=token), 400, INVALID, TOKEN, "24 hours")


def test_a_token_that_is_touched_is_refused(amazon):
    token = first_token(amazon)
    for broken in (token[:-4], token.replace(token[40], "A" if token[40] != "A" else "B"), f"{token} "):
        assert_spapi_error(amazon.search(paginationToken=broken), 400, INVALID, TOKEN, "decoded")


def test_a_list_and_a_single_answer_show_the_same_order(amazon):
    number = amazon.place_unshipped()
    amazon.later(minutes=3)
    for included in (EVERYTHING, "FULFILLMENT", "", "PROCEEDS,PACKAGES"):
        query = {"includedData": included} if included else {}
        (listed,) = amazon.search(**query).get_json()["orders"]
        assert listed == amazon.order(number, included)


@pytest.mark.parametrize("number", ["123", "112-0000000-000000x", "TEST_CASE_400"])
def test_what_is_no_order_number_is_refused(amazon, number):
    assert_spapi_error(amazon.get(number), 400, INVALID, f"Value '{number}' at 'orderId'")


def test_an_unknown_order_is_not_found(amazon):
    assert_spapi_error(amazon.get("112-1234567-1234567"), 404, "NotFound", details="112-1234567-1234567")


@pytest.mark.parametrize("query", [{}, {"marketplaceIds": US}, {"createdAfter": LONG_AGO}])
def test_a_page_is_sought_by_its_key_wherever_it_lies(amazon, world, query):
    token = first_token(amazon, **query)
    statements = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if "amazon_order.document" in statement:
            statements.append((statement, parameters))

    app, _ = world
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    amazon.search(paginationToken=token, **query)
    event.remove(engine, "before_cursor_execute", note)
    ((statement, parameters),) = statements
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    (step,) = plan  # a second step would be a sort
    assert ",amazon_order_id)>(?,?)" in step[3]
