"""Notifications as calls of a receiver that the user named."""

from __future__ import annotations

import requests

from mock_amazon.notifications.deliveries.targets import NotAccepted

TIMEOUT = 5.0
"""Seconds of this machine's time; the mock answers nobody meanwhile: accept first, ask later."""


def post(url: str, body: str) -> None:
    """Hand the message over; any answer of 2xx accepts it.

    Raises NotAccepted.
    """
    with requests.Session() as session:
        session.trust_env = False  # neither the proxy of clients that are led to this mock, nor .netrc
        try:
            with session.post(
                url,
                data=body.encode(),
                headers={"Content-Type": "application/json"},
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,  # what it answers besides the status is not read
            ) as answer:
                status, accepted = answer.status_code, 200 <= answer.status_code < 300  # noqa: PLR2004 - 2xx
        except requests.Timeout:
            raise NotAccepted(f"no answer within {TIMEOUT:g} s") from None
        except requests.ConnectionError:
            raise NotAccepted("no connection") from None
        except requests.RequestException as error:
            raise NotAccepted(type(error).__name__) from None
    if not accepted:
        raise NotAccepted(f"HTTP {status}")
