"""Which orders a request is about: every order number in its path, query or body."""

from __future__ import annotations

import re

from flask import request

_NUMBER = re.compile(rb"(?<![0-9])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![0-9])")


def mentioned_orders() -> set[str]:
    text = b"\n".join((request.path.encode(), request.query_string, request.get_data()))
    return {number.decode() for number in _NUMBER.findall(text)}
