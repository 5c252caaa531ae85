"""Bodies and answers of Feeds 2021-06-30."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from mock_amazon.models import Document, Feed
from mock_amazon.wire.jobs import MOST_MARKETPLACES, Part, job_json, loaded

REFUSAL = "Invalid request parameters"
"""All that the real API says of most faults (amzn/selling-partner-api-models#1832)."""


class _DocumentSpecification(Part):
    content_type = fields.String(
        required=True, data_key="contentType", validate=validate.Regexp(r"[!-~][ -~]{0,199}\Z")
    )


class _FeedSpecification(Part):
    kind = fields.String(required=True, data_key="feedType")
    marketplace_ids = fields.List(
        fields.String(),
        required=True,
        data_key="marketplaceIds",
        validate=validate.Length(1, MOST_MARKETPLACES),
    )
    document_id = fields.String(required=True, data_key="inputFeedDocumentId")
    options = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        data_key="feedOptions",
        load_default=dict,
        allow_none=True,
    )


_document, _feed = _DocumentSpecification(), _FeedSpecification()


def content_type_of(data: bytes) -> str:
    """The body of createFeedDocument.

    Raises InvalidInput.
    """
    return str(loaded(_document, data, REFUSAL)["content_type"])


def specification_of(data: bytes) -> dict[str, Any]:
    """The body of createFeed.

    Raises InvalidInput.
    """
    return loaded(_feed, data, REFUSAL)


def feed_json(feed: Feed) -> dict[str, Any]:
    return job_json(feed, ("feedId", "feedType", "resultFeedDocumentId"), {})


def document_json(name: str, document: Document, url: str) -> dict[str, str]:
    """A document that can be downloaded; ``name`` is that of its id."""
    packed = {"compressionAlgorithm": "GZIP"} if document.gzipped else {}
    return {name: document.id, "url": url, **packed}
