"""The inventory project's own REST tests, by their number (section D); more in test_commerce_msi.py."""

from __future__ import annotations

import pytest
from commerce_buyer import TEXAS, sign_up
from commerce_shop import assert_commerce_error

SOURCE = {"source_code": "east", "name": "East", "postcode": "10001", "country_id": "US"}
NO_ITEM = {"message": "%message", "parameters": {"message": "Source item for MUG and nosuch does not exist"}}
ON_ITSELF = {"message": "Cannot transfer a source on itself", "parameters": []}
WEBSITES = {"base": "default", "eu": "eu"}
"""Each with the code of its store view."""


def unknown(which):
    return {"message": f"{which} source %sourceCode does not exist", "parameters": {"sourceCode": "nosuch"}}


def too_much(sku):
    message = "Requested transfer amount for sku %sku is not available"
    return {"message": message, "parameters": {"sku": sku}}


def sell(shop, stock_id, name, *websites):
    """Let a stock be the one of those websites."""
    channels = [{"type": "website", "code": code} for code in websites]
    stock = {"name": name, "extension_attributes": {"sales_channels": channels}}
    assert shop.put(f"inventory/stocks/{stock_id}", {"stock": stock}) == stock_id


@pytest.mark.conformance(160)
def test_a_website_has_the_stock_that_it_was_given_to_last(europe):
    sell(europe, 2, "EU", "base")
    found = europe.get("inventory/stock-resolver/website/base")
    channels = found["extension_attributes"]["sales_channels"]
    assert (found["stock_id"], found["name"]) == (2, "EU")
    assert channels == [{"type": "website", "code": "base"}]


@pytest.mark.conformance(163)
def test_source_items_are_filtered_sorted_paged_and_the_request_echoed(shop):
    for sku, units in (("A", 1), ("B", 2), ("C", 3)):
        shop.product(sku, qty=units)
    query = {
        "searchCriteria[filter_groups][0][filters][0][field]": "sku",
        "searchCriteria[filter_groups][0][filters][0][value]": "A,B,C",
        "searchCriteria[filter_groups][0][filters][0][condition_type]": "in",
        "searchCriteria[sort_orders][0][field]": "quantity",
        "searchCriteria[sort_orders][0][direction]": "DESC",
        "searchCriteria[page_size]": "2",
        "searchCriteria[current_page]": "1",
    }
    found = shop.get("inventory/source-items", query_string=query)
    assert ([row["sku"] for row in found["items"]], found["total_count"]) == (["C", "B"], 3)
    assert found["search_criteria"] == {
        "filter_groups": [{"filters": [{"field": "sku", "value": "A,B,C", "condition_type": "in"}]}],
        "sort_orders": [{"field": "quantity", "direction": "DESC"}],
        "page_size": 2,
        "current_page": 1,
    }


@pytest.mark.conformance(164)
def test_sources_are_filtered_sorted_and_paged(shop):
    for name in ("East", "West", "North"):
        shop.post("inventory/sources", {"source": {**SOURCE, "source_code": name.lower(), "name": name}})
    off = {**SOURCE, "source_code": "off", "name": "Off", "enabled": False}
    shop.post("inventory/sources", {"source": off})
    query = {
        "searchCriteria[filter_groups][0][filters][0][field]": "enabled",
        "searchCriteria[filter_groups][0][filters][0][value]": "1",
        "searchCriteria[sort_orders][0][field]": "name",
        "searchCriteria[sort_orders][0][direction]": "DESC",
        "searchCriteria[page_size]": "2",
        "searchCriteria[current_page]": "2",
    }
    found = shop.get("inventory/sources", query_string=query)
    assert [row["name"] for row in found["items"]] == ["East", "Default Source"]
    assert found["total_count"] == 4
    assert found["search_criteria"]["current_page"] == 2


@pytest.mark.conformance(164)
def test_a_source_comes_back_as_it_was_given(shop):
    whole = {
        **SOURCE, "contact_name": "Jane Sample", "email": "jane@example.com", "enabled": True,
        "description": "D", "latitude": 11.123456, "longitude": 12.123456, "region_id": 10, "city": "C",
        "street": "S", "phone": "P", "fax": "F", "use_default_carrier_config": True, "carrier_links": [],
    }  # fmt: skip
    shop.post("inventory/sources", {"source": whole})
    assert whole.items() <= shop.get("inventory/sources/east").items()


@pytest.mark.conformance(164)
@pytest.mark.parametrize("given", [{"region_id": 10}, {"region": "Custom"}, {"region_id": 10, "region": "C"}])
def test_a_source_has_the_region_that_it_was_given(shop, given):
    shop.post("inventory/sources", {"source": {**SOURCE, **given}})
    shown = shop.get("inventory/sources/east")
    assert {key: shown[key] for key in ("region_id", "region") if key in shown} == given


@pytest.mark.conformance(164)
@pytest.mark.parametrize("verb", ["POST", "PUT"])
def test_carriers_of_a_source_need_a_configuration_of_its_own(shop, verb):
    link = {"carrier_code": "ups", "position": 100}
    wish = {**SOURCE, "use_default_carrier_config": 1, "carrier_links": [link]}
    path = "inventory/sources" + ("/default" if verb == "PUT" else "")
    body = assert_commerce_error(shop.call(verb, path, json={"source": wish}), 400, "Validation Failed")
    message = 'You can\'t configure "%field" because you have chosen Global Shipping configuration.'
    assert body["errors"] == [{"message": message, "parameters": {"field": "carrier_links"}}]
    shop.post("inventory/sources", {"source": {**wish, "use_default_carrier_config": 0}})
    assert shop.get("inventory/sources/east")["carrier_links"] == [link]


