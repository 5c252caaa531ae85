"""The scenario language as a JSON Schema, for editors: made from the kinds that check a file.

It refuses nothing that the parser takes, but it takes more; ``WEAKER`` says what.
"""

from __future__ import annotations

import itertools
from functools import singledispatch
from typing import Any

from connector.domain.settings import SETTINGS, Setting
from simulator.scenario.document import DOCUMENT, OneOrMore, OneStep, Profile, Rows
from simulator.scenario.examples import COLUMN, MAX_ROWS
from simulator.scenario.expected import Mentioned, Operation
from simulator.scenario.matchers import ANY_MONEY, ANY_NUMBER, COMPARISONS, Match
from simulator.scenario.reading import STORE
from simulator.scenario.rules import Settings
from simulator.scenario.shapes import Either, ListOf, Named, Shape
from simulator.scenario.values import (
    MONEY,
    Duration,
    Flag,
    Kind,
    Known,
    Money,
    NotYet,
    Number,
    Text,
    Time,
    Whole,
    Word,
)
from simulator.scenario.verbs import VERBS
from simulator.scenario.words import OPERATIONS, PROFILES

ID = "urn:channelsim:scenario:1"
WEAKER = (
    "names: whether an order, a SKU, a store, a website, a source or a fault is known at that place",
    "what several keys or steps say together: an operation and its system, a name that is given twice",
    "times that are not in the calendar, regular expressions, and 1.0 in the place of 1",
    "tables and payloads: what stands in other files",
    "with examples: every value and key may be a place, and what is filled in is not looked at",
)
"""What the parser refuses and the schema does not."""

_FEW = 3
"""Keys of a mapping that is written down where it stands."""
_DURATION = r"[0-9]+(\.[0-9]+)?[smhd]"
_PLACE = {"$ref": "#/$defs/place"}
_PLACE_AMONG_KEYS = {"$ref": "#/$defs/place_among_keys"}

Schema = dict[str, Any]


def scenario_schema() -> Schema:
    """The whole language. A file with ``examples`` may have places where another has values."""
    plain, filled = _Writer(), _Writer(places=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "A scenario of Channel Simulator",
        "type": "object",
        "if": {"required": ["examples"]},
        "then": filled.shape(DOCUMENT),
        "else": plain.shape(DOCUMENT),
        "$defs": {
            "place": {"type": "string", "pattern": COLUMN.pattern},
            "place_among_keys": {"not": {"propertyNames": {"not": {"pattern": COLUMN.pattern}}}},
            **plain.shared,
            **filled.shared,
        },
    }


class _Writer:
    """Writes schemas; with ``places``, for a file whose values and keys are filled in from rows."""

    def __init__(self, *, places: bool = False) -> None:
        self.places = places
        self.shared: dict[str, Schema] = {}

    def of(self, kind: Kind, key: str = "") -> Schema:
        """The schema of a kind; ``key`` is where it stands, for the name of a shared part."""
        return self.told(_schema(kind, self, key), _about(kind))

    def told(self, schema: Schema, about: str) -> Schema:
        """With words for people; and a place may stand there instead, in a file that has places."""
        if self.places:
            schema = {"anyOf": [schema, _PLACE]}
        return {"description": about, **schema} if about else schema

    def once(self, schema: Schema, name: str) -> Schema:
        """The same, written down once and pointed at: expectations nest deeply and repeat themselves."""
        name = f"{'filled_' if self.places else ''}{name}"
        number = itertools.count(2)
        unique = name
        while self.shared.setdefault(unique, schema) != schema:
            unique = f"{name}_{next(number)}"
        return {"$ref": f"#/$defs/{unique}"}

    def shape(self, kind: Shape) -> Schema:
        kinds = {**kind.need, **kind.may}
        keys = {key: self.of(one, key) for key, one in kinds.items() if not isinstance(one, NotYet)}
        return self.mapping(keys, {"required": list(kind.need)} if kind.need else {})

    def mapping(self, keys: dict[str, Schema], demand: Schema) -> Schema:
        """A mapping with these keys only, of which ``demand`` asks something."""
        schema: Schema = {"type": "object", "properties": keys, "additionalProperties": False}
        if not self.places:
            return schema | demand
        among = {"anyOf": [demand, _PLACE_AMONG_KEYS]} if demand else {}
        return schema | {"patternProperties": {COLUMN.pattern: True}} | among


@singledispatch
def _schema(kind: Kind, _to: _Writer, key: str) -> Schema:
    raise TypeError(f"{type(kind).__name__} ({key}) has no schema: give it one here")


@_schema.register
def _(kind: Text, _to: _Writer, _key: str) -> Schema:
    return {"type": "string", "minLength": 1, **({"pattern": _whole(kind.pattern)} if kind.pattern else {})}


@_schema.register
def _(kind: Word, _to: _Writer, _key: str) -> Schema:
    return {"enum": list(kind.words)}


@_schema.register
def _(_kind: Flag, _to: _Writer, _key: str) -> Schema:
    return {"type": "boolean"}


@_schema.register
def _(kind: Whole, _to: _Writer, _key: str) -> Schema:
    return {"type": "integer", "minimum": kind.least, "maximum": kind.most}


@_schema.register
def _(kind: Number, _to: _Writer, _key: str) -> Schema:
    limits = {"type": "number", "minimum": kind.least, "maximum": kind.most}
    return limits if kind.zero else {**limits, "not": {"const": 0}}


@_schema.register
def _(kind: Money, _to: _Writer, _key: str) -> Schema:
    return {"type": "string", "pattern": _whole(("" if kind.negative else "(?!-)") + MONEY.pattern)}


