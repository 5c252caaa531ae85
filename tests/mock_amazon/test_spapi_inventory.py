"""FBA Inventory v1."""

import pytest
from amazon_seller import US, assert_spapi_error

from mock_amazon.listings.fba import REASONS

ITEMS = "/fba/inventory/v1/items"


def summaries(amazon, **query):
    answer = amazon.summaries(**query)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()["payload"]["inventorySummaries"]


def skus(amazon, **query):
    return [summary["sellerSku"] for summary in summaries(amazon, **query)]


def create(amazon, sku="MUG", marketplace=US, name="A mug"):
    body = {"sellerSku": sku, "marketplaceId": marketplace, "productName": name}
    return amazon.call("createInventoryItem", "POST", ITEMS, json=body)


def add(amazon, *units, token="T1", sku="MUG"):
    items = [{"sellerSku": sku, "marketplaceId": US, "quantity": count} for count in units]
    headers = {"x-amzn-idempotency-token": token} if token else {}
    path, body = f"{ITEMS}/inventory", {"inventoryItems": items}
    return amazon.call("addInventory", "POST", path, json=body, headers=headers)


def delete(amazon, sku="MUG", marketplace=US):
    query = {"marketplaceId": marketplace}
    return amazon.call("deleteInventoryItem", "DELETE", f"{ITEMS}/{sku}", query_string=query)


def test_all_that_amazon_has_of_a_sku(amazon):
    amazon.sim("listings", {"sku": "MUG", "seller_sku": "AMZ-MUG", "asin": "B000000042"}, 201)
    counts = {"fulfillable": 10, "transshipment": 1, "processing": 2, "researching": 3}
    inbound = {"inbound_working": 4, "inbound_shipped": 5, "inbound_receiving": 6}
    wish = {"sku": "MUG", "name": "A mug", **counts, **inbound, "unfulfillable": {"defective": 7}}
    amazon.sim("fba-stock", wish, 201)
    amazon.place(channel="AFN")
    (summary,) = summaries(amazon, details="true")
    assert summary | {"fnSku": "X", "inventoryDetails": {}} == {
        "asin": "B000000042",
        "fnSku": "X",
        "sellerSku": "AMZ-MUG",
        "condition": "NewItem",
        "inventoryDetails": {},
        "lastUpdatedTime": "2026-03-01T09:00:00Z",
        "productName": "A mug",
        "totalQuantity": 38,
        "stores": [],
    }
    details = summary["inventoryDetails"]
    assert details["fulfillableQuantity"] == 8
    assert [details[f"inbound{step}Quantity"] for step in ("Working", "Shipped", "Receiving")] == [4, 5, 6]
    assert details["reservedQuantity"] == {
        "totalReservedQuantity": 5,
        "pendingCustomerOrderQuantity": 2,
        "pendingTransshipmentQuantity": 1,
        "fcProcessingQuantity": 2,
    }
    assert details["researchingQuantity"]["totalResearchingQuantity"] == 3
    wrong = details["unfulfillableQuantity"]
    assert (wrong["totalUnfulfillableQuantity"], wrong["defectiveQuantity"]) == (7, 7)
    assert set(wrong) == {f"{reason}Quantity" for reason in (*REASONS, "totalUnfulfillable")}


def test_details_are_told_when_asked_for(amazon):
    amazon.sim("fba-stock", {"sku": "MUG"}, 201)
    for query in ({}, {"details": "false"}):
        assert "inventoryDetails" not in summaries(amazon, **query)[0]


def test_skus_are_chosen(amazon):
    amazon.sim("account", {"throttling": "off"})
    for sku in "CAB":
        amazon.sim("fba-stock", {"sku": sku, "fulfillable": 1}, 201)
    assert skus(amazon) == ["A", "B", "C"]
    assert skus(amazon, sellerSkus="A,C,X") == ["A", "C"]
    assert skus(amazon, sellerSku="B") == ["B"]
    assert skus(amazon, sellerSku="B", sellerSkus="A") == ["A"]


