"""What sellers offer."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mock_amazon.models.base import Base


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
