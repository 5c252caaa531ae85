"""The filters of Amazon orders: their form, what they mean in SQL, and their chips (V-23 to V-26)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement
from wtforms import DateField, DecimalField, Form, SelectMultipleField, StringField
from wtforms.validators import Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from connector.models import OrderRow
from connector.web.fields import offered

STATUSES = {
    # value in the cell: label, in the order of the check boxes (V-24)
    "Error": "Error",
    "Pending": "Pending",
    "Shipped": "Shipped",
    "Canceled": "Canceled",
    "Completed": "Completed",
    "Unshipped": "Unshipped",
    "PartiallyShipped": "Partially Shipped",
    "PendingAvailability": "Pending Availability",
}
MOST = Decimal("999999999.99")
_PRINTABLE = Regexp(r"[^\x00-\x1f]*\Z", message="cannot contain control characters")


class _Day(DateField):
    """A date whose error says what was written and how it is to be written."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(f"{valuelist[0][:20]!r} is not a date: write yyyy-mm-dd") from None


class _Amount(DecimalField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(f"{valuelist[0][:20]!r} is not an amount: write 25 or 25.50") from None


def _payable(_form: Form, field: DecimalField) -> None:
    amount = field.data
    if amount is not None and not (amount.is_finite() and 0 <= amount <= MOST):
        raise ValidationError(f"{amount} is not between 0 and {MOST}")


class Filters(Form):
    """Sent by GET, so that a filtered list has an address; every field may be left empty (R-19)."""

    purchased_from = _Day("Purchase date from", validators=[Optional()])
    purchased_to = _Day("Purchase date to", validators=[Optional()])
    number = StringField("Order number", validators=[Length(max=30), _PRINTABLE])
    buyer = StringField("Buyer's name", validators=[Length(max=200), _PRINTABLE])
    total_from = _Amount("Total from", validators=[Optional(), _payable])
    total_to = _Amount("Total to", validators=[Optional(), _payable])
    status = SelectMultipleField(
        "Status",
        choices=offered(STATUSES),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def validate_purchased_to(self, field: DateField) -> None:
        if field.data and self.purchased_from.data and field.data < self.purchased_from.data:
            raise ValidationError(f"{field.data} is before {self.purchased_from.data}, the range's beginning")

    def validate_total_to(self, field: DecimalField) -> None:
        low = self.total_from.data
        if field.data is not None and low is not None and field.data < low:
            raise ValidationError(f"{field.data} is less than {low}, the range's beginning")

    def validate_status(self, field: SelectMultipleField) -> None:
        unknown = [word for word in field.data or [] if word not in STATUSES]
        if unknown:
            raise ValidationError(f"{unknown[0][:20]!r} is not one of {', '.join(STATUSES)}")


def conditions(form: Filters) -> list[ColumnElement[bool]]:
    """What a row has to fulfil: all filters at once, any of the statuses (V-26)."""
    found: list[ColumnElement[bool]] = []
    if form.purchased_from.data:
        found.append(OrderRow.purchased_at >= _midnight(form.purchased_from.data))
    if form.purchased_to.data:  # the whole day belongs to the range
        found.append(OrderRow.purchased_at < _midnight(form.purchased_to.data) + timedelta(days=1))
    if number := (form.number.data or "").strip():
        found.append(OrderRow.amazon_order_id.icontains(number, autoescape=True))
    if buyer := (form.buyer.data or "").strip():
        found.append(OrderRow.buyer_name.icontains(buyer, autoescape=True))
    if form.total_from.data is not None:
        found.append(OrderRow.total >= form.total_from.data)
    if form.total_to.data is not None:
        found.append(OrderRow.total <= form.total_to.data)
    if form.status.data:
        found.append(OrderRow.table_status.in_(form.status.data))
    return found


def chips(form: Filters) -> list[tuple[str, dict[str, str]]]:
    """A text for each filter that is on, with the arguments that its × takes away."""
    ranges = (
        ("Purchase date", form.purchased_from, form.purchased_to),
        ("Total", form.total_from, form.total_to),
    )
    found = [
        (f"{title}: {_range(low.data, high.data)}", {low.name: "", high.name: ""})
        for title, low, high in ranges
        if low.data is not None or high.data is not None
    ]
    texts = [(field, (field.data or "").strip()) for field in (form.number, form.buyer)]
    found += [(f"{field.label.text}: {text}", {field.name: ""}) for field, text in texts if text]
    found += [(f"Status: {STATUSES[word]}", {form.status.name: word}) for word in form.status.data or []]
    return found


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _range(low: object, high: object) -> str:
    if high is None:
        return f"from {low}"
    return f"up to {high}" if low is None else f"{low} – {high}"
