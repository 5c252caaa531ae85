"""What the stock says to somebody who wants to buy: Commerce's chains of conditions, with codes and words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mock_commerce.config.settings import current
from mock_commerce.models import Product
from mock_commerce.stock.quantities import DEFAULT_STOCK, ZERO, is_assigned, salable


@dataclass(frozen=True)
class Objection:
    """Why a quantity cannot be sold: Commerce's code and words."""

    code: str
    message: str
    parameters: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The message with the values in their places."""
        text = self.message
        for place, value in enumerate(self.parameters, start=1):
            text = text.replace(f"%{place}", value)
        return text


NO_SOURCE = Objection(
    "is_any_source_item_in_stock-no_source_items_in_stock",
    "There are no source items with the in stock status",
)
NO_BACKORDERS = Objection("back_order-disabled", "Backorders are disabled")
IS_MANAGED = Objection("manage_stock-enabled", "Manage stock is enabled")


def quantity_rule(product: Product, quantity: Decimal) -> Objection | None:
    """The product's rule on cart quantities that a quantity breaks."""
    start = "is_correct_qty"
    if quantity % 1 and not product.is_qty_decimal:
        return Objection(f"{start}-is_qty_decimal", "You cannot use decimal quantity for this product.")
    if quantity < product.min_sale_qty:
        least = _plain(product.min_sale_qty)
        return Objection(f"{start}-min_sale_qty", "The fewest you may purchase is %1.", (least,))
    if quantity > product.max_sale_qty:
        message = "The requested qty exceeds the maximum qty allowed in shopping cart"
        return Objection(f"{start}-max_sale_qty", message)
    if _breaks_increment(product, quantity):
        step = _plain(product.qty_increments)
        message = "You can buy this product only in quantities of %1 at a time."
        return Objection(f"{start}-qty_increment", message, (step,))
    return None


def _breaks_increment(product: Product, quantity: Decimal) -> bool:
    step = product.qty_increments
    return bool(product.sells_in_steps and step and quantity % step)


def objections(product: Product, quantity: Decimal, stock_id: int = DEFAULT_STOCK) -> list[Objection]:
    """All that the stock says against selling a quantity.

    Of the required conditions each that fails is named; of the sufficient ones one has to be met, or all
    are named (code of magento/inventory).
    """
    if stock_id != DEFAULT_STOCK and not is_assigned(product, stock_id):
        message = "The requested sku %1 is not assigned to given stock."
        return [Objection("requested-sku-is-not-assigned-to-given-stock", message, (product.sku,))]
    units = salable({product.sku_key: product}, stock_id).get(product.sku_key)
    required = [quantity_rule(product, quantity), _no_source(product, units)]
    if found := [one for one in required if one is not None]:
        return found
    if _is_unlimited(product) or (units is not None and units >= quantity):
        return []
    return [NO_BACKORDERS, IS_MANAGED, not_enough()]


def objection(product: Product, quantity: Decimal, stock_id: int = DEFAULT_STOCK) -> Objection | None:
    """The first of them."""
    return next(iter(objections(product, quantity, stock_id)), None)


def is_salable(product: Product, stock_id: int = DEFAULT_STOCK) -> bool:
    """Whether any of a product can be sold from a stock; the rules on cart quantities do not count."""
    if stock_id != DEFAULT_STOCK and not is_assigned(product, stock_id):
        return False
    units = salable({product.sku_key: product}, stock_id).get(product.sku_key)
    if _no_source(product, units) is not None:
        return False
    return _is_unlimited(product) or (units is not None and units > ZERO)


def not_enough() -> Objection:
    """Nothing is left, in the words of the version."""
    older = current().has("old_quantity_text")
    message = "The requested qty is not available" if older else "Not enough items for sale"
    return Objection("is_salable_with_reservations-not_enough_qty", message)


def takes_backorders(product: Product) -> bool:
    """Whether units may be sold that are not there; a threshold below zero limits how many."""
    return bool(product.backorders) and product.min_qty >= ZERO


def _is_unlimited(product: Product) -> bool:
    return not product.manage_stock or takes_backorders(product)


def _no_source(product: Product, units: Decimal | None) -> Objection | None:
    return NO_SOURCE if product.manage_stock and units is None else None


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
