"""Parameters of getSubscriptions: one type, and pages of 30 to 100."""

from __future__ import annotations

from dataclasses import dataclass

from mock_amazon.errors import InvalidInput, violation
from mock_amazon.notifications.subscribing import UNREADABLE
from mock_amazon.paging.sealing import fingerprint, seal, unseal
from mock_amazon.wire.notifications import checked_type, version_asked
from mock_amazon.wire.parameters import Query, many

LEAST, MOST = 30, 100


@dataclass(frozen=True)
class Asked:
    """What subscriptions are asked for, and after which one the page begins."""

    kind: str
    version: str | None
    page_size: int
    after: int


def read_page(query: Query, client_id: str, seller_id: str) -> Asked:
    """Read the parameters.

    Raises InvalidInput.
    """
    kinds = many(query, "notificationTypes")
    if len(kinds) != 1:
        least = "greater than or equal to 1" if not kinds else "less than or equal to 1"
        shown = f"'[{', '.join(kinds)}]'"
        raise violation(shown, "notificationTypes", f"Member must have length {least}")
    kind, version = checked_type(kinds[0]), version_asked(query)
    text = query.get("pageSize") or str(LEAST)
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and LEAST <= int(text) <= MOST):
        raise violation(f"'{text}'", "pageSize", f"Member must have value between {LEAST} and {MOST}")
    token = query.get("nextToken")
    after = _after(token, _bound_to(kind, version, seller_id), client_id) if token else 0
    return Asked(kind, version, int(text), after)


def next_page(asked: Asked, last: int, client_id: str, seller_id: str) -> str:
    return seal([_bound_to(asked.kind, asked.version, seller_id), last], client_id)


def _bound_to(kind: str, version: str | None, seller_id: str) -> str:
    return fingerprint([kind, version, seller_id])


def _after(token: str, bound_to: str, client_id: str) -> int:
    content = unseal(token, client_id)
    if content is None or content[0] != bound_to:
        raise InvalidInput(UNREADABLE, "The nextToken is not valid")
    return int(content[1])
