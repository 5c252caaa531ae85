"""What a page costs among many Commerce orders: late pages of 100,000 against page 1, in process."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pages import ORDERS, PAGE, PER_INSERT, Call, compared
from sqlalchemy import insert, select

import mock_commerce
from mock_commerce import search
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
NAMES = {name: f"late page of {ORDERS} in Commerce, {name}" for name in _LISTS}
"""Against page 1, whichever is dearer: the page in the middle, or the last one (1,000 of all orders)."""
COUNTED = f"page 1 of {ORDERS} in Commerce, counted anew"


def measured() -> dict[str, float]:
    """The ratios of such pages' times to that of page 1, for each list."""
    app = mock_commerce.create_app(ServerConfig(clock=VirtualClock()))
    client: Any = app.test_client()
    wish = {"username": defaults.COMMERCE_USERNAME, "password": defaults.COMMERCE_PASSWORD}
    token = client.post("/rest/V1/integration/admin/token", json=wish).get_json()
    headers = {"Authorization": f"Bearer {token}"}
    client.post("/rest/V1/orders", json={"entity": _ENTITY}, headers=headers)
    _copy_order(app)

    def page(name: str, number: int) -> Call:
        query = _query(*_LISTS[name], number)
        return lambda: client.get("/rest/V1/orders", query_string=query, headers=headers)

    def counted(name: str) -> Call:
        def call() -> Any:
            with app.app_context():
                search.forget()
            return page(name, 1)()

        return call

    results = {COUNTED: compared(counted(_USUAL), page(_USUAL, 1))}
    for name in _LISTS:
        pages = page(name, 1)().get_json()["total_count"] // PAGE
        results[NAMES[name]] = max(
            compared(page(name, number), page(name, 1)) for number in (pages // 2, pages)
        )
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
        search.forget()
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
