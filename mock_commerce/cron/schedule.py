"""When the jobs of the cron run. Who makes work for one says ``want``; without work nothing is planned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from mock_commerce.config.settings import current
from mock_commerce.models import agenda, db
from simkit.simulation import simulation

KIND = "cron"
"""The kind of all jobs on the agenda; the subject is the job's name."""
RUNNING = "running"
CONSUMERS = "consumers_runner"
GRID = "sales_grid_order_async_insert"
OLD_ORDERS = "sales_clean_orders"
TOKENS = "expired_tokens_cleanup"
RESERVATIONS = "inventory_cleanup_reservations"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PERIODS = {CONSUMERS: MINUTE, GRID: MINUTE, OLD_ORDERS: HOUR, TOKENS: HOUR, RESERVATIONS: DAY}
EXPRESSIONS = {MINUTE: "* * * * *", HOUR: "0 * * * *", DAY: "0 0 * * *"}
_PLANNED = select(agenda.c.subject, agenda.c.due).where(agenda.c.kind == KIND)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def want(job: str) -> None:
    """There is work for that job: plan its next time, unless it is planned or the cron is stopped."""
    if current().cron == RUNNING and planned(job) is None:
        simulation().agenda.plan(KIND, following(PERIODS[job]), job, job=job)


def planned(job: str) -> datetime | None:
    """When that job runs next."""
    query = select(agenda.c.due).where(agenda.c.kind == KIND, agenda.c.subject == job)
    moment: datetime | None = db.session.scalar(query.order_by(agenda.c.due).limit(1))
    return moment


def all_planned() -> dict[str, datetime]:
    """The jobs that are planned, with their next time."""
    return dict(db.session.execute(_PLANNED).all())


def call_off_all() -> None:
    for job in PERIODS:
        simulation().agenda.call_off(KIND, job)


def following(period: timedelta) -> datetime:
    """The next full minute, hour or midnight (UTC) that is still to come."""
    now = simulation().now()
    return now - (now - _EPOCH) % period + period
