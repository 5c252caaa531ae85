"""What guests may read where ``guest_reads`` is on ("Allow Anonymous Guest Access" of Web API Security)."""

from __future__ import annotations

import re

from flask import request

from mock_commerce.config.settings import current

_READS = frozenset(
    {
        "products",
        "products/:",
        "products/attributes/:",
        "products/types",
        "products/attribute-sets/sets/list",
        "products/attribute-sets/:",
        "products/attribute-sets/:/attributes",
        "products/attribute-sets/groups/list",
        "products/attributes/:/options",
        "products/media/types/:",
        "products/:/media/:",
        "products/:/media",
        "products/:/group-prices/:/tiers",
        "categories/:",
        "categories",
        "products/:/options",
        "products/:/options/:",
        "products/links/types",
        "products/links/:/attributes",
        "products/:/links/:",
        "categories/:/products",
        "stockStatuses/:",
        "configurable-products/:/children",
        "configurable-products/:/options/:",
        "configurable-products/:/options/all",
        "store/storeViews",
        "store/storeGroups",
        "store/websites",
        "store/storeConfigs",
    }
)


def may_read() -> bool:
    """Whether the current route is open to everybody by that switch."""
    if request.method != "GET" or current().guest_reads == "off" or request.url_rule is None:
        return False
    path = re.sub(r"<[^>]+>", ":", request.url_rule.rule)
    return path.rpartition("/V1/")[2] in _READS
