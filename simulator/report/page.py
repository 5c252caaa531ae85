"""The report as one HTML page: self-contained, escaped, without scripts; nothing is loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simulator.report.timeline import LANES

_PAGES = Environment(
    loader=PackageLoader("simulator.report"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_NAMES = dict(zip(LANES, ("Amazon", "Connector", "Commerce"), strict=True))


def write(report: dict[str, Any], path: Path) -> None:
    tags = sorted({tag for scenario in report["scenarios"] for tag in scenario["tags"]})
    style = _PAGES.get_template("report.css").render(tags=tags)
    page = _PAGES.get_template("report.html").render(
        report=report,
        groups=list(_groups(report["scenarios"])),
        tags=tags,
        lanes=_NAMES,
        style=Markup(style),  # noqa: S704 - our own file; tags are letters, digits and -
        style_hash=_hash(style),
    )
    path.write_text(page + "\n", encoding="utf-8")


def _groups(scenarios: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What failed, then the folders in the order in which they were played."""
    if failed := [scenario for scenario in scenarios if not scenario["passed"]]:
        yield "failed", failed
    folders: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for scenario in scenarios:
        if scenario["passed"]:
            folders[scenario["id"].rpartition("/")[0] or "scenarios"].append(scenario)
    yield from folders.items()


def _hash(style: str) -> str:
    """The name by which the page's policy allows this style and no other."""
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _clock_time(time: str) -> str:
    """``09:05``; seconds only where there are any."""
    return time[11:19].removesuffix(":00") if time else ""


_PAGES.filters["clock_time"] = _clock_time
