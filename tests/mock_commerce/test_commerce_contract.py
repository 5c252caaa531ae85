"""Answers against the vendor's own schema; where Commerce itself differs from it, the reason is given."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema import Draft4Validator

DEVIATIONS = {
    r"payment/(account_status|cc_last4)$": "required, but null in Commerce (getter-nullability-2.4.6.json)",
    r"tracks/\d+/(weight|qty|description)$": "required, but null in Commerce (getter-nullability-2.4.6.json)",
    r"low_stock_date$": "required, but null in Commerce until the stock was low",
    r"base_cost$": "required, but null for products without a cost",
    r"^parameters$": "a list in the schema, an object for named placeholders in Commerce",
}
"""Path of a finding to why the mock is right to differ."""

SCHEMAS = {
    "orders": "sales-data-order-search-result-interface",
    "shipments": "sales-data-shipment-search-result-interface",
    "invoices": "sales-data-invoice-search-result-interface",
    "creditmemos": "sales-data-creditmemo-search-result-interface",
    "products": "catalog-data-product-search-results-interface",
    "inventory/source-items": "inventory-api-data-source-item-search-results-interface",
    "inventory/sources": "inventory-api-data-source-search-results-interface",
    "inventory/stocks": "inventory-api-data-stock-search-results-interface",
    "inventory/stock-source-links": "inventory-api-data-stock-source-link-search-results-interface",
    "eav/attribute-sets/list": "eav-data-attribute-set-search-results-interface",
    "products/attribute-sets/sets/list": "eav-data-attribute-set-search-results-interface",
    "customers/search": "customer-data-customer-search-results-interface",
}
OTHERS = {
    "orders/1": "sales-data-order-interface",
    "orders/1/comments": "sales-data-order-status-history-search-result-interface",
    "products/MUG": "catalog-data-product-interface",
    "products/SHIRT": "catalog-data-product-interface",
    "products/SET": "catalog-data-product-interface",
    "products/attributes/price": "catalog-data-product-attribute-interface",
    "stockStatuses/MUG": "catalog-inventory-data-stock-status-interface",
    "stockItems/lowStock?scopeId=0&qty=100": "catalog-inventory-data-stock-item-collection-interface",
    "inventory/sources/default": "inventory-api-data-source-interface",
    "inventory/stocks/1": "inventory-api-data-stock-interface",
    "stockItems/MUG": "catalog-inventory-data-stock-item-interface",
    "inventory/stock-resolver/website/base": "inventory-api-data-stock-interface",
    "inventory/is-product-salable-for-requested-qty/MUG/1/500":
        "inventory-sales-api-data-product-salable-result-interface",
    "directory/countries/US": "directory-data-country-information-interface",
    "directory/countries/DE": "directory-data-country-information-interface",
    "directory/currency": "directory-data-currency-information-interface",
}  # fmt: skip
ARRAYS = {
    "store/websites": "store-data-website-interface",
    "store/storeViews": "store-data-store-interface",
    "store/storeGroups": "store-data-group-interface",
    "products/types": "catalog-data-product-type-interface",
    "configurable-products/SHIRT/children": "catalog-data-product-interface",
    "configurable-products/SHIRT/options/all": "configurable-product-data-option-interface",
    "bundle-products/SET/children": "bundle-data-link-interface",
    "bundle-products/SET/options/all": "bundle-data-option-interface",
    "inventory/get-sources-assigned-to-stock-ordered-by-priority/1": "inventory-api-data-source-interface",
}


@pytest.fixture(scope="session")
def openapi(contracts):
    return json.loads((contracts / "commerce" / "openapi-order-subset-2.4.9.json").read_text())


@pytest.fixture
def full_shop(shop, amazon_order):
    """An order with everything: invoiced, shipped with a track, commented, refunded in part."""
    shop.product(qty=10)
    shop.product("CODE", type="virtual")
    shop.product("SHIRT", type="configurable", children=["MUG", "CODE"])
    shop.product("SET", type="bundle", children=["MUG", "CODE"])
    lines = ({"tax_amount": "1.65", "discount_amount": "1.00"}, {"sku": "CODE", "qty": 1})
    shop.place(
        amazon_order(*lines, shipping_amount="4.99", gift_wrap_amount="2.00", gift_message="Hi",
                     grand_total="67.61"),
        amazon_order(fulfilled_by="amazon"),
    )  # fmt: skip
    shop.post("customers", {"customer": {"email": "a@example.com", "firstname": "Ann", "lastname": "Lee"}})
    track = {"track_number": "1Z", "title": "UPS", "carrier_code": "ups"}
    shop.post("order/1/ship", {"tracks": [track], "comment": {"comment": "Sent"}})
    shop.post("order/1/invoice", {"comment": {"comment": "Paid"}})
    shop.post("orders/1/comments", {"statusHistory": {"comment": "Hello"}})
    shop.post("order/1/refund", {"items": [{"order_item_id": 1, "qty": 1}], "comment": {"comment": "Sorry"}})
    return shop


def findings(openapi, schema, content):
    """Where the content breaks the schema, and what the schema does not know."""
    root = {**schema, "definitions": openapi["definitions"]}
    for error in Draft4Validator(root).iter_errors(content):
        path = "/".join(map(str, error.absolute_path))
        if not any(re.search(pattern, path) for pattern in DEVIATIONS):
            yield f"{path}: {error.message}"
    yield from _unknown(openapi, schema, content)


def _unknown(openapi, schema, content, path=""):
    while "$ref" in schema:
        schema = openapi["definitions"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(content, list):
        for element in content:
            yield from _unknown(openapi, schema.get("items", {}), element, f"{path}[]")
    elif isinstance(content, dict) and "properties" in schema:
        for key, value in content.items():
            if key not in schema["properties"]:
                yield f"{path}/{key} is not in the schema"
            else:
                yield from _unknown(openapi, schema["properties"][key], value, f"{path}/{key}")


def refer(name):
    return {"$ref": f"#/definitions/{name}"}


@pytest.mark.parametrize("path", SCHEMAS)
def test_lists_are_as_the_vendor_describes_them(full_shop, openapi, path):
    content = full_shop.search(path)
    assert content["items"]
    assert list(findings(openapi, refer(SCHEMAS[path]), content)) == []


@pytest.mark.parametrize("path", OTHERS)
def test_single_answers_are_as_the_vendor_describes_them(full_shop, openapi, path):
    assert list(findings(openapi, refer(OTHERS[path]), full_shop.get(path))) == []


QUESTIONS = {
    "are-products-salable?skus[]=MUG": "is-product-salable-result-interface",
    "are-product-salable-for-requested-qty?skuRequests[0][sku]=MUG&skuRequests[0][qty]=99":
        "is-product-salable-for-requested-qty-result-interface",
}  # fmt: skip


@pytest.mark.parametrize("path", QUESTIONS)
def test_answers_on_many_skus_are_as_the_vendor_describes_them(full_shop, openapi, path):
    schema = {"type": "array", "items": refer(f"inventory-sales-api-data-{QUESTIONS[path]}")}
    content = full_shop.get(f"inventory/{path}&stockId=1")
    assert len(content) == 1
    assert list(findings(openapi, schema, content)) == []


@pytest.mark.parametrize("path", ARRAYS)
def test_store_lists_are_as_the_vendor_describes_them(full_shop, openapi, path):
    schema = {"type": "array", "items": refer(ARRAYS[path])}
    assert list(findings(openapi, schema, full_shop.get(path))) == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "orders"),
        ("GET", "orders/99"),
        ("POST", "order/1/ship"),
        ("GET", "nosuch"),
        ("POST", "orders"),
    ],
)
def test_errors_are_as_the_vendor_describes_them(full_shop, openapi, method, path):
    answer = full_shop.call(method, path)
    assert answer.status_code >= 400
    assert list(findings(openapi, refer("error-response"), answer.get_json())) == []


@pytest.mark.parametrize("verb", ["ship", "invoice", "refund"])
def test_ids_of_new_documents_are_text_though_the_schema_says_number(full_shop, amazon_order, openapi, verb):
    full_shop.place(amazon_order())
    if verb == "refund":
        full_shop.post("order/3/invoice")
    content = full_shop.post(f"order/3/{verb}")
    schema = openapi["paths"][f"/V1/order/{{orderId}}/{verb}"]["post"]["responses"]["200"]["schema"]
    assert schema["type"] == "integer"
    assert isinstance(content, str)
    assert content.isdigit()


def test_every_route_asks_for_the_vendors_acl_resource(shop, contracts):
    known = {
        (route["method"], re.sub(r":\w+", ":", route["path"].rstrip("/"))): route["resources"]
        for route in json.loads((contracts / "commerce" / "routes-2.4.6.json").read_text())
    }
    app = shop.client.application
    compared = 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/rest/V1") or "amazon-sales-channel" in rule.rule:
            continue
        path = re.sub(r"<[^>]+>", ":", rule.rule.removeprefix("/rest"))
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            assert known[method, path] == [app.view_functions[rule.endpoint].resource], (method, path)
            compared += 1
    assert compared > 30


def test_an_order_has_the_keys_of_the_vendors_example(shop, contracts):
    shop.product()
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
    example = json.loads((contracts / "commerce" / "order-example.json").read_text())
    order = shop.get("orders/1")
    not_known = {
        "quote_id",
        "remote_ip",
        "email_sent",
        "weight",
        "customer_note_notify",
        "base_discount_amount",
    }
    assert set(example) - set(order) <= not_known
    assert set(example["extension_attributes"]) <= set(order["extension_attributes"])
    lacking = {"quote_item_id", "weight", "row_weight"}
    assert set(example["items"][0]) - set(order["items"][0]) == lacking
    assert set(example["billing_address"]) == set(order["billing_address"])


ENTITIES = {
    "order": lambda shop: [shop.get("orders/1")],
    "order_item": lambda shop: shop.get("orders/1")["items"],
    "order_address": lambda shop: [shop.get("orders/1")["billing_address"]],
    "order_payment": lambda shop: [shop.get("orders/1")["payment"]],
    "order_status_history": lambda shop: shop.get("orders/1/comments")["items"],
}


@pytest.mark.parametrize("entity", ENTITIES)
def test_nulls_are_dropped_unless_the_getter_promises_a_value(full_shop, contracts, entity):
    """The rule of spec section 1; ``float|null`` is dropped, ``float`` is shown even where it is null."""
    getters = json.loads((contracts / "commerce" / "getter-nullability-2.4.6.json").read_text())[entity]
    for row in ENTITIES[entity](full_shop):
        nulls = {key for key, value in row.items() if value is None}
        assert not {key for key in nulls if "null" in getters.get(key, "")}
        promised = {key for key, kind in getters.items() if "null" not in kind and "xtension" not in key}
        assert promised <= set(row)
