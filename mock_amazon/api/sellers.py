"""Sellers v1: who the seller is, and where the seller sells."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from mock_amazon.access.auth import admit, caller
from mock_amazon.marketplaces import BY_ID
from mock_amazon.models import Participation, Seller, db
from simkit.simulation import operation

bp = Blueprint("sellers", __name__, url_prefix="/sellers/v1")
bp.before_request(admit)

_ADDRESS = {
    "addressLine1": "1 Sample Street",
    "city": "Seattle",
    "stateOrProvinceCode": "WA",
    "postalCode": "98101",
    "countryCode": "US",
}
"""Everybody's: an invention."""


@bp.get("/marketplaceParticipations")
@operation("getMarketplaceParticipations")
def get_marketplace_participations() -> ResponseReturnValue:
    """getMarketplaceParticipations: the marketplaces in which the seller can list items."""
    return jsonify(payload=_participations(_seller()))


@bp.get("/account")
@operation("getAccount")
def get_account() -> ResponseReturnValue:
    """getAccount: the kind of business, its plan and its marketplaces; who runs it is made up."""
    seller = _seller()
    account = {
        "businessType": seller.business_type,
        "sellingPlan": seller.selling_plan,
        "marketplaceParticipationList": _participations(seller),
        "primaryContact": {"name": "Jane Sample", "address": _ADDRESS},
    }
    if seller.business_type != "INDIVIDUAL":
        account["business"] = {"name": seller.store_name, "registeredBusinessAddress": _ADDRESS}
    return jsonify(payload=account)


def _seller() -> Seller:
    return db.session.get_one(Seller, caller().seller_id)


def _participations(seller: Seller) -> list[dict[str, Any]]:
    return [_participation(seller, participation) for participation in seller.participations]


def _participation(seller: Seller, participation: Participation) -> dict[str, Any]:
    return {
        "marketplace": BY_ID[participation.marketplace_id].as_wire(),
        "storeName": seller.store_name,
        "participation": {"isParticipating": True, "hasSuspendedListings": participation.suspended},
    }
