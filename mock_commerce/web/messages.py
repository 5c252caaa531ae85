"""The system messages above every page of the Admin."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g
from sqlalchemy import func, select

from mock_commerce.access import tokens
from mock_commerce.config import settings
from mock_commerce.cron.schedule import RUNNING
from mock_commerce.models import Bulk, Operation, db
from mock_commerce.modules.amazon_sales_channel.api import MESSAGE

CRITICAL, MAJOR, NOTICE = "critical", "major", "notice"
CRON_STOPPED = "One or more indexers are invalid. Make sure your Magento cron job is running."


@dataclass(frozen=True)
class SystemMessage:
    severity: str
    text: str


def system_messages() -> list[SystemMessage]:
    """That of a module which is off is not shown."""
    found = []
    config = settings.current()
    if config.module_enabled and (text := settings.read(MESSAGE)):
        found.append(SystemMessage(CRITICAL, str(text)))
    if config.cron != RUNNING:
        found.append(SystemMessage(MAJOR, CRON_STOPPED))
    return [*found, *_own_tasks()]


def _own_tasks() -> list[SystemMessage]:
    """Bulks of the administrator that still have something to do."""
    admin = g.get("admin")
    if admin is None:
        return []
    query = (
        select(Bulk.description, func.count())
        .join(Bulk.operations)
        .where(Operation.executed_at.is_(None))
        .where(Bulk.user_type == tokens.ADMIN, Bulk.user_id == admin.user_id)
        .group_by(Bulk.id)
        .order_by(Bulk.id)
    )
    return [
        SystemMessage(NOTICE, f'Task "{task}": {number} item(s) have been scheduled for update.')
        for task, number in db.session.execute(query)
    ]
