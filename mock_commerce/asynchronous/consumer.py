"""The consumer ``async.operations.all``: carries out what was accepted, one operation after the other."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from mock_commerce.access.callers import Caller
from mock_commerce.asynchronous import calls
from mock_commerce.asynchronous.calls import Call, Outcome
from mock_commerce.asynchronous.status import FAILED
from mock_commerce.config.settings import current
from mock_commerce.cron import schedule
from mock_commerce.models import Operation, db
from mock_commerce.models.session import OneInTheEnd
from simkit.simulation import simulation


def work() -> int:
    """Carry out all open operations, each in a transaction of its own; answers how many there were.

    The next run is planned until there are none left, should the server be stopped in between.
    """
    schedule.want(schedule.CONSUMERS)
    db.session.commit()
    done = 0
    while (operation := db.session.scalar(_OLDEST)) is not None:
        _carry_out(operation)
        db.session.expunge_all()  # others may change things before the next one
        done += 1
    simulation().agenda.call_off(schedule.KIND, schedule.CONSUMERS)
    return done


def waits() -> bool:
    return db.session.scalar(_OLDEST) is not None


_OLDEST = select(Operation).where(Operation.executed_at.is_(None)).order_by(Operation.id).limit(1)


def _carry_out(operation: Operation) -> None:
    """What it does and what became of it are one transaction: nothing is done twice."""
    operation.executed_at = simulation().now()
    db.session.flush()
    session = db.session()
    assert isinstance(session, OneInTheEnd)  # noqa: S101 - narrows the type of the extension's session
    with session.put_off():
        outcome = _outcome(operation)
    if not current().has("operations_stay_open"):
        operation.status = outcome.status
        operation.result_message = outcome.message
        operation.error_code = outcome.error_code
        operation.result_serialized_data = outcome.result
        if outcome.error_code is None:
            operation.serialized_data = None
    db.session.commit()


def _outcome(operation: Operation) -> Outcome:
    if operation.endpoint not in current_app.view_functions:
        return Outcome(FAILED, "The route does not exist any more.", error_code=0)
    bulk = operation.bulk
    call = Call(
        operation.method,
        operation.endpoint,
        operation.address,
        operation.body,
        Caller(bulk.user_type, bulk.user_id, bulk.resources),
        bulk.store_id,
        operation.topic_name,
    )
    return calls.perform(call, operation.implementation)
