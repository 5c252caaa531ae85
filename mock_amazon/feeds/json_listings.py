"""JSON_LISTINGS_FEED: the Listings section processes its messages; its report becomes the outcome."""

from __future__ import annotations

from mock_amazon.feeds.results import Outcome
from mock_amazon.listings.json_feed import process
from mock_amazon.models import Feed
from simkit import jsons


def process_listings(feed: Feed, content: bytes) -> Outcome:
    """The outcome, with the counts of the report."""
    report = process(feed.seller_id, content, feed_id=feed.number, marketplace_ids=feed.marketplace_ids)
    summary = jsons.load(report).get("summary", {})
    accepted, invalid = summary.get("messagesAccepted", 0), summary.get("messagesInvalid", 0)
    return Outcome(accepted, invalid, report, "application/json; charset=UTF-8", gzipped=True)
