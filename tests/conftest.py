"""What all tests share."""

import os
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


def pytest_collection_modifyitems(items):
    """Sockets are off but for the tests that are about them."""
    for item in items:
        if item.get_closest_marker("sockets"):
            item.add_marker(pytest.mark.enable_socket)
