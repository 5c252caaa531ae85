"""The end state of a scenario: the same however it was played (in process, over HTTP, with a kill).

Everything that ``expect`` can read, and documents and reservations summed per order and SKU; no ids.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from simulator.play import Play

_IDS = frozenset({"commerce_number", "resolution", "notes"})
_SHOP_IDS = frozenset({"entity_id", "increment_id", "ext_order_id", "comments"})


def end_state(play: Play) -> dict[str, Any]:
    views = play.views
    return {
        "orders": {name: _order(views.order(name)) for name in sorted(play.names.amazon)},
        "shop": [_without(order, _SHOP_IDS) for order in views.commerce["orders"] if order["id"] is not None],
        "stock": views.commerce["stock"],
        "listings": views.amazon["listings"],
        "reservations": _reservations(views.commerce),
        "counted": views.read({"shop_orders": "any", "table": "any", "outbox": "any"}),
        "system_message": views.commerce["system_message"],
        "stores": {
            name: {key: store[key] for key in ("state", "settings", "problem")}
            for name, store in views.connector["stores"].items()
        },
    }


def _order(view: dict[str, Any]) -> dict[str, Any]:
    shop = view["shop"]
    packages = [_without(package, frozenset({"reference"})) for package in view["packages"] or ()]
    return {
        **_without(view, _IDS),
        "packages": packages,
        "shop": None if shop is None else _without(shop, _SHOP_IDS),
    }


def _reservations(commerce: dict[str, Any]) -> dict[str, Any]:
    names = {order["entity_id"]: order["ext_order_id"] or order["id"] for order in commerce["orders"]}
    sums: Counter[str] = Counter()
    for entry in commerce["reservations"]:
        sums[f"{names.get(entry['order'], 'no order')} {entry['sku']}"] += entry["quantity"]
    return {name: total for name, total in sorted(sums.items()) if total}


def _without(mapping: dict[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key not in keys}
