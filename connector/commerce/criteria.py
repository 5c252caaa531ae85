"""Magento's searchCriteria as query parameters. Groups are AND-ed, filters inside a group OR-ed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
CHUNK = 50
"""Values in one filter: keeps the request line below the 8 kB that web servers commonly allow."""


@dataclass(frozen=True)
class Filter:
    """One condition on one field."""

    field: str
    value: str
    condition: str = "eq"


def search(
    groups: Sequence[Sequence[Filter]], *, fields: str, size: int, page: int = 1, sort: str | None = None
) -> dict[str, str]:
    """The parameters of a list call, oldest or smallest first where ``sort`` names a field."""
    parameters = {"searchCriteria[pageSize]": str(size), "searchCriteria[currentPage]": str(page)}
    for number, group in enumerate(groups):
        for index, condition in enumerate(group):
            start = f"searchCriteria[filter_groups][{number}][filters][{index}]"
            parameters[f"{start}[field]"] = condition.field
            parameters[f"{start}[value]"] = condition.value
            parameters[f"{start}[condition_type]"] = condition.condition
    if sort is not None:
        parameters["searchCriteria[sortOrders][0][field]"] = sort
        parameters["searchCriteria[sortOrders][0][direction]"] = "ASC"
    parameters["fields"] = fields
    return parameters


def any_of(field: str, values: Iterable[str]) -> list[Filter]:
    """One group that fits any of the values; a comma cannot stand in an ``in`` list (it is not escaped)."""
    plain = []
    group = []
    for value in values:
        if "," in value:
            group.append(Filter(field, value))
        else:
            plain.append(value)
    if plain:
        group.append(Filter(field, ",".join(plain), "in"))
    return group


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterable[list[T]]:
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk
