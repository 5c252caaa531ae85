"""One run over one store: the phases in order, under the lease, each able to go on where it stopped."""

from __future__ import annotations

from collections.abc import Callable

from connector.database import db
from connector.domain.blockers import Code
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater
from connector.sync.context import Context
from connector.sync.details import read_details
from connector.sync.discover import discover, recheck
from connector.sync.importing import import_orders
from connector.sync.lifecycle import completable, follow
from connector.sync.outbox import send
from connector.sync.problems import cannot_place, clear_problem, note_problem

READS: tuple[Callable[[Context], None], ...] = (discover, recheck, read_details)
PHASES = (*READS, import_orders, follow, send)


def run_store(context: Context) -> None:
    """Pass once over the store. What fails is written down; nothing is raised but LeaseLost.

    A side that does not answer stops its phase, not the others: what was found can still be placed, and
    what was shipped can still be told. A refused access stops the store (F24).
    """
    context.completable = completable(context.store.id)
    errors: list[str] = []
    readable = True
    if not cannot_place(context.store):
        clear_problem(context.store)
    for phase in PHASES:
        if phase in READS and not readable:
            continue
        try:
            phase(context)
        except (RetryLater, GiveUpOnOrder) as error:
            db.session.rollback()
            errors.append(str(error))
        except AbortRun as error:
            db.session.rollback()
            note_problem(context.store, error)
            errors.append(str(error))
            if error.code is Code.AUTH_FAILED:
                break
            # What can be neither read nor placed any more: what is placed can still be followed.
            readable = error.code is not Code.ORDERS_API_REMOVED
        context.lease.renew()
    context.run.error = "; ".join(errors) or None
    context.run.ended_at = context.now
    db.session.commit()
    context.lease.give_back()
