"""Credit memos: lists, single ones, comments, e-mails, plain saves, refunds."""

from __future__ import annotations

from typing import Any

from mock_commerce.api import paper_comments
from mock_commerce.api.lists import CREDITMEMO_COLUMNS
from mock_commerce.errors import CommerceError
from mock_commerce.models import Creditmemo, Order, db
from mock_commerce.sales import book, papers, raw_papers
from mock_commerce.search.pages import criteria, stored_page
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import Stored, argument, section, serves
from mock_commerce.wire.paper_input import creditmemo_schema
from simkit.simulation import operation

bp = section("creditmemos")
ACL = "Magento_Sales::sales_creditmemo"


@bp.get("/creditmemos")
@operation("list_creditmemos")
@serves(ACL)
def list_creditmemos() -> Stored:
    """creditmemoRepository.getList: credit memos that fit the search criteria."""
    return stored_page(criteria(), CREDITMEMO_COLUMNS, Creditmemo.__table__)


@bp.get("/creditmemo/<segment:creditmemo_id>")
@operation("get_creditmemo")
@serves(ACL)
def get_creditmemo(creditmemo_id: int) -> Stored:
    """creditmemoRepository.get: one credit memo."""
    return Stored(book.entity(Creditmemo, creditmemo_id).document)


@bp.post("/creditmemo")
@operation("save_creditmemo")
@serves(ACL)
def save_creditmemo() -> dict[str, Any]:
    """creditmemoRepository.save: a plain save."""
    answer = raw_papers.save_creditmemo(read(creditmemo_schema, argument("entity")))
    db.session.commit()
    return answer


@bp.get("/creditmemo/<segment:creditmemo_id>/comments")
@operation("list_creditmemo_comments")
@serves(ACL)
def list_comments(creditmemo_id: int) -> dict[str, Any]:
    """creditmemoManagement.getCommentsList: the comments of a credit memo."""
    return paper_comments.listed(Creditmemo, creditmemo_id)


@bp.post("/creditmemo/<segment:creditmemo_id>/comments")
@operation("comment_creditmemo")
@serves(ACL)
def comment(creditmemo_id: int) -> dict[str, Any]:
    """creditmemoCommentRepository.save: add a comment."""
    del creditmemo_id
    return paper_comments.add(Creditmemo)


@bp.post("/creditmemo/<segment:creditmemo_id>/emails")
@operation("notify_creditmemo")
@serves(ACL)
def notify(creditmemo_id: int) -> bool:
    """creditmemoManagement.notify: nothing is sent."""
    row = book.entity(Creditmemo, creditmemo_id)
    sent = papers.notify(row, db.session.get_one(Order, row.order_id))
    db.session.commit()
    return sent


@bp.post("/creditmemo/refund")
@operation("register_refund")
@serves(ACL)
def refund() -> dict[str, Any]:
    """creditmemoManagement.refund: a credit memo that counts, always offline."""
    answer = raw_papers.register_refund(read(creditmemo_schema, argument("creditmemo")))
    db.session.commit()
    return answer


@bp.put("/creditmemo/<segment:creditmemo_id>")
@operation("cancel_creditmemo")
@serves(ACL)
def cancel(creditmemo_id: int) -> bool:
    """creditmemoManagement.cancel: never works."""
    del creditmemo_id
    raise CommerceError("You can not cancel Credit Memo")
