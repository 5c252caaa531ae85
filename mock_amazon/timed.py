"""What the mock does by itself once its clock gets there, by the kind of the work."""

from __future__ import annotations

from collections.abc import Mapping

from mock_amazon.feeds import queue as feeds
from mock_amazon.notifications.deliveries import deliver
from mock_amazon.notifications.publishing import DELIVERY
from mock_amazon.ordering import living
from mock_amazon.reports import queue as reports
from simkit.agenda import Handler

HANDLERS: Mapping[str, Handler] = {
    **living.HANDLERS,
    DELIVERY: deliver,
    "feeds_begin": feeds.begin,
    "feeds_end": feeds.end,
    "reports_begin": reports.begin,
    "reports_end": reports.end,
    reports.SCHEDULED: reports.fire,
}
