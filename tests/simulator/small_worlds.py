"""Small worlds for the rules, as the control API and the connector would tell of them."""

from datetime import UTC, datetime

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
NUMBER = "112-0000001-0000001"


def store(**changes):
    settings = {
        "import_orders": "enabled",
        "read_only": "off",
        "safety_lag": "2m",
        "cron_interval": "5m",
        **changes.pop("settings", {}),
    }
    return {
        "state": "active",
        "settings": settings,
        "watermark": "2026-03-01T09:58:00Z",
        "connected_at": "2026-03-01T09:00:00Z",
        "marketplace": "US",
        "seller": "SELLER-1",
        "problem": None,
        **changes,
    }


def line(**changes):
    return {
        "sku": "SKU-RED",
        "qty": 2,
        "shipped": 0,
        "unit_price": "19.99",
        "tax": "0.00",
        "shipping": "0.00",
        "cod_fee": "0.00",
        "discount": "0.00",
        "gift_wrap": "0.00",
        **changes,
    }


def amazon_order(*lines, **changes):
    return {
        "id": "A1",
        "amazon_order_id": NUMBER,
        "seller": "SELLER-1",
        "marketplace": "US",
        "channel": "MFN",
        "status": "Unshipped",
        "purchase_date": "2026-03-01T09:30:00Z",
        "last_update_date": "2026-03-01T09:30:00Z",
        "currency": "USD",
        "total": "39.98",
        "hidden_until": None,
        "lines": list(lines) or [line()],
        "packages": [],
        **changes,
    }


def shop_line(**changes):
    money = {"price": "19.99", "tax": "0.00", "discount": "0.00", "row_total": "39.98"}
    return {"sku": "SKU-RED", "qty": 2, "shipped": 0, "canceled": 0, **money, **changes}


def shop_order(*lines, **changes):
    return {
        "id": None,
        "entity_id": 1,
        "increment_id": "000000001",
        "ext_order_id": NUMBER,
        "state": "processing",
        "status": "processing",
        "currency": "USD",
        "total": "39.98",
        "shipping": "0.00",
        "gift_wrap": "0.00",
        "placed_by": "plugin",
        "fulfilled_by": "merchant",
        "shipments": 0,
        "lines": list(lines) or [shop_line()],
        **changes,
    }


def row(**changes):
    return {
        "amazon_order_id": NUMBER,
        "store": "Main US",
        "table": "Unshipped",
        "phase": "imported",
        "blocker": None,
        "blockers": [],
        "notes": None,
        "resolution": None,
        "commerce_number": "000000001",
        "error": None,
        "next_try_at": None,
        **changes,
    }


def commerce(*orders, stock=None, reservations=()):
    return {"orders": list(orders), "stock": stock or {}, "reservations": list(reservations)}


def connector(*rows, outbox=(), **stores):
    return {"orders": list(rows), "outbox": list(outbox), "stores": stores or {"Main US": store()}}
