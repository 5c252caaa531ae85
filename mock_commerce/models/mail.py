"""The mails that Commerce would have sent. Nobody gets them; they are kept to be looked at."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mock_commerce.models.base import Base
from simkit.database import Utc


class Mail(Base):
    __tablename__ = "sim_mail"

    mail_id: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[Utc]
    kind: Mapped[str] = mapped_column(String(64))
    customer_id: Mapped[int | None]
    order_id: Mapped[int | None]
    token: Mapped[str | None] = mapped_column(String(64))
    """What the link in the mail would hold."""
