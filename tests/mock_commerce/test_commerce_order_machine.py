"""Any sequence of what can happen to orders keeps quantities, totals, stock and states true."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from commerce_papers import entity
from commerce_shop import Shop
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mock_commerce import stock
from mock_commerce.models import Order, Product, Reservation, db
from mock_commerce.sales import book, lifecycle
from mock_commerce.sales.families import adopt, children_of

SKUS = ("MUG", "CUP", "CODE")
QUANTITIES = st.sampled_from([None, 1, 2, 5, -1])
LINES = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 3)), min_size=1, max_size=2)
VERSIONS = ("2.4.6", "2.4.8", "2.4.9", "ideal")
START = 20
MOST_ORDERS = 2
"""Few orders, so that much happens to each."""
ZERO = Decimal(0)


class Orders(RuleBasedStateMachine):
    """Calls of the REST API; whether one is refused is Commerce's business, what it leaves behind is ours."""

    shop: Shop

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[int] = []
        self.version = ""

    @initialize(version=st.sampled_from(VERSIONS))
    def open(self, version: str) -> None:
        self.shop.sim("reset")
        self.shop.sign_in()
        self.version = version
        self.shop.sim("config", {"version": version})
        for sku in SKUS:
            self.shop.product(sku, qty=START, type="virtual" if sku == "CODE" else "simple")

    @precondition(lambda self: len(self.orders) < MOST_ORDERS)
    @rule(lines=LINES)
    def place_cart(self, lines: list[tuple[str, int]]) -> None:
        rows = [{"sku": sku, "qty": quantity} for sku, quantity in lines]
        answer = self.shop.client.post("/_sim/orders", json={"id": f"C{len(self.orders)}", "lines": rows})
        assert answer.status_code in {201, 400}
        if answer.status_code == 201:
            self.orders.append(answer.get_json()["entity_id"])

    @precondition(lambda self: len(self.orders) < MOST_ORDERS)
    @rule(lines=LINES)
    def save_plainly(self, lines: list[tuple[str, int]]) -> None:
        rows = [
            {
                "sku": sku,
                "product_type": "virtual" if sku == "CODE" else "simple",
                "qty_ordered": quantity,
                "price": 10,
                "row_total": 10 * quantity,
            }
            for sku, quantity in lines
        ]
        self._keep(entity(*rows))

    @precondition(lambda self: len(self.orders) < MOST_ORDERS)
    @rule(quantity=st.integers(1, 2), separately=st.booleans(), priced=st.booleans())
    def save_a_bundle(self, quantity: int, *, separately: bool, priced: bool) -> None:
        price = 5 if priced else 0
        rows = [
            {
                "sku": sku,
                "qty_ordered": quantity * each,
                "price": price,
                "row_total": price * quantity * each,
                "parent_item": {"sku": "SET"},
            }
            for sku, each in (("MUG", 1), ("CUP", 2))
        ]
        total = sum(row["row_total"] for row in rows) or 10 * quantity
        parent = {"sku": "SET", "product_type": "bundle", "qty_ordered": quantity, "row_total": total}
        order_id = self._keep(entity(parent, *rows, grand_total=total))
        with self.shop.client.application.app_context():
            order = db.session.get_one(Order, order_id)
            first, *children = order.items
            adopt(first, children, ships_separately=separately, priced_by_child=priced)
            book.save(order)
            db.session.commit()

    def _keep(self, wish: dict[str, Any]) -> int:
        order_id = int(self.shop.post("orders", {"entity": wish})["entity_id"])
        self.orders.append(order_id)
        return order_id

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), quantity=QUANTITIES)
    def ship(self, data: st.DataObject, quantity: int | None) -> None:
        order_id, body = self._wish(data, quantity)
        self._call(f"order/{order_id}/ship", body)

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), quantity=QUANTITIES)
    def invoice(self, data: st.DataObject, quantity: int | None) -> None:
        order_id, body = self._wish(data, quantity)
        self._call(f"order/{order_id}/invoice", body)

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), quantity=QUANTITIES, back=st.booleans())
    def refund(self, data: st.DataObject, quantity: int | None, *, back: bool) -> None:
        order_id, body = self._wish(data, quantity)
        if back:
            ids = [item["item_id"] for item in self.shop.get(f"orders/{order_id}")["items"]]
            body["arguments"] = {"extension_attributes": {"return_to_stock_items": ids}}
        self._call(f"order/{order_id}/refund", body)

    def _wish(self, data: st.DataObject, quantity: int | None) -> tuple[int, dict[str, Any]]:
        """Everything of an order, or so many units of one of its lines."""
        order_id = data.draw(st.sampled_from(self.orders))
        if quantity is None:
            return order_id, {}
        items = self.shop.get(f"orders/{order_id}")["items"]
        item_id = data.draw(st.sampled_from([item["item_id"] for item in items]))
        return order_id, {"items": [{"order_item_id": item_id, "qty": quantity}]}

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), verb=st.sampled_from(["cancel", "cancel", "hold", "unhold"]))
    def change_state(self, data: st.DataObject, verb: str) -> None:
        self._call(f"orders/{data.draw(st.sampled_from(self.orders))}/{verb}")

    @rule(sku=st.sampled_from(SKUS), quantity=st.integers(0, START))
    def restock(self, sku: str, quantity: int) -> None:
        self.shop.sim("stock", {"sku": sku, "qty": quantity})

    def _call(self, path: str, body: Any = None) -> None:
        before = self.shop.state()
        answer = self.shop.call("POST", path, json=body or {})
        assert answer.status_code in {200, 400}, answer.get_json()
        if answer.status_code == 400:
            assert self.shop.state() == before

    @invariant()
    def all_is_true(self) -> None:
        if not self.orders:
            return
        with self.shop.client.application.test_request_context():
            for order_id in self.orders:
                order = db.session.get_one(Order, order_id)
                _check_lines(order)
                _check_totals(order)
                _check_state(order)
            self._check_stock()
            db.session.rollback()
        for earlier, later in pairwise(sorted(self.orders)):
            assert earlier < later

    def _check_stock(self) -> None:
        """Reservations say what open orders hold, wherever nothing was given back that was never held."""
        held = stock.reserved()
        assert all(units >= 0 for units in stock.at_sources(held).values())
        if self.version != "ideal":
            return
        due: dict[str, Decimal] = {}
        for order_id in self.orders:
            order = db.session.get_one(Order, order_id)
            for key, units in _open_units(order).items():
                due[key] = due.get(key, ZERO) + units
        for product in db.session.query(Product):
            key = product.sku_key
            assert -held.get(key, ZERO) == due.get(key, ZERO), key


