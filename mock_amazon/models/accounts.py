"""Applications, seller accounts and the tokens that let one act for the other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_amazon.marketplaces import BY_ID, Marketplace
from mock_amazon.models.base import Base
from simkit.database import Utc


class Application(Base):
    """A developer's application, known to Login with Amazon."""

    __tablename__ = "application"

    client_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    client_secret: Mapped[str] = mapped_column(String(200))
    app_id: Mapped[str] = mapped_column(String(200), unique=True)
    """What the consent page and delegation know it by."""
    redirect_uris: Mapped[list[str]] = mapped_column(JSON, default=list)
    roles: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """None: every role there is."""
    grants: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The grant types that it may use; None: all."""
    without_role: Mapped[str] = mapped_column(String(20), default="omitted")
    """What Orders 2026-01-01 does with data for which it has no role: omitted or forbidden."""


class Seller(Base):
    """A seller account."""

    __tablename__ = "seller"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    store_name: Mapped[str] = mapped_column(String(200))
    business_type: Mapped[str] = mapped_column(String(40), default="PRIVATE_LIMITED")
    selling_plan: Mapped[str] = mapped_column(String(20), default="PROFESSIONAL")
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
    suspended: Mapped[bool] = mapped_column(default=False)
    """Whether its listings are suspended."""


class Authorization(Base):
    """A seller lets an application act for it. There may be several of a pair: older grants stay good."""

    __tablename__ = "seller_authorization"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("application.client_id"), index=True)
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"), index=True)
    refresh_token: Mapped[str] = mapped_column(String(200), unique=True)
    withdrawn: Mapped[bool] = mapped_column(default=False)


class AuthorizationCode(Base):
    """A code of the consent page, to be exchanged for tokens once."""

    __tablename__ = "authorization_code"

    value: Mapped[str] = mapped_column(String(100), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("application.client_id"))
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"))
    redirect_uri: Mapped[str] = mapped_column(String(2000))
    expires: Mapped[Utc]


class AccessToken(Base):
    """An access token; one without a seller is of the client credentials grant, ``restricted`` of an RDT."""

    __tablename__ = "access_token"

    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("application.client_id"))
    seller_id: Mapped[str | None] = mapped_column(ForeignKey("seller.id"))
    expires: Mapped[Utc]
    restricted: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    scope: Mapped[str | None] = mapped_column(String(100))
    """What a token of the client credentials grant is for."""
    delegate: Mapped[str | None] = mapped_column(ForeignKey("application.client_id"))
    """The application that a restricted data token was made for, if not for its own."""
