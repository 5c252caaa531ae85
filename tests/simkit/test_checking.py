"""Control bodies against their schemas."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from simkit.checking import checked, word
from simkit.control import BadControl


class _Line(Schema):
    sku = fields.String(required=True)


class _Wish(Schema):
    status = word("on", "off")
    units = fields.Integer(strict=True)
    secret = fields.String(load_only=True, validate=validate.Length(min=8))
    lines = fields.List(fields.Nested(_Line))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"status": "up"}, "field 'status': 'up' is not one of on, off."),
        ({"units": "many"}, "field 'units': 'many': Not a valid integer."),
        ({"lines": [{"sku": 5}]}, "field 'lines.0.sku': 5: Not a valid string."),
        ({"lines": [{}]}, "field 'lines.0.sku': Missing data for required field."),
        ({"lines": [{"qty": 1}]}, "unknown field 'lines.0.qty': allowed are sku"),
        ({"colour": "red"}, "unknown field 'colour': allowed are status, units, secret, lines"),
        ({"secret": "hunter2"}, "field 'secret': Shorter than minimum length 8."),
    ],
)
def test_a_wrong_field_is_named_with_its_value_and_what_is_allowed(
    content: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadControl) as told:
        checked(_Wish(), content)
    assert message in str(told.value)
    assert "hunter2" not in str(told.value)


def test_every_wrong_field_is_told() -> None:
    with pytest.raises(BadControl, match=r"field 'status': .*; field 'units': "):
        checked(_Wish(), {"status": "up", "units": "many"})
