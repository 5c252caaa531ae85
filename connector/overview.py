"""What can be read of the connector from outside, as plain data. No buyer's data and no secret is in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from connector.amazon.stored import WANTS_DETAILS
from connector.database import db
from connector.domain.blockers import Blocker, Code
from connector.models import Command, OrderRow, Run, Store
from connector.sync.banner import shown_text

_STORES = select(Store).order_by(Store.id)
_ORDERS = select(OrderRow).order_by(OrderRow.purchased_at, OrderRow.id)
_OPEN = select(Command).where(Command.state.in_(("open", "needs_tracking"))).order_by(Command.id)
_LAST = select(Run).where(Run.sync == select(func.max(Run.sync)).scalar_subquery())


def state() -> dict[str, Any]:
    """Orders, open commands, the last runs, stores and the system message."""
    stores = db.session.scalars(_STORES).all()
    names = {store.id: store.name for store in stores}
    return {
        "orders": [_order(row, names) for row in db.session.scalars(_ORDERS)],
        "outbox": [_command(command, names) for command in open_commands()],
        "runs": {"last": last_run()},
        "stores": {store.name: store_view(store) for store in stores},
        "system_message": shown_text() or None,
    }


def blockers_of(row: OrderRow) -> list[Blocker]:
    return [Blocker(Code(stored["code"]), stored["data"]) for stored in row.blockers]


def open_commands() -> list[Command]:
    return list(db.session.scalars(_OPEN))


def last_run() -> dict[str, int] | None:
    """The counts of the last sync, summed over its stores."""
    runs = db.session.scalars(_LAST).all()
    counts = ("seen", "imported", "blocked", "failed")
    return {name: sum(getattr(run, name) for run in runs) for name in counts} if runs else None


def store_view(store: Store) -> dict[str, Any]:
    return {
        "state": store.state,
        "settings": store.settings.as_dict(),
        "seller": store.seller,
        "marketplace": store.marketplace,
        "website": store.website,
        "connected_at": _iso(store.connected_at),
        "watermark": _iso(store.watermark),
        "problem": store.problem,
        "problem_text": store.problem_text,
        "problem_resolution": store.problem_resolution,
    }


def _order(row: OrderRow, names: dict[int, str]) -> dict[str, Any]:
    blockers = blockers_of(row)
    return {
        "amazon_order_id": row.amazon_order_id,
        "store": names[row.store_id],
        "table": row.table_status,
        "phase": row.phase,
        "blocker": blockers[0].code.value if blockers else None,
        "blockers": [blocker.code.value for blocker in blockers],
        "notes": row.note,
        "resolution": blockers[0].resolution if blockers else None,
        "commerce_number": row.commerce_number,
        "details": "wanted" if row.document.startswith(WANTS_DETAILS) else "read",
        "error": row.error,
        "next_try_at": _iso(row.next_try_at),
    }


def _command(command: Command, names: dict[int, str]) -> dict[str, Any]:
    return {
        "key": command.key,
        "kind": command.kind,
        "amazon_order_id": command.order.amazon_order_id,
        "store": names[command.store_id],
        "state": command.state,
        "attempts": command.attempts,
        "next_try_at": _iso(command.next_try_at),
    }


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).isoformat().replace("+00:00", "Z")
