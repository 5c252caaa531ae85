"""Switches as words of a command line: ``version=2.4.3 two_factor=on integration_bearer=on``."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from marshmallow import fields

from mock_commerce.config import settings
from mock_commerce.config.quirks import QUIRKS
from mock_commerce.control.wishes import config_schema
from mock_commerce.cron import jobs
from mock_commerce.models import db
from mock_commerce.sales import book
from simkit.checking import checked
from simkit.control import BadControl
from simkit.program import UnusableSetting


def parse(words: Sequence[str]) -> dict[str, Any]:
    """What ``/_sim/config`` takes; quirks stand under their own names.

    Raises UnusableSetting.
    """
    wish: dict[str, Any] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise UnusableSetting(f"{word!r} is not name=value")
        if name in QUIRKS:
            wish.setdefault("quirks", {})[name] = text
        elif name in _SINGLE:
            wish[name] = _value(name, config_schema.fields[name], text)
        else:
            raise UnusableSetting(_unknown(name))
    try:
        return checked(config_schema, wish)
    except BadControl as error:
        raise UnusableSetting(
            str(error).replace("field 'quirks.", "field '").replace(".value'", "'")
        ) from None


def _unknown(name: str) -> str:
    known = [*_SINGLE, *QUIRKS]
    near = difflib.get_close_matches(name, known, 1)
    return f"{name!r} is not one of {', '.join(known)}" + (f": did you mean {near[0]!r}?" if near else "")


_SINGLE = tuple(name for name in config_schema.fields if name != "quirks")


def _value(name: str, field: fields.Field[Any], text: str) -> Any:
    if isinstance(field, fields.List):
        return text.split(",") if text else []
    if field.allow_none and text == "none":
        return None
    if not isinstance(field, fields.Integer):
        return text
    if not text.isdecimal():
        raise UnusableSetting(f"field {name!r}: {text!r} is not a whole number")
    return int(text)


def apply(wish: dict[str, Any]) -> settings.Config:
    """Move these switches; quirks that are not named stay. The caller commits."""
    config = settings.current()
    quirks = {**config.quirks, **wish.get("quirks", {})}
    changed = replace(config, **{**wish, "quirks": quirks})
    settings.change(changed)
    jobs.follow_switches()
    if changed.has("null_state_left_out") != config.has("null_state_left_out"):
        book.render_stateless()
    return changed


def start_with(wish: dict[str, Any]) -> None:
    """Move these switches and commit; nothing happens where there are none."""
    if wish:
        apply(wish)
        db.session.commit()
