"""Grids and views of invoices, shipments, credit memos and transactions; tracking that comes later."""

from __future__ import annotations

import pytest

GRIDS = ("invoice", "shipment", "creditmemo", "transactions")
NUMBER = "000000001"


@pytest.fixture
def papers(shop, placed):
    """An Amazon order that was invoiced, shipped without tracking, and refunded for one of two units."""
    order_id = placed({"sku": "MUG", "qty": 2, "price": "19.99"})
    item = shop.get(f"orders/{order_id}")["items"][0]["item_id"]
    shop.post(f"order/{order_id}/invoice")
    shop.post(f"order/{order_id}/ship", {"notify": True})
    shop.post(f"order/{order_id}/refund", {"items": [{"order_item_id": item, "qty": 1}]})
    return order_id


@pytest.mark.parametrize("grid", GRIDS)
def test_an_empty_grid_says_so(admin, grid):
    page = admin.open(f"/admin/sales/{grid}")
    assert page.status == 200
    assert "We couldn't find any records." in page.html or "We couldn&#39;t find any records." in page.html


@pytest.mark.parametrize(
    ("grid", "told"),
    [("invoice", "Paid"), ("shipment", '<td class="number">2</td>'), ("creditmemo", "Refunded")],
)
def test_a_document_is_found_in_its_grid_and_leads_to_its_page_and_back(admin, papers, grid, told):
    page = admin.open(f"/admin/sales/{grid}")
    assert told in page.body()
    assert "1 record found" in page.html
    view = admin.open(page.links["View"])
    assert view.status == 200
    assert view.title.startswith({"creditmemo": "Credit Memo"}.get(grid, grid.capitalize()))
    assert view.links["Back"] == f"/admin/sales/order/view/order_id/{papers}"
    assert "0 records found" in admin.open(f"/admin/sales/{grid}?keyword=999").html
    assert "1 record found" in admin.open(f"/admin/sales/{grid}?keyword={NUMBER}").html


def test_the_order_leads_to_its_documents(admin, papers):
    links = admin.open(f"/admin/sales/order/view/order_id/{papers}").links
    assert links[f"#{NUMBER}"].startswith("/admin/")
    assert admin.open("/admin/sales/order_invoice/view/invoice_id/1").status == 200
    assert admin.open("/admin/sales/order_invoice/view/invoice_id/2").status == 404


def test_a_shipment_takes_a_tracking_number_later(admin, shop, papers):
    page = admin.open("/admin/order_shipment/view/shipment_id/1")
    assert "1Z999" not in page.html
    refused = admin.send(page, carrier="ups", number="")
    assert refused.status == 400
    assert "&#34;Number&#34; is required. Enter and try again." in refused.html
    added = admin.follow(admin.send(page, carrier="ups", number="1Z999"))
    assert "You added the tracking number." in added.html
    track = shop.get("shipment/1")["tracks"][0]
    assert (track["carrier_code"], track["title"], track["track_number"]) == (
        "ups",
        "United Parcel Service",
        "1Z999",
    )


def test_a_document_says_whether_its_mail_was_sent_and_the_mails_are_listed(admin, papers):
    assert "confirmation email was sent" in admin.open("/admin/order_shipment/view/shipment_id/1").html
    assert "email is not sent" in admin.open("/admin/sales/order_invoice/view/invoice_id/1").html
    mails = admin.open("/admin/system_mails")
    assert "New Shipment" in mails.body()
    assert mails.links[f"Order #{NUMBER}"] == f"/admin/sales/order/view/order_id/{papers}"


def test_transactions_are_listed(admin, shop, papers):
    shop.sim(f"orders/{papers}/transactions", {"txn_id": "T-1", "txn_type": "capture"}, status=201)
    body = admin.open("/admin/sales/transactions").body()
    assert "T-1" in body
    assert "Capture" in body
