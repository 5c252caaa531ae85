"""Websites, store views and the settings of the simulator."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_commerce.models.base import Base

ADMIN_STORE_ID = 0
"""Values of all store views stand there."""
DEFAULT_STORE_ID = 1


class Website(Base):
    __tablename__ = "store_website"

    website_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    group_name: Mapped[str]
    """Each website has one store group, whose id is the website's."""


class Store(Base):
    """A store view."""

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


class Setting(Base):
    """One switch of the simulated shop (``/_sim/config``) or a value that a module keeps."""

    __tablename__ = "core_config_data"

    path: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
