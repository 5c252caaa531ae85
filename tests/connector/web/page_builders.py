"""Stores, blocked orders, and a merchant who reads pages and sends their forms."""

import re
from datetime import UTC, datetime
from html import unescape

from connector.models import Store

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
CONNECTED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
BLOCKED = {
    "phase": "blocked",
    "note": 'Cannot create sales order: Product "SKU-RED" does not exist',
    "blocked_since": datetime(2026, 3, 2, 15, 4, tzinfo=UTC),
    "blockers": [{"code": "item_not_in_catalog", "data": {"sku": "SKU-RED", "product": "SKU-RED"}}],
}


class Clock:
    def now(self):
        return NOW

    def sleep(self, seconds):
        raise AssertionError("nobody waits here")


def new_store(name, **changes):
    values = {
        "name": name,
        "seller": f"S-{name}",
        "marketplace": "US",
        "website": "base",
        "website_id": 1,
        "store_view": "default",
        "stock_id": 1,
        "refresh_token": "Atzr|x",
        "state": "active",
        "connected_at": CONNECTED,
        "settings_json": {},
    }
    return Store(**(values | changes))


class Merchant:
    """Opens pages and sends their forms, with the token of the page."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path, status=200):
        page = self.client.get(path)
        assert page.status_code == status, page.text
        return page

    def text(self, path, status=200):
        """What a person reads: the page without its tags."""
        return readable(self.get(path, status).text)

    def post(self, path, status=302, on="/stores/1/matches", **fields):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(on).text)[1]
        page = self.client.post(path, data=fields | {"csrf_token": token})
        assert page.status_code == status, page.text
        return self.client.get(page.location) if status == 302 else page


def readable(html):
    body = re.sub(r"<head>.*?</head>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))
