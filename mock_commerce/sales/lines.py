"""Lines that somebody wants to buy: what they cost, and what they take from stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.models import Product, Store
from mock_commerce.sales import selling
from mock_commerce.sales.choosing import Choice, Chosen, choose, usual_choice
from mock_commerce.sales.pricing import price_of

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """Units of a product at a price; ``extra`` is what else the order's line shows."""

    product: Product
    quantity: Decimal
    price: Decimal
    extra: Mapping[str, Any] = field(default_factory=dict)
    chosen: Chosen | None = None
    """Of a configurable product or a bundle."""

    @property
    def sku(self) -> str:
        return self.product.sku if self.chosen is None else self.chosen.sku

    @property
    def physical(self) -> Sequence[Product]:
        """The products that have units in stock."""
        return [self.product] if self.chosen is None else [part.product for part in self.chosen.parts]

    @property
    def is_virtual(self) -> bool:
        return all(product.is_virtual for product in self.physical)

    @property
    def demands(self) -> list[selling.Demand]:
        """What it takes from stock."""
        if self.chosen is None:
            return [selling.Demand(self.product.sku, self.quantity)]
        return [selling.Demand(part.product.sku, part.units * self.quantity) for part in self.chosen.parts]


def line_of(product: Product, quantity: Decimal, choice: Choice, store_id: int, **extra: Any) -> Line:
    """A line at the store view's price.

    Raises CommerceError for a choice that is missing, or that there is not.
    """
    chosen = choose(product, choice, store_id)
    price = price_of(product, store_id) if chosen is None else chosen.price
    return Line(product, quantity, price, extra, chosen)


@dataclass(frozen=True)
class Wish:
    """A line of an order that names SKUs only: of a configurable product the variant too."""

    sku: str
    quantity: Decimal
    price: Decimal | None = None
    variant: str | None = None


def wished(product: Product, wish: Wish, store: Store) -> Line:
    """A line for a wish: with the usual choice, at its own price if it has one.

    Raises CommerceError.
    """
    line = line_of(product, wish.quantity, usual_choice(product, wish.variant), store.store_id)
    return line if wish.price is None else replace(line, price=wish.price)


def physical_units(lines: Sequence[Line]) -> Decimal:
    return sum((line.quantity for line in lines if not line.is_virtual), ZERO)


def needs(lines: Sequence[Line]) -> tuple[dict[str, Product], list[selling.Demand]]:
    """The products that lines take from stock, by SKU key, and how many of each."""
    products = {product.sku_key: product for line in lines for product in line.physical}
    return products, [demand for line in lines for demand in line.demands]


def check_stock(lines: Sequence[Line], store: Store) -> None:
    """Refuse parts that cannot be sold, and more than can be.

    Raises CommerceError.
    """
    products, demands = needs(lines)
    selling.check_offers(products.values(), store)
    selling.check_stock(products, demands, stock.of_store(store.store_id))
