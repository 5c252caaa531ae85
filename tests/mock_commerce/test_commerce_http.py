"""The HTTP layer: addresses, methods, bodies, errors, partial answers."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

REQUIRED = '"%fieldName" is required. Enter and try again.'
EMPTY = 'The "%1" attribute value is empty. Set the attribute and try again.'
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


OBJECT = 'Error occurred during "{}" processing. '
INVALID = 'The "{}" value\'s type is invalid. The "{}" type was expected. Verify and try again.'


@pytest.mark.parametrize(
    ("entity", "message"),
    [
        ({"grand_total": True}, OBJECT.format("grand_total") + INVALID.format("1", "float")),
        ({"customer_id": "1_0"}, OBJECT.format("customer_id") + INVALID.format("1_0", "int")),
        ({"customer_id": "٣"}, OBJECT.format("customer_id") + INVALID.format("٣", "int")),
        ({"state": ["new"]}, OBJECT.format("state") + INVALID.format("array", "string")),
        (
            {"items": [{"qty_ordered": "two"}]},
            OBJECT.format("items") + OBJECT.format("qty_ordered") + INVALID.format("two", "float"),
        ),
        (
            {"billing_address": {"street": "1 Main St"}},
            OBJECT.format("billing_address") + OBJECT.format("street") + INVALID.format("string", "string[]"),
        ),
    ],
)
def test_a_wrong_type_names_every_property_on_the_way_to_it(shop, entity, message):
    """Framework\\Webapi\\ServiceInputProcessor wraps the message at each level."""
    assert_commerce_error(shop.call("POST", "orders", json={"entity": entity}), 400, message)


@pytest.mark.parametrize(("path", "value"), [("orders/abc", "abc"), ("orders/1_0", "1_0"), ("orders/٣", "٣")])
def test_the_type_of_an_argument_itself_names_no_property(shop, path, value):
    assert_commerce_error(shop.call("GET", path), 400, INVALID.format(value, "int"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"grand_total": "1e2"}, {"grand_total": 100}),
        ({"customer_id": " 12.9 "}, {"customer_id": 12}),
        ({"customer_note": True}, {"customer_note": "1"}),
        ({"customer_note": False}, {"customer_note": ""}),
        ({"customer_note": 5.0}, {"customer_note": "5"}),
    ],
)
def test_scalars_are_cast_as_php_does(shop, given, kept):
    order = shop.post("orders", {"entity": given})
    assert {name: order[name] for name in kept} == kept


@pytest.mark.parametrize(
    ("flag", "meant"), [("yes", True), ("On", True), (1, True), ("nonsense", False), (7, False), (0.5, False)]
)
def test_a_flag_is_what_is_clearly_a_yes(shop, flag, meant):
    extension = {"stock_item": {"qty": 1, "is_in_stock": flag}}
    product = {"sku": "A", "name": "A", "price": 1, "extension_attributes": extension}
    answer = shop.post("products", {"product": product})
    assert answer["extension_attributes"]["stock_item"]["is_in_stock"] is meant


def test_a_scalar_where_an_object_belongs_is_one_without_properties(shop):
    shop.product()
    answer = shop.call("POST", "products", json={"product": "MUG"})
    assert_commerce_error(answer, 400, EMPTY, ["SKU"])


@pytest.mark.parametrize(("levels", "message"), [(199, REQUIRED), (200, "Decoding error.")])
def test_bodies_are_read_to_a_depth_that_no_client_reaches(shop, levels, message):
    body = b'{"a":' + b"[" * levels + b"]" * levels + b"}"
    answer = shop.call("POST", "orders", data=body, content_type="application/json")
    assert answer.get_json()["message"] == message


@pytest.mark.parametrize(("levels", "message"), [(200, REQUIRED), (201, "Decoding error.")])
def test_xml_is_read_to_the_same_depth(shop, levels, message):
    body = b"<a>" * levels + b"1" + b"</a>" * levels
    answer = shop.call("POST", "orders", data=body, content_type="application/xml")
    assert answer.get_json()["message"] == message


def test_a_list_where_a_text_belongs_is_a_warning_of_php_and_so_masked(shop):
    entity = {"billing_address": {"street": [["1 Main St"]]}}
    assert shop.call("POST", "orders", json={"entity": entity}).status_code == 500
    assert shop.search("orders")["total_count"] == 0
