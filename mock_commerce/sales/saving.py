"""The plain save behind POST /V1/orders: takes what it is given, checks next to nothing, reserves nothing.

That is what the real repository does (magento2#26575, inventory#2787); quirks say which versions do more.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError

from mock_commerce import stock
from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError, Masked, NoSuchEntity, TypeInvalid
from mock_commerce.models import Order, OrderComment, OrderItem, Store, db
from mock_commerce.sales import book, families, numbers, statuses
from mock_commerce.webapi.inputs import Number, read
from mock_commerce.wire.order_input import COMPUTED, ITEM_COMPUTED, address_schema
from mock_commerce.wire.values import moment, number

_PLAIN = ("ext_order_id", "state", "status", "customer_id", "customer_email", "hold_before_state",
          "hold_before_status")  # fmt: skip
_AMOUNTS = ("grand_total", "subtotal", "tax_amount", "shipping_amount", "total_paid", "total_refunded")
_ITEM_PLAIN = ("sku", "name", "product_id", "product_type", "ext_order_item_id")
_ITEM_NUMBERS = (
    "qty_ordered", "qty_invoiced", "qty_shipped", "qty_refunded", "qty_canceled", "price",
    "price_incl_tax", "row_total", "row_total_incl_tax", "tax_amount", "discount_amount",
)  # fmt: skip


def save(entity: dict[str, Any], store_id: int) -> Order:
    """Create the order, or change what is given of an existing one. The caller commits.

    Raises CommerceError where another order of the store has the number.
    """
    given = dict(entity)
    entity_id = given.pop("entity_id", None)
    if not entity_id and not current().has("half_orders_accepted"):
        _check_whole(given)
    try:
        order = book.get(entity_id) if entity_id else _new(given, store_id)
        known = {item.item_id for item in order.items}
        _fill(order, given)
        _check_status(order, given)
        if not current().has("no_reservation_on_save"):
            _reserve(order, known)
        book.save(order)
    except IntegrityError:
        raise CommerceError("Unique constraint violation found") from None
    return order


def _check_whole(given: dict[str, Any]) -> None:
    """What 2.4.9 asks of a new order."""
    address = given.get("billing_address") or {}
    if not address.get("firstname") or not address.get("lastname"):
        raise CommerceError("Please provide billing address for the order.")
    if not given.get("items"):
        raise CommerceError("Please specify order items.")


def _check_status(order: Order, given: dict[str, Any]) -> None:
    status = given.get("status")
    if status is None or current().has("status_without_state") or statuses.belongs(status, order.state):
        return
    raise CommerceError('The status "%1" is not one of the state "%2".', [status, order.state or ""])


def _reserve(order: Order, known: set[int]) -> None:
    """Hold back what is still to leave of new lines."""
    for item in order.items:
        if item.item_id in known or item.has_children:
            continue
        gone = item.qty_invoiced if item.is_virtual else item.qty_shipped
        if (open_units := item.qty_ordered - item.qty_canceled - gone) > 0:
            stock.reserve(order, item.sku, -open_units, "order_placed")


def _new(given: dict[str, Any], store_id: int) -> Order:
    store = given.get("store_id") or store_id or 1
    if db.session.get(Store, store) is None:
        raise NoSuchEntity("The store that was requested wasn't found. Verify the store and try again.")
    order = Order(
        increment_id=given.get("increment_id") or numbers.draw("order", store),
        store_id=store,
        created_at=_created(given),
        updated_at=book.now(),
    )
    db.session.add(order)
    db.session.flush()
    return order


def _created(given: dict[str, Any]) -> datetime:
    text = given.get("created_at")
    try:
        return moment(text) if text else book.now()
    except ValueError:
        raise Masked(f"SQLSTATE[22007]: Incorrect datetime value: '{text}'") from None


def _fill(order: Order, given: dict[str, Any]) -> None:
    for name in (*_PLAIN, *_AMOUNTS):
        if given.get(name) is not None:
            setattr(order, name, given[name])
    if given.get("discount_amount") is not None:
        order.discount_amount = abs(given["discount_amount"])
    if given.get("order_currency_code"):
        order.currency = given["order_currency_code"]
    _fill_items(order, given.get("items") or [])
    order.is_virtual = _is_virtual(order, given)
    _fill_parts(order, given)
    order.extra = {**order.extra, **_rest(given, COMPUTED | _OWN)}


_OWN = frozenset({
    *_PLAIN, *_AMOUNTS, "discount_amount", "order_currency_code", "items", "billing_address", "payment",
    "status_histories", "extension_attributes", "created_at", "store_id", "is_virtual", "increment_id",
})  # fmt: skip


def _is_virtual(order: Order, given: dict[str, Any]) -> bool:
    if given.get("is_virtual") is not None:
        return bool(given["is_virtual"])
    return bool(order.items) and all(item.is_virtual for item in order.items)


def _rest(given: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The properties that are only kept, as they are shown again."""
    return {key: _kept(value) for key, value in given.items() if key not in known and value is not None}


