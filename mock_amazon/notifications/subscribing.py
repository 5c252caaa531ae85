"""Destinations and subscriptions of an application: made, found, taken away. The caller commits.

The words of the refusals are those of amzn/selling-partner-api-docs#1564, #1800, #2072, #3448 and
jrl84/amazon-sp-api#98, but for the details of what is not found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from mock_amazon.errors import Conflict, Forbidden, InvalidInput, NotFound
from mock_amazon.models import Destination, Notification, QueuedMessage, Subscription, db
from mock_amazon.notifications.publishing import new_id, withdraw

UNREADABLE = "Request has missing or invalid parameters and cannot be parsed."
_GONE = "The requested resource doesn't exist."
_ID = re.compile(r"[0-9a-f-]{36}")


def destinations_of(client_id: str) -> Sequence[Destination]:
    return db.session.scalars(
        select(Destination).where(Destination.client_id == client_id).order_by(Destination.id)
    ).all()


def destination_of(client_id: str, destination_id: str) -> Destination:
    """Raises NotFound."""
    found = _destination(client_id, destination_id)
    if found is None:
        raise NotFound(_GONE, f"No destination with id {destination_id} for applicationId {client_id}")
    return found


def _destination(client_id: str, destination_id: str) -> Destination | None:
    if not _ID.fullmatch(destination_id):
        return None
    return db.session.scalar(
        select(Destination).where(
            Destination.client_id == client_id, Destination.destination_id == destination_id
        )
    )


def make_destination(client_id: str, name: str, resource: dict[str, dict[str, str]]) -> Destination:
    """Raises Conflict: a queue, or an AWS account's event bus, is one destination of an application."""
    if "sqs" in resource:
        address = resource["sqs"]["arn"]
        known_as = f"arn {address}"
    else:
        bus = resource["eventBridge"]
        address = f"aws.partner/sellingpartnerapi.amazon.com/{bus['accountId']}/{client_id}"
        resource = {"eventBridge": {"name": address, **bus}}
        known_as = f"accountId {bus['accountId']}"
    same = select(Destination.id).where(Destination.client_id == client_id, Destination.address == address)
    if db.session.scalar(same) is not None:
        raise Conflict(
            "The requested resource conflict with a resource in the server.",
            f"A destination with {known_as} already exists for the application {client_id}",
        )
    destination = Destination(
        destination_id=new_id("destination"),
        client_id=client_id,
        name=name,
        address=address,
        resource=resource,
    )
    db.session.add(destination)
    return destination


def drop_destination(destination: Destination) -> None:
    """Take it away with everything that was published to it.

    Raises Forbidden while something is subscribed to it.
    """
    used = select(Subscription.id).where(Subscription.destination_key == destination.id).limit(1)
    if db.session.scalar(used) is not None:
        raise Forbidden("The requested action is forbidden.", "Destination has subscriptions")
    for table in (QueuedMessage, Notification):
        db.session.execute(delete(table).where(table.destination_key == destination.id))
    db.session.delete(destination)


def subscribe(client_id: str, seller_id: str, kind: str, wish: dict[str, Any]) -> Subscription:
    """Raises InvalidInput for an unknown destination, Conflict where there is such a subscription."""
    destination = _destination(client_id, wish["destination_id"])
    if destination is None:
        details = f"No destination with id {wish['destination_id']} for applicationId {client_id}"
        raise InvalidInput(UNREADABLE, details)
    version = wish["payload_version"]
    if any(known.payload_version == version for known in subscriptions_of(client_id, seller_id, kind)):
        raise Conflict(
            "The resource specified conflicts with the current state.",
            f"Subscription already exist for notification type {kind}",
            code="StateConflict",
        )
    subscription = Subscription(
        subscription_id=new_id("subscription"),
        client_id=client_id,
        seller_id=seller_id,
        notification_type=kind,
        payload_version=version,
        destination=destination,
        directive=wish["directive"],
    )
    db.session.add(subscription)
    return subscription


def subscriptions_of(
    client_id: str, seller_id: str, kind: str, version: str | None = None, *, after: int = 0
) -> Sequence[Subscription]:
    """An application's subscriptions to events of a seller, oldest first."""
    statement = select(Subscription).where(
        Subscription.client_id == client_id,
        Subscription.seller_id == seller_id,
        Subscription.notification_type == kind,
        Subscription.id > after,
    )
    if version is not None:
        statement = statement.where(Subscription.payload_version == version)
    return db.session.scalars(statement.order_by(Subscription.id)).all()


def latest_subscription(client_id: str, seller_id: str, kind: str, version: str | None) -> Subscription:
    """That of the version, or of the latest one.

    Raises NotFound.
    """
    found = subscriptions_of(client_id, seller_id, kind, version)
    if not found:
        raise NotFound(_GONE, f"No subscription found for notification type {kind}")
    return max(found, key=lambda each: [int(part) for part in re.findall(r"\d+", each.payload_version)])


def subscription_of(client_id: str, kind: str, subscription_id: str) -> Subscription:
    """Any subscription of the application, whichever seller it is of.

    Raises NotFound.
    """
    statement = select(Subscription).where(
        Subscription.client_id == client_id,
        Subscription.notification_type == kind,
        Subscription.subscription_id == subscription_id,
    )
    found = db.session.scalar(statement) if _ID.fullmatch(subscription_id) else None
    if found is None:
        details = f"No subscription with id {subscription_id} for notification type {kind}"
        raise NotFound(_GONE, details)
    return found


def unsubscribe(subscription: Subscription) -> None:
    withdraw(subscription)
    db.session.delete(subscription)
