"""Tokens 2021-03-01: restricted data tokens, which open personal data in Orders v0."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from mock_amazon.auth import admit, caller
from mock_amazon.errors import InvalidInput
from mock_amazon.issuing import LIFE, issue
from mock_amazon.models import db
from mock_amazon.wire.restrictions import NO_RESOURCE, no_elements, read_restrictions
from simkit.simulation import operation

bp = Blueprint("restricted_tokens", __name__, url_prefix="/tokens/2021-03-01")
bp.before_request(admit)


@bp.post("/restrictedDataToken")
@operation("createRestrictedDataToken")
def create_restricted_data_token() -> ResponseReturnValue:
    """createRestrictedDataToken: a token for the personal data of these resources."""
    who, resources = caller(), read_restrictions(request.get_data())
    if who.account.pii != "granted":
        named = {element for each in resources if each["named"] for element in each["elements"]}
        raise no_elements(sorted(named)) if named else InvalidInput(NO_RESOURCE)
    token = issue("Atz.sprdt", who.client_id, who.seller_id, restricted=resources)
    db.session.commit()
    return jsonify(restrictedDataToken=token, expiresIn=int(LIFE.total_seconds()))
