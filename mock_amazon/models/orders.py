"""The one order aggregate."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_amazon.marketplaces import BY_ID, Marketplace
from mock_amazon.models.base import Base
from mock_amazon.ordering.fact_words import SHIP_PLUS
from mock_amazon.ordering.lifecycle import Channel, Quantities, Status
from mock_amazon.ordering.totals import EXTRAS
from simkit.database import Money, Utc, UTCDateTime


class Order(Base):
    """A customer's order. Its renderings are written whenever it changes.

    ``document`` is the whole of 2026-01-01; Orders v0 is kept in parts, for each token to see its own.
    """

    __tablename__ = "amazon_order"
    __table_args__ = (
        Index("ix_order_updated", "seller_id", "marketplace_id", "last_update", "amazon_order_id"),
        Index("ix_order_updated_all", "seller_id", "last_update", "amazon_order_id"),
        Index("ix_order_created", "seller_id", "purchase_date", "amazon_order_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(200), unique=True)
    """The name that a scenario gave it."""
    amazon_order_id: Mapped[str] = mapped_column(String(19), unique=True)
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"))
    marketplace_id: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(20))
    purchase_date: Mapped[Utc]
    last_update: Mapped[Utc]
    service_level: Mapped[str] = mapped_column(String(20))
    prime: Mapped[bool]
    business: Mapped[bool]
    premium: Mapped[bool]
    replacement_of: Mapped[str | None] = mapped_column(String(19))
    regulated: Mapped[bool] = mapped_column(default=False)
    buyer_name: Mapped[str] = mapped_column(String(200))
    buyer_email: Mapped[str] = mapped_column(String(200))
    buyer_facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Company, purchase order number, tax ids: what few buyers have."""
    ship_to: Mapped[dict[str, str]] = mapped_column(JSON)
    hidden_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Until then no list shows it, though it is found by its number."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What few orders have, in the words of ``wire.facts``; what is searched by has columns instead."""
    seller_order_id: Mapped[str | None] = mapped_column(String(200), index=True)
    """The seller's own number: placed with it, or told in an acknowledgement."""
    payment_method: Mapped[str] = mapped_column(String(5), default="Other")
    easy_ship: Mapped[str | None] = mapped_column(String(20))
    electronic_invoice: Mapped[str | None] = mapped_column(String(20))
    supply_source: Mapped[str | None] = mapped_column(String(200))
    in_store_pickup: Mapped[bool] = mapped_column(default=False)
    store_chain_store: Mapped[str | None] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(Text)
    unpaid_document: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The same with the prices that a pending order may have by a quirk."""
    payment: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The block PAYMENT, which nearly every order has and few ask for."""
    rare_blocks: Mapped[str] = mapped_column(String(100), default="")
    """Names of what the document has beside the usual blocks, in a row."""
    phone_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When the phone number disappears, if it does."""
    earliest_delivery: Mapped[datetime | None] = mapped_column(UTCDateTime)
    latest_delivery: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """What v0 filters by; None while the buyer is promised nothing."""
    v0_order: Mapped[str | None] = mapped_column(Text, deferred=True)
    """Without address and buyer."""
    v0_place: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The part of the address that names no person."""
    v0_address: Mapped[str | None] = mapped_column(Text, deferred=True)
    v0_buyer: Mapped[str | None] = mapped_column(Text, deferred=True)
    cancel_request: Mapped[str | None] = mapped_column(String(500))
    """Why the buyer asks to cancel, once that was asked."""
    life: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """What is still to happen to it by itself, and when."""
    told_status: Mapped[str | None] = mapped_column(String(20))
    """The status that notifications told of last."""
    told_request: Mapped[bool] = mapped_column(default=False)
    """Whether notifications told that the buyer asks to cancel."""
    v0_tax: Mapped[str | None] = mapped_column(Text, deferred=True)
    """What a business buyer's invoice needs."""
    v0_delivery: Mapped[str | None] = mapped_column(Text, deferred=True)
    """What getOrderAddress tells beside the address."""

    items: Mapped[list[OrderItem]] = relationship(order_by="OrderItem.id", cascade="all, delete-orphan")
    packages: Mapped[list[Package]] = relationship(order_by="Package.id", cascade="all, delete-orphan")

    @property
    def marketplace(self) -> Marketplace:
        return BY_ID[self.marketplace_id]

    @property
    def state(self) -> Status:
        return Status(self.status)

    @property
    def by_amazon(self) -> bool:
        return self.channel == Channel.AFN

    @property
    def preorder(self) -> bool:
        return self.state is Status.PENDING_AVAILABILITY or self.facts.get("order_type") == "Preorder"

    @property
    def order_type(self) -> str:
        """The kind of order in the words of Orders v0."""
        return "Preorder" if self.preorder else str(self.facts.get("order_type", "StandardOrder"))

    @property
    def address_type(self) -> str:
        return self.ship_to.get("type") or ("COMMERCIAL" if self.business else "RESIDENTIAL")

    @property
    def to_pickup_point(self) -> bool:
        """Whether the buyer fetches it at a locker or a counter."""
        return self.address_type == "PICKUP_POINT"

    @property
    def ship_plus(self) -> bool:
        """Whether Amazon itself tells the buyer of the shipment."""
        return any(SHIP_PLUS in item.facts.get("programs", ()) for item in self.items)

    @property
    def ordered(self) -> Quantities:
        return {item.order_item_id: item.quantity for item in self.items}

    @property
    def packed(self) -> dict[str, Quantities]:
        """The packages' contents by their references."""
        return {package.reference: package.quantities for package in self.packages}


