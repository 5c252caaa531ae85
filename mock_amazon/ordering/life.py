"""The life of an order on the clock: what happens to it by itself, if somebody asked for that, and when.

No change of an order is made here: ``living`` does that at the planned moments.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from mock_amazon.models import Order, Seller, db
from mock_amazon.moments import now, written
from mock_amazon.ordering.lifecycle import Channel, Status
from mock_amazon.switches import switches_of
from simkit.control import BadControl
from simkit.simulation import simulation
from simkit.times import parse_duration

Wish = str | Mapping[str, str]
"""The name of a profile, or the durations of its steps."""

PROFILES: Mapping[str, Mapping[str, str]] = {"none": {}, "fba": {"confirm": "30m", "ship": "6h"}}
BY_AMAZON = "fba"
"""The profile of orders that Amazon ships; how long its steps take is ours."""

_S = Status
ACTS: Mapping[str, frozenset[Status]] = {
    "available": frozenset({_S.PENDING_AVAILABILITY}),
    "confirm": frozenset({_S.PENDING}),
    "ship": frozenset({_S.UNSHIPPED}),
    "cancel": frozenset({_S.PENDING_AVAILABILITY, _S.PENDING, _S.UNSHIPPED}),
}
"""The steps in the order of a life, and the statuses that each finds its order in, or lets it alone."""
_BEFORE: Mapping[str, frozenset[Status]] = {
    "confirm": frozenset({_S.PENDING_AVAILABILITY}),
    "ship": frozenset({_S.PENDING_AVAILABILITY, _S.PENDING}),
}
"""Statuses from which an order may still come into one in which the step acts."""


def kind(step: str) -> str:
    """The agenda's name of a step."""
    return f"life.{step}"


def begin(order: Order, wish: Wish | None) -> None:
    """Plan the life that a new order was placed with, or else the one of its account, as far as it fits.

    Raises BadControl for a wish of the order's own that does not fit it.
    """
    profile = wish
    if wish is None:
        seller = db.session.get(Seller, order.seller_id)
        profile = switches_of(seller.switched if seller else {}).life
    steps = _steps(profile or {})
    fitting = {step: after for step, after in steps.items() if _fits(order, profile, step, steps)}
    if wish is not None and (unfit := [step for step in steps if step not in fitting]):
        place = f"{order.channel} order that is {order.status}"
        raise BadControl(f"field 'life': {wish!r} is not for an {place}: no {', '.join(unfit)}")
    _plan(order, fitting)


def follow(order: Order) -> None:
    """Call off what makes no sense any more; an order without a life costs nothing."""
    if not order.life:
        return
    state = order.state
    over = [step for step in order.life if state not in ACTS[step] | _BEFORE.get(step, frozenset())]
    for step in over:
        simulation().agenda.call_off(kind(step), order.amazon_order_id)
    forget(order, *over)


def forget(order: Order, *steps: str) -> None:
    order.life = {step: due for step, due in (order.life or {}).items() if step not in steps} or None


def _steps(profile: Wish) -> dict[str, timedelta]:
    written_out = PROFILES[profile] if isinstance(profile, str) else profile
    return {step: parse_duration(written_out[step]) for step in ACTS if step in written_out}


def _fits(order: Order, profile: Wish | None, step: str, steps: Mapping[str, timedelta]) -> bool:
    if profile == BY_AMAZON and order.channel != Channel.AFN:
        return False
    if step == "confirm" and order.state is Status.PENDING_AVAILABILITY:
        return "available" in steps
    return order.state in ACTS[step] | _BEFORE.get(step, frozenset())


def _plan(order: Order, steps: Mapping[str, timedelta]) -> None:
    """Times count from the placing; of a pre-order those after ``available`` count from then."""
    start, dues = order.purchase_date, {}
    for step, after in steps.items():
        due = max(start + after, now())  # what should have happened before happens at once
        if step == "available":
            start = due
        dues[step] = written(due)
        simulation().agenda.plan(kind(step), due, order.amazon_order_id, order=order.amazon_order_id)
    order.life = dues or None
