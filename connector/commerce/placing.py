"""How Commerce orders are placed: through the plugin's own route, which takes a list (architecture, 4.3).

The route is idempotent by the Amazon order number and answers one result for each order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import requests

from connector.commerce.client import NO_ROUTE, SYSTEM, CommerceClient, rendered
from connector.domain.blockers import Code
from connector.domain.translation import CommerceAddress, CommerceOrder
from connector.errors import AbortRun, GiveUpOnOrder
from connector.http import shaped

MODULE = "Magento_Amazon"
BATCH = 50


@dataclass(frozen=True)
class Options:
    """How a store wants its new orders."""

    store_view: str
    custom_status: str | None
    amazon_numbers: bool
    create_accounts: bool
    seller_central_url: str


@dataclass(frozen=True)
class Result:
    """What became of one order; ``message`` is Commerce's refusal."""

    amazon_order_id: str
    kind: Literal["placed", "exists", "refused"]
    entity_id: int
    number: str
    total: Decimal
    items: dict[str, int]
    message: str


@shaped(SYSTEM)
def place(commerce: CommerceClient, orders: Sequence[CommerceOrder], options: Options) -> list[Result]:
    """Place up to BATCH orders in one call.

    Raises AbortRun where the module is missing; RetryLater.
    """
    body = {"orders": [_document(order, options) for order in orders]}
    try:
        answers = commerce.call("POST", "amazon-sales-channel/orders", json=body)
    except GiveUpOnOrder as refusal:
        if refusal.status == requests.codes.not_found and refusal.message == NO_ROUTE:
            raise module_missing() from None
        raise
    return [_result(answer) for answer in answers]


def module_missing() -> AbortRun:
    return AbortRun(Code.STORE_CONFIG, f"Commerce has no module {MODULE}")


def _document(order: CommerceOrder, options: Options) -> dict[str, Any]:
    return {
        "amazon_order_id": order.amazon_order_id,
        "store_code": options.store_view,
        "fulfilled_by": "amazon" if order.by_amazon else "merchant",
        "increment_id": order.amazon_order_id if options.amazon_numbers else None,
        "status": options.custom_status,
        "purchased_at": order.purchased_at.isoformat(),
        "currency_code": order.currency,
        "tax_included": order.tax_included,
        "customer": {
            "email": order.email,
            "firstname": order.customer.firstname,
            "lastname": order.customer.lastname,
            "create_account": options.create_accounts,
        },
        "billing_address": _address(order.bill_to),
        "shipping_address": _address(order.ship_to),
        "shipping_description": order.shipping_description,
        "items": [
            {
                "amazon_order_item_id": line.item_id,
                "sku": line.sku,
                "name": line.name,
                "qty": line.quantity,
                "price": str(line.price),
                "row_total": str(line.row_total),
                "tax_amount": str(line.tax),
                "discount_amount": str(line.discount),
            }
            for line in order.lines
        ],
        "shipping_amount": str(order.shipping),
        "gift_wrap_amount": str(order.gift_wrap),
        "gift_message": order.gift_message,
        "grand_total": str(order.total),
        "seller_central_url": options.seller_central_url.format(order.amazon_order_id),
    }


def _address(address: CommerceAddress) -> dict[str, Any]:
    return {
        "firstname": address.person.firstname,
        "lastname": address.person.lastname,
        "company": address.company,
        "street": list(address.street),
        "city": address.city,
        "region": address.region,
        "postcode": address.postcode,
        "country_id": address.country_id,
        "telephone": address.telephone,
    }


def _result(answer: dict[str, Any]) -> Result:
    return Result(
        amazon_order_id=answer["amazon_order_id"],
        kind=answer["result"],
        entity_id=int(answer["entity_id"] or 0),
        number=str(answer["increment_id"] or ""),
        total=Decimal(answer["grand_total"] or 0),
        items={item["amazon_order_item_id"]: int(item["order_item_id"]) for item in answer["items"] or []},
        message=rendered(answer) if answer["message"] else "",
    )
