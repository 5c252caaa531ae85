"""One bad order must not stop the others (B-22, F15)."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from connector.database import db
from connector.errors import ConnectorError
from connector.models import OrderRow
from connector.sync.backoff import failed
from connector.sync.context import Context
from connector.sync.lease import LeaseLost

log = logging.getLogger(__name__)


@contextmanager
def one_order(context: Context, row: OrderRow) -> Iterator[None]:
    """Turn an unforeseen error into a technical failure of this order, tried again later (B-17, R-41)."""
    try:
        yield
    except (ConnectorError, LeaseLost):
        raise
    except Exception as error:  # noqa: BLE001 - the one place where any error of one order is caught
        db.session.rollback()
        row.commerce_state = None  # what was to be learned of the Commerce order is not learned yet
        note_failure(row, f"unexpected {type(error).__name__}", context.now)
        context.run.failed += 1
        db.session.commit()
        # Frames only: the message of an error may hold a buyer's data (I9).
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("order %s: %s\n%s", row.amazon_order_id, type(error).__name__, frames)  # noqa: TRY400


def note_failure(row: OrderRow, reason: str, now: datetime) -> None:
    failed(row, reason, now)
    row.note = f"Failed: {reason}"
