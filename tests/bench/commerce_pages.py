"""What a page costs among many Commerce orders: late pages of 100,000 against page 1, in process."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from pages import ORDERS, PAGE, PER_INSERT, ROUNDS, Call, compared
from sqlalchemy import insert, select

import mock_commerce
from mock_commerce import kept
from mock_commerce.models import Order, db
from simkit.clock import VirtualClock
from simkit.program import ServerConfig
from simulator import defaults

Filter = tuple[str, str, str]

SINCE = "2026-01-01 00:00:00"
STATUSES = ("pending", "processing", "complete", "closed")
STATES = ("new", "processing", "complete", "closed")
BUYERS = 1_000
_USUAL = "status, updated_at, by updated_at"
_OPEN = ("status", "pending,processing,complete", "in")
_LISTS: dict[str, tuple[tuple[Filter, ...], str | None]] = {
    "no filter": ((), None),
    "status, updated_at": ((_OPEN, ("updated_at", SINCE, "gteq")), None),
    _USUAL: ((_OPEN, ("updated_at", SINCE, "gteq")), "updated_at"),
    "state, created_at, by created_at": (
        (("state", "complete", "eq"), ("created_at", SINCE, "gteq")),
        "created_at",
    ),
    "created_at": ((("created_at", SINCE, "gteq"),), None),
    "customer_email": ((("customer_email", "%@example.com", "like"),), None),
    "by increment_id": ((), "increment_id"),
    "by entity_id": ((), "entity_id"),
}
NAMES = {name: f"late pages of {ORDERS} in Commerce, {name}" for name in _LISTS}
"""Against page 1, whichever are dearer: those from the middle on, or the last ones (1,000 of all orders)."""
AFRESH = {number: f"{number} page of {ORDERS} in Commerce after a write" for number in ("first", "middle")}
"""Against page 1: what was counted and read ahead is forgotten."""


def measured() -> dict[str, float]:
    """The ratios of such pages' times to that of page 1."""
    app = mock_commerce.create_app(ServerConfig(clock=VirtualClock()))
    client: Any = app.test_client()
    wish = {"username": defaults.COMMERCE_USERNAME, "password": defaults.COMMERCE_PASSWORD}
    token = client.post("/rest/V1/integration/admin/token", json=wish).get_json()
    headers = {"Authorization": f"Bearer {token}"}
    client.post("/rest/V1/orders", json={"entity": _ENTITY}, headers=headers)
    _copy_order(app)

    def get(name: str, page: int) -> Any:
        return client.get("/rest/V1/orders", query_string=_query(*_LISTS[name], page), headers=headers)

    def pages(name: str, begin: int = 1, step: int = 0) -> Call:
        numbers = itertools.count(begin, step)
        return lambda: get(name, next(numbers))

    def afresh(name: str, page: int) -> Any:
        with app.app_context():
            kept.forget()
        return get(name, page)

    results = {}
    for name in _LISTS:
        last = get(name, 1).get_json()["total_count"] // PAGE
        begins = (last // 2, last - ROUNDS)
        results[NAMES[name]] = max(compared(pages(name, begin, 1), pages(name)) for begin in begins)
    for name, page in zip(AFRESH.values(), (1, ORDERS // PAGE // 3), strict=True):
        results[name] = compared(partial(afresh, _USUAL, page), pages(_USUAL))
    app.extensions["simulation"].close()
    return results


_ENTITY = {
    "grand_total": 39.98,
    "customer_email": "jane@example.com",
    "items": [{"sku": "MUG", "qty_ordered": 2, "price": 19.99}],
}


def _query(filters: tuple[Filter, ...], sort: str | None, page: int) -> dict[str, str]:
    query = {"searchCriteria[pageSize]": str(PAGE), "searchCriteria[currentPage]": str(page)}
    for number, values in enumerate(filters):
        for key, value in zip(("field", "value", "conditionType"), values, strict=True):
            query[f"searchCriteria[filterGroups][{number}][filters][0][{key}]"] = value
    return query | ({"searchCriteria[sortOrders][0][field]": sort} if sort else {})


def _copy_order(app: Any) -> None:
    """Rows like the one that is there, created a second apart and changed in another order."""
    with app.app_context():
        kept.forget()
        table = Order.__table__
        row = dict(db.session.execute(select(table)).mappings().one())
        for key in ["entity_id", *(key for key in row if key.endswith("_key"))]:
            row.pop(key)
        for begin in range(0, ORDERS, PER_INSERT):
            rows = [row | _copy(number, row["created_at"]) for number in range(begin, begin + PER_INSERT)]
            db.session.execute(insert(table), rows)
        db.session.commit()


def _copy(number: int, start: datetime) -> dict[str, Any]:
    return {
        "increment_id": f"{number + 2:09d}",
        "status": STATUSES[number % len(STATUSES)],
        "state": STATES[number % len(STATES)],
        "customer_email": f"Buyer{number % BUYERS}@example.com",
        "created_at": start + timedelta(seconds=number),
        "updated_at": start + timedelta(seconds=number * 7919 % ORDERS),
        "grand_total": Decimal(number % BUYERS),
    }
