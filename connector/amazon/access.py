"""Access to the Selling Partner API with one seller's grant: an access token that is renewed when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from connector.clock import Clock
from connector.domain.blockers import Code
from connector.errors import AbortRun, GiveUpOnOrder
from connector.http import Http, content, shaped

SYSTEM = "Amazon"
RENEW_BEFORE = timedelta(seconds=60)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
REFUSED = frozenset({requests.codes.unauthorized, requests.codes.forbidden})


@dataclass(frozen=True)
class Credentials:
    """One seller's grant to one application."""

    client_id: str
    client_secret: str
    refresh_token: str


class AccessRefused(AbortRun):
    """A call is refused to a token that is fresh; others may be allowed."""

    def __init__(self, words: str) -> None:
        super().__init__(Code.AUTH_FAILED, f"Amazon refuses access: {words}")
        self.words = words


class Access:
    """Calls that carry a token. A refused access token is renewed once, then the run is aborted."""

    def __init__(self, api: Http, lwa: Http, credentials: Credentials, clock: Clock) -> None:
        self.clock = clock
        self._api = api
        self._lwa = lwa
        self._credentials = credentials
        self._token = ""
        self._valid_until = LONG_AGO

    def call(self, method: str, path: str, *, renew: bool = True, **kwargs: Any) -> requests.Response:
        """The answer to a call with the access token, which is renewed once if it is refused.

        Raises AccessRefused, AbortRun (no access at all), GiveUpOnOrder with Amazon's own words, RetryLater.
        """
        answer = self.ask(method, path, self._access_token(), **kwargs)
        if renew and answer.status_code in REFUSED:
            self._token = ""
            answer = self.ask(method, path, self._access_token(), **kwargs)
        if answer.status_code in REFUSED:
            raise AccessRefused(reason(answer))
        return accepted(answer)

    def ask(self, method: str, path: str, token: str, **kwargs: Any) -> requests.Response:
        """The answer to a call with this token, whatever its status below 500 but 429.

        Raises RetryLater.
        """
        headers = {"x-amz-access-token": token, "Accept": "application/json"}
        return self._api.call(method, path, headers=headers, **kwargs)

    def _access_token(self) -> str:
        if not self._token or self.clock.now() >= self._valid_until:
            self._renew()
        return self._token

    @shaped(SYSTEM)
    def _renew(self) -> None:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._credentials.refresh_token,
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
        }
        answer = self._lwa.call("POST", "/auth/o2/token", data=form)
        body = content(answer, "Login with Amazon")
        if not answer.ok:
            raise AbortRun(Code.AUTH_FAILED, f"Login with Amazon refuses: {body.get('error', 'no reason')}")
        self._token = str(body["access_token"])
        self._valid_until = self.clock.now() + timedelta(seconds=int(body["expires_in"])) - RENEW_BEFORE


def accepted(answer: requests.Response) -> requests.Response:
    """The answer, if it is none of refusal.

    Raises GiveUpOnOrder.
    """
    if not answer.ok:
        raise GiveUpOnOrder(reason(answer), status=answer.status_code)
    return answer


def reason(answer: requests.Response) -> str:
    """Amazon's own words."""
    try:
        errors: Iterable[dict[str, Any]] = answer.json()["errors"]
        texts = [" ".join(filter(None, (error.get("message"), error.get("details")))) for error in errors]
        return "; ".join(texts)
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"


def iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
