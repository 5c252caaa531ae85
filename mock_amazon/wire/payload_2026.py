"""An order from real answers of Orders 2026-01-01: an element of searchOrders, or that of getOrder.

Source: Amazon's model orders_2026-01-01.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mock_amazon.ordering.fact_words import ADDRESS_TYPES, ORDER_PROGRAMS, SHIP_PLUS
from mock_amazon.ordering.lifecycle import Status
from mock_amazon.ordering.totals import EXTRAS
from mock_amazon.wire import payload_parts as parts
from mock_amazon.wire.payload_2026_schemas import CHANNELS, STATUSES, OrderSchema
from mock_amazon.wire.payload_facts import proceeds
from mock_amazon.wire.payload_facts import v2026 as facts_2026
from mock_amazon.wire.payload_facts.reading import kept, kept_of_buyer
from mock_amazon.wire.payload_parts import Draft, DraftLine, DraftPackage, Json, UnusablePayload

_ALL_GONE = Status.SHIPPED


_PROGRAMS = frozenset(
    {
        *("PRIME", "AMAZON_BUSINESS", "PREMIUM", "PREORDER", "AMAZON_EASY_SHIP", "IN_STORE_PICK_UP"),
        *("INVOICE_BY_AMAZON", SHIP_PLUS, *ORDER_PROGRAMS),
    }
)
_ORIGINALS = frozenset({"REPLACEMENT_ORIGINAL_ID", "EXCHANGE_ORIGINAL_ID"})
_schema = OrderSchema()


def read(order: Json, items: Json | None) -> Draft:
    """Raises UnusablePayload."""
    if items is not None:
        raise UnusablePayload("an order of 2026-01-01 has its items in it: leave these out", "items")
    head = parts.loaded(_schema, order)
    status = STATUSES[head["fulfillment"]["status"]]
    total = head["proceeds"]["total"]
    programs = set(head["programs"])
    replaced = _replaced(head["associations"])
    lines, lost = _lines(order, head, status)
    facts, no_fact = kept("order", facts_2026.order_facts(order))
    buyer_facts, no_buyer_fact = kept_of_buyer(facts_2026.buyer_facts(order))
    return Draft(
        number=head["number"],
        status=status,
        marketplace_id=head["channel"]["marketplace_id"],
        currency=total["currency"] if total else "",
        total=total["amount"] if total else None,
        channel=CHANNELS[head["fulfillment"]["by"]],
        service_level=head["fulfillment"]["level"],
        ship_to=_ship_to(head["recipient"]["address"]),
        facts=facts,
        buyer_facts=buyer_facts,
        buyer_name=head["buyer"]["name"],
        buyer_email=head["buyer"]["email"],
        lines=lines,
        packages=tuple(map(_package, head["packages"])),
        prime="PRIME" in programs,
        business="AMAZON_BUSINESS" in programs,
        premium="PREMIUM" in programs,
        replacement=replaced is not None,
        replacement_of=replaced,
        not_kept=tuple(dict.fromkeys([*_not_kept(order, head), *no_fact, *no_buyer_fact, *lost])),
        money_fields=("proceeds.grandTotal", "orderItems.proceeds"),
    )


def _not_kept(order: Json, head: Json) -> Iterator[str]:
    yield from parts.left_out(_schema, order)
    yield from (f"programs: {name}" for name in head["programs"] if name not in _PROGRAMS)


def _replaced(associations: list[dict[str, Any]]) -> str | None:
    originals = [one["number"] for one in associations if one["kind"] in _ORIGINALS]
    return next((number for number in originals if parts.ORDER_ID.fullmatch(number or "")), None)


def _ship_to(address: Json) -> dict[str, str]:
    rest = {key: value for key, value in address.items() if key not in {"extended", "type"}}
    kind = address.get("type")
    extended: dict[str, str] = address.get("extended", {})
    return rest | extended | ({"type": kind} if kind in ADDRESS_TYPES else {})


def _lines(order: Json, head: Json, status: Status) -> tuple[tuple[DraftLine, ...], list[str]]:
    """Ship+ is told with the order; we keep it with its first item."""
    plus = [SHIP_PLUS] if SHIP_PLUS in head["programs"] else []
    lines, lost = [], []
    for item, told in zip(head["items"], order["orderItems"], strict=True):
        facts, no_fact = kept("line", facts_2026.line_facts(told))
        if plus:
            facts["programs"] = [*facts.get("programs", []), plus.pop()]
        lines.append(_line(item, told, status, facts))
        lost += no_fact
    return tuple(lines), lost


def _line(item: Json, told: Json, status: Status, facts: Json) -> DraftLine:
    amounts = proceeds.amounts((item["proceeds"] or {}).get("breakdowns", []))
    shipped = item["fulfillment"].get("shipped")
    gone = item["ordered"] if status is _ALL_GONE else 0
    gift = item["fulfillment"].get("packing", {}).get("gift", {})
    product = item["product"]
    return DraftLine(
        item_id=item["item_id"],
        sku=product["sku"],
        quantity=item["ordered"],
        shipped=gone if shipped is None else shipped,
        price=amounts.get("item", _listed(item)),
        asin=product["asin"],
        title=product["title"],
        tax=amounts.get("tax", Decimal(0)),
        shipping=amounts.get("shipping", Decimal(0)),
        discount=amounts.get("discount", Decimal(0)),
        gift_wrap=amounts.get("gift_wrap", Decimal(0)),
        gift_message=gift.get("message"),
        facts=parts.extra_facts(
            {name: amounts[name] for name in EXTRAS if name in amounts},
            facts,
            facts_2026.promotion_ids(told),
        ),
    )


def _listed(item: dict[str, Any]) -> Decimal | None:
    """The price of all units by the product's unit price: an answer without PROCEEDS has no other."""
    unit = (item["product"]["price"] or {}).get("unit")
    return unit["amount"] * item["ordered"] if unit else None


def _package(package: dict[str, Any]) -> DraftPackage:
    contents: Counter[str] = Counter()
    for content in package["contents"]:
        contents[content["item_id"]] += content["units"]
    return DraftPackage(
        package["reference"],
        package["carrier"],
        package["tracking"],
        contents,
        package["method"],
        package["status"].get("word", "SHIPPED"),
    )
