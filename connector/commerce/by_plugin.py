"""Placing through the plugin's own route, which takes a list (architecture, 4.3).

The route is idempotent by the Amazon order number and answers one result for each order.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import requests

from connector.commerce.client import NO_ROUTE, SYSTEM, CommerceClient, rendered
from connector.commerce.placing import Options, Result, module_missing
from connector.domain.translation import CommerceAddress, CommerceOrder
from connector.errors import GiveUpOnOrder
from connector.http import shaped


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
        "seller_central_url": options.seller_central(order.amazon_order_id),
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
