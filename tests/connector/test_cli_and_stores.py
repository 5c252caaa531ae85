"""Stores, settings and the command line: what is wrong is told clearly, and nothing is half-done."""

import signal
from datetime import UTC, datetime, timedelta

import pytest
import requests
import responses
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from connector.cli import main
from connector.config import ConnectorConfig
from connector.domain.settings import InvalidSetting
from connector.errors import RetryLater
from connector.program import Connector
from connector.stores import StoreError

US = {"marketplace": {"id": "ATVPDKIKX0DER"}, "participation": {"isParticipating": True}}


@pytest.fixture
def connector():
    config = ConnectorConfig(
        commerce_url="https://shop.test", amazon_url="https://amazon.test", lwa_url="https://lwa.test"
    )
    program = Connector(config)
    yield program
    program.close()


@pytest.fixture
def both_sides():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as web:
        web.post("https://lwa.test/auth/o2/token", json={"access_token": "Atza|1", "expires_in": 3600})
        web.get("https://amazon.test/sellers/v1/marketplaceParticipations", json={"payload": [US]})
        rest = "https://shop.test/rest/V1"
        web.post(f"{rest}/integration/admin/token", json="jwt")
        web.get(f"{rest}/modules", json=["Magento_Amazon"])
        web.get(f"{rest}/store/websites", json=[{"id": 1, "code": "base"}])
        web.get(f"{rest}/store/storeViews", json=[{"id": 1, "code": "default", "website_id": 1}])
        web.get(f"{rest}/inventory/stock-resolver/website/base", json={"stock_id": 1})
        yield web


def test_import_is_enabled_after_connecting(connector, both_sides):
    connector.add_store("Main US")
    assert connector.state()["stores"]["Main US"]["state"] == "incomplete"
    connector.connect_store("Main US", "Atzr|x")
    view = connector.state()["stores"]["Main US"]
    assert (view["state"], view["settings"]["import_orders"]) == ("active", "enabled")
    assert view["problem"] is None


def test_a_missing_module_is_told_at_the_connection(connector, both_sides):
    both_sides.replace(responses.GET, "https://shop.test/rest/V1/modules", json=["Magento_Sales"])
    connector.add_store("Main US")
    connector.connect_store("Main US", "Atzr|x")
    view = connector.state()["stores"]["Main US"]
    assert view["problem"] == "store_config"
    assert "place_orders_by: orders_api" in view["problem_resolution"]


def test_a_store_that_cannot_be_reached_stays_unconnected(connector, both_sides):
    both_sides.replace(
        responses.GET, "https://shop.test/rest/V1/store/websites", body=requests.ConnectionError("down")
    )
    connector.add_store("Main US")
    with pytest.raises(RetryLater, match=r"no answer from Commerce at shop\.test"):
        connector.connect_store("Main US", "Atzr|x")
    assert connector.state()["stores"]["Main US"]["state"] == "incomplete"


def test_a_seller_who_is_not_on_the_marketplace_cannot_connect(connector, both_sides):
    connector.add_store("Main UK", marketplace="UK")
    with pytest.raises(StoreError, match="takes no part in marketplace UK"):
        connector.connect_store("Main UK", "Atzr|x")


@pytest.mark.parametrize(
    ("again", "message"),
    [
        ({"name": "Main US", "seller": "S2"}, "there is a store 'Main US' already"),
        ({"name": "Other"}, "store 'Main US' stands for seller SELLER-1 on US already"),  # T-31
        ({"name": " ", "seller": "S2"}, "1 to 100 characters"),
        ({"name": "Mars", "marketplace": "XX"}, "unknown marketplace 'XX'"),
    ],
)
def test_stores_that_cannot_be_added(connector, again, message):
    connector.add_store("Main US")
    with pytest.raises(StoreError, match=message):
        connector.add_store(**again)
    assert list(connector.state()["stores"]) == ["Main US"]


