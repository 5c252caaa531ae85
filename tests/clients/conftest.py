"""What the tests of real clients share."""

import pytest
from live_amazon import live_amazon


@pytest.fixture
def mock():
    with live_amazon() as mock:
        yield mock
