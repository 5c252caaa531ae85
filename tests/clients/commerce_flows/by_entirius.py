"""entirius-py-magento2-sdk, unchanged: reads and creates orders, invoices with an empty POST, ships."""

import sys

from magento2_sdk.client import Client
from magento2_sdk.dto.search import Filter, FilterGroup, SearchCriteria
from magento2_sdk.services import InvoiceService, OrderService

url, token = sys.argv[1:]
client = Client(base_url=f"{url}/rest/", access_token=token)
orders, invoices = OrderService(client=client), InvoiceService(client=client)

order = orders.get_order_by_id(1)
assert (order["increment_id"], order["status"], order["grand_total"]) == ("000000001", "pending", 59.98)
pending = SearchCriteria(1, 1, [FilterGroup([Filter("status", "pending", "eq")])])
listed = orders.get_orders(pending)
assert (listed["total_count"], len(listed["items"])) == (2, 1), listed

address = {
    "firstname": "Jane",
    "lastname": "Sample",
    "street": ["100 Main Street"],
    "city": "Seattle",
    "postcode": "98101",
    "country_id": "US",
    "telephone": "555-0100",
    "email": "jane@sample.example",
}
item = {"sku": "24-MB01", "name": "Bag", "qty_ordered": 1, "price": 34, "base_price": 34, "row_total": 34}
entity = {
    "customer_email": "jane@sample.example",
    "grand_total": 34,
    "base_grand_total": 34,
    "items": [item],
    "state": "new",
    "status": "pending",
    "billing_address": address,
    "payment": {"method": "checkmo"},
}
created = orders.create_order({"entity": entity})
assert created["increment_id"] == "000000003", created

assert orders.create_invoice(1) == "1"  # an empty POST without a body
assert invoices.get_invoice_by_id(1)["grand_total"] == 59.98
track = {"track_number": "1Z1", "title": "UPS", "carrier_code": "ups"}
assert orders.create_shipment(1, {"tracks": [track]}) == "1"
assert orders.get_order_by_id(1)["status"] == "complete"
assert orders.cancel_order(2) is True
assert orders.get_order_by_id(2)["status"] == "canceled"
