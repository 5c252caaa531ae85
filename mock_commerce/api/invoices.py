"""Invoices: lists, single ones, comments, e-mails, plain saves, capture and void."""

from __future__ import annotations

from typing import Any

from mock_commerce.api import paper_comments
from mock_commerce.api.lists import INVOICE_COLUMNS
from mock_commerce.errors import CommerceError
from mock_commerce.models import Invoice, Order, db
from mock_commerce.sales import book, papers, raw_papers
from mock_commerce.search.pages import criteria, stored_page
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import Stored, argument, section, serves
from mock_commerce.wire.paper_input import invoice_schema
from simkit.simulation import operation

bp = section("invoices")
ACL = "Magento_Sales::sales_invoice"


@bp.get("/invoices")
@operation("list_invoices")
@serves(ACL)
def list_invoices() -> Stored:
    """invoiceRepository.getList: invoices that fit the search criteria."""
    return stored_page(criteria(), INVOICE_COLUMNS, Invoice.__table__)


@bp.get("/invoices/<segment:invoice_id>")
@operation("get_invoice")
@serves(ACL)
def get_invoice(invoice_id: int) -> Stored:
    """invoiceRepository.get: one invoice."""
    return Stored(book.entity(Invoice, invoice_id).document)


@bp.post("/invoices")
@operation("save_invoice")
@serves(ACL)
def save_invoice() -> dict[str, Any]:
    """invoiceRepository.save: a plain save."""
    answer = raw_papers.save_invoice(read(invoice_schema, argument("entity")))
    db.session.commit()
    return answer


@bp.get("/invoices/<segment:invoice_id>/comments")
@operation("list_invoice_comments")
@serves(ACL)
def list_comments(invoice_id: int) -> dict[str, Any]:
    """invoiceManagement.getCommentsList: the comments of an invoice."""
    return paper_comments.listed(Invoice, invoice_id)


@bp.post("/invoices/comments")
@operation("comment_invoice")
@serves(ACL)
def comment() -> dict[str, Any]:
    """invoiceCommentRepository.save: add a comment."""
    return paper_comments.add(Invoice)


@bp.post("/invoices/<segment:invoice_id>/emails")
@operation("notify_invoice")
@serves(ACL)
def notify(invoice_id: int) -> bool:
    """invoiceManagement.notify: nothing is sent."""
    row = book.entity(Invoice, invoice_id)
    sent = papers.notify(row, db.session.get_one(Order, row.order_id))
    db.session.commit()
    return sent


@bp.post("/invoices/<segment:invoice_id>/capture")
@operation("capture_invoice")
@serves(ACL)
def capture(invoice_id: int) -> str:
    """invoiceManagement.setCapture: offline payments cannot."""
    book.entity(Invoice, invoice_id)
    raise CommerceError("The capture action is not available.")


@bp.post("/invoices/<segment:invoice_id>/void")
@operation("void_invoice")
@serves(ACL)
def void(invoice_id: int) -> bool:
    """invoiceManagement.setVoid: offline payments cannot."""
    book.entity(Invoice, invoice_id)
    raise CommerceError("The void action is not available.")
