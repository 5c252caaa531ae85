"""Placing by the plain save of orders: the document, the checks that Commerce does not make, the stock."""

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
import requests
import responses
from builders import SHIP_TO, line, order

from connector.commerce.by_orders_api import OrdersApi
from connector.commerce.client import CommerceClient, Stock
from connector.commerce.directory import Region
from connector.commerce.placing import Options
from connector.commerce.raw_order import Shop, raw_order
from connector.commerce.schemas import read_demand
from connector.domain.addresses import address_faults
from connector.domain.assessment import Product
from connector.domain.blockers import Code
from connector.domain.translation import translate
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater
from connector.http import Http
from connector.sync.demand import ENDLESS, DemandLedger

REST = "https://shop.test/rest/V1"
VIEW = "https://shop.test/rest/default/V1"
ILLINOIS = Region(23, "IL", "Illinois")
REGIONS = {"il": ILLINOIS, "illinois": ILLINOIS}
OPTIONS = Options("default", None, amazon_numbers=False, create_accounts=False, seller_central="x/{}".format)
SHOP = Shop(store_id=1, base_currency="USD", rate=Decimal(1), regions=REGIONS)
NUMBER = "112-0000001-0000001"


def entity(given=None, *, tax_included=False, options=OPTIONS, shop=SHOP, products=None):
    translated = translate(given or order(), {}, tax_included=tax_included, products=products)
    return raw_order(translated, options, shop)


def test_a_stored_order_carries_all_that_a_shop_works_out_itself():
    priced = line(
        tax=Decimal("3.30"), shipping=Decimal("4.99"), discount=Decimal(2), gift_wrap=Decimal("3.50")
    )
    stored = entity(order(lines=(priced,), service_level="Standard"))
    assert stored["ext_order_id"] == NUMBER
    assert (stored["state"], stored["status"], stored["store_id"]) == ("processing", "processing", 1)
    assert (stored["grand_total"], stored["base_grand_total"]) == (49.77, 49.77)
    assert (stored["subtotal"], stored["tax_amount"], stored["discount_amount"]) == (39.98, 3.3, -2)
    assert (stored["shipping_amount"], stored["shipping_description"]) == (4.99, "Amazon Standard")
    assert stored["extension_attributes"]["gw_items_price"] == "3.50"
    assert (stored["customer_is_guest"], stored["customer_group_id"]) == (1, 0)
    assert "total_paid" not in stored
    assert "increment_id" not in stored
    (item,) = stored["items"]
    assert (item["qty_ordered"], item["qty_invoiced"], item["qty_shipped"]) == (2, 0, 0)
    assert (item["price"], item["row_total"], item["row_total_incl_tax"]) == (19.99, 39.98, 43.28)
    (assignment,) = stored["extension_attributes"]["shipping_assignments"]
    assert assignment["shipping"]["address"]["street"] == ["1 Main St"]


def test_the_parts_of_a_total_add_up_as_commerce_adds_them():
    priced = line(
        tax=Decimal("6.38"), shipping=Decimal("4.99"), discount=Decimal(2), gift_wrap=Decimal("3.50")
    )
    for tax_included in (True, False):
        stored = entity(order(lines=(priced,)), tax_included=tax_included)
        parts = ("subtotal", "tax_amount", "shipping_amount", "discount_amount")
        wrap = Decimal(stored["extension_attributes"]["gw_items_price"])
        total = sum((Decimal(str(stored[part])) for part in parts), wrap)
        assert total == Decimal(str(stored["grand_total"])), tax_included


def test_tax_within_the_price_is_taken_out_of_it():
    stored = entity(
        order(lines=(line(tax=Decimal("6.38")),)), tax_included=True, shop=replace(SHOP, rate=Decimal("0.92"))
    )
    (item,) = stored["items"]
    assert (item["price"], item["price_incl_tax"]) == (16.8, 19.99)
    assert (item["row_total"], item["row_total_incl_tax"]) == (33.6, 39.98)
    assert (stored["subtotal"], stored["grand_total"]) == (33.6, 39.98)
    assert (stored["base_grand_total"], stored["base_to_order_rate"]) == (43.4565, 0.92)


