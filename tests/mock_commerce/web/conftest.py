"""What the tests of the Admin share."""

from __future__ import annotations

from typing import Any

import pytest
from admin_browser import Browser
from commerce_shop import Shop
from flask import Flask

from simkit.clock import VirtualClock


@pytest.fixture
def visitor(world: tuple[Flask, VirtualClock], shop: Shop) -> Browser:
    """Nobody, in front of a fresh shop."""
    return Browser(world[0].test_client())


@pytest.fixture
def admin(visitor: Browser) -> Browser:
    """The administrator, signed in."""
    assert visitor.sign_in().status == 303
    return visitor


@pytest.fixture
def placed(shop: Shop, amazon_order: Any) -> Any:
    """A maker of Amazon orders that are in the shop; answers the entity id."""

    def place(*lines: dict[str, Any], **changes: Any) -> int:
        result = shop.place_one(amazon_order(*lines, **changes))
        assert result["result"] == "placed", result
        return result["entity_id"]

    shop.product("MUG", qty=10, price="19.99")
    return place
