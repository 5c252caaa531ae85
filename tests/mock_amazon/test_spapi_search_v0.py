from urllib.parse import quote

import pytest
from amazon_seller import LONG_AGO, NOT_VALID, US, assert_spapi_error
from sqlalchemy import event

from mock_amazon.models import db

INVALID = "InvalidInput"
UNREADABLE = "We could not decode your NextToken."
DE, JP = "A1PA6795UKMFR9", "A1VC38T7YXB528"


def test_orders_are_seen_two_minutes_after_their_last_change(strict):
    number = strict.place()
    strict.later(seconds=119)
    assert strict.found_v0() == []
    strict.later(seconds=1)
    assert strict.found_v0() == [number]


@pytest.mark.parametrize(
    ("field", "echo"), [("Created", "CreatedBefore"), ("LastUpdated", "LastUpdatedBefore")]
)
def test_the_upper_bound_is_filled_in_and_told(strict, field, echo):
    strict.later(minutes=10)
    page = strict.payload(strict.orders_v0(**{f"{field}After": LONG_AGO}))
    assert page == {"Orders": [], echo: "2026-03-01T09:08:00Z"}
    told = strict.orders_v0(**{f"{field}After": LONG_AGO, f"{field}Before": "2026-03-01T09:01:00.500Z"})
    assert strict.payload(told)[echo] == "2026-03-01T09:01:00Z"


@pytest.mark.parametrize(
    ("after", "before", "seen"),
    [
        ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z", True),
        ("2026-03-01T10:00:00+01:00", "2026-03-01T10:00:00+0100", True),
        ("2026-03-01T09:00:00.001Z", "2026-03-01T09:01:00Z", False),
        ("2026-03-01T08:00:00Z", "2026-03-01T08:59:59.999Z", False),
    ],
)
def test_both_bounds_belong_to_the_window(strict, after, before, seen):
    number = strict.place()
    strict.later(minutes=5)
    assert strict.found_v0(LastUpdatedAfter=after, LastUpdatedBefore=before) == [number] * seen
    assert strict.found_v0(CreatedAfter=after, CreatedBefore=before) == [number] * seen


BY_UPDATE = {"LastUpdatedAfter": LONG_AGO}


@pytest.mark.parametrize(
    ("query", "message", "details"),
    [
        pytest.param({"MarketplaceIds": "", **BY_UPDATE}, "Value null at 'marketplaceIds'", "", id="nowhere"),
        pytest.param({}, NOT_VALID, "Give one of CreatedAfter", id="no date"),
        pytest.param({**BY_UPDATE, "CreatedAfter": LONG_AGO}, NOT_VALID, "only one", id="both"),
        pytest.param({**BY_UPDATE, "CreatedBefore": LONG_AGO}, NOT_VALID, "CreatedBefore", id="mixed"),
        pytest.param(
            {"CreatedAfter": LONG_AGO, "LastUpdatedBefore": LONG_AGO},
            NOT_VALID,
            "LastUpdatedBefore",
            id="mixed the other way",
        ),
        pytest.param(
            {**BY_UPDATE, "LastUpdatedBefore": "2019-12-31T00:00:00Z"}, NOT_VALID, "earlier than", id="turned"
        ),
        pytest.param(
            {"CreatedAfter": LONG_AGO, "CreatedBefore": "2026-03-01T08:58:00.001Z"},
            NOT_VALID,
            "two minutes",
            id="too young",
        ),
        pytest.param(
            {"LastUpdatedAfter": "yesterday"}, "Invalid date/time field [lastUpdatedAfter]", "ISO", id="time"
        ),
        pytest.param(
            {"CreatedAfter": "2026-03-01T09:00:00 09:00"}, "field [createdAfter]", "", id="raw plus sign"
        ),
        pytest.param(
            {**BY_UPDATE, "OrderStatuses": "Shipped,SHIPPED"},
            "Value '[Shipped, SHIPPED]' at 'orderStatuses' failed to satisfy constraint: "
            "Member must satisfy enum value set: [PendingAvailability, Pending,",
            "",
            id="status",
        ),
        pytest.param({**BY_UPDATE, "FulfillmentChannels": "FBA"}, "[AFN, MFN]", "", id="channel"),
        pytest.param({**BY_UPDATE, "PaymentMethods": "Cash"}, "[COD, CVS, Other]", "", id="payment"),
        pytest.param({**BY_UPDATE, "EasyShipShipmentStatuses": "x"}, "[PendingSchedule,", "", id="easy ship"),
        pytest.param({**BY_UPDATE, "ElectronicInvoiceStatuses": "x"}, "[NotRequired,", "", id="invoices"),
        pytest.param({**BY_UPDATE, "IsISPU": "perhaps"}, "'isISPU'", "", id="flag"),
        pytest.param({**BY_UPDATE, "EarliestDeliveryDateAfter": "x"}, "[earliestDel", "", id="delivery"),
        pytest.param({**BY_UPDATE, "MaxResultsPerPage": "0"}, "'maxResultsPerPage'", "", id="page of none"),
        pytest.param({**BY_UPDATE, "MaxResultsPerPage": "101"}, "'maxResultsPerPage'", "", id="page of 101"),
        pytest.param({**BY_UPDATE, "MarketplaceIds": "US"}, "Marketplace ID is not", "US", id="marketplace"),
        pytest.param({**BY_UPDATE, "MarketplaceIds": DE}, "does not participate", DE, id="not sold there"),
        pytest.param(
            {**BY_UPDATE, "MarketplaceIds": ",".join([US] * 51)}, "or equal to 50", "", id="51 marketplaces"
        ),
        pytest.param(
            {"AmazonOrderIds": ",".join(["112-1234567-1234567"] * 51)}, "or equal to 50", "", id="51 orders"
        ),
        pytest.param({**BY_UPDATE, "AmazonOrderIds": "123"}, "'123' at 'amazonOrderIds'", "", id="no number"),
        pytest.param({**BY_UPDATE, "NextToken": "AAAA"}, UNREADABLE, "", id="token"),
        pytest.param({**BY_UPDATE, "NextToken": "ä"}, UNREADABLE, "", id="token of other letters"),
    ],
)
def test_refusals(strict, query, message, details):
    assert_spapi_error(strict.orders_v0(**query), 400, INVALID, message, details)


