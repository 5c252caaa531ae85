"""The control verbs about notifications: where they go and how well, and queues of the mock's own."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields, validate
from sqlalchemy import select

from mock_amazon.models import Destination, Notification, db
from mock_amazon.notifications.deliveries import pull, redirect, sqs
from mock_amazon.notifications.deliveries.targets import UnusableTarget, target_of
from mock_amazon.notifications.shown import destination_json, message_json, notification_json
from mock_amazon.wire.wish_fields import Span
from simkit.checking import wish_of, word
from simkit.control import BadControl
from simkit.simulation import simulation

_LONGEST_WAIT = 14
"""Days: SQS forgets a message after two weeks."""


def _target(text: str) -> None:
    try:
        target = target_of(text)
    except UnusableTarget as error:
        raise ValidationError(str(error)) from None
    if target.kind == "sqs" and not sqs.is_there():
        raise ValidationError(sqs.MISSING)


class DeliveryWish(Schema):
    destination = fields.String(required=True, validate=validate.Length(1, 1000))
    to = fields.String(validate=[validate.Length(1, 2000), _target])
    delay = Span(_LONGEST_WAIT)
    duplicates = word("on", "off")
    reorder = word("on", "off")


class ReceiveWish(Schema):
    destination = fields.String(required=True, validate=validate.Length(1, 1000))
    most = fields.Integer(strict=True, load_default=10, validate=validate.Range(1, 10))
    visibility = Span(_LONGEST_WAIT, load_default=timedelta(seconds=30))


_delivery_wish, _receive_wish = DeliveryWish(), ReceiveWish()


def add_to(bp: Blueprint) -> None:
    bp.post("/notifications/deliveries")(_set_delivery)
    bp.get("/notifications/messages")(_list)
    bp.post("/notifications/messages/receive")(_receive)
    bp.delete("/notifications/messages/<receipt>")(_delete)


def _set_delivery() -> ResponseReturnValue:
    wish = wish_of(_delivery_wish)
    destination = _named(wish["destination"])
    if "delay" in wish:
        destination.delay = wish["delay"].total_seconds()
    for switch in ("duplicates", "reorder"):
        if switch in wish:
            setattr(destination, switch, wish[switch] == "on")
    if "to" in wish:
        redirect(destination, wish["to"])
    db.session.commit()
    simulation().agenda.run_due()
    return jsonify(destination_json(_named(wish["destination"])))


def _list() -> ResponseReturnValue:
    destination = _named(request.args.get("destination", ""))
    published = select(Notification).where(Notification.destination_key == destination.id)
    found = db.session.scalars(published.order_by(Notification.id))
    return jsonify(notifications=[notification_json(each) for each in found])


def _receive() -> ResponseReturnValue:
    wish = wish_of(_receive_wish)
    messages = pull.receive(_named(wish["destination"]), wish["most"], wish["visibility"])
    db.session.commit()
    return jsonify(messages=[message_json(each) for each in messages])


def _delete(receipt: str) -> ResponseReturnValue:
    if not pull.remove(receipt):
        raise BadControl(f"no message was last received with receipt {receipt!r}", 404)
    db.session.commit()
    return "", 204


def _named(name: str) -> Destination:
    """The destination of that id or address; the oldest where applications share an address."""
    name = name.replace("\x00", "")
    known = (Destination.destination_id == name) | (Destination.address == name)
    destination = db.session.scalar(select(Destination).where(known).order_by(Destination.id).limit(1))
    if destination is None:
        addresses = ", ".join(db.session.scalars(select(Destination.address).order_by(Destination.id)))
        raise BadControl(f"there is no destination {name!r}: there are {addresses or 'none'}", 404)
    return destination
