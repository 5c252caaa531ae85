"""Increment ids: nine digits, own sequences for each kind of document and store.

A number that was drawn for something that failed is gone, as from Commerce's sequence tables.
"""

from __future__ import annotations

from flask import g
from sqlalchemy import select, update

from mock_commerce.config.settings import current
from mock_commerce.models import Order, counters, db
from simkit.simulation import simulation

MAIN_STORES = (0, 1)
"""They share a sequence and have no prefix."""


def draw(entity: str, store_id: int) -> str:
    """The next increment id."""
    store = MAIN_STORES[-1] if store_id in MAIN_STORES else store_id
    prefix = "" if store_id in MAIN_STORES else str(store)
    name = f"increment/{entity}/{store}"
    while True:
        value = simulation().ids.next(name)
        g.setdefault("numbers_drawn", {})[name] = value
        number = f"{prefix}{value:09d}"
        if entity != "order" or current().has("numbers_collide") or not _is_taken(number, store_id):
            return number


def _is_taken(number: str, store_id: int) -> bool:
    query = select(Order.entity_id).where(Order.increment_id == number, Order.store_id == store_id)
    return db.session.scalar(query) is not None


def keep_drawn() -> None:
    """After a rollback: leave gaps where the call had drawn numbers. Commits."""
    drawn = g.pop("numbers_drawn", {})
    if not drawn or not current().has("number_gaps"):
        return
    for name, value in drawn.items():
        known = select(counters.c.value).where(counters.c.name == name)
        if (db.session.scalar(known) or 0) < value:
            simulation().ids.next(name)  # the counter may be gone with the call that began it
            db.session.execute(update(counters).where(counters.c.name == name).values(value=value))
    db.session.commit()
