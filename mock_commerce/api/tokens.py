"""Integration: tokens of administrators and customers, with or without a second factor."""

from __future__ import annotations

from flask import g

from mock_commerce.access import auth, tokens
from mock_commerce.access.auth import ANONYMOUS, SELF
from mock_commerce.access.callers import customer_id
from mock_commerce.models import DEFAULT_STORE_ID, Store, db
from mock_commerce.webapi.rest import optional_text, section, serves
from simkit.simulation import operation

bp = section("tokens")


@bp.post("/integration/admin/token")
@operation("admin_token")
@serves(ANONYMOUS)
def admin_token() -> str:
    """createAdminAccessToken: a token for user name and password."""
    return auth.sign_in(optional_text("username"), optional_text("password"))


@bp.post("/tfa/provider/google/authenticate")
@operation("google_authenticate")
@serves(ANONYMOUS)
def google_authenticate() -> str:
    """GoogleAuthenticate.createAdminAccessToken: a token for user name, password and code."""
    return auth.sign_in_with_code(optional_text("username"), optional_text("password"), optional_text("otp"))


@bp.post("/integration/customer/token")
@operation("customer_token")
@serves(ANONYMOUS)
def customer_token() -> str:
    """createCustomerAccessToken: a token for a customer's e-mail and password."""
    store = db.session.get_one(Store, g.store_id or DEFAULT_STORE_ID)
    return auth.customer_sign_in(optional_text("username"), optional_text("password"), store.website_id)


@bp.post("/integration/customer/revoke-customer-token")
@operation("revoke_customer_token")
@serves(SELF)
def revoke_customer_token() -> bool:
    """revokeCustomerAccessToken: all tokens of the calling customer are void."""
    tokens.revoke(tokens.CUSTOMER, customer_id())
    db.session.commit()
    return True
