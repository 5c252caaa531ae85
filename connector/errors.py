"""Errors by consequence: what the caller has to do, not where they come from.

ConnectorError
├── RetryLater        a passing fault: the same call may go through in a later run
│   └── Throttled     no fault at all: the other side asks for fewer calls
├── GiveUpOnOrder     the other side refuses this order or command; a person has to look
└── AbortRun          nothing of this store can go on (access, configuration)

A blocker is not an error: see ``domain/blockers.py``.
"""

from __future__ import annotations

from connector.domain.blockers import Code


class ConnectorError(Exception):
    """Root of all errors that the connector expects."""


class RetryLater(ConnectorError):
    """No answer, an overload or a server error. ``perhaps_done``: the call may have had its effect."""

    def __init__(self, message: str, *, perhaps_done: bool = False) -> None:
        super().__init__(message)
        self.perhaps_done = perhaps_done


class Throttled(RetryLater):
    """The rate limit of an operation is used up for now; nothing is wrong with anything."""


class GiveUpOnOrder(ConnectorError):
    """A refusal in the other side's own words."""

    def __init__(self, message: str, *, status: int = 400, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code


class AbortRun(ConnectorError):
    """A problem of the whole store, with the blocker code it is shown under.

    ``resolution``: what a person does about it, where the code's own text does not fit.
    """

    def __init__(self, code: Code, message: str, resolution: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.resolution = resolution
