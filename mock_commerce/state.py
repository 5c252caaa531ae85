"""The whole state for ``GET /_sim/state``: what scenarios can expect of the shop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import selectinload

from mock_commerce import catalog, stock
from mock_commerce.asynchronous import bulks
from mock_commerce.asynchronous.status import WORDS
from mock_commerce.config import settings
from mock_commerce.cron import jobs, schedule
from mock_commerce.models import (
    Bulk,
    Creditmemo,
    Invoice,
    Order,
    OrderItem,
    Product,
    Reservation,
    Shipment,
    SourceItem,
    Store,
    Website,
    db,
)
from mock_commerce.modules.amazon_sales_channel.api import MESSAGE
from mock_commerce.modules.amazon_sales_channel.models import AmazonOrder
from mock_commerce.webhooks import subscriptions
from mock_commerce.wire.values import money, number
from simkit.times import iso

ZERO = Decimal(0)
ADDRESS_LINES = 3
TAX_ON_TOP = frozenset({"USD", "CAD", "MXN"})
_DOCUMENTS: dict[str, type[Shipment | Invoice | Creditmemo]] = {
    "shipments": Shipment,
    "invoices": Invoice,
    "creditmemos": Creditmemo,
}
_PRODUCTS = select(Product).order_by(Product.entity_id)
_RESERVATIONS = select(Reservation).order_by(Reservation.reservation_id)
_SOURCE_ITEMS = select(SourceItem).order_by(SourceItem.source_code)
_BULKS = select(Bulk).order_by(Bulk.id)
_ORDERS = (
    select(Order).order_by(Order.entity_id).options(selectinload(Order.items), selectinload(Order.comments))
)
_LINKS = select(AmazonOrder)
_VIEWS = select(Store.store_id, Store.code)
_WEBSITES = select(Website.website_id, Website.code)
_COUNTS = union_all(
    *(
        select(literal(name), model.order_id, func.count()).group_by(model.order_id)
        for name, model in _DOCUMENTS.items()
    )
)


def state() -> dict[str, Any]:
    products = db.session.scalars(_PRODUCTS).all()
    reservations = db.session.scalars(_RESERVATIONS).all()
    return {
        "orders": _orders(),
        "stock": _stock(products, reservations),
        "reservations": [
            {"sku": row.sku, "order": row.order_id, "quantity": number(row.quantity)} for row in reservations
        ],
        "products": _products(products),
        "system_message": settings.read(MESSAGE) if settings.current().module_enabled else None,
        "config": settings.current().as_dict(),
        "bulks": _bulks(),
        "cron": _cron(),
        "webhooks": subscriptions.summaries(),
    }


def _bulks() -> list[dict[str, Any]]:
    rows = db.session.scalars(_BULKS).all()
    counts = bulks.counts([row.uuid for row in rows]) if rows else {}
    return [
        {
            "uuid": row.uuid,
            "description": row.description,
            "operations": row.operation_count,
            **{word: counts[row.uuid][status] for status, word in WORDS.items()},
        }
        for row in rows
    ]


def _cron() -> dict[str, str | None]:
    """When each job of the cron runs next; None where it has nothing to do, or the cron is stopped."""
    planned = schedule.all_planned()
    return {name: iso(planned[name]) if name in planned else None for name in jobs.JOBS}


def _orders() -> list[dict[str, Any]]:
    rows = db.session.scalars(_ORDERS).all()
    if not rows:
        return []
    links = {link.order_id: link for link in db.session.scalars(_LINKS)}
    views = dict(db.session.execute(_VIEWS).all())
    documents: dict[str, Counter[int]] = {name: Counter() for name in _DOCUMENTS}
    for name, order_id, count in db.session.execute(_COUNTS):
        documents[name][order_id] = count
    return [
        {
            **_order(order, links.get(order.entity_id), views[order.store_id]),
            **_origin(order, links.get(order.entity_id), documents["shipments"][order.entity_id]),
            **{name: counts[order.entity_id] for name, counts in documents.items()},
            "comments": [comment.comment for comment in order.comments if comment.comment],
        }
        for order in rows
    ]


def _order(order: Order, link: AmazonOrder | None, view: str) -> dict[str, Any]:
    included = _tax_included(order, link)
    return {
        "id": order.sim_name,
        "entity_id": order.entity_id,
        "increment_id": order.increment_id,
        "ext_order_id": order.ext_order_id,
        "state": order.state,
        "status": order.status,
        "store_view": view,
        "currency": order.currency,
        "total": money(order.grand_total),
        "tax_included": included,
        "shipping": money(order.shipping_amount),
        "tax": money(order.tax_amount),
        "discount": money(order.discount_amount),
        "gift_wrap": money(order.gift_wrap),
        "customer": "guest" if order.customer_id is None else {"email": order.customer_email},
        "payment_method": order.payment.get("method"),
        "shipping_method": order.shipping_method,
        "ship_to": _address(order.shipping_address),
        "bill_to": _address(order.billing_address),
        "lines": [_line(item, included=included) for item in order.items],
        **_units(order),
    }


def _origin(order: Order, link: AmazonOrder | None, shipments: int) -> dict[str, str]:
    """How the order came here. One that was saved with shipped units left from somebody else's warehouse."""
    if link is not None:
        return {"placed_by": "plugin", "fulfilled_by": link.fulfilled_by}
    placed_by = "shop" if order.sim_name is not None or "quote_id" in order.extra else "orders_api"
    sent_before = not shipments and any(item.qty_shipped for item in order.items)
    return {"placed_by": placed_by, "fulfilled_by": "amazon" if sent_before else "merchant"}


