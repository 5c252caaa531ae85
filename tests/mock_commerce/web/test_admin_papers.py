"""Shipments, invoices and credit memos made in the browser: the same as by REST, and nothing half-done."""

from __future__ import annotations

import pytest


def _ship(order_id):
    return f"/admin/order_shipment/new/order_id/{order_id}"


def _invoice(order_id):
    return f"/admin/sales/order_invoice/new/order_id/{order_id}"


def _memo(order_id):
    return f"/admin/sales/order_creditmemo/new/order_id/{order_id}"


def _order(shop):
    return shop.state()["orders"][0]


def test_shipping_everything_makes_an_amazon_order_shipped(admin, shop, placed):
    """L-05: the module's observer follows as after a REST call."""
    order_id = placed()
    page = admin.send(
        admin.open(_ship(order_id)), **{"tracks-0-carrier": "ups", "tracks-0-number": "1Z0000000000000001"}
    )
    assert "The shipment has been created." in admin.follow(page).html
    order = _order(shop)
    assert (order["state"], order["status"], order["shipped"]) == ("processing", "shipped", 2)
    assert shop.stock() == (8, 8, 0)
    (shipment,) = shop.search("shipments")["items"]
    (track,) = shipment["tracks"]
    assert (track["carrier_code"], track["track_number"]) == ("ups", "1Z0000000000000001")
    assert track["title"] == "United Parcel Service"


def test_the_browser_and_rest_leave_the_same_state(admin, shop, placed):
    lines = ({}, {"qty": 1})
    by_hand, by_rest = placed(*lines), placed(*lines)
    items = [item["item_id"] for item in shop.get(f"orders/{by_rest}")["items"]]
    shop.post(
        f"order/{by_rest}/ship",
        {"items": [{"order_item_id": items[0], "qty": 1}], "comment": {"comment": "a"}},
    )
    shop.post(f"order/{by_rest}/invoice")
    form = admin.open(_ship(by_hand))
    names = [name for name in form.form.fields if name.startswith("qty_")]
    admin.send(form, **{names[0]: "1", names[1]: "0", "comment": "a"})
    admin.send(admin.open(_invoice(by_hand)))
    own = {"entity_id", "increment_id", "ext_order_id"}
    first, second = (
        {key: value for key, value in order.items() if key not in own} for order in shop.state()["orders"]
    )
    assert first == second
    documents = shop.search("shipments")["items"]
    own = {
        "entity_id",
        "increment_id",
        "order_id",
        "items",
        "comments",
        "billing_address_id",
        "shipping_address_id",
    }
    first, second = ({key: value for key, value in paper.items() if key not in own} for paper in documents)
    assert first == second


def test_a_part_ships_with_several_tracks_from_another_source(admin, shop, placed):
    shop.sim("sources", {"code": "east", "name": "East"})
    shop.sim("stock", {"sku": "MUG", "qty": 5, "source": "east"})
    order_id = placed()
    page = admin.send(admin.open(_ship(order_id)), more="1", save=None, **{"tracks-0-number": "1"})
    assert page.status == 200
    assert page.form.fields["tracks-0-number"] == ["1"]
    assert shop.search("shipments")["items"] == []
    (quantity,) = (name for name in page.form.fields if name.startswith("qty_"))
    changes = {
        quantity: "1",
        "source": "east",
        "tracks-0-carrier": "fedex",
        "tracks-1-carrier": "custom",
        "tracks-1-title": "Pigeon",
        "tracks-1-number": "2",
    }
    admin.send(page, **changes)
    (shipment,) = shop.search("shipments")["items"]
    tracks = [(row["carrier_code"], row["title"], row["track_number"]) for row in shipment["tracks"]]
    assert tracks == [("fedex", "Federal Express", "1"), ("custom", "Pigeon", "2")]
    assert shop.state()["stock"]["MUG"]["by_source"] == {"default": 10, "east": 4}
    view = admin.open(f"/admin/sales/order/view/order_id/{order_id}")
    assert "Pigeon 2" in view.html
    assert ">Partial<" in view.html


