"""XML where it is asked for, errors for developers, the log behind masked errors, and input limits."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error
from defusedxml.ElementTree import fromstring

from mock_commerce import catalog
from mock_commerce.errors import CouldNotSave
from mock_commerce.webapi import xml

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
UNKNOWN = {"entity": {"foo_bar": 1}}


def get_xml(shop, path, accept="application/xml"):
    shop.headers["Accept"] = accept
    answer = shop.call("GET", path)
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    return answer


@pytest.mark.parametrize(
    "accept", ["application/xml", "text/xml", BROWSER, "text/*", "application/json;q=0.1, text/xml"]
)
def test_whoever_reads_xml_gets_it(shop, accept):
    assert get_xml(shop, "store/websites", accept).status_code == 200


def test_a_list_is_a_response_of_items(shop):
    shop.product(price="100.0")
    text = get_xml(shop, "products?searchCriteria=").get_data(as_text=True)
    assert text.startswith('<?xml version="1.0"?>\n<response>\n  <items>\n    <item>\n')
    root = fromstring(text)
    assert root.findtext("items/item/sku") == "MUG"
    assert root.findtext("items/item/price") == "100"
    assert root.findtext("total_count") == "1"
    assert root.find("search_criteria/filter_groups") is not None


@pytest.mark.parametrize(
    ("path", "text"), [("inventory/is-product-salable/MUG/1", "true"), ("orders/1/statuses", "pending")]
)
def test_a_bare_value_stands_in_the_response(shop, path, text):
    shop.product()
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    assert fromstring(get_xml(shop, path).data).text == text


def test_an_error_is_xml_too(shop):
    root = fromstring(get_xml(shop, "stockItems/NOPE").data)
    assert root.findtext("message") == 'The Product with the "%1" SKU doesn\'t exist.'
    assert [child.text for child in root.find("parameters")] == ["NOPE"]
    root = fromstring(get_xml(shop, "nosuch").data)
    assert root.findtext("message") == "Request does not match any route."


def test_fields_cut_xml_alike(shop):
    shop.product()
    assert get_xml(shop, "products/MUG?fields=sku").get_data(as_text=True).split() == [
        "<?xml", 'version="1.0"?>', "<response>", "<sku>MUG</sku>", "</response>",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["application/xml", "text/xml; charset=utf-8", "application/xhtml+xml"])
def test_a_body_may_be_xml_below_any_root(shop, kind):
    shop.product()
    body = """<?xml version="1.0"?><request><sourceItems>
      <item><sku>MUG</sku><source_code>default</source_code><quantity>7</quantity><status>1</status></item>
    </sourceItems></request>"""
    answer = shop.call("POST", "inventory/source-items", data=body, content_type=kind)
    assert answer.get_json() == []
    assert shop.stock() == (7, 7, 0)


@pytest.mark.parametrize(
    "body",
    [
        b"<a>",
        b"no",
        b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    ],
)
def test_bad_xml_is_a_decoding_error(shop, body):
    answer = shop.call("POST", "orders", data=body, content_type="application/xml")
    assert_commerce_error(answer, 400, "Decoding error.")


@pytest.mark.parametrize(
    ("value", "inside"),
    [
        (None, ""),
        (False, "false"),
        (3, "3"),
        ("a<b\x00", "a&lt;b"),
        ([], ""),
        ([1, [2]], "<item>1</item><item><item>2</item></item>"),
        (
            {"a b": 1, "c&d": 2, "1x": 3, "_e": 4, "%": 5},
            "<a_b>1</a_b><cd>2</cd><item_1x>3</item_1x><e>4</e><item_>5</item_>",
        ),
    ],
)
def test_values_as_xml(value, inside):
    text = xml.dump(value).decode().partition("?>\n")[2]
    shown = "".join(line.strip() for line in text.splitlines())
    assert shown == (f"<response>{inside}</response>" if inside else "<response />")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<r/>", ""),
        ("<r> x </r>", "x"),
        ("<r><a>1</a><b/></r>", {"a": "1", "b": ""}),
        ("<r><l><item>1</item></l></r>", {"l": ["1"]}),
        ("<r><l>1</l><l>2</l></r>", {"l": ["1", "2"]}),
    ],
)
def test_xml_as_values(text, value):
    assert xml.load(text.encode(), 9) == value


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("application/json; boundary=x", "Content-Type header is invalid."),
        ("application/json; charset=UTF-8", None),
        ("application/json;charset=utf8", "UTF-8 is the only supported charset."),
        (
            "application/x-www-form-urlencoded",
            "Server cannot understand Content-Type HTTP header media type application/x-www-form-urlencoded",
        ),
    ],
)
def test_the_content_type_is_read_as_commerce_does(shop, header, message):
    answer = shop.call("POST", "orders", data=b'{"entity": {}}', content_type=header)
    assert (answer.status_code, answer.get_json().get("message")) == (400 if message else 200, message)


def test_the_types_that_nobody_serves_are_named(shop):
    shop.headers["Accept"] = "text/html, image/png;q=0.5"
    answer = shop.call("GET", "modules")
    assert (answer.status_code, answer.get_json()["parameters"]) == (406, ["text/html", "image/png"])


def log(shop):
    return shop.client.get("/_sim/log").get_json()["entries"]


def test_a_masked_error_stands_in_the_log_under_its_report_id(shop):
    first = shop.call("POST", "orders", json=UNKNOWN).get_json()["message"]
    second = shop.call("POST", "orders", json=UNKNOWN).get_json()["message"]
    newest, oldest = log(shop)
    assert first.endswith(f"Report ID: {oldest['report_id']}")
    assert second.endswith(f"Report ID: {newest['report_id']}")
    assert first != second
    message = 'Property "FooBar" does not have accessor method "getFooBar" in class "Order".'
    assert newest["message"] == message
    assert (newest["method"], newest["path"]) == ("POST", "/rest/V1/orders")


def test_report_ids_repeat_with_the_seed(shop):
    def report(seed):
        shop.sim("reset", {"seed": seed})
        shop.sign_in()
        return shop.call("POST", "orders", json=UNKNOWN).get_json()["message"]

    assert report(1) == report(1) != report(2)


def test_what_an_error_points_to_is_in_the_log(shop):
    """ "Could not save a shipment, see error log for details" (magento2#24433)."""
    shop.product(qty=1)
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    shop.sim("stock", {"sku": "MUG", "qty": 0})
    answer = shop.call("POST", "order/1/ship", json={})
    assert answer.get_json()["message"] == "Could not save a shipment, see error log for details"
    (entry,) = log(shop)
    assert entry["report_id"] is None
    assert entry["message"] == "Not all of your products are available in the requested quantity."


def test_developers_see_the_reason_and_a_trace(shop):
    shop.sim("config", {"mode": "developer"})
    body = shop.call("POST", "orders", json=UNKNOWN).get_json()
    assert body["message"].startswith('Property "FooBar" does not have accessor method')
    assert body["trace"].startswith("#0 ")
    missing = shop.call("GET", "orders").get_json()
    assert list(missing) == ["message", "parameters", "trace"]
    bad = shop.call("POST", "orders", data=b"{", content_type="application/json").get_json()
    assert bad["message"].startswith("Decoding error: ")


@pytest.mark.parametrize("mode", ["production", "developer"])
def test_a_failure_of_the_program_is_a_fatal_error_of_php(shop, monkeypatch, mode):
    def broken(sku):
        raise KeyError("ann@example.com")

    shop.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(catalog, "get", broken)
    shop.sim("config", {"mode": mode})
    answer = shop.call("GET", "products/MUG")
    (error,) = answer.get_json()["messages"]["error"]
    (entry,) = log(shop)
    assert (answer.status_code, error["code"]) == (500, 500)
    if mode == "production":
        assert error["message"] == f"Server internal error. See details in report {entry['report_id']}"
    else:
        assert error["message"].startswith("Fatal Error: 'KeyError in ")
    assert "ann@example.com" not in answer.get_data(as_text=True) + entry["message"]


def test_what_could_not_be_saved_points_to_the_shipping_step(shop, monkeypatch):
    def refusing(sku):
        raise CouldNotSave("Could not save %1", [sku])

    monkeypatch.setattr(catalog, "get", refusing)
    answer = shop.call("GET", "products/MUG")
    assert_commerce_error(answer, 400, "Could not save %1", ["MUG"])
    assert answer.headers["errorRedirectAction"] == "#shipping"


def test_the_log_keeps_the_newest(shop, monkeypatch):
    monkeypatch.setattr("mock_commerce.exception_log.KEPT", 3)
    for _ in range(5):
        shop.call("POST", "orders", json=UNKNOWN)
    assert len(log(shop)) == 3


def limited(shop, **more):
    shop.sim("config", {"input_limits": "on", **more})


def test_a_list_of_a_body_has_a_limit(shop):
    limited(shop)
    rows = [{"sku": "MUG", "price": 1, "qty_ordered": 1}] * 21
    answer = shop.call("POST", "orders", json={"entity": {"items": rows}})
    parameters = {"type": "Magento\\Sales\\Api\\Data\\OrderItemInterface", "max": 20}
    assert_commerce_error(answer, 400, 'Maximum items of type "%type" is %max', parameters)
    rows = [{"sku": "MUG", "source_code": "default", "quantity": 1, "status": 1}] * 21
    answer = shop.call("POST", "inventory/source-items", json={"sourceItems": rows})
    assert answer.get_json()["parameters"]["max"] == 20
    limited(shop, input_list_limit=21)
    assert shop.call("POST", "inventory/source-items", json={"sourceItems": rows}).status_code == 200
    shop.sim("config", {"input_limits": "off", "input_list_limit": 1})
    assert shop.call("POST", "inventory/source-items", json={"sourceItems": rows}).status_code == 200


@pytest.mark.parametrize(
    ("version", "key", "size", "status"),
    [
        ("2.4.6", "pageSize", 300, 200),
        ("2.4.6", "pageSize", 301, 400),
        ("2.4.6", "page_size", 301, 200),
        ("ideal", "page_size", 301, 400),
    ],
)
def test_a_page_has_a_limit(shop, version, key, size, status):
    limited(shop, version=version)
    answer = shop.call("GET", "orders", query_string={f"searchCriteria[{key}]": str(size)})
    assert answer.status_code == status
    if status == 400:
        assert_commerce_error(answer, 400, "Maximum SearchCriteria pageSize is %max", {"max": 300})


def test_with_limits_a_page_has_a_default_size(shop):
    limited(shop)
    assert shop.search("orders")["search_criteria"] == {"filter_groups": [], "page_size": 20}


def test_a_literal_address_comes_before_a_pattern_of_its_method(shop):
    """GET orders/create is an order whose id is no number."""
    text = shop.call("GET", "orders/create").get_json()["message"]
    assert 'The "create" value\'s type is invalid' in text
