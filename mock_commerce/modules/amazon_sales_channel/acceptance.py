"""Whether Commerce takes an order: everything is looked at before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.config.settings import BASE_CURRENCY, current
from mock_commerce.directory.places import address_faults
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import Order, Product, Store, db
from mock_commerce.sales import lifecycle, selling, statuses
from mock_commerce.wire.values import money

CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Offer:
    """Where an accepted order belongs, and its products by SKU key."""

    store: Store
    products: Mapping[str, Product]


def check(given: Mapping[str, Any]) -> Offer:
    """Look at everything that Commerce minds.

    Raises CommerceError in Commerce's own words.
    """
    store = _store(given["store_code"])
    demands = [selling.Demand(item["sku"], Decimal(item["qty"])) for item in given["items"]]
    products = selling.products_for(demands, store)
    if given["fulfilled_by"] == "merchant":
        selling.check_stock(products, demands, stock.of_store(store.store_id))
    _check_currency(given["currency_code"])
    _check_addresses(given)
    _check_status(given["status"])
    _check_number(given["increment_id"], store)
    _check_totals(given)
    return Offer(store, products)


def _store(code: str) -> Store:
    store = db.session.scalar(select(Store).where(Store.code == code, Store.store_id != 0))
    if store is None:
        raise NoSuchEntity("The store that was requested wasn't found. Verify the store and try again.")
    return store


def _check_currency(code: str) -> None:
    if code not in current().currencies:
        raise CommerceError('Undefined rate from "%1-%2".', [BASE_CURRENCY, code])


def _check_addresses(given: Mapping[str, Any]) -> None:
    for kind in ("shipping", "billing"):
        address = given[f"{kind}_address"]
        if address is not None and (faults := address_faults(address)):
            raise CommerceError(f"Please check the {kind} address information. %1", [" ".join(faults)])


def _check_status(status: str | None) -> None:
    """A status of another state is refused; one nobody knows is taken as the merchant's own."""
    if status is None or statuses.belongs(status, "processing"):
        return
    if lifecycle.is_known(status) or status in statuses.added():
        raise CommerceError('The status "%1" is not part of the state "%2".', [status, "processing"])


def _check_number(number: str | None, store: Store) -> None:
    query = select(Order.entity_id).where(Order.increment_id == number, Order.store_id == store.store_id)
    if number is not None and db.session.scalar(query) is not None:
        raise CommerceError("Unique constraint violation found")


def _check_totals(given: Mapping[str, Any]) -> None:
    """Amazon's sums have to be right; a row may differ by a cent a unit from price x quantity (F-10)."""
    for item in given["items"]:
        if abs(item["price"] * item["qty"] - item["row_total"]) > CENT * item["qty"]:
            raise CommerceError(
                'The row total "%1" of "%2" is not the price times the quantity.',
                [money(item["row_total"]), item["sku"]],
            )
    expected = expected_total(given)
    if expected != given["grand_total"]:
        raise CommerceError(
            'The grand total "%1" is not the sum of the order, "%2".',
            [money(given["grand_total"]), money(expected)],
        )


def expected_total(given: Mapping[str, Any]) -> Decimal:
    """Rows, shipping and gift wrap, less discounts; tax counts only where prices do not include it."""
    items = given["items"]
    total = sum((item["row_total"] - item["discount_amount"] for item in items), ZERO)
    tax = ZERO if given["tax_included"] else sum((item["tax_amount"] for item in items), ZERO)
    extras: Decimal = given["shipping_amount"] + given["gift_wrap_amount"]
    return total + tax + extras
