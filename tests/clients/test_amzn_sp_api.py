"""Amazon's own client for Python, unpatched, against the mock over sockets, in both versions of Orders.

It decodes strictly: a missing required field, a null or an unknown enum value of an answer raises. The mock
has its quirks off where a test asks Amazon's model to be kept to the letter.
"""

import pytest
from live_amazon import LINE, Mock, live_amazon
from spapi import (
    FbaInventoryApi,
    GetOrderApi,
    ListingsApi,
    OrdersV0Api,
    SearchOrdersApi,
    SPAPIClient,
    SPAPIConfig,
    TokensApi,
)
from spapi.api_client import ApiClient
from spapi.auth.lwa_request import AccessTokenCache
from spapi.configuration import Configuration
from spapi.rest import ApiException

from mock_amazon import defaults
from mock_amazon.quirks import QUIRKS
from mock_amazon.sandbox.reading import read_models

pytestmark = pytest.mark.sockets

US = "ATVPDKIKX0DER"
EVERYTHING = ["BUYER", "RECIPIENT", "PROCEEDS", "FULFILLMENT", "PACKAGES"]


def pointed(endpoint, url):
    """The client at an endpoint, with the login of a server, as a user would point it."""
    config = SPAPIConfig(
        client_id=defaults.CLIENT_ID,
        client_secret=defaults.CLIENT_SECRET,
        refresh_token=defaults.REFRESH_TOKEN,
        region="NA",
    )
    return SPAPIClient(config, oauth_endpoint=f"{url}/auth/o2/token", endpoint=endpoint).api_client


class Amazon(Mock):
    """The mock, and the client pointed at it."""

    def __init__(self, url, clock):
        super().__init__(url, clock)
        self.client = pointed(url, url)

    def restricted(self, path, *elements):
        """A client that holds a restricted data token for one path."""
        resource = {"method": "GET", "path": path, "dataElements": list(elements) or None}
        body = {"restrictedResources": [{key: value for key, value in resource.items() if value}]}
        token = TokensApi(self.client).create_restricted_data_token(body).restricted_data_token
        configuration = Configuration()
        configuration.host = self.url
        configuration.access_token_cache = AccessTokenCache("", "")  # the client's own way to hold a token
        configuration.access_token_cache.token_info = {"access_token": token, "expires_at": float("inf")}
        return ApiClient(configuration=configuration)


@pytest.fixture
def amazon(mock):
    return Amazon(mock.url, mock.clock)


@pytest.fixture
def strict(amazon):
    amazon.sim("account", quirks=dict.fromkeys(QUIRKS, "off"))
    return amazon


def v0(client):
    return OrdersV0Api(client)


def listed(answer):
    return [order.amazon_order_id for order in answer.payload.orders]


def found(answer):
    return [order.order_id for order in answer.orders]


def shipment(items, number="1"):
    return {
        "marketplaceId": US,
        "packageDetail": {
            "packageReferenceId": number,
            "carrierCode": "UPS",
            "trackingNumber": "1ZTEST",
            "shipDate": "2026-03-01T09:00:00Z",
            "orderItems": items,
        },
    }


def test_v0_lists_by_filter(amazon):
    paid, waiting = amazon.place("paid"), amazon.place("waiting", status="Pending")
    by_amazon = amazon.place("by-amazon", channel="AFN")
    amazon.wait(minutes=3)
    api, since = v0(amazon.client), {"created_after": "2026-03-01T00:00:00Z"}
    assert set(listed(api.get_orders([US], **since))) == {paid, waiting, by_amazon}
    assert listed(api.get_orders([US], **since, order_statuses=["Pending"])) == [waiting]
    assert listed(api.get_orders([US], **since, fulfillment_channels=["AFN"])) == [by_amazon]
    assert listed(api.get_orders([US], **since, amazon_order_ids=[paid])) == [paid]
    assert listed(api.get_orders([US], **since, buyer_email="nobody@marketplace.example")) == []
    assert set(listed(api.get_orders([US], last_updated_after="2026-03-01T09:00:00Z"))) == {
        paid,
        waiting,
        by_amazon,
    }
    assert listed(api.get_orders([US], **since, created_before="2026-03-01T08:00:00Z")) == []