@_schema.register
def _(_kind: Duration, _to: _Writer, _key: str) -> Schema:
    return {"type": "string", "pattern": rf"^\s*{_DURATION}\s*$"}


@_schema.register
def _(_kind: Time, _to: _Writer, _key: str) -> Schema:
    return {"type": "string", "pattern": rf"^\s*(now|[-+]{_DURATION}|[0-9]{{4}}[\s\S]+)\s*$"}


@_schema.register(Known)
@_schema.register(Mentioned)
def _(_kind: Known | Mentioned, _to: _Writer, _key: str) -> Schema:
    return {"type": "string"}


@_schema.register
def _(_kind: Operation, _to: _Writer, _key: str) -> Schema:
    return {"enum": [f"{system}.{name}" for system, names in OPERATIONS.items() for name in names]}


@_schema.register
def _(_kind: Profile, _to: _Writer, _key: str) -> Schema:
    return {"enum": list(PROFILES)}


@_schema.register
def _(kind: Shape, to: _Writer, key: str) -> Schema:
    mapping = to.shape(kind)
    if len(mapping["properties"]) > _FEW:
        mapping = to.once(mapping, key or "part")
    return {"anyOf": [to.of(kind.need[kind.short]), mapping]} if kind.short else mapping


@_schema.register
def _(kind: ListOf, to: _Writer, key: str) -> Schema:
    return {
        "type": "array",
        "items": to.of(kind.kind, key),
        **({"minItems": kind.least} if kind.least else {}),
    }


@_schema.register
def _(kind: Named, to: _Writer, key: str) -> Schema:
    return {
        "type": "object",
        "propertyNames": to.of(kind.name),
        "additionalProperties": to.of(kind.kind, key),
    }


@_schema.register
def _(kind: Either, to: _Writer, key: str) -> Schema:
    return {"anyOf": [to.of(kind.other, key), to.of(kind.mapping, key)]}


@_schema.register
def _(kind: OneOrMore, to: _Writer, key: str) -> Schema:
    one = to.of(kind.kind, key)
    return {"anyOf": [one, {"type": "array", "items": one}]}


@_schema.register
def _(_kind: Rows, _to: _Writer, _key: str) -> Schema:
    rows = {"type": "array", "minItems": 1, "maxItems": MAX_ROWS}
    return {
        "anyOf": [
            {"type": "string", "pattern": r"^[^/]*\.csv$"},
            {**rows, "items": {"type": "object", "minProperties": 1}},
        ]
    }


@_schema.register
def _(kind: Settings, to: _Writer, _key: str) -> Schema:
    settings = {name: to.told(_setting(setting), setting.about) for name, setting in SETTINGS.items()}
    store = {"store": to.of(Known((STORE,)))} if kind.store else {}
    return to.once(to.mapping({**store, **settings}, {}), "settings")


@_schema.register
def _(_kind: OneStep, to: _Writer, _key: str) -> Schema:
    verbs = [{"required": [verb]} for verb in VERBS if verb != "note"]
    only_a_note = {"required": ["note"], "maxProperties": 1}
    keys = {verb: to.of(kind, verb) for verb, kind in VERBS.items()}
    return to.mapping(keys, {"oneOf": [*verbs, only_a_note]})


@_schema.register
def _(kind: Match, to: _Writer, key: str) -> Schema:
    words = {
        "contains": to.of(Text(about="A text with that in it, or a list with such an element.")),
        "matches": to.of(Text(about="A text in which this regular expression is found.")),
    }
    either: list[Schema] = [{"enum": ["any", "absent"]}]
    if kind.is_single:
        number = ANY_MONEY if isinstance(kind.kind, Money) else ANY_NUMBER
        same = ANY_MONEY if isinstance(kind.kind, Money) else kind.kind
        words |= {sign: to.of(same if sign == "!=" else number) for sign in COMPARISONS}
        schema = {"anyOf": [*either, to.of(kind.kind, key), to.mapping(words, {})]}
        return to.once(schema, f"expected_{type(kind.kind).__name__.lower()}")
    inner = to.once(to.of(kind.kind, key), key)
    strict = to.mapping(
        {"exactly": {"description": "Only these keys, or these elements in this order.", **inner}},
        {"required": ["exactly"]},
    )
    return {"anyOf": [*either, inner, strict, to.mapping(words, {})]}


def _setting(setting: Setting) -> Schema:
    if setting.choices:
        return {"enum": list(setting.choices)}
    if setting.least is not None:
        return {"type": "string", "pattern": r"^[0-9]{1,6}[smhd]$"}
    return {"type": ["string", "integer"], "maxLength": 64}


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _about(kind: Kind) -> str:
    """What its place says of it, or what can be said of it anywhere."""
    if about := getattr(kind, "about", ""):
        return str(about)
    if isinstance(kind, Match):
        return _about(kind.kind)
    if isinstance(kind, Text):
        return f"{kind.like[:1].upper()}{kind.like[1:]}." if kind.like else ""
    if isinstance(kind, Known | Mentioned):
        return f"The name of {'an' if kind.spaces[0][0] in 'ao' else 'a'} {kind.spaces[0]}."
    return _ABOUT.get(type(kind), "")


_ABOUT: dict[type, str] = {
    Money: 'An amount in quotes, such as "19.99".',
    Duration: "A duration: 45s, 10m, 2h, 3d.",
    Time: "A time: ISO 8601 with a zone, or relative to the clock (-2d).",
    Flag: "true or false.",
}
