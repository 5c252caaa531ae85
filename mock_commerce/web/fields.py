"""Fields of the Admin's forms: what is wrong is named with its value and with what is allowed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from wtforms import Field, SelectField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import NumberInput

from mock_commerce.web.words import quantity

LARGEST = Decimal(10**9)
REQUIRED = "This is a required field."
_PLAIN = re.compile(r"-?\d{1,12}(\.\d{1,4})?")


class Amount(Field):
    """A number between two bounds with at most four decimals; an empty field is ``blank``."""

    widget = NumberInput(step="any")

    def __init__(
        self,
        label: str | None = None,
        *,
        least: Decimal = Decimal(0),
        greatest: Decimal = LARGEST,
        blank: Decimal | None = Decimal(0),
        **kwargs: Any,
    ) -> None:
        limits = {"min": quantity(least), "max": quantity(greatest)}
        super().__init__(label, render_kw=limits, **kwargs)
        self.least, self.greatest, self.blank = least, greatest, blank

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else quantity(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            self.data = self.blank
            return
        number = Decimal(text) if _PLAIN.fullmatch(text) else None
        if number is None or not self.least <= number <= self.greatest:
            bounds = f"{quantity(self.least)} to {quantity(self.greatest)}"
            raise ValueError(f"'{text}' is not a number from {bounds}.")
        self.data = number


class Choice(SelectField):
    """A select that says what can be chosen."""

    def pre_validate(self, form: BaseForm) -> None:
        del form
        known = [str(value) for value, *_ in self.iter_choices()]
        if str(self.data) not in known:
            raise ValidationError(f"'{self.data}' is not one of {', '.join(known)}.")


def filled(form: BaseForm, field: Field) -> None:
    """A validator: something other than blanks has to stand in the field."""
    del form
    if field.process_errors:
        raise StopValidation
    if field.data is None or not str(field.data).strip():
        raise StopValidation(REQUIRED)


def stripped(value: str | None) -> str | None:
    """A filter: the text without blanks around it."""
    return value.strip() if value else value
