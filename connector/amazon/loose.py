"""What the schemas of both versions have in common."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load

from connector.domain.order import Address, Order


class Loose(Schema):
    """A schema that names what the connector uses."""

    class Meta:
        """Everything else is ignored."""

        unknown = EXCLUDE


class UnreadableOrder(ValueError):
    """A document that is not an order of its version; the message names the fields, not their values."""


def load_order(schema: Schema, document: dict[str, Any]) -> Order:
    """The order of a document.

    Raises UnreadableOrder.
    """
    try:
        order = schema.load(document)
    except ValidationError as error:
        raise UnreadableOrder(f"unreadable fields: {', '.join(map(str, error.messages_dict))}") from None
    assert isinstance(order, Order)  # noqa: S101 - marshmallow's load is untyped
    return order


class AddressSchema(Loose):
    """An address whose fields a version names; any may be missing or null."""

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Address:
        return Address(**{key: value or "" for key, value in data.items()})


def address_field(data_key: str | None = None) -> fields.String:
    return fields.String(data_key=data_key, load_default="", allow_none=True)
