"""The verbs of ``/_sim`` that only Commerce has: catalogue, stock, orders, a merchant's work, switches."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from mock_commerce import (
    catalog,
    config_words,
    control_access,
    control_payments,
    control_webhooks,
    exception_log,
    mails,
)
from mock_commerce import control_world as world
from mock_commerce.control_schemas import (
    config_schema,
    named_schema,
    nothing_schema,
    place_schema,
    product_schema,
    ship_schema,
    sku_schema,
    stock_schema,
    wish_of,
)
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import Order, db
from mock_commerce.sales import book, changes, invoicing
from simkit.control import BadControl, control_blueprint


def blueprint() -> Blueprint:
    """The common verbs, and those of a shop."""
    bp = control_blueprint()
    bp.register_error_handler(CommerceError, _refused)
    bp.post("/products")(_save_product)
    bp.post("/products/delete")(_delete_product)
    bp.post("/stock")(_set_stock)
    bp.post("/orders")(_place_order)
    bp.post("/orders/<int:order_id>/ship")(_ship)
    bp.post("/orders/<int:order_id>/<any(invoice, cancel, hold, unhold):verb>")(_work)
    bp.post("/config")(_configure)
    bp.post("/websites")(_add_website)
    bp.post("/sources")(_add_source)
    bp.get("/log")(_read_log)
    bp.get("/mails")(_read_mails)
    control_access.add_to(bp)
    control_webhooks.add_to(bp)
    control_payments.add_to(bp)
    return bp


def _refused(error: CommerceError) -> ResponseReturnValue:
    db.session.rollback()
    return jsonify(error=error.text), 404 if isinstance(error, NoSuchEntity) else 400


def _save_product() -> ResponseReturnValue:
    product = world.save_product(wish_of(product_schema))
    db.session.commit()
    return jsonify(sku=product.sku, entity_id=product.entity_id)


def _delete_product() -> ResponseReturnValue:
    product = catalog.get(wish_of(sku_schema)["sku"])
    catalog.delete(product)
    db.session.commit()
    return jsonify(sku=product.sku)


def _set_stock() -> ResponseReturnValue:
    given = wish_of(stock_schema)
    world.set_stock(given)
    db.session.commit()
    return jsonify(sku=given["sku"], source=given["source"])


def _place_order() -> ResponseReturnValue:
    order = world.place_order(wish_of(place_schema))
    db.session.commit()
    return jsonify(id=order.sim_name, **_shown(order)), 201


def _ship(order_id: int) -> ResponseReturnValue:
    order = book.get(order_id)
    shipment = world.ship(order, wish_of(ship_schema))
    db.session.commit()
    return jsonify(shipment_id=shipment.entity_id, **_shown(order))


def _work(order_id: int, verb: str) -> ResponseReturnValue:
    order = book.get(order_id)
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


def _configure() -> ResponseReturnValue:
    given = wish_of(config_schema)
    changed = config_words.apply(given)
    db.session.commit()
    return jsonify(changed.as_dict())


def _add_website() -> ResponseReturnValue:
    website = world.add_website(**wish_of(named_schema))
    db.session.commit()
    return jsonify(code=website.code, website_id=website.website_id), 201


def _add_source() -> ResponseReturnValue:
    source = world.add_source(**wish_of(named_schema))
    db.session.commit()
    return jsonify(code=source.source_code), 201


def _read_mails() -> ResponseReturnValue:
    return jsonify(mails=mails.newest())


def _read_log() -> ResponseReturnValue:
    return jsonify(entries=[exception_log.as_dict(entry) for entry in exception_log.newest()])
