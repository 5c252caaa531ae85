"""Real Magento clients against the Commerce mock on a socket, each unchanged and in a process of its own.

MyMagento and PyMagento are both imported as ``magento``: PyMagento is installed into a folder of its own
(``make setup``), which only its process sees.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

import mock_commerce
from simkit.clock import VirtualClock
from simkit.program import ServerConfig
from simkit.serving import LiveServer

HERE = Path(__file__).parent
PYMAGENTO = Path(sys.prefix) / "pymagento"
SKUS = ("24-MB01", "RED/MUG 1", "A+B", "TEA & CO")
pytestmark = pytest.mark.sockets


@pytest.fixture
def shop(socket_enabled):
    """A shop with four products of ten units and two open orders."""
    with LiveServer(mock_commerce.create_app(ServerConfig(clock=VirtualClock()))) as server:
        for sku in SKUS:
            sim(server.url, "products", sku=sku, name="Bag", price="24.99", qty=10)
        for name in ("C1", "C2"):
            sim(server.url, "orders", id=name, lines=[{"sku": "24-MB01", "qty": 2}])
        yield server.url


def sim(url, path, **body):
    answer = requests.post(f"{url}/_sim/{path}", json=body, timeout=10)
    assert answer.ok, answer.text


def token(url):
    credentials = {"username": "admin", "password": "admin123"}
    answer = requests.post(f"{url}/rest/V1/integration/admin/token", json=credentials, timeout=10)
    return answer.json()


def play(name, folder, *arguments, path=None):
    """Run a client's program where its logs may lie; its assertions decide."""
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    command = [sys.executable, str(HERE / "commerce_flows" / f"by_{name}.py"), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-1000:]


def test_my_magento(shop, tmp_path):
    play("my_magento", tmp_path, shop)


@pytest.mark.parametrize("name", ["entirius", "magento_2_api"])
def test_clients_with_a_bearer(shop, tmp_path, name):
    play(name, tmp_path, shop, token(shop))


def test_an_integration_token_is_a_bearer_where_that_is_on(shop, tmp_path):
    sim(shop, "config", quirks={"integration_bearer": "on"})
    play("entirius", tmp_path, shop, "sim-integration-token")


def test_pymagento(shop, tmp_path):
    if not PYMAGENTO.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("PyMagento is not installed: run make setup")
        pytest.skip("PyMagento is not installed: run make setup")
    play("py_magento", tmp_path, shop, token(shop), path=PYMAGENTO)
