"""What can go wrong while a scenario is played, told in the scenario's words."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from connector.errors import ConnectorError


class StepFailed(Exception):
    """A step that could not be carried out; the message names the thing, the value and what is allowed."""


CRASHES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError),
    *(RuntimeError, TypeError, ValueError, SQLAlchemyError, sqlite3.Error, ConnectorError),
)
"""What a defect of the connector under test may raise: it fails its scenario and leaves the others alone."""
