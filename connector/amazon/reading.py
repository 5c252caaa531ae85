"""A stored document to an order of the domain, whatever version of the API it came from."""

from __future__ import annotations

from connector.amazon import schemas_2026, schemas_v0
from connector.amazon.orders import Document
from connector.amazon.stored import V0, V2026, version_of
from connector.domain.order import Order

_READERS = {V2026: schemas_2026.read_order, V0: schemas_v0.read_order}


def read_order(document: Document) -> Order:
    """The order.

    Raises UnreadableOrder.
    """
    return _READERS[version_of(document)](document)
