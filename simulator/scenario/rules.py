"""Checks that look at more than one value: what a mapping makes known, and what must fit together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from connector.domain.settings import SETTINGS, InvalidSetting, check
from simkit.faults import SLOW
from simulator import defaults
from simulator.scenario.problems import did_you_mean, not_one_of
from simulator.scenario.reading import ACCOUNT, FAULT, LISTED, ORDER, SHOP_ORDER, SKU, SOLD, STORE, Reading
from simulator.scenario.shapes import After, unknown_key
from simulator.scenario.values import Described, shown
from simulator.scenario.words import OPERATIONS
from simulator.scenario.yamltree import Node

Content = dict[str, Any]

MOST_COPIES = 1_000


def role(content: Content, node: Node, reading: Reading) -> None:
    """A role has some resources, or all but some."""
    if len(content) != 1:
        reading.wrong(node, "write either 'resources' or 'lacks'")


@dataclass(frozen=True)
class Settings(Described):
    """Order settings, checked as the connector checks them; with ``store`` one may be named beside them."""

    store: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, dict):
            reading.wrong(node, f"{shown(node)} is not a mapping of settings")
            return {}
        content = {}
        for name, child in node.value.items():
            content[name] = child.value
            if name == "store" and self.store:
                _known_store(child, reading)
            elif name not in SETTINGS:
                reading.wrong(child, unknown_key(name, SETTINGS))
            else:
                content[name] = _setting(name, child, reading)
        return content


def _known_store(node: Node, reading: Reading) -> None:
    if not isinstance(node.value, str):
        reading.wrong(node, f"{shown(node)} is not the name of a store")
    else:
        reading.need(node, node.value, (STORE,))


def _setting(name: str, node: Node, reading: Reading) -> Any:
    if not isinstance(node.value, str | int) or isinstance(node.value, bool):
        reading.wrong(node, f"{shown(node)} is not a word")
        return node.value
    if isinstance(node.value, str) and node.value != node.value.strip():
        reading.wrong(node, f"{node.value!r} has spaces around it")
    try:
        return check(name, node.value)
    except InvalidSetting as error:
        reading.wrong(node, str(error).removeprefix(f"{name}: "))
        return node.value


def makes(space: str, key: str) -> After:
    """An ``after`` that makes the name under ``key`` known and refuses a second one of that name."""

    def after(content: Content, node: Node, reading: Reading) -> None:
        made(space, content.get(key), node, reading)

    return after


def made(space: str, name: object, node: Node, reading: Reading, *others: str) -> None:
    """Make a name known; complain if it is known already, in that space or another one."""
    if reading.has(name, space, *others):
        article = "an" if space[0] in "aeo" else "a"
        reading.wrong(node, f"there is already {article} {space} {name!r}")
    reading.learn(space, name)


def store_added(content: Content, node: Node, reading: Reading) -> None:
    """A name of its own, and one store for each seller and marketplace (T-31)."""
    made(STORE, content.get("name"), node, reading)
    seller = content.get("seller", defaults.SELLER)
    made(ACCOUNT, f"{seller} on {content.get('marketplace', defaults.MARKETPLACE)}", node, reading)


def product_saved(content: Content, node: Node, reading: Reading) -> None:
    """``commerce.product`` creates or changes: its SKU is known from here on."""
    del node
    reading.learn(SKU, content.get("sku"))


def listed(content: Content, node: Node, reading: Reading) -> None:
    del node
    reading.learn(LISTED, content.get("seller_sku"))
    reading.learn(SOLD, content.get("seller_sku"))


def amazon_order(content: Content, node: Node, reading: Reading) -> None:
    """Make the order known, or each of its ``copies`` under its own name."""
    copies = content.get("copies")
    if isinstance(copies, int) and not 0 < copies <= MOST_COPIES:
        return  # told already
    for order in one_by_one(content):
        made(ORDER, order.get("id"), node, reading, SHOP_ORDER)


def one_by_one(content: Content) -> list[Content]:
    """The orders that one ``amazon.order`` means: ``id: A`` with ``copies: 3`` is A1, A2, A3."""
    copies = content.get("copies")
    if not isinstance(copies, int):
        return [content]
    one = {key: value for key, value in content.items() if key != "copies"}
    return [{**one, "id": f"{one.get('id')}{number}"} for number in range(1, copies + 1)]


def amazon_line(content: Content, node: Node, reading: Reading) -> None:
    """A SKU that the shop does not know is a mistake, unless the line says that it is meant."""
    sku = content.get("sku")
    if not isinstance(sku, str):
        return
    reading.learn(SOLD, sku)
    if content.get("in_catalog") is False:
        if reading.has(sku, SKU):
            reading.wrong(node.value["in_catalog"], f"{sku!r} is in the catalog")
    elif not reading.has(sku, SKU, LISTED):
        near = did_you_mean(sku, reading.names(SKU, LISTED))
        meant = "If it is meant, say in_catalog: false"
        reading.wrong(node.value["sku"], f"{sku!r} is not in the catalog{near or '.'} {meant}")


def shop_order(content: Content, node: Node, reading: Reading) -> None:
    made(SHOP_ORDER, content.get("id"), node, reading, ORDER)


def sold_somewhere(content: Content, node: Node, reading: Reading) -> None:
    """A match by hand for a SKU that Amazon never names in the scenario is a slip of the pen."""
    sku = content.get("seller_sku")

    def later() -> None:
        known = reading.names(SOLD)
        if isinstance(sku, str) and sku not in known:
            reading.wrong(node.value["seller_sku"], f"Amazon never sells it: {not_one_of(sku, known)}")

    reading.at_the_end(later)


def fault(content: Content, node: Node, reading: Reading) -> None:
    """The operation must be one of the system's; a status belongs to kind ``status`` only."""
    known = OPERATIONS.get(str(content.get("system")), ())
    if known and content.get("at") not in known:
        reading.wrong(node.value.get("at", node), not_one_of(content.get("at"), known))
    if "status" in content and content.get("kind") != "status":
        reading.wrong(node.value["status"], "only a fault of kind 'status' has a status")
    if "by" in content and content.get("kind") not in SLOW:
        reading.wrong(node.value["by"], f"only a fault of kind {' or '.join(sorted(SLOW))} takes time")
    if "name" in content:
        made(FAULT, content["name"], node, reading)
