"""The forms of products: all that a product has, and the little that a single store view has of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import BooleanField, Form, SelectMultipleField, StringField
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from mock_commerce import stock
from mock_commerce.catalog import SKU_LENGTH
from mock_commerce.models import ADMIN_STORE_ID, MAX_SALE_QTY, Product, Source, SourceItem, Website, db
from mock_commerce.web.fields import Amount, Choice, filled, stripped

ENABLED, DISABLED = 1, 2
BACKORDERS = {
    "0": "No Backorders",
    "1": "Allow Qty Below 0",
    "2": "Allow Qty Below 0 and Notify Customer",
}
STATUSES = {str(stock.IN_STOCK): "In Stock", str(stock.OUT_OF_STOCK): "Out of Stock"}
LONGEST = 255
_LEAST = Decimal("0.0001")
Sent = ImmutableMultiDict[str, str] | None
_Whole = TypeVar("_Whole", bound="ProductForm")


class ScopedForm(Form):
    """What a store view may see otherwise."""

    enabled = BooleanField("Enable Product", default=True)
    name = StringField("Product Name", [filled, Length(max=LONGEST)], filters=[stripped])


class CompositeForm(ScopedForm):
    """A product that is made of others: it has no units of its own."""

    price = Amount("Price", blank=None, validators=[filled])
    websites = SelectMultipleField(
        "Websites", coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class ProductForm(CompositeForm):
    """The whole product; a quantity and a status for each source are added to it."""

    manage_stock = BooleanField("Manage Stock", default=True)
    backorders = Choice("Backorders", choices=BACKORDERS, default="0")
    min_sale_qty = Amount(
        "Minimum Qty in Cart", least=_LEAST, blank=None, default=Decimal(1), validators=[filled]
    )
    max_sale_qty = Amount(
        "Maximum Qty in Cart", least=_LEAST, blank=None, default=MAX_SALE_QTY, validators=[filled]
    )
    qty_increments = Amount(
        "Qty Increments", least=_LEAST, blank=None, default=Decimal(1), validators=[filled]
    )


class NewProductForm(ProductForm):
    sku = StringField("SKU", [filled, Length(max=SKU_LENGTH)], filters=[stripped])

    def validate_sku(self, field: StringField) -> None:
        """Wtforms calls it for its name. A save of a known SKU would change that product."""
        known = stock.find_product(field.data or "")
        if known is not None:
            raise ValidationError(f"'{known.sku}' is the SKU of product {known.entity_id} already.")


def quantity_name(source: str) -> str:
    return f"quantity_{source}"


def status_name(source: str) -> str:
    return f"status_{source}"


def sources() -> list[Source]:
    return list(db.session.scalars(select(Source).where(Source.enabled).order_by(Source.source_code)))


def new_product(sent: Sent, sku: str) -> NewProductForm:
    """An empty form but for the SKU that somebody came with."""
    websites = _websites()
    form = _form(NewProductForm, None)(sent, sku=sku, websites=list(websites))
    form.websites.choices = _labels(websites)
    return form


def edit_product(product: Product, store_id: int, sent: Sent) -> ScopedForm:
    """The form with what the product has, or what one store view sees of it."""
    shown = {
        "enabled": product.seen_from(store_id, "status") == ENABLED,
        "name": product.seen_from(store_id, "name"),
    }
    if store_id != ADMIN_STORE_ID:
        return ScopedForm(sent, data=shown)
    names = ("price", "manage_stock", "min_sale_qty", "max_sale_qty", "qty_increments")
    own = {name: getattr(product, name) for name in names}
    more = {"websites": product.website_ids, "backorders": str(product.backorders)}
    whole = CompositeForm if product.is_composite else _form(ProductForm, product)
    form = whole(sent, data=shown | own | more)
    form.websites.choices = _labels(_websites())
    return form


def _websites() -> dict[int, str]:
    query = select(Website.website_id, Website.name).where(Website.website_id != 0)
    return dict(db.session.execute(query.order_by(Website.website_id)).all())


def _labels(websites: dict[int, str]) -> dict[str, str]:
    return {str(number): name for number, name in websites.items()}


def _form(form: type[_Whole], product: Product | None) -> type[_Whole]:
    """With a quantity and a status per source; only source ``default`` has to have a quantity."""
    rows = {row.source_code: row for row in stock.source_items(product)} if product is not None else {}
    fields: dict[str, Any] = {}
    for source in sources():
        row = rows.get(source.source_code)
        needed = row is not None or source.source_code == stock.DEFAULT_SOURCE
        held = row.quantity if row is not None else Decimal(0) if needed else None
        checks = [filled] if needed else []
        fields[quantity_name(source.source_code)] = Amount(
            "Quantity", blank=None, default=held, validators=checks
        )
        wish = str(_wish(product, row, source.source_code))
        fields[status_name(source.source_code)] = Choice("Status", choices=STATUSES, default=wish)
    return type(form.__name__, (form,), fields)


def _wish(product: Product | None, row: SourceItem | None, source: str) -> int:
    """In stock or not as a person wants it: that a source is empty says nothing of what is wanted."""
    if product is None or row is None or row.status == stock.IN_STOCK:
        return stock.IN_STOCK
    is_empty = row.quantity <= product.min_qty
    wanted = is_empty and (product.in_stock or source != stock.DEFAULT_SOURCE)
    return stock.IN_STOCK if wanted else stock.OUT_OF_STOCK
