"""Documents in the database: made, filled, found, taken by a feed. The caller commits."""

from __future__ import annotations

import gzip
from datetime import timedelta

from sqlalchemy import CursorResult, select, update

from mock_amazon.models import Document, db
from mock_amazon.moments import now
from simkit.simulation import simulation

LARGEST = 10 * 1024 * 1024
"""Bytes of an upload."""
KEPT = timedelta(days=90)
"""How long Amazon keeps feeds, reports and their documents."""
_GZIP_FROM = 10 * 1024


def new_document(seller_id: str, content_type: str) -> Document:
    """A document that a seller is going to upload."""
    return _made(seller_id, "seller", "amzn1.tortuga.4.na", content_type)


def result_document(seller_id: str, content: bytes, content_type: str, *, gzipped: bool = False) -> Document:
    """What has become of a feed."""
    return _filled(_made(seller_id, "feed", "amzn1.tortuga.4.na", content_type), content, gzipped)


def report_document(seller_id: str, content: bytes, content_type: str) -> Document:
    return _filled(_made(seller_id, "report", "amzn1.spdoc.1.4.na", content_type), content, gzipped=False)


def find(document_id: str, seller_id: str | None = None) -> Document | None:
    """The document, of one seller where it matters who asks; None too once it is too old."""
    if not document_id.isprintable():  # PostgreSQL does not even look for a NUL
        return None
    statement = select(Document).where(Document.id == document_id, Document.created >= now() - KEPT)
    if seller_id is not None:
        statement = statement.where(Document.seller_id == seller_id)
    return db.session.scalar(statement)


def take(document_id: str, seller_id: str) -> bool:
    """Use an uploaded document for a feed; False where it is not there, not uploaded, or used already."""
    if not document_id.isprintable():
        return False
    taken = db.session.execute(
        update(Document)
        .where(
            Document.id == document_id,
            Document.seller_id == seller_id,
            Document.made_by == "seller",
            Document.content.is_not(None),
            Document.used.is_(False),
            Document.created >= now() - KEPT,
        )
        .values(used=True)
    )
    assert isinstance(taken, CursorResult)  # noqa: S101 - narrows the result of an UPDATE
    return taken.rowcount == 1


def _made(seller_id: str, made_by: str, prefix: str, content_type: str) -> Document:
    token = simulation().ids.token("document", 46)
    name = "-".join((token[:8], token[8:12], token[12:16], token[16:20], token[20:32]))
    document = Document(
        id=f"{prefix}.{name}.T{token[32:].upper()}",
        seller_id=seller_id,
        made_by=made_by,
        content_type=content_type,
        created=now(),
    )
    db.session.add(document)
    return document


def _filled(document: Document, content: bytes, gzipped: bool) -> Document:
    document.gzipped = gzipped or len(content) > _GZIP_FROM
    # No time of day in the packed bytes: the same content is the same file.
    document.content = gzip.compress(content, mtime=0) if document.gzipped else content
    db.session.flush()  # before the job that refers to it
    return document