def test_what_amazon_sent_is_stored_paid_invoiced_and_shipped():
    stored = entity(order(by_amazon=True, status="Shipped"), options=replace(OPTIONS, custom_status="own"))
    (item,) = stored["items"]
    assert (stored["state"], stored["status"]) == ("complete", "complete")
    assert (item["qty_invoiced"], item["qty_shipped"]) == (2, 2)
    assert stored["total_paid"] == stored["total_invoiced"] == stored["grand_total"]
    assert stored["payment"]["amount_paid"] == 39.98


def test_a_virtual_order_has_no_delivery():
    product = Product("SKU-RED", enabled=True, type="virtual", website_ids=frozenset({1}), id=7)
    stored = entity(products={"SKU-RED": product})
    (item,) = stored["items"]
    assert (item["product_id"], item["product_type"], item["is_virtual"]) == (7, "virtual", 1)
    assert stored["is_virtual"] == 1
    assert "shipping_assignments" not in stored["extension_attributes"]


def test_settings_of_the_store_stand_in_the_document():
    options = replace(OPTIONS, custom_status="own", amazon_numbers=True)
    stored = entity(options=options, shop=replace(SHOP, customer_id=12))
    assert (stored["status"], stored["increment_id"]) == ("own", NUMBER)
    assert (stored["customer_id"], stored["customer_is_guest"], stored["customer_group_id"]) == (12, 0, 1)


def test_a_region_of_the_directory_replaces_amazons_spelling():
    for region, there in (("iL", ("Illinois", "IL", 23)), ("Somewhere", ("Somewhere", None, None))):  # F-07
        address = entity(order(ship_to=replace(SHIP_TO, region=region)))["billing_address"]
        assert (address["region"], address.get("region_code"), address.get("region_id")) == there


@pytest.mark.parametrize(
    ("changes", "regions", "fault"),
    [
        ({}, {"tx": 1}, None),
        ({"line1": " "}, {"tx": 1}, "street is missing"),
        ({"city": ""}, {"tx": 1}, "city is missing"),
        ({"postal_code": ""}, {"tx": 1}, "postcode is missing"),
        ({"postal_code": "", "country": "IE", "region": ""}, {}, None),
        ({"country": ""}, {}, "country is missing"),
        ({"country": "XX"}, None, "country 'XX' is not known"),
        ({"region": "Atlantis"}, {"tx": 1}, "'Atlantis' is no region of US"),
        ({"region": ""}, {"tx": 1}, "region is missing"),
        ({"region": "Atlantis", "country": "FR"}, {"ain": 1}, None),  # F-07: kept as text
    ],
)
def test_addresses_are_looked_at_because_nobody_else_does(changes, regions, fault):
    given = order(ship_to=replace(SHIP_TO, **changes))
    translated = translate(given, {}, tax_included=False)
    assert address_faults(translated.ship_to, regions) == ([fault] if fault else [])


@pytest.fixture
def web():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.post(f"{REST}/integration/admin/token", json="jwt")
        mock.get(f"{REST}/store/storeViews", json=[{"id": 4, "code": "default", "website_id": 1}])
        rates = [{"currency_to": "USD", "rate": 1}, {"currency_to": "CAD", "rate": 1.36}]
        rates.append({"currency_to": "SEK", "rate": 0})
        mock.get(f"{VIEW}/directory/currency", json={"base_currency_code": "USD", "exchange_rates": rates})
        regions = [{"id": "57", "code": "TX", "name": "Texas"}]
        mock.get(f"{REST}/directory/countries/US", json={"id": "US", "available_regions": regions})
        yield mock


@pytest.fixture
def client():
    return CommerceClient(Http(requests.Session(), "https://shop.test", "Commerce"), "admin", "admin123")


def translated(**changes):
    return translate(order(**changes), {}, tax_included=False)


