"""Order statuses that modules and merchants added, beside those that Commerce brings."""

from __future__ import annotations

from mock_commerce.config import settings
from mock_commerce.sales import lifecycle

PATH = "sales/order_statuses"


def added() -> dict[str, str]:
    """Status to the state it was assigned to."""
    return dict(settings.read(PATH) or {})


def add(status: str, state: str) -> None:
    """Assign a new status to a state. The caller commits."""
    if not belongs(status, state):
        settings.save(PATH, {**added(), status: state})


def belongs(status: str, state: str | None) -> bool:
    return lifecycle.belongs(status, state) or added().get(status, "") == state