@pytest.fixture
def two_sources(europe):
    """Seven mugs in the default source, three in Berlin."""
    europe.product(qty=7, sources={"berlin": 3})
    return europe


def transfer(shop, origin="default", target="berlin", sku="MUG", qty=3):
    body = {"origin_source_code": origin, "destination_source_code": target}
    body["items"] = [{"sku": sku, "qty": qty}]
    return shop.call("POST", "inventory/bulk-partial-source-transfer", json=body)


@pytest.mark.conformance(169)
def test_some_units_move(two_sources):
    assert transfer(two_sources).get_json() == []
    assert two_sources.state()["stock"]["MUG"]["by_source"] == {"berlin": 6, "default": 4}


@pytest.mark.conformance(169)
@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"origin": "nosuch"}, [unknown("Origin"), NO_ITEM]),
        ({"target": "nosuch"}, [unknown("Destination"), NO_ITEM]),
        ({"target": "default"}, [ON_ITSELF]),
        ({"qty": 100}, [too_much("MUG")]),
        ({"qty": 100, "target": "nosuch"}, [unknown("Destination"), too_much("MUG"), NO_ITEM]),
    ],
    ids=str,
)
def test_a_transfer_that_cannot_be_made_tells_everything_and_moves_nothing(two_sources, changes, errors):
    body = assert_commerce_error(transfer(two_sources, **changes), 400, "Transfer validation failed")
    assert body["errors"] == errors
    assert two_sources.state()["stock"]["MUG"]["by_source"] == {"berlin": 3, "default": 7}


@pytest.mark.conformance(169)
def test_units_move_only_to_a_source_that_lists_the_product(europe):
    europe.product(qty=7)
    body = assert_commerce_error(transfer(europe), 400, "Transfer validation failed")
    missing = {"message": "Source item for MUG and berlin does not exist"}
    assert body["errors"] == [{"message": "%message", "parameters": missing}]


@pytest.mark.conformance(170)
@pytest.mark.parametrize("kind", ["simple", "virtual"])
@pytest.mark.parametrize("who", ["customer", "guest"])
@pytest.mark.parametrize("stock_id", [1, 2])
@pytest.mark.parametrize("website", WEBSITES)
def test_a_cart_of_a_website_becomes_an_order_from_its_stock(europe, website, stock_id, who, kind):
    """All of single and multi stock mode: default and other stock, default and other website."""
    other = next(code for code in WEBSITES if code != website)
    sell(europe, 3 - stock_id, {1: "EU", 2: "Default Stock"}[stock_id], other)
    sell(europe, stock_id, {1: "Default Stock", 2: "EU"}[stock_id], website)
    europe.product("SKU-1", type=kind, name="Orange", sources={"default": 8, "berlin": 8}, websites=[website])
    order = europe.get(f"orders/{placed(europe, who, website, kind)}")
    (line,) = order["items"]
    assert (line["sku"], line["name"], line["product_type"], line["price"]) == ("SKU-1", "Orange", kind, 10)
    assert order["customer_email"] == "ann@example.com"
    salable = {number: sum_of(europe, number) for number in (1, 2)}
    assert salable == {stock_id: 7, 3 - stock_id: 8}
    assert europe.post(f"orders/{order['entity_id']}/cancel") is True
    assert sum_of(europe, stock_id) == 8


def sum_of(shop, stock_id):
    return shop.get(f"inventory/get-product-salable-quantity/SKU-1/{stock_id}")


def placed(shop, who, website, kind):
    """The number of an order that a buyer placed in a store view, step by step."""
    store = WEBSITES[website]
    headers = sign_up(shop) if who == "customer" else {}  # a customer of the main website, as the vendor's

    def call(path, body):
        answer = shop.client.post(f"/rest/{store}/V1/{path}", headers=headers, json=body)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    cart = call("carts/mine" if headers else "guest-carts", {})
    own = "carts/mine" if headers else f"guest-carts/{cart}"
    call(f"{own}/items", {"cartItem": {"sku": "SKU-1", "qty": 1, "quote_id": cart}})
    rates = call(f"{own}/estimate-shipping-methods", {"address": TEXAS})
    assert len(rates) == (kind == "simple")
    if rates:
        way = {"shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate"}
        addresses = {"shipping_address": TEXAS, "billing_address": TEXAS}
        call(f"{own}/shipping-information", {"addressInformation": {**addresses, **way}})
    payment = {"paymentMethod": {"method": "checkmo"}, "billing_address": TEXAS}
    return call(f"{own}/payment-information", {"email": "ann@example.com", **payment})


@pytest.mark.conformance(172)
def test_a_product_of_another_type_has_no_source_items(shop):
    shop.product(qty=5)
    shop.put("products/MUG", {"product": {"type_id": "configurable"}})
    assert shop.search("inventory/source-items", ("sku", "MUG"))["total_count"] == 0