@pytest.mark.parametrize(
    "other_filter",
    [
        {"FulfillmentChannels": "MFN"},
        {"OrderStatuses": "Pending"},
        {"PaymentMethods": "Other"},
        {"LastUpdatedBefore": LONG_AGO},
        {"BuyerEmail": "bo@example.com"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_a_seller_order_id_goes_with_few_other_filters(strict, other_filter):
    number = strict.place()
    strict.later(minutes=3)
    query = {"CreatedAfter": LONG_AGO, "SellerOrderId": number}
    assert strict.found_v0(**query) == [number]
    refused = strict.orders_v0(**query, **other_filter)
    assert_spapi_error(refused, 400, INVALID, NOT_VALID, "cannot be combined with SellerOrderId")


def test_the_email_address_is_not_told_in_a_refusal(strict):
    query = {"CreatedAfter": LONG_AGO, "SellerOrderId": "1", "BuyerEmail": "bo@example.com"}
    assert "bo@example.com" not in strict.orders_v0(**query).get_data(as_text=True)


def test_filters(strict, other):
    pending = strict.place()
    unshipped = strict.place_unshipped(buyer={"email": "bo@example.com"})
    shipped = strict.place(status="Shipped", channel="AFN")
    canceled = strict.place(status="Canceled", buyer={"email": "bo@example.com"})
    strict.later(minutes=3)
    everything = [pending, unshipped, shipped, canceled]
    assert strict.found_v0(unknownParameter="x", OrderStatuses="", NextToken="") == everything
    assert strict.found_v0(OrderStatuses="Unshipped,Canceled") == [unshipped, canceled]
    assert strict.found_v0(OrderStatuses=["Unshipped", "Canceled"]) == [unshipped, canceled]
    assert strict.found_v0(FulfillmentChannels="AFN") == [shipped]
    assert strict.found_v0(FulfillmentChannels="AFN,MFN", OrderStatuses="Shipped,Pending") == [
        pending,
        shipped,
    ]
    assert strict.found_v0(BuyerEmail="bo@example.com") == [unshipped]
    ids = f"{canceled},{pending}"
    assert strict.found_v0(AmazonOrderIds=ids, CreatedAfter=LONG_AGO) == [pending, canceled]
    assert strict.found_v0(PaymentMethods="Other,COD", IsISPU="false") == everything


FILTERS = [
    ({"PaymentMethods": "COD,CVS"}, {"payment_method": "COD"}),
    ({"PaymentMethods": "CVS"}, {"payments": [{"method": "CVS", "amount": "39.98"}]}),
    ({"EasyShipShipmentStatuses": "Delivered,PickedUp"}, {"easy_ship": "PickedUp"}),
    ({"ElectronicInvoiceStatuses": "Accepted"}, {"electronic_invoice": "Accepted"}),
    ({"ActualFulfillmentSupplySourceId": "SOURCE-1"}, {"supply_source": "SOURCE-1"}),
    ({"StoreChainStoreId": "STORE-7"}, {"store_chain_store": "STORE-7"}),
    ({"IsISPU": "true"}, {"in_store_pickup": True}),
    ({"SellerOrderId": "MY-1", "CreatedAfter": LONG_AGO}, {"seller_order_id": "MY-1"}),
]


@pytest.mark.parametrize(("query", "facts"), FILTERS, ids="-".join)
def test_filters_find_the_order_that_has_it(strict, query, facts):
    strict.place_unshipped()
    number = strict.place_unshipped(facts=facts)
    strict.later(minutes=3)
    assert strict.found_v0(**query) == [number]


def test_an_order_with_a_number_of_the_seller_is_not_found_by_amazons(strict):
    number = strict.place_unshipped(facts={"seller_order_id": "MY-1"})
    strict.later(minutes=3)
    assert strict.found_v0(SellerOrderId=number, CreatedAfter=LONG_AGO) == []


@pytest.mark.parametrize(
    "query",
    [
        {"PaymentMethods": "COD,CVS"},
        {"EasyShipShipmentStatuses": "Delivered"},
        {"ElectronicInvoiceStatuses": "Accepted"},
        {"ActualFulfillmentSupplySourceId": "A"},
        {"StoreChainStoreId": "A"},
        {"IsISPU": "true"},
        {"BuyerEmail": "nobody@example.com"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_filters_for_what_no_order_is_find_nothing(strict, query):
    strict.place_unshipped()
    strict.later(minutes=3)
    assert strict.found_v0(**query) == []


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"EarliestDeliveryDateAfter": "2026-03-05T09:00:00Z"}, True),
        ({"EarliestDeliveryDateAfter": "2026-03-05T09:00:01Z"}, False),
        ({"EarliestDeliveryDateBefore": "2026-03-05T09:00:00Z"}, True),
        ({"EarliestDeliveryDateBefore": "2026-03-05T08:59:59Z"}, False),
        ({"LatestDeliveryDateAfter": "2026-03-08T23:59:59Z"}, True),
        ({"LatestDeliveryDateAfter": "2026-03-09T00:00:00Z"}, False),
        ({"LatestDeliveryDateBefore": "2026-03-08T23:59:59Z"}, True),
        ({"LatestDeliveryDateBefore": "2026-03-08T00:00:00Z"}, False),
    ],
)
def test_delivery_dates_are_bounds_too(strict, query, seen):
    number = strict.place_unshipped()
    strict.place()  # is promised nothing yet
    strict.later(minutes=3)
    assert strict.found_v0(**query) == [number] * seen


def test_order_numbers_alone_are_enough_unless_the_quirk_is_off(strict):
    number = strict.place()
    strict.later(minutes=3)
    assert_spapi_error(strict.orders_v0(AmazonOrderIds=number), 400, INVALID, NOT_VALID, "CreatedAfter")
    strict.sim("account", {"quirks": {"order_ids_without_date": "on"}})
    assert strict.found_v0(AmazonOrderIds=number) == [number]


def test_a_filter_by_payment_hides_what_is_not_paid_unless_the_quirk_is_off(strict):
    everything = [strict.place(status=status) for status in ("Pending", "Unshipped", "Canceled")]
    strict.later(minutes=3)
    assert strict.found_v0(PaymentMethods="Other") == everything
    strict.sim("account", {"quirks": {"payment_filter_hides_unpaid": "on"}})
    assert strict.found_v0(PaymentMethods="Other") == everything[1:2]
    assert strict.found_v0() == everything


def test_marketplaces_are_told_apart(strict, other):
    american = other.place(seller="SELLER-2")
    japanese = other.place(
        seller="SELLER-2", marketplace="JP", lines=[{"sku": "A", "qty": 1, "unit_price": "9"}]
    )
    strict.place()
    other.later(minutes=3)
    query = {"LastUpdatedAfter": LONG_AGO}
    for ids, found in ((JP, [japanese]), (f"{US},{JP}", [american, japanese]), (US, [american])):
        listed = other.client.get(
            "/orders/v0/orders", query_string={"MarketplaceIds": ids} | query, headers=other.headers
        )
        assert [each["AmazonOrderId"] for each in listed.get_json()["payload"]["Orders"]] == found


def test_orders_are_archived_after_two_years_and_in_japan_kept(strict, other):
    strict.sim("clock", {"set": "2026-03-01T09:00:00Z"})
    old, young = strict.place(placed="2024-03-01T08:59:59Z"), strict.place(placed="2024-03-01T09:10:00Z")
    line = {"sku": "A", "qty": 1, "unit_price": "9"}
    kept = strict.place(seller="SELLER-2", marketplace="JP", placed="2017-01-01T00:00:00Z", lines=[line])
    strict.later(minutes=3)
    assert strict.found_v0() == [young]
    assert_spapi_error(strict.read_v0(old), 404, "NotFound")
    other.sim("account", {"seller": "SELLER-2", "quirks": {"replacement_flag_text": "off"}})
    assert other.found_v0(MarketplaceIds=JP) == [kept]
    assert other.order_v0(kept)["AmazonOrderId"] == kept


def test_the_archive_has_no_gap_on_a_leap_day(strict):
    strict.sim("clock", {"set": "2028-02-29T12:00:00Z"})
    strict.sign_in()
    number = strict.place(placed="2026-03-01T00:00:00Z")
    strict.later(minutes=3)
    assert strict.found_v0() == [number]


def pages(strict, **query):
    """All pages: a list of ids each."""
    found, token = [], {}
    while True:
        page = strict.payload(strict.orders_v0(**query, **token))
        found.append([order["AmazonOrderId"] for order in page["Orders"]])
        if "NextToken" not in page:
            return found
        token = {"NextToken": page["NextToken"]}


def test_pages_go_from_the_oldest_change_on_without_gap_or_repetition(strict):
    numbers = [strict.place() for _ in range(4)]
    strict.later(seconds=1)
    strict.sim(f"orders/{numbers[0]}/confirm")
    numbers.append(strict.place())
    strict.later(minutes=3)
    oldest_first = [*numbers[1:4], numbers[0], numbers[4]]
    query = {"LastUpdatedAfter": LONG_AGO}
    assert pages(strict, MaxResultsPerPage=2, **query) == [
        oldest_first[:2],
        oldest_first[2:4],
        oldest_first[4:],
    ]
    assert pages(strict, CreatedAfter=LONG_AGO, MaxResultsPerPage=3) == [numbers[:3], numbers[3:]]


def test_a_page_has_100_orders_unless_told_otherwise(strict):
    for _ in range(101):
        strict.place()
    strict.later(minutes=3)
    assert [len(page) for page in pages(strict, LastUpdatedAfter=LONG_AGO)] == [100, 1]


def first_token(strict, **query):
    for _ in range(3):
        strict.place()
    strict.later(minutes=3)
    query = {"LastUpdatedAfter": LONG_AGO, "OrderStatuses": "Pending"} | query
    return strict.payload(strict.orders_v0(MaxResultsPerPage=1, **query))["NextToken"]


FILTERED = {"LastUpdatedAfter": LONG_AGO, "OrderStatuses": "Pending"}


def test_the_window_stays_as_the_first_page_had_it(strict):
    token = first_token(strict)
    late = strict.place()
    strict.later(minutes=30)
    page = strict.payload(strict.orders_v0(NextToken=token, **FILTERED))
    assert page["LastUpdatedBefore"] == "2026-03-01T09:01:00Z"
    assert late not in [order["AmazonOrderId"] for order in page["Orders"]]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"LastUpdatedAfter": "2020-01-02T00:00:00Z"}, id="after"),
        pytest.param({"LastUpdatedBefore": "2026-03-01T09:01:00Z"}, id="before"),
        pytest.param({"LastUpdatedAfter": "", "CreatedAfter": LONG_AGO}, id="family"),
        pytest.param({"OrderStatuses": "Pending,Shipped"}, id="status"),
        pytest.param({"OrderStatuses": ""}, id="one filter left out"),
        pytest.param({"FulfillmentChannels": "MFN"}, id="channel"),
        pytest.param({"BuyerEmail": "bo@example.com"}, id="email"),
        pytest.param({"IsISPU": "true"}, id="store"),
        pytest.param({"LatestDeliveryDateAfter": LONG_AGO}, id="delivery"),
    ],
)
def test_a_token_is_bound_to_its_filters(strict, changes):
    token = first_token(strict)
    refused = strict.orders_v0(NextToken=token, **FILTERED | changes)
    assert_spapi_error(refused, 400, INVALID, UNREADABLE, "other parameters")


