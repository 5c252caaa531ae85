"""Both versions tell the same of any order: every field of the vendor's own mapping from v0 to 2026-01-01.

The mapping file decides what is compared; ``both_versions`` says only how either side is read. A field of the
file that has no reading fails the test.
"""

import json
import re

import pytest
from amazon_seller import ORDERS_V0
from both_versions import ITEM, ORDER, UNPAID, at, get
from hypothesis import HealthCheck, Phase, given, settings
from rare_orders import orders

from mock_amazon.marketplaces import BY_CODE
from mock_amazon.ordering import fact_words as words

ELEMENTS = ["buyerInfo", "shippingAddress", "buyerTaxInformation"]


@pytest.fixture(scope="module")
def mapping(contracts):
    return json.loads((contracts / "amazon" / "orders-api-migration-data.json").read_text())


@pytest.fixture(scope="module")
def order_table(mapping):
    """The readings of an order, with the words of statuses and channels from the file."""
    known = mapping["statusMappings"]
    return ORDER | {
        "OrderStatus": (
            lambda v0: known["fulfillmentStatus"][v0["order"]["OrderStatus"]],
            get("fulfillment.fulfillmentStatus"),
        ),
        "FulfillmentChannel": (
            lambda v0: known["fulfillmentChannel"][v0["order"]["FulfillmentChannel"]],
            get("fulfillment.fulfilledBy"),
        ),
    }


class Reader:
    """An account of every marketplace, with tokens that open everything."""

    def __init__(self, seller):
        seller.sim("sellers", {"seller": "SELLER-1", "marketplaces": list(BY_CODE)}, 201)
        seller.sim("account", {"throttling": "off"})
        self.seller = seller
        self.original = seller.place_unshipped()
        order_path, items_path = f"{ORDERS_V0}/{{orderId}}", f"{ORDERS_V0}/{{orderId}}/orderItems"
        self.opened = seller.restrict(
            {"method": "GET", "path": order_path, "dataElements": ELEMENTS},
            {"method": "GET", "path": f"{order_path}/address"},
            {"method": "GET", "path": items_path, "dataElements": ELEMENTS},
        )

    def place(self, wish):
        if wish.get("facts", {}).get("exchange"):
            wish = wish | {"replacement_of": self.original}
        return self.seller.place(**wish)

    def v0(self, number):
        found = {
            name: self.opened.order_v0(number, part)
            for name, part in (("order", ""), ("address", "/address"))
        }
        return found | {"items": self.opened.items_v0(number)}

    def new(self, number):
        return self.seller.order(number)


@pytest.fixture
def reader(strict):
    return Reader(strict)


def differences(table, mapped, old, new):
    for name in mapped:
        if name in table:
            read_old, read_new = table[name]
            if read_old(old) != read_new(new):
                yield name, read_old(old), read_new(new)


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to find the smallest order takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(wish=orders())
def test_any_order_is_the_same_in_both_versions(reader, mapping, order_table, wish):
    number = reader.place(wish)
    old, new, mapped = reader.v0(number), reader.new(number), mapping["attributeMappings"]
    assert list(differences(order_table, mapped, old, new)) == []
    for item_old, item_new in zip(old["items"], new["orderItems"], strict=True):
        assert list(differences(ITEM, mapped, item_old, item_new)) == []


def test_every_field_of_the_mapping_has_a_reading(mapping):
    assert set(mapping["attributeMappings"]) == {*ORDER, *ITEM}
    assert not set(ORDER) & set(ITEM)


ONLY_2026 = ("fulfillmentOrders", "associatedOrders")


def comparable(document, *, from_v0):
    """A document without what a payload cannot keep: numbers, packages, and what v0 does not tell."""
    text = re.sub(r"\.[0-9]{3}Z", "Z", json.dumps(document))
    found = json.loads(text) | dict.fromkeys(("orderId", "lastUpdatedTime", "packages"))
    for item in found["orderItems"]:
        item["orderItemId"] = None
        packing = at(item, "fulfillment.packing") or {}
        if packing.get("giftOption") == {}:  # nothing is told of it but that it is a gift
            del item["fulfillment"]["packing"]
    return _without_2026(found) if from_v0 else found


def _without_2026(document):
    for name in ONLY_2026:
        document.pop(name, None)
    document["programs"] = [one for one in document.get("programs", []) if one not in words.ORDER_PROGRAMS]
    document.get("buyer", {}).pop("buyerCompanyName", None)
    document.get("recipient", {}).pop("deliveryPreference", None)
    document["fulfillment"].pop("labelPrintingWindow", None)
    for item in document["orderItems"]:
        constraints = at(item, "fulfillment.shipping.shippingConstraints") or {}
        constraints.pop("cashOnDelivery", None)
    return _without_empty(document)


def _without_empty(value):
    if not isinstance(value, dict):
        return [_without_empty(inner) for inner in value] if isinstance(value, list) else value
    kept = {key: _without_empty(inner) for key, inner in value.items()}
    return {key: inner for key, inner in kept.items() if inner not in ({}, [])}


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(wish=orders())
def test_an_order_that_is_read_back_from_either_version_is_the_same(reader, wish):
    number = reader.place(wish)
    old, new, placed = reader.v0(number), reader.new(number), reader.seller.state(number)["purchase_date"]
    if old["order"]["OrderStatus"] in UNPAID:
        return  # prices are not told
    items = {"AmazonOrderId": number, "OrderItems": old["items"]}
    for body in ({"order": new}, {"order": old["order"], "items": items}):
        copy = reader.seller.sim("payload", body | {"placed": placed}, 201)
        again, from_v0 = reader.new(copy["amazon_order_id"]), "items" in body
        assert comparable(again, from_v0=from_v0) == comparable(new, from_v0=from_v0)


ONLY_V0 = {
    "order_channel": "Web",
    "cba_label": "label",
    "response_due": "+1d",
    "ship_date_estimated": True,
    "ship_from": {"line1": "1 Dock Road", "country": "BR"},
    "supply_source": "SOURCE-1",
    "store_chain_store": "STORE-7",
}


def test_fields_that_end_with_v0_are_in_v0_alone(reader, mapping):
    """What the file calls deprecated or not supported: all of it is shown by v0, none by the newer one."""
    ended = {*mapping["deprecated"], *mapping["notSupported"]}
    assert ended.isdisjoint(mapping["attributeMappings"])
    number = reader.place(
        {"marketplace": "BR", "status": "Unshipped", "buyer": {"county": "Centro"}, "facts": ONLY_V0}
    )
    (item,) = reader.v0(number)["items"]
    order = reader.v0(number)["order"]
    assert [name for name in sorted(ended) if at(order, name) is None and at(item, name) is None] == []
    document = json.dumps(reader.new(number))
    for value in ("Web", "label", "1 Dock Road", "SOURCE-1", "STORE-7", "Centro"):
        assert value not in document
