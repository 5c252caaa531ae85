"""Bulks: calls that were accepted, and one operation for each thing that is to be done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_commerce.models.base import Base, JsonList, JsonObject
from simkit.database import Utc, UTCDateTime


class Bulk(Base):
    """One accepted call, with its maker and the store view of its address."""

    __tablename__ = "magento_bulk"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    user_type: Mapped[int]
    user_id: Mapped[int]
    """0 for a guest."""
    resources: Mapped[JsonList]
    """The ACL resources that the maker had."""
    store_id: Mapped[int]
    description: Mapped[str]
    start_time: Mapped[Utc]
    operation_count: Mapped[int]
    operations: Mapped[list[Operation]] = relationship(order_by="Operation.id", back_populates="bulk")


class Operation(Base):
    """One call to carry out. It is open until ``executed_at`` is set."""

    __tablename__ = "magento_operation"

    id: Mapped[int] = mapped_column(primary_key=True)
    bulk_uuid: Mapped[str] = mapped_column(ForeignKey("magento_bulk.uuid"), index=True)
    operation_key: Mapped[int]
    """Its place in the call, from 0."""
    topic_name: Mapped[str] = mapped_column(String(255))
    method: Mapped[str] = mapped_column(String(10))
    endpoint: Mapped[str] = mapped_column(String(100))
    implementation: Mapped[str] = mapped_column(String(255))
    """What its message names when it went well."""
    address: Mapped[JsonObject]
    """The values of the address by the names of the view."""
    body: Mapped[JsonObject]
    serialized_data: Mapped[str | None]
    result_serialized_data: Mapped[str | None]
    status: Mapped[int]
    result_message: Mapped[str | None]
    error_code: Mapped[int | None]
    start_time: Mapped[Utc]
    executed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    bulk: Mapped[Bulk] = relationship(back_populates="operations")


Index("ix_operation_open", Operation.executed_at, Operation.id)
