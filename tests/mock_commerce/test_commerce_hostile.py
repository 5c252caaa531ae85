"""Callers who mean harm: questions that take long, and addresses that lead elsewhere."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from commerce_shop import assert_commerce_error


def filters(count, **changes):
    """The parameters of that many groups with one filter each."""
    one = {"field": "status", "value": "new", **changes}
    return {
        f"searchCriteria[filter_groups][{place}][filters][0][{key}]": value
        for place in range(count)
        for key, value in one.items()
    }


def asked(shop, query):
    answer = shop.call("GET", "orders", query_string=query)
    return answer.status_code, answer.get_json()


def test_more_parameters_than_php_reads_are_dropped(shop):
    status, body = asked(shop, filters(10_000))
    assert (status, len(body["search_criteria"]["filter_groups"])) == (200, 500)
    status, body = asked(shop, [("searchCriteria[]", "") for _ in range(20_000)])
    assert (status, body["message"].partition(".")[0]) == (500, "Internal Error")


def test_a_question_that_is_too_much_for_the_database_is_an_internal_error(shop):
    status, body = asked(shop, {key: "a" for key in filters(1000) if key.endswith("[field]")})
    assert status == 500
    status, body = asked(shop, {key: "status" for key in filters(1000) if key.endswith("[field]")})
    assert (status, body["message"].partition(".")[0]) == (500, "Internal Error")
    (entry, *_) = shop.client.get("/_sim/log").get_json()["entries"]
    assert entry["message"].startswith("SQLSTATE[HY000]: General error: OperationalError")


def test_a_place_with_too_many_digits_is_a_name(shop):
    assert asked(shop, {f"searchCriteria[{'9' * 5000}]": "1", "searchCriteria[]": "2"})[0] == 500


@pytest.mark.parametrize(("pattern", "found"), [("^PEND", 1), ("(a+)+$", 0), ("(p+)+(e*)*x", 0)])
def test_a_regular_expression_takes_no_time_and_ignores_case(shop, pattern, found):
    shop.post("orders", {"entity": {"state": "new", "status": "pending", "increment_id": "a" * 50}})
    shop.post("orders", {"entity": {"state": "new", "status": "a" * 30 + "!"}})
    query = filters(1, value=pattern, condition_type="regexp")
    assert asked(shop, query)[1]["total_count"] == found


def test_what_is_no_regular_expression_is_the_databases_error(shop):
    shop.post("orders", {"entity": {"state": "new", "status": "pending"}})
    for pattern in ("(", "(?=a)", "a{99999}", r"(a)\1"):
        status, body = asked(shop, filters(1, value=pattern, condition_type="regexp"))
        assert (status, body["message"].partition(".")[0]) == (500, "Internal Error")


@pytest.mark.parametrize("number", ["1_0", "１", "0x1", "1;x=1", "1%0d%0aX:1", "1%00"])
def test_only_digits_are_a_number_in_an_address(shop, number):
    shop.post("orders", {"entity": {"state": "new", "status": "pending"}})
    answer = shop.call("GET", f"orders/{number}")
    assert answer.status_code == 400
    assert "X" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/rest/V1/..%2fV1/orders/1", "/rest/V1/%2e%2e/V1/orders/1", "/rest/V1//orders/1",
        "//rest/V1/orders/1",
        "/rest/%00/V1/orders/1", "/rest/default%2fV1/orders/1", "/rest/V1/orders/..%5c1", "/REST/V1/orders/1",
        "/index.php/index.php/rest/V1/orders/1",
    ],
)  # fmt: skip
def test_no_crooked_path_leads_to_an_order(shop, path):
    shop.post("orders", {"entity": {"state": "new", "status": "pending"}})
    answer = shop.client.get(path, headers=shop.headers)
    assert answer.status_code in {400, 404}, answer.get_data()


@pytest.mark.parametrize("origin", ["http://[", "http://]", "null", "", "//", "http://localhost:80"])
def test_no_page_of_another_origin_steers_the_mock(shop, origin):
    answer = shop.client.post("/_sim/reset", headers={"Origin": origin})
    assert answer.status_code == 403


def test_long_words_are_refused_or_not_found(shop):
    for path, status in (("orders/" + "9" * 100_000, 404), ("products/" + "a" * 100_000, 404)):
        assert shop.call("GET", path).status_code == status
    answer = shop.call("GET", "products/x")
    assert_commerce_error(
        answer, 404, "The product that was requested doesn't exist. Verify the product and try again."
    )


ODD_KEYS = (
    "a b", "a\nb", "a\tb", "1a", "-a", "a<b>", "é", "a\0b", "", " ", "a:b", "\u2028", "ａ", "a×", "a\x7f",
    "\u0300a", "😀", "<script>", "a/b", "xml",
)  # fmt: skip


def test_odd_keys_and_control_characters_are_well_formed_xml(shop):
    value = "<a>&amp;]]>\0\x01\x0b\ufffe😀\r\n\u2028"
    entity = {"state": "new", "status": value, "extension_attributes": dict.fromkeys(ODD_KEYS, value)}
    shop.post("orders", {"entity": entity})
    for path in ("orders/1", "orders?searchCriteria", "orders?searchCriteria&fields=items[status]"):
        headers = {**shop.headers, "Accept": "application/xml"}
        answer = shop.client.get(f"/rest/V1/{path}", headers=headers)
        assert ET.fromstring(answer.get_data()).tag == "response", path


@pytest.mark.parametrize("odd", ["x", [1], [{}], [{"attribute_code": ["x"], "value": 1}], {"a": 1}, [[1]]])
def test_attributes_that_are_none_break_no_list(shop, odd):
    """Everybody may open an account with them."""
    customer = {"email": "a@example.com", "firstname": "A", "lastname": "L", "custom_attributes": odd}
    assert shop.client.post("/rest/V1/customers", json={"customer": customer}).status_code == 200
    for path in ("customers/1?", "customers/search?searchCriteria&"):
        answer = shop.call("GET", f"{path}fields=custom_attributes[x],items[custom_attributes[x]]")
        assert answer.status_code == 200


def nested(levels, start, end, inner=b"1"):
    return start * levels + inner + end * levels


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (nested(100_000, b"[", b"]"), "json"),
        (b'{"entity":{"extension_attributes":' + nested(300, b'{"a":', b"}") + b"}}", "json"),
        (b'{"entity":{"items":' + nested(300, b'[{"items":', b"}]") + b"}}", "json"),
        (nested(5000, b"<a>", b"</a>"), "xml"),
        (nested(100_000, b"<a>", b""), "xml"),
    ],
    ids=["lists", "objects", "items", "elements", "open elements"],
)
@pytest.mark.parametrize("address", ["V1/orders", "async/V1/orders", "async/bulk/V1/orders"])
def test_bodies_of_many_levels_are_not_read(shop, address, body, kind):
    headers = {**shop.headers, "Content-Type": f"application/{kind}"}
    answer = shop.client.post(f"/rest/{address}", data=body, headers=headers)
    assert (answer.status_code, answer.get_json()["message"]) == (400, "Decoding error.")


@pytest.mark.parametrize("odd", ["1_0", "１", "1e", "0x1"])
def test_a_quantity_that_only_python_reads_is_none(shop, odd):
    shop.product()
    mask = shop.client.post("/rest/V1/guest-carts").get_json()
    item = {"cartItem": {"sku": "MUG", "qty": odd, "quote_id": mask}}
    answer = shop.client.post(f"/rest/V1/guest-carts/{mask}/items", json=item)
    assert (answer.status_code, '"float" type' in answer.get_json()["message"]) == (400, True)
    line = {"items": [{"order_item_id": odd, "qty": 1}]}
    assert shop.call("POST", "order/1/ship", json=line).status_code == 400


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_before_or_after_all_years_is_the_databases_error(shop, moment):
    answers = (
        shop.call("POST", "orders", json={"entity": {"state": "new", "created_at": moment}}),
        shop.call("GET", "orders", query_string=filters(1, field="created_at", value=moment)),
    )
    for answer in answers:
        assert (answer.status_code, answer.get_json()["message"].partition(".")[0]) == (500, "Internal Error")


def test_a_bulk_of_a_million_calls_is_refused(shop):
    """Everybody may send one to the guests' routes."""
    answer = shop.client.post("/rest/async/bulk/V1/guest-carts", json=[{}] * 1_000_000)
    parameters = {
        "type": "async.magento.quote.api.guestcartmanagementinterface.createemptycart.post",
        "max": 10_000,
    }
    assert_commerce_error(answer, 400, 'Maximum items of type "%type" is %max', parameters)
    assert shop.state()["bulks"] == []
