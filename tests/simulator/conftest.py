"""Scenarios written down in a test."""

import pytest

from simulator.scenario import language
from simulator.world import World


@pytest.fixture(scope="session")
def world():
    """One world in this process for all tests of a worker: each play starts from an empty one."""
    with World() as world:
        yield world


@pytest.fixture
def scenario(tmp_path):
    """Reads the text of a scenario file, the title left out."""

    def read(text, name="it.yaml"):
        file = tmp_path / name
        file.write_text(f"scenario: A test\n{text}", encoding="utf-8")
        (loaded,) = language.load(file)
        return loaded

    return read
