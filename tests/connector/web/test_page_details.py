"""Amazon Order Details: everything of one order, what blocks it, and what is still to be done."""

import logging
import re

import pytest
from builders import document, money
from page_builders import BLOCKED, NOW

from connector.domain.statuses import Phase
from connector.models import Command, ShipmentRow

NUMBER = "112-0000001-0000001"
PAGE = f"/stores/1/orders/{NUMBER}"
IMPORTED = {"phase": "imported", "commerce_order_id": 7, "commerce_number": "000000012"}


def test_the_three_parts_stand_on_the_page(merchant, add_order):
    fulfillment = document()["fulfillment"] | {"shipByWindow": {"latestDateTime": "2026-03-04T07:59:00Z"}}
    sent = {"fulfillment": fulfillment, "programs": ["PRIME"]}
    add_order(note="Status updated to Unshipped.", sent=sent, **IMPORTED)
    text = merchant.text(PAGE)
    for words in (
        *("Order and Shipping Details", "Order details", "Shipping details", "Order Items", "Tracking"),
        *("Order number 000000012", "Status Unshipped", "Notes Status updated to Unshipped."),
        *("Buyer email x@marketplace.amazon.com", "Buyer name Ann Lee", "Currency USD", "Order total 39.98"),
        *("Inventory reserved Yes", "Premium No Prime Yes Business No", "Import Imported"),
        "Purchase date Mar 1, 2026, 10:00 AM UTC Latest ship date Mar 4, 2026, 7:59 AM UTC",
        *("Shipping service level Standard", "Shipped by Amazon No", "Fulfillment channel Merchant (MFN)"),
        *("Items shipped 0 Items unshipped 2", "Shipping address 1 1 Main St", "City Austin Region TX"),
        *("Postal code 78701 Country US", "Shipping address 2 —"),
    ):
        assert words in text  # V-41
    assert "000000012 Red mug SKU-RED 2 0 — 39.98 0.00 0.00 0.00" in text  # V-46
    assert "Nothing was shipped yet." in text


def test_the_commerce_order_and_seller_central_are_one_click_away(merchant, add_order):
    add_order(**IMPORTED)
    page = merchant.get(PAGE).text
    assert page.count('href="https://shop.test/admin/sales/order/view/order_id/7"') == 2
    assert f'href="https://sellercentral.amazon.com/orders-v3/order/{NUMBER}"' in page
    assert 'href="/stores/1/orders">Back</a>' in page


def test_every_blocker_is_told_with_what_to_do_and_since_when(merchant, add_order):
    stock = {"sku": "SKU-B", "product": "SKU-B", "needed": "3", "available": "1"}
    blockers = [*BLOCKED["blockers"], {"code": "item_out_of_stock", "data": stock}]
    add_order(**(BLOCKED | {"blockers": blockers}))
    text = merchant.text(PAGE)
    assert "Not imported: 2 blockers since Mar 2, 2026, 3:04 PM UTC" in text
    assert 'Product "SKU-RED" does not exist item_not_in_catalog Create product "SKU-RED"' in text
    assert "3 needed, 1 available." in text
    assert "no Commerce order" in text
    link = 'href="/stores/1/matches?seller_sku=SKU-RED">Match it</a>'
    assert merchant.get(PAGE).text.count("Match it</a>") == 1
    assert link in merchant.get(PAGE).text


@pytest.mark.parametrize(("attempts", "times"), [(1, "1 time"), (3, "3 times")])
def test_a_technical_failure_is_told_with_its_next_try(merchant, add_order, attempts, times):
    add_order(error="Commerce failed with 503", attempts=attempts, next_try_at=NOW)
    assert (
        f"Commerce failed with 503 Tried {times}; next try at the first sync after Mar 5, 2026, 12:00 PM UTC."
    ) in merchant.text(PAGE)


def test_an_order_fulfilled_by_amazon_says_why_it_has_no_buyer(merchant, add_order):
    sent = {"buyer": {}, "recipient": {"deliveryAddress": {"city": "Austin", "countryCode": "US"}}}
    add_order(by_amazon=True, buyer_name="", table_status="Shipped", sent=sent, phase="completed")
    text = merchant.text(PAGE)  # V-49
    assert (
        "Fulfilled by Amazon: Amazon ships and tells neither the buyer's name nor the street."
        in text.replace("&#39;", "'")
    )
    assert "Shipped by Amazon Yes Fulfillment channel Amazon (AFN)" in text
    assert "Inventory reserved No" in text  # L-32


