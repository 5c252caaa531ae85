"""What of products is where: sources, source items, stocks with their websites, reservations."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mock_commerce.models.base import Base, JsonObject
from simkit.database import Money


class Source(Base):
    """A place where units lie; ``details`` holds address and contact as they were given."""

    __tablename__ = "inventory_source"

    source_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    enabled: Mapped[bool] = mapped_column(default=True)
    postcode: Mapped[str] = mapped_column(String(255), default="00000")
    country_id: Mapped[str] = mapped_column(String(2), default="US")
    details: Mapped[JsonObject] = mapped_column(default=dict)


class SourceItem(Base):
    """Physical quantity of one SKU in one source; the SKU need not exist, as in Commerce."""

    __tablename__ = "inventory_source_item"

    sku_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    source_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    sku: Mapped[str] = mapped_column(String(64))
    quantity: Mapped[Money]
    status: Mapped[int] = mapped_column(default=1)


class Stock(Base):
    """What some websites sell from: the units at its sources."""

    __tablename__ = "inventory_stock"

    stock_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(255), unique=True)


class SalesChannel(Base):
    """A website that sells from a stock; each has one stock at most."""

    __tablename__ = "inventory_stock_sales_channel"

    type: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    stock_id: Mapped[int] = mapped_column(index=True)


class StockSourceLink(Base):
    """A source that counts for a stock; units are taken from the lowest priority first."""

    __tablename__ = "inventory_source_stock_link"

    stock_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    priority: Mapped[int] = mapped_column(default=1)


class Reservation(Base):
    """A change of the salable quantity: below zero holds back, above zero compensates."""

    __tablename__ = "inventory_reservation"
    __table_args__ = (Index("ix_reservation_sku", "sku_key", "stock_id", "quantity"),)

    reservation_id: Mapped[int] = mapped_column(primary_key=True)
    stock_id: Mapped[int] = mapped_column(default=1)
    order_id: Mapped[int] = mapped_column(index=True)
    sku: Mapped[str] = mapped_column(String(64))
    sku_key: Mapped[str] = mapped_column(String(64))
    quantity: Mapped[Money]
    event: Mapped[str] = mapped_column(String(32))
