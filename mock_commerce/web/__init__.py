"""The Admin: Commerce's pages for the people of a shop. What they do goes the same ways as the REST API.

They are no operations of the vendor's API: neither journal nor faults know them.
"""

from __future__ import annotations

from flask import Flask, got_request_exception

from mock_commerce.web import (
    account,
    grid,
    order,
    papers,
    permissions,
    product,
    section,
    system,
    tasks,
    words,
)
from simkit import pages
from simkit.clock import VirtualClock


def init_app(app: Flask, clock: VirtualClock) -> None:
    pages.init_app(app, "commerce", clock)
    app.jinja_env.filters.update(words.FILTERS)
    for part in (account, grid, order, papers, product, tasks, system):
        app.register_blueprint(part.bp)
    permissions.mark(app)
    app.get("/")(account.root)
    got_request_exception.connect(section.take_back, app)
