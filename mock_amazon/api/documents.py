"""The store behind pre-signed URLs: upload and download without an access token."""

from __future__ import annotations

from flask import Blueprint, Response, request

from mock_amazon.documents import keeping, s3
from mock_amazon.documents.signing import Denied, check
from mock_amazon.models import Document, db
from simkit.simulation import operation

bp = Blueprint("documents", __name__, url_prefix=s3.PREFIX.rstrip("/"))


@bp.put("/<path:document_id>")
@operation("uploadDocument")
def upload_document(document_id: str) -> Response:
    """uploadDocument: PUT to the URL of createFeedDocument (our name; Amazon has none for it)."""
    content_type = request.headers.get("Content-Type", "")
    document = _opened(document_id, content_type)
    if isinstance(document, Response):
        return document
    size = request.content_length or 0
    if size > keeping.LARGEST:
        sizes = {"ProposedSize": str(size), "MaxSizeAllowed": str(keeping.LARGEST)}
        return s3.failure(
            400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", **sizes
        )
    if not document.used:  # what a feed works on does not change any more
        document.content = request.get_data()
        db.session.commit()
    return _served(Response(status=200))


@bp.get("/<path:document_id>")
@operation("downloadDocument")
def download_document(document_id: str) -> Response:
    """downloadDocument: GET from the URL of getFeedDocument or getReportDocument (our name, as above)."""
    document = _opened(document_id, "")
    if isinstance(document, Response):
        return document
    if document.content is None:
        return s3.answer(404)
    response = Response(document.content, 200, content_type=document.content_type)
    if document.gzipped and request.args.get("response-content-encoding") == "gzip":
        response.headers["Content-Encoding"] = "gzip"
    return _served(response)


def _opened(document_id: str, content_type: str) -> Document | Response:
    """The document if the URL opens it, else the refusal."""
    try:
        # A HEAD request is not what was signed.
        check(request.method, document_id, request.args, content_type)
    except Denied as error:
        return s3.failure(403, error.code, error.message, **error.more)
    return keeping.find(document_id) or s3.answer(404)


def _served(response: Response) -> Response:
    response.headers["x-amz-request-id"] = s3.request_id()
    response.headers["Server"] = "AmazonS3"
    return response
