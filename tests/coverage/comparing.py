"""The vendor's models beside what was heard on the tour: what is imitated, and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from listening import Ear, Heard
from vendor_fields import Fields, Model, merged

MODELS = {
    "ordersV0": "Orders v0",
    "orders_2026-01-01": "Orders 2026-01-01",
    "tokens_2021-03-01": "Tokens 2021-03-01",
    "sellers": "Sellers v1",
    "feeds_2021-06-30": "Feeds 2021-06-30",
    "reports_2021-06-30": "Reports 2021-06-30",
    "notifications": "Notifications v1",
    "listingsItems_2021-08-01": "Listings Items 2021-08-01",
    "fbaInventory": "FBA Inventory v1",
}
"""The models that are imitated, with their titles."""
ORDER_CHANGE = ("OrderChangeNotification", "Message ORDER_CHANGE")
"""The vendor's schema of the one notification that is sent, with its title."""
JOURNAL = {("ordersV0", "getOrder"): "getOrderV0"}
"""Operations whose name in the journal is not the vendor's: two models have a getOrder."""


@dataclass(frozen=True)
class Row:
    """An operation with its parameters, or an object with its fields."""

    name: str
    there: list[str]
    missing: list[str]


@dataclass
class Coverage:
    """What of one model is imitated."""

    model: Model
    title: str
    operations: dict[str, Row] = field(default_factory=dict)
    asked: list[Row] = field(default_factory=list)
    answered: list[Row] = field(default_factory=list)

    def journal(self, operation: str) -> str:
        return JOURNAL.get((self.model.name, operation), operation)


def coverages(folder: Path, ear: Ear) -> Iterable[Coverage]:
    """What of each model is imitated; the folder is that of the contracts."""
    for name, title in MODELS.items():
        yield _coverage(Model.read(folder / "amazon" / f"{name}.json"), title, ear)
    name, title = ORDER_CHANGE
    yield _coverage(Model.of_message("ORDER_CHANGE", folder / "amazon" / f"{name}.json"), title, ear)


def _coverage(model: Model, title: str, ear: Ear) -> Coverage:
    found = Coverage(model, title)
    read, seen = _met(found, ear)
    for operation in model.operations:
        heard = {name.lower() for name in ear.parameters.get(found.journal(operation), ())}
        named = dict.fromkeys(model.parameters(operation))
        met = [name for name in named if name.lower() in heard]
        found.operations[operation] = Row(operation, met, [name for name in named if name not in met])
    found.asked = _rows(merged(map(model.asked, model.operations)), read)
    found.answered = _rows(merged(map(model.answered, model.operations)), seen)
    return found


def _met(coverage: Coverage, ear: Ear) -> tuple[Fields, Fields]:
    """The fields of bodies that were read, and those of answers."""
    read: Fields = {}
    seen: Fields = {}
    vendors = {coverage.journal(operation): operation for operation in coverage.model.operations}
    for name, content in ear.bodies:
        if name in vendors:
            coverage.model.met_in_body(vendors[name], content, _heard, read)
    for name, status, content in ear.answers:
        if name in vendors:
            coverage.model.met_in_answer(vendors[name], status, content, seen)
    return read, seen


def _heard(value: dict[str, object]) -> Iterable[str]:
    return [key for key in dict.keys(value) if isinstance(value, Heard) and key in value.heard]


def _rows(named: Fields, met: Fields) -> list[Row]:
    return [
        Row(
            name,
            [key for key in keys if key in met.get(name, {})],
            [key for key in keys if key not in met.get(name, {})],
        )
        for name, keys in named.items()
    ]