def test_2026_lists_by_filter(amazon):
    paid, waiting = amazon.place("paid"), amazon.place("waiting", status="Pending")
    by_amazon = amazon.place("by-amazon", channel="AFN")
    amazon.wait(minutes=3)
    api, since = SearchOrdersApi(amazon.client), {"created_after": "2026-03-01T00:00:00Z"}
    assert set(found(api.search_orders(**since, marketplace_ids=[US]))) == {paid, waiting, by_amazon}
    assert found(api.search_orders(**since, fulfillment_statuses=["PENDING"])) == [waiting]
    assert found(api.search_orders(**since, fulfilled_by=["AMAZON"])) == [by_amazon]
    assert found(api.search_orders(**since, created_before="2026-03-01T08:00:00Z")) == []
    amazon.sim(f"orders/{waiting}/confirm")
    amazon.wait(minutes=3)
    assert found(api.search_orders(last_updated_after="2026-03-01T09:02:00Z")) == [waiting]


def test_v0_pages_through_everything_once(amazon):
    placed = [amazon.place(f"A{number}") for number in range(5)]
    amazon.wait(minutes=3)
    api, wish = v0(amazon.client), {"created_after": "2026-03-01T00:00:00Z", "max_results_per_page": 2}
    seen, page = [], api.get_orders([US], **wish)
    while True:
        seen += listed(page)
        if page.payload.next_token is None:
            break
        page = api.get_orders([US], **wish, next_token=page.payload.next_token)
    assert seen == placed


def test_2026_pages_through_everything_once(amazon):
    placed = [amazon.place(f"A{number}") for number in range(5)]
    amazon.wait(minutes=3)
    api, wish = (
        SearchOrdersApi(amazon.client),
        {"created_after": "2026-03-01T00:00:00Z", "max_results_per_page": 2},
    )
    seen, page = [], api.search_orders(**wish)
    while True:
        seen += found(page)
        if page.pagination is None or page.pagination.next_token is None:
            break
        page = api.search_orders(**wish, pagination_token=page.pagination.next_token)
    assert seen == placed


def test_v0_reads_items_with_the_amounts_of_the_whole_line(amazon):
    number = amazon.place("A1")
    (item,) = v0(amazon.client).get_order_items(number).payload.order_items
    assert (item.seller_sku, item.quantity_ordered) == ("MUG", 2)
    assert (item.item_price.amount, item.item_price.currency_code) == ("39.98", "USD")


def test_2026_reads_items_with_the_order(amazon):
    number = amazon.place("A1")
    order = GetOrderApi(amazon.client).get_order(number, included_data=EVERYTHING).order
    (item,) = order.order_items
    assert (item.product.seller_sku, item.quantity_ordered) == ("MUG", 2)
    assert item.product.price.unit_price.amount == "19.99"
    assert order.fulfillment.fulfillment_status == "UNSHIPPED"


def test_v0_tells_who_bought_with_a_restricted_token_only(amazon):
    number = amazon.place("A1")
    path = f"/orders/v0/orders/{number}"
    plain = v0(amazon.client).get_order(number).payload
    assert plain.buyer_info is None or plain.buyer_info.buyer_name is None
    assert plain.shipping_address.name is None
    known = v0(amazon.restricted(path, "buyerInfo", "shippingAddress")).get_order(number).payload
    assert known.buyer_info.buyer_name == "Test Buyer"
    assert known.shipping_address.name
    address = v0(amazon.restricted(f"{path}/address")).get_order_address(number).payload.shipping_address
    assert address.address_line1
    info = v0(amazon.restricted(f"{path}/buyerInfo")).get_order_buyer_info(number).payload
    assert info.buyer_name == "Test Buyer"


