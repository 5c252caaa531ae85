"""What the cron did last, and the orders whose row in the Admin's grid is older than the order."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mock_commerce.models.base import Base
from simkit.database import Utc


class CronRun(Base):
    """The last run of a job."""

    __tablename__ = "sim_cron_run"

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    executed_at: Mapped[Utc]
    done: Mapped[int]
    """How many things the job dealt with."""


class GridLag(Base):
    """An order that waits for its row in the grid; ``status`` is what the grid shows, None for no row."""

    __tablename__ = "sim_order_grid_lag"

    order_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str | None] = mapped_column(String(32))
