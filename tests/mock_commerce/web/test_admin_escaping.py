"""Words that would be code if a page believed them."""

from __future__ import annotations

import re

from test_admin_access import _addresses

ORDER = "/admin/sales/order"
BAD = """"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"""


def test_words_of_callers_are_text_on_every_page(admin, world, shop):
    """Names of products, orders, people, streets, stores, sources, comments, numbers, webhooks and bulks."""
    shop.product(BAD[:60], name=BAD, qty=5)
    shop.sim("sources", {"code": "east", "name": BAD})
    shop.sim("websites", {"code": "eu", "name": BAD})
    shop.sim("webhooks", {"url": "http://127.0.0.1:9/<script>alert(1)</script>", "secret": "12345678"})
    address = dict.fromkeys(("firstname", "lastname", "city", "region", "postcode", "telephone"), BAD)
    address |= {
        "street": [BAD, BAD],
        "country_id": "US",
        "email": BAD,
        "company": BAD,
        "address_type": "billing",
    }
    shipping = {"shipping_assignments": [{"shipping": {"address": address, "method": BAD}}]}
    line = {"sku": BAD[:60], "name": BAD, "qty_ordered": 2, "price": 1, "row_total": 2}
    order = {
        "increment_id": BAD[:50], "ext_order_id": BAD[:60], "state": "processing", "status": BAD[:30],
        "customer_email": BAD, "customer_firstname": BAD, "items": [line], "grand_total": 2,
        "billing_address": address, "payment": {"method": BAD, "additional_information": [BAD]},
        "extension_attributes": shipping, "shipping_description": BAD, "order_currency_code": "USD",
    }  # fmt: skip
    shop.post("orders", {"entity": order})
    shop.post("orders/1/comments", {"statusHistory": {"comment": BAD, "status": "processing"}})
    shop.post("order/1/ship", {"tracks": [dict.fromkeys(("track_number", "title", "carrier_code"), BAD)]})
    shop.post("order/1/invoice", {"comment": {"comment": BAD}})
    body = [{"entity": {**order, "increment_id": "Y"}}, {"entity": {"state": BAD}}]
    shop.client.post("/rest/async/bulk/V1/orders", json=body, headers=shop.headers)
    shop.client.get(f"/rest/V1/orders?searchCriteria[sortOrders][0][field]={'x'}", headers=shop.headers)
    seen = 0
    for address in [
        *_addresses(world[0], "GET"),
        f"{ORDER}?keyword={BAD}",
        "/admin/catalog/product?keyword=<b>",
    ]:
        html = admin.open(address).html
        assert not re.search(r"<script|<img src=x|onerror=alert\(1\)[^&]*>|<b>", html), address
        seen += html.count("&lt;script&gt;")
    assert seen > 30
    assert "49" not in admin.open(f"{ORDER}/view/order_id/1").html.partition("<h1")[0]
