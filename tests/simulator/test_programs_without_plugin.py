"""The connector as a program of its own against a Commerce without the plugin, over real sockets."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import requests
from test_programs import PATIENCE, connector_at, mock, post

from simulator import defaults

pytestmark = pytest.mark.sockets


def test_an_order_over_three_programs_without_the_plugin(tmp_path):
    with mock("mock_amazon") as amazon, mock("mock_commerce") as commerce:
        connector = connector_at(amazon, commerce, tmp_path)
        post(f"{commerce}/_sim/config", {"module": "disabled"})
        post(f"{commerce}/_sim/products", {"sku": "SKU-RED", "qty": 2})
        connector("store", "add", "Main US", "--seller", defaults.SELLER)
        connected = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S%z")
        token = ("--refresh-token", defaults.REFRESH_TOKEN)
        connector("store", "connect", "Main US", *token, "--connected-at", connected)
        assert "store_config" in connector("store", "list")
        assert "place_orders_by=orders_api" in connector("settings", "place_orders_by=orders_api")
        for name in ("A1", "A2"):
            line = {"sku": "SKU-RED", "qty": 2, "unit_price": "19.99"}
            post(f"{amazon}/_sim/orders", {"id": name, "status": "Unshipped", "lines": [line]})
        for url in (amazon, commerce):
            post(f"{url}/_sim/clock", {"advance": "10m"})
        assert "1 imported, 1 blocked" in connector("sync")
        (order,) = requests.get(f"{commerce}/_sim/state", timeout=PATIENCE).json()["orders"]
        assert (order["placed_by"], order["status"], order["total"]) == ("orders_api", "processing", "39.98")
        post(f"{commerce}/_sim/orders/{order['entity_id']}/ship", {})
        connector("sync")
        connector("sync")
        (order,) = requests.get(f"{commerce}/_sim/state", timeout=PATIENCE).json()["orders"]
        assert (order["state"], order["invoices"]) == ("complete", 1)
        assert "store_config" not in connector("store", "list")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_cron_ends_cleanly(tmp_path, number):
    command = [sys.executable, "-m", "connector", "cron"]
    environment = {**os.environ, "CONNECTOR_DB": str(tmp_path / "connector.db"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout.readline() == "cron is running; Ctrl-C ends it\n"
            process.send_signal(number)
            out, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (0, "cron has ended\n", "")
