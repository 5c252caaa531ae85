"""magento-2-api, unchanged: addresses with a slash behind them, a POST without body or content type."""

import sys

from magento_2_api.magento_api import MagentoApi

url, token = sys.argv[1:]
api = MagentoApi(url, token)
product = api.product_api("RED%2FMUG 1")
assert (product.status_code, product.json()["sku"]) == (200, "RED/MUG 1"), product.text
field = "searchCriteria[filterGroups][0][filters][0]"
listed = api.custom(f"/rest/default/V1/orders/?{field}[field]=status&{field}[value]=pending")
assert listed.json()["total_count"] == 2, listed.text
missing = api.product_api("NOTHING")
assert missing.status_code == 404, missing.text
cart = api.guest_cart_create()
assert (cart.status_code, len(cart.json())) == (200, 32), cart.text
assert api.guest_cart_get(cart.json()).json()["items_count"] == 0
