"""The link of a Commerce order to the Amazon order that it came from."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_commerce.models import Base, Order


class AmazonOrder(Base):
    """One row per Amazon order, for ever: the key is what makes placing idempotent."""

    __tablename__ = "channel_amazon_order"

    amazon_order_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.entity_id"), unique=True)
    fulfilled_by: Mapped[str] = mapped_column(String(16))
    tax_included: Mapped[bool]
    order: Mapped[Order] = relationship(lazy="joined", innerjoin=True)
