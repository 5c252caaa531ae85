"""PyMagento, unchanged: orders and products over pages, odd SKUs, shipments, stock, bulk calls."""

import sys

import magento

url, token = sys.argv[1:]
client = magento.Magento(token=token, base_url=url, scope="default")

assert [order["increment_id"] for order in client.get_orders(status="pending", limit=5)] != []
assert client.get_total_orders_count() == 2
assert client.get_order_by_increment_id("000000001")["grand_total"] == 59.98
for sku in ("RED/MUG 1", "A+B", "TEA & CO", "24-MB01"):
    assert client.get_product(sku)["sku"] == sku
assert client.get_product("NOTHING") is None
assert {product["sku"] for product in client.get_products()} == {"RED/MUG 1", "A+B", "TEA & CO", "24-MB01"}

assert client.create_order_invoice(1) == "1"
assert client.ship_order(1, {"notify": False}) == "1"
assert client.get_order(1)["status"] == "complete"
assert client.hold_order(2) is True
assert client.unhold_order(2) is True

items = list(client.get_source_items(sku="24-MB01"))
assert [(item["source_code"], item["quantity"]) for item in items] == [("default", 8)], items
client.save_source_items([{"sku": "24-MB01", "source_code": "default", "quantity": 3, "status": 1}])
assert next(iter(client.get_source_items(sku="24-MB01")))["quantity"] == 3

accepted = client.async_update_products([{"sku": "24-MB01", "price": 35}])
assert accepted["bulk_uuid"], accepted
