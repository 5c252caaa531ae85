"""The client towards Commerce, and the placing of orders, against canned answers."""

import json
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
import responses
from builders import order

from connector.commerce.by_plugin import place
from connector.commerce.client import PAGE, CommerceClient, rendered
from connector.commerce.criteria import any_of
from connector.commerce.placing import Options
from connector.domain.blockers import Code
from connector.domain.translation import translate
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater
from connector.http import Http

SHOP = "https://shop.test"
REST = f"{SHOP}/rest/V1"
TOKEN = f"{REST}/integration/admin/token"
OPTIONS = Options("default", None, amazon_numbers=False, create_accounts=False, seller_central="x/{}".format)


@pytest.fixture
def client():
    return CommerceClient(Http(requests.Session(), SHOP, "Commerce"), "admin", "admin123")


@pytest.fixture
def web():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.post(TOKEN, json="jwt-1")
        yield mock


def query(call):
    return dict(parse_qsl(urlsplit(call.request.url).query))


def test_one_login_serves_all_calls(client, web):
    web.get(f"{REST}/modules", json=["Magento_Sales"])
    assert client.modules() == client.modules() == ["Magento_Sales"]
    assert [call.request.url for call in web.calls].count(TOKEN) == 1
    assert web.calls[1].request.headers["Authorization"] == "Bearer jwt-1"


def test_an_expired_token_is_renewed_once(client, web):
    web.get(f"{REST}/modules", status=401, json={"message": "no"})
    web.get(f"{REST}/modules", json=[])
    assert client.modules() == []


def test_a_second_refusal_aborts_with_the_rendered_message(client, web):
    refusal = {
        "message": "The consumer isn't authorized to access %resources.",
        "parameters": {"resources": "Magento_Backend::admin"},
    }
    web.get(f"{REST}/modules", status=401, json=refusal)
    with pytest.raises(AbortRun, match="to access Magento_Backend::admin") as caught:
        client.modules()
    assert caught.value.code is Code.AUTH_FAILED


def test_a_refused_login_aborts_without_naming_the_password(client, web):
    web.replace(responses.POST, TOKEN, status=401, json={"message": "The account sign-in was incorrect"})
    with pytest.raises(AbortRun, match="sign-in was incorrect") as caught:
        client.modules()
    assert "admin123" not in str(caught.value)


def test_skus_are_asked_for_together_and_those_with_a_comma_apart(client, web):
    product = {
        "sku": "A",
        "status": 1,
        "type_id": "simple",
        "extension_attributes": {"website_ids": [1, 2]},
    }
    web.get(f"{REST}/products", json={"items": [product], "total_count": 1})
    (found,) = client.products(["A", "B/1 +%", "C,D"])
    assert found.website_ids == {1, 2}
    asked = query(web.calls[1])
    first = "searchCriteria[filter_groups][0][filters]"
    assert (asked[f"{first}[0][value]"], asked[f"{first}[0][condition_type]"]) == ("C,D", "eq")
    assert (asked[f"{first}[1][value]"], asked[f"{first}[1][condition_type]"]) == ("A,B/1 +%", "in")


def test_only_sources_in_stock_count(client, web):
    items = [
        {"sku": "A", "quantity": 3, "status": 1},
        {"sku": "A", "quantity": 4.5, "status": 1},
        {"sku": "A", "quantity": 9, "status": 0},
    ]
    web.get(f"{REST}/inventory/source-items", json={"items": items})
    assert client.physical(["A"]) == {"A": Decimal("7.5")}


def stock_answers(web, units, verdict=None):
    web.get(f"{REST}/inventory/get-product-salable-quantity/A%2FB/1", json=units)
    if verdict is not None:
        web.get(f"{REST}/inventory/is-product-salable-for-requested-qty/A%2FB/1/3", json=verdict)


def test_enough_stock_costs_one_call(client, web):
    stock_answers(web, 3)
    assert client.stock("A/B", 1, 3).units == 3


def test_too_little_stock_is_what_the_number_says(client, web):
    error = {"code": "is_salable_with_reservations-not_enough_qty", "message": "no"}
    stock_answers(web, 2, {"salable": False, "errors": [error]})
    stock = client.stock("A/B", 1, 3)
    assert (stock.units, stock.broken_rule) == (2, "")


def test_unmanaged_stock_and_backorders_never_run_out(client, web):
    """B-28, B-29."""
    stock_answers(web, 0, {"salable": True, "errors": []})
    assert client.stock("A/B", 1, 3).units == Decimal("Infinity")


def test_a_broken_quantity_rule_is_told_apart(client, web):
    error = {"code": "is_correct_qty-min_sale_qty", "message": "The fewest you may purchase is 5"}
    stock_answers(web, 9, {"salable": False, "errors": [error]})
    assert client.stock("A/B", 1, 3, thorough=True).broken_rule == "The fewest you may purchase is 5"


def changed(number, second):
    time = f"2026-03-01 09:{second // 60:02d}:{second % 60:02d}"
    return {"entity_id": number, "increment_id": str(number), "updated_at": time, "items": []}


