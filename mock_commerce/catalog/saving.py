"""Writing products: defaults of new ones, values of single store views, custom attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.catalog import attributes, composites, stock_items, url_keys
from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError, Masked, NoSuchEntity, TypeInvalid
from mock_commerce.models import ADMIN_STORE_ID, Product, Store, Website, db, sku_key
from mock_commerce.sales.book import now
from mock_commerce.webapi.inputs import LARGEST_AMOUNT, Number, Text, Whole
from mock_commerce.wire.values import plain

SCOPED = ("name", "status", "visibility")
PLAIN = ("type_id", "attribute_set_id", "weight")
KEPT = ("product_links", "options", "media_gallery_entries", "tier_prices")
SKU_LENGTH = 64
EMPTY = 'The "%1" attribute value is empty. Set the attribute and try again.'
_TEXT = Text()
_KINDS: Mapping[str, Any] = {
    **dict.fromkeys(("price", "weight"), Number()),
    **dict.fromkeys(("status", "visibility", "attribute_set_id"), Whole()),
}
PRICED_TYPES = frozenset({"simple", "virtual"})


@dataclass(frozen=True)
class Scope:
    """The store view whose values a call writes; 0 is all of them. ``address`` is that of the URL."""

    store_id: int
    address: int

    @property
    def is_single(self) -> bool:
        return self.store_id != ADMIN_STORE_ID


def get(sku: str) -> Product:
    """The product of a SKU, whatever its case.

    Raises NoSuchEntity.
    """
    product = stock.find_product(sku)
    if product is None:
        raise NoSuchEntity("The product that was requested doesn't exist. Verify the product and try again.")
    return product


def save(given: Mapping[str, Any], store_id: int, *, named: bool = True) -> Product:
    """Create a product, or change what is given of one. The caller commits.

    ``named``: the address names that store view. With the quirk ``default_view_only`` one without a store
    code means the default store view too, which only takes the scoped attributes of a product that exists.
    """
    whole = not named and not current().has("default_view_only")
    scope = Scope(ADMIN_STORE_ID if whole else store_id, store_id)
    sku = given.get("sku") or ""
    if given.get("price") is not None:
        _check_price(given["price"])
    product = stock.find_product(sku) or _renamed(given, sku)
    if product is None:
        product = _new(sku, given, scope)
        scope = Scope(ADMIN_STORE_ID, store_id)  # what a new product has, all store views see
    else:
        _change(product, given, scope)
    _extend(product, given)
    _set_attributes(product, given.get("custom_attributes"), scope)
    if product.url_key is None:
        product.url_key = url_keys.of_text(product.name)
    url_keys.check(product)
    product.updated_at = now()
    db.session.flush()
    return product


def _renamed(given: Mapping[str, Any], sku: str) -> Product | None:
    """A product that is meant by its id gets the SKU that nobody has; what sources hold follows it."""
    product = db.session.get(Product, given["id"]) if given.get("id") else None
    if product is not None and sku:
        _check_length(sku)
        stock.rename(product, sku)
    return product


def _new(sku: str, given: Mapping[str, Any], scope: Scope) -> Product:
    for label, value in (("SKU", sku), ("Product Name", given.get("name"))):
        if not value:
            raise CommerceError(EMPTY, [label])
    _check_length(sku)
    if given.get("price") is None and (given.get("type_id") or "simple") in PRICED_TYPES:
        raise CommerceError(EMPTY, ["Price"])
    product = Product(
        sku=sku, sku_key=sku_key(sku), created_at=now(), updated_at=now(), overrides={}, extra={},
        attributes={}, stock_extra={}, child_ids=[],
    )  # fmt: skip
    product.website_ids = _websites_of(scope.address)
    db.session.add(product)
    _set(product, (*SCOPED, *PLAIN, "price"), given)
    db.session.flush()
    if not product.is_composite:
        stock.set_quantity(sku, stock.DEFAULT_SOURCE, Decimal(0), stock.OUT_OF_STOCK)
    return product


def _check_length(sku: str) -> None:
    if len(sku) > SKU_LENGTH:
        raise CommerceError("SKU length should be %1 characters maximum.", [SKU_LENGTH])


def _websites_of(store_id: int) -> list[int]:
    """A new product belongs to the website of the address; under ``all`` to every one."""
    if store_id == ADMIN_STORE_ID:
        query = select(Website.website_id).where(Website.website_id != 0)
        return list(db.session.scalars(query.order_by(Website.website_id)))
    return [db.session.get_one(Store, store_id).website_id]


def _change(product: Product, given: Mapping[str, Any], scope: Scope) -> None:
    if given.get("name") == "":
        raise CommerceError(EMPTY, ["Product Name"])
    if scope.is_single:
        if current().has("store_save_copies_all"):
            _override(product, scope, {name: getattr(product, name) for name in SCOPED})
        _override(product, scope, {name: given[name] for name in SCOPED if name in given})
        _set_price(product, given.get("price"), scope)
    else:
        _set(product, (*SCOPED, "price"), given)
    _set(product, PLAIN, given)
    if product.is_composite:
        stock.take_off(product)


def _set_price(product: Product, price: Decimal | None, scope: Scope) -> None:
    """For all store views, or where prices are per website for those of the address's website."""
    if price is None:
        return
    for one in _priced_alike(scope):
        if one.is_single:
            _override(product, one, {"price": str(price)})
        else:
            product.price = price