def test_a_shipment_needs_no_tracking_number(admin, shop, placed):
    admin.send(admin.open(_ship(placed())))
    (shipment,) = shop.search("shipments")["items"]
    assert shipment["tracks"] == []


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"qty": "0"}, "You can&#39;t create a shipment without products."),
        ({"qty": ""}, "You can&#39;t create a shipment without products."),
        ({"qty": "3"}, "&#39;3&#39; is not a number from 0 to 2."),
        ({"qty": "-1"}, "&#39;-1&#39; is not a number from 0 to 2."),
        ({"qty": "two"}, "&#39;two&#39; is not a number from 0 to 2."),
        ({"qty": "sNaN"}, "&#39;sNaN&#39; is not a number from 0 to 2."),
        ({"qty": "1e9"}, "&#39;1e9&#39; is not a number from 0 to 2."),
        ({"tracks-0-title": "Pigeon"}, "Please enter a tracking number."),
        ({"tracks-0-carrier": "owl"}, "&#39;owl&#39; is not one of custom, dhl, fedex, ups, usps."),
        ({"source": "moon"}, "&#39;moon&#39; is not one of default, east."),
        ({"source": "east"}, "Source item not found by source code: east and sku: MUG."),
    ],
)
def test_a_wrong_shipment_is_said_and_nothing_is_saved(admin, shop, placed, changes, text):
    shop.sim("sources", {"code": "east", "name": "East"})
    order_id = placed()
    before = shop.state()
    page = admin.open(_ship(order_id))
    (quantity,) = (name for name in page.form.fields if name.startswith("qty_"))
    sent = {quantity if name == "qty" else name: value for name, value in changes.items()}
    answer = admin.send(page, **sent, comment="kept")
    assert answer.status == 400
    assert text in answer.html
    assert answer.form.fields["comment"] == ["kept"]
    if "moon" not in sent.values() and "owl" not in sent.values():
        assert all(answer.form.fields[name] == [value] for name, value in sent.items())
    assert shop.state() == before
    assert shop.search("shipments")["items"] == []


@pytest.mark.parametrize(
    ("address", "step", "text"),
    [
        (_ship, "hold", "A shipment cannot be created when an order has a status of holded"),
        (_ship, "ship", "The order does not allow a shipment to be created."),
        (_invoice, "cancel", "An invoice cannot be created when an order has a status of canceled"),
        (_memo, "ship", "The order does not allow a creditmemo to be created."),
    ],
)
def test_a_page_that_the_state_forbids_leads_back_and_says_why(  # noqa: PLR0917 - a table
    admin, shop, placed, address, step, text
):
    order_id = placed()
    shop.sim(f"orders/{order_id}/{step}")
    page = admin.open(address(order_id))
    assert page.location == f"/admin/sales/order/view/order_id/{order_id}"
    assert text in admin.follow(page).html


def test_an_invoice_of_everything_completes_a_shipped_order(admin, shop, placed):
    """Both documents make an order complete, in either order."""
    order_id = placed()
    shop.sim(f"orders/{order_id}/ship")
    page = admin.follow(admin.send(admin.open(_invoice(order_id))))
    assert "The invoice has been created." in page.html
    assert (_order(shop)["state"], _order(shop)["invoiced"]) == ("complete", 2)
    assert "Paid" in page.html
    assert ">Shipped<" in page.html


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ("0", "The invoice can&#39;t be created without products. Add products and try again."),
        ("9", "&#39;9&#39; is not a number from 0 to 2."),
    ],
)
def test_a_wrong_invoice_is_said_and_nothing_is_saved(admin, shop, placed, quantity, text):
    page = admin.open(_invoice(placed()))
    before = shop.state()
    (name,) = (name for name in page.form.fields if name.startswith("qty_"))
    answer = admin.send(page, **{name: quantity})
    assert answer.status == 400
    assert text in answer.html
    assert shop.state() == before