def _kept(value: Any) -> Any:
    """Numbers as they are printed; what is null inside of something is not there."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, dict):
        return {key: _kept(part) for key, part in value.items() if part is not None}
    return [_kept(part) for part in value] if isinstance(value, list) else value


def _fill_items(order: Order, rows: list[dict[str, Any]]) -> None:
    """Lines, and which of them are children of which: by the ids that the caller used, or by SKU."""
    filled = [(row, _item(order, row)) for row in rows]
    db.session.flush()
    for row, item in filled:
        _fill_item(item, row)
    called = {row["item_id"]: item for row, item in filled if row.get("item_id")}
    for row, item in filled:
        parent = _named_parent(order, row, called)
        if parent is not None and parent is not item and item.parent_item_id is None:
            flags = {"ships_separately": parent.ships_separately, "priced_by_child": parent.priced_by_child}
            families.adopt(parent, [item], **flags)


def _named_parent(order: Order, row: dict[str, Any], called: dict[int, OrderItem]) -> OrderItem | None:
    nested = row["parent_item"] if isinstance(row.get("parent_item"), dict) else {}
    parent_id = row.get("parent_item_id") or nested.get("item_id")
    if parent_id is None and "sku" not in nested:
        return None
    by_id = called | {item.item_id: item for item in order.items}
    if parent_id is not None:
        return called.get(parent_id) or by_id.get(parent_id)
    whole = [
        item for item in order.items if item.parent_item_id is None and item.product_type in _WITH_CHILDREN
    ]
    return next((item for item in whole if item.sku == nested.get("sku")), None)


_WITH_CHILDREN = frozenset({"configurable", "bundle"})


def _item(order: Order, given: dict[str, Any]) -> OrderItem:
    item_id = given.get("item_id")
    for item in order.items if item_id else ():
        if item.item_id == item_id:
            return item
    item = OrderItem(sku=given.get("sku") or "", name=None, qty_ordered=Decimal(0))
    order.items.append(item)
    return item


def _fill_item(item: OrderItem, given: dict[str, Any]) -> None:
    for name in (*_ITEM_PLAIN, *_ITEM_NUMBERS):
        if given.get(name) is not None:
            setattr(item, name, given[name])
    item.product_type = item.product_type or "simple"
    if given.get("price_incl_tax") is None and not item.price_incl_tax:
        item.price_incl_tax = item.price
    if given.get("row_total_incl_tax") is None and not item.row_total_incl_tax:
        item.row_total_incl_tax = item.row_total + item.tax_amount
    item.is_virtual = bool(given.get("is_virtual") or item.product_type == "virtual")
    own = frozenset({*_ITEM_PLAIN, *_ITEM_NUMBERS, "is_virtual", "parent_item_id"})
    item.extra = {**item.extra, **_rest(given, ITEM_COMPUTED | own)}


def _fill_parts(order: Order, given: dict[str, Any]) -> None:
    if given.get("billing_address"):
        order.billing_address = address_of(given["billing_address"])
    if given.get("payment"):
        order.payment = _rest(given["payment"], frozenset({"entity_id", "parent_id"}))
    for row in given.get("status_histories") or []:
        if not row.get("entity_id"):
            flags = {key: row.get(key) or 0 for key in ("is_customer_notified", "is_visible_on_front")}
            order.comments.append(
                OrderComment(
                    comment=row.get("comment"), status=row.get("status"), created_at=book.now(), **flags
                )
            )
    _fill_extension(order, given.get("extension_attributes") or {})


def _fill_extension(order: Order, given: dict[str, Any]) -> None:
    rest = dict(_object("extension_attributes", given))
    assignments = rest.pop("shipping_assignments", None) or []
    if not isinstance(assignments, list):
        raise TypeInvalid("shipping_assignments", assignments, "array")
    first = _object("shipping_assignments", assignments[0] if assignments else {})
    shipping = _object("shipping", first.get("shipping") or {})
    if shipping.get("address"):
        order.shipping_address = address_of(read(address_schema, shipping["address"]))
    order.shipping_method = shipping.get("method") or order.shipping_method
    if rest.get("gw_items_price"):
        order.gift_wrap = Number().deserialize(rest["gw_items_price"], "gw_items_price")
    if rest:
        kept = order.extra.get("extension_attributes", {})
        order.extra = {**order.extra, "extension_attributes": {**kept, **rest}}


def _object(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeInvalid(name, value, "object")
    return value


def address_of(given: dict[str, Any]) -> dict[str, Any]:
    """What is kept of an address; its ids follow from the order."""
    return _rest(given, frozenset({"entity_id", "parent_id", "address_type"}))