def test_settings_change_after_connecting_for_all_stores_or_none(connector, both_sides):
    connector.add_store("Main US")
    with pytest.raises(StoreError, match="is not connected"):  # S-11
        connector.change_settings({"import_orders": "disabled"})
    connector.connect_store("Main US", "Atzr|x")
    with pytest.raises(InvalidSetting):
        connector.change_settings({"import_orders": "disabled", "overlap": "soon"})
    assert connector.state()["stores"]["Main US"]["settings"]["import_orders"] == "enabled"
    connector.change_settings({"import_orders": "disabled"}, store="Main US")
    assert connector.state()["stores"]["Main US"]["settings"]["import_orders"] == "disabled"


def test_renewed_access_does_not_move_the_cut_off(connector, both_sides):
    connector.add_store("Main US")
    connector.connect_store("Main US", "Atzr|x")
    before = connector.state()["stores"]["Main US"]["connected_at"]
    connector.connect_store("Main US", "Atzr|y")
    assert connector.state()["stores"]["Main US"]["connected_at"] == before


def test_an_unknown_store_names_those_there_are(connector):
    connector.add_store("Main US")
    with pytest.raises(StoreError, match="no store 'Main DE'; there are: Main US"):
        connector.match("A", "B", store="Main DE")


@pytest.fixture
def run(tmp_path):
    def invoke(*arguments, **environment):
        defaults = {
            "CONNECTOR_DB": str(tmp_path / "connector.db"),
            "CONNECTOR_AMAZON_URL": "https://amazon.test",
            "CONNECTOR_LWA_URL": "https://lwa.test",
            "CONNECTOR_LWA_CLIENT_SECRET": "sim-secret",
            "CONNECTOR_COMMERCE_URL": "https://shop.test",
            "CONNECTOR_COMMERCE_PASSWORD": "admin123",
        }
        return CliRunner().invoke(main, arguments, env=defaults | environment)

    return invoke


def test_the_command_line_from_adding_to_listing(run, both_sides):
    assert run("sync").output == "no store is connected\n"
    assert run("store", "add", "Main US", "--seller", "SELLER-1").exit_code == 0
    connected = run("store", "connect", "Main US", "--refresh-token", "Atzr|secret")
    assert connected.output == "connected Main US\n"
    listed = run("store", "list").output
    assert "Main US  US  SELLER-1  base  active  import enabled" in listed
    assert "secret" not in listed
    assert run("orders").output == "no Amazon orders yet\n"


def test_problems_of_a_run_are_told_and_give_status_1(run, both_sides):
    run("store", "add", "Main US", "--seller", "SELLER-1")
    long_ago = ("--connected-at", "2020-01-01T00:00:00+0000")
    assert run("store", "connect", "Main US", "--refresh-token", "Atzr|x", *long_ago).exit_code == 0
    both_sides.replace(
        responses.POST, "https://lwa.test/auth/o2/token", status=400, json={"error": "invalid_grant"}
    )
    synced = run("sync")
    assert synced.exit_code == 1
    assert "Main US: Login with Amazon refuses: invalid_grant" in synced.output
    assert "auth_failed" in run("store", "list").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("store", "connect", "Nope", "--refresh-token", "x"), "there is no store 'Nope'; there are: none"),
        (("store", "add", "X", "--seller", "S", "--marketplace", "XX"), "'XX' is not one of"),
        (("orders", "--store"), "requires an argument"),
    ],
)
def test_wrong_commands_are_one_clear_line(run, arguments, message):
    result = run(*arguments)
    assert result.exit_code != 0
    assert message in result.output
    assert "Traceback" not in result.output


