"""What the tests of mock_amazon share."""

from __future__ import annotations

import pytest
from amazon_seller import Check, SellerClient
from feed_desk import FeedDesk
from flask import Flask
from vendor_models import VendorModels

from mock_amazon import create_app
from mock_amazon.quirks import QUIRKS
from simkit.clock import DEFAULT_START, VirtualClock
from simkit.program import ServerConfig


@pytest.fixture(scope="session")
def world() -> tuple[Flask, VirtualClock]:
    """One server for all tests of a process; each test finds it as new."""
    clock = VirtualClock()
    return create_app(ServerConfig(clock=clock)), clock


@pytest.fixture(scope="session")
def check(request: pytest.FixtureRequest) -> Check:
    """Validates answers; where the vendor's models are missing it does not (a test says so by skipping)."""
    try:
        return VendorModels(request.getfixturevalue("contracts")).check
    except pytest.skip.Exception:
        return lambda *_: None


@pytest.fixture
def amazon(world: tuple[Flask, VirtualClock], check: Check) -> SellerClient:
    """SELLER-1, signed in, on a server with nothing but its defaults."""
    app, clock = world
    clock.freeze()
    clock.set(DEFAULT_START)
    seller = SellerClient(app.test_client(), clock, check)
    seller.sim("reset", {"seed": 1})
    seller.sign_in()
    return seller


@pytest.fixture
def strict(amazon: SellerClient) -> SellerClient:
    """The same seller, with every quirk off: all answers are as the vendor's model says."""
    amazon.sim("account", {"quirks": dict.fromkeys(QUIRKS, "off")})
    return amazon


@pytest.fixture
def other(amazon: SellerClient) -> SellerClient:
    """A second seller of the same server, in the United States and Japan."""
    seller = SellerClient(amazon.client, amazon.clock, amazon.check)
    account = seller.sim("sellers", {"seller": "SELLER-2", "marketplaces": ["US", "JP"]}, 201)
    seller.sign_in(account["refresh_token"])
    return seller


@pytest.fixture
def desk(amazon: SellerClient) -> FeedDesk:
    """SELLER-1 at the desk for feeds and reports, as often as it likes."""
    amazon.sim("account", {"throttling": "off"})
    return FeedDesk(amazon)
