"""Statuses of an order at Amazon and in the Amazon orders table, and the phases of its import.

Every status stands in each table below; a test asserts it, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from enum import StrEnum


class AmazonStatus(StrEnum):
    """What Amazon says (words of Orders v0)."""

    PENDING_AVAILABILITY = "PendingAvailability"
    PENDING = "Pending"
    UNSHIPPED = "Unshipped"
    PARTIALLY_SHIPPED = "PartiallyShipped"
    SHIPPED = "Shipped"
    CANCELED = "Canceled"
    UNFULFILLABLE = "Unfulfillable"
    INVOICE_UNCONFIRMED = "InvoiceUnconfirmed"


class Phase(StrEnum):
    """Where an order is on its way into Commerce and back."""

    SEEN = "seen"
    WAITING = "waiting"
    DUE = "due"
    BLOCKED = "blocked"
    PLACING = "placing"
    IMPORTED = "imported"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    COMPLETED = "completed"
    CANCELLED_BEFORE_IMPORT = "cancelled_before_import"
    CANCELLED = "cancelled"
    CANCEL_CONFLICT = "cancel_conflict"
    IGNORED = "ignored"
    NEEDS_ATTENTION = "needs_attention"


COMPLETED = "Completed"
"""Table status that Amazon never sends: the Commerce order was set complete (ST-6)."""

ENDED = frozenset(
    {
        Phase.COMPLETED,
        Phase.CANCELLED_BEFORE_IMPORT,
        Phase.CANCELLED,
        Phase.CANCEL_CONFLICT,
        Phase.IGNORED,
    }
)
"""Nothing more is done for an order in such a phase unless Amazon sends news."""

KNOWN_PROCESSABLE: dict[AmazonStatus, tuple[bool, bool]] = {
    # status: (merchant fulfilled, Amazon fulfilled) gets a Commerce order; the creation matrix, 2.5
    AmazonStatus.PENDING_AVAILABILITY: (False, False),
    AmazonStatus.PENDING: (False, False),
    AmazonStatus.UNSHIPPED: (True, False),
    AmazonStatus.PARTIALLY_SHIPPED: (True, False),
    AmazonStatus.SHIPPED: (True, True),
    AmazonStatus.CANCELED: (False, False),
    AmazonStatus.UNFULFILLABLE: (False, False),
    AmazonStatus.INVOICE_UNCONFIRMED: (False, False),
}

_RANK: dict[str, int] = {
    AmazonStatus.PENDING_AVAILABILITY: 0,
    AmazonStatus.PENDING: 1,
    AmazonStatus.UNSHIPPED: 2,
    AmazonStatus.PARTIALLY_SHIPPED: 3,
    AmazonStatus.INVOICE_UNCONFIRMED: 3,
    AmazonStatus.SHIPPED: 4,
    COMPLETED: 5,
    AmazonStatus.UNFULFILLABLE: 6,
    AmazonStatus.CANCELED: 6,
}

UNKNOWN_STATUSES = frozenset({AmazonStatus.UNFULFILLABLE, AmazonStatus.INVOICE_UNCONFIRMED})
"""Real values of the API that no document of the sales channel knows: shown, never processed."""


def processable(status: str, *, by_amazon: bool) -> bool:
    """Whether an order of that status gets a Commerce order."""
    try:
        merchant, amazon = KNOWN_PROCESSABLE[AmazonStatus(status)]
    except ValueError:
        return False
    return amazon if by_amazon else merchant


def is_known(status: str) -> bool:
    return status in KNOWN_PROCESSABLE and AmazonStatus(status) not in UNKNOWN_STATUSES


def next_table_status(shown: str | None, received: str) -> str:
    """What the table says after Amazon sent ``received``.

    Forward only (F68, F73): the table may be ahead, because the connector itself confirmed or completed.
    """
    if shown is None or _RANK.get(received, 6) >= _RANK.get(shown, 0):
        return received
    return shown


def request_note(reason: str) -> str:
    """The note that tells of a buyer who wants to cancel: it is the merchant who decides (F81)."""
    told = f": {reason}" if reason else ""
    return f"The buyer asks to cancel{told}. Cancel it in Seller Central, or ship it all the same."


def cancelled_line_note(skus: str) -> str:
    """The note that tells of lines that Amazon cancelled when the Commerce order was there already."""
    return f"Amazon cancelled {skus} after the import: the Commerce order still has it. Do not ship it."


def status_note(status: str) -> str:
    """The note that tells of a new status (L-03, L-07, X-23)."""
    return f"Status updated to {status}."
