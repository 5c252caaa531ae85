"""The directory and the customers, and orders that are saved as they are given."""

import pytest
from commerce_shop import assert_commerce_error

ANN = {"email": "Ann@example.com", "firstname": "Ann", "lastname": "Lee", "website_id": 1}


def test_a_country_comes_with_its_regions(shop):
    country = shop.get("directory/countries/us")
    assert (country["id"], country["three_letter_abbreviation"]) == ("US", "USA")
    texas = next(region for region in country["available_regions"] if region["code"] == "TX")
    assert texas == {"id": "57", "code": "TX", "name": "Texas"}
    assert "available_regions" not in shop.get("directory/countries/IE")


def test_an_unknown_country_is_not_available(shop):
    answer = shop.call("GET", "directory/countries/XX")
    assert_commerce_error(answer, 404, "The country isn't available.")


def test_currencies_are_those_of_the_configuration(shop):
    shop.sim("config", {"currencies": ["USD", "EUR"]})
    answer = shop.get("directory/currency")
    assert (answer["base_currency_code"], answer["available_currency_codes"]) == ("USD", ["USD", "EUR"])
    assert answer["exchange_rates"] == [
        {"currency_to": "USD", "rate": 1},
        {"currency_to": "EUR", "rate": 0.92},
    ]


def test_a_customer_is_made_once_for_each_website(shop):
    made = shop.post("customers", {"customer": ANN})
    assert (made["id"], made["email"], made["website_id"]) == (1, "ann@example.com", 1)
    (found,) = shop.search("customers/search", ("email", "ann@example.com"), ("website_id", "1"))["items"]
    assert found["id"] == made["id"]
    again = shop.call("POST", "customers", json={"customer": ANN})
    message = "A customer with the same email address already exists in an associated website."
    assert_commerce_error(again, 400, message)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"firstname": ""}, '"First Name" is a required value.'),
        ({"website_id": 9}, "The website with id %1 that was requested wasn't found."),
    ],
)
def test_a_customer_without_a_name_or_website_is_refused(shop, changes, message):
    answer = shop.call("POST", "customers", json={"customer": ANN | changes})
    assert (answer.status_code, answer.get_json()["message"]) == (400, message)
    assert shop.search("customers/search")["items"] == []


def raw(**changes):
    item = {
        "sku": "MUG",
        "qty_ordered": 2,
        "price": 10,
        "row_total": 20,
        "price_incl_tax": 11.9,
        "tax_amount": 3.8,
    }
    entity = {"ext_order_id": "112-1", "state": "processing", "status": "processing", "grand_total": 23.8}
    return {"entity": entity | {"items": [item | changes.pop("item", {})]} | changes}


def test_the_state_tells_who_placed_an_order(shop):
    shop.product(qty=10)
    shop.post("orders", raw())
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    first, second = shop.state()["orders"]
    assert (first["placed_by"], first["fulfilled_by"]) == ("orders_api", "merchant")
    assert (second["placed_by"], second["fulfilled_by"]) == ("shop", "merchant")


def test_an_order_that_was_saved_as_shipped_left_from_somebody_elses_warehouse(shop):
    shop.product(qty=10)
    paid = {"total_paid": 23.8, "state": "complete", "status": "complete"}
    shop.post("orders", raw(item={"qty_shipped": 2, "qty_invoiced": 2}, **paid))
    (order,) = shop.state()["orders"]
    assert (order["fulfilled_by"], order["state"], order["shipments"]) == ("amazon", "complete", 0)
    assert shop.state()["stock"]["MUG"]["qty"] == 10


@pytest.mark.parametrize(("currency", "price"), [("USD", "10.00"), ("EUR", "11.90")])
def test_the_state_shows_a_saved_orders_prices_as_its_marketplace_does(shop, currency, price):
    shop.post("orders", raw(order_currency_code=currency))
    assert shop.state()["orders"][0]["lines"][0]["price"] == price


def test_a_message_is_not_shown_while_its_module_is_disabled(shop):
    shop.call("PUT", "amazon-sales-channel/system-message", json={"text": "Look"})
    shop.sim("config", {"module": "disabled"})
    assert shop.state()["system_message"] is None
    shop.sim("config", {"module": "enabled"})
    assert shop.state()["system_message"] == "Look"


def test_without_the_module_nothing_of_it_is_left(shop):
    shop.product(qty=10)
    shop.sim("config", {"module": "disabled"})
    assert "Magento_Amazon" not in shop.get("modules")
    no_route = "Request does not match any route."
    for method, path in (
        ("POST", "amazon-sales-channel/orders"),
        ("PUT", "amazon-sales-channel/system-message"),
    ):
        assert_commerce_error(shop.call(method, path, json={}), 404, no_route)
    shop.post("orders", raw())
    shop.sim("orders/1/ship")
    assert shop.state()["orders"][0]["status"] == "processing"
