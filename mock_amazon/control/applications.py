"""Control verbs about applications: register them, authorise them, take access back, hand out a code."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_amazon.access import authorizations
from mock_amazon.access.applications import application_json, application_of, save_application
from mock_amazon.models import Application, Seller, db
from mock_amazon.ordering.placing import seller_of
from mock_amazon.wire.application_wishes import ApplicationWish, AuthorizationWish, CodeWish
from simkit.checking import wish_of
from simkit.control import BadControl

_application_wish, _authorization_wish, _code_wish = ApplicationWish(), AuthorizationWish(), CodeWish()


def add_to(bp: Blueprint) -> None:
    bp.get("/applications")(_list_applications)
    bp.post("/applications")(_save_application)
    bp.post("/authorizations")(_authorize)
    bp.post("/authorizations/revoke")(_revoke)
    bp.post("/authorizations/code")(_give_code)


def _list_applications() -> ResponseReturnValue:
    known = db.session.scalars(select(Application).order_by(Application.client_id))
    return jsonify(applications=[application_json(application) for application in known])


def _save_application() -> ResponseReturnValue:
    application = save_application(wish_of(_application_wish))
    db.session.commit()
    # The one answer with the secret: it is the mock's own, and there is no other way to learn it.
    return jsonify(client_secret=application.client_secret, **application_json(application)), 201


def _authorize() -> ResponseReturnValue:
    application, seller = _pair(wish_of(_authorization_wish))
    grant = authorizations.authorize(application.client_id, seller.id)
    db.session.commit()
    return jsonify(refresh_token=grant.refresh_token, **_told(application, seller)), 201


def _revoke() -> ResponseReturnValue:
    application, seller = _pair(wish_of(_authorization_wish))
    authorizations.withdraw(seller.id, application.client_id)
    db.session.commit()
    return jsonify(_told(application, seller))


def _give_code() -> ResponseReturnValue:
    wish = wish_of(_code_wish)
    application, seller = _pair(wish)
    known = application.redirect_uris
    uri = wish.get("redirect_uri") or (known[0] if known else "")
    if uri not in known:
        raise BadControl(f"field 'redirect_uri': {uri!r} is not one of {', '.join(known) or 'none'}")
    code = authorizations.give_code(application, seller, uri)
    db.session.commit()
    told = {"spapi_oauth_code": code, "selling_partner_id": seller.id, "redirect_uri": uri}
    return jsonify(told), 201


def _pair(wish: dict[str, Any]) -> tuple[Application, Seller]:
    return application_of(wish), seller_of(wish)


def _told(application: Application, seller: Seller) -> dict[str, str]:
    return {"client_id": application.client_id, "seller": seller.id}
