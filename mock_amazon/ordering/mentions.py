"""Which orders a request is about: every order number in its path, query or body."""

from __future__ import annotations

import re

from flask import current_app, request

_NUMBER = re.compile(rb"(?<![0-9])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![0-9])")


def mentioned_orders() -> set[str]:
    # Reading a body that is too large raises, and this is called after the answer is made.
    too_large = (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]
    body = b"" if too_large else request.get_data()
    text = b"\n".join((request.path.encode(), request.query_string, body))
    return {number.decode() for number in _NUMBER.findall(text)}
