"""The hosts for which the gateway stands. All others are refused: it is no open proxy."""

from __future__ import annotations

import re
from collections.abc import Sequence

NAMES: Sequence[str] = (
    "*.amazon.com",  # sellingpartnerapi-na, -eu and -fe, and api, where Login with Amazon is
    "api.amazon.co.uk",
    "api.amazon.co.jp",
    *(f"sandbox.sellingpartnerapi-{region}.amazon.com" for region in ("na", "eu", "fe")),
)
"""As they stand in its certificate; a star is one label."""
PORT = 443
_LABEL = re.compile(r"[a-z0-9-]+")


def host_of(authority: str) -> str | None:
    """The host of a ``host:port`` that the gateway stands for; None for others, and for other ports."""
    host, _, port = authority.lower().rpartition(":")
    return host if port == str(PORT) and any(_fits(name, host) for name in NAMES) else None


def _fits(name: str, host: str) -> bool:
    label, _, rest = host.partition(".")
    return host == name or (name == f"*.{rest}" and bool(_LABEL.fullmatch(label)))
