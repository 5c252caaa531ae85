"""JSON or XML: which of them the caller reads and writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Response, g, request

from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError, NotAcceptable
from mock_commerce.webapi import xml
from simkit import jsons

DEEPEST = 200
"""Levels of a body that are read; PHP reads 512 of JSON, libxml 256 of XML."""
_JSON_TYPES = ("*/*", "application/json", "application/*")
_XML_TYPES = ("text/xml", "text/*", "application/xml", "application/xhtml+xml")
_XML = partial(xml.load, levels=DEEPEST)
_BODIES: Mapping[str, Callable[[bytes], Any]] = {
    "application/json": jsons.load,
    "application/xml": _XML,
    "application/xhtml+xml": _XML,
    "text/xml": _XML,
}
_TYPE = re.compile(r"([0-9a-z*+\-]+)(?:/([0-9a-z*+\-.]+))?", re.IGNORECASE)
_CONTENT_TYPE = re.compile(r"([a-z\d/\-+.]+)(?:; *charset=(.+))?", re.IGNORECASE)


def settle() -> None:
    """Find out what the caller reads: the first known type among those of the highest quality.

    Raises NotAcceptable.
    """
    g.as_xml = False
    types = _accepted(request.headers.get("Accept", ""))
    for kind in types:
        if kind in _JSON_TYPES:
            return
        if kind in _XML_TYPES:
            g.as_xml = True
            return
    raise NotAcceptable(types)


def _accepted(header: str) -> list[str]:
    """The types of an Accept header, the best first; what is no type is passed over."""
    found: dict[str, float] = {}
    for definition in header.split(","):
        kind, *more = definition.split(";")
        if not _TYPE.fullmatch(kind.strip()):
            continue
        found.setdefault(kind.strip(), _quality(more[0] if more else ""))
    return sorted(found, key=lambda kind: -found[kind]) or ["*/*"]


def _quality(text: str) -> float:
    try:
        return float(text.partition("=")[2] or 1)
    except ValueError:
        return 0.0


def response(document: bytes, status: int = 200) -> Response:
    """An answer of that JSON, in what the caller reads."""
    if g.get("as_xml"):
        content = xml.dump(jsons.load(document))
        return Response(content, status, content_type="application/xml; charset=utf-8")
    return Response(document, status, content_type="application/json; charset=utf-8")


def body() -> dict[str, Any]:
    """The object that is the body of the current request, {} where there is none.

    Raises CommerceError.
    """
    content = whole_body()
    return content if isinstance(content, dict) else {}


def whole_body() -> Any:
    """The body of the current request, {} where it is empty.

    Raises CommerceError.
    """
    raw = request.get_data()
    if not raw:
        return {}
    read = _BODIES[_content_type(request.headers.get("Content-Type", ""))]
    try:
        content = read(raw)
    except ValueError as error:
        raise CommerceError(_undecoded(error)) from None
    if jsons.is_deeper(content, DEEPEST):
        raise CommerceError(_undecoded(ValueError("Maximum stack depth exceeded")))
    return content


def _undecoded(error: ValueError) -> str:
    """Developers are told why."""
    return f"Decoding error: {error}" if current().mode == "developer" else "Decoding error."


def _content_type(header: str) -> str:
    if not header:
        raise CommerceError("Content-Type header is empty.")
    parts = _CONTENT_TYPE.fullmatch(header)
    if parts is None:
        raise CommerceError("Content-Type header is invalid.")
    kind, charset = parts.groups()
    if charset is not None and charset.lower() != "utf-8":
        raise CommerceError("UTF-8 is the only supported charset.")
    if kind.lower() not in _BODIES:
        raise CommerceError(f"Server cannot understand Content-Type HTTP header media type {kind}")
    return str(kind.lower())
