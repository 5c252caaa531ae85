"""A scenario as the parser hands it to the runner: checked, with the place of each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where something stands in a scenario file."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Step:
    """One verb with its checked value, as plain Python; ``note`` is the narration beside it."""

    verb: str
    value: Any
    place: Place
    note: str | None = None


@dataclass(frozen=True)
class Given:
    """The world before the first step. Lists hold the file's checked mappings, defaults not filled in."""

    clock: datetime
    seed: int
    timezone: str
    stores: tuple[Mapping[str, Any], ...]
    settings: Mapping[str, Any]
    catalog: tuple[Mapping[str, Any], ...]
    sources: tuple[Mapping[str, Any], ...]
    websites: tuple[Mapping[str, Any], ...]
    amazon_orders: tuple[Mapping[str, Any], ...]
    commerce: Mapping[str, Any]
    amazon_account: Mapping[str, Any] = field(default_factory=dict)
    """Switches of every seller account."""


@dataclass(frozen=True)
class Scenario:
    """One runnable scenario: a file, or one row of its ``examples``."""

    test_id: str
    """``file`` or ``file[row number]``, rows counted from 1."""
    title: str
    given: Given
    steps: tuple[Step, ...]
    expect: Step | None
    place: Place
    ids: tuple[str, ...] = ()
    about: str = ""
    tags: frozenset[str] = frozenset()
    profile: str = "docs"
    excepted: Mapping[str, str] = field(default_factory=dict)
    """Invariants that this scenario breaks by name, with the reason: ``{"I5": "because …"}``."""
