"""The form of a test order and the wish that it means. Fields are named by their place in the wish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from mock_amazon.wire.wishes import OrderWish

FLAGS = ("prime", "business", "premium")
LINE = ("sku", "qty", "unit_price", "tax", "shipping", "discount", "gift_wrap", "gift_message")
MOST_ROWS = 50
_FIELD = re.compile(r"field '([^']+)': (.*)", re.DOTALL)
_schema = OrderWish()


class Refused(Exception):
    """A form that cannot be placed; ``errors`` are texts by the names of fields, "" for the whole."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


def wish_of(form: Mapping[str, str]) -> dict[str, Any]:
    """The checked wish, as the control API would have it.

    Raises Refused.
    """
    if not used_rows(form):
        raise Refused({"": "It needs a line: a SKU, units and a price."})
    try:
        wish: dict[str, Any] = _schema.load(_raw(form))
    except ValidationError as error:
        raise Refused(dict(_flat(error.messages, rows=used_rows(form)))) from None
    return wish


def refusal_of(message: str, form: Mapping[str, str]) -> Refused:
    """What placing answered, at the field that it names."""
    match = _FIELD.match(message)
    if match is None:
        return Refused({"": message})
    path = tuple(int(step) if step.isdigit() else step for step in match[1].split("."))
    return Refused({_name(path, used_rows(form)): match[2]})


def used_rows(form: Mapping[str, str]) -> list[int]:
    """The numbers of the rows in which something is written."""
    return [
        row
        for row in range(MOST_ROWS)
        if any(form.get(f"lines.{row}.{key}", "").strip() for key in LINE if key != "qty")
    ]


def _raw(form: Mapping[str, str]) -> dict[str, Any]:
    seller, _, marketplace = form.get("account", "").rpartition(":")
    raw = _filled(form, "", ("id", "channel", "status", "placed", "service_level"))
    raw |= {"seller": seller, "marketplace": marketplace}
    raw |= {flag: True for flag in FLAGS if form.get(flag)}
    for part in ("buyer", "ship_to"):
        keys = [name.partition(".")[2] for name in form if name.startswith(f"{part}.")]
        raw[part] = _filled(form, f"{part}.", tuple(keys))
    raw["lines"] = [_line(form, row) for row in used_rows(form)]
    return raw


def _line(form: Mapping[str, str], row: int) -> dict[str, Any]:
    line: dict[str, Any] = _filled(form, f"lines.{row}.", LINE)
    if re.fullmatch("[0-9]{1,9}", line.get("qty", "")):
        line["qty"] = int(line["qty"])
    return line


def _filled(form: Mapping[str, str], prefix: str, keys: tuple[str, ...]) -> dict[str, Any]:
    values = {key: form.get(prefix + key, "").strip() for key in keys}
    return {key: value for key, value in values.items() if value}


def _flat(messages: Any, path: tuple[str | int, ...] = (), *, rows: list[int]) -> Iterator[tuple[str, str]]:
    if isinstance(messages, list):
        yield _name(path, rows), " ".join(map(str, messages))
        return
    for key, inner in messages.items():
        yield from _flat(inner, path if key == "_schema" else (*path, key), rows=rows)


def _name(path: tuple[str | int, ...], rows: list[int]) -> str:
    """The field's name: rows that were left empty count too."""
    match path:
        case ("lines", int(number), *rest) if number < len(rows):
            path = ("lines", rows[number], *rest)
        case ("seller" | "marketplace",):
            path = ("account",)
    return ".".join(map(str, path))
