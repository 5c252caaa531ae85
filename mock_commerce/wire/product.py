"""Products as Commerce shows and reads them."""

from __future__ import annotations

from typing import Any

from mock_commerce.catalog import composites
from mock_commerce.models import Product
from mock_commerce.webapi.inputs import listed, nested, schema
from mock_commerce.wire.composites import bundle_option_schema, configurable_option_schema
from mock_commerce.wire.product_parts import PARTS
from mock_commerce.wire.stock_item import stock_item_document, stock_item_schema
from mock_commerce.wire.values import number, time, without_nulls

_category_link_schema: Any = schema(
    "CategoryLink", whole="position", text="category_id", raw="extension_attributes"
)
_extension_schema: Any = schema(
    "ProductExtension",
    wholes="website_ids configurable_product_links",
    raw="discounts downloadable_product_links downloadable_product_samples giftcard_amounts",
    category_links=listed(_category_link_schema, "Magento\\Catalog\\Api\\Data\\CategoryLinkInterface"),
    stock_item=nested(stock_item_schema),
    configurable_product_options=listed(
        configurable_option_schema, "Magento\\ConfigurableProduct\\Api\\Data\\OptionInterface"
    ),
    bundle_product_options=listed(bundle_option_schema, "Magento\\Bundle\\Api\\Data\\OptionInterface"),
)

product_schema: Any = schema(
    "Product",
    text="sku name type_id created_at updated_at",
    number="price weight",
    whole="id attribute_set_id status visibility",
    raw="custom_attributes",
    **PARTS,
    extension_attributes=nested(_extension_schema),
)


def product_document(product: Product, store_id: int, *, with_stock: bool) -> dict[str, Any]:
    """A product as a store view sees it; lists come without stock item and parts, as in Commerce."""
    extra = product.extra
    document = {
        "id": product.entity_id,
        "sku": product.sku,
        "name": product.seen_from(store_id, "name"),
        "attribute_set_id": product.attribute_set_id,
        "price": number(product.price_in(store_id)),
        "status": product.seen_from(store_id, "status"),
        "visibility": product.seen_from(store_id, "visibility"),
        "type_id": product.type_id,
        "created_at": time(product.created_at),
        "updated_at": time(product.updated_at),
        "weight": None if product.weight is None else number(product.weight),
        "extension_attributes": _extension(product, whole=with_stock),
        "product_links": extra.get("product_links", []),
        "options": extra.get("options", []),
        "media_gallery_entries": extra.get("media_gallery_entries", []),
        "tier_prices": extra.get("tier_prices", []),
        "custom_attributes": custom_attributes(product, store_id),
    }
    return without_nulls(document)


def _extension(product: Product, *, whole: bool) -> dict[str, Any]:
    extension: dict[str, Any] = {"website_ids": product.website_ids}
    if links := product.extra.get("category_links"):
        extension["category_links"] = [
            {"position": link.get("position") or 0, "category_id": str(link.get("category_id"))}
            for link in links
        ]
    if not whole:
        return extension
    extension["stock_item"] = stock_item_document(product)
    if product.type_id == composites.CONFIGURABLE:
        extension["configurable_product_options"] = composites.options(product)
        extension["configurable_product_links"] = product.child_ids
    if product.type_id == composites.BUNDLE:
        extension["bundle_product_options"] = composites.options(product)
    return extension


def custom_attributes(product: Product, store_id: int) -> list[dict[str, Any]]:
    """What stands beside the fields: the attributes that were given, and those that every product has."""
    values: dict[str, Any] = {
        "options_container": "container2",
        "url_key": product.seen_from(store_id, "url_key"),
        "required_options": "0",
        "has_options": str(int(bool(product.extra.get("options")) or product.is_composite)),
        "tax_class_id": "2",
        **product.attributes_in(store_id),
    }
    if links := product.extra.get("category_links"):
        values["category_ids"] = [str(link.get("category_id")) for link in links]
    return [{"attribute_code": code, "value": value} for code, value in values.items() if value is not None]
