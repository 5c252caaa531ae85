"""Bodies that Adobe's schema describes, filled with what fits; and all that may be wrong with a body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from commerce_shop import ADDRESS as TEXAS

GONE_EACH = 5
"""Fields of which one is left out."""
DEEPEST = 5
DEEP = 1000
NAMED: dict[str, Any] = {
    "sku": "A", "child_sku": "A", "parent_sku": "SHIRT", "source_code": "default", "type_id": "simple",
    "country_id": "US", "region_id": 57, "region_code": "TX", "postcode": "78701", "email": "bob@example.com",
    "telephone": "5125550100", "city": "Austin", "firstname": "Ann", "lastname": "Lee",
    "street": ["1 Main St"], "customer_email": "ann@example.com",
    "created_at": "2026-01-02 03:04:05", "updated_at": "2026-01-02 03:04:05",
    "date_of_birth": "1990-01-02", "dob": "1990-01-02", "gender": 1, "group_id": 1, "store_id": 1,
    "website_id": 1, "state": "new", "status": "pending", "increment_id": "900000001", "quote_id": 1,
    "method": "checkmo", "carrier_code": "flatrate", "method_code": "flatrate", "attribute_set_id": 4,
    "shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate", "currency_code": "USD",
    "order_currency_code": "USD", "base_currency_code": "USD", "product_type": "simple", "type": "select",
    "order_id": 3, "order_item_id": 5, "parent_id": 1, "customer_id": 1, "stock_id": 1, "username": "admin",
    "password": "Secret123", "current_password": "Secret123", "new_password": "Secret124", "entity_id": None,
    "id": None, "item_id": None, "option_id": None, "price_from": "2026-01-02 00:00:00", "code": "base",
    "price_to": "2026-02-02 00:00:00", "algorithm_code": "priority", "attribute_id": "93",
    "customer_address_id": None, "parent_item_id": None, "parent_item": None, "qty": 1,
    "qty_ordered": 1, "confirmation": "1",
    "tax_class_id": 3, "attribute_code": "color", "value": "red", "addresses": [], "page_size": 2,
}  # fmt: skip
"""Values of fields by their name."""
_LINK = {"sku": "C", "qty": 1, "price": 2, "is_default": True, "position": 1}
_OPTION = {"sku": "SET", "title": "Mug", "type": "select", "required": True, "product_links": [_LINK]}
_CHOICE = {"attribute_id": "93", "label": "Size", "position": 1, "values": [{"value_index": 9}]}
_LINE = {"amazon_order_item_id": "1", "sku": "A", "qty": 1, "price": "10.00", "row_total": "10.00"}
_AMAZON_ORDER = {
    "amazon_order_id": "112-0000000-0000001", "store_code": "default", "fulfilled_by": "merchant",
    "purchased_at": "2026-03-01T08:00:00+00:00", "currency_code": "USD", "tax_included": False,
    "customer": {"email": "ann@example.com", "firstname": "Ann", "lastname": "Lee"},
    "billing_address": TEXAS, "shipping_address": TEXAS, "shipping_description": "Amazon Standard",
    "items": [_LINE], "grand_total": "10.00",
}  # fmt: skip
_CUSTOMER = {"email": "ann@example.com", "firstname": "Ann", "lastname": "Lee", "website_id": 1}
OTHERS: dict[str, Any] = {
    "/amazon-sales-channel/orders": {"orders": [_AMAZON_ORDER]},
    "/bundle-products/<segment:sku>/links/<segment:link_id>": {"linkedProduct": {"sku": "A", "qty": 2}},
    "/bundle-products/<segment:sku>/links/<segment:option_id>": {"linkedProduct": _LINK},
    "/bundle-products/options/<segment:option_id>": {"option": _OPTION},
    "/bundle-products/options/add": {"option": _OPTION},
    "/configurable-products/<segment:sku>/child": {"childSku": "C"},
    "/configurable-products/<segment:sku>/options": {"option": _CHOICE},
    "/configurable-products/<segment:sku>/options/<segment:option_id>": {"option": _CHOICE},
    "/customers/confirm": {"email": "ann@example.com", "websiteId": 1, "redirectUrl": "text"},
    "/customers/me": {"customer": _CUSTOMER, "passwordHash": "text"},
    "/customers/me/activate": {"confirmationKey": "text"},
    "/customers/me/password": {"currentPassword": "Secret123", "newPassword": "Secret124"},
    "/customers/password": {"email": "ann@example.com", "template": "email_reset", "websiteId": 1},
    "/customers/validate": {"customer": _CUSTOMER},
    "/customers/<segment:email>/activate": {"confirmationKey": "text"},
    "/products/base-prices": {"prices": [{"price": 5, "store_id": 0, "sku": "A"}]},
    "/products/base-prices-information": {"skus": ["A"]},
    "/amazon-sales-channel/system-message": {"text": "Hello"},
    "/tfa/provider/google/authenticate": {"username": "admin", "password": "admin123", "otp": "123456"},
    "/integration/customer/token": {"username": "ann@example.com", "password": "Secret123"},
    "/customers/resetPassword": {"email": "a@example.com", "resetToken": "t", "newPassword": "Secret124"},
}
"""Bodies of routes that the schema does not have."""
WRONG: dict[str, Any] = {
    "null": None,
    "a flag": True,
    "a number": 7,
    "zero": 0,
    "a negative number": -1,
    "a fraction": 0.33333333,
    "a huge amount": 1e300,
    "64 bits": 2**63 - 1,
    "more than 64 bits": 2**64 - 1,
    "no text": "",
    "blanks": "  ",
    "words": "abc",
    "a NUL": "a\0b",
    "control characters": "a\x01\x1b\r\n\x7fb",
    "emoji": "😀",
    "65 characters": "S" * 65,
    "51 digits": "9" * 51,
    "10 kB": "A" * 10_240,
    "not a number": "NaN",
    "infinity": "Infinity",
    "beyond floats": "1e400",
    "more digits than Python reads": "9" * 5000,
    "other digits": "٣",
    "underscores": "1_0",
    "no day": "2026-02-30 00:00:00",
    "year 0": "0000-00-00 00:00:00",
    "a list": [],
    "a list of lists": [[[]]],
    "a list of nulls": [None],
    "a list of numbers": [7],
    "an object": {},
    "an object with odd keys": {"": {"\0": None}},
    "an unknown property": {"no_such_property": 1},
}
"""What may stand in place of each value of a body that is right."""
STRICT = {
    name: WRONG[name]
    for name in (
        *("a NUL", "64 bits", "more than 64 bits", "a huge amount", "a negative number", "10 kB", "emoji"),
        *("an object with odd keys", "beyond floats", "year 0", "65 characters"),
    )
}
"""Those at which databases differ."""
RAW: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n",
    "no JSON": b"<html>no JSON</html>",
    "half of an object": b'{"entity": ',
    "two objects": b"{}{}",
    "a list": b"[]",
    "a list of objects": b"[{}]",
    "a list of numbers": b"[1, 2]",
    "text": b'"text"',
    "a number": b"1",
    "true": b"true",
    "null": b"null",
    "an empty object": b"{}",
    "an empty name": b'{"": 1}',
    "an unknown name": b'{"no_such_argument": {"a": 1}}',
    "NaN": b'{"entity": NaN}',
    "infinity": b'{"entity": Infinity}',
    "1e400": b'{"entity": {"grand_total": 1e400}}',
    "10 to the 30th": b'{"entity": {"entity_id": 1000000000000000000000000000000}}',
    "5000 digits": b'{"entity": {"entity_id": ' + b"9" * 5000 + b"}}",
    "no UTF-8": b'{"entity": "\xff\xfe"}',
    "a lone surrogate": b'{"entity": {"sku": "\\ud800"}}',
    "UTF-16": '{"entity": 1}'.encode("utf-16"),
    "a mark of the byte order": b"\xef\xbb\xbf{}",
    "a deep list": b"[" * DEEP + b"]" * DEEP,
    "a deep object": b'{"entity":' * DEEP + b"1" + b"}" * DEEP,
    "a key twice": b'{"entity": 1, "entity": {}}',
}
WORDS = {
    "NUL": "%00",
    "a NUL inside": "a%00b",
    "emoji": quote("😀👩‍👩‍👧"),
    "10 kB": "A" * 10_240,
    "traversal": "..%2F..%2Fetc%2Fpasswd",
    "a slash": "a%2Fb",
    "a lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "broken percents": "%zz%",
    "a new line": "a%0D%0AX-Injected:%20yes",
    "quotes": quote("' OR 1=1; --\"<script>", safe=""),
    "a blank": "+",
    "other digits": quote("٣", safe=""),
    "underscores": "1_0",
    "a large number": "9" * 400,
    "64 bits": "9223372036854775807",
    "more than 64 bits": "18446744073709551616",
    "zero": "0",
    "a negative number": "-1",
    "a fraction": "1.5",
    "a float": "1e999",
    "a format": quote("{0.__class__}%s${7*7}", safe=""),
}
"""Segments of an address, percent-encoded already."""
CONTENT_TYPES = (
    *("", "text/plain", "application/json; charset=latin1", "application/json;;;=", "multipart/form-data"),
    *("application/xml", "text/xml", "application/x-www-form-urlencoded", "\xff", "application/json" * 999),
)


class Bodies:
    """Made-up bodies by method and Flask rule."""

    def __init__(self, openapi: dict[str, Any]) -> None:
        self.openapi = openapi
        self.schemas = {
            (method.upper(), _shape(path)): operation
            for path, operations in openapi["paths"].items()
            for method, operation in operations.items()
        }

    def schema(self, method: str, rule: str) -> dict[str, Any] | None:
        """What the body of that route may be; None where the schema does not say."""
        operation = self.schemas.get((method, _shape(rule.removeprefix("/rest"))), {})
        return next((one["schema"] for one in operation.get("parameters", []) if one["in"] == "body"), None)

    def good(self, method: str, rule: str) -> Any:
        """A body with every property, which is right, or nearly."""
        schema = self.schema(method, rule)
        if schema is None:
            return OTHERS.get(rule.removeprefix("/rest/V1"), {})
        return self._filled(schema, "", 0)

    def _filled(self, schema: dict[str, Any], name: str, depth: int) -> Any:
        while "$ref" in schema:
            schema = self.openapi["definitions"][schema["$ref"].rpartition("/")[2]]
        kind, known = schema.get("type"), _snake(name)
        if known in NAMED and (kind != "object" or NAMED[known] is None):
            return _fitting(NAMED[known], kind)
        if kind == "array":
            return [] if depth > DEEPEST else [self._filled(schema["items"], name, depth + 1)]
        if kind == "object":
            if depth > DEEPEST:
                return {}
            rows = schema.get("properties", {}).items()
            return {key: self._filled(inner, key, depth + 1) for key, inner in rows}
        return {"integer": 1, "number": 1, "boolean": False}.get(str(kind), "text")


def _fitting(value: Any, kind: str | None) -> Any:
    """The value in the type that the schema wants, as far as one name stands for several things."""
    if kind == "string" and value is not None:
        return value[0] if isinstance(value, list) else str(value)
    return 1 if kind in {"integer", "number"} and isinstance(value, str) else value


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()


def _shape(path: str) -> str:
    return re.sub(r"<[^>]*>|\{[^}]*\}", "{}", path.rstrip("/"))


def spoilt(
    content: Any, few: int, turns: Iterator[int], things: Mapping[str, Any] = WRONG
) -> Iterator[tuple[str, Any]]:
    """The same content with a few wrong things at each place, others the next time."""
    names = list(things)
    for _ in range(min(few, len(names))):
        name = names[next(turns) % len(names)]
        yield name, things[name]
    if isinstance(content, dict):
        yield "one more", {**content, "no_such_property": 1}
        for key, inner in content.items():
            if next(turns) % GONE_EACH == 0:
                yield f"without {key}", {name: value for name, value in content.items() if name != key}
            for name, other in spoilt(inner, few, turns, things):
                yield f"{key}: {name}", {**content, key: other}
    elif isinstance(content, list):
        yield "none", []
        yield "twice", content * 2
        for name, other in spoilt(content[0], few, turns, things) if content else ():
            yield f"[]: {name}", [other]


def doubled(content: dict[str, Any]) -> bytes:
    """The object with every key twice."""
    inner = json.dumps(content)[1:-1]
    return f"{{{inner}, {inner}}}".encode()
