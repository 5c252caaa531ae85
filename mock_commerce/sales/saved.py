"""The one place that orders and their documents come through when they were saved: who listens is told.

Listeners are called before the commit, in the caller's transaction, with the row and its new document.
"""

from __future__ import annotations

from collections.abc import Callable

from mock_commerce.models import Creditmemo, Invoice, Order, Shipment

Saved = Order | Shipment | Invoice | Creditmemo

listeners: list[Callable[[Saved], None]] = []
"""What is called with every row that was saved; entries are added once, when the program is put together."""


def announce(row: Saved) -> None:
    """Tell everybody that a row and its document were written."""
    for listener in listeners:
        listener(row)
