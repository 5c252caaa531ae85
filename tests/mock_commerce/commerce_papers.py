"""Orders as tests of documents need them, and the judge of answers."""

from __future__ import annotations

from typing import Any

ADDRESS = {
    "address_type": "billing", "firstname": "Ann", "lastname": "Lee", "street": ["1 Main St"],
    "city": "Austin", "region": "TX", "postcode": "78701", "country_id": "US", "telephone": "5125550100",
    "email": "ann@example.com",
}  # fmt: skip


def entity(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An order for a plain save: two mugs at 10 unless told otherwise, new and unpaid."""
    rows = [{"sku": "MUG", "name": "Mug", "qty_ordered": 2, "price": 10, "row_total": 20, **item}
            for item in items or ({},)]  # fmt: skip
    return {
        "state": "new",
        "status": "pending",
        "customer_email": "ann@example.com",
        "grand_total": sum(row["row_total"] for row in rows),
        "items": rows,
        "billing_address": ADDRESS,
        "payment": {"method": "checkmo"},
        **changes,
    }


def save(shop: Any, *items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return shop.post("orders", {"entity": entity(*items, **changes)})


def units(shop: Any, order_id: int = 1, deed: str = "shipped") -> list[float]:
    """What was done of each line."""
    return [item[f"qty_{deed}"] for item in shop.get(f"orders/{order_id}")["items"]]


def states(shop: Any, order_id: int = 1) -> tuple[str | None, str | None]:
    order = shop.get(f"orders/{order_id}")
    return order.get("state"), order.get("status")
