"""The control verb that paces feeds and reports."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields

from mock_amazon.models import db
from mock_amazon.processing import KINDS, OUTCOMES, Pace, pace, pace_json, set_pace
from mock_amazon.wire.wish_fields import Span
from simkit.checking import wish_of, word

_LONGEST = 30
"""Days."""


class _Pace(Schema):
    queued = Span(_LONGEST)
    running = Span(_LONGEST)
    outcome = word(*OUTCOMES)


class _Wish(Schema):
    feeds = fields.Nested(_Pace, load_default=dict)
    reports = fields.Nested(_Pace, load_default=dict)


_wish = _Wish()


def add_to(bp: Blueprint) -> None:
    bp.post("/processing")(_set_processing)


def _set_processing() -> ResponseReturnValue:
    """What is not named stays; it holds for the steps that are still to be planned."""
    wish = wish_of(_wish)
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