def test_a_restricted_token_of_another_path_is_refused(amazon):
    one, two = amazon.place("A1"), amazon.place("A2")
    client = amazon.restricted(f"/orders/v0/orders/{one}", "buyerInfo")
    with pytest.raises(ApiException) as refused:
        v0(client).get_order(two)
    assert refused.value.status == 403


def test_2026_tells_who_bought_by_the_applications_role(amazon):
    number = amazon.place("A1")
    order = GetOrderApi(amazon.client).get_order(number, included_data=EVERYTHING).order
    assert order.buyer.buyer_name == "Test Buyer"
    assert order.recipient.delivery_address.address_line1


def test_a_confirmed_shipment_is_seen_in_both_versions(amazon):
    number = amazon.place("A1")
    api = v0(amazon.client)
    (item,) = api.get_order_items(number).payload.order_items
    part = shipment([{"orderItemId": item.order_item_id, "quantity": 1}])
    api.confirm_shipment(number, part)
    assert api.get_order(number).payload.order_status == "PartiallyShipped"
    rest = shipment([{"orderItemId": item.order_item_id, "quantity": 1}], "2")
    api.confirm_shipment(number, rest)
    assert api.get_order(number).payload.order_status == "Shipped"
    order = GetOrderApi(amazon.client).get_order(number, included_data=EVERYTHING).order
    assert order.fulfillment.fulfillment_status == "SHIPPED"
    assert [package.package_reference_id for package in order.packages] == ["1", "2"]


def test_a_shipment_of_a_foreign_item_is_refused_in_amazons_words(amazon):
    number = amazon.place("A1")
    with pytest.raises(ApiException) as refused:
        v0(amazon.client).confirm_shipment(number, shipment([{"orderItemId": "99", "quantity": 1}]))
    assert refused.value.status == 400
    assert "getOrderItems API" in str(refused.value.body)


def test_the_bucket_runs_dry_and_fills_again(amazon):
    number, api = amazon.place("A1"), v0(amazon.client)
    for _ in range(30):
        api.get_order_items(number)
    with pytest.raises(ApiException) as refused:
        api.get_order_items(number)
    assert refused.value.status == 429
    amazon.wait(seconds=2)
    assert api.get_order_items(number).payload.order_items


@pytest.mark.parametrize("status", ["Pending", "Unshipped", "Shipped", "Canceled"])
@pytest.mark.parametrize("channel", ["MFN", "AFN"])
def test_every_kind_of_order_is_readable_for_the_strict_client(strict, status, channel):
    number = strict.place("A1", status="Pending" if status == "Pending" else "Unshipped", channel=channel)
    if status in {"Shipped", "Canceled"}:
        strict.sim(f"orders/{number}/{'ship' if status == 'Shipped' else 'cancel'}")
    strict.wait(minutes=3)
    assert v0(strict.client).get_order(number).payload.order_status == status
    assert v0(strict.client).get_order_items(number).payload.amazon_order_id == number
    assert found(SearchOrdersApi(strict.client).search_orders(created_after="2026-03-01T00:00:00Z")) == [
        number
    ]
    order = GetOrderApi(strict.client).get_order(number, included_data=EVERYTHING).order
    assert order.order_id == number


def test_an_order_that_nobody_knows(amazon, strict):
    with pytest.raises(ApiException) as refused:
        GetOrderApi(strict.client).get_order("112-0000000-0000000")
    assert refused.value.status == 404


def quantity_patch(units):
    value = [{"fulfillment_channel_code": "DEFAULT", "quantity": units}]
    patch = {"op": "replace", "path": "/attributes/fulfillment_availability", "value": value}
    return {"productType": "PRODUCT", "patches": [patch]}


