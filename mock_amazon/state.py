"""The whole state, for whoever looks from outside. No name, address or e-mail of a buyer is in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mock_amazon.accounts import account_json
from mock_amazon.listings.fba import COUNTS
from mock_amazon.marketplaces import BY_ID
from mock_amazon.models import FbaStock, Listing, Order, OrderItem, Package, Refund, Seller, db
from mock_amazon.moments import written
from mock_amazon.notifications.shown import notifications_json
from mock_amazon.ordering.lifecycle import shipped_quantities
from mock_amazon.ordering.totals import breakdown, order_total
from mock_amazon.state_jobs import jobs_state, refund_json, refunds_by_order

_ORDERS = (
    select(Order)
    .order_by(Order.id)
    .options(selectinload(Order.items), selectinload(Order.packages).selectinload(Package.contents))
)
_SELLERS = select(Seller).order_by(Seller.id)
_LISTINGS = select(Listing).order_by(Listing.id)
_STOCKS = select(FbaStock).order_by(FbaStock.id)


def state() -> dict[str, Any]:
    refunds = refunds_by_order()
    stocks = db.session.scalars(_STOCKS).all()
    units = {_key(stock): stock.fulfillable for stock in stocks}
    return {
        "orders": [_order(order, refunds.get(order.id, [])) for order in db.session.scalars(_ORDERS)],
        "accounts": [account_json(seller) for seller in db.session.scalars(_SELLERS)],
        "listings": [
            listing_json(listing, units.get(_key(listing))) for listing in db.session.scalars(_LISTINGS)
        ],
        "fba_stock": [fba_json(stock) for stock in stocks],
        "notifications": notifications_json(),
        **jobs_state(),
    }


def _key(kept: Listing | FbaStock) -> tuple[str, str, str]:
    return kept.seller_id, kept.marketplace_id, kept.seller_sku


def listing_json(listing: Listing, at_amazon: int | None) -> dict[str, Any]:
    """``at_amazon``: the units that Amazon could ship, None where it keeps none."""
    return {
        "seller": listing.seller_id,
        "marketplace": BY_ID[listing.marketplace_id].code,
        "sku": listing.sku,
        "asin": listing.asin,
        "seller_sku": listing.seller_sku,
        "product_type": listing.product_type,
        "qty": listing.quantity,
        "price": listing.price,
        "statuses": listing.statuses(at_amazon),
    }


def fba_json(stock: FbaStock) -> dict[str, Any]:
    return {
        "seller": stock.seller_id,
        "marketplace": stock.marketplace.code,
        "sku": stock.seller_sku,
        **{name: getattr(stock, name) for name in ("ordered", *COUNTS)},
        "unfulfillable": stock.unfulfillable,
        "total": stock.total,
    }


def _order(order: Order, refunds: list[Refund]) -> dict[str, Any]:
    market = order.marketplace
    shipped = shipped_quantities(order.packed.values())
    total = order_total(order.items, tax_included=market.tax_included)
    return {
        "id": order.label,
        "amazon_order_id": order.amazon_order_id,
        "seller": order.seller_id,
        "marketplace": market.code,
        "channel": order.channel,
        "status": order.status,
        "purchase_date": written(order.purchase_date),
        "last_update_date": written(order.last_update),
        "currency": market.currency,
        "total": market.amount(total),
        "cancel_requested": order.cancel_request is not None,
        "hidden_until": None if order.hidden_until is None else written(order.hidden_until),
        "life": order.life or {},
        "tax_included": market.tax_included,
        "lines": [_line(order, item, shipped[item.order_item_id]) for item in order.items],
        "packages": [_package(order, package) for package in order.packages],
        "refunds": [refund_json(order, refund) for refund in refunds],
    }


def _line(order: Order, item: OrderItem, shipped: int) -> dict[str, Any]:
    amount, parts = order.marketplace.amount, breakdown(item)

    def part(kind: str) -> str:
        return amount(abs(parts.get(kind, Decimal(0))))

    return {
        "order_item_id": item.order_item_id,
        "sku": item.seller_sku,
        "qty": item.quantity,
        "cancelled": item.cancelled,
        "shipped": shipped,
        "unit_price": amount(item.unit_price),
        "tax": part("TAX"),
        "shipping": part("SHIPPING"),
        "discount": part("DISCOUNT"),
        "gift_wrap": part("GIFT_WRAP"),
        "cod_fee": part("COD_FEE"),
    }


def _package(order: Order, package: Package) -> dict[str, Any]:
    skus = {item.order_item_id: item.seller_sku for item in order.items}
    return {
        "reference": package.reference,
        "carrier": package.carrier,
        "tracking": package.tracking,
        "lines": [
            {"sku": skus[content.order_item_id], "qty": content.quantity} for content in package.contents
        ],
    }
