"""The body of a token request: a form, percent-encoded or raw, or JSON; whatever its content type says."""

from __future__ import annotations

from urllib.parse import parse_qsl

import orjson

from mock_amazon.errors import LwaError

Form = dict[str, str]


def read_form(data: bytes) -> Form:
    """Raises LwaError for what is neither, for values that are no text, and for parameters that repeat."""
    if data.lstrip()[:1] in {b"{", b"["}:
        return _of_json(data)
    form: Form = {}
    try:
        # Clients that do not percent-encode send "Atzr|…" as it is: this reader takes both.
        pairs = parse_qsl(data.decode(errors="replace"), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        raise LwaError("invalid_request", "The request is malformed") from None
    for name, value in pairs:
        if name in form:
            raise _invalid(name)
        form[name] = _text(name, value)
    return form


def required(form: Form, name: str) -> str:
    value = form.get(name)
    if not value:
        raise LwaError("invalid_request", f"The request is missing a required parameter : {name}")
    return value


def _of_json(data: bytes) -> Form:
    try:
        content = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise LwaError("invalid_request", "The request body is not JSON") from None
    if not isinstance(content, dict):
        raise LwaError("invalid_request", "The request body is not a JSON object")
    return {name: _text(name, value) for name, value in content.items() if value is not None}


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or "\0" in value:  # PostgreSQL knows no text with a NUL
        raise _invalid(name)
    return value


def _invalid(name: str) -> LwaError:
    return LwaError("invalid_request", f"The request has an invalid parameter : {name}")
