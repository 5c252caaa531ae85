"""Store cards, the dashboard of a store, and its run on demand (V-02 to V-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import defer
from werkzeug.wrappers import Response

from connector.database import db
from connector.domain.statuses import Phase
from connector.models import OrderRow, Run, Store
from connector.web.access import STORE, program, store_or_404
from connector.web.targets import target_of

bp = Blueprint("home", __name__)
RECENT = 10


@dataclass(frozen=True)
class Figures:
    """What a store card counts."""

    orders: int = 0
    blocked: int = 0
    updated_at: datetime | None = None


@bp.get("/")
def cards() -> str:
    """Amazon Stores."""
    stores = db.session.scalars(select(Store).order_by(Store.id)).all()
    return render_template("cards.html", stores=stores, figures=_figures())


@bp.get(STORE)
def dashboard(store_id: int) -> str:
    """The dashboard of a store with its Recent Orders."""
    store = store_or_404(store_id)
    newest = (
        select(OrderRow)
        .where(OrderRow.store_id == store.id, OrderRow.table_status.is_not(None))
        .order_by(OrderRow.purchased_at.desc(), OrderRow.id.desc())
        .options(defer(OrderRow.document))
        .limit(RECENT)
    )
    return render_template(
        "dashboard.html",
        store=store,
        figures=_figures().get(store.id, Figures()),
        orders=db.session.scalars(newest).all(),
        unreadable=_unreadable(store),
        run=_last_run(store),
        target_of=target_of,
    )


@bp.post(f"{STORE}/run")
def run_now(store_id: int) -> Response:
    """Run the connector for one store, as cron would."""
    store = store_or_404(store_id)
    name, before = store.name, _last_run(store)
    db.session.remove()  # nothing of this page is open while calls are made
    program().sync(name)
    run = _last_run(store_or_404(store_id))
    _tell(run if run is not None and (before is None or run.id != before.id) else None, store)
    return redirect(url_for("home.dashboard", store_id=store_id))


def _tell(run: Run | None, store: Store) -> None:
    if store.state != "active":
        flash("Nothing was done: the store is not connected.", "warning")
    elif run is None or run.ended_at is None:
        flash("Nothing was done: another run is at work on this store.", "warning")
    else:
        counts = f"{run.seen} seen, {run.imported} imported, {run.blocked} blocked, {run.failed} failed"
        flash(f"Run finished: {counts}.", "info" if run.failed or run.blocked else "success")
        if run.error:
            flash(f"The run had a problem: {run.error}", "danger")


def _figures() -> dict[int, Figures]:
    orders = _counted(OrderRow.table_status.is_not(None))
    blocked = _counted(OrderRow.phase == Phase.BLOCKED)
    last = select(Run.store_id, func.max(Run.ended_at)).group_by(Run.store_id)
    ended: dict[int, datetime | None] = dict(db.session.execute(last).all())
    return {
        store_id: Figures(orders.get(store_id, 0), blocked.get(store_id, 0), ended.get(store_id))
        for store_id in orders.keys() | ended.keys()
    }


def _counted(condition: ColumnElement[bool]) -> dict[int, int]:
    """Orders by store. One condition at a time, so that each is answered from an index."""
    counted = select(OrderRow.store_id, func.count()).where(condition).group_by(OrderRow.store_id)
    return dict(db.session.execute(counted).all())


def _last_run(store: Store) -> Run | None:
    return db.session.scalar(select(Run).where(Run.store_id == store.id).order_by(Run.id.desc()).limit(1))


def _unreadable(store: Store) -> list[str]:
    """Numbers of orders that are not in the table because they could not be read (F16)."""
    statement = select(OrderRow.amazon_order_id).where(
        OrderRow.store_id == store.id,
        OrderRow.phase == Phase.NEEDS_ATTENTION,
        OrderRow.table_status.is_(None),
    )
    return list(db.session.scalars(statement.order_by(OrderRow.id).limit(RECENT)))
