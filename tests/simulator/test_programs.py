"""The real programs as processes of the operating system, over real sockets, on real time."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import requests

from simulator import defaults

pytestmark = pytest.mark.sockets

PATIENCE = 30
"""Seconds until a process is given up."""


@contextmanager
def program(module, *arguments):
    """A running program, and the first line that it prints."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@contextmanager
def mock(module):
    """A mock whose clock is ten minutes late, until ``catch_up``."""
    with program(module, "--port", "0", "--clock=-10m") as (_, line):
        yield line.rpartition(" ")[2]


def post(url, body):
    answer = requests.post(url, json=body, timeout=PATIENCE)
    assert answer.ok, answer.text
    return answer.json()


def test_an_order_over_three_programs(tmp_path):
    with mock("mock_amazon") as amazon, mock("mock_commerce") as commerce:
        connector = connector_at(amazon, commerce, tmp_path)
        connected = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S%z")
        connector("store", "add", "Main US", "--seller", defaults.SELLER)
        connector(
            *("store", "connect", "Main US"),
            *("--refresh-token", defaults.REFRESH_TOKEN, "--connected-at", connected),
        )
        post(f"{commerce}/_sim/products", {"sku": "SKU-RED"})
        line = {"sku": "SKU-RED", "qty": 2, "unit_price": "19.99"}
        number = post(f"{amazon}/_sim/orders", {"id": "A1", "status": "Unshipped", "lines": [line]})[
            "amazon_order_id"
        ]
        for url in (amazon, commerce):
            post(f"{url}/_sim/clock", {"advance": "10m"})
        assert "1 imported" in connector("sync")
        assert number in connector("orders")
        (order,) = requests.get(f"{commerce}/_sim/state", timeout=PATIENCE).json()["orders"]
        assert (order["ext_order_id"], order["status"], order["total"]) == (number, "processing", "39.98")
        post(f"{commerce}/_sim/orders/{order['entity_id']}/ship", {})
        connector("sync")
        (placed,) = requests.get(f"{amazon}/_sim/state", timeout=PATIENCE).json()["orders"]
        assert placed["status"] == "Shipped"


def connector_at(amazon, commerce, folder):
    """The connector's command line, against these addresses."""
    environment = {
        **os.environ,
        "CONNECTOR_DB": str(folder / "connector.db"),
        "CONNECTOR_AMAZON_URL": amazon,
        "CONNECTOR_LWA_URL": amazon,
        "CONNECTOR_COMMERCE_URL": commerce,
        "CONNECTOR_LWA_CLIENT_ID": defaults.LWA_CLIENT_ID,
        "CONNECTOR_LWA_CLIENT_SECRET": defaults.LWA_CLIENT_SECRET,
        "CONNECTOR_COMMERCE_PASSWORD": defaults.COMMERCE_PASSWORD,
    }

    def connector(*arguments):
        result = subprocess.run(
            [sys.executable, "-m", "connector", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        for secret in (defaults.REFRESH_TOKEN, defaults.LWA_CLIENT_SECRET, defaults.COMMERCE_PASSWORD):
            assert secret not in result.stdout + result.stderr
        return result.stdout

    return connector


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_world_comes_up_and_stops_cleanly(number):
    with program("simulator", "up", "--port", "0", "--frozen") as (process, line):
        console = line.split()[1]
        assert requests.get(f"{console}/_sim/health", timeout=PATIENCE).json()["status"] == "ok"
        process.send_signal(number)
        _, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, errors) == (0, "")


def test_a_world_on_a_port_in_use_says_so():
    with program("simulator", "up", "--port", "0") as (_, line):
        port = line.rpartition(":")[2]
        result = subprocess.run(
            [sys.executable, "-m", "simulator", "up", "--port", port],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert result.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in result.stderr
