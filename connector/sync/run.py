"""One run over one store: the phases in order, under the lease, each able to go on where it stopped."""

from __future__ import annotations

from collections.abc import Callable

from connector.commerce.placing import MODULE
from connector.database import db
from connector.domain.blockers import Blocker
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater
from connector.models import Store
from connector.sync.context import Context
from connector.sync.discover import discover, recheck
from connector.sync.importing import import_orders
from connector.sync.lifecycle import completable, follow
from connector.sync.outbox import send

PHASES: tuple[Callable[[Context], None], ...] = (discover, recheck, import_orders, follow, send)


def run_store(context: Context) -> None:
    """Pass once over the store. What fails is written down; nothing is raised but LeaseLost.

    A side that does not answer stops its phase, not the others: what was found can still be placed, and
    what was shipped can still be told. A refused access stops the store (F24).
    """
    context.completable = completable(context.store.id)
    errors = []
    try:
        for phase in PHASES:
            try:
                phase(context)
            except (RetryLater, GiveUpOnOrder) as error:
                db.session.rollback()
                errors.append(str(error))
            context.lease.renew()
        _clear_problem(context.store)
    except AbortRun as error:
        db.session.rollback()
        note_problem(context.store, error)
        errors.append(str(error))
    context.run.error = "; ".join(errors) or None
    context.run.ended_at = context.now
    db.session.commit()
    context.lease.give_back()


def note_problem(store: Store, error: AbortRun) -> None:
    """Show what stops the whole store, once, with what a person does about it (F37)."""
    data = {"reason": str(error), "store": store.name, "module": MODULE}
    blocker = Blocker(error.code, data)
    store.problem, store.problem_text = error.code.value, blocker.note
    store.problem_resolution = blocker.resolution


def _clear_problem(store: Store) -> None:
    store.problem = store.problem_text = store.problem_resolution = None
