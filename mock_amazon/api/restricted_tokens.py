"""Tokens 2021-03-01: restricted data tokens, which open personal data in Orders v0."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from mock_amazon.access.applications import by_app_id
from mock_amazon.access.auth import admit, caller
from mock_amazon.access.issuing import LIFE, issue
from mock_amazon.errors import InvalidInput
from mock_amazon.models import db
from mock_amazon.wire.restrictions import NO_RESOURCE, no_elements, read_restrictions
from simkit.simulation import operation

bp = Blueprint("restricted_tokens", __name__, url_prefix="/tokens/2021-03-01")
bp.before_request(admit)


@bp.post("/restrictedDataToken")
@operation("createRestrictedDataToken")
def create_restricted_data_token() -> ResponseReturnValue:
    """createRestrictedDataToken: a token for the personal data of these resources."""
    who, (resources, target) = caller(), read_restrictions(request.get_data())
    _check_roles(resources)
    delegate = _application(target) if target else None
    token = issue("Atz.sprdt", who.client_id, who.seller_id, restricted=resources, delegate=delegate)
    db.session.commit()
    return jsonify(restrictedDataToken=token, expiresIn=int(LIFE.total_seconds()))


def _check_roles(resources: list[dict[str, Any]]) -> None:
    """Elements that are named are refused by their names; paths that show only one are refused whole."""
    lacking = [(each, set(each["elements"]) - caller().may) for each in resources]
    if named := {element for each, missing in lacking if each["named"] for element in missing}:
        raise no_elements(sorted(named))
    if any(missing for _, missing in lacking):
        raise InvalidInput(NO_RESOURCE)


def _application(app_id: str) -> str:
    """The client of the application to which access is delegated."""
    application = by_app_id(app_id)
    if application is None:
        raise InvalidInput("Invalid Input", f"There is no application {app_id!r}.")
    return application.client_id