def test_changes_since_a_start_whatever_the_skus(amazon):
    for sku in "AB":
        amazon.sim("fba-stock", {"sku": sku, "fulfillable": 1}, 201)
    amazon.later(minutes=5)
    amazon.sim("fba-stock", {"sku": "A", "inbound_working": 5}, 201)  # not detected, says the model
    amazon.sim("fba-stock", {"sku": "B", "fulfillable": 3}, 201)
    assert skus(amazon, startDateTime="2026-03-01T09:05:00Z", sellerSku="A") == ["B"]


def test_pages_of_fifty_for_thirty_seconds(amazon):
    amazon.sim("account", {"throttling": "off"})
    for number in range(60):
        amazon.sim("fba-stock", {"sku": f"S{number:02}"}, 201)
    answer = amazon.summaries().get_json()
    token = answer["pagination"]["nextToken"]
    assert len(answer["payload"]["inventorySummaries"]) == 50
    last = amazon.summaries(nextToken=token).get_json()
    found = [summary["sellerSku"] for summary in last["payload"]["inventorySummaries"]]
    assert (found, last["pagination"]) == ([f"S{number}" for number in range(50, 60)], {})
    amazon.later(seconds=30)
    for wrong in (token, "x", token.replace("+", " ") + "="):
        answer = amazon.summaries(nextToken=wrong)
        assert_spapi_error(answer, 400, "InvalidInput", "Next token is invalid or expired")


def test_a_token_is_of_its_request(amazon):
    for number in range(51):
        amazon.sim("fba-stock", {"sku": f"S{number:02}"}, 201)
    token = amazon.summaries().get_json()["pagination"]["nextToken"]
    answer = amazon.summaries(nextToken=token, startDateTime="2026-03-01T09:00:00Z")
    assert_spapi_error(answer, 400, "InvalidInput", "Next token is invalid or expired")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"granularityType": ""}, "Invalid request, please check your input."),
        ({"granularityType": "World"}, "enum value set"),
        ({"granularityId": ""}, "Invalid request, please check your input."),
        ({"granularityId": "A2EUQ1WTGCTBG2"}, "Invalid request, please check your input."),
        ({"marketplaceIds": ""}, "Invalid request, please check your input."),
        ({"marketplaceIds": f"{US},A2EUQ1WTGCTBG2"}, "Invalid request, please check your input."),
        ({"marketplaceIds": "XX"}, "Marketplace ID is not defined"),
        (
            {"marketplaceIds": "A2EUQ1WTGCTBG2", "granularityId": "A2EUQ1WTGCTBG2"},
            "Invalid request, please check your input.",
        ),
        ({"details": "perhaps"}, "enum value set"),
        ({"startDateTime": "yesterday"}, "This is an invalid input"),  # docs#110
        ({"startDateTime": "2024-01-01T00:00:00Z"}, "Invalid request, please check your input."),
        ({"sellerSku": "a\0b"}, "Invalid request, please check your input."),
        ({"sellerSkus": ",".join(map(str, range(51)))}, "less than or equal to 50"),
    ],
)
def test_wrong_parameters_are_refused(amazon, query, message):
    assert_spapi_error(amazon.summaries(**query), 400, "InvalidInput", message)


def test_the_sandbox_calls_make_fill_and_remove_an_item(amazon):
    assert create(amazon).get_json() == {}
    assert_spapi_error(create(amazon), 400, "InvalidInput", details="already")
    assert add(amazon, 5, 2).status_code == 200
    assert [(each["productName"], each["totalQuantity"]) for each in summaries(amazon)] == [("A mug", 7)]
    assert delete(amazon).status_code == 200
    assert skus(amazon) == []
    assert_spapi_error(delete(amazon), 404, "NotFound")


def test_the_same_idempotency_token_adds_once(amazon):
    create(amazon)
    for token in ("T1", "T1", "T2"):
        assert add(amazon, 5, token=token).status_code == 200
    assert summaries(amazon)[0]["totalQuantity"] == 10


def test_an_addition_that_fails_adds_nothing_and_leaves_its_token_free(amazon):
    create(amazon)
    assert_spapi_error(add(amazon, 1, sku="CUP"), 404, "NotFound")
    assert add(amazon, 1).status_code == 200
    assert summaries(amazon)[0]["totalQuantity"] == 1


