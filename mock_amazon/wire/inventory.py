"""FBA Inventory v1: what its requests ask for, and how stock is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mock_amazon.errors import InvalidInput, violation
from mock_amazon.listings.fba import REASONS
from mock_amazon.models import FbaStock
from mock_amazon.moments import read, written_short
from mock_amazon.wire import parameters
from mock_amazon.wire.listings_paths import is_sku
from mock_amazon.wire.parameters import Query
from simkit import jsons

CHECK_INPUT = "Invalid request, please check your input."
"""amzn/selling-partner-api-docs#3591."""
_BAD_START = "Query parameter [startDateTime] value is not a valid ISO date-time object."
"""amzn/selling-partner-api-docs#110."""
OLDEST = timedelta(days=548)
"""18 months."""
MOST_SKUS = 50
MOST_UNITS = 1_000_000


@dataclass(frozen=True)
class SummarySearch:
    marketplace_id: str
    details: bool
    since: datetime | None
    skus: frozenset[str] | None
    """None: all of them."""

    def bound_to(self) -> list[Any]:
        return [self.marketplace_id, str(self.since), sorted(self.skus or ())]


@dataclass(frozen=True)
class Addition:
    """Units that arrive."""

    marketplace_id: str
    sku: str
    units: int


def summary_search_of(query: Query, now: datetime) -> SummarySearch:
    """Raises InvalidInput."""
    parameters.enums(query, "granularityType", ("Marketplace",))
    if query.get("granularityType") != "Marketplace":
        raise InvalidInput(CHECK_INPUT, "granularityType")
    marketplace_id = _marketplace(query)
    since = _since(query, now)
    return SummarySearch(
        marketplace_id=marketplace_id,
        details=_flag(query, "details"),
        since=since,
        skus=None if since else _skus(query),  # a start makes the SKUs mean nothing
    )


def _marketplace(query: Query) -> str:
    ids, granularity = parameters.marketplaces(query, "marketplaceIds"), query.get("granularityId")
    if len(ids) != 1 or granularity not in ids:
        raise InvalidInput(CHECK_INPUT, "Give one marketplace as marketplaceIds and as granularityId.")
    return granularity


def _since(query: Query, now: datetime) -> datetime | None:
    text = query.get("startDateTime")
    if not text:
        return None
    since = read(text)
    if since is None:
        raise InvalidInput("This is an invalid input", _BAD_START)
    if since < now - OLDEST:
        raise InvalidInput(CHECK_INPUT, "startDateTime is more than 18 months ago.")
    return since


def _skus(query: Query) -> frozenset[str] | None:
    skus = parameters.many(query, "sellerSkus")
    if len(skus) > MOST_SKUS:
        limit = f"Member must have length less than or equal to {MOST_SKUS}"
        raise violation(f"'[{', '.join(skus)}]'", "sellerSkus", limit)
    single = query.get("sellerSku")
    wanted = frozenset(skus or ([single] if single else []))
    if not all(map(is_sku, wanted)):
        raise InvalidInput(CHECK_INPUT, "sellerSkus" if skus else "sellerSku")
    return wanted or None


def _flag(query: Query, name: str) -> bool:
    text = (query.get(name) or "false").lower()
    if text not in {"true", "false"}:
        raise violation(f"'{text}'", name, "Member must satisfy enum value set: [true, false]")
    return text == "true"


def read_item(body: bytes) -> tuple[str, str, str]:
    """Marketplace, seller SKU and name of the product.

    Raises InvalidInput.
    """
    content = _object(body)
    names = ("marketplaceId", "sellerSku", "productName")
    marketplace_id, sku, name = (_text(content, key) for key in names)
    return marketplace_id, sku, name


def read_additions(body: bytes) -> list[Addition]:
    """Raises InvalidInput."""
    items = _object(body).get("inventoryItems", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise InvalidInput(CHECK_INPUT, "inventoryItems")
    return [_addition(item) for item in items]


def _addition(item: Mapping[str, Any]) -> Addition:
    units = item.get("quantity")
    if not isinstance(units, int) or isinstance(units, bool) or not 0 <= units <= MOST_UNITS:
        raise InvalidInput(CHECK_INPUT, f"quantity: {units!r}")
    return Addition(_text(item, "marketplaceId"), _text(item, "sellerSku"), units)


def _text(content: Mapping[str, Any], key: str) -> str:
    text = content.get(key)
    if not isinstance(text, str) or not is_sku(text):
        raise InvalidInput(CHECK_INPUT, key)
    return text


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = jsons.load(body)
    except ValueError:
        raise InvalidInput(CHECK_INPUT, "The body is not JSON.") from None
    if not isinstance(content, dict):
        raise InvalidInput(CHECK_INPUT, "The body is not an object.")
    return content


def summary_json(stock: FbaStock, *, details: bool) -> dict[str, Any]:
    return {
        "asin": stock.asin,
        "fnSku": stock.fn_sku,
        "sellerSku": stock.seller_sku,
        "condition": "NewItem",
        **({"inventoryDetails": _details(stock)} if details else {}),
        "lastUpdatedTime": written_short(stock.updated),
        "productName": stock.product_name,
        "totalQuantity": stock.total,
        "stores": [],
    }


def _details(stock: FbaStock) -> dict[str, Any]:
    researching = dict.fromkeys(("ShortTerm", "MidTerm", "LongTerm"), 0) | {"ShortTerm": stock.researching}
    return {
        "fulfillableQuantity": stock.fulfillable,
        "inboundWorkingQuantity": stock.inbound_working,
        "inboundShippedQuantity": stock.inbound_shipped,
        "inboundReceivingQuantity": stock.inbound_receiving,
        "reservedQuantity": {
            "totalReservedQuantity": stock.reserved,
            "pendingCustomerOrderQuantity": stock.ordered,
            "pendingTransshipmentQuantity": stock.transshipment,
            "fcProcessingQuantity": stock.processing,
        },
        "researchingQuantity": {
            "totalResearchingQuantity": stock.researching,
            "researchingQuantityBreakdown": [
                {"name": f"researchingQuantityIn{term}", "quantity": units}
                for term, units in researching.items()
            ],
        },
        "unfulfillableQuantity": {
            "totalUnfulfillableQuantity": stock.unsellable,
            **{f"{reason}Quantity": stock.unfulfillable.get(reason, 0) for reason in REASONS},
        },
    }
