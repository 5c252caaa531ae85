"""The jobs of the cron: what each does, and whether there is work left for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from mock_commerce import kept, turns
from mock_commerce.asynchronous import consumer
from mock_commerce.config.settings import current
from mock_commerce.cron import chores, grid, schedule
from mock_commerce.models import CronRun, db
from simkit.simulation import simulation


@dataclass(frozen=True)
class Job:
    """A job of the cron."""

    group: str
    what: str
    work: Callable[[], int]
    """Does it and answers how many things were dealt with."""
    waits: Callable[[], bool]
    """Whether there is, or will be, something to do."""


JOBS: Mapping[str, Job] = {
    schedule.CONSUMERS: Job(
        "consumers",
        "Starts the consumer async.operations.all: calls of the asynchronous API are carried out.",
        consumer.work,
        consumer.waits,
    ),
    schedule.GRID: Job(
        "default", "Writes new and changed orders into the order grid.", grid.work, grid.waits
    ),
    schedule.OLD_ORDERS: Job(
        "default",
        "Cancels orders that have been pending payment for 8 hours.",
        chores.cancel_old_orders,
        chores.has_unpaid_orders,
    ),
    schedule.TOKENS: Job(
        "default", "Deletes expired tokens.", chores.delete_expired_tokens, chores.has_tokens
    ),
    schedule.RESERVATIONS: Job(
        "default",
        "Deletes the reservations of orders that have none left.",
        chores.clean_reservations,
        chores.has_settled_reservations,
    ),
}


@dataclass(frozen=True)
class Line:
    """A job as the Admin and ``/_sim/state`` show it."""

    name: str
    job: Job
    expression: str
    planned: datetime | None
    executed: CronRun | None


def run(data: Mapping[str, Any]) -> None:
    """The agenda's handler: do the job, and plan it again where work is left."""
    name = data["job"]
    if current().cron != schedule.RUNNING:
        return
    try:
        done = JOBS[name].work()
    finally:
        kept.forget()  # also of a job that fails: it may have committed before
    db.session.merge(CronRun(job=name, executed_at=simulation().now(), done=done))
    if JOBS[name].waits():
        schedule.want(name)


def follow_switches() -> None:
    """Plan what waits, or call everything off; after every change of the switches. The caller commits."""
    if current().async_grid == "off":
        grid.catch_up()
    if current().cron != schedule.RUNNING:
        schedule.call_off_all()
        return
    for name, job in JOBS.items():
        if job.waits():
            schedule.want(name)


def resume() -> None:
    """Plan what a server that was stopped in the middle of its work had left, and commit."""
    turns.take()
    follow_switches()
    db.session.commit()


def lines() -> list[Line]:
    """All jobs with their next and their last time."""
    planned = schedule.all_planned()
    runs = {row.job: row for row in db.session.scalars(select(CronRun))}
    return [
        Line(name, job, schedule.EXPRESSIONS[schedule.PERIODS[name]], planned.get(name), runs.get(name))
        for name, job in JOBS.items()
    ]
