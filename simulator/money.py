"""Whether a Commerce order has Amazon's lines, quantities and money, to the cent. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from simulator.scenario.expectations import pairing

Order = Mapping[str, Any]
Matched = Mapping[str, set[str]]
"""A seller SKU to the catalog SKUs that it was tied to by hand."""


def lines_differ(amazon: Order, shop: Order, matched: Matched) -> Iterator[str]:
    """Lines of either side that have no partner of the same SKU, quantity, price, tax and discount."""

    def same(wanted: Order, there: Order) -> bool:
        money = all(
            _amount(wanted[left]) == _amount(there[right])
            for left, right in (("unit_price", "price"), ("tax", "tax"), ("discount", "discount"))
        )
        return money and _same_item(wanted, there, matched)

    yield from _unpaired(amazon, shop, same, ("qty", "unit_price", "tax", "discount"))


def units_differ(amazon: Order, shop: Order, matched: Matched) -> Iterator[str]:
    """Lines of which more units are shipped on one side than on the other."""

    def same(wanted: Order, there: Order) -> bool:
        return bool(wanted["shipped"] == there["shipped"]) and _same_item(wanted, there, matched)

    yield from _unpaired(amazon, shop, same, ("shipped",))


def totals_differ(amazon: Order, shop: Order) -> Iterator[str]:
    pairs = [
        ("total", _amount(amazon["total"])),
        ("shipping", sum((_shipping(line) for line in amazon["lines"]), Decimal(0))),
        ("gift_wrap", sum((_amount(line["gift_wrap"]) for line in amazon["lines"]), Decimal(0))),
    ]
    for key, wanted in pairs:
        if _amount(shop[key]) != wanted:
            yield f"{key} is {wanted} at Amazon and {shop[key]} in Commerce"
    if shop["currency"] != amazon["currency"]:
        yield f"currency is {amazon['currency']} at Amazon and {shop['currency']} in Commerce"


def _shipping(line: Order) -> Decimal:
    """What the buyer pays for the way; Commerce has no fee for cash on delivery."""
    return _amount(line["shipping"]) + _amount(line["cod_fee"])


def _unpaired(
    amazon: Order, shop: Order, same: Callable[[Order, Order], bool], told: tuple[str, ...]
) -> Iterator[str]:
    wanted = [line for line in amazon["lines"] if line["qty"]]  # a cancelled line is none any more
    there = shop["lines"]
    pairs = pairing(wanted, there, same)
    for number, line in enumerate(wanted):
        if number not in pairs:
            yield f"no line of the Commerce order is {line['sku']} with " + ", ".join(
                f"{key} {line[key]}" for key in told
            )
    for number in sorted(set(range(len(there))) - set(pairs.values())):
        yield f"line {number + 1} of the Commerce order, {there[number]['sku']}, is no line at Amazon"


def _same_item(wanted: Order, there: Order, matched: Matched) -> bool:
    skus = {wanted["sku"], *matched.get(wanted["sku"], ())}
    return there["sku"] in skus and there["qty"] == wanted["qty"]


def _amount(value: Any) -> Decimal:
    return Decimal(str(value))
