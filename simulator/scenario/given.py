"""The world before the first step: the keys of ``given``, and the defaults that make names known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simkit.clock import DEFAULT_START
from simkit.times import UnreadableTime, parse_time
from simulator import defaults
from simulator.scenario import rules
from simulator.scenario.commerce_config import COMMERCE_CONFIG
from simulator.scenario.model import Given
from simulator.scenario.reading import FAULT, SOURCE, STORE, WEBSITE, Reading
from simulator.scenario.shapes import ListOf, Shape
from simulator.scenario.values import Kind, NotYet, Text, Time, Whole, Word
from simulator.scenario.verbs import ACCOUNT_KEYS, AMAZON_ORDER, CATALOG_PRODUCT, STORE_KEYS
from simulator.scenario.yamltree import Node
from simulator.stockbook import DEFAULT_SOURCE

ALL_FAULTS = "all"
"""What clear_faults says for every fault; so no fault may have that name."""

_CODE = Text(r"[a-z][a-z0-9_]{0,31}", "a code of small letters, digits and _")


def _places(space: str) -> ListOf:
    return ListOf(Shape({"code": _CODE}, {"name": Text()}, short="code", after=rules.makes(space, "code")))


# In the order in which they are read: what makes a name stands before what uses it.
_PARTS: dict[str, Kind] = {
    "clock": Time(about="Where the clock starts."),
    "seed": Whole(about="The seed of all generated ids (1)."),
    "timezone": Word(("UTC",)),
    "websites": _places(WEBSITE),
    "sources": _places(SOURCE),
    "settings": rules.Settings(),
    "stores": ListOf(STORE_KEYS, least=1, about="The first one is meant wherever store is left out."),
    "catalog": ListOf(CATALOG_PRODUCT, about="The products of the shop."),
    "commerce": COMMERCE_CONFIG,
    "amazon": Shape(may={"orders": ListOf(AMAZON_ORDER), **ACCOUNT_KEYS, "access": NotYet()}),
    "rows": NotYet(),
}
GIVEN = Shape(may=_PARTS, about="The world before the first step; everything has a default.")


def learn_defaults(document: Node, reading: Reading) -> None:
    """Make the names known that are there without being given."""
    reading.learn(WEBSITE, defaults.WEBSITE)
    reading.learn(SOURCE, DEFAULT_SOURCE)
    reading.learn(FAULT, ALL_FAULTS)
    if _inside(document, "given", "stores") is None:
        reading.learn(STORE, defaults.STORE)


def set_clock(document: Node, reading: Reading) -> None:
    """Start the reading at the scenario's clock; a bad one is told when ``given`` is read."""
    node = _inside(document, "given", "clock")
    try:
        reading.now = DEFAULT_START if node is None else parse_time(node.value, DEFAULT_START)
    except UnreadableTime:
        reading.now = DEFAULT_START


def in_order(document: Node) -> Node:
    """The document with its makers of names before their users, however the author wrote it down."""
    if not isinstance(document.value, dict):
        return document
    ranked = _ranked(document, ("given", "steps", "expect"))
    given = ranked.value.get("given")
    if given is not None and isinstance(given.value, dict):
        ranked.value["given"] = _ranked(given, tuple(_PARTS))
    return ranked


def _ranked(node: Node, order: tuple[str, ...]) -> Node:
    rank = {key: number for number, key in enumerate(order)}
    return Node(
        dict(sorted(node.value.items(), key=lambda entry: rank.get(entry[0], -1))), node.line, node.name
    )


def _inside(node: Node, *keys: str) -> Node | None:
    for key in keys:
        if not isinstance(node.value, dict) or key not in node.value:
            return None
        node = node.value[key]
    return node


def world(content: dict[str, Any], clock: datetime) -> Given:
    """The world of a scenario without problems; what the file leaves out stays empty."""
    amazon = dict(content.get("amazon", {}))
    orders = amazon.pop("orders", [])
    return Given(
        clock=clock,
        seed=content.get("seed", 1),
        timezone=content.get("timezone", "UTC"),
        stores=tuple(content.get("stores", ())),
        settings=content.get("settings", {}),
        catalog=tuple(content.get("catalog", ())),
        sources=tuple(content.get("sources", ())),
        websites=tuple(content.get("websites", ())),
        amazon_orders=tuple(copy for order in orders for copy in rules.one_by_one(order)),
        amazon_account=amazon,
        commerce=content.get("commerce", {}),
    )
