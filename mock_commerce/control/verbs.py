"""The verbs of ``/_sim`` that only Commerce has: catalogue, stock, orders, a merchant's work, switches."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from mock_commerce import exception_log, mails
from mock_commerce.control import access, orders, payments, products, stores, switches, webhooks
from mock_commerce.control.wishes import config_schema
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import db
from simkit.checking import wish_of
from simkit.control import control_blueprint


def blueprint() -> Blueprint:
    """The common verbs, and those of a shop."""
    bp = control_blueprint()
    bp.register_error_handler(CommerceError, _refused)
    bp.post("/config")(_configure)
    bp.get("/log")(_read_log)
    bp.get("/mails")(_read_mails)
    for section in (products, stores, orders, payments, access, webhooks):
        section.add_to(bp)
    return bp


def _refused(error: CommerceError) -> ResponseReturnValue:
    db.session.rollback()
    return jsonify(error=error.text), 404 if isinstance(error, NoSuchEntity) else 400


def _configure() -> ResponseReturnValue:
    given = wish_of(config_schema)
    changed = switches.apply(given)
    db.session.commit()
    return jsonify(changed.as_dict())


def _read_mails() -> ResponseReturnValue:
    return jsonify(mails=mails.newest())


def _read_log() -> ResponseReturnValue:
    return jsonify(entries=[exception_log.as_dict(entry) for entry in exception_log.newest()])
