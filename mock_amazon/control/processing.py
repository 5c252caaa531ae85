"""The control verb that paces feeds and reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields, validate

from mock_amazon.models import db
from mock_amazon.processing import KINDS, OUTCOMES, Pace, pace, pace_json, set_pace
from mock_amazon.wire.checking import checked
from simkit.control import body
from simkit.times import UnreadableTime, parse_duration

_LONGEST = timedelta(days=30)


class _Duration(fields.Field[timedelta]):
    """A time span such as "90s", whole seconds, "0s" for at once."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> timedelta:
        del attr, data
        try:
            span = parse_duration(value)
        except UnreadableTime as error:
            raise ValidationError(str(error)) from None
        if span > _LONGEST or span.microseconds:
            raise ValidationError(f"allowed are whole seconds up to {_LONGEST.days}d")
        return span


class _Pace(Schema):
    queued = _Duration()
    running = _Duration()
    outcome = fields.String(validate=validate.OneOf(OUTCOMES, error="allowed are " + ", ".join(OUTCOMES)))


class _Wish(Schema):
    feeds = fields.Nested(_Pace, load_default=dict)
    reports = fields.Nested(_Pace, load_default=dict)


_wish = _Wish()


def add_to(bp: Blueprint) -> None:
    bp.post("/processing")(_set_processing)


def _set_processing() -> ResponseReturnValue:
    """What is not named stays; it holds for the steps that are still to be planned."""
    wish = checked(_wish, body())
    for of in KINDS:
        known = pace(of)
        if wish[of]:
            set_pace(
                of,
                Pace(
                    **{"queued": known.queued, "running": known.running, "outcome": known.outcome, **wish[of]}
                ),
            )
    db.session.commit()
    return jsonify({of: pace_json(of) for of in KINDS})
