"""The catalogue: the grid of products, and the pages that create and change one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask import redirect, render_template, request, url_for
from sqlalchemy import Select, or_, select
from werkzeug.wrappers import Response
from wtforms import Form

from mock_commerce import catalog, stock
from mock_commerce.errors import CommerceError
from mock_commerce.models import (
    ADMIN_STORE_ID,
    Product,
    SourceItem,
    Stock,
    StockSourceLink,
    Store,
    Website,
    db,
    row_by_id,
)
from mock_commerce.web import product_forms, product_saving
from mock_commerce.web.grid import PAGE_SIZES, page_number, page_size
from mock_commerce.web.section import gone, refuse, section, succeed
from mock_commerce.web.words import TYPE_LABELS

bp = section("admin_products")

Answer = str | tuple[str, int] | Response


@bp.get("/catalog/product")
def index() -> str:
    wanted = {name: request.args.get(name, "").strip() for name in ("keyword", "status")}
    rows = db.paginate(_found(wanted), page=page_number(), per_page=page_size(), error_out=False)
    shown = {product.sku_key: product for product in rows.items}
    return render_template(
        "admin/products.html",
        rows=rows,
        wanted=wanted,
        sizes=PAGE_SIZES,
        types=TYPE_LABELS,
        salable=_salable(shown),
        at_sources=_at_sources(list(shown)),
        websites=dict(db.session.execute(select(Website.website_id, Website.name)).all()),
    )


def _found(wanted: dict[str, str]) -> Select[Product]:
    query = select(Product)
    if wanted["status"] in {"1", "2"}:
        query = query.where(Product.status == int(wanted["status"]))
    if text := wanted["keyword"]:
        columns = (Product.sku, Product.name)
        query = query.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return query.order_by(Product.entity_id.desc())


def _at_sources(keys: list[str]) -> dict[str, dict[str, Decimal]]:
    """Physical quantities by SKU key and source."""
    query = select(SourceItem).where(SourceItem.sku_key.in_(keys)).order_by(SourceItem.source_code)
    found: dict[str, dict[str, Decimal]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.sku_key, {})[row.source_code] = row.quantity
    return found


def _salable(products: Mapping[str, Product]) -> dict[str, list[tuple[str, Decimal]]]:
    """By SKU key the salable quantity of each stock that lists the product, as Commerce's grid has it."""
    listed = (
        select(Stock.stock_id, Stock.name, SourceItem.sku_key)
        .join(StockSourceLink, StockSourceLink.stock_id == Stock.stock_id)
        .join(SourceItem, SourceItem.source_code == StockSourceLink.source_code)
        .where(SourceItem.sku_key.in_(list(products)))
        .distinct()
        .order_by(Stock.stock_id)
    )
    found: dict[str, list[tuple[str, Decimal]]] = {}
    units: dict[int, dict[str, Decimal]] = {}
    for stock_id, name, key in db.session.execute(listed):
        if stock_id not in units:
            units[stock_id] = stock.salable(products, stock_id)
        found.setdefault(key, []).append((name, units[stock_id].get(key, Decimal(0))))
    return found


@bp.route("/catalog/product/new", methods=["GET", "POST"])
def new() -> Answer:
    """A simple product; the address may name the SKU that is missing."""
    sent = request.form if request.method == "POST" else None
    form = product_forms.new_product(sent, request.args.get("sku", ""))
    if sent is not None and form.validate():
        try:
            product = product_saving.create(form)
        except CommerceError as error:
            form.form_errors.append(refuse(error))
        else:
            return _saved(product, ADMIN_STORE_ID)
    page = _page(form, None, ADMIN_STORE_ID)
    return page if sent is None else (page, 400)


@bp.route("/catalog/product/edit/id/<int:product_id>", methods=["GET", "POST"])
@bp.route("/catalog/product/edit/id/<int:product_id>/store/<int:store_id>", methods=["GET", "POST"])
def edit(product_id: int, store_id: int = ADMIN_STORE_ID) -> Answer:
    """All store views have everything; a single one has what it may see otherwise."""
    product = _get(product_id)
    if row_by_id(Store, store_id) is None:
        gone("This store view no longer exists.")
    sent = request.form if request.method == "POST" else None
    form = product_forms.edit_product(product, store_id, sent)
    if sent is not None and form.validate():
        try:
            product_saving.change(product, store_id, form)
        except CommerceError as error:
            form.form_errors.append(refuse(error))
        else:
            return _saved(product, store_id)
    page = _page(form, product, store_id)
    return page if sent is None else (page, 400)


def _page(form: Form, product: Product | None, store_id: int) -> str:
    return render_template(
        "admin/product.html",
        form=form,
        product=product,
        types=TYPE_LABELS,
        store_id=store_id,
        stores=list(db.session.scalars(select(Store).order_by(Store.store_id))),
        sources=product_forms.sources(),
        children=catalog.children(product) if product else [],
        salable=_salable({product.sku_key: product}).get(product.sku_key, []) if product else [],
    )


def _get(product_id: int) -> Product:
    product = row_by_id(Product, product_id)
    if product is None:
        gone("This product no longer exists.")
    return product


def _saved(product: Product, store_id: int) -> Response:
    succeed("You saved the product.")
    address = url_for("admin_products.edit", product_id=product.entity_id, store_id=store_id or None)
    return redirect(address, 303)
