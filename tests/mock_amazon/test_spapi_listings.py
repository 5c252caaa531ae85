"""Listings Items 2021-08-01."""

import json

import pytest
from amazon_seller import US, assert_spapi_error

from mock_amazon.listings.issues import CONDITIONS, REQUIRED
from mock_amazon.listings.patching import OPERATIONS
from mock_amazon.wire.listings_requests import DATA_SETS

CA = "A2EUQ1WTGCTBG2"
STOCK = {"fulfillment_channel_code": "DEFAULT", "quantity": 5}
OFFER = {"currency": "USD", "our_price": [{"schedule": [{"value_with_tax": 19.99}]}]}
OFFER_ONLY = {
    "productType": "MUG",
    "requirements": "LISTING_OFFER_ONLY",
    "attributes": {
        "condition_type": [{"value": "new_new"}],
        "fulfillment_availability": [STOCK],
        "purchasable_offer": [OFFER],
    },
}
PARSE = "Request has missing or invalid parameters and cannot be parsed."


def patch(op, attribute, value=None):
    one = {"op": op, "path": f"/attributes/{attribute}"}
    return {"productType": "PRODUCT", "patches": [one if value is None else one | {"value": value}]}


def quantity(amazon, sku):
    (channel,) = amazon.listed(sku, "fulfillmentAvailability")["fulfillmentAvailability"]
    return channel.get("quantity")


def statuses(amazon, sku):
    return amazon.listed(sku)["summaries"][0]["status"]


def test_words_are_the_vendors(contracts):
    model = json.loads((contracts / "amazon" / "listingsItems_2021-08-01.json").read_text())
    kinds = model["definitions"]
    summary = kinds["ItemSummaryByMarketplace"]["properties"]
    assert list(CONDITIONS) == summary["conditionType"]["enum"]
    assert list(OPERATIONS) == kinds["PatchOperation"]["properties"]["op"]["enum"]
    assert list(REQUIRED) == kinds["ListingsItemPutRequest"]["properties"]["requirements"]["enum"]
    assert set(DATA_SETS) == set(kinds["Item"]["properties"]) - {"sku"}


def test_a_listing_that_was_put_is_there_with_all_it_holds(amazon):
    answer = amazon.submit("PUT", "MUG", json=OFFER_ONLY, query={"includedData": "identifiers,issues"})
    assert answer["issues"] == []
    (identifier,) = answer["identifiers"]
    item = amazon.listed("MUG", *DATA_SETS)
    (summary,) = item["summaries"]
    assert summary == {
        "marketplaceId": US,
        "asin": identifier["asin"],
        "productType": "MUG",
        "status": ["BUYABLE", "DISCOVERABLE"],
        "conditionType": "new_new",
        "createdDate": "2026-03-01T09:00:00.000Z",
        "lastUpdatedDate": "2026-03-01T09:00:00.000Z",
    }
    assert item["offers"][0]["price"] == {"amount": "19.99", "currencyCode": "USD"}
    assert item["fulfillmentAvailability"] == [{"fulfillmentChannelCode": "DEFAULT", "quantity": 5}]
    assert item["attributes"]["condition_type"] == [{"value": "new_new", "marketplace_id": US}]
    assert item["productTypes"] == [{"marketplaceId": US, "productType": "MUG"}]
    assert (item["issues"], item["procurement"]) == ([], [])


def test_a_second_put_replaces_everything(amazon):
    amazon.submit("PUT", "MUG", json=OFFER_ONLY)
    amazon.later(minutes=5)
    amazon.submit(
        "PUT", "MUG", json=OFFER_ONLY | {"attributes": {"condition_type": [{"value": "used_good"}]}}
    )
    item = amazon.listed("MUG", "attributes", "summaries", "issues")
    assert list(item["attributes"]) == ["condition_type"]
    assert item["summaries"][0]["status"] == ["DISCOVERABLE"]
    assert item["summaries"][0]["lastUpdatedDate"] == "2026-03-01T09:05:00.000Z"
    categories = {issue["attributeNames"][0]: issue["categories"] for issue in item["issues"]}
    assert categories == {
        "purchasable_offer": ["MISSING_PRICE"],
        "fulfillment_availability": ["MISSING_ATTRIBUTE"],
    }


