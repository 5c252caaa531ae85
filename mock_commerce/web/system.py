"""Configuration, log and permissions of the simulated shop, to look at; and the 404 page."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select

from mock_commerce import exception_log
from mock_commerce.config import settings
from mock_commerce.config.quirks import QUIRKS
from mock_commerce.models import AdminRole, AdminUser, Integration, Store, db
from mock_commerce.modules import installed
from mock_commerce.sales import statuses
from mock_commerce.web.section import gone, section

bp = section("admin_system")

SWITCHES = {
    "mode": "Mode",
    "cron": "Cron",
    "async_grid": "Asynchronous indexing of the order grid",
    "two_factor": "Two-factor authentication",
    "guest_reads": "Anonymous guest access",
    "oauth_timestamps": "Timestamps of OAuth 1.0a",
    "admin_token_minutes": "Admin token lifetime (minutes)",
    "customer_token_minutes": "Customer token lifetime (minutes)",
    "input_limits": "Input limits of the REST API",
    "page_size_limit": "Maximum page size",
    "default_page_size": "Default page size",
    "price_scope": "Catalog price scope",
    "timezone": "Timezone",
    "payment_methods": "Payment methods",
    "shipping_methods": "Shipping methods",
}
"""The switches on the page, by their names in ``/_sim/config``."""


@bp.get("/system_config")
def configuration() -> str:
    """Read only: it is changed by the control API."""
    return render_template(
        "admin/configuration.html",
        config=settings.current(),
        amazon=installed.AMAZON,
        rates=settings.RATES,
        quirks=QUIRKS,
        switches=SWITCHES,
        modules=installed.names(),
        stores=list(db.session.scalars(select(Store).where(Store.store_id != 0).order_by(Store.store_id))),
        added=statuses.added(),
    )


@bp.get("/system_log")
def log() -> str:
    """What masked errors and "see error log" hide."""
    return render_template("admin/log.html", entries=exception_log.newest())


@bp.get("/user_role")
def permissions() -> str:
    """Read only: roles, users and integrations are changed by the control API."""
    return render_template(
        "admin/permissions.html",
        roles=list(db.session.scalars(select(AdminRole).order_by(AdminRole.role_id))),
        users=list(db.session.scalars(select(AdminUser).order_by(AdminUser.user_id))),
        integrations=list(db.session.scalars(select(Integration).order_by(Integration.integration_id))),
    )


@bp.route("/<path:rest>", methods=["GET", "POST"])
def nowhere(rest: str) -> str:
    """Any other address below the Admin: not the REST API's answer."""
    gone(f"There is no page '{rest}' in this Admin.")
