"""Regulated orders of Orders v0: what the buyer told, and its verification. They stay when v0 reads go."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from mock_amazon.access.auth import admit, caller
from mock_amazon.access.restricted import REGULATED
from mock_amazon.errors import AccessDenied, InvalidInput, NotFound
from mock_amazon.models import Order, RegulatedOrder, db
from mock_amazon.ordering import orders
from mock_amazon.ordering.lifecycle import CancelledBy
from mock_amazon.ordering.regulated import Verification, judge, regulated_half
from mock_amazon.wire.order_ids import checked_order_id
from mock_amazon.wire.regulated import shown
from mock_amazon.wire.verification import read_verdict
from simkit.simulation import operation

bp = Blueprint("regulated_orders", __name__, url_prefix="/orders/v0/orders")
bp.before_request(admit)


@bp.get("/<order_id>/regulatedInfo")
@operation("getOrderRegulatedInfo")
def get_order_regulated_info(order_id: str) -> ResponseReturnValue:
    """getOrderRegulatedInfo: what the buyer told, and how its verification stands."""
    order, half = _found(order_id)
    personal = REGULATED in caller().elements
    return jsonify(payload=shown(order.amazon_order_id, half, personal=personal))


@bp.patch("/<order_id>/regulatedInfo")
@operation("updateVerificationStatus")
def update_verification_status(order_id: str) -> Response:
    """updateVerificationStatus: approve or reject it; an order that is rejected is cancelled."""
    if REGULATED not in caller().may:
        raise AccessDenied("The application has no role for regulated orders.")
    order, half = _found(order_id)
    verdict = read_verdict(request.get_data(), half)
    judge(half, verdict)
    if verdict.status is Verification.REJECTED:
        orders.cancel(order, by=CancelledBy.MERCHANT)
    db.session.commit()
    return Response(status=204, mimetype="application/json")


def _found(order_id: str) -> tuple[Order, RegulatedOrder]:
    order = orders.find(checked_order_id(order_id), caller().seller_id)
    if order is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no order {order_id}.")
    half = regulated_half(order)
    if half is None:
        raise InvalidInput("Invalid Input", f"Order {order_id} has no regulated items.")
    return order, half
