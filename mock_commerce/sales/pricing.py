"""What a unit costs: the price of the store view, or the special price while it holds."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from mock_commerce.models import Product
from mock_commerce.sales import book
from mock_commerce.wire.values import moment


def price_of(product: Product, store_id: int) -> Decimal:
    """The lower of both today, by Commerce's rule: a special price holds to the end of its last day."""
    price, own = product.price_in(store_id), product.attributes_in(store_id)
    special = own.get("special_price")
    return min(price, Decimal(special)) if special is not None and _holds(own) else price


def _holds(own: dict[str, Any]) -> bool:
    now, start, end = book.now(), _day(own, "special_from_date"), _day(own, "special_to_date")
    return (start is None or start <= now) and (end is None or now.date() <= end.date())


def _day(own: dict[str, Any], code: str) -> datetime | None:
    """A date that is none does not limit anything."""
    try:
        return moment(own[code]) if own.get(code) else None
    except ValueError:
        return None
