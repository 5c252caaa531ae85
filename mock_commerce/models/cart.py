"""Carts (Commerce calls them quotes) and their lines. Prices and names are the products', always."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_commerce.models.base import Base, JsonObject
from simkit.database import Money, Utc


class CartItem(Base):
    __tablename__ = "quote_item"

    item_id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("quote.entity_id"), index=True)
    sku_key: Mapped[str] = mapped_column(String(64))
    quantity: Mapped[Money]
    choice: Mapped[JsonObject] = mapped_column(default=dict)
    """Of a configurable product or a bundle: the options, as ``product_option`` has them."""


class Cart(Base):
    """A cart until it is an order: inactive then. Guests know it by its mask only."""

    __tablename__ = "quote"

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    masked_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    store_id: Mapped[int]
    customer_id: Mapped[int | None] = mapped_column(index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    reserved_order_id: Mapped[str | None] = mapped_column(String(64))
    customer_email: Mapped[str | None] = mapped_column(String(255))
    billing_address: Mapped[JsonObject | None]
    shipping_address: Mapped[JsonObject | None]
    shipping_method: Mapped[str | None]
    """Carrier and method, such as ``flatrate_flatrate``."""
    payment: Mapped[JsonObject] = mapped_column(default=dict)
    created_at: Mapped[Utc]
    updated_at: Mapped[Utc]

    items: Mapped[list[CartItem]] = relationship(order_by=CartItem.item_id, cascade="all, delete-orphan")
