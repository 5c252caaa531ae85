"""What the ways of placing Commerce orders share: the wish, the result, and a way that is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from connector.domain.blockers import Code
from connector.errors import AbortRun

MODULE = "Magento_Amazon"
BATCH = 50
PLUGIN, ORDERS_API = "plugin", "orders_api"
"""Values of the setting ``place_orders_by``."""


@dataclass(frozen=True)
class Options:
    """How a store wants its new orders."""

    store_view: str
    custom_status: str | None
    amazon_numbers: bool
    create_accounts: bool
    seller_central: Callable[[str], str]
    """The page of an Amazon order, by its number."""


@dataclass(frozen=True)
class Result:
    """What became of one order; ``message`` is Commerce's refusal."""

    amazon_order_id: str
    kind: Literal["placed", "exists", "refused"]
    entity_id: int
    number: str
    total: Decimal
    items: dict[str, int]
    message: str


def module_missing() -> AbortRun:
    return AbortRun(Code.STORE_CONFIG, f"Commerce has no module {MODULE}")
