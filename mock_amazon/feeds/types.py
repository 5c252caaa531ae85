"""The feed types, each with what processes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from mock_amazon.feeds.acknowledgement import acknowledge
from mock_amazon.feeds.adjustment import adjust
from mock_amazon.feeds.envelope import Message, NotUsable, messages_of, text_of
from mock_amazon.feeds.flat_fulfillment import fulfil_flat
from mock_amazon.feeds.fulfillment import fulfil
from mock_amazon.feeds.json_listings import process_listings
from mock_amazon.feeds.results import Note, Outcome, Refused, incomplete, xml_outcome
from mock_amazon.models import Feed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Processor = Callable[[Feed, bytes, str], Outcome]
"""From the feed, its content and the content's type. Raises FeedBroken."""
_Handler = Callable[[str, "Element"], list[str]]
_TRACKING_ODD = "18901"
"""Ours: Amazon's number of this warning is not known."""


def _xml(message_type: str, handle: _Handler, feed: Feed, content: bytes, content_type: str) -> Outcome:
    del content_type  # XML says itself how it is written
    try:
        messages = messages_of(content, message_type)
    except NotUsable as error:
        return xml_outcome(feed.seller_id, feed.number, 0, [Note("0", error.code, error.text)])
    notes: list[Note] = []
    for message in messages:
        notes += _one(feed.seller_id, message, handle)
    return xml_outcome(feed.seller_id, feed.number, len(messages), notes)


def _one(seller_id: str, message: Message, handle: _Handler) -> list[Note]:
    about = {
        tag: text for tag in ("AmazonOrderID", "MerchantOrderID") if (text := text_of(message.element, tag))
    }
    try:
        if message.element is None:
            raise incomplete("the message does not say what to do")
        warnings = handle(seller_id, message.element)
    except Refused as error:
        return [Note(message.number, error.code, error.text, about)]
    return [Note(message.number, _TRACKING_ODD, text, about, warning=True) for text in warnings]


def _flat(feed: Feed, content: bytes, content_type: str) -> Outcome:
    return fulfil_flat(feed.seller_id, content, content_type)


def _json(feed: Feed, content: bytes, content_type: str) -> Outcome:
    del content_type
    return process_listings(feed, content)


PROCESSORS: Mapping[str, Processor] = {
    "POST_ORDER_FULFILLMENT_DATA": partial(_xml, "OrderFulfillment", fulfil),
    "POST_FLAT_FILE_FULFILLMENT_DATA": _flat,
    "POST_ORDER_ACKNOWLEDGEMENT_DATA": partial(_xml, "OrderAcknowledgement", acknowledge),
    "POST_PAYMENT_ADJUSTMENT_DATA": partial(_xml, "OrderAdjustment", adjust),
    "JSON_LISTINGS_FEED": _json,
}