def _open_units(order: Order) -> dict[str, Decimal]:
    """What an order still holds back: units neither sent, cancelled nor given back by a refund."""
    held: dict[str, Decimal] = {}
    query = db.session.query(Reservation).filter(Reservation.order_id == order.entity_id)
    for row in query:
        held[row.sku_key] = held.get(row.sku_key, ZERO) - row.quantity
    for key, units in held.items():
        most = sum(
            (item.qty_ordered - item.qty_canceled - _gone(order, item) for item in order.items
             if not item.has_children and item.sku.casefold() == key),
            ZERO,
        )  # fmt: skip
        assert 0 <= units <= most, (order.entity_id, key, units, most)
    return held


def _gone(order: Order, item: Any) -> Decimal:
    return item.qty_invoiced if item.is_virtual else item.qty_shipped


def _check_lines(order: Order) -> None:
    for item in order.items:
        done = (item.qty_invoiced, item.qty_shipped, item.qty_refunded, item.qty_canceled)
        assert all(0 <= units <= item.qty_ordered for units in done), (order.entity_id, item.sku, done)
        assert item.qty_refunded <= item.qty_invoiced
        assert item.qty_invoiced + item.qty_canceled <= item.qty_ordered
        assert item.qty_shipped + item.qty_canceled <= item.qty_ordered
        children = children_of(order, item)
        if children and not item.is_priced:
            slowest = min(child.qty_invoiced / child.qty_ordered for child in children)
            assert item.qty_invoiced == round(slowest * item.qty_ordered, 4)
        if children and item.is_priced:
            assert all(child.qty_invoiced * item.qty_ordered == item.qty_invoiced * child.qty_ordered
                       for child in children)  # fmt: skip


def _check_totals(order: Order) -> None:
    assert 0 <= order.total_refunded <= order.total_paid <= order.grand_total
    if all(item.qty_invoiced == item.qty_ordered for item in order.items if item.is_priced):
        assert order.total_paid == order.grand_total


def _check_state(order: Order) -> None:
    found = book.facts(order)
    assert lifecycle.belongs(order.status or "", order.state)
    assert lifecycle.after_save(found) == found
    if order.state == "complete":
        assert not lifecycle.can_invoice(found)
    if order.state == "canceled":
        assert not any(line.to_refund for line in found.lines)
    assert (order.state == "holded") == (order.hold_before_state is not None)


@pytest.mark.parametrize("examples", [12])
def test_any_sequence_keeps_orders_true(shop, examples):
    class Played(Orders):
        pass

    Played.shop = shop
    Played.TestCase.settings = settings(
        max_examples=examples,
        stateful_step_count=14,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    Played.TestCase("runTest").runTest()
