"""Seller Central: the pages on which a person sees and steers what the mock keeps. No part of any API.

They use the same functions as the control API, so both follow the same rules.
"""

from __future__ import annotations

from flask import Flask

from mock_amazon.web import (
    actions,
    apps,
    consent,
    guard,
    inventory,
    jobs,
    listing,
    new_order,
    notices,
    order_page,
)
from simkit import pages
from simkit.program import ServerConfig

NAME = "seller_central"


def init_app(app: Flask, config: ServerConfig) -> None:
    """Add the pages; without the control API they only show."""
    pages.init_app(app, "amazon", config.clock)
    bp = pages.blueprint(
        NAME,
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/orders-v3/static",
    )
    bp.before_request(guard.check)
    bp.context_processor(lambda: {"layout": "seller_central/frame.html", "may_change": config.control})
    for section in (listing, new_order, order_page, actions, inventory, jobs, notices, apps, consent):
        section.add_to(bp)
    app.register_blueprint(bp)
