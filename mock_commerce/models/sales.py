"""Orders with their lines and comments, and the documents made from them.

Each row carries its wire document as bytes; the columns beside it are what rules and filters need.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import Connection, ForeignKey, Index, LargeBinary, String, Table, UniqueConstraint, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship, validates

from mock_commerce.models.base import Base, JsonObject
from simkit.database import Money, Utc

ZERO = Decimal(0)
_OFTEN = ("status_key", "state_key", "store_id")
_TIMES = ("created_at", "updated_at")


def _lowered(name: str) -> Callable[[DefaultExecutionContext], str | None]:
    """The default of a column: another one without case, for rows that no object was made of."""

    def value(context: DefaultExecutionContext) -> str | None:
        text = context.get_current_parameters()[name]  # type: ignore[no-untyped-call] # SQLAlchemy's
        return None if text is None else str(text).casefold()

    return value


class OrderItem(Base):
    __tablename__ = "sales_order_item"

    item_id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.entity_id"), index=True)
    sku: Mapped[str] = mapped_column(String(255))
    name: Mapped[str | None]
    product_id: Mapped[int | None]
    product_type: Mapped[str] = mapped_column(String(32), default="simple")
    is_virtual: Mapped[bool] = mapped_column(default=False)
    ext_order_item_id: Mapped[str | None]
    qty_ordered: Mapped[Money]
    qty_invoiced: Mapped[Money] = mapped_column(default=ZERO)
    qty_shipped: Mapped[Money] = mapped_column(default=ZERO)
    qty_refunded: Mapped[Money] = mapped_column(default=ZERO)
    qty_canceled: Mapped[Money] = mapped_column(default=ZERO)
    price: Mapped[Money] = mapped_column(default=ZERO)
    price_incl_tax: Mapped[Money] = mapped_column(default=ZERO)
    row_total: Mapped[Money] = mapped_column(default=ZERO)
    row_total_incl_tax: Mapped[Money] = mapped_column(default=ZERO)
    tax_amount: Mapped[Money] = mapped_column(default=ZERO)
    discount_amount: Mapped[Money] = mapped_column(default=ZERO)
    parent_item_id: Mapped[int | None]
    has_children: Mapped[bool] = mapped_column(default=False)
    ships_separately: Mapped[bool] = mapped_column(default=False)
    """Of a bundle and its children: each child is shipped for itself."""
    priced_by_child: Mapped[bool] = mapped_column(default=False)
    """Of a bundle and its children: each child has its own price."""
    extra: Mapped[JsonObject] = mapped_column(default=dict)

    @property
    def is_priced(self) -> bool:
        """Whether its own quantities are invoiced; Commerce calls the other ones dummies."""
        return self._counts(by_child=bool(self.priced_by_child))

    @property
    def is_shipped(self) -> bool:
        """Whether its own quantities are shipped."""
        return self._counts(by_child=bool(self.ships_separately))

    def _counts(self, *, by_child: bool) -> bool:
        if self.has_children:
            return not by_child
        return self.parent_item_id is None or by_child


class OrderComment(Base):
    __tablename__ = "sales_order_status_history"

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.entity_id"), index=True)
    comment: Mapped[str | None]
    status: Mapped[str | None]
    is_customer_notified: Mapped[int] = mapped_column(default=0)
    is_visible_on_front: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Utc]


class Order(Base):
    """A sales order. ``extra`` keeps fields of the wire document that no rule looks at."""

    __tablename__ = "sales_order"
    # An index for each usual order of pages, with what they are filtered by.
    __table_args__ = (
        UniqueConstraint("increment_id", "store_id", name="uq_sales_order_increment"),
        Index("ix_sales_order_ids", "entity_id", *_OFTEN, *_TIMES, "grand_total", "customer_email_key"),
        Index("ix_sales_order_status", "status_key", "entity_id", "state_key", "store_id", *_TIMES),
        Index("ix_sales_order_state", "state_key", "entity_id", "status_key", "store_id", *_TIMES),
        Index("ix_sales_order_created", "created_at", "entity_id", *_OFTEN, "updated_at"),
        Index("ix_sales_order_updated", "updated_at", "entity_id", *_OFTEN, "created_at"),
        Index("ix_sales_order_number", "increment_id_key", "entity_id"),
        Index("ix_sales_order_email", "customer_email_key", "entity_id"),
    )

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    increment_id: Mapped[str] = mapped_column(String(50))
    store_id: Mapped[int]
    ext_order_id: Mapped[str | None] = mapped_column(String(64), index=True)
    sim_name: Mapped[str | None]
    """The name that a scenario gave an ordinary order of the shop."""
    state: Mapped[str | None] = mapped_column(String(32))
    status: Mapped[str | None] = mapped_column(String(32))
    hold_before_state: Mapped[str | None]
    hold_before_status: Mapped[str | None]
    is_virtual: Mapped[bool] = mapped_column(default=False)
    touches_stock: Mapped[bool] = mapped_column(default=True)
    """False where somebody else's warehouse fulfils the order (FBA)."""
    created_at: Mapped[Utc]
    updated_at: Mapped[Utc]
    customer_id: Mapped[int | None] = mapped_column(index=True)
    customer_email: Mapped[str | None] = mapped_column(String(255))
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    grand_total: Mapped[Money] = mapped_column(default=ZERO)
    subtotal: Mapped[Money] = mapped_column(default=ZERO)
    tax_amount: Mapped[Money] = mapped_column(default=ZERO)
    shipping_amount: Mapped[Money] = mapped_column(default=ZERO)
    discount_amount: Mapped[Money] = mapped_column(default=ZERO)
    """Positive here, negative on the wire."""
    gift_wrap: Mapped[Money] = mapped_column(default=ZERO)
    total_paid: Mapped[Money] = mapped_column(default=ZERO)
    total_refunded: Mapped[Money] = mapped_column(default=ZERO)
    shipping_refunded: Mapped[Money] = mapped_column(default=ZERO)
    billing_address: Mapped[JsonObject | None]
    shipping_address: Mapped[JsonObject | None]
    shipping_method: Mapped[str | None]
    payment: Mapped[JsonObject] = mapped_column(default=dict)
    extra: Mapped[JsonObject] = mapped_column(default=dict)
    seen: Mapped[JsonObject | None] = mapped_column(deferred=True)
    """With the quirk ``lost_updates``: how the order was when a call of the last second read it."""
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, default=b"")
    state_key: Mapped[str | None] = mapped_column(String(32), default=_lowered("state"))
    """What filters compare: Commerce's database ignores case, and an index of it answers alone."""
    status_key: Mapped[str | None] = mapped_column(String(32), default=_lowered("status"))
    increment_id_key: Mapped[str] = mapped_column(String(50), default=_lowered("increment_id"))
    customer_email_key: Mapped[str | None] = mapped_column(String(255), default=_lowered("customer_email"))

    items: Mapped[list[OrderItem]] = relationship(order_by=OrderItem.item_id)
    comments: Mapped[list[OrderComment]] = relationship(order_by=OrderComment.entity_id)

    @validates("state", "status", "increment_id", "customer_email")
    def _keep_key(self, name: str, value: str | None) -> str | None:
        setattr(self, f"{name}_key", value if value is None else value.casefold())
        return value