def test_a_token_is_bound_to_its_marketplaces_and_needs_them(strict):
    strict.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["DE"]}, 201)
    token = first_token(strict)
    for ids, message in ((DE, UNREADABLE), (f"{US},{DE}", UNREADABLE), ("", "'marketplaceIds'")):
        refused = strict.orders_v0(NextToken=token, MarketplaceIds=ids, **FILTERED)
        assert_spapi_error(refused, 400, INVALID, message)


def test_a_token_is_bound_to_its_seller(strict, other):
    token = first_token(strict)
    assert_spapi_error(other.orders_v0(NextToken=token, **FILTERED), 400, INVALID, UNREADABLE)


def test_with_a_token_alone_its_own_filters_go_on(strict):
    token = first_token(strict)
    strict.sim(f"orders/{strict.place_unshipped()}/ship")
    page = strict.payload(strict.orders_v0(NextToken=token, MaxResultsPerPage=50))
    assert [order["OrderStatus"] for order in page["Orders"]] == ["Pending", "Pending"]
    assert "LastUpdatedBefore" in page


def test_a_token_lives_24_hours(strict):
    token = first_token(strict)
    strict.later(hours=24, seconds=-1)
    strict.sign_in()
    assert strict.orders_v0(NextToken=token, **FILTERED).status_code == 200
    strict.later(seconds=1)
    assert_spapi_error(strict.orders_v0(NextToken=token, **FILTERED), 400, INVALID, UNREADABLE)


