"""What can be expected: the keys of ``expect`` and ``never``, and the kind of each value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.scenario.matchers import Match, expected
from simulator.scenario.problems import not_one_of
from simulator.scenario.reading import FAULT, LISTED, ORDER, SHOP_ORDER, SKU, SOLD, STORE, Reading
from simulator.scenario.rules import Settings
from simulator.scenario.shapes import After, Either, ListOf, Named, Shape
from simulator.scenario.values import Described, Kind, Money, Number, Text, Whole, Word
from simulator.scenario.words import (
    AMAZON_STATUSES,
    BLOCKERS,
    LISTING_STATUSES,
    OPERATIONS,
    PHASES,
    STORE_BLOCKERS,
    TABLE_STATUSES,
)
from simulator.scenario.yamltree import Node


@dataclass(frozen=True)
class Mentioned(Described):
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


def _named(kind: Kind, name: Kind, after: After | None = None, about: str = "") -> Match:
    return Match(Named(Match(kind), name, after), about=about)


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
    placed_by=Word(("plugin", "orders_api", "shop")),
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
    amazon=Word(AMAZON_STATUSES, about="The status at Amazon."),
    table=Word(TABLE_STATUSES, about="The status in the Amazon orders table; absent: no row."),
    phase=Word(PHASES, about="Where the order is on its way through the connector."),
    blocker=Word(BLOCKERS, about="The first reason why it is not imported."),
    blockers=_list(Word(BLOCKERS)),
    notes=Text(about="The newest note."),
    resolution=Text(about="What a person has to do."),
    commerce_number=Text(about="The Commerce order's number, as the connector knows it."),
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
class Operation(Described):
    """``system.operation``."""

    def read(self, node: Node, reading: Reading) -> Any:
        known = [f"{system}.{operation}" for system, names in OPERATIONS.items() for operation in names]
        if node.value not in known:
            reading.wrong(node, not_one_of(node.value, known))
        return node.value


EXPECTED = Shape(
    may={
        "orders": _named(
            _ORDER, Mentioned((ORDER, SHOP_ORDER)), _orders_named, about="Orders by the scenario's names."
        ),
        "stock": _named(
            expected(qty=_STOCK, salable=_STOCK, reserved=_STOCK),
            Mentioned((SKU, LISTED, SOLD)),
            about="By SKU: on the shelf, free to sell, held back by unfinished orders.",
        ),
        "listings": _named(
            expected(qty=_COUNT, price=_AMOUNT, statuses=_list(Word(LISTING_STATUSES)), asin=Text()),
            Mentioned((SKU, LISTED, SOLD)),
            about="Amazon's listings by SKU, the seller's or the catalog's; absent: not listed.",
        ),
        "shop_orders": Match(_COUNT, about="How many Commerce orders came from Amazon."),
        "reservations": Match(_COUNT, about="How many reservations lie in Commerce, settled ones too."),
        "table": Match(_COUNT, about="How many rows the Amazon orders table has."),
        "system_message": Match(Text(), about="The banner's text."),
        "calls": _named(_COUNT, Operation(), about="HTTP calls since the scenario began."),
        "outbox": Match(_COUNT, about="Open commands, those that wait for tracking too."),
        "runs": Shape(
            may={"last": Match(expected(seen=_COUNT, imported=_COUNT, blocked=_COUNT, failed=_COUNT))},
            about="The counts of the last run, all stores together.",
        ),
        "store": _named(_STORE, Mentioned((STORE,)), about="Stores by name."),
        "faults": _named(_COUNT, Mentioned((FAULT,)), about="How often each fault fired."),
    },
    about="What has to be true: keys and elements that are left out may be anything.",
)
