"""The Sellers API: which marketplaces a seller takes part in."""

from __future__ import annotations

from connector.amazon.access import SYSTEM, Access
from connector.http import content, shaped


@shaped(SYSTEM)
def marketplace_ids(access: Access) -> list[str]:
    """The marketplaces in which this seller takes part.

    Raises AbortRun, RetryLater.
    """
    answer = access.call("GET", "/sellers/v1/marketplaceParticipations")
    payload = content(answer, SYSTEM)["payload"]
    return [entry["marketplace"]["id"] for entry in payload if entry["participation"]["isParticipating"]]
