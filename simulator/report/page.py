"""The report as one HTML page: self-contained, escaped, no scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

_PAGES = Environment(
    loader=PackageLoader("simulator.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def write(report: dict[str, Any], path: Path) -> None:
    page = _PAGES.get_template("report.html").render(report=report)
    path.write_text(page + "\n", encoding="utf-8")
