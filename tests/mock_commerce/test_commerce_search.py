"""searchCriteria: conditions, groups, sorting, paging, echo, errors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from commerce_shop import assert_commerce_error

from mock_commerce.search.query import Criteria, Filter, Sort, parse
from mock_commerce.webapi import php_query


@pytest.fixture
def orders(shop, clock):
    """Five orders, ten minutes apart: totals 10 to 50, the even ones closed, the last without e-mail."""
    for number in range(1, 6):
        entity = {
            "grand_total": number * 10,
            "increment_id": f"A-{number}",
            "ext_order_id": f"112-0000000-000000{number}" if number < 5 else None,
            "customer_email": f"Buyer{number}@Example.com" if number < 5 else None,
            "state": "new" if number % 2 else "closed",
            "status": "pending" if number % 2 else "closed",
        }
        shop.post("orders", {"entity": entity})
        clock.advance(timedelta(minutes=10))
    return shop


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (("entity_id", "2"), [2]),
        (("entity_id", "2", "eq"), [2]),
        (("status", "PENDING"), [1, 3, 5]),
        (("status", "pending", "neq"), [2, 4]),
        (("customer_email", "buyer1@example.com", "neq"), [2, 3, 4]),
        (("grand_total", "30", "gt"), [4, 5]),
        (("grand_total", "30", "gteq"), [3, 4, 5]),
        (("grand_total", "30", "lt"), [1, 2]),
        (("grand_total", "30", "lteq"), [1, 2, 3]),
        (("grand_total", "30", "from"), [3, 4, 5]),
        (("grand_total", "30", "to"), [1, 2, 3]),
        (("grand_total", "30.0", "moreq"), [3]),
        (("entity_id", "1,3", "in"), [1, 3]),
        (("entity_id", "1,3", "nin"), [2, 4, 5]),
        (("ext_order_id", "112-0000000-0000001,112-0000000-0000003", "in"), [1, 3]),
        (("increment_id", "a-1,a-2", "in"), [1, 2]),
        (("increment_id", "a-%", "like"), [1, 2, 3, 4, 5]),
        (("increment_id", "a-1", "nlike"), [2, 3, 4, 5]),
        (("customer_email", "buyer", "fulltext"), [1, 2, 3, 4]),
        (("customer_email", "x", "null"), [5]),
        (("customer_email", "x", "notnull"), [1, 2, 3, 4]),
        (("customer_email", "", "seq"), [5]),
        (("customer_email", "", "sneq"), [1, 2, 3, 4]),
        (("status", "closed", "seq"), [2, 4]),
        (("status", "closed", "sneq"), [1, 3, 5]),
        (("status", "closed", "finset"), [2, 4]),
        (("status", "closed", "nfinset"), [1, 3, 5]),
        (("increment_id", "-[12]$", "regexp"), [1, 2]),
        (("ext_order_id", "NULL", "is"), [5]),
        (("ext_order_id", "NOT NULL", "is"), [1, 2, 3, 4]),
        (("entity_id", "2.5", "gteq"), [3, 4, 5]),
        (("entity_id", "2.5"), []),
        (("entity_id", "0.0.0.1", "ntoa"), []),
        (("entity_id", "abc"), []),
        (("created_at", "2026-03-01 09:20:00", "gteq"), [3, 4, 5]),
        (("created_at", "2026-03-01T10:20:00+01:00", "gteq"), [3, 4, 5]),
        (("created_at", "2026-03-01", "lt"), []),
        (("updated_at", "2026-03-01 09:1%", "like"), [2]),
        (("store_id", "1"), [1, 2, 3, 4, 5]),
    ],
    ids=str,
)
def test_each_condition_finds_its_orders(orders, condition, expected):
    answer = orders.search("orders", condition)
    assert [row["entity_id"] for row in answer["items"]] == expected
    assert answer["total_count"] == len(expected)


def test_groups_are_anded_and_filters_of_a_group_ored(orders):
    start = "searchCriteria[filter_groups]"
    query = {
        f"{start}[0][filters][0][field]": "entity_id",
        f"{start}[0][filters][0][value]": "1",
        f"{start}[0][filters][1][field]": "grand_total",
        f"{start}[0][filters][1][value]": "40",
        f"{start}[0][filters][1][conditionType]": "gteq",
        f"{start}[1][filters][0][field]": "status",
        f"{start}[1][filters][0][value]": "pending",
    }
    assert [row["entity_id"] for row in orders.get("orders", query_string=query)["items"]] == [1, 5]


def test_from_and_to_of_one_field_in_a_group_are_a_range(orders):
    start = "search_criteria[filterGroups][0][filters]"
    query = {}
    for place, (kind, value) in enumerate((("from", "20"), ("to", "30"))):
        query |= {
            f"{start}[{place}][field]": "grand_total",
            f"{start}[{place}][value]": value,
            f"{start}[{place}][condition_type]": kind,
        }
    assert [row["entity_id"] for row in orders.get("orders", query_string=query)["items"]] == [2, 3]


def test_pages_are_echoed_and_the_page_past_the_end_is_empty(orders):
    query = {
        "searchCriteria[pageSize]": "2",
        "searchCriteria[currentPage]": "3",
        "searchCriteria[sortOrders][0][field]": "grand_total",
        "searchCriteria[sortOrders][0][direction]": "asc",
    }
    answer = orders.get("orders", query_string=query)
    assert [row["entity_id"] for row in answer["items"]] == [5]
    assert answer["search_criteria"] == {
        "filter_groups": [],
        "sort_orders": [{"field": "grand_total", "direction": "ASC"}],
        "page_size": 2,
        "current_page": 3,
    }
    beyond = orders.get("orders", query_string={**query, "searchCriteria[currentPage]": "4"})
    assert (beyond["items"], beyond["total_count"]) == ([], 5)


@pytest.mark.parametrize(
    ("version", "page", "expected"),
    [
        ("2.3", "3", [5]),
        ("2.3", "4", [5]),
        ("2.3", "999", [5]),
        ("2.4.3", "4", []),
        ("2.4.8", "4", []),
        ("ideal", "4", []),
        ("2.4.8", "0", [1, 2]),
        ("2.4.8", "-3", [1, 2]),
    ],
)
def test_the_page_past_the_end_is_of_the_version(orders, version, page, expected):
    """magento2#3787, #8099, #26986."""
    orders.sim("config", {"version": version})
    query = {"searchCriteria[pageSize]": "2", "searchCriteria[currentPage]": page}
    answer = orders.get("orders", query_string=query)
    assert [row["entity_id"] for row in answer["items"]] == expected
    assert answer["total_count"] == 5
    assert answer["search_criteria"]["current_page"] == int(page)


