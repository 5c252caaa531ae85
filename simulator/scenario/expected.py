"""What can be expected: the keys of ``expect`` and ``never``, and the kind of each value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.scenario.matchers import Match, expected
from simulator.scenario.problems import not_one_of
from simulator.scenario.reading import FAULT, LISTED, ORDER, SHOP_ORDER, SKU, SOLD, STORE, Reading
from simulator.scenario.rules import Settings
from simulator.scenario.shapes import After, Either, ListOf, Named, Shape
from simulator.scenario.values import Kind, Money, Number, Text, Whole, Word
from simulator.scenario.words import (
    AMAZON_STATUSES,
    BLOCKERS,
    OPERATIONS,
    PHASES,
    STORE_BLOCKERS,
    TABLE_STATUSES,
)
from simulator.scenario.yamltree import Node


@dataclass(frozen=True)
class Mentioned:
    """A name that the scenario mentions anywhere, before or after this place."""

    spaces: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> Any:
        reading.at_the_end(lambda: self._check(node, reading))
        return node.value

    def _check(self, node: Node, reading: Reading) -> None:
        if not reading.has(node.value, *self.spaces):
            known = not_one_of(node.value, reading.names(*self.spaces))
            reading.wrong(node, f"the scenario has no such {self.spaces[0]}: {known}")


_AMOUNT = Money(negative=True)
_QUANTITY = Number()
_STOCK = Number(least=-1_000_000)
_COUNT = Whole()


def _list(kind: Kind) -> ListOf:
    return ListOf(Match(kind))


def _named(kind: Kind, name: Kind, after: After | None = None) -> Match:
    return Match(Named(Match(kind), name, after))


_QUANTITIES: dict[str, Kind] = dict.fromkeys(("invoiced", "shipped", "refunded", "canceled"), _QUANTITY)
_ADDRESS = expected(
    **dict.fromkeys(
        ("name", "line1", "line2", "line3", "city", "region", "postal_code", "country", "phone"), Text()
    )
)
_SHOP_LINE = expected(
    sku=Text(),
    qty=_QUANTITY,
    **_QUANTITIES,
    **dict.fromkeys(("price", "tax", "discount", "row_total"), _AMOUNT),
)
_SHOP = expected(
    **dict.fromkeys(
        ("state", "status", "currency", "increment_id", "ext_order_id", "store_view", "payment_method"),
        Text(),
    ),
    **dict.fromkeys(("total", "shipping", "tax", "discount", "gift_wrap"), _AMOUNT),
    **_QUANTITIES,
    shipping_method=Text(),
    fulfilled_by=Word(("merchant", "amazon")),
    customer=Either(Word(("guest",)), expected(email=Text())),
    lines=_list(_SHOP_LINE),
    ship_to=_ADDRESS,
    bill_to=_ADDRESS,
    shipments=_COUNT,
    invoices=_COUNT,
    creditmemos=_COUNT,
    comments=_list(Text()),
)
_PACKAGE = expected(
    carrier=Text(), tracking=Text(), lines=_list(expected(sku=Text(), qty=Whole())), reference=Text()
)
_ORDER = expected(
    amazon=Word(AMAZON_STATUSES),
    table=Word(TABLE_STATUSES),
    phase=Word(PHASES),
    blocker=Word(BLOCKERS),
    blockers=_list(Word(BLOCKERS)),
    notes=Text(),
    resolution=Text(),
    commerce_number=Text(),
    packages=_list(_PACKAGE),
    shop=_SHOP,
)


def _orders_named(content: dict[str, Any], node: Node, reading: Reading) -> None:
    """Of an ordinary order of the shop only ``shop`` can be expected."""

    def later() -> None:
        for name, child in node.value.items():
            if reading.has(name, SHOP_ORDER) and isinstance(child.value, dict):
                for key in child.value.keys() - {"shop"}:
                    reading.wrong(
                        child.value[key], f"{name} is an order of the shop: only 'shop' can be expected"
                    )

    del content
    reading.at_the_end(later)


_STORE = Shape(
    may={
        "state": Match(Text()),
        "settings": Settings(),
        "problem": Match(Word(STORE_BLOCKERS)),
        "problem_text": Match(Text()),
        "problem_resolution": Match(Text()),
    }
)


@dataclass(frozen=True)
class _Operation:
    """``system.operation``."""

    def read(self, node: Node, reading: Reading) -> Any:
        known = [f"{system}.{operation}" for system, names in OPERATIONS.items() for operation in names]
        if node.value not in known:
            reading.wrong(node, not_one_of(node.value, known))
        return node.value


EXPECTED = Shape(
    may={
        "orders": _named(_ORDER, Mentioned((ORDER, SHOP_ORDER)), _orders_named),
        "stock": _named(
            expected(qty=_STOCK, salable=_STOCK, reserved=_STOCK), Mentioned((SKU, LISTED, SOLD))
        ),
        "shop_orders": Match(_COUNT),
        "table": Match(_COUNT),
        "system_message": Match(Text()),
        "calls": _named(_COUNT, _Operation()),
        "outbox": Match(_COUNT),
        "runs": Shape(
            may={"last": Match(expected(seen=_COUNT, imported=_COUNT, blocked=_COUNT, failed=_COUNT))}
        ),
        "store": _named(_STORE, Mentioned((STORE,))),
        "faults": _named(_COUNT, Mentioned((FAULT,))),
    }
)
