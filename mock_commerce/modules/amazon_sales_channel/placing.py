"""Placing a list of Amazon orders: one result each; a refused one leaves nothing and stops nobody."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mock_commerce.errors import CommerceError
from mock_commerce.models import db
from mock_commerce.modules.amazon_sales_channel.acceptance import check
from mock_commerce.modules.amazon_sales_channel.models import AmazonOrder
from mock_commerce.modules.amazon_sales_channel.schemas import read_order
from mock_commerce.modules.amazon_sales_channel.writing import write
from mock_commerce.wire.values import money


def place(contents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Place what is not placed yet, in the order given. Commits."""
    numbers = [content["amazon_order_id"] for content in contents]
    query = select(AmazonOrder).where(AmazonOrder.amazon_order_id.in_(numbers))
    known = {link.amazon_order_id: link for link in db.session.scalars(query)}
    results = []
    for content in contents:
        link = known.get(content["amazon_order_id"])
        if link is not None:
            results.append(_result(link, "exists"))
            continue
        result, link = _place_one(content)
        results.append(result)
        if link is not None:
            known[link.amazon_order_id] = link
    db.session.commit()
    return results


def _place_one(content: dict[str, Any]) -> tuple[dict[str, Any], AmazonOrder | None]:
    number = content["amazon_order_id"]
    try:
        given = read_order(content)
        offer = check(given)
        with db.session.begin_nested():
            link = write(given, offer)
    except CommerceError as refusal:
        return _refused(number, refusal), None
    except IntegrityError:
        # Somebody else was faster: with this order, or with its increment id.
        placed = db.session.get(AmazonOrder, number)
        if placed is not None:
            return _result(placed, "exists"), placed
        return _refused(number, CommerceError("Unique constraint violation found")), None
    return _result(link, "placed"), link


def _result(link: AmazonOrder, result: str) -> dict[str, Any]:
    order = link.order
    return {
        "amazon_order_id": link.amazon_order_id,
        "result": result,
        "entity_id": order.entity_id,
        "increment_id": order.increment_id,
        "grand_total": money(order.grand_total),
        "items": [
            {"amazon_order_item_id": item.ext_order_item_id, "order_item_id": item.item_id}
            for item in order.items
        ],
        "message": None,
        "parameters": [],
    }


def _refused(number: str, refusal: CommerceError) -> dict[str, Any]:
    result: dict[str, Any] = {
        "amazon_order_id": number,
        "result": "refused",
        "entity_id": None,
        "increment_id": None,
        "grand_total": None,
        "items": [],
        "message": refusal.message,
        "parameters": refusal.parameters or [],
    }
    if refusal.errors:
        result["errors"] = refusal.errors
    return result
