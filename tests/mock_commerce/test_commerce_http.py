"""The HTTP layer: addresses, methods, bodies, errors, partial answers."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

REQUIRED = '"%fieldName" is required. Enter and try again.'
NO_ROUTE = "Request does not match any route."


@pytest.mark.parametrize(
    "prefix",
    ["/rest/V1", "/rest/default/V1", "/rest/all/V1", "/index.php/rest/V1", "/index.php/rest/default/V1"],
)
@pytest.mark.parametrize("tail", ["", "/"])
def test_all_prefixes_and_trailing_slashes_lead_to_the_route(shop, prefix, tail):
    answer = shop.client.get(f"{prefix}/store/websites{tail}", headers=shop.headers)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address", ["/rest/nosuch/V1/orders", "/rest/async/V1/products", "/rest", "/rest/all"]
)
def test_an_unknown_store_or_prefix_cannot_be_processed(shop, address):
    answer = shop.client.get(address, headers=shop.headers)
    assert_commerce_error(answer, 400, "Specified request cannot be processed.")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "nosuch"), ("GET", "carts/mine/nosuch"), ("DELETE", "orders"), ("GET", "orders/1/ship")],
)
def test_an_unknown_route_or_a_method_it_lacks_is_404(shop, method, path):
    assert_commerce_error(shop.call(method, path), 404, NO_ROUTE)


@pytest.mark.parametrize("method", ["PATCH", "OPTIONS"])
def test_other_methods_are_405(shop, method):
    message = f"The {method} HTTP method is not supported."
    assert_commerce_error(shop.call(method, "orders"), 405, message)


@pytest.mark.parametrize(
    ("sku", "segment"),
    [
        ("A/B", "A%2FB"),
        ("A B", "A+B"),
        ("A B", "A%20B"),
        ("A+B", "A%2BB"),
        ("50%", "50%25"),
        ("Ä&1", "%C3%84%261"),
    ],
)
def test_odd_skus_are_found_by_their_encoded_segment(shop, sku, segment):
    shop.product(sku)
    assert shop.get(f"products/{segment}")["sku"] == sku
    assert shop.get(f"inventory/get-product-salable-quantity/{segment}/1") == 100


def test_a_sku_is_found_whatever_its_case(shop):
    shop.product("Mug-Red")
    assert shop.get("products/mUG-rED")["sku"] == "Mug-Red"


def test_a_body_needs_a_content_type(shop):
    answer = shop.call("POST", "orders", data=b"{}")
    assert_commerce_error(answer, 400, "Content-Type header is empty.")


def test_a_body_of_another_type_is_not_understood(shop):
    answer = shop.call("POST", "orders", data=b"x", content_type="text/plain")
    message = "Server cannot understand Content-Type HTTP header media type text/plain"
    assert_commerce_error(answer, 400, message)


def test_another_charset_is_refused(shop):
    answer = shop.call("POST", "orders", data=b"{}", content_type="application/json; charset=latin1")
    assert_commerce_error(answer, 400, "UTF-8 is the only supported charset.")


def test_bad_json_is_a_decoding_error(shop):
    answer = shop.call("POST", "orders", data=b"{", content_type="application/json")
    assert_commerce_error(answer, 400, "Decoding error.")


def test_an_empty_post_needs_no_content_type(shop):
    assert_commerce_error(shop.call("POST", "orders"), 400, REQUIRED, {"fieldName": "entity"})


def test_an_answer_nobody_can_give_is_406(shop):
    shop.headers["Accept"] = "text/html"
    assert shop.call("GET", "modules").status_code == 406


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/json",
        "application/json, text/plain, */*",
        "application/*",
        "text/plain, */*",
        "application/xml;q=0.5, application/json",
        "nonsense/with/slashes, */*",
        ";;;",
    ],
)
def test_usual_accept_headers_get_json(shop, accept):
    shop.headers["Accept"] = accept
    assert shop.call("GET", "modules").mimetype == "application/json"


def test_an_unknown_property_is_a_masked_error(shop):
    answer = shop.call("POST", "orders", json={"entity": {"foo": 1}})
    assert answer.status_code == 500
    text = answer.get_json()["message"]
    assert text.startswith("Internal Error. Details are available in Magento log file. Report ID: webapi-")
    assert len(text.rsplit("-", 1)[1]) == 13


def test_a_value_of_the_wrong_type_names_field_and_type(shop):
    answer = shop.call("POST", "orders", json={"entity": {"grand_total": "abc"}})
    message = (
        'Error occurred during "grand_total" processing. The "abc" value\'s type is invalid. '
        'The "float" type was expected. Verify and try again.'
    )
    assert_commerce_error(answer, 400, message)


@pytest.mark.parametrize(("value", "text"), [(True, "1"), (12, "12"), (1.5, "1.5")])
def test_a_scalar_becomes_text_as_in_php(shop, value, text):
    shop.post("orders", {"entity": {"customer_note": value, "customer_firstname": False}})
    order = shop.get("orders/1")
    assert (order["customer_note"], order["customer_firstname"]) == (text, "")


def test_an_id_that_is_no_number_is_a_type_error(shop):
    message = 'The "abc" value\'s type is invalid. The "int" type was expected. Verify and try again.'
    assert_commerce_error(shop.call("GET", "orders/abc"), 400, message)


def test_camel_case_and_snake_case_mean_the_same(shop):
    camel = shop.post("orders", {"entity": {"grandTotal": 5, "customerEmail": "a@example.com", "items": []}})
    snake = shop.post(
        "orders", {"entity": {"grand_total": 5, "customer_email": "a@example.com", "items": []}}
    )
    assert camel["grand_total"] == snake["grand_total"] == 5
    assert camel["customer_email"] == snake["customer_email"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("sku", {"sku": "MUG"}),
        (
            "sku,extension_attributes[website_ids]",
            {"sku": "MUG", "extension_attributes": {"website_ids": [1]}},
        ),
        ("sku[", []),
        ("sku]", []),
        ("a-b", []),
        ("nosuch", []),
        ("extension_attributes[nosuch],sku", {"sku": "MUG", "extension_attributes": []}),
    ],
)
def test_fields_cut_the_answer(shop, fields, expected):
    shop.product()
    assert shop.get("products/MUG", query_string={"fields": fields}) == expected


@pytest.mark.parametrize(
    ("fields", "odd", "ideal"),
    [
        ("custom_attributes[size]", ["size"], ["size"]),
        ("custom_attributes[color,size]", ["color", "size"], ["color", "size"]),
        ("custom_attributes[color],custom_attributes[size]", ["size"], ["color", "size"]),
        ("custom_attributes[nosuch]", [], []),
    ],
)
@pytest.mark.parametrize("version", ["2.4.8", "ideal"])
def test_fields_pick_custom_attributes_by_code(shop, version, fields, odd, ideal):
    """magento2#25175, quirk ``cut_attributes_numbered``: an object of their places, not a list."""
    shop.sim("config", {"version": version})
    given = {"color": "red", "size": "L"}
    shop.put("products/MUG", {"product": {"name": "Mug", "price": 1, "custom_attributes": given}})
    codes = [row["attribute_code"] for row in shop.get("products/MUG")["custom_attributes"]]
    wanted = ideal if version == "ideal" else odd
    rows = {str(codes.index(code)): {"attribute_code": code, "value": given[code]} for code in wanted}
    answer = shop.get("products/MUG", query_string={"fields": fields})
    shown = rows if version != "ideal" and rows else list(rows.values())
    assert answer == {"custom_attributes": shown}