@pytest.mark.parametrize(
    ("phase", "reserved"), [("imported", "Yes"), ("partly_shipped", "Yes"), ("shipped", "No"), ("due", "No")]
)
def test_inventory_is_reserved_from_placing_to_shipping(merchant, add_order, phase, reserved):
    add_order(phase=phase)
    assert f"Inventory reserved {reserved}" in merchant.text(PAGE)  # G-16


def test_without_the_plugin_no_inventory_is_reserved(merchant, add_order, settings):
    settings(place_orders_by="orders_api")
    add_order(phase="imported")
    assert "Inventory reserved No" in merchant.text(PAGE)


def test_an_order_without_prices_or_items_can_be_looked_at(merchant, add_order):
    sent = {"orderItems": [], "proceeds": {}, "buyer": {}, "recipient": {}}
    add_order(total=None, currency="", buyer_name="", table_status="Pending", sent=sent)
    text = merchant.text(PAGE)
    assert "Amazon has not sent the items yet." in text
    assert "Order total —" in text


def package(reference, tracking):
    return {
        "packageReferenceId": reference,
        "carrier": "UPS",
        "trackingNumber": tracking,
        "packageItems": [{"orderItemId": "11", "quantity": 1}],
    }


def shipment(number, **changes):
    values = {"order_id": 1, "origin": "commerce", "commerce_shipment_id": number, "units": {"11": 1}}
    return ShipmentRow(reference=str(900000000 + number), **(values | changes))


def confirmation(reference, state, **changes):
    payload = {"reference": reference, "units": {"11": 1}} | changes.pop("payload", {})
    values = {"key": f"confirm:{reference}", "store_id": 1, "order_id": 1, "kind": "confirm", "attempts": 0}
    return Command(payload=payload, state=state, **(values | changes))


def test_tracking_tells_of_each_parcel_once_wherever_it_was_packed(merchant, add, add_order):
    sent = {"packages": [package("1", "1Z-AMAZON"), package("900000005", "1Z-TOLD")]}
    add_order(sent=sent, **IMPORTED)
    carrier = {"payload": {"carrier_name": "FedEx", "tracking": "FX-OPEN"}}
    add(
        ShipmentRow(order_id=1, origin="amazon", reference="1", units={"11": 1}, confirmed=True),
        *(shipment(5), shipment(6), shipment(7), shipment(8, confirmed=True)),
        confirmation("900000005", "done"),
        confirmation("900000006", "open", **carrier),
        confirmation("900000007", "needs_tracking"),
        confirmation("900000008", "done", payload={"carrier_name": "DHL", "tracking": "DH-TOLD"}),
    )
    text = merchant.text(PAGE)  # V-47
    for row in (
        "000000012 Red mug 1 UPS Standard 1Z-AMAZON at Amazon",
        "000000012 Red mug 1 UPS Standard 1Z-TOLD at Amazon",
        "000000012 Red mug 1 FedEx Standard FX-OPEN shipped in Commerce, Amazon is told at the next sync",
        "000000012 Red mug 1 — Standard — shipped in Commerce, waits for a tracking number",
        "000000012 Red mug 1 DHL Standard DH-TOLD told to Amazon",
    ):
        assert text.count(row) == 1


def test_what_is_still_to_be_done_is_told(merchant, add, add_order):
    add_order(**IMPORTED)
    add(
        confirmation("1", "open", error="Amazon failed with 503", attempts=2, next_try_at=NOW),
        confirmation("2", "needs_tracking"),
        confirmation("3", "open", kind="invoice"),
        confirmation("4", "done", kind="cancel"),
    )
    text = merchant.text(PAGE)
    assert "Tell Amazon of a shipment: Amazon failed with 503 (tried 2 times, next try after Mar 5" in text
    assert "Tell Amazon of a shipment: waits for a tracking number" in text
    assert "Invoice the Commerce order: at the next sync" in text
    assert "Cancel the Commerce order" not in text


def test_with_import_off_the_order_is_view_only(merchant, add_order, settings):
    settings(import_orders="disabled")
    add_order(phase="waiting")
    page = merchant.get(PAGE).text
    assert "orders are view-only here. Manage them in Seller Central" in page
    assert "<form" not in page


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_words(merchant, add_order, phase):
    add_order(phase=phase)
    words = re.search(r"Import (.+?) Notes", merchant.text(PAGE))[1]
    assert words
    assert "_" not in words


def test_what_a_page_shows_of_a_buyer_is_in_no_log(merchant, add_order, caplog):
    caplog.set_level(logging.DEBUG)
    add_order(sent={"proceeds": {"grandTotal": money("39.98")}})
    assert "Ann Lee" in merchant.text(PAGE)
    assert "Ann Lee" not in caplog.text  # I9
    assert "1 Main St" not in caplog.text
