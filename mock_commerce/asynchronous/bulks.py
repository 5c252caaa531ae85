"""Accepting calls: what they are kept as, and what the caller is told."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import g
from sqlalchemy import func, select

from mock_commerce.access.callers import caller
from mock_commerce.asynchronous import calls
from mock_commerce.asynchronous.calls import Call
from mock_commerce.asynchronous.routes import Route
from mock_commerce.asynchronous.status import OPEN
from mock_commerce.config.settings import current
from mock_commerce.cron import schedule
from mock_commerce.errors import ArgumentRequired, ListTooLong, NoSuchEntity
from mock_commerce.models import Bulk, Operation, db
from mock_commerce.wire.values import time
from simkit import jsons
from simkit.simulation import simulation

MOST_ITEMS = 10_000
"""Of one bulk; ours: a body of nothing but empty objects would keep everybody waiting for hours."""


def accept_one(route: Route, address: dict[str, str], body: Mapping[str, Any]) -> dict[str, Any]:
    """Keep one call for later, and commit.

    Raises CommerceError for what cannot be read.
    """
    return _accept(route, {0: _call(route, address, dict(body))})


def accept_all(route: Route, items: Any) -> dict[str, Any]:
    """Keep each item of a list for later, and commit; elements that are no objects are passed over.

    Raises CommerceError for what cannot be read; then nothing is kept.
    """
    if isinstance(items, dict):
        if items:
            raise ArgumentRequired(next(iter(items)))
        items = []
    if not isinstance(items, list):
        items = []
    if len(items) > MOST_ITEMS:
        raise ListTooLong(route.topic, MOST_ITEMS)
    made = {
        key: _call(route, route.address_in(item), route.without_address(item))
        for key, item in enumerate(items)
        if isinstance(item, dict)
    }
    return _accept(route, made)


def _call(route: Route, address: dict[str, str], body: dict[str, Any]) -> Call:
    return Call(route.method, route.endpoint, address, body, caller(), g.store_id, route.topic)


def _accept(route: Route, made: Mapping[int, Call]) -> dict[str, Any]:
    for call in made.values():
        calls.rehearse(call)
    who, now = caller(), simulation().now()
    bulk = Bulk(
        uuid=_new_uuid(),
        user_type=who.user_type,
        user_id=who.user_id,
        resources=list(who.resources),
        store_id=g.store_id,
        description=f"Topic {route.topic}",
        start_time=now,
        operation_count=len(made),
    )
    bulk.operations = [_operation(route, bulk, key, call) for key, call in made.items()]
    db.session.add(bulk)
    if made:
        schedule.want(schedule.CONSUMERS)
    db.session.commit()
    return {
        "bulk_uuid": bulk.uuid,
        "request_items": [_accepted(operation) for operation in bulk.operations],
        "errors": False,
    }


def _new_uuid() -> str:
    return str(uuid.UUID(simulation().ids.token("bulk"), version=4))


def _operation(route: Route, bulk: Bulk, key: int, call: Call) -> Operation:
    meta = {**call.body, **route.named(call.address)}
    data = {
        "entity_id": None,
        "entity_link": "",
        "meta_information": jsons.dump(meta).decode(),
        "store_id": call.store_id,
    }
    return Operation(
        operation_key=key,
        topic_name=route.topic,
        method=call.method,
        endpoint=call.endpoint,
        implementation=route.service.implementation,
        address=call.address,
        body=call.body,
        serialized_data=jsons.dump(data).decode(),
        status=OPEN,
        start_time=bulk.start_time,
    )


def _accepted(operation: Operation) -> dict[str, Any]:
    digest = hashlib.sha256((operation.serialized_data or "").encode()).hexdigest()
    return {"id": operation.operation_key, "data_hash": digest, "status": "accepted"}


def find(bulk_uuid: str) -> Bulk:
    """Raises NoSuchEntity."""
    bulk = db.session.scalar(select(Bulk).where(Bulk.uuid == bulk_uuid))
    if bulk is None:
        raise NoSuchEntity("Bulk uuid %bulkUuid not exist", {"bulkUuid": bulk_uuid})
    return bulk


def count(bulk_uuid: str, status: int) -> int:
    """How many operations of a bulk have that status; 0 for a bulk that is not known."""
    query = select(func.count()).where(Operation.bulk_uuid == bulk_uuid, Operation.status == status)
    return db.session.scalar(query) or 0


def counts(bulk_uuids: Sequence[str]) -> dict[str, Counter[int]]:
    """Numbers of operations by status, for each of those bulks."""
    found: dict[str, Counter[int]] = {one: Counter() for one in bulk_uuids}
    query = select(Operation.bulk_uuid, Operation.status, func.count())
    query = query.where(Operation.bulk_uuid.in_(bulk_uuids))
    for bulk_uuid, status, number in db.session.execute(
        query.group_by(Operation.bulk_uuid, Operation.status)
    ):
        found[bulk_uuid][status] = number
    return found


def bulk_document(bulk: Bulk, operations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "operations_list": operations,
        "user_type": bulk.user_type,
        "bulk_id": bulk.uuid,
        "description": bulk.description,
        "start_time": time(bulk.start_time),
        "user_id": bulk.user_id or None,
        "operation_count": bulk.operation_count,
    }


def short(operation: Operation) -> dict[str, Any]:
    """An operation without its data."""
    has_table_ids = current().has("operation_table_ids")
    return {
        "id": operation.id if has_table_ids else operation.operation_key,
        "status": operation.status,
        "result_message": operation.result_message,
        "error_code": operation.error_code,
    }


def detailed(operation: Operation) -> dict[str, Any]:
    brief = short(operation)
    return {
        "id": brief.pop("id"),
        "bulk_uuid": operation.bulk_uuid,
        "topic_name": operation.topic_name,
        "serialized_data": operation.serialized_data,
        "result_serialized_data": operation.result_serialized_data,
        **brief,
    }


def listed(operation: Operation) -> dict[str, Any]:
    """An operation in the list of all bulks."""
    extension = {"start_time": time(operation.start_time)}
    return {"extension_attributes": extension, **detailed(operation)}
