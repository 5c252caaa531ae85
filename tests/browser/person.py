"""What a person does in the four programs, in the words that stand on their pages."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from simulator import defaults


class Person:
    """One browser tab. Every method leaves it on the page that the action ends on."""

    def __init__(self, page: Page, urls: dict[str, str]) -> None:
        self.page = page
        self.urls = urls

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def fill(self, **fields: str) -> None:
        """Fields by their labels, blanks written as underscores."""
        for label, value in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(value)

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    # The console

    def runs_cron(self, times: int = 1) -> None:
        self.page.goto(self.urls["console"])
        for _ in range(times):
            self.press("Go to the next cron run")

    # Seller Central

    def places_an_order(self, sku: str, units: int = 1, price: str = "19.99") -> str:
        """Answers Amazon's number of the order."""
        self.page.goto(f"{self.urls['amazon']}/")
        self.follow("Place a test order")
        self.fill(Line_1_SKU=sku, Line_1_units=str(units), Line_1_unit_price=price)
        self.page.get_by_label("Status", exact=True).select_option("Pending")
        self.press("Place the order")
        heading = self.page.get_by_role("heading", name=re.compile(r"Order \d")).inner_text()
        return heading.removeprefix("Order ")

    def opens_at_amazon(self, number: str) -> None:
        self.page.goto(f"{self.urls['amazon']}/")
        self.follow(number)

    def pays(self, number: str) -> None:
        self.opens_at_amazon(number)
        self.press("Confirm payment")

    # Commerce

    def goes_to_commerce(self, path: str = "") -> None:
        self.page.goto(f"{self.urls['commerce']}/admin{path}")
        self.signs_in_if_asked()

    def signs_in_if_asked(self) -> None:
        self.page.wait_for_load_state()
        if self.page.get_by_role("button", name="Sign in").count():
            self.fill(Username=defaults.COMMERCE_USERNAME, Password=defaults.COMMERCE_PASSWORD)
            self.press("Sign in")

    def adds_a_product(self, sku: str, units: int = 10) -> None:
        self.goes_to_commerce("/catalog/product")
        self.follow("Add Product")
        self.fill(SKU=sku, Product_Name=f"Product {sku}", Price="19.99")
        self.page.get_by_label("Quantity at Default Source").fill(str(units))
        self.press("Save")

    def edits_the_product(self, sku: str) -> None:
        self.goes_to_commerce("/catalog/product")
        self.follow(f"Edit {sku}")

    # The connector

    def opens_the_store(self, name: str = "Main US") -> None:
        self.page.goto(self.urls["connector"])
        self.follow(f"View Store {name}")

    def status_in_the_table(self, number: str) -> str:
        """The status that Recent Orders shows."""
        self.opens_the_store()
        row = self.page.get_by_role("row").filter(has_text=number)
        return row.get_by_role("cell").nth(2).inner_text().strip()

    def follows_the_number(self, number: str) -> None:
        """Click on an order's number in Recent Orders, and go on in the tab that it opens."""
        self.opens_the_store()
        link = self.page.get_by_role("link", name=number, exact=True)
        if link.get_attribute("target") == "_blank":
            with self.page.context.expect_page() as opened:
                link.click()
            self.page = opened.value
        else:
            link.click()
        self.signs_in_if_asked()