def token_with_plus(strict):
    strict.place(), strict.place()
    strict.later(minutes=3)
    for second in range(60):
        after = f"2020-01-01T00:00:{second:02d}Z"
        page = strict.payload(strict.orders_v0(LastUpdatedAfter=after, MaxResultsPerPage=1))
        if "+" in page["NextToken"]:
            return after, page["NextToken"]
        strict.later(minutes=1)
    raise AssertionError("no token had a plus sign")


def test_a_token_must_be_url_encoded(amazon):
    amazon.sim("account", {"throttling": "off", "quirks": {"replacement_flag_text": "off"}})
    after, token = token_with_plus(amazon)
    url = f"/orders/v0/orders?MarketplaceIds={US}&LastUpdatedAfter={after}&NextToken="
    assert amazon.client.get(url + quote(token, safe=""), headers=amazon.headers).status_code == 200
    answer = amazon.client.get(url + token, headers=amazon.headers)
    assert (answer.status_code, answer.get_json()) == (
        400,
        {"errors": [{"message": None, "code": "InvalidInput"}]},
    )
    amazon.sim("account", {"quirks": {"raw_token_without_message": "off"}})
    assert_spapi_error(amazon.client.get(url + token, headers=amazon.headers), 400, INVALID, UNREADABLE)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"LastUpdatedAfter": LONG_AGO}, id="updates"),
        pytest.param({"CreatedAfter": LONG_AGO, "LastUpdatedAfter": ""}, id="creations"),
    ],
)
def test_a_page_is_sought_by_its_key_wherever_it_lies(strict, world, query):
    token = first_token(strict, **query)
    statements = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if "amazon_order.v0_order" in statement:
            statements.append((statement, parameters))

    app, _ = world
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    strict.orders_v0(NextToken=token, OrderStatuses="Pending", **query)
    event.remove(engine, "before_cursor_execute", note)
    ((statement, parameters),) = statements
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    (step,) = plan  # a second step would be a sort
    assert ",amazon_order_id)>(?,?)" in step[3]


def test_a_list_takes_three_statements_however_long_it_is(strict, world):
    for _ in range(5):
        strict.place_unshipped()
    strict.later(minutes=3)
    strict.found_v0()  # once a virtual minute it is looked what other processes planned
    statements = []
    app, _ = world
    with app.app_context():
        engine = db.engine

    def note(*args):
        statements.append(args[2])

    event.listen(engine, "before_cursor_execute", note)
    found = strict.found_v0()
    event.remove(engine, "before_cursor_execute", note)
    assert len(found) == 5
    assert len(statements) == 3, "token and account, marketplaces, page"


@pytest.mark.parametrize(
    "name", ["BuyerEmail", "SellerOrderId", "StoreChainStoreId", "ActualFulfillmentSupplySourceId"]
)
def test_a_text_with_a_nul_is_nobodys(amazon, name):
    amazon.place_unshipped(), amazon.later(minutes=3)
    assert amazon.payload(amazon.orders_v0(CreatedAfter=LONG_AGO, **{name: "a\0"}))["Orders"] == []
