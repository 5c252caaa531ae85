"""Products, and what of them is where: sources, source items, reservations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mock_commerce.models.base import Base, JsonList, JsonObject
from simkit.database import Money, Utc

MAX_SALE_QTY = Decimal(10_000)
"""What may be bought at once unless a product says otherwise."""


def sku_key(sku: str) -> str:
    """What SKUs are compared by: Commerce's database ignores case."""
    return sku.casefold()


class Product(Base):
    """A product with its stock settings. ``overrides`` holds what single store views see instead."""

    __tablename__ = "catalog_product_entity"

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(String(64))
    sku_key: Mapped[str] = mapped_column(String(64), unique=True)
    type_id: Mapped[str] = mapped_column(String(32), default="simple")
    attribute_set_id: Mapped[int] = mapped_column(default=4)
    name: Mapped[str]
    price: Mapped[Money] = mapped_column(default=Decimal(0))
    weight: Mapped[Money | None]
    status: Mapped[int] = mapped_column(default=1)
    visibility: Mapped[int] = mapped_column(default=4)
    website_ids: Mapped[JsonList] = mapped_column(default=lambda: [1])
    overrides: Mapped[JsonObject] = mapped_column(default=dict)
    extra: Mapped[JsonObject] = mapped_column(default=dict)
    """Parts of the wire document that are only kept: category links, custom attributes, tier prices …"""
    manage_stock: Mapped[bool] = mapped_column(default=True)
    in_stock: Mapped[bool] = mapped_column(default=True)
    """The merchant's wish; a source item of quantity 0 is out of stock whatever the wish is."""
    backorders: Mapped[int] = mapped_column(default=0)
    min_qty: Mapped[Money] = mapped_column(default=Decimal(0))
    min_sale_qty: Mapped[Money] = mapped_column(default=Decimal(1))
    max_sale_qty: Mapped[Money] = mapped_column(default=MAX_SALE_QTY)
    qty_increments: Mapped[Money] = mapped_column(default=Decimal(1))
    created_at: Mapped[Utc]
    updated_at: Mapped[Utc]

    def seen_from(self, store_id: int, attribute: str) -> Any:
        """The value of a scoped attribute (name, status, visibility) in a store view."""
        return self.overrides.get(str(store_id), {}).get(attribute, getattr(self, attribute))

    @property
    def is_virtual(self) -> bool:
        return self.type_id == "virtual"


class Source(Base):
    """A place where stock lies; all sources belong to stock 1."""

    __tablename__ = "inventory_source"

    source_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    enabled: Mapped[bool] = mapped_column(default=True)


class SourceItem(Base):
    """Physical quantity of one SKU in one source; the SKU need not exist, as in Commerce."""

    __tablename__ = "inventory_source_item"

    sku_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    source_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    sku: Mapped[str] = mapped_column(String(64))
    quantity: Mapped[Money]
    status: Mapped[int] = mapped_column(default=1)


class Reservation(Base):
    """A change of the salable quantity: below zero holds back, above zero compensates."""

    __tablename__ = "inventory_reservation"
    __table_args__ = (Index("ix_reservation_sku", "sku_key", "quantity"),)

    reservation_id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(index=True)
    sku: Mapped[str] = mapped_column(String(64))
    sku_key: Mapped[str] = mapped_column(String(64))
    quantity: Mapped[Money]
    event: Mapped[str] = mapped_column(String(32))