@pytest.mark.parametrize("units", [-1, "1", True, None, 1.5])
def test_wrong_units_are_refused(amazon, units):
    create(amazon)
    assert_spapi_error(add(amazon, 1, units), 400, "InvalidInput")
    assert summaries(amazon)[0]["totalQuantity"] == 0


def test_the_idempotency_token_is_required(amazon):
    assert_spapi_error(add(amazon, 1, token=""), 400, "InvalidInput", details="idempotency")
    assert_spapi_error(add(amazon, 1, token="x" * 201), 400, "InvalidInput")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"{}", b'{"inventoryItems": {}}', b'{"inventoryItems": [1]}']
)
def test_bodies_that_cannot_be_read_are_refused(amazon, body):
    assert_spapi_error(amazon.call("createInventoryItem", "POST", ITEMS, data=body), 400, "InvalidInput")
    if body != b"{}":
        answer = amazon.call(
            "addInventory",
            "POST",
            f"{ITEMS}/inventory",
            data=body,
            headers={"x-amzn-idempotency-token": "T"},
        )
        assert_spapi_error(answer, 400, "InvalidInput")


def test_a_foreign_marketplace_is_refused(amazon):
    assert_spapi_error(create(amazon, marketplace="A2EUQ1WTGCTBG2"), 400, "InvalidInput")
    assert_spapi_error(delete(amazon, marketplace=""), 400, "InvalidInput")
    assert_spapi_error(delete(amazon, marketplace="XX"), 400, "InvalidInput")


def test_sellers_do_not_see_each_other(amazon, other):
    amazon.sim("fba-stock", {"sku": "MUG", "fulfillable": 1}, 201)
    assert skus(other) == []
    assert_spapi_error(delete(other), 404, "NotFound")


def test_a_listing_that_amazon_ships_is_buyable_while_it_has_units(amazon):
    stock = [{"fulfillment_channel_code": "AMAZON_NA"}]
    one = {"op": "replace", "path": "/attributes/fulfillment_availability", "value": stock}
    amazon.sim("listings", {"sku": "MUG"}, 201)
    amazon.submit("PATCH", "MUG", json={"productType": "PRODUCT", "patches": [one]})
    assert amazon.listed("MUG")["summaries"][0]["status"] == ["DISCOVERABLE"]
    amazon.sim("fba-stock", {"sku": "MUG", "fulfillable": 2}, 201)
    item = amazon.listed("MUG", "summaries", "fulfillmentAvailability")
    assert item["summaries"][0]["status"] == ["BUYABLE", "DISCOVERABLE"]
    assert item["fulfillmentAvailability"] == [{"fulfillmentChannelCode": "AMAZON_NA"}]
    name = item["summaries"][0]["fnSku"]
    found = amazon.search_listings(identifiers=name, identifiersType="FNSKU").get_json()
    assert [each["sku"] for each in found["items"]] == ["MUG"]
    amazon.place(channel="AFN")
    assert amazon.listed("MUG")["summaries"][0]["status"] == ["DISCOVERABLE"]


def test_wrong_wishes_for_stock_are_refused(amazon):
    amazon.refused("fba-stock", {}, "'sku'")
    amazon.refused("fba-stock", {"sku": "MUG", "fulfillable": -1}, "'fulfillable'", "-1")
    amazon.refused("fba-stock", {"sku": "MUG", "unfulfillable": {"lost": 1}}, "unfulfillable", "lost")
    amazon.refused("fba-stock", {"sku": "MUG", "seller": "NOBODY"}, "'seller'", "NOBODY")
    amazon.refused("fba-stock", {"sku": "MUG", "ordered": 1}, "unknown field 'ordered'", "fulfillable")


def test_what_is_left_out_stays(amazon):
    amazon.sim("fba-stock", {"sku": "MUG", "fulfillable": 5, "unfulfillable": {"expired": 1}}, 201)
    made = amazon.sim("fba-stock", {"sku": "MUG", "unfulfillable": {"defective": 2}}, 201)
    assert (made["fulfillable"], made["total"]) == (5, 8)
    assert made["unfulfillable"] == {"expired": 1, "defective": 2}
