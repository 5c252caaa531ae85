"""The first page: stores and the newest orders, read only."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from sqlalchemy import select

from connector.database import db
from connector.models import OrderRow, Store
from connector.sync.banner import shown_text

bp = Blueprint("pages", __name__)
RECENT = 10


@bp.after_request
def protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


@bp.get("/")
def home() -> str:
    """Stores and Recent Orders."""
    newest = select(OrderRow).where(OrderRow.table_status.is_not(None))
    newest = newest.order_by(OrderRow.purchased_at.desc(), OrderRow.id.desc()).limit(RECENT)
    return render_template(
        "home.html",
        stores=db.session.scalars(select(Store).order_by(Store.id)).all(),
        orders=db.session.scalars(newest).all(),
        message=shown_text(),
    )
