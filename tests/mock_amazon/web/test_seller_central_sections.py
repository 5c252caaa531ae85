"""The pages beside the orders: inventory, feeds and reports, notifications. They only show."""

import pytest
from feed_desk import FeedDesk, shipment
from notification_tools import ARN, Notifications

EVIL = "<script>alert(1)</script>"
UNITS = [
    {
        "op": "replace",
        "path": "/attributes/fulfillment_availability",
        "value": [{"fulfillment_channel_code": "DEFAULT", "quantity": 1}],
    }
]


@pytest.mark.parametrize("path", ["/inventory", "/feeds-and-reports", "/notifications"])
def test_with_nothing_there_the_pages_say_so(visitor, path):
    assert 'class="text-secondary">' in visitor.look(path)


def test_inventory_shows_what_is_for_sale_and_why_something_is_not(visitor, amazon):
    amazon.sim("listings", {"sku": "MUG", "qty": 5, "price": "19.99"}, 201)
    amazon.sim("listings", {"sku": EVIL}, 201)
    amazon.sim("fba-stock", {"sku": "CUP", "fulfillable": 10, "inbound_shipped": 20}, 201)
    amazon.submit("PATCH", "BARE", json={"productType": "PRODUCT", "patches": UNITS})
    page = visitor.look("/inventory")
    for text in ("MUG", "USD 19.99", "Buyable", "Incomplete", "CUP", ">20<", ">30<", "3 of 3"):
        assert text in page
    assert "<script" not in page


def test_inventory_is_searched_by_a_part_of_the_sku(visitor, amazon):
    for sku in ("RED-MUG", "RED-CUP", "100%"):
        amazon.sim("listings", {"sku": sku}, 201)
    page = visitor.look("/inventory?sku=RED")
    assert ("RED-MUG" in page, "RED-CUP" in page, "100%" in page) == (True, True, False)
    assert "1 of 1" in visitor.look("/inventory?sku=%25")
    visitor.look("/inventory?sku=" + "x" * 201, 400)
    visitor.look("/inventory?sku=%00", 400)


def test_feeds_and_reports_are_shown_with_their_results(visitor, amazon):
    desk, number = FeedDesk(amazon), amazon.place_unshipped()
    desk.fulfil(shipment(number))
    desk.rows()
    amazon.sim("processing", {"feeds": {"outcome": "FATAL"}})
    page = visitor.look("/feeds-and-reports")
    for text in (
        *("POST_ORDER_FULFILLMENT_DATA", "DONE", "Processing report"),
        *("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", "Document", "all end FATAL"),
    ):
        assert text in page


def test_notifications_are_shown_without_the_secrets_of_their_receivers(visitor, amazon):
    notifier = Notifications(amazon)
    notifier.subscription(notifier.destination())
    number = amazon.place_unshipped()
    amazon.later(minutes=1)
    assert "Delivered" in visitor.look("/notifications")
    notifier.switch(to="http://127.0.0.1:9/orders?key=s3cret")
    page = visitor.look("/notifications")
    for text in (ARN, number, "ORDER_CHANGE 1.0", "OrderStatusChange", "http://127.0.0.1:9/orders"):
        assert text in page
    assert "s3cret" not in page


def test_rare_facts_of_an_order_are_shown(visitor, amazon):
    line = {"sku": "MUG", "qty": 1, "unit_price": "19.99", "facts": {"condition": "Used"}}
    number = amazon.place_unshipped(
        business=True,
        buyer={"company": "Sample Ltd", "purchase_order": "PO-77"},
        ship_to={"type": "PICKUP_POINT"},
        facts={"payment_method": "COD", "delivery": {"drop_off": EVIL}, "global_express": True},
        lines=[line],
        regulated={"fields": [{"id": "pet", "label": "Pet name", "value": "Ruffus"}]},
    )
    page = visitor.look(f"/orders-v3/order/{number}")
    for text in (
        *("Sample Ltd", "PO-77", "PICKUP_POINT", "COD", "drop off &lt;script", "Global express"),
        *("Condition: Used", "Verification", "Pending", "Pet name", "Ruffus"),
    ):
        assert text in page
    assert "<script" not in page


def test_an_order_without_rare_facts_has_no_room_for_them(visitor, amazon):
    assert "What few orders have" not in visitor.look(f"/orders-v3/order/{amazon.place()}")


def test_refunds_of_an_order_are_shown(visitor, amazon):
    number = amazon.place(status="Shipped")
    (line,) = amazon.state(number)["lines"]
    FeedDesk(amazon).report(
        "OrderAdjustment",
        f"""<AmazonOrderID>{number}</AmazonOrderID><AdjustedItem>
        <AmazonOrderItemCode>{line["order_item_id"]}</AmazonOrderItemCode>
        <AdjustmentReason>CustomerReturn</AdjustmentReason><ItemPriceAdjustments><Component>
        <Type>Principal</Type><Amount currency="USD">1.50</Amount></Component></ItemPriceAdjustments>
        </AdjustedItem>""",
    )
    page = visitor.look(f"/orders-v3/order/{number}")
    assert "CustomerReturn" in page
    assert "USD 1.50" in page


def test_the_list_tells_cancelled_lines_and_buyers_who_want_to_cancel(visitor, amazon):
    cup = {"sku": "CUP", "qty": 3, "unit_price": "5.00"}
    number = amazon.place_unshipped(lines=[{"sku": "MUG", "qty": 1, "unit_price": "1.00"}, cup])
    amazon.sim(f"orders/{number}/cancel_line", {"sku": "CUP"})
    amazon.sim(f"orders/{number}/request_cancel", {})
    page = visitor.look("/orders-v3")
    assert "3 canceled" in page
    assert "Buyer requested cancellation" in page
