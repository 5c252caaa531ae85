"""Customers with their address books and groups."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_commerce.models.base import Base, JsonObject
from simkit.database import Utc

GENERAL_GROUP = 1


class CustomerGroup(Base):
    """A group of customers; 0 is of those who are not signed in."""

    __tablename__ = "customer_group"

    customer_group_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    tax_class_id: Mapped[int] = mapped_column(default=3)


class CustomerAddress(Base):
    """An entry of an address book. ``fields`` is its wire document without ids and default flags."""

    __tablename__ = "customer_address_entity"

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer_entity.entity_id"), index=True)
    fields: Mapped[JsonObject]


class Customer(Base):
    """An account. ``extra`` keeps parts of the wire document that no rule looks at."""

    __tablename__ = "customer_entity"
    __table_args__ = (UniqueConstraint("email", "website_id", name="uq_customer_email"),)

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255))
    website_id: Mapped[int] = mapped_column(ForeignKey("store_website.website_id"))
    store_id: Mapped[int | None]
    """The store view of the account's making; None: the first of the website."""
    group_id: Mapped[int] = mapped_column(default=GENERAL_GROUP)
    firstname: Mapped[str]
    lastname: Mapped[str]
    password_hash: Mapped[str | None]
    """None: nobody can sign in as that customer."""
    reset_token: Mapped[str | None] = mapped_column(String(32))
    """What the mail about a forgotten password holds."""
    is_active: Mapped[bool] = mapped_column(default=True)
    default_billing: Mapped[int | None]
    default_shipping: Mapped[int | None]
    extra: Mapped[JsonObject] = mapped_column(default=dict)
    created_at: Mapped[Utc]
    updated_at: Mapped[Utc | None]

    addresses: Mapped[list[CustomerAddress]] = relationship(
        order_by=CustomerAddress.entity_id, cascade="all, delete-orphan"
    )
