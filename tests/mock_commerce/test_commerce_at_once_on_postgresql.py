"""Several servers on one PostgreSQL database, and callers who want the same thing at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from commerce_papers import ADDRESS
from commerce_shop import Shop
from oauth_client import header

from mock_commerce import create_app
from mock_commerce.webhooks import sending
from simkit import postgresql
from simkit.clock import VirtualClock
from simkit.postgresql import schema_of
from simkit.program import ServerConfig

SERVERS = 3


@pytest.fixture
def shops(own_world):
    made = []
    for _ in range(SERVERS):
        clock = VirtualClock()
        shop = Shop(create_app(ServerConfig(own_world, clock)).test_client(), clock)
        shop.sign_in()
        made.append(shop)
    made[0].product(qty=100)
    yield made
    for shop in made:
        shop.client.application.extensions["simulation"].close()
    postgresql.drop(own_world, [schema_of(postgresql.parsed(own_world), "commerce")])


def at_once(shops, *calls):
    """Each call at a server of its own; answers their statuses."""
    start = Barrier(len(calls))

    def send(shop, call):
        method, path, body, *headers = call
        start.wait()
        return shop.client.open(
            f"/rest/V1/{path}", method=method, json=body, headers=headers[0] if headers else shop.headers
        ).status_code

    with ThreadPoolExecutor(len(calls)) as threads:
        return sorted(threads.map(send, shops, calls))


def buy(shop, name, sku="MUG", qty=2):
    return shop.sim("orders", {"id": name, "lines": [{"sku": sku, "qty": qty}]})["entity_id"]


def documents(shop, kind, order):
    return shop.search(kind, ("order_id", str(order)))["total_count"]


@pytest.mark.parametrize("turn", range(3))
def test_an_order_is_shipped_invoiced_and_refunded_once(shops, turn):
    shop = shops[0]
    order = buy(shop, f"A{turn}")
    for verb, kind, field in (
        ("ship", "shipments", "qty_shipped"),
        ("invoice", "invoices", "qty_invoiced"),
        ("refund", "creditmemos", "qty_refunded"),
    ):
        assert at_once(shops, *[("POST", f"order/{order}/{verb}", {})] * SERVERS) == [200, 400, 400]
        assert documents(shop, kind, order) == 1
        assert shop.get(f"orders/{order}")["items"][0][field] == 2
    assert shop.get(f"orders/{order}")["state"] == "closed"
    assert shop.stock() == (98, 98, 0)


@pytest.mark.parametrize("turn", range(3))
def test_an_order_is_shipped_or_cancelled_never_both(shops, turn):
    shop = shops[0]
    order = buy(shop, f"A{turn}")
    at_once(
        shops,
        ("POST", f"order/{order}/ship", {}),
        ("POST", f"orders/{order}/cancel", {}),
        ("POST", f"order/{order}/invoice", {}),
    )
    (line,) = shop.get(f"orders/{order}")["items"]
    assert line["qty_canceled"] + max(line["qty_shipped"], line["qty_invoiced"]) == 2
    assert documents(shop, "shipments", order) == line["qty_shipped"] / 2
    open_units = 2 - max(line["qty_canceled"], line["qty_shipped"])
    assert sum(row["quantity"] for row in shop.state()["reservations"]) == -open_units


def cart_of(shop, sku):
    mask = shop.post("guest-carts")
    shop.post(f"guest-carts/{mask}/items", {"cartItem": {"sku": sku, "qty": 1, "quote_id": mask}})
    way = {"shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate"}
    addresses = {"shipping_address": address(), "billing_address": address()}
    shop.post(f"guest-carts/{mask}/shipping-information", {"addressInformation": {**addresses, **way}})
    return mask


def address():
    return {key: value for key, value in ADDRESS.items() if key != "address_type"} | {"region_code": "TX"}


def payment(mask):
    body = {"email": "ann@example.com", "paymentMethod": {"method": "checkmo"}}
    return "POST", f"guest-carts/{mask}/payment-information", body


def test_the_last_unit_is_sold_once(shops):
    shop = shops[0]
    for turn in range(3):
        shop.product(f"LAST{turn}", qty=1)
        masks = [cart_of(shop, f"LAST{turn}") for _ in shops]
        assert at_once(shops, *map(payment, masks)) == [200, 400, 400]
        assert shop.stock(f"LAST{turn}") == (1, 0, 1)


def test_a_cart_becomes_one_order(shops):
    shop = shops[0]
    mask = cart_of(shop, "MUG")
    assert at_once(shops, *[payment(mask)] * SERVERS).count(200) == 1
    assert shop.search("orders")["total_count"] == 1


@pytest.mark.parametrize(
    ("path", "body", "statuses"),
    [
        ("orders", {"entity": {"increment_id": "X1", "state": "new"}}, [200, 400, 400]),
        (
            "products",
            {"product": {"sku": "NEW", "name": "New", "price": 1, "attribute_set_id": 4}},
            [200, 200, 200],
        ),
        (
            "customers",
            {"customer": {"email": "a@example.com", "firstname": "A", "lastname": "L"}},
            [200, 400, 400],
        ),
        ("integration/admin/token", {"username": "nobody", "password": "x"}, [401, 401, 401]),
        (
            "inventory/source-items",
            {"sourceItems": [{"sku": "NEW", "source_code": "default", "quantity": 1, "status": 1}]},
            [200, 200, 200],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_two_who_make_the_same_get_an_answer_of_commerce(shops, path, body, statuses):
    assert at_once(shops, *[("POST", path, body)] * SERVERS) == statuses


def test_a_nonce_counts_once_at_all_servers(shops):
    signed = {"Authorization": header(shops[0], "/rest/V1/modules")}
    calls = [("GET", "modules", None, signed)] * SERVERS
    assert at_once(shops, *calls) == [200, 401, 401]


def test_servers_share_the_work_of_cron_and_webhooks(shops, monkeypatch):
    """Each operation is carried out once and each event is sent once, whoever comes to it."""
    sent = []

    def post(_url, _body, headers):
        sent.append(headers["X-Webhook-Id"])
        return "HTTP 200"

    monkeypatch.setattr(sending, "post", post)
    shops[0].sim("webhooks", {"url": "http://127.0.0.1:9/", "secret": "12345678"})
    orders = [{"orderId": buy(shops[0], f"A{number}")} for number in range(4)]
    for shop in shops:
        shop.client.post("/rest/async/bulk/V1/order/byOrderId/ship", json=orders, headers=shop.headers)
    for _ in range(3):
        with ThreadPoolExecutor(SERVERS) as threads:
            list(threads.map(_pass_a_minute, shops))
    state = shops[0].state()
    assert [bulk["complete"] + bulk["failed"] for bulk in state["bulks"]] == [4] * SERVERS
    assert sum(bulk["complete"] for bulk in state["bulks"]) == 4
    assert [order["shipments"] for order in state["orders"]] == [1] * 4
    assert state["stock"]["MUG"]["qty"] == 92
    (hook,) = shops[0].client.get("/_sim/webhooks").get_json()["webhooks"]
    assert (hook["waiting"], hook["delivered"], len(sent)) == (0, 12, len(set(sent)))


def _pass_a_minute(shop):
    shop.clock.advance(timedelta(minutes=1))
    server = shop.client.application.extensions["simulation"]
    server.tick()
    server.vendor.volatile[sending.OUTGOING].wait()
    shop.client.get("/_sim/health")