def test_the_listing_of_a_scenario_can_be_read_and_patched(amazon):
    amazon.sim("listings", {"sku": "MUG", "seller_sku": "AMZ-MUG", "asin": "B000000042"}, 201)
    assert quantity(amazon, "AMZ-MUG") is None
    amazon.submit("PATCH", "AMZ-MUG", json=patch("replace", "fulfillment_availability", [STOCK]))
    assert quantity(amazon, "AMZ-MUG") == 5
    assert statuses(amazon, "AMZ-MUG") == ["BUYABLE", "DISCOVERABLE"]
    assert amazon.listed("AMZ-MUG")["summaries"][0]["asin"] == "B000000042"


def test_replacing_drops_what_is_not_sent_and_merging_keeps_it(amazon):
    """amzn/selling-partner-api-models#4406."""
    slow = STOCK | {"lead_time_to_ship_max_days": 12}
    for op, days in (("merge", 12), ("replace", None)):
        amazon.submit("PATCH", "MUG", json=patch("replace", "fulfillment_availability", [slow]))
        new = {"fulfillment_channel_code": "DEFAULT", "quantity": 7}
        amazon.submit("PATCH", "MUG", json=patch(op, "fulfillment_availability", [new]))
        (entry,) = amazon.listed("MUG", "attributes")["attributes"]["fulfillment_availability"]
        assert (entry["quantity"], entry.get("lead_time_to_ship_max_days")) == (7, days)
        assert entry["marketplace_id"] == US


def test_replacing_one_channel_leaves_the_other(amazon):
    """amzn/selling-partner-api-models#2061."""
    amazon.submit("PUT", "MUG", json=OFFER_ONLY)
    other = {"fulfillment_channel_code": "AMAZON_NA", "quantity": 0}
    amazon.submit("PATCH", "MUG", json=patch("replace", "fulfillment_availability", [other]))
    channels = amazon.listed("MUG", "fulfillmentAvailability")["fulfillmentAvailability"]
    assert channels == [
        {"fulfillmentChannelCode": "DEFAULT", "quantity": 5},
        {"fulfillmentChannelCode": "AMAZON_NA"},
    ]
    amazon.submit(
        "PATCH",
        "MUG",
        json=patch("delete", "fulfillment_availability", [{"fulfillment_channel_code": "AMAZON_NA"}]),
    )
    assert quantity(amazon, "MUG") == 5


def test_texts_are_told_apart_by_their_language(amazon):
    english = [{"language_tag": "en_US", "value": "Mug"}]
    french = [{"language_tag": "fr_CA", "value": "Tasse"}]
    amazon.submit("PATCH", "MUG", json=patch("add", "item_name", english))
    amazon.submit("PATCH", "MUG", json=patch("add", "item_name", french))
    names = [entry["value"] for entry in amazon.listed("MUG", "attributes")["attributes"]["item_name"]]
    assert names == ["Mug", "Tasse"]
    amazon.submit("PATCH", "MUG", json=patch("delete", "item_name"))
    assert amazon.listed("MUG", "attributes")["attributes"] == {}


def test_a_price_is_patched(amazon):
    amazon.sim("listings", {"sku": "MUG", "price": "5.00", "qty": 1}, 201)
    amazon.submit("PATCH", "MUG", json=patch("replace", "purchasable_offer", [OFFER]))
    (offer,) = amazon.listed("MUG", "offers")["offers"]
    assert (offer["offerType"], offer["price"]["amount"]) == ("B2C", "19.99")


def test_an_unknown_sku_that_is_patched_becomes_an_incomplete_listing(amazon):
    """amzn/selling-partner-api-docs#3748."""
    amazon.submit("PATCH", "TYPO", json=patch("replace", "purchasable_offer", [OFFER]))
    item = amazon.listed("TYPO", "summaries", "issues")
    assert item["summaries"][0]["status"] == []
    assert {name for issue in item["issues"] for name in issue["attributeNames"]} == {
        *("item_name", "condition_type", "fulfillment_availability")
    }


