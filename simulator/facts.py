"""What of the programs' states a timeline tells, and how two tellings differ. Pure; no buyer's data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulator.names import Names

_FROM_THE_START = frozenset({"on the shelf", "salable"})
"""Facts that are worth telling at their first sight even if they are 0."""

Told = dict[str, dict[str, Any]]
"""A subject (an order, a SKU) to what can be told of it."""


@dataclass(frozen=True)
class Change:
    """The same change of one or more subjects; ``what`` is a fact to the value before and after."""

    system: str
    of: tuple[str, ...]
    what: tuple[tuple[str, Any, Any], ...]


class Labels:
    """The scenario's words for the numbers that the systems gave to orders."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[str, str] = {}

    def of(self, number: str) -> str:
        if number not in self._known:
            self._known |= {number: name for name, number in self._names.amazon.items()}
        return self._known.get(number, number)

    def learn(self, commerce: Mapping[str, Any]) -> None:
        """The numbers of Commerce, which stand for Amazon's orders or for the shop's own."""
        for order in commerce["orders"]:
            number = order["ext_order_id"]
            name = self.of(number) if number else order["id"]
            self._known[order["increment_id"]] = name or order["increment_id"]


def amazon_facts(state: Mapping[str, Any], labels: Labels) -> Told:
    return {
        labels.of(order["amazon_order_id"]): {
            "status": order["status"],
            "packages": len(order["packages"]),
            "units cancelled": sum(line["cancelled"] for line in order["lines"]),
            "the buyer asks to cancel": "yes" if order["cancel_requested"] else None,
            "in no list until": order["hidden_until"],
        }
        for order in state["orders"]
    }


def connector_facts(state: Mapping[str, Any], labels: Labels) -> Told:
    told: Told = {
        labels.of(row["amazon_order_id"]): {
            **{key: row[key] for key in ("table", "phase", "blocker")},
            "error": "to be tried again" if row["error"] else None,
        }
        for row in state["orders"]
    }
    stores = {
        f"store {name}": {"state": store["state"], "problem": store["problem"]}
        for name, store in state["stores"].items()
    }
    return told | stores | {"outbox": {"open commands": len(state["outbox"])}}


def commerce_facts(state: Mapping[str, Any], labels: Labels) -> Told:
    labels.learn(state)
    told: Told = {"system message": {"text": "shown" if state["system_message"] else None}}
    for product in state["products"]:
        told[product["sku"]] = {"product": product["status"]}
    for sku, stock in state["stock"].items():
        told.setdefault(sku, {}).update(
            {"on the shelf": stock["qty"], "salable": stock["salable"], "reserved": stock["reserved"]}
        )
    for order in state["orders"]:
        name = labels.of(order["increment_id"])
        subject = f"{name} ({order['increment_id']})" if name in told else name
        told[subject] = {
            "order": f"{order['state']}/{order['status']}",
            **{key: order[key] for key in ("shipments", "invoices", "creditmemos")},
        }
    return told


FACTS: dict[str, Callable[[Mapping[str, Any], Labels], Told]] = {
    "amazon": amazon_facts,
    "connector": connector_facts,
    "commerce": commerce_facts,
}


def changes(system: str, before: Told, after: Told) -> list[Change]:
    """What is told differently now."""
    found = [
        Change(system, (subject,), _differences(before.get(subject, {}), after.get(subject, {})))
        for subject in dict.fromkeys([*before, *after])
    ]
    return together(change for change in found if change.what)


def together(found: Iterable[Change]) -> list[Change]:
    """Equal changes of several subjects as one."""
    alike: dict[Change, list[str]] = {}
    for change in found:
        alike.setdefault(replace(change, of=()), []).extend(change.of)
    return [replace(change, of=tuple(subjects)) for change, subjects in alike.items()]


def _differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[tuple[str, Any, Any], ...]:
    return tuple(
        (fact, before.get(fact), after.get(fact))
        for fact in dict.fromkeys([*before, *after])
        if before.get(fact) != after.get(fact) and (fact in before or after[fact] or fact in _FROM_THE_START)
    )
