"""Rules that hold in every scenario: after each step (I1, I3, I10) and after each run (I2, I4, I6, I7).

I8 needs runs of its own: see ``settling``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from mock_amazon.quirks import INDEX_LAG
from simkit.times import parse_duration
from simulator.legal import Facts, illegal, shop_word
from simulator.money import lines_differ, totals_differ, units_differ
from simulator.stockbook import StockBook

_ENDED = frozenset({"complete", "closed", "canceled"})
_DEAD = frozenset({"closed", "canceled"})
_NEAREST = timedelta(minutes=2)
"""Amazon refuses windows that end nearer to now."""

WEAKNESSES = {
    "orders_api": {
        "I3": "nothing is reserved for such an order, yet Commerce gives back what is shipped or cancelled "
        "(inventory#2130): exactly these units are left over, for good",
    },
}
"""What a way of placing orders breaks of a rule, and what holds instead. All else stays as it is."""

_IMPORTABLE = {
    "MFN": frozenset({"Unshipped", "PartiallyShipped", "Shipped"}),
    "AFN": frozenset({"Shipped"}),
}


@dataclass(frozen=True)
class Breach:
    invariant: str
    message: str


class States(Protocol):
    """The states of the three programs; each is read when a rule needs it."""

    @property
    def amazon(self) -> dict[str, Any]: ...
    @property
    def commerce(self) -> dict[str, Any]: ...
    @property
    def connector(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Sight:
    """All that a rule may look at, at one moment."""

    now: datetime
    states: States
    matched: dict[str, set[str]] = field(default_factory=dict)

    @property
    def amazon(self) -> dict[str, Any]:
        return self.states.amazon

    @property
    def commerce(self) -> dict[str, Any]:
        return self.states.commerce

    @property
    def connector(self) -> dict[str, Any]:
        return self.states.connector


@dataclass(frozen=True)
class Case:
    """One Amazon order with everything that belongs to it."""

    order: dict[str, Any]
    store: dict[str, Any]
    row: dict[str, Any]
    shop: dict[str, Any] | None
    in_outbox: bool

    @property
    def number(self) -> str:
        return str(self.order["amazon_order_id"])

    @property
    def too_old(self) -> bool:
        return _time(self.order["purchase_date"]) < _time(self.store["connected_at"])

    @property
    def explained(self) -> bool:
        return bool(self.row.get("blocker") or self.row.get("error"))


class Watch:
    """The rules, and what they have to remember from step to step."""

    def __init__(self) -> None:
        self._watermarks: dict[str, datetime] = {}

    def after_step(self, sight: Sight, stock: StockBook, changed: Container[str]) -> list[Breach]:
        """The rules for every step, as far as they are about a program that may have changed."""
        breaches: list[Breach] = []
        if "commerce" in changed:
            breaches += [*_one_live_order(sight), *_stock(sight, stock)]
        if "connector" in changed:
            breaches += self._watermark(sight)
        return breaches

    def after_run(self, sight: Sight, began: datetime, failed: Container[str] = ()) -> list[Breach]:
        """The rules for a run; stores that it failed in or did not get through are left out."""
        breaches: list[Breach] = []
        for case in _judged(sight, began, failed):
            breaches += [*_same_money(case, sight), *_side_by_side(case), *_accounted_for(case)]
            breaches += _same_units(case, sight)
        return breaches

    def _watermark(self, sight: Sight) -> Iterator[Breach]:
        for name, store in sight.connector["stores"].items():
            if store["watermark"] is None:
                continue
            mark, before = _time(store["watermark"]), self._watermarks.get(name)
            self._watermarks[name] = mark
            if before is not None and mark < before:
                yield Breach("I10", f"the watermark of {name} went back from {before} to {mark}")
            starting = store["connected_at"] is not None and mark <= _time(store["connected_at"])
            if mark > sight.now - _NEAREST and not starting:
                yield Breach("I10", f"the watermark of {name}, {mark}, is nearer than 2 minutes to now")


def _one_live_order(sight: Sight) -> Iterator[Breach]:
    orders = sight.commerce["orders"]
    live = Counter(
        order["ext_order_id"] for order in orders if order["ext_order_id"] and order["state"] not in _DEAD
    )
    for number, count in live.items():
        if count > 1:
            yield Breach("I1", f"{count} live Commerce orders for {number}")


def _stock(sight: Sight, stock: StockBook) -> Iterator[Breach]:
    there = sight.commerce["stock"]
    for sku, expected in stock.expected(sight.commerce).items():
        if sku in there and there[sku]["qty"] != expected:
            yield Breach("I3", f"{sku}: {there[sku]['qty']} in stock, {expected} by what was set and shipped")
    orders = {order["entity_id"]: order for order in sight.commerce["orders"] if order["state"] in _ENDED}
    left: Counter[tuple[int, str]] = Counter()
    for entry in sight.commerce["reservations"]:
        if entry["order"] in orders:
            left[entry["order"], entry["sku"]] += entry["quantity"]
    for order in orders.values():
        left.subtract(_given_back(order))
    for (order_id, sku), quantity in left.items():
        if quantity:
            yield Breach("I3", f"{sku}: {quantity} still reserved for the finished Commerce order {order_id}")


def _given_back(order: dict[str, Any]) -> Counter[tuple[int, str]]:
    """The reservations that a finished order may leave: see WEAKNESSES."""
    units: Counter[tuple[int, str]] = Counter()
    if "I3" in WEAKNESSES.get(order.get("placed_by", ""), {}):
        for line in order["lines"]:
            shipped = line["shipped"] if order["shipments"] else 0
            units[order["entity_id"], line["sku"]] += shipped + line["canceled"]
    return units


def _judged(sight: Sight, began: datetime, failed: Container[str]) -> Iterator[Case]:
    """Orders of stores that import, whose last change was old enough for the run to see it."""
    stores = {(store["seller"], store["marketplace"]): name for name, store in _importing(sight)}
    rows = {(row["store"], row["amazon_order_id"]): row for row in sight.connector["orders"]}
    shops = {order["ext_order_id"]: order for order in sight.commerce["orders"]}
    lags = {account["seller"]: _lag(account) for account in sight.amazon["accounts"]}
    waiting = {(row["store"], row["amazon_order_id"]) for row in sight.connector["outbox"]}
    for order in sight.amazon["orders"]:
        name = stores.get((order["seller"], order["marketplace"]))
        if name is None or name in failed:
            continue
        store, key = sight.connector["stores"][name], (name, order["amazon_order_id"])
        seen_until = began - parse_duration(store["settings"]["safety_lag"])
        complete = store["watermark"] is not None and _time(store["watermark"]) >= seen_until
        listed_until = min(seen_until, began - lags[order["seller"]])
        hidden = order["hidden_until"] is not None and _time(order["hidden_until"]) > began
        if complete and not hidden and _time(order["last_update_date"]) < listed_until:
            yield Case(order, store, rows.get(key, {}), shops.get(key[1]), key in waiting)


def _lag(account: dict[str, Any]) -> timedelta:
    """How far Amazon's lists are behind."""
    return INDEX_LAG if account["quirks"]["index_lag"] == "on" else timedelta(0)


