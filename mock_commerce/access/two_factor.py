"""The second factor of administrators: Google Authenticator's codes, as Commerce asks for since 2.4.0."""

from __future__ import annotations

import pyotp

from mock_commerce.config.settings import current
from mock_commerce.errors import CodeRefused, NoRoute, SecondFactorNeeded
from simkit.simulation import simulation

PROVIDER = "google"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - the documented default of a simulator
_NOT_CONFIGURED = (
    "You are required to configure personal Two-Factor Authorization in order to login. "
    "Please check your email."
)
_ELSEWHERE = "Please use the 2fa provider-specific endpoints to obtain a token."


def refuse_plain_sign_in() -> None:
    """Raises SecondFactorNeeded unless the module is off."""
    position = current().two_factor
    if position == "on":
        raise SecondFactorNeeded(_ELSEWHERE, {"active_providers": [PROVIDER]})
    if position == "unconfigured":
        raise SecondFactorNeeded(_NOT_CONFIGURED, {"providers": [PROVIDER], "active_providers": []})


def require_module() -> None:
    """Raises NoRoute where the module is off."""
    if current().two_factor == "off":
        raise NoRoute


def check(code: str) -> None:
    """Raises SecondFactorNeeded before anything is configured, CodeRefused for a wrong code."""
    if current().two_factor == "unconfigured":
        raise SecondFactorNeeded("Provider is not configured.")
    if not pyotp.TOTP(SECRET).verify(code, for_time=simulation().clock.now(), valid_window=1):
        raise CodeRefused
