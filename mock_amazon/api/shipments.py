"""The part of Orders v0 that stays when its reads are gone: confirmShipment and updateShipmentStatus."""

from __future__ import annotations

from flask import Blueprint, Response, request

from mock_amazon.access.auth import admit, caller
from mock_amazon.errors import NOT_VALID, InvalidInput, NotFound
from mock_amazon.models import Order, db
from mock_amazon.ordering import orders
from mock_amazon.ordering.fact_words import SHIP_PLUS
from mock_amazon.ordering.lifecycle import AlreadyFulfilled, NotAllowed, UnknownItem
from mock_amazon.ordering.pickup import tell
from mock_amazon.wire.confirmation import Confirmation, read_confirmation
from mock_amazon.wire.order_ids import checked_order_id
from mock_amazon.wire.shipment_status import read_shipment_status
from simkit.simulation import operation

bp = Blueprint("shipments", __name__, url_prefix="/orders/v0/orders")
bp.before_request(admit)


@bp.post("/<order_id>/shipmentConfirmation")
@operation("confirmShipment")
def confirm_shipment(order_id: str) -> Response:
    """confirmShipment: tell Amazon of a package; the same reference again corrects it."""
    confirmation = read_confirmation(request.get_data())
    order = _order(order_id, confirmation.marketplace_id)
    if order.by_amazon:
        raise InvalidInput(NOT_VALID, "Orders that Amazon fulfils cannot be confirmed.")
    if order.ship_plus:
        raise InvalidInput(NOT_VALID, f"Orders of {SHIP_PLUS} are confirmed by Amazon.")
    _put(order, confirmation)
    db.session.commit()
    return Response(status=204, mimetype="application/json")


@bp.post("/<order_id>/shipment")
@operation("updateShipmentStatus")
def update_shipment_status(order_id: str) -> Response:
    """updateShipmentStatus: what became of an order that the buyer picks up in a store."""
    told = read_shipment_status(request.get_data())
    order = _order(order_id, told.marketplace_id)
    try:
        tell(order, told)
    except UnknownItem as error:
        raise _unknown_item(error) from None
    except NotAllowed as error:
        raise InvalidInput(NOT_VALID, str(error)) from None
    db.session.commit()
    return Response(status=204, mimetype="application/json")


def _order(order_id: str, marketplace_id: str) -> Order:
    order = orders.find(checked_order_id(order_id), caller().seller_id)
    if order is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no order {order_id}.")
    if marketplace_id != order.marketplace_id:
        raise InvalidInput(NOT_VALID, "marketplaceId is not the marketplace of the order.")
    return order


def _unknown_item(error: UnknownItem) -> InvalidInput:
    return InvalidInput(
        f"OrderItemId {error.item_id} is invalid, please obtain the value through the "
        "getOrderItems API or Manage Orders page"
    )


def _put(order: Order, confirmation: Confirmation) -> None:
    try:
        orders.put_package(
            order,
            confirmation.reference,
            confirmation.contents,
            carrier=confirmation.carrier,
            tracking=confirmation.tracking,
            shipped_at=confirmation.shipped_at,
            method=confirmation.method,
            codes=confirmation.codes,
        )
    except UnknownItem as error:
        raise _unknown_item(error) from None
    except AlreadyFulfilled:
        raise InvalidInput(
            "Failed to create package due to not finding a matching package or order already fulfilled. "
            "ErrorMessage(errorCode=GeneralError, errorDescription=Unable to find package to update "
            "for order (), errorMetric=PackageToUpdateNotFound, packageIndex=null)"
        ) from None
    except NotAllowed as error:
        raise InvalidInput(NOT_VALID, str(error)) from None