STORED = {
    "entity_id": 9,
    "increment_id": "4000000001",
    "ext_order_id": NUMBER,
    "grand_total": 39.98,
    "items": [{"item_id": 21, "ext_order_item_id": "1", "sku": "SKU-RED"}],
}


def test_an_order_is_stored_and_its_lines_are_known(client, web):
    web.post(f"{REST}/orders", json=STORED)
    result = OrdersApi(client, OPTIONS, 1).place(translated())
    assert (result.kind, result.entity_id, result.number) == ("placed", 9, "4000000001")
    assert (result.items, result.total) == ({"1": 21}, Decimal("39.98"))
    sent = json.loads(web.calls[-1].request.body)["entity"]
    assert (sent["store_id"], sent["billing_address"]["region_id"]) == (4, 57)


def test_the_directory_is_read_once_for_many_orders(client, web):
    web.post(f"{REST}/orders", json=STORED)
    api = OrdersApi(client, OPTIONS, 1)
    for _ in range(3):
        assert api.objections(translated(), addressed=True) == []
        api.place(translated())
    assert len(web.calls) == 1 + 3 + 3


@pytest.mark.parametrize(
    ("currency", "known"), [("USD", True), ("CAD", True), ("EUR", False), ("SEK", False)]
)
def test_a_currency_without_a_rate_is_an_objection(client, web, currency, known):
    found = OrdersApi(client, OPTIONS, 1).objections(translated(currency=currency), addressed=True)
    assert [blocker.code for blocker in found] == ([] if known else [Code.CURRENCY_UNSUPPORTED])


def test_an_unknown_country_is_an_objection_and_no_failure(client, web):
    web.get(f"{REST}/directory/countries/XX", status=404, json={"message": "The country isn't available."})
    given = translated(ship_to=replace(SHIP_TO, country="XX"))
    (blocker,) = OrdersApi(client, OPTIONS, 1).objections(given, addressed=True)
    assert (blocker.code, "'XX' is not known" in blocker.note) == (Code.ADDRESS_INVALID, True)


def test_a_missing_store_view_is_the_stores_problem_with_its_own_resolution(client, web):
    options = replace(OPTIONS, store_view="nowhere")
    with pytest.raises(AbortRun, match="no store view 'nowhere'") as caught:
        OrdersApi(client, options, 1).place(translated())
    assert caught.value.code is Code.STORE_CONFIG
    assert "store_view" in caught.value.resolution


def test_a_number_that_is_taken_is_commerces_refusal(client, web):
    web.post(f"{REST}/orders", status=400, json={"message": "Unique constraint violation found"})
    with pytest.raises(GiveUpOnOrder, match="Unique constraint violation found"):
        OrdersApi(client, OPTIONS, 1).place(translated())


def test_an_answer_of_unknown_shape_counts_as_perhaps_done(client, web):
    web.post(f"{REST}/orders", json={"entity_id": 9})
    with pytest.raises(RetryLater) as caught:
        OrdersApi(client, OPTIONS, 1).place(translated())
    assert caught.value.perhaps_done


@pytest.mark.parametrize(("found", "calls"), [([{"id": 12}], 0), ([], 1)])
def test_the_buyers_account_is_found_or_made(client, web, found, calls):
    web.post(f"{REST}/orders", json=STORED)
    web.get(f"{REST}/customers/search", json={"items": found, "total_count": len(found)})
    made = web.post(f"{REST}/customers", json={"id": 12})
    OrdersApi(client, replace(OPTIONS, create_accounts=True), 1).place(
        translated(buyer_email="A@example.com")
    )
    assert made.call_count == calls
    assert json.loads(web.calls[-1].request.body)["entity"]["customer_id"] == 12