class OrderItem(Base):
    """A line of an order; amounts but the unit price are for the whole line."""

    __tablename__ = "order_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("amazon_order.id"), index=True)
    order_item_id: Mapped[str] = mapped_column(String(20), unique=True)
    merchant_item_id: Mapped[str | None] = mapped_column(String(100))
    sku: Mapped[str] = mapped_column(String(200))
    """As the order was placed with; what Amazon knows is the seller SKU."""
    seller_sku: Mapped[str] = mapped_column(String(200))
    asin: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(500))
    quantity: Mapped[int]
    """Units that are wanted: none any more of a cancelled line."""
    cancelled: Mapped[int] = mapped_column(default=0)
    """Units that were wanted before the line was cancelled."""
    cancelled_by: Mapped[str | None] = mapped_column(String(8), default=None)
    """Who cancelled it, where that was told."""
    unit_price: Mapped[Money]
    tax: Mapped[Money]
    shipping: Mapped[Money]
    discount: Mapped[Money]
    gift_wrap: Mapped[Money]
    gift_message: Mapped[str | None] = mapped_column(Text)
    stock_taken: Mapped[int | None]
    """Units that it holds or has held of the stock for sale; None until it was looked at."""
    stock_gone: Mapped[int | None]
    """Of these, the units that have left Amazon's warehouse."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What few lines have, in the words of ``wire.facts``, and the amounts of ``totals.EXTRAS``."""
    v0_item: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The item as Orders v0 shows it, without what its buyer wishes."""
    v0_wrap: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The buyer's wishes that name no person: how it is wrapped."""
    v0_gift: Mapped[str | None] = mapped_column(Text, deferred=True)
    """All of the buyer's wishes."""

    @property
    def extras(self) -> dict[str, Decimal]:
        return {name: Decimal(self.facts[name]) for name in EXTRAS if name in self.facts}

    @property
    def wrap_level(self) -> str | None:
        """How it is wrapped, in the words of the buyer's choice."""
        return self.facts.get("gift_wrap_level", "Classic") if self.gift_wrap else None

    @property
    def is_gift(self) -> bool:
        return self.gift_wrap > Decimal(0) or self.gift_message is not None


class Package(Base):
    """A parcel of an order; the reference is the sender's and counts within the order."""

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("order_id", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("amazon_order.id"))
    reference: Mapped[str] = mapped_column(String(60))
    created: Mapped[Utc]
    ship_date: Mapped[Utc]
    carrier: Mapped[str] = mapped_column(String(200))
    shipping_method: Mapped[str | None] = mapped_column(String(200))
    tracking: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20), default="SHIPPED")
    contents: Mapped[list[PackageItem]] = relationship(
        order_by="PackageItem.id", cascade="all, delete-orphan"
    )

    @property
    def quantities(self) -> Quantities:
        return {content.order_item_id: content.quantity for content in self.contents}


class PackageItem(Base):
    """How many units of an order item are in a package."""

    __tablename__ = "package_item"
    __table_args__ = (UniqueConstraint("package_id", "order_item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"))
    order_item_id: Mapped[str] = mapped_column(ForeignKey("order_item.order_item_id"))
    quantity: Mapped[int]
    transparency_codes: Mapped[list[str]] = mapped_column(JSON)
