"""Matching seller SKUs to catalog products by hand, and which of them wait for it (G-14, B-01)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import Form, StringField
from wtforms.validators import DataRequired, Length, Regexp

from connector import stores
from connector.commerce.client import CommerceClient
from connector.database import db
from connector.domain.blockers import Code
from connector.domain.statuses import Phase
from connector.errors import ConnectorError
from connector.models import Match, OrderRow, Store
from connector.stores import StoreError
from connector.web.access import STORE, program, store_or_404

bp = Blueprint("matches", __name__)
UNMATCHED = {
    # blocker: why the seller SKU waits
    Code.ITEM_NOT_IN_CATALOG: "not in the catalog",
    Code.ITEM_AMBIGUOUS: "fits several products",
    Code.ITEM_DELETED: "its product was deleted",
}
SHOWN = 50
_PRINTABLE = Regexp(r"[^\x00-\x1f]*\Z", message="cannot contain control characters")


class MatchForm(Form):
    """A seller SKU and the catalog SKU that it means."""

    seller_sku = StringField(
        "Seller SKU at Amazon",
        filters=[lambda text: text and text.strip()],
        validators=[DataRequired("is required"), Length(max=100), _PRINTABLE],
    )
    sku = StringField(
        "SKU in the Commerce catalog",
        filters=[lambda text: text and text.strip()],
        validators=[DataRequired("is required"), Length(max=64), _PRINTABLE],
    )


@dataclass
class Unmatched:
    """A seller SKU of blocked orders that has no product."""

    seller_sku: str
    why: str
    orders: int = 0


@bp.get(f"{STORE}/matches")
def show(store_id: int) -> str:
    """Match seller SKUs."""
    store = store_or_404(store_id)
    return _page(store, MatchForm(seller_sku=request.args.get("seller_sku", "")))


@bp.post(f"{STORE}/matches")
def add(store_id: int) -> Response | tuple[str, int]:
    """Match a seller SKU to a product that Commerce has."""
    store = store_or_404(store_id)
    form = MatchForm(request.form)
    if not form.validate() or not _exists(form, program().commerce):
        return _page(store, form), 400
    stores.match(form.seller_sku.data or "", form.sku.data or "", [store])
    flash(f"{form.seller_sku.data} is matched to {form.sku.data}: used from the next sync on.", "success")
    return redirect(url_for("matches.show", store_id=store_id))


@bp.post(f"{STORE}/matches/<int(max=2147483647):match_id>/remove")
def remove(store_id: int, match_id: int) -> Response:
    """Remove a match; orders that were imported with it stay as they are."""
    store = store_or_404(store_id)
    match = db.session.get(Match, match_id)
    if match is None or match.store_id != store.id:
        abort(404, f"Store {store.name} has no match with the number {match_id}.")
    db.session.delete(match)
    db.session.commit()
    flash(f"{match.seller_sku} is no longer matched to {match.sku}.", "success")
    return redirect(url_for("matches.show", store_id=store_id))


def _exists(form: MatchForm, commerce: CommerceClient) -> bool:
    """Whether Commerce has the product; what is wrong is told at the field."""
    try:
        stores.check_product(form.sku.data or "", commerce)
    except StoreError as error:
        form.sku.errors = [str(error)]
    except ConnectorError as error:
        form.form_errors.append(f"The catalog could not be looked at: {error}. Nothing was saved.")
    return not form.sku.errors and not form.form_errors


def _page(store: Store, form: MatchForm) -> str:
    missing = sorted(_unmatched(store), key=lambda item: (-item.orders, item.seller_sku))
    matches = select(Match).where(Match.store_id == store.id).order_by(Match.seller_sku, Match.id)
    page = request.args.get("page", 1, type=int)
    return render_template(
        "matches.html",
        store=store,
        form=form,
        missing=missing[:SHOWN],
        more=max(len(missing) - SHOWN, 0),
        page=db.paginate(matches, page=min(max(page, 1), 100_000), per_page=SHOWN, error_out=False),
    )


def _unmatched(store: Store) -> list[Unmatched]:
    found: dict[str, Unmatched] = {}
    for seller_sku, why in _blocking(store):
        found.setdefault(seller_sku, Unmatched(seller_sku, why)).orders += 1
    return list(found.values())


def _blocking(store: Store) -> Iterator[tuple[str, str]]:
    blocked = select(OrderRow.blockers).where(OrderRow.store_id == store.id, OrderRow.phase == Phase.BLOCKED)
    for blockers in db.session.scalars(blocked):
        for blocker in blockers:
            if blocker["code"] in UNMATCHED:
                yield blocker["data"]["sku"], UNMATCHED[Code(blocker["code"])]
