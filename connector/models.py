"""What the connector remembers. Rules that a database can hold are held here (F57, Y-08)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connector.database import Base, Money, Utc
from connector.domain.settings import OrderSettings
from connector.domain.statuses import Phase


class Store(Base):
    """One seller account on one marketplace, tied to a Commerce website (G-01)."""

    __tablename__ = "store"
    __table_args__ = (UniqueConstraint("seller", "marketplace", name="one_store_per_account_and_country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    seller: Mapped[str] = mapped_column(String(50))
    marketplace: Mapped[str] = mapped_column(String(2))
    website: Mapped[str] = mapped_column(String(64))
    website_id: Mapped[int | None]
    store_view: Mapped[str] = mapped_column(String(64), default="")
    """The website's default store view, found when the store was connected."""
    stock_id: Mapped[int | None]
    refresh_token: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="incomplete")
    """incomplete (added, not connected) or active."""
    connected_at: Mapped[Utc | None]
    settings_json: Mapped[dict[str, str]] = mapped_column("settings", JSON, default=dict)
    watermark: Mapped[Utc | None]
    """Every change at Amazon up to here is stored (I10)."""
    window_from: Mapped[Utc | None]
    window_to: Mapped[Utc | None]
    window_token: Mapped[str | None] = mapped_column(Text)
    """Bounds and next page of a window that is not finished."""
    commerce_watermark: Mapped[str | None] = mapped_column(String(30))
    """The newest ``updated_at`` seen in Commerce, in Commerce's own spelling."""
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[Utc | None]
    problem: Mapped[str | None] = mapped_column(String(30))
    """A blocker code of the whole store, shown once (F37)."""
    problem_text: Mapped[str | None] = mapped_column(Text)
    problem_resolution: Mapped[str | None] = mapped_column(Text)

    @property
    def settings(self) -> OrderSettings:
        return OrderSettings(self.settings_json)


class OrderRow(Base):
    """An Amazon order: a row of the Amazon orders table, and its link to the Commerce order."""

    __tablename__ = "amazon_order"
    __table_args__ = (
        UniqueConstraint("store_id", "amazon_order_id", name="one_row_per_order"),
        UniqueConstraint("store_id", "commerce_order_id", name="one_link_per_commerce_order"),
        Index("work", "store_id", "phase", "purchased_at", "id"),
        Index("listing", "store_id", "purchased_at", "id", "table_status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    amazon_order_id: Mapped[str] = mapped_column(String(30))
    document: Mapped[str] = mapped_column(Text)
    """The order as Amazon sent it, stored before anything is made of it (F16)."""
    amazon_status: Mapped[str] = mapped_column(String(30))
    table_status: Mapped[str | None] = mapped_column(String(30))
    """``None``: not in the table (older than the integration)."""
    by_amazon: Mapped[bool]
    purchased_at: Mapped[Utc]
    updated_at: Mapped[Utc]
    """Amazon's last update, the version that is stored."""
    seen_at: Mapped[Utc]
    buyer_name: Mapped[str] = mapped_column(String(200), default="")
    currency: Mapped[str] = mapped_column(String(3), default="")
    total: Mapped[Money | None]
    phase: Mapped[str] = mapped_column(String(30), default=Phase.SEEN)
    note: Mapped[str | None] = mapped_column(Text)
    """The newest text only (O-03)."""
    blockers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """``{code, data}`` each, the primary one first."""
    blocked_since: Mapped[Utc | None]
    error: Mapped[str | None] = mapped_column(Text)
    """A technical failure, with the time of its next try."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[Utc | None]
    commerce_order_id: Mapped[int | None]
    commerce_number: Mapped[str | None] = mapped_column(String(50))
    commerce_items: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Amazon's order item id to Commerce's (F77)."""
    commerce_state: Mapped[str | None] = mapped_column(String(30))
    """As last seen; ``None``: the Commerce order has to be looked at, however old its last change is."""

    store: Mapped[Store] = relationship()


class ShipmentRow(Base):
    """A shipment that both sides have or are to have: a Commerce document and an Amazon package."""

    __tablename__ = "shipment"
    __table_args__ = (
        UniqueConstraint("order_id", "commerce_shipment_id", name="one_row_per_commerce_shipment"),
        UniqueConstraint("order_id", "reference", name="one_row_per_package"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("amazon_order.id"))
    origin: Mapped[str] = mapped_column(String(10))
    """commerce or amazon: the side on which it was made."""
    commerce_shipment_id: Mapped[int | None]
    reference: Mapped[str] = mapped_column(String(40))
    """The package's number at Amazon, or the marker in the Commerce shipment's comment."""
    units: Mapped[dict[str, int]] = mapped_column(JSON)
    """Amazon's order item id to units."""
    confirmed: Mapped[bool] = mapped_column(default=False)
    """Amazon knows it."""


class Command(Base):
    """A durable command of the outbox. A done one stays: its key says that it was done (F72, F76)."""

    __tablename__ = "outbox"
    __table_args__ = (Index("open_commands", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(100), unique=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("amazon_order.id"))
    kind: Mapped[str] = mapped_column(String(10))
    """confirm (to Amazon), ship, invoice, cancel (to Commerce)."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(20), default="open")
    """open, needs_tracking, done, dropped."""
    tried_at: Mapped[Utc | None]
    """Set before a call is made: from then on the command counts as perhaps done (F58)."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[Utc | None]
    error: Mapped[str | None] = mapped_column(Text)

    order: Mapped[OrderRow] = relationship()


class Match(Base):
    """A seller SKU tied by hand to a catalog product (G-14)."""

    __tablename__ = "match"
    __table_args__ = (UniqueConstraint("store_id", "seller_sku", name="one_match_per_seller_sku"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    seller_sku: Mapped[str] = mapped_column(String(100))
    sku: Mapped[str] = mapped_column(String(64))


class Run(Base):
    """One pass over one store."""

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    sync: Mapped[int]
    """Runs of one sync over several stores share this number."""
    started_at: Mapped[Utc]
    ended_at: Mapped[Utc | None]
    seen: Mapped[int] = mapped_column(default=0)
    imported: Mapped[int] = mapped_column(default=0)
    blocked: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)


class Banner(Base):
    """The system message that Commerce shows, as it was last sent (M-01)."""

    __tablename__ = "system_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
