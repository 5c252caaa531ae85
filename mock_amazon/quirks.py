"""The quirks: true oddities of the real API that contradict its model, each a switch of the seller account.

One table with the thread that each comes from. What is on by default is what Amazon was last seen to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row


@dataclass(frozen=True)
class Quirk:
    """What happens while it is on, and who saw it."""

    what: str
    source: str
    on: bool = True


QUIRKS: Mapping[str, Quirk] = {
    "unknown_order_empty": Quirk(
        "v0 reads of an order that is not there answer 200 and an empty payload, not 404",
        "amzn/selling-partner-api-models#2939",
    ),
    "replacement_flag_text": Quirk(
        "IsReplacementOrder is text in getOrders and a boolean in getOrder",
        "amzn/selling-partner-api-models#2647",
    ),
    "raw_token_without_message": Quirk(
        "a NextToken that was not URL-encoded is refused with message null",
        "amzn/selling-partner-api-docs#653",
    ),
    "order_ids_without_date": Quirk(
        "getOrders by AmazonOrderIds needs neither CreatedAfter nor LastUpdatedAfter",
        "amzn/selling-partner-api-docs#600, not proved",
    ),
    "payment_filter_hides_unpaid": Quirk(
        "getOrders with PaymentMethods leaves out orders that are pending or canceled",
        "jlevers/selling-partner-api#386",
    ),
    "buyer_email_open": Quirk(
        "v0 shows BuyerEmail without a restricted data token, as until early 2026",
        "amzn/selling-partner-api-models#5131",
        on=False,
    ),
    "index_lag": Quirk(
        "lists know nothing of the last 30 minutes: an order is in them only so long after its last change",
        "amzn/selling-partner-api-docs#2131, amzn/selling-partner-api-models#3945",
        on=False,
    ),
    "page_repeat": Quirk(
        "the last order of a page stands at the head of the next one too",
        "amzn/selling-partner-api-models#2297, amzn/selling-partner-api-docs#2090",
        on=False,
    ),
    "cancel_without_bump": Quirk(
        "an order that is cancelled keeps its LastUpdateDate, so that no list shows the change",
        "WP-Lister for Amazon, change log of 0.9.6.17",
        on=False,
    ),
    "order_change_without_marketplaces": Quirk(
        "a subscription to ORDER_CHANGE is refused if its event filter has marketplaceIds, as in August 2024",
        "amzn/selling-partner-api-models#4135; the model of 2026 knows no such limit",
        on=False,
    ),
    "no_detailed_status": Quirk(
        "packages of 2026-01-01 have no detailedStatus, not even those of Easy Ship",
        "amzn/selling-partner-api-models#5127",
    ),
    "pending_prices": Quirk(
        "orders of 2026-01-01 have prices also while they are PENDING",
        "amzn/selling-partner-api-models#5139",
        on=False,
    ),
    "far_east_refuses_fulfillment": Quirk(
        "sellers of region FE are refused with 400 when they ask 2026-01-01 for includedData=FULFILLMENT",
        "amzn/selling-partner-api-models#5365",
        on=False,
    ),
}

INDEX_LAG = timedelta(minutes=30)
"""What ``index_lag`` stands for: the threads tell of minutes to hours."""


def indexed(quirks: AbstractSet[str], now: datetime) -> datetime | None:
    """The moment after which lists know of no change; None where they know of all."""
    return now - INDEX_LAG if "index_lag" in quirks else None


def last_of(rows: Sequence[Row[Any]], quirks: AbstractSet[str]) -> Row[Any]:
    """The row after which the next page begins."""
    return rows[-2] if "page_repeat" in quirks and len(rows) > 1 else rows[-1]


def switched_on(changes: Mapping[str, str]) -> frozenset[str]:
    """The quirks that are on when these were switched."""
    wished = {name: "on" if quirk.on else "off" for name, quirk in QUIRKS.items()} | dict(changes)
    return frozenset(name for name, switch in wished.items() if switch == "on")
