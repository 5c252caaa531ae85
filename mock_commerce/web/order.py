"""One order: everything about it, its comments, and the changes that need no document."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, Form, TextAreaField
from wtforms.validators import ValidationError

from mock_commerce.errors import CommerceError
from mock_commerce.models import Order
from mock_commerce.sales import book, changes
from mock_commerce.web.fields import Choice, stripped
from mock_commerce.web.order_view import view_of
from mock_commerce.web.section import gone, refuse, section, succeed
from mock_commerce.web.words import CREDITMEMO_STATES, INVOICE_STATES, status

bp = section("admin_order")

QUESTIONS = {
    "cancel": "Are you sure you want to cancel this order?",
    "hold": "Are you sure you want to put this order on hold?",
    "unhold": "Are you sure you want to release this order from holding status?",
}
_COMMENT_MISSING = "The comment is missing. Enter and try again."


class CommentForm(Form):
    status = Choice("Status")
    comment = TextAreaField("Comment", filters=[stripped])
    is_customer_notified = BooleanField("Notify Customer by Email")
    is_visible_on_front = BooleanField("Visible on Storefront")

    def validate_comment(self, field: TextAreaField) -> None:
        """Wtforms calls it for its name."""
        if not field.data:
            raise ValidationError(_COMMENT_MISSING)


def found(order_id: int) -> Order:
    """The order with that id; NotFound as a page of the Admin."""
    try:
        return book.get(order_id)
    except CommerceError:
        gone("This order no longer exists.")


def to_order(order: Order) -> Response:
    return redirect(url_for("admin_order.view", order_id=order.entity_id), 303)


@bp.get("/sales/order/view/order_id/<int:order_id>")
def view(order_id: int) -> str:
    order = found(order_id)
    return _page(order, _comment_form(order))


@bp.post("/sales/order/view/order_id/<int:order_id>")
def comment(order_id: int) -> tuple[str, int] | Response:
    """Add a comment, and set the status with it."""
    order = found(order_id)
    form = _comment_form(order)
    if form.validate():
        given = dict(form.data)
        flags = {key: int(given[key]) for key in ("is_customer_notified", "is_visible_on_front")}
        try:
            changes.comment(order, given["comment"], given["status"], **flags)
        except CommerceError as error:
            form.form_errors.append(refuse(error))
        else:
            succeed("You added the comment.")
            return to_order(order)
    return _page(order, form), 400


def _comment_form(order: Order) -> CommentForm:
    form = CommentForm(request.form if request.method == "POST" else None, status=order.status)
    known = view_of(order).statuses
    form.status.choices = {code: status(code) for code in known}
    return form


def _page(order: Order, form: CommentForm) -> str:
    return render_template(
        "admin/order.html",
        order=order,
        view=view_of(order),
        form=form,
        invoice_states=INVOICE_STATES,
        creditmemo_states=CREDITMEMO_STATES,
    )


@bp.get("/sales/order/<any(cancel, hold, unhold):verb>/order_id/<int:order_id>")
def ask(verb: str, order_id: int) -> str:
    """No change without a question."""
    return render_template("admin/confirm.html", order=found(order_id), verb=verb, question=QUESTIONS[verb])


@bp.post("/sales/order/<any(cancel, hold, unhold):verb>/order_id/<int:order_id>")
def change(verb: str, order_id: int) -> Response:
    """Do it by the state's own rules, whatever the page offered."""
    order = found(order_id)
    try:
        text = _CHANGES[verb](order)
    except CommerceError as error:
        flash(refuse(error), "error")
    else:
        succeed(text)
    return to_order(order)


def _cancel(order: Order) -> str:
    if not changes.cancel(order):
        raise CommerceError("You have not canceled the item.")
    return "You canceled the order."


def _hold(order: Order) -> str:
    changes.hold(order)
    return "You put the order on hold."


def _unhold(order: Order) -> str:
    changes.unhold(order)
    return "You released the order from holding status."


_CHANGES: dict[str, Callable[[Order], str]] = {"cancel": _cancel, "hold": _hold, "unhold": _unhold}
