"""The flow that every way of running python-amazon-sp-api goes through, and the client pointed at a mock.

It runs as a program too, in which case nothing of the client is changed: environment variables lead it
through the gateway. Its arguments are the mock's own address, for what only the simulator has, and the
numbers of three orders: paid, waiting, fulfilled by Amazon.
"""

import asyncio
import contextlib
import sys

import saleweaver_steps as steps
import sp_api.api
import sp_api.asyncio.api  # first: the halves of the client import one another
from saleweaver_steps import settled
from sp_api import auth
from sp_api.asyncio import auth as async_auth
from sp_api.asyncio.auth import access_token_client as async_access_token_client
from sp_api.auth import access_token_client
from sp_api.base import Marketplaces
from sp_api.base.exceptions import SellingApiRequestThrottledException

US = "ATVPDKIKX0DER"
SINCE = "2026-03-01T00:00:00Z"
CREDENTIALS = {
    "lwa_app_id": "amzn1.application-oa2-client.sim",
    "lwa_client_secret": "sim-secret",
    "refresh_token": "Atzr|sim-main-us",
}
CACHES = [
    cache
    for module in (access_token_client, async_access_token_client)
    for cache in (module.cache, module.grantless_cache)
]


def redirect(monkeypatch, url):
    """Point both halves of the client at a server, as its documentation of attributes allows."""
    for clients in (auth.AccessTokenClient, async_auth.AccessTokenClient):
        monkeypatch.setattr(clients, "scheme", "http://")
        monkeypatch.setattr(clients, "host", url.removeprefix("http://"))
    for marketplace in Marketplaces:
        monkeypatch.setattr(marketplace, "endpoint", url, raising=True)


def forget_tokens():
    """The caches are of the module: without this a test would use the token of the one before."""
    for cache in CACHES:
        cache.clear()


def sync_orders(version="v0"):
    return sp_api.api.Orders(marketplace=Marketplaces.US, credentials=CREDENTIALS, version=version)


def clients_of(half):
    """Those of the whole flow, of either half of the client."""
    access = {"marketplace": Marketplaces.US, "credentials": CREDENTIALS}
    sections = (half.Feeds, half.Reports, half.Notifications, half.ListingsItems)
    orders = (half.Orders(version=version, **access) for version in ("v0", "2026-01-01"))
    return (*orders, *(section(**access) for section in sections))


@contextlib.contextmanager
def closing(*clients):
    """Clients that are closed whole: their own closing leaves the connection for tokens open.

    They are not used as context managers, which keep a restricted token for all calls that follow.
    """
    try:
        yield clients
    finally:
        for client in clients:
            client._transport.close()
            client._auth._transport.close()


@contextlib.asynccontextmanager
async def aclosing(*clients):
    """The same for clients of the other half."""
    try:
        yield clients
    finally:
        for client in clients:
            await client._transport.aclose()
            await client._auth._transport.aclose()


def shipment(item, units, number):
    return {
        "marketplaceId": US,
        "packageDetail": {
            "packageReferenceId": number,
            "carrierCode": "UPS",
            "trackingNumber": "1ZTEST",
            "shipDate": "2026-03-01T09:00:00Z",
            "orderItems": [{"orderItemId": item, "quantity": units}],
        },
    }


def numbers(answer):
    return [order["AmazonOrderId"] for order in answer.payload["Orders"]]


async def lists(orders, paid, waiting, by_amazon):
    """List by each filter, and page."""

    async def found(**query):
        return numbers(await settled(orders.get_orders(**query)))

    assert set(await found(CreatedAfter=SINCE)) == {paid, waiting, by_amazon}
    assert set(await found(LastUpdatedAfter=SINCE, MarketplaceIds=[US])) == {paid, waiting, by_amazon}
    assert await found(CreatedAfter=SINCE, OrderStatuses=["Pending", "Canceled"]) == [waiting]
    assert await found(CreatedAfter=SINCE, FulfillmentChannels="AFN") == [by_amazon]
    assert await found(AmazonOrderIds=[paid]) == [paid]
    assert await found(CreatedAfter=SINCE, BuyerEmail="nobody@marketplace.example") == []
    seen, token = [], None
    while True:
        page = await settled(
            orders.get_orders(
                CreatedAfter=SINCE, MaxResultsPerPage=1, **({"NextToken": token} if token else {})
            )
        )
        seen += numbers(page)
        token = page.next_token
        if token is None:
            break
    assert sorted(seen) == sorted({paid, waiting, by_amazon})


async def personal_data(orders, number):
    """Without a restricted token nothing personal is told, with one it is; the client asks for it itself."""
    plain = (await settled(orders.get_order(number))).payload
    assert "Name" not in plain["ShippingAddress"]
    assert "BuyerName" not in plain.get("BuyerInfo", {})
    elements = ["buyerInfo", "shippingAddress"]
    known = (await settled(orders.get_order(number, RestrictedResources=elements))).payload
    assert known["ShippingAddress"]["AddressLine1"]
    assert known["BuyerInfo"]["BuyerName"] == "Test Buyer"
    again = (await settled(orders.get_order(number))).payload
    assert "Name" not in again["ShippingAddress"]


async def ships(orders, number):
    """Items, then one unit in each of two packages."""
    (item,) = (await settled(orders.get_order_items(number))).payload["OrderItems"]
    assert (item["SellerSKU"], item["QuantityOrdered"], item["ItemPrice"]["Amount"]) == ("MUG", 2, "39.98")
    for package, status in (("1", "PartiallyShipped"), ("2", "Shipped")):
        await settled(orders.confirm_shipment(number, **shipment(item["OrderItemId"], 1, package)))
        assert (await settled(orders.get_order(number))).payload["OrderStatus"] == status


async def runs_dry(orders, number):
    """Empty the bucket of getOrderItems, of which one call was used."""
    with contextlib.suppress(SellingApiRequestThrottledException):
        for _ in range(31):
            await settled(orders.get_order_items(number))
        raise AssertionError("nothing was refused")


async def recovers(orders, number, url):
    """It is refused until the bucket has filled."""
    await runs_dry(orders, number)
    steps.sim(url, "clock", advance="2s")
    assert (await settled(orders.get_order_items(number))).payload["OrderItems"]


async def whole_flow(clients, url, paid, waiting, by_amazon):
    orders, newer, feeds, reports, notifications, listings = clients
    await lists(orders, paid, waiting, by_amazon)
    await personal_data(orders, paid)
    await ships(orders, paid)
    found = await settled(newer.search_orders(createdAfter=SINCE))
    assert {order["orderId"] for order in found.orders} == {paid, waiting, by_amazon}
    one = await settled(newer.get_order(paid, includedData=["PACKAGES", "RECIPIENT", "FULFILLMENT"]))
    assert [package["packageReferenceId"] for package in one.order["packages"]] == ["1", "2"]
    await steps.ships_by_feed(feeds, orders, url)
    await steps.is_notified(notifications, url)
    await steps.reads_a_report(reports, paid, url)
    await steps.sets_a_quantity(listings, url)
    await recovers(orders, by_amazon, url)


if __name__ == "__main__":
    asyncio.run(whole_flow(clients_of(sp_api.api), *sys.argv[1:]))
    print("done")  # noqa: T201 - what the test waits for
