"""Application Management 2023-11-30: no application is enrolled for it here.

What a new secret is announced with is published nowhere, and the old one would end: it is not imitated.
"""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from mock_amazon.access.auth import admit_grantless
from mock_amazon.errors import InvalidInput
from simkit.simulation import operation

bp = Blueprint("application_management", __name__, url_prefix="/applications/2023-11-30")
bp.before_request(admit_grantless)


@bp.post("/clientSecret")
@operation("rotateApplicationClientSecret")
def rotate_application_client_secret() -> ResponseReturnValue:
    """rotateApplicationClientSecret: refused, as to every application without a queue for its new secret."""
    raise InvalidInput(
        "Application is not enrolled for rotation notification. "
        "Please update application notification preference in Developer console."
    )
