"""Bodies of the control calls about the life of an order, and the key ``life`` of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from mock_amazon.ordering.addresses import KEYS
from mock_amazon.ordering.cancelling import REASON
from mock_amazon.ordering.life import ACTS, PROFILES
from mock_amazon.wire.promises import DAYS
from simkit.checking import word
from simkit.times import UnreadableTime, parse_duration

_LONGEST = timedelta(days=3650)


def _duration(text: object) -> timedelta:
    try:
        duration = parse_duration(text)
    except UnreadableTime as error:
        raise ValidationError(str(error)) from None
    if not timedelta(0) < duration <= _LONGEST:
        raise ValidationError(f"{text!r} is not longer than nothing and at most ten years")
    return duration


class Life(fields.Field[str | Mapping[str, str]]):
    """The name of a profile, or steps with their durations: ``{confirm: 30m, ship: 2h}``."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> str | Mapping[str, str]:
        del attr, data
        if isinstance(value, str) and value in PROFILES:
            return value
        if not isinstance(value, dict):
            raise ValidationError(f"write steps with durations, or one of {', '.join(PROFILES)}")
        if unknown := [str(step) for step in value if step not in ACTS]:
            raise ValidationError(f"there is no step {unknown[0]!r}: known are {', '.join(ACTS)}")
        steps = {step: _duration(text) for step, text in value.items()}
        if "ship" in steps and steps["ship"] <= steps.get("confirm", timedelta(0)):
            raise ValidationError("ship has to be later than confirm")
        return {step: str(text) for step, text in value.items()}


class _Buyer(Schema):
    name = fields.String(validate=validate.Length(1, 200))
    email = fields.String(validate=validate.Length(1, 200))


_Address = Schema.from_dict({key: fields.String(validate=validate.Length(0, 300)) for key in KEYS})


class _Changes(Schema):
    ship_to = fields.Nested(_Address)
    buyer = fields.Nested(_Buyer)
    service_level = word(*DAYS)


def _not_empty(changes: Mapping[str, Any]) -> None:
    if not changes:
        raise ValidationError("there is nothing to change")


class EditWish(Schema):
    set = fields.Nested(_Changes, required=True, validate=_not_empty)


class CancelLineWish(Schema):
    sku = fields.String(required=True, validate=validate.Length(1, 200))


class RequestCancelWish(Schema):
    reason = fields.String(load_default=REASON, validate=validate.Length(1, 500))


HideWish = Schema.from_dict({"for": fields.String(required=True, validate=_duration)}, name="HideWish")