def _importing(sight: Sight) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, store in sight.connector["stores"].items():
        settings = store["settings"]
        can = store["state"] == "active" and store["problem"] is None and store["connected_at"] is not None
        if can and settings["import_orders"] == "enabled" and settings["read_only"] == "off":
            yield name, store


def _same_money(case: Case, sight: Sight) -> Iterator[Breach]:
    if case.shop is None or case.shop["state"] == "canceled":
        return
    for difference in (
        *lines_differ(case.order, case.shop, sight.matched),
        *totals_differ(case.order, case.shop),
    ):
        yield Breach("I2", f"{case.number}: {difference}")


def _side_by_side(case: Case) -> Iterator[Breach]:
    shop = case.shop or {}
    facts = Facts(
        channel=case.order["channel"],
        amazon=case.order["status"],
        table=case.row.get("table"),
        shop=shop_word(shop.get("state"), shop.get("status")),
        in_outbox=case.in_outbox,
        explained=case.explained,
        conflict=case.row.get("phase") == "cancel_conflict",
        too_old=case.too_old,
    )
    if wrong := illegal(facts):
        yield Breach("I4", f"{case.number}: {wrong}")


def _accounted_for(case: Case) -> Iterator[Breach]:
    importable = _IMPORTABLE.get(case.order["channel"], frozenset())
    if case.too_old or case.shop is not None or case.order["status"] not in importable:
        return
    row = case.row
    blocked = row.get("blocker") and row.get("resolution")
    if not blocked and not (row.get("error") and row.get("next_try_at")):
        missing = "neither a blocker with a resolution nor an error with a next try"
        yield Breach("I6", f"{case.number}: not imported, and {missing}")


def _same_units(case: Case, sight: Sight) -> Iterator[Breach]:
    conflict = case.row.get("phase") == "cancel_conflict"
    unread = case.row.get("details") == "wanted"  # v0: Amazon lets the connector read it in a later run
    if case.shop is None or case.in_outbox or conflict or unread:
        return
    for difference in units_differ(case.order, case.shop, sight.matched):
        yield Breach("I7", f"{case.number}: {difference}")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
