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
}
"""The default usage plans of Amazon's models."""

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
