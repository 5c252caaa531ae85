"""What orders do to stock where it is not plain: unmanaged products, several sources, several stocks."""

from __future__ import annotations

from datetime import timedelta

import pytest


def reservations(shop):
    return [(row["sku"], row["quantity"]) for row in shop.state()["reservations"]]


def buy(shop, qty=1, sku="MUG", name="A"):
    return shop.sim("orders", {"id": name, "lines": [{"sku": sku, "qty": qty}]})["entity_id"]


@pytest.mark.parametrize("end", ["ship", "cancel", "refund"])
def test_unmanaged_stock_is_never_reserved(shop, end):
    """Code of magento/inventory: reservations of such products are not appended."""
    shop.product(manage_stock=False, qty=5)
    order = buy(shop, 2)
    assert reservations(shop) == []
    if end == "cancel":
        assert shop.post(f"orders/{order}/cancel") is True
    else:
        shop.post(f"order/{order}/invoice")
    if end == "ship":
        shop.post(f"order/{order}/ship")
    if end == "refund":
        (line,) = shop.get(f"orders/{order}")["items"]
        back = {"extension_attributes": {"return_to_stock_items": [line["item_id"]]}}
        shop.post(f"order/{order}/refund", {"arguments": back})
    assert reservations(shop) == []
    assert shop.stock() == (5, 5, 0)


def test_virtual_units_leave_their_sources_by_priority(shop):
    shop.sim("sources", {"code": "east"})
    shop.sim("sources", {"code": "west"})
    shop.sim("sources", {"code": "big"})
    shop.client.open(
        "/rest/V1/inventory/stock-source-links-delete",
        method="POST",
        json={"links": [{"stock_id": 1, "source_code": "big"}]},
        headers=shop.headers,
    )
    shop.product("CODE", type="virtual", sources={"default": 2, "east": 3, "west": 9, "big": 99})
    order = buy(shop, 6, "CODE")
    shop.post(f"order/{order}/invoice")
    by_source = shop.state()["stock"]["CODE"]["by_source"]
    assert by_source == {"default": 0, "east": 0, "west": 8, "big": 99}
    assert sum(quantity for _, quantity in reservations(shop)) == 0


def test_virtual_units_that_no_source_of_the_stock_has_are_refused(shop):
    shop.product("CODE", type="virtual", qty=1)
    order = buy(shop, 1, "CODE")
    shop.sim("stock", {"sku": "CODE", "qty": 0})
    answer = shop.call("POST", f"order/{order}/invoice", json={})
    assert (answer.status_code, answer.get_json()["message"]) == (
        400,
        "Could not save an invoice, see error log for details",
    )
    assert reservations(shop) == [("CODE", -1)]


def test_reservations_in_two_stocks_do_not_settle_each_other(shop, clock):
    """The website moved to another stock between the order and its shipment."""
    shop.sim("sources", {"code": "east"})
    shop.product(sources={"default": 9, "east": 9})
    order = buy(shop, 2)
    stock = {"name": "New", "extension_attributes": {"sales_channels": [{"type": "website", "code": "base"}]}}
    number = shop.post("inventory/stocks", {"stock": stock})
    link = {"stock_id": number, "source_code": "east", "priority": 1}
    shop.post("inventory/stock-source-links", {"links": [link]})
    shop.post(f"order/{order}/ship", {"arguments": {"extension_attributes": {"source_code": "east"}}})
    clock.advance(timedelta(days=2))
    assert reservations(shop) == [("MUG", -2), ("MUG", 2)]


def test_rows_of_one_product_move_no_more_than_there_is(shop):
    shop.sim("sources", {"code": "east"})
    shop.product(sources={"default": 10, "east": 0})
    places = {"originSourceCode": "default", "destinationSourceCode": "east"}

    def move(*units):
        items = [{"sku": sku, "qty": qty} for sku, qty in zip(("MUG", "mug"), units, strict=True)]
        path = "inventory/bulk-partial-source-transfer"
        return shop.call("POST", path, json={**places, "items": items}).status_code

    assert (move(6, 6), move(6, -6)) == (400, 400)
    assert shop.state()["stock"]["MUG"]["by_source"] == {"default": 10, "east": 0}
    assert move(6, 4) == 200
    assert shop.state()["stock"]["MUG"]["by_source"] == {"default": 0, "east": 10}
