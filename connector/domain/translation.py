"""An Amazon order translated into the Commerce order that is to be placed. No side effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from connector.domain.assessment import Product
from connector.domain.order import ZERO, Order
from connector.domain.regions import region_for_commerce
from connector.domain.totals import expected_total

UNIT_PRICE = Decimal("0.0001")
"""Commerce keeps four decimals; the row total stays Amazon's, whatever the unit price rounds to (F-10)."""
NO_PHONE = "111-111-1111"
NO_NAME = "N/A"
_PLAIN = Product("", enabled=True, type="simple", website_ids=frozenset())


@dataclass(frozen=True)
class Person:
    """A name as Commerce wants it, in two parts."""

    firstname: str
    lastname: str


@dataclass(frozen=True)
class CommerceAddress:
    """An address as Commerce wants it."""

    person: Person
    company: str
    street: tuple[str, ...]
    city: str
    region: str
    postcode: str
    country_id: str
    telephone: str


@dataclass(frozen=True)
class CommerceLine:
    """One line to place; amounts for the whole line but ``price``, which is per unit."""

    item_id: str
    sku: str
    name: str
    quantity: int
    price: Decimal
    row_total: Decimal
    tax: Decimal
    discount: Decimal
    product_id: int = 0
    product_type: str = "simple"


@dataclass(frozen=True)
class CommerceOrder:
    """A Commerce order to be placed."""

    amazon_order_id: str
    by_amazon: bool
    purchased_at: datetime
    currency: str
    tax_included: bool
    customer: Person
    email: str
    bill_to: CommerceAddress
    ship_to: CommerceAddress
    shipping_description: str
    lines: tuple[CommerceLine, ...]
    shipping: Decimal
    gift_wrap: Decimal
    gift_message: str
    total: Decimal


def translate(
    order: Order,
    product_of: Mapping[str, str],
    *,
    tax_included: bool,
    products: Mapping[str, Product] | None = None,
) -> CommerceOrder:
    """The Commerce order of an Amazon order whose details are complete; ``products`` by catalog SKU."""
    recipient = order.ship_to.name or order.buyer_name
    buyer = order.buyer_name or recipient
    messages = [line.gift_message for line in order.live_lines if line.gift_message]
    return CommerceOrder(
        amazon_order_id=order.amazon_order_id,
        by_amazon=order.by_amazon,
        purchased_at=order.purchased_at,
        currency=order.currency,
        tax_included=tax_included,
        customer=split_name(buyer),
        email=order.buyer_email or f"{order.amazon_order_id}@amazon.com",  # F-04, F55
        bill_to=_address(order, buyer),
        ship_to=_address(order, recipient),
        shipping_description=f"Amazon {order.service_level}".strip(),
        lines=tuple(_lines(order, product_of, products or {})),
        shipping=sum((line.shipping for line in order.live_lines), ZERO),
        gift_wrap=sum((line.gift_wrap for line in order.live_lines), ZERO),
        gift_message="\n".join(messages),
        total=expected_total(order, tax_included=tax_included),
    )


def split_name(name: str) -> Person:
    """Split at the first space; Commerce wants both parts (F-05, F53)."""
    printable = "".join(char for char in name if char.isprintable() and char not in "<>{}")
    first, _, last = " ".join(printable.split()).partition(" ")
    return Person(first or NO_NAME, last or "-" if first else NO_NAME)


def _lines(
    order: Order, product_of: Mapping[str, str], products: Mapping[str, Product]
) -> list[CommerceLine]:
    lines = []
    for line in order.live_lines:
        total = line.item_total or ZERO
        sku = product_of.get(line.sku, line.sku)
        product = products.get(sku, _PLAIN)
        lines.append(
            CommerceLine(
                item_id=line.item_id,
                sku=sku,
                name=line.title,
                quantity=line.quantity,
                price=(total / line.quantity).quantize(UNIT_PRICE),
                row_total=total,
                tax=line.tax,
                discount=line.discount,
                product_id=product.id,
                product_type=product.type,
            )
        )
    return lines


def _address(order: Order, name: str) -> CommerceAddress:
    """FBA addresses come with holes, which are filled (L-34, B-12); a merchant's is Commerce's to judge."""
    address = order.ship_to
    hole = NO_NAME if order.by_amazon else ""
    return CommerceAddress(
        person=split_name(name),
        company=address.company,
        street=address.lines or ((hole,) if hole else ()),
        city=address.city or hole,
        region=region_for_commerce(address.country, address.region),
        postcode=address.postal_code or hole,
        country_id=address.country,
        telephone=address.phone or NO_PHONE,
    )