def test_an_unreadable_database_is_one_clear_line(run, tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_text("this is no database, " * 100)
    result = run("store", "list", CONNECTOR_DB=str(broken))
    assert result.exit_code == 2
    assert "cannot use the database" in result.output


def test_the_configuration_shows_no_secret():
    config = ConnectorConfig(commerce_url="x", lwa_client_secret="s3cret", commerce_password="pa55")
    assert "s3cret" not in repr(config)
    assert "pa55" not in repr(config)


def test_the_page_escapes_what_it_shows(connector):
    connector.add_store("<script>alert(1)</script>")
    page = connector.app.test_client().get("/")
    assert "<script>" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert connector.app.test_client().get("/health").json == {"status": "ok", "system": "connector"}


@pytest.fixture
def connected(run, both_sides):
    run("store", "add", "Main US", "--seller", "SELLER-1")
    assert run("store", "connect", "Main US", "--refresh-token", "Atzr|x").exit_code == 0
    product = {"sku": "MUG", "status": 1, "type_id": "simple"}
    both_sides.get("https://shop.test/rest/V1/products", json={"items": [product], "total_count": 1})
    return run


def test_settings_are_shown_and_changed(connected):
    assert "  import_orders=enabled" in connected("settings").output
    changed = connected("settings", "import_orders=disabled", "cron_interval=10m", "--store", "Main US")
    assert changed.exit_code == 0
    assert "  import_orders=disabled" in changed.output
    assert "  cron_interval=10m" in connected("settings").output


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (["import_orders"], "'import_orders' is not a change: write NAME=VALUE"),
        (["import_order=disabled"], "unknown setting 'import_order': there are import_orders, store_view"),
        (["place_orders_by=cart"], "place_orders_by: 'cart' is not one of plugin, orders_api"),
        (["cron_interval=10m", "overlap=soon"], "overlap: 'soon' is not a duration"),
        (["order_status=custom"], "processing_status: is required while order_status is 'custom'"),
        (["read_only=on", "--store", "Nope"], "there is no store 'Nope'; there are: Main US"),
    ],
)
def test_a_wrong_setting_is_told_and_nothing_is_changed(connected, changes, message):
    before = connected("settings").output
    result = connected("settings", *changes)
    assert (result.exit_code, message in result.output) == (1, True)
    assert connected("settings").output == before


def test_matches_are_tied_listed_and_removed(connected):
    assert connected("match", "tie", "AMZ-MUG", "MUG").output == "AMZ-MUG is matched to MUG\n"
    assert connected("match", "list").output == "Main US  AMZ-MUG  MUG\n"
    removed = connected("match", "remove", "AMZ-MUG", "--store", "Main US")
    assert removed.output == "AMZ-MUG is no longer matched in Main US\n"
    assert connected("match", "list").output == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tie", "AMZ-MUG", "mug"), "Commerce has no product 'mug'; there is MUG"),  # F28
        (("tie", "X" * 101, "MUG"), "is not a seller SKU: 1 to 100 characters"),
        (("tie", " ", "MUG"), "' ' is not a seller SKU"),
        (("remove", "AMZ-MUG"), "seller SKU 'AMZ-MUG' is not matched in Main US"),
        (("list", "--store", "Nope"), "there is no store 'Nope'"),
    ],
)
def test_a_wrong_match_is_told_and_nothing_is_kept(connected, arguments, message):
    result = connected("match", *arguments)
    assert (result.exit_code, message in result.output) == (1, True)
    assert connected("match", "list").output == ""


class Hurried:
    """A clock that waits by moving on."""

    def __init__(self):
        self.time = datetime(2026, 3, 1, 9, 1, tzinfo=UTC)

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.time += timedelta(seconds=seconds)


def test_cron_tells_of_each_run_and_ends(connected, both_sides, monkeypatch):
    both_sides.post("https://lwa.test/auth/o2/token", status=400, json={"error": "invalid_grant"})
    monkeypatch.setattr(Connector, "clock", Hurried())
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    ran = connected("cron", "--runs", "2")
    assert ran.exit_code == 0
    told = ran.output.splitlines()
    assert told[0] == "cron is running; Ctrl-C ends it"
    assert told[1].startswith("2026-03-01T09:05:00Z  Main US: 0 seen, 0 imported, 0 blocked, 0 failed")
    assert told[2].startswith("2026-03-01T09:10:00Z  Main US: ")
    assert told[3] == "cron has ended"


def test_a_database_that_fails_does_not_end_cron_and_shows_no_data(connected, monkeypatch):
    def fail(self, store=None):
        raise OperationalError("INSERT", {"name": "Ann Lee"}, Exception("Ann Lee"))

    monkeypatch.setattr(Connector, "clock", Hurried())
    monkeypatch.setattr(Connector, "sync", fail)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    ran = connected("cron", "--runs", "1")
    assert "database: OperationalError" in ran.output
    assert "Ann" not in ran.output
