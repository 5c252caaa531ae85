"""Feeds 2021-06-30: documents with work for Amazon, and what became of them."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from mock_amazon import processing
from mock_amazon.access.auth import admit, caller
from mock_amazon.documents import keeping
from mock_amazon.documents.signing import download_url, upload_url
from mock_amazon.errors import InvalidInput, NotFound
from mock_amazon.feeds.types import PROCESSORS
from mock_amazon.models import Feed, Seller, db
from mock_amazon.moments import now
from mock_amazon.paging import job_pages
from mock_amazon.wire.feeds import REFUSAL, content_type_of, document_json, feed_json, specification_of
from mock_amazon.wire.job_search import search_of, unpacking_of
from simkit.simulation import operation, simulation

bp = Blueprint("feeds", __name__, url_prefix="/feeds/2021-06-30")
bp.before_request(admit)


@bp.post("/documents")
@operation("createFeedDocument")
def create_feed_document() -> ResponseReturnValue:
    """createFeedDocument: an URL to upload a document to."""
    document = keeping.new_document(caller().seller_id, content_type_of(request.get_data()))
    db.session.commit()
    return jsonify(feedDocumentId=document.id, url=upload_url(document.id, document.content_type)), 201


@bp.get("/documents/<document_id>")
@operation("getFeedDocument")
def get_feed_document(document_id: str) -> ResponseReturnValue:
    """getFeedDocument: an URL to download the result of a feed from."""
    unpacked = unpacking_of(request.args)
    document = keeping.find(document_id, caller().seller_id)
    if document is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no document {document_id}.")
    if document.made_by != "feed":  # amzn/selling-partner-api-models#959
        raise InvalidInput(REFUSAL, "The document is not the result of a feed.")
    return jsonify(document_json("feedDocumentId", document, download_url(document.id, unpacked=unpacked)))


@bp.post("/feeds")
@operation("createFeed")
def create_feed() -> ResponseReturnValue:
    """createFeed: have an uploaded document processed."""
    who, wish = caller(), specification_of(request.get_data())
    if wish["kind"] not in PROCESSORS:
        raise InvalidInput(REFUSAL, f"feedType: {wish['kind']!r} is not one of {', '.join(PROCESSORS)}")
    own = [market.id for market in db.session.get_one(Seller, who.seller_id).marketplaces]
    if foreign := [each for each in wish["marketplace_ids"] if each not in own]:
        raise InvalidInput(REFUSAL, f"marketplaceIds: the seller does not sell in {', '.join(foreign)}")
    if not keeping.take(wish["document_id"], who.seller_id):
        raise InvalidInput(REFUSAL, "inputFeedDocumentId: nothing was uploaded there, or a feed has used it.")
    feed = Feed(
        number=simulation().ids.digits("feed", 11),
        seller_id=who.seller_id,
        kind=wish["kind"],
        marketplace_ids=list(dict.fromkeys(wish["marketplace_ids"])),
        created=now(),
        input_id=wish["document_id"],
    )
    processing.enqueue("feeds", feed)
    db.session.commit()
    return jsonify(feedId=feed.number), 202


@bp.get("/feeds")
@operation("getFeeds")
def get_feeds() -> ResponseReturnValue:
    """getFeeds: the feeds of these types, newest first."""
    who = caller()
    search = search_of(request.args, "feedTypes", REFUSAL, now(), who.client_id)
    feeds, token = job_pages.page(Feed, search, who.seller_id, who.client_id)
    return jsonify({"feeds": [feed_json(feed) for feed in feeds], **({"nextToken": token} if token else {})})


@bp.get("/feeds/<feed_id>")
@operation("getFeed")
def get_feed(feed_id: str) -> ResponseReturnValue:
    """getFeed: how far a feed is."""
    return jsonify(feed_json(_found(feed_id)))


@bp.delete("/feeds/<feed_id>")
@operation("cancelFeed")
def cancel_feed(feed_id: str) -> Response:
    """cancelFeed: call a feed off that waits in the queue."""
    feed = _found(feed_id)
    if not processing.cancel("feeds", feed):
        raise InvalidInput(REFUSAL, f"Feed {feed_id} is {feed.status}: only IN_QUEUE can be cancelled.")
    db.session.commit()
    return Response(status=200, mimetype="application/json")


def _found(feed_id: str) -> Feed:
    feed = processing.find(Feed, feed_id, caller().seller_id)
    if feed is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no feed {feed_id}.")
    return feed
