"""Amazon's order numbers: three, seven and seven digits."""

from __future__ import annotations

import re

from mock_amazon.errors import violation

PATTERN = "[0-9]{3}-[0-9]{7}-[0-9]{7}"
_NUMBER = re.compile(PATTERN)


def checked_order_id(text: str, name: str = "orderId") -> str:
    """The order number, if it is one.

    Raises InvalidInput.
    """
    if not _NUMBER.fullmatch(text):
        raise violation(f"'{text}'", name, f"Member must satisfy regular expression pattern: {PATTERN}")
    return text
