"""Where a listing stands: what keeps it from being sold, and its statuses. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from mock_amazon.listings.attributes import (
    FULFILMENT,
    ITEM_NAME,
    OFFER,
    Attributes,
    by_amazon,
    price_of,
    quantity_of,
)
from mock_amazon.listings.issues import REQUIRED, Issue, missing

BUYABLE, DISCOVERABLE = "BUYABLE", "DISCOVERABLE"
STATUSES = (BUYABLE, DISCOVERABLE)
PRODUCT_ONLY = "LISTING_PRODUCT_ONLY"


def lacking(requirements: str | None, attributes: Attributes) -> tuple[str, ...]:
    """The attributes that are missing before it can be sold.

    Nothing is where the control API made the listing (``requirements`` None): it is complete as it is.
    """
    if requirements is None:
        return ()
    absent = [name for name in REQUIRED[requirements] if not attributes.get(name)]
    if requirements != PRODUCT_ONLY:
        absent += [OFFER] if price_of(attributes) is None else []
        absent += [] if attributes.get(FULFILMENT) else [FULFILMENT]
    return tuple(absent)


def issues_of(requirements: str | None, attributes: Attributes) -> list[Issue]:
    return [missing(name) for name in lacking(requirements, attributes)]


def statuses_of(requirements: str | None, attributes: Attributes, at_amazon: int | None) -> list[str]:
    """BUYABLE, DISCOVERABLE, both or none; ``at_amazon``: fulfillable units, None where none are kept."""
    return list(_statuses(requirements, attributes, at_amazon))


def _statuses(requirements: str | None, attributes: Attributes, at_amazon: int | None) -> Iterator[str]:
    absent = lacking(requirements, attributes)
    if not absent and requirements != PRODUCT_ONLY and _in_stock(requirements, attributes, at_amazon):
        yield BUYABLE
    if ITEM_NAME not in absent:
        yield DISCOVERABLE


def _in_stock(requirements: str | None, attributes: Attributes, at_amazon: int | None) -> bool:
    if by_amazon(attributes):
        return bool(at_amazon)
    quantity = quantity_of(attributes)
    # A listing of the control API without a number is not limited.
    return requirements is None if quantity is None else quantity > 0