@pytest.mark.parametrize("sku", ["MUG", "RED/MUG 1+1", "/MUG?#", "Tässchen%2F"])
def test_a_quantity_is_set_and_orders_take_from_it(amazon, sku):
    amazon.sim("listings", sku=sku)
    listings = ListingsApi(amazon.client)
    answer = listings.patch_listings_item("SELLER-1", sku, [US], quantity_patch(5))
    assert (answer.status, answer.issues) == ("ACCEPTED", [])
    amazon.place("A1", lines=[{**LINE, "sku": sku}])
    data = ["summaries", "offers", "fulfillmentAvailability", "issues", "relationships", "productTypes"]
    item = listings.get_listings_item("SELLER-1", sku, [US], included_data=data)
    assert (item.sku, item.fulfillment_availability[0].quantity) == (sku, 3)
    assert item.summaries[0].status == ["BUYABLE", "DISCOVERABLE"]
    found = listings.search_listings_items("SELLER-1", [US], identifiers=[sku], identifiers_type="SKU")
    assert [each.sku for each in found.items] == [sku]
    assert listings.delete_listings_item("SELLER-1", sku, [US]).status == "ACCEPTED"
    with pytest.raises(ApiException) as refused:
        listings.get_listings_item("SELLER-1", sku, [US])
    assert refused.value.status == 404


def test_stock_at_amazon_is_read(amazon):
    amazon.sim("fba-stock", sku="MUG", fulfillable=5)
    amazon.place("A1", channel="AFN")
    answer = FbaInventoryApi(amazon.client).get_inventory_summaries("Marketplace", US, [US], details=True)
    (summary,) = answer.payload.inventory_summaries
    details = summary.inventory_details
    assert (details.fulfillable_quantity, summary.total_quantity) == (3, 5)
    assert details.reserved_quantity.pending_customer_order_quantity == 2


def test_a_new_token_is_asked_for_when_the_old_one_has_expired(amazon):
    """It keeps a token for its own hour; a new client, or a program that starts anew, gets another."""
    number, api = amazon.place("A1"), v0(amazon.client)
    assert api.get_order(number).payload.amazon_order_id == number
    amazon.wait(hours=1)
    with pytest.raises(ApiException) as refused:
        api.get_order(number)
    assert refused.value.status == 403
    assert "expired" in str(refused.value.body)
    again = v0(pointed(amazon.url, amazon.url))
    assert again.get_order(number).payload.amazon_order_id == number
    assert amazon.calls("lwa_token") == 2


TEST = "TEST_CASE_200"
CASES = {
    "getOrders": lambda api: api.get_orders([US], created_after=TEST),
    "getOrder": lambda api: api.get_order(TEST),
    "getOrder of an invoice by Amazon": lambda api: api.get_order("TEST_CASE_IBA_200"),
    "getOrderBuyerInfo": lambda api: api.get_order_buyer_info(TEST),
    "getOrderAddress": lambda api: api.get_order_address(TEST),
    "getOrderItems": lambda api: api.get_order_items(TEST),
    "getOrderItemsBuyerInfo": lambda api: api.get_order_items_buyer_info(TEST),
    "getOrderRegulatedInfo": lambda api: api.get_order_regulated_info("902-3159896-1390916"),
}


@pytest.fixture(scope="module")
def sandbox(contracts):
    """The client, pointed at the static sandbox by its path."""
    with live_amazon(read_models(contracts / "amazon")) as mock:
        yield pointed(f"{mock.url}/sandbox", mock.url)


@pytest.mark.parametrize("call", CASES.values(), ids=CASES)
def test_it_reads_the_static_sandbox(sandbox, call):
    assert call(v0(sandbox)).payload is not None


def test_it_pages_through_the_static_sandbox(sandbox):
    first = v0(sandbox).get_orders([US], created_after="TEST_CASE_200_NEXT_TOKEN").payload
    wish = {"created_after": "TEST_CASE_200_NEXT_TOKEN", "next_token": first.next_token}
    second = v0(sandbox).get_orders([US], **wish).payload
    assert (first.next_token, second.next_token) == ("2YgYW55IGNhcm5hbCBwbGVhc3VyZS4", None)


def test_the_static_sandbox_refuses_what_it_does_not_know(sandbox):
    with pytest.raises(ApiException) as refused:
        v0(sandbox).get_order("112-0000000-0000000")
    assert refused.value.status == 400
    assert "Could not match input arguments" in str(refused.value.body)
