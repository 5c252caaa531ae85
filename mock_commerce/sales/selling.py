"""What Commerce says when somebody wants to buy: its own refusals, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mock_commerce import stock
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import Product, Store, sku_key

ENABLED = 1
ZERO = Decimal(0)
NOT_AVAILABLE = "Product that you are trying to add is not available."
NO_SOURCE = "There are no source items with the in stock status"
OUT_OF_STOCK = "Some of the products are out of stock."


@dataclass(frozen=True)
class Demand:
    """One line that somebody wants to buy."""

    sku: str
    quantity: Decimal


def products_for(demands: Iterable[Demand], store: Store) -> dict[str, Product]:
    """The products of the lines by SKU key, of those that are sold without a choice.

    Raises NoSuchEntity for an unknown SKU, CommerceError for one that cannot be sold there.
    """
    found = offered([demand.sku for demand in demands], store)
    if any(product.is_composite for product in found.values()):
        raise CommerceError("You need to choose options for your item.")
    return found


def offered(skus: Sequence[str], store: Store) -> dict[str, Product]:
    """The products of those SKUs by SKU key.

    Raises NoSuchEntity for an unknown SKU, CommerceError for one that is not offered there.
    """
    found = stock.find_products(skus)
    for sku in skus:
        product = found.get(sku_key(sku))
        if product is None:
            raise no_such_product()
        check_offers([product], store)
    return found


def no_such_product() -> NoSuchEntity:
    return NoSuchEntity("The product that was requested doesn't exist. Verify the product and try again.")


def is_enabled(product: Product, store_id: int) -> bool:
    return bool(product.seen_from(store_id, "status") == ENABLED)


def check_offers(products: Iterable[Product], store: Store) -> None:
    """Raises CommerceError for a product that is disabled, or on another website."""
    for product in products:
        if not is_enabled(product, store.store_id):
            raise CommerceError(NOT_AVAILABLE)
        if store.website_id not in product.website_ids:
            raise CommerceError("The product wasn't found. Verify the product and try again.")


def check_stock(products: Mapping[str, Product], demands: Iterable[Demand], stock_id: int) -> None:
    """Refuse what cannot be sold from a stock; the need is summed per SKU, however many lines share it."""
    _check_all(products, demands, stock_id, NOT_AVAILABLE)


def check_still_in_stock(products: Mapping[str, Product], demands: Iterable[Demand], stock_id: int) -> None:
    """Refuse what cannot be sold any more, though it is in a cart already.

    Raises CommerceError.
    """
    _check_all(products, demands, stock_id, OUT_OF_STOCK)


def _check_all(
    products: Mapping[str, Product], demands: Iterable[Demand], stock_id: int, sold_out: str
) -> None:
    needs: dict[str, Decimal] = {}
    for demand in demands:
        key = sku_key(demand.sku)
        needs[key] = needs.get(key, ZERO) + demand.quantity
    units = stock.salable(products, stock_id)
    for key, needed in needs.items():
        _check_quantity(products[key], needed, units.get(key), sold_out)


def check_change(product: Product, quantity: Decimal, stock_id: int) -> None:
    """Refuse another quantity of what is in a cart already.

    Raises CommerceError.
    """
    units = stock.salable({product.sku_key: product}, stock_id).get(product.sku_key)
    _check_quantity(product, quantity, units, NO_SOURCE)


def _check_quantity(product: Product, needed: Decimal, units: Decimal | None, sold_out: str) -> None:
    """``units`` is what can be sold, None where no source has it in stock."""
    if product.manage_stock and units is None:
        raise CommerceError(sold_out)
    if broken := stock.quantity_rule(product, needed):
        raise CommerceError(broken.message, list(broken.parameters))
    if not product.manage_stock or stock.takes_backorders(product) or units is None or units >= needed:
        return
    if units <= 0 and sold_out != NO_SOURCE:  # a change of a line looks at sources and quantity only
        raise CommerceError(sold_out)
    raise CommerceError(stock.not_enough().text)
