"""JSON_LISTINGS_FEED: its messages are processed by the Listings section; here is where that is connected."""

from __future__ import annotations

from mock_amazon.feeds.results import FeedBroken, Outcome
from simkit import jsons


def process(seller_id: str, content: bytes) -> bytes:
    """The processing report of the messages: to be replaced by ``mock_amazon.listings.json_feed.process``."""
    del content
    raise FeedBroken(f"no section of this server processes listings of {seller_id}")


def process_listings(seller_id: str, content: bytes) -> Outcome:
    """The outcome, with the counts of the report.

    Raises FeedBroken.
    """
    report = process(seller_id, content)
    summary = jsons.load(report).get("summary", {})
    accepted, invalid = summary.get("messagesAccepted", 0), summary.get("messagesInvalid", 0)
    return Outcome(accepted, invalid, report, "application/json; charset=UTF-8", gzipped=True)
