"""Pre-signed URLs as S3 makes them: for one method, one document and five minutes of the virtual clock."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from flask import request

from mock_amazon.documents.s3 import PREFIX
from simkit.control import names_this_machine
from simkit.simulation import simulation

LIFE = timedelta(minutes=5)
_STAMP = "%Y%m%dT%H%M%SZ"
_UNPACKING = "response-content-encoding"
_NEEDED = ("X-Amz-Date", "X-Amz-Expires", "X-Amz-Signature")


class Denied(Exception):
    """The URL does not open the document; the code and the texts are those of S3."""

    def __init__(self, code: str, message: str, **more: str) -> None:
        super().__init__(message)
        self.code, self.message, self.more = code, message, more


def upload_url(document_id: str, content_type: str) -> str:
    """Where to PUT the document, with exactly that content type."""
    return _url("PUT", document_id, content_type, unpacking="")


def download_url(document_id: str, *, unpacked: bool) -> str:
    """Where to GET the document; ``unpacked`` lets HTTP clients decompress it by themselves."""
    return _url("GET", document_id, "", unpacking="gzip" if unpacked else "")


def check(method: str, document_id: str, query: Mapping[str, str], content_type: str) -> None:
    """Raise Denied for a URL that is not signed, out of date, or for something else."""
    if any(not query.get(name) for name in _NEEDED):
        raise Denied("AccessDenied", "Access Denied")
    stamp, life, unpacking = query["X-Amz-Date"], query["X-Amz-Expires"], query.get(_UNPACKING, "")
    good = _signature(method, document_id, stamp, life, content_type, unpacking)
    if not hmac.compare_digest(good.encode(), query["X-Amz-Signature"].encode()):
        raise Denied(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. "
            "Check your key and signing method.",
        )
    expires = datetime.strptime(stamp, "%Y%m%dT%H%M%S%z") + timedelta(seconds=int(life))
    now = simulation().now()
    if expires < now:
        times = {"Expires": _written(expires), "ServerTime": _written(now)}
        raise Denied("AccessDenied", "Request has expired", **{"X-Amz-Expires": life}, **times)


def _url(method: str, document_id: str, content_type: str, unpacking: str) -> str:
    stamp = simulation().now().astimezone(UTC).strftime(_STAMP)
    life = str(int(LIFE.total_seconds()))
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": stamp,
        "X-Amz-SignedHeaders": "content-type;host" if content_type else "host",
        "X-Amz-Expires": life,
        "X-Amz-Credential": f"SIMULATED/{stamp[:8]}/us-east-1/s3/aws4_request",
        **({_UNPACKING: unpacking} if unpacking else {}),
        "X-Amz-Signature": _signature(method, document_id, stamp, life, content_type, unpacking),
    }
    return f"{_base_url()}{PREFIX}{quote(document_id)}?{urlencode(query)}"


def _signature(*parts: str) -> str:
    key = f"{simulation().seed}/documents"  # tells a URL that was touched; it keeps no secret
    return hmac.digest(key.encode(), "\n".join(parts).encode(), "sha256").hex()


def _written(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _base_url() -> str:
    host = _whole(request.host)
    # Nobody calls Amazon without TLS: whoever does arrives through a gateway that has ended it.
    ended = (
        host.partition(":")[0].endswith(".amazon.com") or request.headers.get("X-Forwarded-Proto") == "https"
    )
    return f"{'https' if ended else request.scheme}://{host}"


def _whole(host: str) -> str:
    """The Host header, with the first character back that python-amazon-sp-api cuts off."""
    if not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:
        return host
    tries = (host, *(f"{first}{host}" for first in "1l["))
    return next(
        (each for each in tries if names_this_machine(each.rpartition(":")[0].strip("[]") or each)), host
    )
