"""Websites, store views, customers and the settings of the simulator."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_commerce.models.base import Base
from simkit.database import Utc


class Website(Base):
    __tablename__ = "store_website"

    website_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    group_name: Mapped[str]
    """Each website has one store group, whose id is the website's."""


class Store(Base):
    """A store view; id 0 is the admin's."""

    __tablename__ = "store"

    store_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    website_id: Mapped[int] = mapped_column(ForeignKey("store_website.website_id"))
    website: Mapped[Website] = relationship(lazy="joined", innerjoin=True)

    @property
    def full_name(self) -> str:
        """What orders carry as ``store_name``."""
        return f"{self.website.name}\n{self.website.group_name}\n{self.name}"


class Customer(Base):
    __tablename__ = "customer_entity"
    __table_args__ = (UniqueConstraint("email", "website_id", name="uq_customer_email"),)

    entity_id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255))
    website_id: Mapped[int] = mapped_column(ForeignKey("store_website.website_id"))
    firstname: Mapped[str]
    lastname: Mapped[str]
    password_hash: Mapped[str | None]
    """None: nobody can sign in as that customer."""
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Utc]


class Setting(Base):
    """One switch of the simulated shop (``/_sim/config``) or a value that a module keeps."""

    __tablename__ = "core_config_data"

    path: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
