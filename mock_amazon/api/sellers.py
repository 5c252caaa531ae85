"""Sellers v1: where the seller sells."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from mock_amazon.auth import admit, caller
from mock_amazon.models import Seller, db
from simkit.simulation import operation

bp = Blueprint("sellers", __name__, url_prefix="/sellers/v1")
bp.before_request(admit)


@bp.get("/marketplaceParticipations")
@operation("getMarketplaceParticipations")
def get_marketplace_participations() -> ResponseReturnValue:
    """getMarketplaceParticipations: the marketplaces in which the seller can list items."""
    seller = db.session.get_one(Seller, caller().seller_id)
    return jsonify(
        payload=[
            {
                "marketplace": marketplace.as_wire(),
                "storeName": seller.id,
                "participation": {"isParticipating": True, "hasSuspendedListings": False},
            }
            for marketplace in seller.marketplaces
        ]
    )
