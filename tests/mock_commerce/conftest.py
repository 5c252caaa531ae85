"""What the tests of mock_commerce share."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commerce_attacker import Attacker
from commerce_buyer import DOORS, Buyer, Judge, JudgedShop
from commerce_shop import ADDRESS, Shop
from flask import Flask

from mock_commerce import create_app
from simkit.clock import DEFAULT_START, VirtualClock
from simkit.program import ServerConfig


@pytest.fixture(scope="session")
def world() -> tuple[Flask, VirtualClock]:
    """One server for all tests of a process; each test finds it as new."""
    clock = VirtualClock()
    return create_app(ServerConfig(clock=clock)), clock


@pytest.fixture
def clock(world: tuple[Flask, VirtualClock]) -> VirtualClock:
    world[1].set(DEFAULT_START)
    return world[1]


@pytest.fixture
def shop(request: pytest.FixtureRequest, world: tuple[Flask, VirtualClock], clock: VirtualClock) -> Shop:
    """What it answers is judged in tests that play one of the vendor's."""
    shop = Shop(world[0].test_client(), clock)
    shop.sim("reset")
    shop.sign_in()
    shop.client.delete("/_sim/journal")
    if request.node.get_closest_marker("conformance"):
        return JudgedShop(shop, request.getfixturevalue("judge"))
    return shop


@pytest.fixture(scope="module")
def attacker() -> Iterator[Attacker]:
    """A shop of its own; ``CHANNELSIM_FUZZ_VERSION`` says of which version."""
    clock = VirtualClock()
    version = os.environ.get("CHANNELSIM_FUZZ_VERSION", "2.4.8")
    app = create_app(ServerConfig(clock=clock, settings={"version": version}))
    shop = Shop(app.test_client(), clock)
    shop.sign_in()
    yield Attacker(shop)
    app.extensions["simulation"].close()


@pytest.fixture
def amazon_order() -> Any:
    """A maker of Amazon orders: two mugs at 19.99 unless told otherwise."""
    numbers: Iterator[int] = iter(range(1, 1000))

    def make(*lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
        items = [
            {"amazon_order_item_id": str(place), "sku": "MUG", "qty": 2, "price": "19.99"} | line
            for place, line in enumerate(lines or ({},), start=1)
        ]
        for item in items:
            item.setdefault("row_total", f"{float(item['price']) * item['qty']:.2f}")
        total = sum(float(item["row_total"]) for item in items)
        order = {
            "amazon_order_id": f"112-0000000-{next(numbers):07d}",
            "store_code": "default",
            "fulfilled_by": "merchant",
            "purchased_at": "2026-03-01T08:00:00+00:00",
            "currency_code": "USD",
            "tax_included": False,
            "customer": {"email": "ann@example.com", "firstname": "Ann", "lastname": "Lee"},
            "billing_address": ADDRESS,
            "shipping_address": ADDRESS,
            "shipping_description": "Amazon Standard",
            "items": items,
            "grand_total": f"{total:.2f}",
        }
        return order | changes

    return make


@pytest.fixture(scope="session")
def state_cases(contracts: Path) -> list[dict[str, Any]]:
    return json.loads((contracts / "commerce" / "state_cases.json").read_text())


@pytest.fixture(scope="session")
def judge(contracts: Path) -> Judge:
    return Judge(json.loads((contracts / "commerce" / "openapi-order-subset-2.4.9.json").read_text()))


@pytest.fixture(params=DOORS)
def buyer(request: pytest.FixtureRequest, shop: Shop, judge: Judge) -> Buyer:
    """A buyer through each door in turn."""
    return DOORS[request.param](shop, judge)


@pytest.fixture
def guest(shop: Shop, judge: Judge) -> Buyer:
    return DOORS["guest"](shop, judge)


@pytest.fixture
def europe(shop: Shop) -> Shop:
    """A second website ``eu`` that sells from stock 2, which has one source: ``berlin``."""
    shop.sim("websites", {"code": "eu", "name": "Europe"})
    source = {"source_code": "berlin", "name": "Berlin", "postcode": "10115", "country_id": "DE"}
    shop.post("inventory/sources", {"source": source})
    channels = {"sales_channels": [{"type": "website", "code": "eu"}]}
    assert shop.post("inventory/stocks", {"stock": {"name": "EU", "extension_attributes": channels}}) == 2
    link = {"stock_id": 2, "source_code": "berlin", "priority": 1}
    shop.post("inventory/stock-source-links", {"links": [link]})
    return shop
