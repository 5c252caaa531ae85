"""The Admin: Commerce's pages for the people of a shop. What they do goes the same ways as the REST API.

They are no operations of the vendor's API: neither journal nor faults know them.
"""

from __future__ import annotations

from flask import Flask, got_request_exception

from mock_commerce.web import (
    account,
    customers,
    grid,
    order,
    paper_grids,
    paper_views,
    papers,
    product,
    section,
    stocks,
    system,
    tasks,
    words,
)
from simkit import pages
from simkit.clock import VirtualClock


def init_app(app: Flask, clock: VirtualClock) -> None:
    pages.init_app(app, "commerce", clock)
    app.jinja_env.filters.update(words.FILTERS)
    parts = (grid, order, papers, paper_grids, paper_views, product, customers, stocks, tasks)
    for part in (account, *parts, system):
        app.register_blueprint(part.bp)
    app.get("/")(account.root)
    got_request_exception.connect(section.take_back, app)
