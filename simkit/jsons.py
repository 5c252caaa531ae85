"""The one JSON provider of both mocks: orjson, with decimals as text and times as ISO 8601 with Z."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson
from flask.json.provider import JSONProvider

from simkit.times import iso


def _default(value: object) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


class Provider(JSONProvider):
    """orjson behind Flask's interface; keys keep their order."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        del kwargs
        return dump(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        del kwargs
        return orjson.loads(s)


def dump(obj: Any) -> bytes:
    return orjson.dumps(obj, default=_default, option=orjson.OPT_PASSTHROUGH_DATETIME)


def load(text: str | bytes) -> Any:
    return orjson.loads(text)


def is_deeper(content: Any, levels: int) -> bool:
    """Whether lists and objects are nested deeper than that many levels."""
    level = [content]
    for _ in range(levels + 1):
        if not (level := [one for one in level if isinstance(one, dict | list)]):
            return False
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return True
