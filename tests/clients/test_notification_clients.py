"""Amazon's own client and python-amazon-sp-api, unpatched, at the mock's Notifications API."""

from types import SimpleNamespace

import pytest
import requests
import sp_api.api
from sp_api.auth import AccessTokenClient
from sp_api.auth.access_token_client import cache
from sp_api.base import Marketplaces
from spapi import NotificationsApi, SPAPIClient, SPAPIConfig

import mock_amazon
from mock_amazon import defaults
from simkit.clock import VirtualClock
from simkit.program import ServerConfig
from simkit.serving import LiveServer

pytestmark = pytest.mark.sockets

ARN = "arn:aws:sqs:us-east-1:123456789012:orders"
SCOPE = "sellingpartnerapi::notifications"
DIRECTIVE = {"eventFilter": {"eventFilterType": "ORDER_CHANGE", "orderChangeTypes": ["OrderStatusChange"]}}
CREDENTIALS = {"client_id": defaults.CLIENT_ID, "client_secret": defaults.CLIENT_SECRET}


@pytest.fixture
def url():
    server = LiveServer(mock_amazon.create_app(ServerConfig(clock=VirtualClock()))).start()
    try:
        yield server.url
    finally:
        server.stop()


def sim(url, path, **body):
    answer = requests.post(f"{url}/_sim/{path}", json=body, timeout=10)
    assert answer.ok, answer.text
    return answer.json()


def told(url):
    """How many messages a change of an order brings into the queue."""
    sim(url, "orders", status="Unshipped", lines=[{"sku": "MUG", "qty": 1, "unit_price": "19.99"}])
    sim(url, "clock", advance="1m")
    return len(sim(url, "notifications/messages/receive", destination=ARN)["messages"])


def amazons_own(url, **access):
    config = SPAPIConfig(region="NA", **CREDENTIALS, **access)
    client = SPAPIClient(config, oauth_endpoint=f"{url}/auth/o2/token", endpoint=url)
    return NotificationsApi(client.api_client)


def test_amazons_own_client_subscribes(url):
    application = amazons_own(url, scope=SCOPE, grant_type="client_credentials")
    seller = amazons_own(url, refresh_token=defaults.REFRESH_TOKEN)
    wish = {"name": "orders", "resourceSpecification": {"sqs": {"arn": ARN}}}
    destination = application.create_destination(wish).payload
    assert destination.resource.sqs.arn == ARN
    assert [each.name for each in application.get_destinations().payload] == ["orders"]
    body = {
        "destinationId": destination.destination_id,
        "payloadVersion": "1.0",
        "processingDirective": DIRECTIVE,
    }
    made = seller.create_subscription("ORDER_CHANGE", body).payload
    assert seller.get_subscription("ORDER_CHANGE").payload.subscription_id == made.subscription_id
    assert len(seller.get_subscriptions(["ORDER_CHANGE"]).payload.subscriptions) == 1
    assert told(url) == 1
    application.delete_subscription_by_id(made.subscription_id, "ORDER_CHANGE")
    application.delete_destination(destination.destination_id)
    assert application.get_destinations().payload == []


@pytest.fixture
def saleweaver(url, monkeypatch):
    scheme, host = url.split("//")
    monkeypatch.setattr(AccessTokenClient, "scheme", f"{scheme}//")
    monkeypatch.setattr(AccessTokenClient, "host", host)
    for marketplace in Marketplaces:
        monkeypatch.setattr(marketplace, "endpoint", url)
    names = {"lwa_app_id": defaults.CLIENT_ID, "lwa_client_secret": defaults.CLIENT_SECRET}
    credentials = names | {"refresh_token": defaults.REFRESH_TOKEN}
    cache.clear()  # it keeps its tokens for as long as the process lives
    with sp_api.api.Notifications(credentials=credentials) as api:
        yield SimpleNamespace(url=url, api=api)
        api._auth._transport.close()  # which it leaves open
    cache.clear()


def test_python_amazon_sp_api_subscribes(saleweaver):
    api = saleweaver.api
    destination = api.create_destination("orders", arn=ARN).payload["destinationId"]
    made = api.create_subscription("ORDER_CHANGE", destination, processingDirective=DIRECTIVE).payload
    assert api.get_subscription("ORDER_CHANGE").payload["subscriptionId"] == made["subscriptionId"]
    assert told(saleweaver.url) == 1
    api.delete_notification_subscription("ORDER_CHANGE", made["subscriptionId"])
    assert api.get_destinations().payload[0]["resource"] == {"sqs": {"arn": ARN}}
    api.delete_destination(destination)
