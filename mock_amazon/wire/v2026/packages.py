"""The block PACKAGES: what the merchant sent, and what Amazon Easy Ship is to fetch."""

from __future__ import annotations

from mock_amazon.models import Order, Package
from mock_amazon.moments import written
from mock_amazon.ordering.fact_words import EASY_SHIP_PACKAGE, upper
from mock_amazon.wire.present import Json, present
from mock_amazon.wire.v2026.people import merchant_address


def packages(order: Order) -> list[Json] | None:
    if order.by_amazon:
        return None
    if order.easy_ship and not order.packages:
        # The status of Easy Ship stands with a package, also while nothing has left.
        return [{"packageReferenceId": "1", "packageStatus": _easy_ship(order.easy_ship)}]
    return [_package(order, package) for package in order.packages]


def _package(order: Order, package: Package) -> Json:
    status = _easy_ship(order.easy_ship) if order.easy_ship else {"status": package.status}
    return present(
        packageReferenceId=package.reference,
        createdTime=written(package.created),
        packageStatus=status,
        carrier=package.carrier,
        shipTime=written(package.ship_date),
        shippingService=package.shipping_method,
        trackingNumber=package.tracking,
        shipFromAddress=merchant_address(order.facts.get("ship_from", {})),
        packageItems=[
            present(
                orderItemId=content.order_item_id,
                quantity=content.quantity,
                transparencyCodes=content.transparency_codes,
            )
            for content in package.contents
        ],
    )


def _easy_ship(status: str) -> Json:
    return {"status": EASY_SHIP_PACKAGE.get(status, "IN_TRANSIT"), "detailedStatus": upper(status)}
