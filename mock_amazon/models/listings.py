"""What sellers offer, and their stock in Amazon's warehouses."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mock_amazon.listings.attributes import price_of, quantity_of, with_quantity
from mock_amazon.listings.issues import Issue
from mock_amazon.listings.standing import issues_of, statuses_of
from mock_amazon.marketplaces import BY_ID, Marketplace
from mock_amazon.models.base import Base
from simkit.database import Utc


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
    product_type: Mapped[str] = mapped_column(String(200))
    requirements: Mapped[str | None] = mapped_column(String(40))
    """What its seller has to fill in; None where the control API made it: nothing is missing then."""
    attributes: Mapped[dict[str, list[dict[str, Any]]]] = mapped_column(JSON)
    """Replaced as a whole, never changed in place. Quantity and price stand in them."""
    created: Mapped[Utc]
    updated: Mapped[Utc]

    @property
    def marketplace(self) -> Marketplace:
        return BY_ID[self.marketplace_id]

    @property
    def quantity(self) -> int | None:
        """The merchant's units that are for sale; None: not limited, or not the merchant's."""
        return quantity_of(self.attributes)

    @quantity.setter
    def quantity(self, units: int | None) -> None:
        self.attributes = with_quantity(self.attributes, units, self.marketplace_id)

    @property
    def price(self) -> str | None:
        """What everybody pays, in the currency of the marketplace."""
        price = price_of(self.attributes)
        return None if price is None else self.marketplace.amount(price)

    @property
    def issues(self) -> list[Issue]:
        return issues_of(self.requirements, self.attributes)

    def statuses(self, at_amazon: int | None) -> list[str]:
        """BUYABLE, DISCOVERABLE, both or none; ``at_amazon``: units that Amazon could ship."""
        return statuses_of(self.requirements, self.attributes, at_amazon)


class FbaStock(Base):
    """Units of a seller SKU in Amazon's network, for one marketplace."""

    __tablename__ = "fba_stock"
    __table_args__ = (UniqueConstraint("seller_id", "marketplace_id", "seller_sku"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"))
    marketplace_id: Mapped[str] = mapped_column(String(20))
    seller_sku: Mapped[str] = mapped_column(String(200))
    asin: Mapped[str] = mapped_column(String(20))
    fn_sku: Mapped[str] = mapped_column(String(20))
    product_name: Mapped[str] = mapped_column(String(500))
    fulfillable: Mapped[int]
    ordered: Mapped[int]
    """Reserved for orders that are not shipped yet."""
    transshipment: Mapped[int]
    processing: Mapped[int]
    inbound_working: Mapped[int]
    inbound_shipped: Mapped[int]
    inbound_receiving: Mapped[int]
    researching: Mapped[int]
    unfulfillable: Mapped[dict[str, int]] = mapped_column(JSON)
    """By the reason that Amazon gives, such as ``defective``."""
    updated: Mapped[Utc]
    """When any quantity but an inbound one last changed."""

    @property
    def marketplace(self) -> Marketplace:
        return BY_ID[self.marketplace_id]

    @property
    def reserved(self) -> int:
        return self.ordered + self.transshipment + self.processing

    @property
    def unsellable(self) -> int:
        return sum(self.unfulfillable.values())

    @property
    def total(self) -> int:
        """All units in Amazon's network and on their way there."""
        inbound = self.inbound_working + self.inbound_shipped + self.inbound_receiving
        return self.fulfillable + self.reserved + self.unsellable + self.researching + inbound


class FbaAddition(Base):
    """A call of addInventory that was carried out, by its idempotency token."""

    __tablename__ = "fba_addition"
    __table_args__ = (UniqueConstraint("seller_id", "token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"))
    token: Mapped[str] = mapped_column(String(200))
