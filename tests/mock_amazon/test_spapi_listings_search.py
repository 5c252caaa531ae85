"""searchListingsItems: filters, order, pages."""

import pytest
from amazon_seller import US, assert_spapi_error

STOCK = {"fulfillment_channel_code": "DEFAULT", "quantity": 5}


@pytest.fixture
def shelf(amazon):
    """A, B and C, made twenty minutes apart; B is out of stock and has an EAN, C is incomplete."""
    amazon.sim("listings", {"sku": "A", "asin": "B000000001"}, 201)
    amazon.later(minutes=20)
    amazon.sim("listings", {"sku": "B", "qty": 0}, 201)
    ean = [{"type": "ean", "value": "4006381333931"}]
    _patch(amazon, "B", "externally_assigned_product_identifier", ean)
    amazon.later(minutes=20)
    _patch(amazon, "C", "fulfillment_availability", [STOCK])
    return amazon


def _patch(amazon, sku, attribute, value):
    one = {"op": "replace", "path": f"/attributes/{attribute}", "value": value}
    amazon.submit("PATCH", sku, json={"productType": "PRODUCT", "patches": [one]})


def found(amazon, **query):
    answer = amazon.search_listings(**query)
    assert answer.status_code == 200, answer.get_json()
    content = answer.get_json()
    return [item["sku"] for item in content["items"]]


@pytest.mark.parametrize(
    ("query", "skus"),
    [
        ({}, "CBA"),
        ({"sortBy": "sku"}, "CBA"),
        ({"sortBy": "sku", "sortOrder": "ASC"}, "ABC"),
        ({"sortBy": "createdDate", "sortOrder": "ASC"}, "ABC"),
        ({"identifiers": "A,C", "identifiersType": "SKU"}, "CA"),
        ({"identifiers": "a", "identifiersType": "SKU"}, ""),
        ({"identifiers": "B000000001", "identifiersType": "ASIN"}, "A"),
        ({"identifiers": "4006381333931", "identifiersType": "EAN"}, "B"),
        ({"identifiers": "4006381333931", "identifiersType": "UPC"}, ""),
        ({"identifiers": "X", "identifiersType": "FNSKU"}, ""),
        ({"createdAfter": "2026-03-01T09:20:00Z"}, "CB"),
        ({"createdBefore": "2026-03-01T09:20:00Z"}, "BA"),
        ({"lastUpdatedAfter": "2026-03-01T09:20:00.001Z"}, "C"),
        ({"lastUpdatedBefore": "2026-03-01T09:19:59.999Z"}, "A"),
        ({"withStatus": "BUYABLE"}, "A"),
        ({"withStatus": "DISCOVERABLE"}, "BA"),
        ({"withoutStatus": "BUYABLE"}, "CB"),
        ({"withIssueSeverity": "ERROR"}, "C"),
        ({"withIssueSeverity": "WARNING"}, ""),
        ({"variationParentSku": "A"}, ""),
    ],
)
def test_filters_and_order(shelf, query, skus):
    assert "".join(found(shelf, **query)) == skus


def test_pages_go_forth_and_back(shelf):
    first = shelf.search_listings(pageSize=2).get_json()
    assert (first["numberOfResults"], list(first["pagination"])) == (3, ["nextToken"])
    last = shelf.search_listings(pageSize=2, pageToken=first["pagination"]["nextToken"]).get_json()
    assert [item["sku"] for item in last["items"]] == ["A"]
    back = shelf.search_listings(pageSize=2, pageToken=last["pagination"]["previousToken"]).get_json()
    assert back == first
    assert "pagination" not in shelf.search_listings().get_json()


def test_a_page_token_is_of_its_search_and_of_this_operation(shelf):
    token = shelf.search_listings(pageSize=2).get_json()["pagination"]["nextToken"]
    # The words of amzn/selling-partner-api-models#4977.
    other = shelf.search_listings(pageSize=2, pageToken=token, sortBy="sku")
    assert_spapi_error(other, 400, "InvalidInput", "do not match the provided 'pageToken'")
    for number in range(2):
        shelf.place(id=f"A{number}")
    shelf.later(minutes=5)
    foreign = shelf.search(maxResultsPerPage=1).get_json()["pagination"]["nextToken"]
    for wrong in ("x", foreign):
        assert_spapi_error(shelf.search_listings(pageToken=wrong), 400, "InvalidInput", "'pageToken'")
    assert_spapi_error(shelf.search(paginationToken=token), 400, "InvalidInput")


@pytest.mark.parametrize(
    "query",
    [
        {"identifiers": "A"},
        {"identifiersType": "SKU"},
        {"identifiers": "A", "identifiersType": "NAME"},
        {"identifiers": ",".join(map(str, range(21))), "identifiersType": "SKU"},
        {"identifiers": "A", "identifiersType": "SKU", "variationParentSku": "B"},
        {"variationParentSku": "A", "packageHierarchySku": "B"},
        {"pageSize": "21"},
        {"pageSize": "0"},
        {"pageSize": "ten"},
        {"pageSize": "9" * 400},
        {"sortBy": "price"},
        {"sortOrder": "UP"},
        {"withStatus": "SOLD"},
        {"withoutStatus": "SOLD"},
        {"withIssueSeverity": "INFO"},
        {"createdAfter": "yesterday"},
        {"createdAfter": "2026-03-02T00:00:00Z", "createdBefore": "2026-03-01T00:00:00Z"},
        {"marketplaceIds": ""},
        {"includedData": "all"},
        {"issueLocale": "?"},
    ],
)
def test_wrong_parameters_are_refused(shelf, query):
    assert_spapi_error(shelf.search_listings(**query), 400, "InvalidInput")


def test_families_are_found_and_told(amazon):
    for sku in ("P", "RED", "BOX"):
        amazon.sim("listings", {"sku": sku}, 201)
    relation = [{"child_relationship_type": "variation", "parent_sku": "P"}]
    _patch(amazon, "RED", "child_parent_sku_relationship", relation)
    _patch(amazon, "P", "variation_theme", [{"name": "COLOR/SIZE"}])
    _patch(amazon, "BOX", "package_contains_sku", [{"sku": "RED", "quantity": 6}])
    assert found(amazon, variationParentSku="P") == ["RED"]
    assert found(amazon, packageHierarchySku="BOX") == ["RED"]
    assert found(amazon, packageHierarchySku="RED") == ["BOX"]
    told = {
        item["sku"]: item["relationships"]
        for item in amazon.search_listings(includedData="relationships").get_json()["items"]
    }
    theme = {"attributes": ["color", "size"], "theme": "COLOR/SIZE"}
    assert told["P"] == [
        {
            "marketplaceId": US,
            "relationships": [{"childSkus": ["RED"], "variationTheme": theme, "type": "VARIATION"}],
        }
    ]
    assert told["RED"][0]["relationships"] == [
        {"parentSkus": ["P"], "type": "VARIATION"},
        {"parentSkus": ["BOX"], "type": "PACKAGE_HIERARCHY"},
    ]


def test_sellers_do_not_see_each_other(amazon, other):
    amazon.sim("listings", {"sku": "MUG"}, 201)
    assert other.search_listings(seller="SELLER-2").get_json() == {"numberOfResults": 0, "items": []}
    assert_spapi_error(other.listing("GET", "MUG", seller="SELLER-2"), 404, "NOT_FOUND")
