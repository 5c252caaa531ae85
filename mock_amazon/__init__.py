"""Amazon Seller Central: a stateful Selling Partner API.

``create_app`` is the table of contents of the server.
"""

from __future__ import annotations

from flask import Flask

from mock_amazon import defaults, errors, headers, web
from mock_amazon.api import documents as documents_api
from mock_amazon.api import feeds as feeds_api
from mock_amazon.api import (
    orders_2026,
    orders_v0,
    report_schedules,
    restricted_tokens,
    sellers,
    shipments,
    tokens,
)
from mock_amazon.api import reports as reports_api
from mock_amazon.control import amazon_control
from mock_amazon.feeds import queue as feed_queue
from mock_amazon.mentions import mentioned_orders
from mock_amazon.models import Base, agenda, counters, db
from mock_amazon.reports import queue as report_queue
from mock_amazon.state import state
from mock_amazon.throttle import Buckets
from simkit.program import ServerConfig
from simkit.simulation import Simulation, Vendor


def create_app(config: ServerConfig) -> Flask:
    """A new server on the configured database; an empty one gets the defaults."""
    app = Flask("mock_amazon", static_folder=None)
    app.config.update(config.flask_config("amazon"))
    db.init_app(app)
    ids = headers.RequestIds()
    vendor = Vendor(
        name="amazon",
        populate=defaults.populate,
        state=state,
        error=errors.answer,
        orders=mentioned_orders,
        volatile={"buckets": Buckets(), "request_ids": ids},
        timed={
            "feeds_begin": feed_queue.begin,
            "feeds_end": feed_queue.end,
            "reports_begin": report_queue.begin,
            "reports_end": report_queue.end,
            report_queue.SCHEDULED: report_queue.fire,
        },
    )
    errors.init_app(app)
    headers.init_app(app, ids)
    Simulation(vendor, config.clock, config.seed).init_app(app, db, Base.metadata, counters, agenda)
    for section in (tokens, restricted_tokens, sellers, orders_2026, orders_v0, shipments):
        app.register_blueprint(section.bp)
    for section in (documents_api, feeds_api, reports_api, report_schedules):
        app.register_blueprint(section.bp)
    if config.control:
        app.register_blueprint(amazon_control())
    web.init_app(app, config)
    return app