def _tax_included(order: Order, link: AmazonOrder | None) -> bool:
    """Whether Amazon's prices hold the tax; a plainly saved order tells it by its currency only."""
    if link is not None:
        return link.tax_included
    return order.ext_order_id is not None and order.currency not in TAX_ON_TOP


def _units(order: Order) -> dict[str, int | float]:
    return {
        name: number(sum((getattr(item, f"qty_{name}") for item in order.items), ZERO))
        for name in ("invoiced", "shipped", "refunded", "canceled")
    }


def _line(item: OrderItem, *, included: bool) -> dict[str, Any]:
    return {
        "sku": item.sku,
        "qty": number(item.qty_ordered),
        "price": money(item.price_incl_tax if included else item.price),
        "tax": money(item.tax_amount),
        "discount": money(item.discount_amount),
        "row_total": money(item.row_total_incl_tax if included else item.row_total),
        "invoiced": number(item.qty_invoiced),
        "shipped": number(item.qty_shipped),
        "refunded": number(item.qty_refunded),
        "canceled": number(item.qty_canceled),
    }


def _address(address: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if address is None:
        return None
    lines = [*(address.get("street") or []), *[None] * ADDRESS_LINES][:ADDRESS_LINES]
    return {
        "name": f"{address.get('firstname') or ''} {address.get('lastname') or ''}".strip(),
        **{f"line{place}": line for place, line in enumerate(lines, start=1)},
        "city": address.get("city"),
        "region": address.get("region"),
        "postal_code": address.get("postcode"),
        "country": address.get("country_id"),
        "phone": address.get("telephone"),
    }


def _stock(products: Sequence[Product], reservations: Sequence[Reservation]) -> dict[str, Any]:
    by_key = {product.sku_key: product for product in products}
    salable = stock.salable(by_key)
    held: dict[str, Decimal] = {}
    for reservation in reservations:
        held[reservation.sku_key] = held.get(reservation.sku_key, ZERO) - reservation.quantity
    by_source: dict[str, dict[str, int | float]] = {key: {} for key in by_key}
    for row in db.session.scalars(_SOURCE_ITEMS):
        if row.sku_key in by_source:
            by_source[row.sku_key][row.source_code] = number(row.quantity)
    return {
        product.sku: {
            "qty": sum(by_source[key].values()),
            "salable": number(salable.get(key, ZERO)),
            "reserved": number(held.get(key, ZERO)),
            "by_source": by_source[key],
        }
        for key, product in by_key.items()
    }


def _parts(product: Product) -> dict[str, list[str]]:
    if not product.is_composite:
        return {}
    return {"children": [part.sku for part in catalog.children(product)]}


def _products(products: Sequence[Product]) -> list[dict[str, Any]]:
    names = dict(db.session.execute(_WEBSITES).all())
    return [
        {
            "sku": product.sku,
            "status": "enabled" if product.status == 1 else "disabled",
            "type": product.type_id,
            "websites": [names[website_id] for website_id in product.website_ids],
            **_parts(product),
        }
        for product in products
    ]