@event.listens_for(Order.__table__, "after_create")
def _tell_sqlite(_table: Table, connection: Connection, **_more: object) -> None:
    """Without numbers SQLite takes a status to be rare, and reads half the orders for those just changed."""
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("ANALYZE sales_order")
    for index in ("ix_sales_order_status", "ix_sales_order_state"):
        rows = ("sales_order", index, "100000 50000 1 1 1 1 1")
        connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", rows)
    connection.exec_driver_sql("ANALYZE sqlite_master")  # reads them


class _Document:
    """What shipments, invoices and credit memos have in common."""

    __tablename__: str

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    increment_id: Mapped[str] = mapped_column(String(50))
    order_id: Mapped[int] = mapped_column(index=True)
    store_id: Mapped[int]
    created_at: Mapped[Utc]
    updated_at: Mapped[Utc]
    document: Mapped[bytes] = mapped_column(LargeBinary, default=b"")

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        name, often = f"ix_{cls.__tablename__}", ("order_id", "store_id")
        return (
            Index(f"{name}_ids", "entity_id", *often, *_TIMES),
            Index(f"{name}_created", "created_at", "entity_id", *often, "updated_at"),
            Index(f"{name}_updated", "updated_at", "entity_id", *often, "created_at"),
            Index(f"{name}_number", "increment_id", "entity_id"),
        )


class Shipment(_Document, Base):
    __tablename__ = "sales_shipment"


class ShipmentTrack(Base):
    """Which shipment a track stands in; the rest is in the shipment's document."""

    __tablename__ = "sales_shipment_track"

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int]


class Invoice(_Document, Base):
    __tablename__ = "sales_invoice"

    state: Mapped[int | None]
    """1 open, 2 paid, 3 canceled; a plain save may leave it out."""


class Creditmemo(_Document, Base):
    __tablename__ = "sales_creditmemo"


class Transaction(Base):
    """What a payment provider did; offline payments have none."""

    __tablename__ = "sales_payment_transaction"

    transaction_id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None]
    order_id: Mapped[int] = mapped_column(index=True)
    payment_id: Mapped[int]
    txn_id: Mapped[str] = mapped_column(String(100))
    parent_txn_id: Mapped[str | None] = mapped_column(String(100))
    txn_type: Mapped[str] = mapped_column(String(15))
    is_closed: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Utc]
