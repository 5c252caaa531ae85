"""Catalogue: products, their types and the websites that they are sold on."""

from __future__ import annotations

from typing import Any

from flask import g
from sqlalchemy import select

from mock_commerce import catalog
from mock_commerce.catalog.columns import ProductColumns, resolved
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import Product, Website, db
from mock_commerce.search.pages import criteria, page, unknown_attribute
from mock_commerce.webapi.inputs import read, schema
from mock_commerce.webapi.rest import argument, names_store, section, serves
from mock_commerce.wire.product import product_document, product_schema
from simkit.simulation import operation

bp = section("products")

TYPES = {
    "simple": "Simple Product",
    "virtual": "Virtual Product",
    "bundle": "Bundle Product",
    "configurable": "Configurable Product",
}
_website_link_schema: Any = schema("ProductWebsiteLink", text="sku", whole="website_id")


@bp.get("/products")
@operation("list_products")
@serves("Magento_Catalog::products")
def list_products() -> dict[str, Any]:
    """productRepository.getList: products that fit the search criteria."""
    wanted = criteria()
    columns = ProductColumns(g.store_id)
    rows = page(resolved(wanted), columns, Product.entity_id, unknown_attribute)
    products = db.session.scalars(select(Product).where(rows.condition).order_by(*rows.order))
    items = [product_document(product, g.store_id, with_stock=False) for product in products]
    return {"items": items, "search_criteria": wanted.echo(), "total_count": rows.total}


@bp.get("/products/types")
@operation("product_types")
@serves("Magento_Catalog::products")
def list_types() -> list[dict[str, str]]:
    """productTypeList.getProductTypes: the types that this shop has."""
    return [{"name": name, "label": label} for name, label in TYPES.items()]


@bp.get("/products/<segment:sku>")
@operation("get_product")
@serves("Magento_Catalog::products")
def get_product(sku: str) -> dict[str, Any]:
    """productRepository.get: one product by SKU."""
    return product_document(catalog.get(sku), g.store_id, with_stock=True)


@bp.post("/products")
@operation("save_product")
@serves("Magento_Catalog::products")
def save_product() -> dict[str, Any]:
    """productRepository.save: create a product, or change the one of that SKU."""
    return _saved(read(product_schema, argument("product")))


@bp.put("/products/<segment:sku>")
@operation("save_product")
@serves("Magento_Catalog::products")
def put_product(sku: str) -> dict[str, Any]:
    """productRepository.save: the SKU of the address wins over the body's."""
    return _saved({**read(product_schema, argument("product")), "sku": sku})


def _saved(given: dict[str, Any]) -> dict[str, Any]:
    product = catalog.save(given, g.store_id, named=names_store())
    db.session.commit()
    return product_document(product, g.store_id, with_stock=True)


@bp.delete("/products/<segment:sku>")
@operation("delete_product")
@serves("Magento_Catalog::products")
def delete_product(sku: str) -> bool:
    """productRepository.deleteById: remove a product."""
    catalog.delete(catalog.get(sku))
    db.session.commit()
    return True


@bp.post("/products/<segment:sku>/websites")
@operation("link_product_website")
@serves("Magento_Catalog::products")
def link_website(sku: str) -> bool:
    """productWebsiteLinkRepository.save: sell a product on a website too; the body's SKU counts."""
    del sku
    return _linked(read(_website_link_schema, argument("productWebsiteLink")))


@bp.put("/products/<segment:sku>/websites")
@operation("link_product_website")
@serves("Magento_Catalog::products")
def put_website(sku: str) -> bool:
    """productWebsiteLinkRepository.save, as POST but that the address's SKU counts."""
    return _linked({**read(_website_link_schema, argument("productWebsiteLink")), "sku": sku})


def _linked(given: dict[str, Any]) -> bool:
    website_id = given.get("website_id")
    if not website_id:
        raise CommerceError("There are not websites for assign to product")
    product = catalog.get(given.get("sku") or "")
    if db.session.get(Website, website_id) is None:
        message = 'Could not assign product "%1" to websites "%2"'
        raise CommerceError(message, [product.entity_id, website_id])
    product.website_ids = sorted({*product.website_ids, website_id})
    db.session.commit()
    return True


@bp.delete("/products/<segment:sku>/websites/<segment:website_id>")
@operation("unlink_product_website")
@serves("Magento_Catalog::products")
def unlink_website(sku: str, website_id: int) -> bool:
    """productWebsiteLinkRepository.deleteById: sell a product there no longer."""
    product = catalog.get(sku)
    if db.session.get(Website, website_id) is None:
        raise NoSuchEntity(f"The website with id {website_id} that was requested wasn't found. "
                           "Verify the website and try again.")  # fmt: skip
    product.website_ids = [one for one in product.website_ids if one != website_id]
    db.session.commit()
    return True
