"""What Amazon keeps: sellers, applications, tokens, listings and the one order aggregate."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship

from mock_amazon.lifecycle import Channel, Quantities, Status
from mock_amazon.marketplaces import BY_ID, Marketplace
from simkit.database import WHOLE_NUMBERS, Money, Utc, UTCDateTime
from simkit.ids import counter_table


class Base(DeclarativeBase):
    """Base of all models."""

    registry = registry(type_annotation_map={int: WHOLE_NUMBERS})


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
counters = counter_table(Base.metadata)


class Application(Base):
    """A developer's application, known to Login with Amazon."""

    __tablename__ = "application"

    client_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    client_secret: Mapped[str] = mapped_column(String(200))


class Seller(Base):
    """A seller account that has authorised the application."""

    __tablename__ = "seller"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    refresh_token: Mapped[str] = mapped_column(String(200), unique=True)
    switched: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The switches that are not in their default position."""
    participations: Mapped[list[Participation]] = relationship(order_by="Participation.id")

    @property
    def marketplaces(self) -> list[Marketplace]:
        return [BY_ID[participation.marketplace_id] for participation in self.participations]


class Participation(Base):
    """A marketplace in which a seller sells."""

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("seller_id", "marketplace_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"))
    marketplace_id: Mapped[str] = mapped_column(String(20))


class AccessToken(Base):
    """An access token; one without a seller is of the client credentials grant, ``restricted`` of an RDT."""

    __tablename__ = "access_token"

    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("application.client_id"))
    seller_id: Mapped[str | None] = mapped_column(ForeignKey("seller.id"))
    expires: Mapped[Utc]
    restricted: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))


class Listing(Base):
    """What a seller offers under which seller SKU; ``sku`` is what the shop's catalog calls it."""

    __tablename__ = "listing"
    __table_args__ = (
        UniqueConstraint("seller_id", "marketplace_id", "sku"),
        UniqueConstraint("seller_id", "marketplace_id", "seller_sku"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"))
    marketplace_id: Mapped[str] = mapped_column(String(20))
    sku: Mapped[str] = mapped_column(String(200))
    seller_sku: Mapped[str] = mapped_column(String(200))
    asin: Mapped[str] = mapped_column(String(20))


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
    buyer_name: Mapped[str] = mapped_column(String(200))
    buyer_email: Mapped[str] = mapped_column(String(200))
    ship_to: Mapped[dict[str, str]] = mapped_column(JSON)
    document: Mapped[str] = mapped_column(Text)
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
    sku: Mapped[str] = mapped_column(String(200))
    """As the order was placed with; what Amazon knows is the seller SKU."""
    seller_sku: Mapped[str] = mapped_column(String(200))
    asin: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(500))
    quantity: Mapped[int]
    unit_price: Mapped[Money]
    tax: Mapped[Money]
    shipping: Mapped[Money]
    discount: Mapped[Money]
    gift_wrap: Mapped[Money]
    gift_message: Mapped[str | None] = mapped_column(Text)
    v0_item: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The item as Orders v0 shows it, without what its buyer wishes."""
    v0_wrap: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The buyer's wishes that name no person: how it is wrapped."""
    v0_gift: Mapped[str | None] = mapped_column(Text, deferred=True)
    """All of the buyer's wishes."""

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