def test_a_preview_changes_nothing(amazon):
    preview = {"mode": "VALIDATION_PREVIEW", "includedData": "identifiers,issues"}
    answer = amazon.submit("PUT", "MUG", "VALID", json=OFFER_ONLY, query=preview)
    assert [each["marketplaceId"] for each in answer["identifiers"]] == [US]
    assert_spapi_error(amazon.listing("GET", "MUG"), 404, "NOT_FOUND")
    wrong = patch("replace", "fulfillmentAvailability", [STOCK])
    assert amazon.submit("PATCH", "MUG", "INVALID", json=wrong, query=preview)["identifiers"] == []


@pytest.mark.parametrize(
    ("attribute", "value", "code"),
    [
        pytest.param("fulfillmentAvailability", [STOCK], "90000900", id="jlevers#861"),
        pytest.param("fulfillment_availability", [{"quantity": 1}], "99022", id="jlevers#493"),
        pytest.param("fulfillment_availability", STOCK, "4000001", id="no list"),
        pytest.param("fulfillment_availability", [STOCK | {"quantity": -1}], "4000001", id="negative"),
        pytest.param("fulfillment_availability", [STOCK | {"quantity": "5"}], "4000001", id="text"),
        pytest.param("fulfillment_availability", [STOCK | {"quantity": True}], "4000001", id="flag"),
        pytest.param(
            "fulfillment_availability", [{"fulfillment_channel_code": "SHOP"}], "4000001", id="channel"
        ),
        pytest.param("purchasable_offer", [OFFER | {"currency": "EUR"}], "4000001", id="currency"),
        pytest.param("purchasable_offer", [{"our_price": []}], "4000001", id="no price"),
        pytest.param("purchasable_offer", [{"our_price": {"schedule": 1}}], "4000001", id="docs#2167"),
        pytest.param("purchasable_offer", "5.00", "4000001", id="text as price"),
        pytest.param("condition_type", [{"value": "mint"}], "4000001", id="condition"),
        pytest.param("item_name", [{"value": json.loads("[" * 100 + "]" * 100)}], "4000001", id="deep"),
        pytest.param("item_name", ["Mug"], "4000001", id="no objects"),
        pytest.param("item_name", [{"value": "Tasse", "marketplace_id": CA}], "4000001", id="elsewhere"),
    ],
)
def test_a_wrong_value_is_an_issue_and_changes_nothing(amazon, attribute, value, code):
    amazon.sim("listings", {"sku": "MUG", "qty": 3}, 201)
    before = amazon.listed("MUG", *DATA_SETS)
    (issue,) = amazon.submit("PATCH", "MUG", "INVALID", json=patch("replace", attribute, value))["issues"]
    assert (issue["code"], issue["attributeNames"]) == (code, [attribute])
    assert amazon.listed("MUG", *DATA_SETS) == before


@pytest.mark.parametrize("price", [0, -1, "x", True, None, 1.999, 1e300, "1e999999"])
def test_a_price_that_is_none_is_refused(amazon, price):
    offer = {"our_price": [{"schedule": [{"value_with_tax": price}]}]}
    amazon.submit("PATCH", "MUG", "INVALID", json=patch("replace", "purchasable_offer", [offer]))


def test_a_put_without_what_its_requirements_ask_for_is_invalid(amazon):
    body = {"productType": "MUG", "attributes": {"purchasable_offer": [OFFER]}}
    issues = amazon.submit("PUT", "MUG", "INVALID", json=body)["issues"]
    assert [(issue["code"], *issue["attributeNames"]) for issue in issues] == [
        ("90220", "item_name"),
        ("90220", "condition_type"),
    ]
    assert_spapi_error(amazon.listing("GET", "MUG"), 404, "NOT_FOUND")


