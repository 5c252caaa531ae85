"""Amazon's rate limits: a token bucket per application, seller and operation, on the virtual clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Limit:
    """A usage plan: so many requests a second in the long run, ``burst`` at once."""

    rate: float
    burst: int


LIMITS = {
    "searchOrders": Limit(0.0056, 20),
    "getOrder": Limit(0.5, 30),
    "confirmShipment": Limit(2.0, 10),
    "updateShipmentStatus": Limit(5.0, 15),
    "getMarketplaceParticipations": Limit(0.016, 15),
    "getOrders": Limit(0.0167, 20),
    "getOrderV0": Limit(0.5, 30),
    "getOrderBuyerInfo": Limit(0.5, 30),
    "getOrderAddress": Limit(0.5, 30),
    "getOrderItems": Limit(0.5, 30),
    "getOrderItemsBuyerInfo": Limit(0.5, 30),
    "createRestrictedDataToken": Limit(1.0, 10),
    "getListingsItem": Limit(5.0, 10),
    "putListingsItem": Limit(5.0, 10),
    "patchListingsItem": Limit(5.0, 5),
    "deleteListingsItem": Limit(5.0, 5),
    "searchListingsItems": Limit(5.0, 5),
    "getInventorySummaries": Limit(2.0, 2),
    "createInventoryItem": Limit(5.0, 15),
    "addInventory": Limit(5.0, 15),
    "deleteInventoryItem": Limit(5.0, 15),
    "getAccount": Limit(0.016, 15),
    "getOrderRegulatedInfo": Limit(0.5, 30),
    "updateVerificationStatus": Limit(0.5, 30),
    "rotateApplicationClientSecret": Limit(0.0167, 1),
    "createDestination": Limit(1.0, 5),
    "getDestinations": Limit(1.0, 5),
    "getDestination": Limit(1.0, 5),
    "deleteDestination": Limit(1.0, 5),
    "createSubscription": Limit(1.0, 5),
    "getSubscription": Limit(1.0, 5),
    "getSubscriptions": Limit(1.0, 5),
    "getSubscriptionById": Limit(1.0, 5),
    "deleteSubscriptionById": Limit(1.0, 5),
    "sendTestNotification": Limit(1.0, 5),
    "createFeed": Limit(0.0083, 15),
    "getFeed": Limit(2.0, 15),
    "getFeeds": Limit(0.0222, 10),
    "cancelFeed": Limit(2.0, 15),
    "createFeedDocument": Limit(0.5, 15),
    "getFeedDocument": Limit(0.0222, 10),
    "createReport": Limit(0.0167, 15),
    "getReport": Limit(2.0, 15),
    "getReports": Limit(0.0222, 10),
    "cancelReport": Limit(0.0222, 10),
    "getReportDocument": Limit(0.0167, 15),
    "createReportSchedule": Limit(0.0222, 10),
    "getReportSchedule": Limit(0.0222, 10),
    "getReportSchedules": Limit(0.0222, 10),
    "cancelReportSchedule": Limit(0.0222, 10),
}
"""The default usage plans of Amazon's models.

Calls that only its sandbox has follow the sandbox's. Calls that fail behind the
gateway spend quota as others do.
"""

Key = tuple[str, str, str]


class Buckets:
    """The fill of every bucket. A bucket that nobody has used is full and is not kept."""

    def __init__(self) -> None:
        self._fills: dict[Key, tuple[float, datetime]] = {}

    def take(self, key: Key, limit: Limit, now: datetime) -> bool:
        """Take one request out of the bucket; False where it is empty."""
        fill, since = self._fills.get(key, (float(limit.burst), now))
        passed = max((now - since).total_seconds(), 0)  # somebody may have set the clock back
        fill = min(fill + passed * limit.rate, limit.burst)
        # A refusal costs nothing; the tolerance is for sums such as 180 s x 1/180 s.
        enough = fill > 1 - 1e-9
        self._fills[key] = (fill - 1 if enough else fill, now)
        return enough

    def dump(self) -> Any:
        return dict(self._fills)

    def load(self, state: Any) -> None:
        self._fills = dict(state)

    def reset(self) -> None:
        self._fills.clear()
