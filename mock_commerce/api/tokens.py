"""Integration: administrator tokens."""

from __future__ import annotations

from mock_commerce.auth import ANONYMOUS, sign_in
from mock_commerce.rest import optional, section, serves
from simkit.simulation import operation

bp = section("tokens")


@bp.post("/integration/admin/token")
@operation("admin_token")
@serves(ANONYMOUS)
def admin_token() -> str:
    """createAdminAccessToken: a token for user name and password."""
    username, password = optional("username"), optional("password")
    return sign_in(None if username is None else str(username), None if password is None else str(password))
