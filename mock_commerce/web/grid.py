"""The order grid."""

from __future__ import annotations

from flask import render_template, request
from sqlalchemy import ColumnElement, Select, or_, select

from mock_commerce.cron import grid
from mock_commerce.models import Order, Store, db
from mock_commerce.sales import lifecycle, statuses
from mock_commerce.web.section import section

PAGE_SIZES = (20, 30, 50, 100, 200)
LAST_PAGE = 10**6

bp = section("admin_orders")


def page_number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


def page_size() -> int:
    size = request.args.get("limit", PAGE_SIZES[0], type=int)
    return size if size in PAGE_SIZES else PAGE_SIZES[0]


@bp.get("/sales/order")
def index() -> str:
    """Newest first; an order without a status is in no grid, nor is one that the grid does not know yet."""
    wanted = {name: request.args.get(name, "").strip() for name in ("keyword", "status", "amazon")}
    rows = db.paginate(_found(wanted), page=page_number(), per_page=page_size(), error_out=False)
    lagging = grid.lagging([order.entity_id for order in rows.items])
    return render_template(
        "admin/orders.html",
        rows=rows,
        wanted=wanted,
        shown={order.entity_id: lagging.get(order.entity_id, order.status) for order in rows.items},
        sizes=PAGE_SIZES,
        statuses=_known_statuses(),
        points={store.store_id: store.full_name for store in db.session.scalars(select(Store))},
    )


def _found(wanted: dict[str, str]) -> Select[Order]:
    query, status = grid.shown(select(Order))
    query = query.where(status.is_not(None))
    if wanted["status"]:
        query = query.where(status == wanted["status"])
    if wanted["amazon"]:
        query = query.where(Order.ext_order_id.icontains(wanted["amazon"], autoescape=True))
    if wanted["keyword"]:
        query = query.where(_mentions(wanted["keyword"]))
    return query.order_by(Order.created_at.desc(), Order.entity_id.desc())


def _mentions(text: str) -> ColumnElement[bool]:
    names = [
        address["firstname"].as_string() + " " + address["lastname"].as_string()
        for address in (Order.billing_address, Order.shipping_address)
    ]
    columns = (Order.increment_id, Order.ext_order_id, Order.customer_email, *names)
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


def _known_statuses() -> list[str]:
    return [*lifecycle.DEFAULT_STATUS.values(), *lifecycle.MORE_STATUSES, *statuses.added()]
