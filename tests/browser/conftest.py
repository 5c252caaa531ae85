"""A live world and a person in front of it: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from person import Person
from playwright.sync_api import Browser, sync_playwright

from simkit.clock import VirtualClock
from simulator import up

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.sockets)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHANNELSIM_CHROMIUM") or shutil.which("chromium")
    if program is None:
        reason = "there is no Chromium: install it, or name it in CHANNELSIM_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    root = ("--no-sandbox",) if os.getuid() == 0 else ()  # Chromium's sandbox refuses root
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=[*QUIET, *root])
        yield chromium
        chromium.close()


@pytest.fixture
def urls() -> Iterator[dict[str, str]]:
    """A new world: a shop without products, one connected store, a clock that stands still."""
    with up.running(up.Wish(VirtualClock(START), port=0)) as addresses:
        yield addresses


@pytest.fixture
def person(browser: Browser, urls: dict[str, str]) -> Iterator[Person]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(10_000)
    yield Person(context.new_page(), urls)
    context.close()
