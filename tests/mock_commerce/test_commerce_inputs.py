"""Bodies with everything that the vendor's schema knows, as clients that are generated from it send them."""

from __future__ import annotations

import json
import re

import pytest

DEPTH = 3


@pytest.fixture(scope="session")
def openapi(contracts):
    return json.loads((contracts / "commerce" / "openapi-order-subset-2.4.9.json").read_text())


def blank(openapi, schema, depth=0):
    """All keys of a body, null where they hold no object; lists have one element."""
    if "$ref" in schema:
        schema = openapi["definitions"][schema["$ref"].rsplit("/", 1)[1]]
    if "properties" in schema and depth <= DEPTH:
        return {key: blank(openapi, part, depth + 1) for key, part in schema["properties"].items()}
    if schema.get("type") == "array":
        element = blank(openapi, schema["items"], depth + 1)
        return None if element is None else [element]
    return None


def bodies(openapi):
    for path, operations in openapi["paths"].items():
        for method in operations.keys() & {"post", "put"}:
            for parameter in operations[method].get("parameters", []):
                if parameter["in"] == "body":
                    yield method.upper(), path, blank(openapi, parameter["schema"])


def test_no_property_of_the_vendors_is_unknown(shop, openapi):
    """In developer mode the message of a masked error names the property (magento2#3660)."""
    shop.sim("config", {"mode": "developer"})
    shop.product()
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    unknown = []
    sent = list(bodies(openapi))
    assert len(sent) > 100
    for method, path, body in sent:
        address = re.sub(r"\{(\w+)\}", lambda name: "MUG" if "ku" in name[1] else "1", path)
        answer = shop.call(method, address.removeprefix("/V1/"), json=body)
        if "accessor method" in answer.get_data(as_text=True):
            unknown.append((method, path, answer.get_json()["message"]))
    assert unknown == []
