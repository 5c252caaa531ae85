"""Amazon Seller Central: a stateful Selling Partner API.

``create_app`` is the table of contents of the server.
"""

from __future__ import annotations

from flask import Flask

from mock_amazon import defaults, errors, headers, web
from mock_amazon.access.throttle import Buckets
from mock_amazon.api.sections import SECTIONS
from mock_amazon.control.verbs import amazon_control
from mock_amazon.models import Base, agenda, counters, db
from mock_amazon.notifications import deliveries
from mock_amazon.ordering.mentions import mentioned_orders
from mock_amazon.sandbox import serving
from mock_amazon.sandbox.reading import SandboxModels
from mock_amazon.state import state
from mock_amazon.timed import HANDLERS
from simkit.outgoing import Outgoing
from simkit.program import ServerConfig
from simkit.simulation import Simulation, Vendor


def create_app(config: ServerConfig, sandbox: SandboxModels | None = None) -> Flask:
    """A new server on the configured database; an empty one gets the defaults.

    With models of a sandbox it answers their static cases too.
    """
    app = Flask("mock_amazon", static_folder=None)
    app.config.update(config.flask_config("amazon"))
    # Errors of the database quote their values otherwise: buyers' names would stand in the log.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"].setdefault("hide_parameters", True)
    app.url_map.merge_slashes = False  # else a doubled slash is answered with a page that redirects
    db.init_app(app)
    vendor = Vendor(
        name="amazon",
        populate=defaults.populate,
        state=state,
        error=errors.answer,
        orders=mentioned_orders,
        volatile={
            "buckets": Buckets(),
            "request_ids": headers.RequestIds(),
            deliveries.OUTGOING: Outgoing(),
        },
        settle=deliveries.write_down,
        timed=dict(HANDLERS),
    )
    errors.init_app(app)
    headers.init_app(app)
    Simulation(vendor, config.clock, config.seed).init_app(app, db, Base.metadata, counters, agenda)
    for section in SECTIONS:
        app.register_blueprint(section.bp)
    if config.control:
        app.register_blueprint(amazon_control())
    if sandbox is not None:
        serving.init_app(app, sandbox)
    web.init_app(app, config)
    return app