class Commerce:
    """Numbers as Commerce would tell them; counts what it was asked."""

    def __init__(self, *, salable, at_sources, demand=0, endless=False, rule=""):
        self.salable, self.at_sources, self.demand = salable, at_sources, demand
        self.endless, self.rule = endless, rule
        self.asked = Counter()

    def physical(self, skus):
        self.asked["physical"] += 1
        return {sku: Decimal(self.at_sources) for sku in skus}

    def open_demand(self):
        self.asked["open_demand"] += 1
        return Counter({"sku-red": self.demand})

    def stock(self, sku, stock_id, needed, *, thorough):
        del sku, stock_id, thorough
        self.asked[f"stock {needed}"] += 1
        return Stock(Decimal(self.salable), self.rule)

    def never_runs_out(self, sku):
        del sku
        self.asked["never_runs_out"] += 1
        return self.endless


@pytest.mark.parametrize(
    ("numbers", "left"),
    [
        ({"salable": 10, "at_sources": 10}, 10),
        ({"salable": 10, "at_sources": 10, "demand": 4}, 6),  # stored without a reservation
        ({"salable": 6, "at_sources": 10, "demand": 4}, 6),  # reserved as well
        ({"salable": 10, "at_sources": 8}, 8),  # shipped, and given back though never held: inventory#2130
        ({"salable": 3, "at_sources": 10}, 3),  # a threshold, or other sources' units
    ],
)
def test_what_unfinished_orders_need_is_counted_off(numbers, left):
    ledger = DemandLedger(Commerce(**numbers), 1)
    assert ledger.available({"SKU-RED": 1}, exactly=False) == {"SKU-RED": left}


def test_what_this_run_takes_is_counted_off_for_the_whole_run():
    ledger = DemandLedger(Commerce(salable=3, at_sources=3), 1)
    ledger.take({"SKU-RED": 2})
    ledger.sent()
    assert ledger.available({"SKU-RED": 2}, exactly=True) == {"SKU-RED": 1}
    ledger.give_back({"SKU-RED": 2})
    assert ledger.available({"SKU-RED": 2}, exactly=True) == {"SKU-RED": 3}


def test_many_orders_of_one_product_cost_one_look_up():
    commerce = Commerce(salable=10, at_sources=10)
    ledger = DemandLedger(commerce, 1)
    for _ in range(5):
        ledger.available({"SKU-RED": 1}, exactly=False)
    assert commerce.asked == {"physical": 1, "open_demand": 1, "stock 1": 1}


def test_backorders_and_unmanaged_stock_never_run_out():  # B-28, B-29
    commerce = Commerce(salable=1, at_sources=1, demand=1, endless=True)
    ledger = DemandLedger(commerce, 1)
    for _ in range(2):
        assert ledger.available({"SKU-RED": 1}, exactly=False) == {"SKU-RED": ENDLESS}
    assert commerce.asked["never_runs_out"] == 1


def test_a_broken_quantity_rule_is_known_before_placing():  # F40
    ledger = DemandLedger(Commerce(salable=9, at_sources=9, rule="The fewest you may purchase is 5."), 1)
    ledger.available({"SKU-RED": 1}, exactly=False)
    assert ledger.broken_rules == {"SKU-RED": "The fewest you may purchase is 5."}


def test_demand_counts_what_has_not_left_and_no_variant_twice():
    items = [
        {"item_id": 1, "sku": "RED", "qty_ordered": 5, "qty_shipped": 2, "qty_canceled": 1},
        {"item_id": 2, "sku": "SHIRT-M", "qty_ordered": 2},
        {"item_id": 3, "sku": "SHIRT-M", "qty_ordered": 2, "parent_item_id": 2},
        {"item_id": 4, "sku": "GONE", "qty_ordered": 1, "qty_refunded": 1, "qty_canceled": 1},
    ]
    assert +read_demand({"items": items}) == Counter({"red": 2, "shirt-m": 2})


def test_demand_is_read_to_the_last_order(client, web):
    def page(request):
        last = int(request.params["searchCriteria[filter_groups][1][filters][0][value]"])
        orders = range(last + 1, min(last + 200, 250) + 1)
        item = {"item_id": 1, "sku": "RED", "qty_ordered": 1}
        return 200, {}, json.dumps({"items": [{"entity_id": number, "items": [item]} for number in orders]})

    web.add_callback(responses.GET, f"{REST}/orders", callback=page)
    assert client.open_demand() == Counter({"red": 250})
