"""Commerce's answers, JSON to what the connector works with. Ids come as numbers or as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from connector.domain.assessment import Product
from connector.domain.fulfilment import CommerceShipment, Track

ORDER_FIELDS = (
    "items[entity_id,increment_id,ext_order_id,state,status,updated_at,grand_total,"
    "items[item_id,sku,qty_ordered,qty_invoiced,qty_shipped,qty_canceled,qty_refunded]],total_count"
)
DEMAND_FIELDS = (
    "items[entity_id,items[item_id,parent_item_id,sku,qty_ordered,qty_shipped,qty_canceled,qty_refunded]],"
    "total_count"
)


@dataclass(frozen=True)
class OrderLine:
    """Quantities of one line of a Commerce order."""

    item_id: int
    sku: str
    ordered: int
    invoiced: int
    shipped: int
    canceled: int


@dataclass(frozen=True)
class PlacedOrder:
    """A Commerce order as the connector sees it."""

    entity_id: int
    number: str
    ext_order_id: str
    state: str
    status: str
    updated_at: str
    total: Decimal
    lines: tuple[OrderLine, ...]

    @property
    def units_shipped(self) -> int:
        return sum(line.shipped for line in self.lines)

    @property
    def shipped_not_invoiced(self) -> dict[int, int]:
        open_units = {line.item_id: line.shipped - line.invoiced for line in self.lines}
        return {item_id: units for item_id, units in open_units.items() if units > 0}

    @property
    def to_invoice(self) -> int:
        return sum(max(line.ordered - line.invoiced - line.canceled, 0) for line in self.lines)

    @property
    def to_ship(self) -> int:
        return sum(max(line.ordered - line.shipped - line.canceled, 0) for line in self.lines)


def read_order(document: Mapping[str, Any]) -> PlacedOrder:
    return PlacedOrder(
        entity_id=int(document["entity_id"]),
        number=str(document["increment_id"]),
        ext_order_id=str(document.get("ext_order_id") or ""),
        state=str(document.get("state") or ""),
        status=str(document.get("status") or ""),
        updated_at=str(document.get("updated_at") or ""),
        total=Decimal(document.get("grand_total") or 0),
        lines=tuple(_line(item) for item in document.get("items", [])),
    )


def _line(item: Mapping[str, Any]) -> OrderLine:
    # quantities are rounded down; a missing one was null and dropped.
    units = {
        name: int(item.get(f"qty_{name}") or 0) for name in ("ordered", "invoiced", "shipped", "canceled")
    }
    return OrderLine(item_id=int(item["item_id"]), sku=str(item["sku"]), **units)


def read_demand(document: Mapping[str, Any]) -> Counter[str]:
    """Units that an order still needs, by SKU in small letters."""
    items = document.get("items") or []
    skus = {item["item_id"]: item["sku"] for item in items}
    demand: Counter[str] = Counter()
    for item in items:
        if skus.get(item.get("parent_item_id")) == item["sku"]:
            continue  # the variant of a configurable product stands in two rows
        gone = max(int(item.get("qty_shipped") or 0), int(item.get("qty_refunded") or 0))
        units = int(item.get("qty_ordered") or 0) - gone - int(item.get("qty_canceled") or 0)
        demand[str(item["sku"]).casefold()] += max(units, 0)
    return demand


def read_shipment(document: Mapping[str, Any]) -> CommerceShipment:
    tracks = document.get("tracks") or []
    return CommerceShipment(
        shipment_id=int(document["entity_id"]),
        order_id=int(document["order_id"]),
        created_at=str(document.get("created_at") or ""),
        units={int(item["order_item_id"]): int(item["qty"]) for item in document.get("items", [])},
        tracks=tuple(
            Track(str(track["carrier_code"]), str(track["track_number"]), str(track.get("title") or ""))
            for track in tracks
        ),
        comments=tuple(str(comment.get("comment") or "") for comment in document.get("comments") or []),
    )


def read_product(document: Mapping[str, Any]) -> Product:
    extension = document.get("extension_attributes") or {}
    return Product(
        sku=str(document["sku"]),
        enabled=int(document.get("status") or 0) == 1,
        type=str(document.get("type_id") or ""),
        website_ids=frozenset(int(website) for website in extension.get("website_ids") or []),
        id=int(document.get("id") or 0),
    )