def _priced_alike(scope: Scope) -> list[Scope]:
    """Whose prices change with those of a store view: all, or where prices are per website those of its."""
    if not scope.is_single or current().price_scope == "global":
        return [Scope(ADMIN_STORE_ID, scope.address)]
    website_id = db.session.get_one(Store, scope.store_id).website_id
    stores = db.session.scalars(select(Store.store_id).where(Store.website_id == website_id))
    return [Scope(store_id, scope.address) for store_id in stores]


def _set(product: Product, names: Iterable[str], given: Mapping[str, Any]) -> None:
    for name in names:
        if given.get(name) is not None:
            setattr(product, name, given[name])


def _override(product: Product, scope: Scope, values: Mapping[str, Any]) -> None:
    """Set values of a store view; None lets it see the default again."""
    key = str(scope.store_id)
    own = {**product.overrides.get(key, {}), **values}
    product.overrides = {**product.overrides, key: {name: own[name] for name in own if own[name] is not None}}


def _extend(product: Product, given: Mapping[str, Any]) -> None:
    extension = given.get("extension_attributes") or {}
    if extension.get("website_ids") is not None:
        product.website_ids = sorted(set(extension["website_ids"]))
    if extension.get("stock_item"):
        stock_items.change(product, extension["stock_item"])
    kept = {name: plain(given[name]) for name in KEPT if given.get(name) is not None}
    if extension.get("category_links") is not None:
        kept["category_links"] = extension["category_links"]
    if kept:
        product.extra = {**product.extra, **kept}
    composites.extend(product, extension)


def _set_attributes(product: Product, given: Any, scope: Scope) -> None:
    """Custom attributes come as a list of pairs, or as an object."""
    for code, value in _pairs(given):
        if code in attributes.FIELDS:
            _set_field(product, code, value, scope)
        elif code == "url_key":
            key = url_keys.of_text(str(value)) if value else None
            if scope.is_single and product.url_key is not None:
                _override(product, scope, {"url_key": key})
            else:
                product.url_key = key
        elif code == "category_ids":
            _set_categories(product, value)
        elif attributes.is_price(code):
            if code in attributes.AMOUNTS and value not in (None, ""):
                _check_price(value)
            for one in _priced_alike(scope):
                set_value(product, code, value, one.store_id)
        else:
            set_value(product, code, value, ADMIN_STORE_ID if attributes.is_global(code) else scope.store_id)


def _set_categories(product: Product, value: Any) -> None:
    """The ids stand for links; those that were there keep their positions."""
    known = {str(link["category_id"]): link for link in product.extra.get("category_links", [])}
    ids = [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    links = [known.get(one, {"category_id": one, "position": 0}) for one in ids]
    product.extra = {**product.extra, "category_links": links}


def set_value(product: Product, code: str, value: Any, store_id: int) -> None:
    """Write a custom attribute of one store view (0: of all); None takes it away. The caller commits."""
    if store_id == ADMIN_STORE_ID:
        _set_attribute(product, code, value)
        return
    attributes.learn(code)
    text = None if value is None or value == "" else attributes.as_text(value)
    _override(product, Scope(store_id, store_id), {code: text})


def _set_field(product: Product, code: str, value: Any, scope: Scope) -> None:
    """System attributes may be sent among the custom ones; they are never shown there."""
    if value is None or code in {"sku", "created_at", "updated_at"}:
        return
    _change(product, {code: _KINDS.get(code, _TEXT).deserialize(value, code)}, scope)


def _check_price(value: Any) -> None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise CommerceError("Please enter a number 0 or greater in this field.")
    if amount >= LARGEST_AMOUNT:
        raise Masked("SQLSTATE[22003]: Numeric value out of range: 1264 Out of range value for 'value'")


def _set_attribute(product: Product, code: str, value: Any) -> None:
    rest = {name: product.attributes[name] for name in product.attributes if name != code}
    if value is None or value == "":
        product.attributes = rest
    else:
        attributes.learn(code)
        product.attributes = {**rest, code: attributes.as_text(value)}


def _pairs(given: Any) -> list[tuple[str, Any]]:
    if given is None:
        return []
    if isinstance(given, dict):
        return list(given.items())
    pairs = []
    for row in given if isinstance(given, list) else [given]:
        if not isinstance(row, dict) or not (code := row.get("attribute_code", row.get("attributeCode"))):
            raise TypeInvalid("custom_attributes", given, "Magento\\Framework\\Api\\AttributeInterface[]")
        pairs.append((str(code), row.get("value")))
    return pairs


def delete(product: Product) -> None:
    """Remove a product; its source items go with it. The caller commits."""
    stock.forget(product)
    composites.leave(product)
    db.session.delete(product)
