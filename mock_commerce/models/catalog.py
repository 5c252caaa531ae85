"""Products with their values by store view, and the attributes that shops add of their own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mock_commerce.models.base import Base, JsonList, JsonObject
from simkit.database import Money, Utc

MAX_SALE_QTY = Decimal(10_000)
"""What may be bought at once unless a product says otherwise."""


COMPOSITE_TYPES = frozenset({"configurable", "bundle", "grouped"})
COLUMN_ATTRIBUTES = frozenset({"name", "status", "visibility", "url_key", "price"})
"""Attributes of a store view that have a column of their own."""


def sku_key(sku: str) -> str:
    """What SKUs are compared by: Commerce's database ignores case."""
    return sku.casefold()


class Product(Base):
    """A product with its stock settings: those that count, be they its own or the configuration's."""

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
    url_key: Mapped[str | None] = mapped_column(String(255), index=True)
    attributes: Mapped[JsonObject] = mapped_column(default=dict)
    """Custom attributes by code, as all store views see them: text, or a list of texts."""
    website_ids: Mapped[JsonList] = mapped_column(default=lambda: [1])
    overrides: Mapped[JsonObject] = mapped_column(default=dict)
    """Store id (as text) to the attributes, custom ones too, that this store view sees otherwise."""
    extra: Mapped[JsonObject] = mapped_column(default=dict)
    """Parts of the wire document that are only kept: category links, links, options, tier prices …"""
    child_ids: Mapped[JsonList] = mapped_column(default=list)
    """What a configurable product consists of."""
    stock_extra: Mapped[JsonObject] = mapped_column(default=dict)
    """Fields of the legacy stock item that no rule here reads, and its explicit ``use_config_`` flags."""
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
        """The value of a scoped attribute (name, status, visibility, url_key) in a store view."""
        return self.overrides.get(str(store_id), {}).get(attribute, getattr(self, attribute))

    def price_in(self, store_id: int) -> Decimal:
        """The price in a store view: another one than the product's where prices are per website."""
        own = self.overrides.get(str(store_id), {}).get("price")
        return self.price if own is None else Decimal(own)

    def attributes_in(self, store_id: int) -> dict[str, Any]:
        """The custom attributes as a store view sees them."""
        own = self.overrides.get(str(store_id), {})
        return {**self.attributes, **{code: own[code] for code in own if code not in COLUMN_ATTRIBUTES}}

    @property
    def is_virtual(self) -> bool:
        return self.type_id == "virtual"

    @property
    def is_composite(self) -> bool:
        """Whether it has no units of its own, but its children have."""
        return self.type_id in COMPOSITE_TYPES

    @property
    def sells_in_steps(self) -> bool:
        """Whether its increments count: where they were enabled, or are others than 1."""
        return bool(self.stock_extra.get("enable_qty_increments", self.qty_increments != 1))

    @property
    def is_qty_decimal(self) -> bool:
        return bool(self.stock_extra.get("is_qty_decimal"))


class Attribute(Base):
    """An attribute of products: one of those in ``catalog.attributes``, or one that the shop added."""

    __tablename__ = "eav_attribute"

    attribute_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    attribute_code: Mapped[str] = mapped_column(String(255), unique=True)
    frontend_label: Mapped[str]
    frontend_input: Mapped[str] = mapped_column(String(50), default="text")
    backend_type: Mapped[str] = mapped_column(String(8), default="varchar")
    scope: Mapped[str] = mapped_column(String(8), default="store")
    is_required: Mapped[bool] = mapped_column(default=False)
    is_user_defined: Mapped[bool] = mapped_column(default=False)


class AttributeSet(Base):
    """A group of attributes that products have; this shop has one."""

    __tablename__ = "eav_attribute_set"

    attribute_set_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    attribute_set_name: Mapped[str]
    sort_order: Mapped[int] = mapped_column(default=1)
    entity_type_id: Mapped[int] = mapped_column(default=4)
