"""Shipments: lists, single ones, labels, comments, e-mails, tracks, plain saves."""

from __future__ import annotations

from typing import Any

from mock_commerce.api import paper_comments
from mock_commerce.api.lists import SHIPMENT_COLUMNS
from mock_commerce.models import Order, Shipment, db
from mock_commerce.sales import book, papers, raw_papers, tracks
from mock_commerce.search.pages import criteria, stored_page
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import Stored, argument, section, serves
from mock_commerce.wire.paper_input import shipment_schema, track_schema
from simkit.simulation import operation

bp = section("shipments")
ACL = "Magento_Sales::shipment"


@bp.get("/shipments")
@operation("list_shipments")
@serves(ACL)
def list_shipments() -> Stored:
    """shipmentRepository.getList: shipments that fit the search criteria."""
    return stored_page(criteria(), SHIPMENT_COLUMNS, Shipment.__table__)


@bp.get("/shipment/<segment:shipment_id>")
@operation("get_shipment")
@serves(ACL)
def get_shipment(shipment_id: int) -> Stored:
    """shipmentRepository.get: one shipment."""
    return Stored(book.entity(Shipment, shipment_id).document)


@bp.post("/shipment")
@operation("save_shipment")
@serves(ACL)
def save_shipment() -> dict[str, Any]:
    """shipmentRepository.save: a plain save."""
    answer = raw_papers.save_shipment(read(shipment_schema, argument("entity")))
    db.session.commit()
    return answer


@bp.get("/shipment/<segment:shipment_id>/label")
@operation("get_shipment_label")
@serves(ACL)
def get_label(shipment_id: int) -> str | None:
    """shipmentManagement.getLabel: the label in Base64."""
    label = papers.content_of(book.entity(Shipment, shipment_id)).get("shipping_label")
    return None if label is None else str(label)


@bp.get("/shipment/<segment:shipment_id>/comments")
@operation("list_shipment_comments")
@serves(ACL)
def list_comments(shipment_id: int) -> dict[str, Any]:
    """shipmentManagement.getCommentsList: the comments of a shipment."""
    return paper_comments.listed(Shipment, shipment_id)


@bp.post("/shipment/<segment:shipment_id>/comments")
@operation("comment_shipment")
@serves(ACL)
def comment(shipment_id: int) -> dict[str, Any]:
    """shipmentCommentRepository.save: add a comment."""
    del shipment_id
    return paper_comments.add(Shipment)


@bp.post("/shipment/<segment:shipment_id>/emails")
@operation("notify_shipment")
@serves(ACL)
def notify(shipment_id: int) -> bool:
    """shipmentManagement.notify: nothing is sent."""
    row = book.entity(Shipment, shipment_id)
    sent = papers.notify(row, db.session.get_one(Order, row.order_id))
    db.session.commit()
    return sent


@bp.post("/shipment/track")
@operation("save_track")
@serves(ACL)
def save_track() -> dict[str, Any]:
    """shipmentTrackRepository.save: add a track to a shipment, or change one."""
    row = tracks.save(read(track_schema, argument("entity")))
    db.session.commit()
    return row


@bp.delete("/shipment/track/<segment:track_id>")
@operation("delete_track")
@serves(ACL)
def delete_track(track_id: int) -> bool:
    """shipmentTrackRepository.deleteById: true for one that there is not as well."""
    tracks.delete(track_id)
    db.session.commit()
    return True