@pytest.mark.parametrize(
    "path", ["orders", "products", "shipments", "customers/search", "inventory/source-items"]
)
def test_an_empty_list_of_2_3_has_one_page(shop, path):
    shop.sim("config", {"version": "2.3"})
    query = {"searchCriteria[pageSize]": "2", "searchCriteria[currentPage]": "7"}
    answer = shop.get(path, query_string=query)
    assert (answer["items"], answer["total_count"]) == ([], 0)


@pytest.mark.parametrize("path", ["customers/search", "inventory/source-items", "products"])
def test_every_list_repeats_its_last_page_in_2_3(shop, path):
    for number in range(3):
        shop.product(f"MUG-{number}")
        names = {"firstname": "Ann", "lastname": "Lee"}
        shop.post("customers", {"customer": {"email": f"ann{number}@example.com", **names}})
    query = {"searchCriteria[pageSize]": "2", "searchCriteria[currentPage]": "7"}
    assert shop.get(path, query_string=query)["items"] == []
    shop.sim("config", {"version": "2.3"})
    assert len(shop.get(path, query_string=query)["items"]) == 1


def test_the_total_follows_new_orders_at_once(orders):
    assert orders.search("orders")["total_count"] == 5
    orders.post("orders", {"entity": {"grand_total": 1}})
    assert orders.search("orders")["total_count"] == 6


def test_without_a_direction_the_greatest_comes_first(orders):
    query = {"searchCriteria[sortOrders][0][field]": "entity_id"}
    assert [row["entity_id"] for row in orders.get("orders", query_string=query)["items"]] == [5, 4, 3, 2, 1]


def test_case_does_not_count_in_the_order(shop):
    for sku in ("b", "A", "C", "a1"):
        shop.product(sku, name=sku)
    query = {
        "searchCriteria[sortOrders][0][field]": "name",
        "searchCriteria[sortOrders][0][direction]": "ASC",
    }
    assert [row["sku"] for row in shop.get("products", query_string=query)["items"]] == ["A", "a1", "b", "C"]


@pytest.mark.parametrize("value", ["", "all", "[object Object]"])
def test_a_plain_value_means_no_filter(orders, value):
    answer = orders.get("orders", query_string={"searchCriteria": value})
    assert answer["total_count"] == 5
    assert answer["search_criteria"] == {"filter_groups": []}


@pytest.mark.parametrize(
    "path",
    [
        "orders",
        "products",
        "shipments",
        "invoices",
        "creditmemos",
        "customers/search",
        "inventory/source-items",
    ],
)
def test_lists_need_search_criteria(shop, path):
    message = '"%fieldName" is required. Enter and try again.'
    assert_commerce_error(shop.call("GET", path), 400, message, {"fieldName": "searchCriteria"})


@pytest.mark.parametrize("path", ["orders", "shipments", "invoices", "creditmemos", "inventory/source-items"])
def test_an_unknown_field_is_masked_in_sales_lists(shop, path):
    query = {"searchCriteria[filter_groups][0][filters][0][field]": "nosuch"}
    assert shop.call("GET", path, query_string=query).status_code == 500


@pytest.mark.parametrize("path", ["products", "customers/search"])
@pytest.mark.parametrize("key", ["filter_groups][0][filters][0][field", "sortOrders][0][field"])
def test_an_unknown_attribute_is_named_in_product_and_customer_lists(shop, path, key):
    answer = shop.call("GET", path, query_string={f"searchCriteria[{key}]": "nosuch"})
    assert_commerce_error(answer, 400, "Invalid attribute name: %1", ["nosuch"])


