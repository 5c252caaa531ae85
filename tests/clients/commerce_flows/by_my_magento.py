"""MyMagento, unchanged: signs in, lists by filters, reads odd SKUs, sets stock, ships, invoices."""

import sys

import magento

url = sys.argv[1]
client = magento.Client(
    url.removeprefix("http://"),
    "admin",
    "admin123",
    local=True,
    login=False,
    log_level="WARNING",
    user_agent="qa",
)
client.BASE_URL = f"{url}/rest/V1/"  # it drops the port of its domain
client.authenticate()
assert client.store.active.code == "default"

order = client.orders.by_number("000000001")
assert (order.status, order.grand_total) == ("pending", 59.98)
found = client.orders.add_criteria("status", "pending").restrict_fields(["entity_id", "status"]).execute()
assert [each.entity_id for each in found] == [1, 2], found
assert len(client.orders.since("2026-01-01").execute()) == 2

for sku in ("RED/MUG 1", "TEA & CO", "24-MB01"):
    product = client.products.by_sku(sku)
    assert product.sku == sku, (sku, product)
assert client.products.by_sku("A+B") is None  # it sends the plus raw, which means a blank
assert client.products.by_sku("24-MB01").update_stock(5)
assert client.products.by_sku("24-MB01").stock == 5

invoice = client.post(client.url_for("order/1/invoice"), {"capture": True})
assert invoice.json() == "1", invoice.text
shipment = client.post(client.url_for("order/1/ship"), {"notify": False})
assert shipment.json() == "1", shipment.text
assert client.orders.by_number("000000001").status == "complete"