def test_a_credit_memo_closes_the_order_and_returns_the_units(admin, shop, placed):
    order_id = placed()
    shop.sim(f"orders/{order_id}/invoice")
    shop.sim(f"orders/{order_id}/ship")
    page = admin.open(_memo(order_id))
    (name,) = (name for name in page.form.fields if name.startswith("qty_"))
    answer = admin.follow(admin.send(page, **{name.replace("qty_", "back_"): "y"}))
    assert "You created the credit memo." in answer.html
    order = _order(shop)
    assert (order["state"], order["refunded"]) == ("closed", 2)
    assert shop.stock() == (10, 10, 0)
    assert ">Refunded<" in answer.html


def test_a_credit_memo_takes_a_part_and_adjustments(admin, shop, placed):
    order_id = placed(shipping_amount="5.00", grand_total="44.98")
    shop.sim(f"orders/{order_id}/invoice")
    page = admin.open(_memo(order_id))
    assert page.form.fields["shipping"] == ["5"]
    (name,) = (name for name in page.form.fields if name.startswith("qty_"))
    admin.send(page, **{name: "1", "shipping": "2.50", "plus": "1", "minus": "0.49"})
    (memo,) = shop.search("creditmemos")["items"]
    assert memo["grand_total"] == 23.0
    assert memo["shipping_amount"] == 2.5


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"plus": "100"}, "The most money available to refund is 39.98."),
        ({"plus": "x"}, "&#39;x&#39; is not a number from 0 to"),
        ({"shipping": "1"}, "&#39;1&#39; is not a number from 0 to 0."),
        ({"qty": "0"}, "The creditmemo can&#39;t be created without products."),
    ],
)
def test_a_wrong_credit_memo_is_said_and_nothing_is_saved(admin, shop, placed, changes, text):
    order_id = placed()
    shop.sim(f"orders/{order_id}/invoice")
    before = shop.state()
    page = admin.open(_memo(order_id))
    (quantity,) = (name for name in page.form.fields if name.startswith("qty_"))
    answer = admin.send(
        page, **{quantity if name == "qty" else name: value for name, value in changes.items()}
    )
    assert answer.status == 400
    assert text in answer.html
    assert shop.state() == before


def test_a_line_of_a_configurable_goes_with_its_parent(admin, shop):
    for sku in ("SHIRT-M", "SHIRT-L"):
        shop.product(sku, qty=5, price="25.00")
    shop.sim("products", {"sku": "SHIRT", "type": "configurable", "children": ["SHIRT-M", "SHIRT-L"]})
    parent = {"sku": "SHIRT", "product_type": "configurable", "qty_ordered": 1, "price": 25, "row_total": 25}
    child = {"sku": "SHIRT-M", "product_type": "simple", "qty_ordered": 1, "price": 0, "parent_item": parent}
    entity = {
        "state": "new",
        "status": "pending",
        "customer_email": "a@example.com",
        "items": [parent, child],
    }
    order_id = shop.post("orders", {"entity": {**entity, "payment": {"method": "checkmo"}}})["entity_id"]
    body = admin.open(f"/admin/sales/order/view/order_id/{order_id}").body()
    assert body.count('<td class="breaks part">') == 1
    assert body.count("$25.00") == 3  # price, subtotal, row total of the parent
    for form in ("sales/order_invoice", "order_shipment"):
        page = admin.open(f"/admin/{form}/new/order_id/{order_id}")
        assert "with its parent" in page.body()
        admin.follow(admin.send(page, save="1"))
    assert "Complete" in admin.open(f"/admin/sales/order/view/order_id/{order_id}").body()


def test_a_variant_goes_back_to_stock_by_the_box_of_its_parent(admin, shop):
    shop.product("M", qty=5)
    shop.product("SHIRT", type="configurable", children=["M"])
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "SHIRT", "variant": "M", "qty": 2}]})
    for verb in ("invoice", "ship"):
        shop.sim(f"orders/1/{verb}", {})
    page = admin.open("/admin/sales/order_creditmemo/new/order_id/1")
    assert page.html.count('name="back_') == 1
    admin.send(page, qty_1="1", back_1="y")
    assert shop.stock("M")[0] == 4
    order = admin.open("/admin/sales/order/view/order_id/1").html
    assert [order.count(f"<td>{status}</td>") for status in ("Shipped", "Mixed", "Invoiced")] == [0, 1, 0]
