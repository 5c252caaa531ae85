"""Every property of the vendor's Order, of either version, is shown by some order, or is left out here."""

import json

import pytest
from amazon_seller import EVERYTHING, ORDERS_V0, PARTS_V0
from rare_orders import full_order

LEFT_OUT_2026 = {
    # a tip is charged apart from the order, after it: nothing tips here
    ("OrderProceedsBreakdown", "status"),
    # what a buyer or a merchant asks and does about cancelling
    ("ItemCancellation", "cancellationRequest"),
    ("ItemCancellationRequest", "requester"),
    ("ItemCancellationRequest", "cancelReason"),
    ("ItemCancellationExecution", "cancelReason"),
}
LEFT_OUT_V0 = {
    # for grocery sellers with positions
    ("AddressExtendedFields", "GeoCoordinates"),
    ("GeoCoordinates", "Latitude"),
    ("GeoCoordinates", "Longitude"),
}
TAX_ID = {"name": "CNPJ", "value": "00.000.000/0001-91"}
BUYER = {"name": "Jane Sample", "company": "Sample Ltd", "county": "Centro", "purchase_order": "PO-1"}
BRAZIL = {
    "marketplace": "BR",
    "business": True,
    "buyer": BUYER | {"tax": {"company": "Sample Ltda", "region": "BR", "ids": [TAX_ID]}},
    "facts": {"marketplace_taxes": [TAX_ID], "seller_name": "Loja", "ship_date_estimated": True},
}
INVOICE = {"company": "Örnek", "address": "Cadde 1", "tax_id": "1", "tax_office": "Beyoğlu"}
TURKEY = {"marketplace": "TR", "buyer": {"invoice": INVOICE}, "facts": {"invoice_preference": "BUSINESS"}}
ELEMENTS = ["buyerInfo", "shippingAddress", "buyerTaxInformation"]


@pytest.fixture
def numbers(strict):
    strict.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["US", "BR", "TR"]}, 201)
    strict.sim("account", {"throttling": "off"})
    original = strict.place_unshipped()
    wishes = [full_order(), full_order("AFN"), BRAZIL, TURKEY, {"replacement_of": original}]
    found = [original, *(strict.place_unshipped(**wish) for wish in wishes)]
    found.append(strict.place(status="Shipped", **full_order("AFN")))
    plain = full_order()
    del plain["facts"]["easy_ship"]
    sent = strict.place_unshipped(**plain)
    package = strict.package(sent, 1, shippingMethod="Ground")
    package["packageDetail"]["orderItems"][0]["transparencyCodes"] = ["AZ:1"]
    assert strict.confirm_shipment(sent, package).status_code == 204
    canceled = strict.place(status="Canceled")
    return [*found, sent, canceled]


def meet(model, schema, document, met):
    """Note which properties of which definitions a document has."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = model[name]
        met |= {(name, key) for key in document} if isinstance(document, dict) else set()
    if isinstance(document, list):
        for inner in document:
            meet(model, schema["items"], inner, met)
    elif isinstance(document, dict):
        for key, inner in document.items():
            meet(model, schema["properties"][key], inner, met)


def reachable(model, name, known=()):
    """All properties of a definition and of those that it refers to."""
    found = {(name, key) for key in model[name].get("properties", {})}
    for ref in {text.split('"')[0] for text in json.dumps(model[name]).split("#/definitions/")[1:]} - {
        *known,
        name,
    }:
        found |= reachable(model, ref, {*known, name})
    return found


def definitions(contracts, file):
    return json.loads((contracts / "amazon" / file).read_text())["definitions"]


def test_2026_shows_every_property_but_those_that_are_left_out(strict, numbers, contracts):
    model, met = definitions(contracts, "orders_2026-01-01.json"), set()
    for number in numbers:
        document = strict.order(number, f"{EVERYTHING},FULFILLMENT_ORDERS")
        meet(model, {"$ref": "#/definitions/Order"}, document, met)
    assert reachable(model, "Order") - met == LEFT_OUT_2026


def test_v0_shows_every_property_but_those_that_are_left_out(strict, numbers, contracts):
    model, met = definitions(contracts, "ordersV0.json"), set()
    paths = [f"{ORDERS_V0}/{{orderId}}{part}" for part in PARTS_V0]
    opened = strict.restrict(*({"method": "GET", "path": path, "dataElements": ELEMENTS} for path in paths))
    parts = {"": "Order", "/address": "OrderAddress", "/buyerInfo": "OrderBuyerInfo"}
    parts |= {"/orderItems": "OrderItemsList", "/orderItems/buyerInfo": "OrderItemsBuyerInfoList"}
    for number in numbers:
        for part, name in parts.items():
            meet(model, {"$ref": f"#/definitions/{name}"}, opened.order_v0(number, part), met)
    properties = set().union(*(reachable(model, name) for name in parts.values()))
    assert {left for left in properties - met if left[1] != "NextToken"} == LEFT_OUT_V0
