"""Adobe Commerce as its REST clients see it: a shop with a catalogue, stock and orders, and its rules."""

from __future__ import annotations

import functools

from flask import Flask

from mock_commerce import (
    kept,
    orders_in_call,
    state,
    web,
)
from mock_commerce.api import (
    attributes,
    bulk,
    bulk_sources,
    bundles,
    carts,
    checkout,
    configurables,
    creditmemos,
    customer_groups,
    customers,
    directory,
    documents,
    inventory,
    invoices,
    legacy_stock,
    my_account,
    order_parts,
    orders,
    prices,
    products,
    salability,
    shipments,
    source_selection,
    sources,
    stocks,
    store,
    tokens,
)
from mock_commerce.config import settings
from mock_commerce.control import switches, verbs
from mock_commerce.cron import jobs, schedule
from mock_commerce.models import Base, agenda, counters, db
from mock_commerce.modules import amazon_sales_channel
from mock_commerce.populate import populate
from mock_commerce.search import regexps
from mock_commerce.webapi import error_answers, rest
from mock_commerce.webhooks import events, sending
from simkit.outgoing import Outgoing
from simkit.program import ServerConfig
from simkit.simulation import Simulation, Vendor

SECTIONS = (
    *(tokens, store, directory, customers, my_account, customer_groups, carts, checkout),
    *(products, legacy_stock, configurables, bundles, prices, attributes),
    *(inventory, salability, sources, stocks, bulk_sources, source_selection),
    *(orders, order_parts, documents, shipments, invoices, creditmemos, bulk),
)


def create_app(config: ServerConfig) -> Flask:
    """The server, with its tables and defaults in place."""
    app = Flask(__name__)
    app.config.from_mapping(config.flask_config("commerce"))
    # Errors of the database quote their values otherwise: buyers' names would stand in the log.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"].setdefault("hide_parameters", True)
    rest.init_app(app)
    error_answers.init_app(app)
    for part in SECTIONS:
        app.register_blueprint(part.bp)
    app.register_blueprint(bulk.calls)
    amazon_sales_channel.init_app(app)
    web.init_app(app, config.clock)
    if config.control:
        app.register_blueprint(verbs.blueprint())
    db.init_app(app)
    app.after_request(sending.send_now)
    app.after_request(kept.forget_after)
    wish = dict(config.settings)
    vendor = Vendor(
        name="commerce",
        populate=functools.partial(populate, wish),
        state=state.state,
        error=error_answers.planned_error,
        orders=orders_in_call.order_numbers,
        volatile={
            kept.KEPT: kept.Kept(),
            settings.KNOWN: settings.Known(),
            sending.OUTGOING: Outgoing(),
        },
        settle=sending.write_down,
        timed={schedule.KIND: jobs.run, events.KIND: sending.run},
    )
    with app.app_context():
        regexps.install(db.engine)
    Simulation(vendor, config.clock, config.seed).init_app(app, db, Base.metadata, counters, agenda)
    with app.app_context():
        switches.start_with(wish)  # a world that is continued has others
        jobs.resume()
    return app