def test_an_order_that_changes_during_paging_makes_no_other_be_missed(client, web):
    shop = [changed(number, number) for number in range(1, 301)]

    def answer(request):
        asked = dict(parse_qsl(urlsplit(request.url).query))
        since = asked["searchCriteria[filter_groups][0][filters][0][value]"]
        page = int(asked["searchCriteria[currentPage]"])
        fitting = [order for order in shop if order["updated_at"] >= since]
        shop.append(shop.pop(0) | {"updated_at": "2026-03-01 10:00:00"})
        return 200, {}, json.dumps({"items": fitting[(page - 1) * PAGE : page * PAGE]})

    web.add_callback(responses.GET, f"{REST}/orders", callback=answer)
    seen = {order.entity_id for order in client.orders_updated_since("2026-03-01 09:00:00")}
    assert seen == set(range(1, 301))
    asked = query(web.calls[1])
    assert asked["searchCriteria[filter_groups][1][filters][0][condition_type]"] == "notnull"
    assert asked["searchCriteria[sortOrders][0][direction]"] == "ASC"


def test_many_orders_of_one_second_are_read_by_page(client, web):
    """F11."""
    shop = [changed(number, 0) for number in range(550)]

    def answer(request):
        page = int(dict(parse_qsl(urlsplit(request.url).query))["searchCriteria[currentPage]"])
        return 200, {}, json.dumps({"items": shop[(page - 1) * PAGE : page * PAGE]})

    web.add_callback(responses.GET, f"{REST}/orders", callback=answer)
    assert len(list(client.orders_updated_since("2026-03-01 09:00:00"))) == 550


def test_a_shipment_is_made_without_telling_the_buyer(client, web):
    """L-08."""
    web.post(f"{REST}/order/4/ship", json="3")
    assert client.ship(4, {7: 2}, [], "Shipped at Amazon, 1") == 3
    body = json.loads(web.calls[1].request.body)
    assert body["notify"] is False
    assert body["items"] == [{"order_item_id": 7, "qty": 2}]


def test_a_website_brings_its_first_store_view_and_stock(client, web):
    web.get(f"{REST}/store/websites", json=[{"id": 0, "code": "admin"}, {"id": 2, "code": "eu"}])
    views = [
        {"id": 0, "code": "admin", "website_id": 0},
        {"id": 9, "code": "eu_de", "website_id": 2},
        {"id": 5, "code": "eu", "website_id": 2},
    ]
    web.get(f"{REST}/store/storeViews", json=views)
    web.get(f"{REST}/inventory/stock-resolver/website/eu", json={"stock_id": 3, "name": "EU"})
    site = client.website("eu")
    assert (site.id, site.store_view, site.stock_id) == (2, "eu", 3)
    with pytest.raises(GiveUpOnOrder, match="no website 'us'"):
        client.website("us")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        ({"message": 'Invalid "%1" in %2.', "parameters": ["qty", "cart"]}, 'Invalid "qty" in cart.'),
        ({"message": '"%fieldName" is required.', "parameters": {"fieldName": "sku"}}, '"sku" is required.'),
        ({"message": "Plain."}, "Plain."),
    ],
)
def test_placeholders_are_filled_in(error, text):
    assert rendered(error) == text


def test_an_in_filter_without_plain_values_is_left_out():
    assert [(item.value, item.condition) for item in any_of("sku", ["a,b"])] == [("a,b", "eq")]


def placed(web, **changes):
    answer = {
        "amazon_order_id": "112-0000001-0000001",
        "result": "placed",
        "entity_id": 4,
        "increment_id": "000000004",
        "grand_total": "39.98",
        "items": [{"amazon_order_item_id": "1", "order_item_id": 7}],
        "message": None,
        "parameters": [],
    } | changes
    web.post(f"{REST}/amazon-sales-channel/orders", json=[answer])


def test_an_order_is_placed_with_amazons_amounts(client, web):
    placed(web)
    (result,) = place(client, [translate(order(), {}, tax_included=False)], OPTIONS)
    assert (result.kind, result.entity_id, result.items) == ("placed", 4, {"1": 7})
    (sent,) = json.loads(web.calls[1].request.body)["orders"]
    assert sent["items"][0]["price"] == "19.9900"
    assert sent["items"][0]["row_total"] == "39.98"
    assert sent["grand_total"] == "39.98"
    assert sent["shipping_address"]["street"] == ["1 Main St"]


def test_a_refusal_carries_commerces_words(client, web):
    words = 'Product "%1" is gone.'
    placed(
        web, result="refused", entity_id=None, increment_id=None, items=[], message=words, parameters=["A"]
    )
    (result,) = place(client, [translate(order(), {}, tax_included=False)], OPTIONS)
    assert (result.kind, result.message) == ("refused", 'Product "A" is gone.')


def test_a_missing_module_stops_the_store(client, web):
    web.post(
        f"{REST}/amazon-sales-channel/orders",
        status=404,
        json={"message": "Request does not match any route."},
    )
    with pytest.raises(AbortRun) as caught:
        place(client, [], OPTIONS)
    assert caught.value.code is Code.STORE_CONFIG


def test_a_masked_failure_is_tried_later(client, web):
    web.post(f"{REST}/amazon-sales-channel/orders", status=500, json={"message": "Internal Error."})
    with pytest.raises(RetryLater):
        place(client, [], OPTIONS)
