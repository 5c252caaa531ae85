"""The pages that make documents of an order: shipment, invoice, credit memo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, render_template, request
from werkzeug.wrappers import Response
from wtforms import Form

from mock_commerce.errors import CommerceError
from mock_commerce.models import Order
from mock_commerce.sales import book, invoicing, lifecycle, refunding, shipping
from mock_commerce.web import paper_forms
from mock_commerce.web.order import found, to_order
from mock_commerce.web.section import refuse, section, succeed

bp = section("admin_papers")

Answer = str | tuple[str, int] | Response


@bp.route("/order_shipment/new/order_id/<int:order_id>", methods=["GET", "POST"])
def ship(order_id: int) -> Answer:
    """The shipment page; "Add Tracking Number" only gives one more row."""
    order = found(order_id)
    if refusals := lifecycle.shipment_refusals(book.facts(order)):
        return _impossible(order, refusals)
    form = paper_forms.shipment(order, request.form if request.method == "POST" else None)
    if "more" in request.form:
        form.tracks.append_entry()
        return render_template("admin/ship.html", order=order, form=form)
    if _made(form, lambda: shipping.ship(order, paper_forms.shipment_wish(order, form))):
        succeed("The shipment has been created.")
        return to_order(order)
    return _again("admin/ship.html", order, form)


@bp.route("/sales/order_invoice/new/order_id/<int:order_id>", methods=["GET", "POST"])
def invoice(order_id: int) -> Answer:
    order = found(order_id)
    if refusals := lifecycle.invoice_refusals(book.facts(order)):
        return _impossible(order, refusals)
    form = paper_forms.invoice(order, request.form if request.method == "POST" else None)
    if _made(
        form, lambda: invoicing.invoice(order, paper_forms.units(order, form), form.comment.data or None)
    ):
        succeed("The invoice has been created.")
        return to_order(order)
    return _again("admin/invoice.html", order, form)


@bp.route("/sales/order_creditmemo/new/order_id/<int:order_id>", methods=["GET", "POST"])
def creditmemo(order_id: int) -> Answer:
    order = found(order_id)
    if refusals := lifecycle.creditmemo_refusals(book.facts(order)):
        return _impossible(order, refusals)
    form = paper_forms.creditmemo(order, request.form if request.method == "POST" else None)
    if _made(form, lambda: refunding.refund(order, paper_forms.refund_wish(order, form))):
        succeed("You created the credit memo.")
        return to_order(order)
    return _again("admin/creditmemo.html", order, form)


def _impossible(order: Order, refusals: Sequence[str]) -> Response:
    flash("\n".join(refusals), "error")
    return to_order(order)


def _made(form: Form, make: Callable[[], object]) -> bool:
    """Whether a sent form was right and the document could be made; else the form says why not."""
    if request.method != "POST" or not form.validate():
        return False
    try:
        make()
    except CommerceError as error:
        form.form_errors.append(refuse(error))
        return False
    return True


def _again(template: str, order: Order, form: Form) -> Answer:
    page = render_template(template, order=order, form=form)
    return (page, 400) if request.method == "POST" else page
