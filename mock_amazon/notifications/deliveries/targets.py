"""Where a destination's notifications are really brought. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

_SQS_HOST = re.compile(r"(?:sqs\.)?([a-z]{2}(?:-[a-z]+)+-[0-9])\.(?:queue\.)?amazonaws\.com(?:\.cn)?")
_SQS_PREFIX = "sqs+"
PULL: Literal["pull"] = "pull"
ALLOWED = 'allowed are "pull", an http(s) URL, the URL of an SQS queue, and "sqs+" with one of a local server'


class UnusableTarget(ValueError):
    """No place that a message can be brought to; the text says what is allowed."""


@dataclass(frozen=True)
class Target:
    """A queue of the mock itself, a receiver of HTTP calls, or a queue of SQS."""

    kind: Literal["pull", "push", "sqs"]
    url: str = ""
    region: str | None = None
    """Of the queue, where its URL tells it."""


def target_of(text: str) -> Target:
    """Read what a destination is set to.

    Raises UnusableTarget.
    """
    if text == PULL:
        return Target(PULL)
    url = _checked(text.removeprefix(_SQS_PREFIX))
    region = _SQS_HOST.fullmatch(url.hostname or "")
    if region or text.startswith(_SQS_PREFIX):
        if not re.fullmatch(r"(/[^/]+){2,}", url.path) or url.query:
            raise UnusableTarget("the URL of a queue ends with its account and its name")
        if url.path.endswith(".fifo"):
            raise UnusableTarget("Amazon sends notifications to standard queues only, not to FIFO queues")
        return Target("sqs", url.geturl(), region[1] if region else None)
    return Target("push", url.geturl())


def shown(text: str) -> str:
    """The same without the query, which may hold a secret."""
    return text.partition("?")[0]


def _checked(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        known = url.scheme in {"http", "https"} and bool(url.hostname) and (url.port is None or url.port > 0)
    except ValueError:
        known = False
    if not known or re.search(r"[\s\x00-\x1f\x7f\\]", text):
        raise UnusableTarget(ALLOWED)
    if url.username is not None or url.fragment:
        raise UnusableTarget("leave name, password and fragment out of the URL")
    return url