def test_attributes_that_come_first_are_a_list(shop):
    shop.product()
    (first, *_) = shop.get("products/MUG")["custom_attributes"]
    query = {"fields": f"custom_attributes[{first['attribute_code']}]"}
    assert shop.get("products/MUG", query_string=query) == {"custom_attributes": [first]}


def test_fields_may_ask_for_the_codes_of_all_custom_attributes(shop):
    rows = {"color": "red", "size": "L"}
    shop.put("products/MUG", {"product": {"name": "Mug", "price": 1, "custom_attributes": rows}})
    answer = shop.get("products/MUG", query_string={"fields": "custom_attributes[attribute_code]"})
    assert {"attribute_code": "size"} in answer["custom_attributes"]
    assert all(set(row) == {"attribute_code"} for row in answer["custom_attributes"])


@pytest.mark.parametrize(("position", "empty"), [("on", None), ("off", [])])
def test_a_list_with_nothing_in_it_is_null_where_its_elements_are_cut(shop, position, empty):
    shop.sim("config", {"quirks": {"cut_empty_list_null": position}})
    for fields, expected in (("items[sku],total_count", empty), ("items,total_count", [])):
        answer = shop.search("products", fields=fields)
        assert answer == {"items": expected, "total_count": 0}


def test_fields_leave_scalars_alone(shop):
    shop.product()
    assert shop.get("inventory/get-product-salable-quantity/MUG/1", query_string={"fields": "x"}) == 100


def test_whole_amounts_are_printed_without_decimals(shop):
    shop.product(price="100.0")
    assert '"price":100,' in shop.call("GET", "products/MUG").get_data(as_text=True)