def test_a_bad_direction_is_refused(shop):
    query = {
        "searchCriteria[sortOrders][0][field]": "entity_id",
        "searchCriteria[sortOrders][0][direction]": "UP",
    }
    message = "The sort order has to be specified as %1 for ascending order or %2 for descending order."
    assert_commerce_error(shop.call("GET", "orders", query_string=query), 400, message, ["ASC", "DESC"])


def test_a_sort_field_with_symbols_is_refused(shop):
    query = {"searchCriteria[sortOrders][0][field]": "id;drop"}
    message = "Sort order field %1 contains restricted symbols"
    assert_commerce_error(shop.call("GET", "orders", query_string=query), 400, message, ["id;drop"])


def test_a_page_size_that_is_no_number_is_a_type_error(shop):
    answer = shop.call("GET", "orders", query_string={"searchCriteria[pageSize]": "many"})
    assert 'during "pageSize" processing' in answer.get_json()["message"]
    assert answer.status_code == 400


def test_both_spellings_give_the_same_tree():
    snake = [
        ("search_criteria[filter_groups][0][filters][0][condition_type]", "in"),
        ("search_criteria[filter_groups][0][filters][0][field]", "sku"),
        ("search_criteria[filter_groups][0][filters][0][value]", "a,b"),
        ("search_criteria[sort_orders][0][field]", "sku"),
        ("search_criteria[page_size]", "0"),
    ]
    camel = [
        ("searchCriteria[filterGroups][0][filters][0][conditionType]", "in"),
        ("searchCriteria[filterGroups][0][filters][0][field]", "sku"),
        ("searchCriteria[filterGroups][0][filters][0][value]", "a,b"),
        ("searchCriteria[sortOrders][][field]", "sku"),
        ("searchCriteria[pageSize]", "0"),
    ]
    expected = Criteria(((Filter("sku", "a,b", "in"),),), (Sort("sku", "DESC"),), 0, None)
    assert parse(snake) == parse(camel) == expected
    assert expected.limit is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([("sku", "mug,CUP", "in")], ["MUG", "CUP"]),
        ([("sku", "%u%", "like"), ("status", "1")], ["MUG"]),
        ([("type_id", "virtual")], ["CODE"]),
        ([("price", "5", "gteq")], ["MUG"]),
    ],
)
def test_products_are_filtered_alike(shop, filters, expected):
    shop.product("MUG", price="9.00")
    shop.product("CUP", status="disabled", price="1.00")
    shop.product("CODE", type="virtual", price="2.00")
    assert [row["sku"] for row in shop.search("products", *filters)["items"]] == expected


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("filter_groups", "x", "array"),
        ("filter_groups][0", "x", "array"),
        ("filter_groups][0][filters", "x", "array"),
        ("filter_groups][0][filters][0][value][", "x", "string"),
        ("filter_groups][0][filters][0][field][a][b", "x", "string"),
        ("sortOrders][0][direction][", "ASC", "string"),
        ("pageSize][", "5", "int"),
        ("pageSize", "", "int"),
    ],
)
def test_a_value_of_another_type_names_the_type(shop, key, value, message):
    query = {f"searchCriteria[{key}]": value}
    if key.startswith("sort"):
        query["searchCriteria[sortOrders][0][field]"] = "entity_id"
    answer = shop.call("GET", "orders", query_string=query)
    assert answer.status_code == 400
    assert f'The "{message}" type was expected' in answer.get_json()["message"]


@pytest.mark.parametrize(
    "key",
    [
        "filters][0][field",
        "filter_groups][0][filter",
        "filter_groups][0][filters][0][name",
        "sortOrders][0][x",
    ],
)
def test_an_unknown_property_is_masked(shop, key):
    assert shop.call("GET", "orders", query_string={f"searchCriteria[{key}]": "1"}).status_code == 500


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ([("a", "1"), ("a", "2")], {"a": "2"}),
        ([("a[]", "1"), ("a[]", "2")], {"a": {"0": "1", "1": "2"}}),
        (
            [("a[5]", "1"), ("a[]", "2"), ("a[x]", "3"), ("a[]", "4")],
            {"a": {"5": "1", "6": "2", "x": "3", "7": "4"}},
        ),
        ([("a[b][c]", "1"), ("a[b]", "2")], {"a": {"b": "2"}}),
        ([("a", "1"), ("a[b]", "2")], {"a": {"b": "2"}}),
        ([("a[b]x[c]", "1")], {"a": {"b": "1"}}),
        ([("a[b", "1")], {"a_b": "1"}),
        ([("a.b c", "1")], {"a_b_c": "1"}),
        ([("[a]", "1"), ("", "2")], {}),
        ([("a" + "[]" * 100, "1")], {}),
    ],
    ids=str,
)
def test_a_query_is_read_as_php_does(query, tree):
    assert php_query.parse(query) == tree


def test_criteria_may_be_optional():
    assert parse([], required=False) == Criteria()
    assert parse([("searchCriteria", "")], required=False) == Criteria()
