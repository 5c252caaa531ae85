"""The verbs of ``/_sim/orders``: a shop's own order, and a merchant's work on any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.catalog import composites
from mock_commerce.control.stores import check_source
from mock_commerce.control.wishes import nothing_schema, place_schema, ship_schema
from mock_commerce.models import Order, Shipment, Store, db, row_by_id, sku_key
from mock_commerce.sales import book, changes, invoicing, shipping
from mock_commerce.sales.cart import place_cart
from mock_commerce.sales.lines import Wish
from simkit.checking import wish_of
from simkit.control import BadControl
from simkit.simulation import simulation


def add_to(bp: Blueprint) -> None:
    bp.post("/orders")(_place)
    bp.post("/orders/<int:order_id>/ship")(_ship)
    bp.post("/orders/<int:order_id>/<any(invoice, cancel, hold, unhold):verb>")(_work)


def found_order(order_id: int) -> Order:
    """Raises BadControl."""
    order = row_by_id(Order, order_id)
    if order is None:
        raise BadControl(f"there is no order with the entity id {order_id}", 404)
    return order


def _place() -> ResponseReturnValue:
    order = _placed(wish_of(place_schema))
    db.session.commit()
    return jsonify(id=order.sim_name, **_shown(order)), 201


def _placed(given: Mapping[str, Any]) -> Order:
    """An ordinary order of the default store view."""
    name = given["id"]
    if db.session.scalar(select(Order.entity_id).where(Order.sim_name == name)) is not None:
        raise BadControl(f"field 'id': there is an order {name!r} already")
    store = db.session.get_one(Store, book.MAIN_STORES[-1])
    wishes = [
        Wish(line["sku"], Decimal(line["qty"]), line.get("unit_price"), line.get("variant"))
        for line in given["lines"]
    ]
    for wish in wishes:
        _check_variant(wish)
    order = place_cart(store, wishes)
    order.sim_name = name
    return order


def _check_variant(wish: Wish) -> None:
    """Raises BadControl for a variant that the product does not have, and where one is missing."""
    product = stock.find_product(wish.sku)
    is_configurable = product is not None and product.type_id == composites.CONFIGURABLE
    if product is None or (wish.variant is None and not is_configurable):
        return
    skus = [child.sku for child in composites.children(product)] if is_configurable else []
    if sku_key(wish.variant or "") not in map(sku_key, skus):
        said = "missing" if wish.variant is None else f"{wish.variant!r} is no variant"
        raise BadControl(f"field 'variant': {said}; {wish.sku!r} has {', '.join(skus) or 'none'}")


def _ship(order_id: int) -> ResponseReturnValue:
    order = found_order(order_id)
    shipment = _shipped(order, wish_of(ship_schema))
    db.session.commit()
    return jsonify(shipment_id=shipment.entity_id, **_shown(order))


def _shipped(order: Order, given: Mapping[str, Any]) -> Shipment:
    """Ship as a person does in the Admin; without tracks a UPS number is made up."""
    units = _units(order, given["lines"]) if "lines" in given else None
    if "tracks" in given:
        tracks = [_track(track) for track in given["tracks"]]
    else:
        number = simulation().ids.digits("ups", 16)
        tracks = [shipping.Track(f"1Z{number}", "ups", "United Parcel Service")]
    source = given.get("source", stock.DEFAULT_SOURCE)
    check_source(source, "source")
    return shipping.ship(order, shipping.Wish(units=units, tracks=tracks, source=source))


def _track(given: Mapping[str, str]) -> shipping.Track:
    return shipping.Track(given["number"], given["carrier"], given.get("title", given["carrier"]))


def _units(order: Order, lines: Sequence[Mapping[str, Any]]) -> dict[int, Decimal]:
    """Units by order item; those of one SKU are spread over its lines in their order."""
    units: dict[int, Decimal] = {}
    for line in lines:
        rest = Decimal(line["qty"])
        for item in order.items:
            if item.sku.casefold() == line["sku"].casefold():
                part = min(rest, book.line_of(item).to_ship - units.get(item.item_id, Decimal(0)))
                units[item.item_id] = units.get(item.item_id, Decimal(0)) + part
                rest -= part
        if rest:
            message = (
                f"field 'lines': order {order.entity_id} has {rest} too few open units of {line['sku']!r}"
            )
            raise BadControl(message)
    return units


def _work(order_id: int, verb: str) -> ResponseReturnValue:
    order = found_order(order_id)
    wish_of(nothing_schema)
    if verb == "invoice":
        invoicing.invoice(order)
    elif verb == "cancel":
        if not changes.cancel(order):
            raise BadControl(f"order {order_id} cannot be cancelled: its state is {order.state}")
    else:
        {"hold": changes.hold, "unhold": changes.unhold}[verb](order)
    db.session.commit()
    return jsonify(_shown(order))


def _shown(order: Order) -> dict[str, Any]:
    return {
        "entity_id": order.entity_id,
        "increment_id": order.increment_id,
        "state": order.state,
        "status": order.status,
    }
