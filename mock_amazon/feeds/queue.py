"""A feed on its way: submitted, begun, done. What it does and its result are one transaction."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from mock_amazon import processing
from mock_amazon.documents.keeping import result_document
from mock_amazon.feeds.results import FeedBroken, Outcome
from mock_amazon.feeds.types import PROCESSORS
from mock_amazon.models import Document, Feed, Seller, db
from mock_amazon.processing import JobStatus

_log = logging.getLogger(__name__)


def begin(data: Mapping[str, Any]) -> None:
    processing.begin("feeds", Feed, data)


def end(data: Mapping[str, Any]) -> None:
    feed = db.session.scalar(select(Feed).where(Feed.number == data["number"]))
    if feed is None or feed.status != JobStatus.IN_PROGRESS:
        return
    # One feed of a seller after the other: what is left of an order is looked up before it is changed.
    db.session.execute(select(Seller.id).where(Seller.id == feed.seller_id).with_for_update(key_share=True))
    processing.run("feeds", feed, _process)


def _process(feed: Feed) -> None:
    try:
        outcome = _processed(feed)
    except FeedBroken as error:
        _log.info("feed %s: %s", feed.number, error)
        processing.finish(feed, JobStatus.FATAL)
        return
    document = result_document(
        feed.seller_id, outcome.document, outcome.content_type, gzipped=outcome.gzipped
    )
    feed.succeeded, feed.failed = outcome.succeeded, outcome.failed
    processing.finish(feed, JobStatus.DONE, document.id)


def _processed(feed: Feed) -> Outcome:
    document = db.session.get_one(Document, feed.input_id)
    content = document.content
    assert content is not None  # noqa: S101 - createFeed takes uploaded documents only
    return PROCESSORS[feed.kind](feed, content, document.content_type)