def test_a_product_without_an_offer_is_never_buyable(amazon):
    body = {
        "productType": "MUG",
        "requirements": "LISTING_PRODUCT_ONLY",
        "attributes": {"item_name": [{"value": "Mug"}]},
    }
    amazon.submit("PUT", "MUG", json=body)
    assert amazon.listed("MUG")["summaries"][0]["itemName"] == "Mug"
    assert statuses(amazon, "MUG") == ["DISCOVERABLE"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"{", PARSE),
        (b"[]", PARSE),
        (b"", PARSE),
        ({}, PARSE),
        ({"productType": "P"}, PARSE),
        ({"productType": "P", "patches": []}, PARSE),
        ({"productType": "P", "patches": {"op": "replace"}}, PARSE),  # jlevers#240
        ({"productType": "P", "patches": [{"op": "copy", "path": "/attributes/a"}]}, PARSE),
        ({"productType": ["P"], "patches": [{"op": "delete", "path": "/attributes/a"}]}, PARSE),
        ({"productType": "a\0", "patches": [{"op": "delete", "path": "/attributes/a"}]}, PARSE),
        (patch("replace", "item_name"), "Value is missing for patch at index of 0."),  # jlevers#363
        (patch("replace", "item_name/0/value", [{}]), "Path is invalid for patch at index of 0."),
        ({"productType": "P", "patches": [{"op": "add", "path": 3, "value": []}]}, "Path is invalid"),
    ],
)
def test_a_patch_that_cannot_be_read_is_refused(amazon, body, message):
    kind = {"data": body} if isinstance(body, bytes) else {"json": body}
    assert_spapi_error(amazon.listing("PATCH", "MUG", **kind), 400, "InvalidInput", message)


@pytest.mark.parametrize(
    "body",
    [
        {"productType": "P"},
        {"productType": "P", "attributes": []},
        {"attributes": {}},
        {"productType": "P", "requirements": "ALL", "attributes": {}},
        {"productType": "P", "requirements": ["LISTING"], "attributes": {}},
    ],
)
def test_a_put_that_cannot_be_read_is_refused(amazon, body):
    assert_spapi_error(amazon.listing("PUT", "MUG", json=body), 400, "InvalidInput", PARSE)


def test_a_deleted_listing_is_gone_and_may_be_deleted_again(amazon):
    amazon.sim("listings", {"sku": "MUG"}, 201)
    for _ in range(2):
        amazon.submit("DELETE", "MUG")
        assert_spapi_error(
            amazon.listing("GET", "MUG"), 404, "NOT_FOUND", f"SKU 'MUG' not found in marketplace {US}"
        )


ODD = [
    "A/B",
    "/A",
    "A/",
    "A//B",
    "a b",
    "a+b",
    "a%2Fb",
    "ä€",
    "a#b?c=d",
    "a,b",
    ".",
    "a\u00a0b",
    "mug",
    "MUG",
]


@pytest.mark.parametrize("sku", ODD)
def test_skus_may_be_odd(amazon, sku):
    amazon.submit("PUT", sku, json=OFFER_ONLY)
    amazon.submit("PATCH", sku, json=patch("merge", "fulfillment_availability", [STOCK | {"quantity": 9}]))
    assert amazon.listed(sku)["sku"] == sku
    assert quantity(amazon, sku) == 9
    assert [item["sku"] for item in amazon.search_listings().get_json()["items"]] == [sku]
    amazon.submit("DELETE", sku)


def test_case_tells_skus_apart(amazon):
    amazon.submit("PUT", "mug", json=OFFER_ONLY)
    assert_spapi_error(amazon.listing("GET", "MUG"), 404, "NOT_FOUND")


def test_a_slash_that_is_not_encoded_is_another_path_to_amazon(amazon):
    """amzn/selling-partner-api-models#4429."""
    amazon.sim("listings", {"sku": "A/B"}, 201)
    path = "/listings/2021-08-01/items/SELLER-1/A/B"
    answer = amazon.call("getListingsItem", "GET", path, query_string={"marketplaceIds": US})
    assert_spapi_error(answer, 403, "Unauthorized")


@pytest.mark.parametrize("sku", ["a\0b", "a\nb", "x" * 201])
def test_what_is_no_sku_is_refused(amazon, sku):
    assert_spapi_error(amazon.listing("GET", sku), 400, "InvalidInput", "Invalid 'sku' provided.")
    assert_spapi_error(amazon.listing("PUT", sku, json=OFFER_ONLY), 400, "InvalidInput")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_the_seller_is_the_callers_and_sells_there(amazon, other, method):
    wrong = "Invalid 'sellerId' and 'marketplaceId' combination provided."
    bodies = {"PUT": {"json": OFFER_ONLY}, "PATCH": {"json": patch("delete", "item_name")}}
    body = bodies.get(method, {})
    foreign = amazon.listing(method, "MUG", seller="SELLER-2", **body)
    assert_spapi_error(foreign, 400, "InvalidInput", wrong)
    elsewhere = amazon.listing(method, "MUG", query={"marketplaceIds": CA}, **body)
    assert_spapi_error(elsewhere, 400, "InvalidInput", wrong)
    nobody = amazon.listing(method, "MUG", seller="NOBODY", **body)
    assert_spapi_error(nobody, 400, "InvalidInput", wrong)
    assert_spapi_error(amazon.search_listings(seller="SELLER-2"), 400, "InvalidInput", wrong)


