"""Every case of the vendor's state table, through the real routes.

The table names 2.4.6 and 2.4.8; the versions before and after behave as their neighbours.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

# Case name to how its order begins, as a plain save; the table's own steps follow.
PRICE = 10
_TWO = {"sku": "MUG", "qty_ordered": 2, "price": PRICE, "row_total": 20}
STARTS: dict[str, dict[str, Any]] = {
    "virtual order: invoice completes it": {"items": [{**_TWO, "sku": "CODE", "product_type": "virtual"}]},
    "two items: refund one, ship other": {
        "grand_total": 25,
        "items": [_TWO, {"sku": "CUP", "qty_ordered": 1, "price": 5, "row_total": 5}],
    },
    "zero grand total: invoice + ship": {
        "grand_total": 0,
        "items": [{"sku": "MUG", "qty_ordered": 1, "price": 0, "row_total": 0}],
    },
    "imported via POST /V1/orders as state=processing, nothing paid, ship": {"state": "processing"},
    "imported as state=complete with nothing paid, then shipped by API -> closed": {"state": "complete"},
    "imported as processing with qty_invoiced+total_paid prefilled, then shipped": {
        "state": "processing",
        "total_paid": 20,
        "items": [{**_TWO, "qty_invoiced": 2}],
    },
    "imported as processing, all invoiced+shipped qty prefilled but total_paid empty": {
        "state": "processing",
        "items": [{**_TWO, "qty_invoiced": 2, "qty_shipped": 2}],
    },
    "payment_review cannot invoice/ship/cancel": {"state": "payment_review"},
}
QUANTITIES = {
    "qo": "qty_ordered", "qi": "qty_invoiced", "qs": "qty_shipped", "qr": "qty_refunded",
    "qc": "qty_canceled",
}  # fmt: skip
ROUTES = {
    "invoice": "order/{}/invoice", "ship": "order/{}/ship", "refund": "order/{}/refund",
    "cancel": "orders/{}/cancel", "do_hold": "orders/{}/hold", "unhold": "orders/{}/unhold",
}  # fmt: skip
CASES = range(21)


def _start(shop: Any, name: str) -> dict[str, Any]:
    entity = {"state": "new", "grand_total": 20, "customer_email": "a@example.com", "items": [_TWO]}
    entity["billing_address"] = {"firstname": "Ann", "lastname": "Lee"}
    entity |= STARTS.get(name, {})
    entity["status"] = "pending" if entity["state"] == "new" else entity["state"]
    return shop.post("orders", {"entity": entity})


def _body(step: str, order: dict[str, Any]) -> dict[str, Any]:
    wanted = {int(line): int(units) for line, units in re.findall(r"(\d+): (\d+)", step)}
    ids = [item["item_id"] for item in order["items"]]
    rows = [{"order_item_id": ids[line], "qty": units} for line, units in wanted.items()]
    return {"items": rows} if rows else {}


COLUMN = {"2.3": "2.4.6", "2.4.3": "2.4.6", "2.4.6": "2.4.6", "2.4.8": "2.4.8", "2.4.9": "2.4.8"}
"""Version to the column of the table that it is judged by."""


@pytest.mark.parametrize("version", COLUMN)
@pytest.mark.parametrize("number", CASES)
def test_orders_move_as_in_the_vendors_table(shop, state_cases, number, version):
    case = [case for case in state_cases if case["version"] == COLUMN[version]][number]
    shop.sim("config", {"version": version})
    for sku in ("MUG", "CUP"):
        shop.product(sku)
    shop.product("CODE", type="virtual")
    order = _start(shop, case["case"])
    for step, *expected in case["trace"]:
        _play(shop, order, step, expected)
    end = shop.get(f"orders/{order['entity_id']}")
    units = [{key: item[name] for key, name in QUANTITIES.items()} for item in end["items"]]
    assert units == case["items"]
    assert end.get("total_paid", 0) == case["total_paid"]
    assert end.get("total_refunded", 0) == case["total_refunded"]


def _play(shop: Any, order: dict[str, Any], step: str, expected: list[Any]) -> None:
    if step != "save":
        path = ROUTES[step.split("{", maxsplit=1)[0]].format(order["entity_id"])
        answer = shop.call("POST", path, json=_body(step, order))
        if expected[0] == "HTTP 400":
            assert answer.status_code == 400
            assert answer.get_json()["message"] == expected[1]
            return
        assert answer.status_code == 200, answer.get_json()
        if len(expected) > 2:
            assert answer.get_json() is expected[2]
    now = shop.get(f"orders/{order['entity_id']}")
    assert [now["state"], now["status"]] == expected[:2], step


def test_the_table_has_no_case_that_is_not_played(state_cases):
    assert len(state_cases) == 2 * len(CASES)
    assert set(STARTS) <= {case["case"] for case in state_cases}
