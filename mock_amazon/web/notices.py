"""Notifications: where they go, who subscribed, and what was published. Only to look at."""

from __future__ import annotations

from flask import Blueprint, render_template
from sqlalchemy import select

from mock_amazon.models import Notification, db
from mock_amazon.notifications.shown import notification_json, notifications_json

MOST = 100
"""So many notifications are shown, the newest."""


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/notifications", "notices", _notices)


def _notices() -> str:
    newest = db.session.scalars(select(Notification).order_by(Notification.id.desc()).limit(MOST))
    return render_template(
        "seller_central/notices.html",
        **notifications_json(),
        notifications=[notification_json(each) for each in newest],
        colours={"delivered": "success", "failed": "danger", "withdrawn": "secondary"},
        most=MOST,
    )