@pytest.mark.parametrize(
    "query",
    [
        {"marketplaceIds": ""},
        {"marketplaceIds": "XX"},
        {"includedData": "prices"},
        {"issueLocale": "english"},
        {"issueLocale": "x" * 600},
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_wrong_parameters_are_refused(amazon, method, query):
    amazon.sim("listings", {"sku": "MUG"}, 201)
    body = {"json": OFFER_ONLY} if method == "PUT" else {}
    assert_spapi_error(amazon.listing(method, "MUG", query=query, **body), 400, "InvalidInput")


def test_a_mode_that_is_unknown_is_refused_and_nothing_is_done(amazon):
    answer = amazon.listing("PUT", "MUG", json=OFFER_ONLY, query={"mode": "DRY"})
    assert_spapi_error(answer, 400, "InvalidInput")
    assert_spapi_error(amazon.listing("GET", "MUG"), 404, "NOT_FOUND")


@pytest.fixture
def both(amazon):
    """A seller in the United States and Canada."""
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["CA"]}, 201)
    return amazon


def test_reading_and_patching_take_several_marketplaces_putting_takes_one(both):
    ids = {"marketplaceIds": f"{CA},{US}"}
    answer = both.listing("PUT", "MUG", json=OFFER_ONLY, query=ids)
    assert_spapi_error(answer, 400, "InvalidInput", "less than or equal to 1")
    names = [{"value": "Mug", "marketplace_id": US}, {"value": "Chope", "marketplace_id": CA}]
    both.submit("PATCH", "MUG", json=patch("add", "item_name", names), query=ids)
    item = both.listing("GET", "MUG", query=ids | {"includedData": "summaries,attributes"}).get_json()
    assert [(each["marketplaceId"], each["itemName"]) for each in item["summaries"]] == [
        *((CA, "Chope"), (US, "Mug"))
    ]
    assert [entry["value"] for entry in item["attributes"]["item_name"]] == ["Chope", "Mug"]


def test_a_listing_takes_another_name_where_the_catalogs_is_taken(amazon):
    amazon.sim("listings", {"sku": "MUG", "seller_sku": "AMZ"}, 201)
    amazon.submit("PUT", "MUG", json=OFFER_ONLY)
    listings = amazon.client.get("/_sim/state").get_json()["listings"]
    assert [(each["sku"], each["seller_sku"]) for each in listings] == [("MUG", "AMZ"), ("MUG (2)", "MUG")]


def test_the_asin_is_the_one_that_the_seller_suggests(amazon):
    body = OFFER_ONLY | {
        "attributes": OFFER_ONLY["attributes"] | {"merchant_suggested_asin": [{"value": "B0DCBV9LKP"}]}
    }
    amazon.submit("PUT", "MUG", json=body)
    assert amazon.listed("MUG")["summaries"][0]["asin"] == "B0DCBV9LKP"


def test_submission_ids_repeat_with_the_seed(amazon):
    first = amazon.submit("PUT", "MUG", json=OFFER_ONLY)["submissionId"]
    assert amazon.submit("PUT", "MUG", json=OFFER_ONLY)["submissionId"] != first
    amazon.sim("reset", {"seed": 1})
    amazon.sign_in()
    assert amazon.submit("PUT", "MUG", json=OFFER_ONLY)["submissionId"] == first


def test_a_token_is_needed_and_quotas_are_the_models(amazon):
    amazon.sim("listings", {"sku": "MUG"}, 201)
    codes = [amazon.listing("GET", "MUG").status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    amazon.headers = {}
    assert_spapi_error(amazon.listing("GET", "MUG"), 403, "Unauthorized")
