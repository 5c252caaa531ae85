"""What the control verbs do to the shop, as a merchant and his customers would. The caller commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from mock_commerce import catalog, stock
from mock_commerce.catalog import url_keys
from mock_commerce.models import Order, Product, SalesChannel, Shipment, Source, Store, Website, db
from mock_commerce.models.catalog import COMPOSITE_TYPES
from mock_commerce.rest import ADMIN_STORE_ID
from mock_commerce.sales import book, selling, shipping
from mock_commerce.sales.cart import place_cart
from mock_commerce.stock import stocks
from simkit.control import BadControl
from simkit.simulation import simulation

ENABLED, DISABLED = 1, 2
DEFAULT_PRICE, DEFAULT_QUANTITY = Decimal(10), 100


def save_product(given: Mapping[str, Any]) -> Product:
    """Create a product with the defaults of a catalog line, or change what is given of one."""
    known = stock.find_product(given["sku"])
    website_ids = _website_ids(given["websites"]) if "websites" in given else None
    sources = _sources(given, new=known is None)
    if known is None:
        defaults = {"name": given["sku"], "price": DEFAULT_PRICE, "type": "simple"}
        wire = _wire({**defaults, **given})
        key = {"url_key": url_keys.free(wire["name"])}
        product = catalog.save({**wire, "custom_attributes": key}, ADMIN_STORE_ID)
        product.website_ids = website_ids or [1]
    else:
        product = catalog.save(_wire(given), ADMIN_STORE_ID)
        product.website_ids = website_ids or product.website_ids
    _set_stock_rules(product, given)
    for source, quantity in sources.items():
        _set_quantity(product, source, quantity)
    if not sources:
        _refresh_status(product)
    return product


def _wire(given: Mapping[str, Any]) -> dict[str, Any]:
    wire = {key: given[key] for key in ("sku", "name", "price") if key in given}
    if "type" in given:
        wire["type_id"] = given["type"]
    if "status" in given:
        wire["status"] = ENABLED if given["status"] == "enabled" else DISABLED
    return wire


def _website_ids(codes: Sequence[str]) -> list[int]:
    rows = db.session.execute(select(Website.code, Website.website_id).where(Website.website_id != 0))
    known = dict(rows.all())
    for code in codes:
        if code not in known:
            raise BadControl(f"field 'websites': {code!r} is not one of {', '.join(known)}")
    return [known[code] for code in codes]


def _sources(given: Mapping[str, Any], *, new: bool) -> dict[str, Decimal]:
    """Quantities by source that the call sets; a new product without any has the default quantity."""
    wanted = {code: Decimal(units) for code, units in given.get("sources", {}).items()}
    for code in wanted:
        _check_source(code, "sources")
    if "qty" in given:
        wanted[stock.DEFAULT_SOURCE] = Decimal(given["qty"])
    elif new and not wanted and given.get("type") not in COMPOSITE_TYPES:
        wanted[stock.DEFAULT_SOURCE] = Decimal(DEFAULT_QUANTITY)
    return wanted


def _check_source(code: str, field: str) -> None:
    if db.session.get(Source, code) is None:
        known = ", ".join(db.session.scalars(select(Source.source_code).order_by(Source.source_code)))
        raise BadControl(f"field {field!r}: {code!r} is not one of {known}")


def _set_stock_rules(product: Product, given: Mapping[str, Any]) -> None:
    for name in ("manage_stock", "in_stock"):
        if name in given:
            setattr(product, name, given[name])
    if "backorders" in given:
        product.backorders = int(given["backorders"])
    for name in ("min_sale_qty", "max_sale_qty", "qty_increments"):
        if name in given:
            setattr(product, name, Decimal(given[name]))
    if "children" in given:
        _check_children(product, given["children"])
        catalog.consist_of(product, given["children"])
    db.session.flush()


def _check_children(product: Product, skus: Sequence[str]) -> None:
    if not product.is_composite:
        raise BadControl(f"field 'children': {product.sku!r} is {product.type_id}, which has none")
    for sku in skus:
        child = stock.find_product(sku)
        if child is None or child.is_composite:
            raise BadControl(f"field 'children': {sku!r} is not the SKU of a simple or virtual product")


def _set_quantity(product: Product, source: str, quantity: Decimal) -> None:
    stock.set_quantity(product.sku, source, quantity, stock.automatic_status(product, quantity))


def _refresh_status(product: Product) -> None:
    for item in stock.source_items(product):
        item.status = stock.automatic_status(product, item.quantity)


def set_stock(given: Mapping[str, Any]) -> None:
    """Set the physical quantity at a source by hand; reservations stay."""
    product = catalog.get(given["sku"])
    source, quantity = given["source"], Decimal(given["qty"])
    _check_source(source, "source")
    wish = given.get("in_stock")
    if wish is not None and source == stock.DEFAULT_SOURCE:
        product.in_stock = wish
    status = stock.automatic_status(product, quantity)
    if wish is not None and source != stock.DEFAULT_SOURCE:
        status = int(wish)
    stock.set_quantity(product.sku, source, quantity, status)


def place_order(given: Mapping[str, Any]) -> Order:
    """An ordinary order of the default store view."""
    name = given["id"]
    if db.session.scalar(select(Order.entity_id).where(Order.sim_name == name)) is not None:
        raise BadControl(f"field 'id': there is an order {name!r} already")
    store = db.session.get_one(Store, book.MAIN_STORES[-1])
    demands = [selling.Demand(line["sku"], Decimal(line["qty"])) for line in given["lines"]]
    order = place_cart(store, demands, [line.get("unit_price") for line in given["lines"]])
    order.sim_name = name
    return order


def ship(order: Order, given: Mapping[str, Any]) -> Shipment:
    """Ship as a person does in the Admin; without tracks a UPS number is made up."""
    units = _units(order, given["lines"]) if "lines" in given else None
    if "tracks" in given:
        tracks = [_track(track) for track in given["tracks"]]
    else:
        number = simulation().ids.digits("ups", 16)
        tracks = [shipping.Track(f"1Z{number}", "ups", "United Parcel Service")]
    source = given.get("source", stock.DEFAULT_SOURCE)
    _check_source(source, "source")
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


def add_website(code: str, name: str | None) -> Website:
    """A website with one store view of the same code."""
    for model in (Website, Store):
        if db.session.scalar(select(model.code).where(model.code == code)) is not None:
            raise BadControl(f"field 'code': {code!r} exists already")
    number = (db.session.scalar(select(func.max(Website.website_id))) or 0) + 1
    store_id = (db.session.scalar(select(func.max(Store.store_id))) or 0) + 1
    website = Website(website_id=number, code=code, name=name or code, group_name=f"{name or code} Store")
    db.session.add(website)
    db.session.flush()
    db.session.add(SalesChannel(type=stocks.WEBSITE, code=code, stock_id=stock.DEFAULT_STOCK))
    db.session.add(Store(store_id=store_id, code=code, name=f"{name or code} View", website_id=number))
    return website


def add_source(code: str, name: str | None) -> Source:
    """An enabled source; its items count for stock 1."""
    if db.session.get(Source, code) is not None:
        raise BadControl(f"field 'code': {code!r} exists already")
    source = Source(source_code=code, name=name or code)
    db.session.add(source)
    stocks.link(stock.DEFAULT_STOCK, code, len(stocks.sources_of(stock.DEFAULT_STOCK)) + 1)
    return source
