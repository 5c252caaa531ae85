"""Notifications v1: destinations, subscriptions and test notifications."""

from __future__ import annotations

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from mock_amazon.access.auth import admit, admit_grantless, caller, client_id
from mock_amazon.errors import AccessDenied, InvalidInput, NotFound
from mock_amazon.models import db
from mock_amazon.notifications import publishing, subscribing
from mock_amazon.notifications.types import SENT
from mock_amazon.wire.notifications import (
    checked_type,
    destination_json,
    read_destination,
    read_subscription,
    read_test,
    subscription_json,
    test_refused,
    version_asked,
)
from mock_amazon.wire.subscription_pages import next_page, read_page
from simkit.simulation import operation

_EITHER = frozenset({"getSubscriptionById", "deleteSubscriptionById"})
"""Grantless by the model; python-amazon-sp-api sends a seller's token (selling-partner-api-docs#1850)."""


def _admit() -> None:
    try:
        admit_grantless()
    except AccessDenied:
        if g.operation not in _EITHER:
            raise
        admit()


bp = Blueprint("notifications", __name__, url_prefix="/notifications/v1")
bp.before_request(_admit)


@bp.post("/destinations")
@operation("createDestination")
def create_destination() -> ResponseReturnValue:
    """createDestination: name a queue or an event bus that is to receive notifications."""
    destination = subscribing.make_destination(client_id(), *read_destination(request.get_data()))
    db.session.commit()
    return jsonify(payload=destination_json(destination))


@bp.get("/destinations")
@operation("getDestinations")
def get_destinations() -> ResponseReturnValue:
    """getDestinations: all destinations of the application."""
    return jsonify(payload=[destination_json(each) for each in subscribing.destinations_of(client_id())])


@bp.get("/destinations/<destination_id>")
@operation("getDestination")
def get_destination(destination_id: str) -> ResponseReturnValue:
    """getDestination: one of them."""
    return jsonify(payload=destination_json(subscribing.destination_of(client_id(), destination_id)))


@bp.delete("/destinations/<destination_id>")
@operation("deleteDestination")
def delete_destination(destination_id: str) -> ResponseReturnValue:
    """deleteDestination: forget one that nothing is subscribed to."""
    subscribing.drop_destination(subscribing.destination_of(client_id(), destination_id))
    db.session.commit()
    return jsonify({})


@bp.post("/subscriptions/<kind>")
@operation("createSubscription")
def create_subscription(kind: str) -> ResponseReturnValue:
    """createSubscription: have notifications of a type and seller sent to a destination."""
    who = caller()
    by_marketplace = "order_change_without_marketplaces" not in who.account.quirks
    wish = read_subscription(request.get_data(), checked_type(kind), by_marketplace=by_marketplace)
    subscription = subscribing.subscribe(who.client_id, who.seller_id, kind, wish)
    db.session.commit()
    return jsonify(payload=subscription_json(subscription))


@bp.get("/subscriptions/<kind>")
@operation("getSubscription")
def get_subscription(kind: str) -> ResponseReturnValue:
    """getSubscription: the seller's subscription of a type, of the latest payload version unless told."""
    who, version = caller(), version_asked(request.args)
    found = subscribing.latest_subscription(who.client_id, who.seller_id, checked_type(kind), version)
    return jsonify(payload=subscription_json(found))


@bp.get("/subscriptions")
@operation("getSubscriptions")
def get_subscriptions() -> ResponseReturnValue:
    """getSubscriptions: all of the seller's subscriptions of a type, in pages."""
    who = caller()
    asked = read_page(request.args, who.client_id, who.seller_id)
    found = subscribing.subscriptions_of(
        who.client_id, who.seller_id, asked.kind, asked.version, after=asked.after
    )
    page = found[: asked.page_size]
    payload: dict[str, object] = {"subscriptions": [subscription_json(each) for each in page]}
    if len(found) > len(page):
        payload["nextToken"] = next_page(asked, page[-1].id, who.client_id, who.seller_id)
    return jsonify(payload=payload)


@bp.get("/subscriptions/<kind>/<subscription_id>")
@operation("getSubscriptionById")
def get_subscription_by_id(kind: str, subscription_id: str) -> ResponseReturnValue:
    """getSubscriptionById: any subscription of the application."""
    found = subscribing.subscription_of(client_id(), checked_type(kind), subscription_id)
    return jsonify(payload=subscription_json(found))


@bp.delete("/subscriptions/<kind>/<subscription_id>")
@operation("deleteSubscriptionById")
def delete_subscription_by_id(kind: str, subscription_id: str) -> ResponseReturnValue:
    """deleteSubscriptionById: send no more notifications for it."""
    found = subscribing.subscription_of(client_id(), checked_type(kind), subscription_id)
    subscribing.unsubscribe(found)
    db.session.commit()
    return jsonify({})


@bp.post("/subscriptions/<kind>/testNotification")
@operation("sendTestNotification")
def send_test_notification(kind: str) -> ResponseReturnValue:
    """sendTestNotification: send a made-up notification to a destination."""
    if checked_type(kind) not in SENT:
        raise InvalidInput("InvalidInput", f"There is no test notification of type {kind}")
    try:
        destination = subscribing.destination_of(client_id(), read_test(request.get_data()))
    except NotFound:
        raise test_refused() from None
    publishing.send_test(destination)
    db.session.commit()
    return jsonify({})
