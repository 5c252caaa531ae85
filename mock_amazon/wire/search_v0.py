"""The parameters of getOrders: read from the query, checked as Amazon checks them, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from mock_amazon.errors import NOT_VALID, InvalidInput, violation
from mock_amazon.ordering.fact_words import EASY_SHIP, INVOICES, PAYMENT_METHODS
from mock_amazon.ordering.lifecycle import Channel, Status
from mock_amazon.wire import parameters
from mock_amazon.wire.order_ids import checked_order_id
from mock_amazon.wire.parameters import Query

FIELDS = ("Created", "LastUpdated")
UNPAID = (Status.PENDING_AVAILABILITY.value, Status.PENDING.value, Status.CANCELED.value)
_BOUNDS = {
    "EarliestDeliveryDateAfter": "earliest_from",
    "EarliestDeliveryDateBefore": "earliest_to",
    "LatestDeliveryDateAfter": "latest_from",
    "LatestDeliveryDateBefore": "latest_to",
}
_NOT_WITH_SELLER_ORDER_ID = (
    *("FulfillmentChannels", "OrderStatuses", "PaymentMethods"),
    *("LastUpdatedAfter", "LastUpdatedBefore", "BuyerEmail"),
)
FILTERS = (
    *(f"{field}{end}" for field in FIELDS for end in ("After", "Before")),
    *("OrderStatuses", "FulfillmentChannels", "PaymentMethods", "BuyerEmail", "SellerOrderId"),
    *("EasyShipShipmentStatuses", "ElectronicInvoiceStatuses", "AmazonOrderIds"),
    *("ActualFulfillmentSupplySourceId", "IsISPU", "StoreChainStoreId", *_BOUNDS),
)
"""What chooses among the orders of the marketplaces; a NextToken is bound to all of it."""

Field = Literal["Created", "LastUpdated"]


@dataclass(frozen=True)
class SearchV0:
    """A valid request: which orders, in which window, how many at once."""

    by: Field
    after: datetime | None
    before: datetime | None
    marketplace_ids: frozenset[str]
    filters: Mapping[str, Any]
    """By the names that the shelf knows; those that were not asked for are missing."""
    page_size: int

    def bound_to(self) -> list[object]:
        filters = {name: self.filters[name] for name in sorted(self.filters)}
        return [self.by, self.after, self.before, self.marketplace_ids, filters]


def check_marketplaces(query: Query) -> None:
    """They are needed even beside a NextToken.

    Raises InvalidInput.
    """
    if not parameters.many(query, "MarketplaceIds"):
        raise violation("null", "marketplaceIds", "Member must not be null")


def search_v0_of(query: Query, now: datetime, quirks: AbstractSet[str]) -> SearchV0:
    """Read the query; parameters that Amazon does not know are ignored.

    Raises InvalidInput.
    """
    check_marketplaces(query)
    _check_seller_order_id(query)
    numbers = _numbers(query)
    by = _field(query, may_be_missing=bool(numbers) and "order_ids_without_date" in quirks)
    names = (f"{by}After", f"{by}Before")
    after, before = (parameters.moment(query, name) for name in names)
    if before is not None:
        parameters.check_window(names, after or before, before, now)
    return SearchV0(
        by=by,
        after=after,
        before=before,
        marketplace_ids=parameters.marketplaces(query, "MarketplaceIds"),
        filters=_filters(query, numbers, paid_only="payment_filter_hides_unpaid" in quirks),
        page_size=parameters.page_size(query, "MaxResultsPerPage"),
    )


def _field(query: Query, *, may_be_missing: bool) -> Field:
    """Exactly one After, and no parameter of the other family."""
    created, updated = bool(query.get("CreatedAfter")), bool(query.get("LastUpdatedAfter"))
    if created and updated:
        raise InvalidInput(NOT_VALID, "Give only one of CreatedAfter and LastUpdatedAfter.")
    if not (created or updated or may_be_missing):
        raise InvalidInput(NOT_VALID, "Give one of CreatedAfter and LastUpdatedAfter.")
    by: Field = "LastUpdated" if updated else "Created"
    stranger = "CreatedBefore" if updated else "LastUpdatedBefore"
    if query.get(stranger):
        raise InvalidInput(NOT_VALID, f"{stranger} cannot be combined with {by}After.")
    return by


def _check_seller_order_id(query: Query) -> None:
    if not query.get("SellerOrderId"):
        return
    for name in _NOT_WITH_SELLER_ORDER_ID:
        if query.get(name):
            raise InvalidInput(NOT_VALID, f"{name} cannot be combined with SellerOrderId.")


def _numbers(query: Query) -> list[str]:
    numbers = parameters.many(query, "AmazonOrderIds")
    parameters.check_length(numbers, "AmazonOrderIds")
    return sorted({checked_order_id(number, "amazonOrderIds") for number in numbers})


def _filters(query: Query, numbers: list[str], *, paid_only: bool) -> dict[str, Any]:
    found = {
        "numbers": numbers,
        "unpaid": UNPAID if paid_only and query.get("PaymentMethods") else (),
        "statuses": sorted(parameters.enums(query, "OrderStatuses", Status)),
        "channels": sorted(parameters.enums(query, "FulfillmentChannels", sorted(Channel))),
        "payments": sorted(parameters.enums(query, "PaymentMethods", PAYMENT_METHODS)),
        "easy_ship": sorted(parameters.enums(query, "EasyShipShipmentStatuses", EASY_SHIP)),
        "invoices": sorted(parameters.enums(query, "ElectronicInvoiceStatuses", INVOICES)),
        "supply_source": parameters.words(query, "ActualFulfillmentSupplySourceId"),
        "in_store_pickup": _flag(query, "IsISPU"),
        "store_chain_store": parameters.words(query, "StoreChainStoreId"),
        "email": parameters.words(query, "BuyerEmail"),
        "seller_order": parameters.words(query, "SellerOrderId"),
        **{key: parameters.moment(query, name) for name, key in _BOUNDS.items()},
    }
    return {name: value for name, value in found.items() if value}


def _flag(query: Query, name: str) -> bool:
    text = (query.get(name) or "false").lower()
    if text not in {"true", "false"}:
        limit = "Member must satisfy enum value set: [true, false]"
        raise violation(f"'{text}'", parameters.shown(name), limit)
    return text == "true"
