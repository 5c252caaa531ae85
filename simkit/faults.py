"""Faults as resources with accounting: each knows how often it fired."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Literal, get_args

from simkit.times import UnreadableTime, parse_duration

Kind = Literal["status", "delay", "timeout", "drop_before_commit", "commit_then_drop"]
KINDS = get_args(Kind)
SLOW = frozenset({"delay", "timeout"})
"""The kinds that take time: that of ``by``."""
DEFAULT_BY = "30s"
LONGEST_BY = timedelta(days=1)


class UnusableFault(ValueError):
    """A fault that cannot be planned; the message names the field and what is allowed."""


@dataclass
class Fault:
    """A planned failure of one operation: skip ``after`` matching calls, then fire up to ``times`` times."""

    id: str
    name: str
    at: str
    kind: Kind
    order: str | None = None
    status: int = 500
    by: str | None = None
    """How long a slow fault takes."""
    times: int = 1
    after: int = 0
    probability: float = 1.0
    matched: int = 0
    fired: int = 0

    @property
    def seconds(self) -> float:
        return parse_duration(self.by).total_seconds() if self.by else 0.0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class FaultBook:
    """The planned faults of one server, in the order they were planned."""

    def __init__(self, seed: int = 1) -> None:
        self._faults: dict[str, Fault] = {}
        self._planned = 0
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311 - a repeatable coin, not a secret

    def plan(self, wish: dict[str, Any]) -> Fault:
        """Plan a fault from the keys of the ``fault`` verb.

        Raises UnusableFault.
        """
        fields = _checked(wish)
        self._planned += 1
        fault_id = f"fault-{self._planned}"
        fault = Fault(id=fault_id, **{"name": fault_id, **fields})
        self._faults[fault_id] = fault
        return fault

    def fires(self, operation: str, orders: set[str]) -> Fault | None:
        """The first fault that hits this call, counted as fired."""
        for fault in self._faults.values():
            if fault.at != operation or (fault.order is not None and fault.order not in orders):
                continue
            fault.matched += 1
            if fault.matched <= fault.after or fault.fired >= fault.times:
                continue
            if fault.probability < 1 and self._random.random() >= fault.probability:
                continue
            fault.fired += 1
            return fault
        return None

    def all(self) -> list[Fault]:
        return list(self._faults.values())

    def get(self, fault_id: str) -> Fault | None:
        return self._faults.get(fault_id)

    def remove(self, fault_id: str) -> None:
        self._faults.pop(fault_id, None)

    def clear(self, seed: int | None = None) -> None:
        """Forget all faults and start counting and tossing anew."""
        self._faults.clear()
        self._planned = 0
        self._seed = self._seed if seed is None else seed
        self._random = random.Random(self._seed)  # noqa: S311 - as above


def _checked(wish: dict[str, Any]) -> dict[str, Any]:
    texts, numbers = ("name", "at", "kind", "order", "by"), ("status", "times", "after")
    allowed = dict.fromkeys(texts, str) | dict.fromkeys(numbers, int)
    fields = dict(wish)
    probability = fields.pop("probability", 1.0)
    for key, value in fields.items():
        if key not in allowed:
            raise UnusableFault(f"unknown field {key!r}: a fault has {', '.join([*allowed, 'probability'])}")
        if not isinstance(value, allowed[key]) or isinstance(value, bool):
            raise UnusableFault(f"field {key!r}: {value!r} is not {allowed[key].__name__}")
    for key in ("at", "kind"):
        if key not in fields:
            raise UnusableFault(f"field {key!r} is missing")
    if fields["kind"] not in KINDS:
        raise UnusableFault(f"field 'kind': {fields['kind']!r} is not one of {', '.join(KINDS)}")
    if not 400 <= fields.get("status", 500) <= 599:  # noqa: PLR2004 - HTTP's error range
        raise UnusableFault(f"field 'status': {fields['status']} is not between 400 and 599")
    if fields.get("times", 1) < 1 or fields.get("after", 0) < 0:
        raise UnusableFault("field 'times' counts from 1, field 'after' from 0")
    if not isinstance(probability, int | float) or isinstance(probability, bool) or not 0 < probability <= 1:
        raise UnusableFault(f"field 'probability': {probability!r} is not above 0 and up to 1")
    return {**fields, **_slowness(fields), "probability": float(probability)}


def _slowness(fields: dict[str, Any]) -> dict[str, str]:
    if fields["kind"] not in SLOW:
        if "by" in fields:
            raise UnusableFault(f"field 'by': only a fault of kind {' or '.join(sorted(SLOW))} takes time")
        return {}
    by = fields.get("by", DEFAULT_BY)
    try:
        duration = parse_duration(by)
    except UnreadableTime as error:
        raise UnusableFault(f"field 'by': {error}") from None
    if not timedelta(0) < duration <= LONGEST_BY:
        raise UnusableFault(f"field 'by': {by!r} is not above 0 and up to {LONGEST_BY.days}d")
    return {"by": by}
