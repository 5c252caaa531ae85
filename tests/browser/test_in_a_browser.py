"""The source document clicked through: life cycle, its three blockers, import off, and every page once."""

from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import expect


def test_an_order_lives_through_three_systems(person):
    person.adds_a_product("MUG", units=10)
    number = person.places_an_order("MUG", units=2)
    person.sees("Pending")
    person.runs_cron(2)
    assert person.status_in_the_table(number) == "Pending"

    person.pays(number)
    person.sees("Unshipped")
    person.runs_cron(2)
    assert person.status_in_the_table(number) == "Unshipped"

    person.follows_the_number(number)  # import is on: the number opens the Commerce order
    person.sees(f"({number})")
    person.sees("Amazon Order Number")
    expect(person.page.get_by_role("row", name="Order Status")).to_contain_text("Processing")
    person.follow("Ship")
    person.page.get_by_label("Number", exact=True).first.fill("1Z999")
    person.page.get_by_role("button", name="Submit Shipment").last.click()
    person.sees("The shipment has been created.")
    order_page = person.page.url

    person.runs_cron(1)
    assert person.status_in_the_table(number) == "Shipped"
    person.opens_at_amazon(number)
    person.sees("1Z999")

    person.runs_cron(1)
    assert person.status_in_the_table(number) == "Completed"
    person.page.goto(order_page)
    expect(person.page.get_by_role("row", name="Order Status")).to_contain_text("Complete")
    person.follow("View or Cancel Amazon Order")  # and back
    person.sees(f"Order {number}")


def test_a_tracking_number_may_come_later(person):
    person.adds_a_product("MUG")
    number = person.places_an_order("MUG")
    person.pays(number)
    person.runs_cron(2)
    person.follows_the_number(number)
    person.follow("Ship")
    person.page.get_by_role("button", name="Submit Shipment").last.click()
    person.page.get_by_role("region", name="Shipments").get_by_role("link").click()
    person.page.get_by_label("Carrier", exact=True).select_option("ups")
    person.fill(Number="1ZLATER")
    person.press("Add")
    person.sees("You added the tracking number.")
    person.runs_cron(2)
    person.opens_at_amazon(number)
    person.sees("1ZLATER")


def blocked(person, sku, code):
    """Place a paid order that cannot be imported, and see it said in all places."""
    number = person.places_an_order(sku, units=2)
    person.pays(number)
    person.runs_cron(2)
    person.opens_the_store()
    person.sees("Your Amazon store(s) has orders that cannot be imported into Commerce.")
    person.sees("Cannot create sales order")
    person.goes_to_commerce("/sales/order")
    person.sees("See Recent Orders in the store dashboard(s): Main US")
    person.follows_the_number(number)  # blocked: the number opens the order details
    person.sees("Amazon Order Details")
    person.sees(code)
    return number


def solved(person, number):
    person.runs_cron(1)
    person.opens_the_store()
    person.does_not_see("cannot be imported")
    person.follows_the_number(number)
    person.sees(f"({number})")
    expect(person.page.get_by_role("row", name="Order Status")).to_contain_text("Processing")


def test_a_product_that_is_not_in_the_catalog_is_created_and_matched(person):
    number = blocked(person, "UNKNOWN", "item_not_in_catalog")
    person.adds_a_product("CATALOG-MUG")
    person.opens_the_store()
    person.follow("Product matches")
    person.fill(Seller_SKU_at_Amazon="UNKNOWN", SKU_in_the_Commerce_catalog="CATALOG-MUG")
    person.press("Match")
    solved(person, number)


def test_a_disabled_product_is_enabled(person):
    person.adds_a_product("MUG")
    person.edits_the_product("MUG")
    person.page.get_by_label("Enable Product").uncheck()
    person.press("Save")
    number = blocked(person, "MUG", "item_disabled")
    person.edits_the_product("MUG")
    person.page.get_by_label("Enable Product").check()
    person.press("Save")
    solved(person, number)


def test_a_product_out_of_stock_is_refilled(person):
    person.adds_a_product("MUG", units=0)
    number = blocked(person, "MUG", "item_out_of_stock")
    person.edits_the_product("MUG")
    person.page.get_by_label("Quantity at Default Source").fill("5")
    person.page.get_by_label("Status at Default Source").select_option("In Stock")
    person.press("Save")
    solved(person, number)


def test_with_import_disabled_orders_are_shown_and_lead_to_seller_central(person):
    person.adds_a_product("MUG")
    person.opens_the_store()
    person.follow("Order settings")
    person.page.get_by_label("Import Amazon Orders", exact=True).select_option("Disabled")
    person.press("Save order settings")
    person.sees("You have successfully saved the order settings.")
    expect(person.page.get_by_label("Customer Creation")).to_be_disabled()
    expect(person.page.get_by_label("Order Number Source")).to_be_disabled()
    expect(person.page.get_by_label("Import Amazon Orders", exact=True)).to_be_enabled()

    number = person.places_an_order("MUG")
    person.pays(number)
    person.runs_cron(2)
    assert person.status_in_the_table(number) == "Unshipped"
    person.sees("view-only")
    person.follows_the_number(number)
    assert person.page.url == f"{person.urls['amazon']}/orders-v3/order/{number}"
    person.goes_to_commerce("/sales/order")
    person.does_not_see(number)


@pytest.fixture
def full(person):
    """A world in which there is something on every page."""
    person.adds_a_product("MUG")
    for sku in ("MUG", "MUG", "UNKNOWN"):
        person.pays(person.places_an_order(sku))
    person.runs_cron(2)
    return person


WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
WITHOUT_A_LABEL = """
[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(field => !field.labels?.length && !field.getAttribute('aria-label'))
  .map(field => field.name)
"""


def test_every_page_has_a_title_and_a_policy_and_fits_on_a_small_screen(full):
    page, said, answers = full.page, [], {}
    page.set_viewport_size({"width": 390, "height": 800})
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("response", lambda answer: answers.__setitem__(answer.url, answer))
    to_see, seen = [full.urls["console"] + "/"], {}
    while to_see:
        url = to_see.pop()
        if url in seen:
            continue
        page.goto(url)
        seen[url] = page.title()
        answer = answers[urldefrag(page.url).url]
        assert answer.status == 200, url
        assert "script-src" not in answer.headers["content-security-policy"], url
        assert answer.headers["content-security-policy"].startswith("default-src 'none'"), url
        assert not page.evaluate(WIDER_THAN_THE_SCREEN), url
        assert page.evaluate(WITHOUT_A_LABEL) == [], url
        to_see += sorted(_links(page, full.urls.values()) - seen.keys())
    assert said == []
    assert all(seen.values()), seen
    assert {urlsplit(url).netloc for url in seen} == {urlsplit(url).netloc for url in full.urls.values()}
    assert len(seen) > 25


def _links(page, programs):
    """Addresses in these programs that the page links to; of those that differ in their query only, a few."""
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    places = tuple(f"{url}/" for url in programs)
    links = {urldefrag(href).url for href in hrefs if f"{href}/".startswith(places)}
    return {link for link in links if "logout" not in link and link.count("=") < 2}
