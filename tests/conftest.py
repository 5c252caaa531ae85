"""What all tests share."""

import os
import secrets
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def contracts():
    """The folder of the vendors' schemas; they are not part of this project."""
    folder = Path(os.environ.get("CHANNELSIM_CONTRACTS", ROOT.parent / "shared" / "contracts"))
    if not folder.is_dir():
        message = f"the vendors' contracts are not at {folder}: set CHANNELSIM_CONTRACTS"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def postgresql_server():
    """The URL of a PostgreSQL database in which tests may make schemas."""
    url = os.environ.get("CHANNELSIM_POSTGRESQL")
    if not url:
        message = "no PostgreSQL server: set CHANNELSIM_POSTGRESQL to its URL, or use .ci/with-postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return url


@pytest.fixture
def own_world(postgresql_server):
    """The same URL with the name of a world that no other test has; the test removes its schemas."""
    return f"{postgresql_server}?world=test_{secrets.token_hex(6)}"


def pytest_collection_modifyitems(items):
    """Sockets are off but for the tests that are about them."""
    for item in items:
        if item.get_closest_marker("sockets"):
            item.add_marker(pytest.mark.enable_socket)
