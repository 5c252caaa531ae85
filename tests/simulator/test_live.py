"""``channelsim up`` with a scenario, a cron and a faster clock."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from simkit.clock import VirtualClock
from simulator import up
from simulator.live import NotPlayed
from simulator.scenario import language

pytestmark = pytest.mark.sockets

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
DEMO = Path(__file__).parents[2] / "fixtures" / "demo.yaml"
SHOP = """scenario: A shop
given:
  stores: [{name: Second, marketplace: UK, seller: SELLER-2}]
  catalog: [{sku: MUG, qty: 5}]
steps:
  - amazon.order: {id: A1, status: Unshipped, lines: [{sku: MUG, qty: 1, unit_price: "5.00"}]}
    note: An order is placed.
"""


def scenario(tmp_path, text):
    file = tmp_path / "shop.yaml"
    file.write_text(text)
    (one,) = language.load(file)
    return one


def wish(**changes):
    return up.Wish(VirtualClock(START), port=0, **changes)


def get(url):
    return requests.get(url, timeout=10)


def post(url, body=None):
    return requests.post(url, json=body or {}, timeout=10).json()


def eventually(look):
    """What ``look`` answers once it is true; it is asked for at most ten seconds."""
    end = time.monotonic() + 10
    while not (seen := look()) and time.monotonic() < end:
        time.sleep(0.05)
    return seen


def test_a_scenario_is_played_in_the_new_world(tmp_path):
    told = []
    with up.running(wish(scenario=scenario(tmp_path, SHOP), tell=told.append)) as urls:
        (order,) = get(f"{urls['amazon']}/_sim/state").json()["orders"]
        page = get(urls["console"]).text
    assert told == ["An order is placed."]
    assert (order["id"], order["seller"], order["status"]) == ("A1", "SELLER-2", "Unshipped")
    assert "Second" in page
    assert "Main US" not in page  # the scenario's stores, not the default one


@pytest.mark.parametrize("version", ["2026-01-01", "v0"])
def test_an_order_of_the_very_second_of_connecting_is_imported(tmp_path, version):
    settings = f'given:\n  settings: {{orders_api_version: "{version}"}}'
    text = SHOP.replace("given:", settings) + "  - cron: 2\n"
    clock = VirtualClock(START.replace(microsecond=123_456))
    with up.running(up.Wish(clock, port=0, scenario=scenario(tmp_path, text), tell=str)) as urls:
        assert len(get(f"{urls['commerce']}/_sim/state").json()["orders"]) == 1  # T-24


def test_the_world_goes_on_where_the_scenario_ended(tmp_path):
    text = SHOP + "  - cron: 2\n"
    with up.running(wish(scenario=scenario(tmp_path, text), tell=str)) as urls:
        assert get(f"{urls['commerce']}/_sim/clock").json()["now"] == "2026-03-01T09:10:00Z"
        assert len(get(f"{urls['commerce']}/_sim/state").json()["orders"]) == 1


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ("  - expect: {shop_orders: 7}\n", "shop.yaml:8: the world is not as expected"),
        ("  - connector.sync: {parallel: 2}\n", "shop.yaml:8: .*neither killed nor doubled"),
        ("  - connector.restart: {}\n", "shop.yaml:8: .*cannot be restarted"),
    ],
)
def test_a_step_that_fails_stops_the_start_with_its_line(tmp_path, steps, reason):
    with (
        pytest.raises(NotPlayed, match=reason),
        up.running(wish(scenario=scenario(tmp_path, SHOP + steps), tell=str)),
    ):
        pass


def test_a_scenario_is_not_played_over_a_world_that_is_kept(tmp_path):
    folder = tmp_path / "world"
    with up.running(wish(folder=folder)):
        pass
    with (
        pytest.raises(up.NotEmpty),
        up.running(wish(folder=folder, scenario=scenario(tmp_path, SHOP), tell=str)),
    ):
        pass


def test_cron_runs_the_connector_when_the_clock_passes_its_time(tmp_path):
    with up.running(wish(cron=True, scenario=scenario(tmp_path, SHOP), tell=str)) as urls:
        commerce = f"{urls['commerce']}/_sim"
        assert get(f"{commerce}/state").json()["orders"] == []
        post(f"{commerce}/clock", {"advance": "11m"})
        assert len(eventually(lambda: get(f"{commerce}/state").json()["orders"])) == 1


def test_a_fast_clock_brings_the_cron_by_itself(tmp_path):
    with up.running(wish(cron=True, scenario=scenario(tmp_path, SHOP), tell=str)) as urls:
        commerce = f"{urls['commerce']}/_sim"
        post(f"{commerce}/clock", {"speed": 600})
        post(f"{commerce}/clock", {"mode": "running"})
        assert len(eventually(lambda: get(f"{commerce}/state").json()["orders"])) == 1


def test_the_demo_plays_as_it_says():
    (demo,) = language.load(DEMO)
    with up.running(wish(scenario=demo, tell=str)) as urls:
        state = get(f"{urls['commerce']}/_sim/state").json()
        page = get(urls["console"]).text
    assert "Main US" in state["system_message"]
    assert len(re.findall("item_[a-z_]+", page)) == 3


class Console:
    """The console as a browser would use it: one session, and the token of its forms."""

    def __init__(self, url):
        self.url = url
        self.session = requests.Session()

    def send(self, form, **fields):
        page = self.session.get(self.url, timeout=10).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        return self.session.post(f"{self.url}/{form}", data={"csrf_token": token, **fields}, timeout=10)


@pytest.mark.parametrize(
    ("form", "fields", "now", "mode"),
    [
        ("cron", {}, "2026-03-01T09:05:00Z", "frozen"),
        ("run", {}, "2026-03-01T09:00:00Z", "frozen"),
        ("clock", {"advance": "1h"}, "2026-03-01T10:00:00Z", "frozen"),
        ("clock", {"mode": "running"}, "2026-03-01T09:00:0", "running"),
        ("clock", {"speed": "0.0001"}, "2026-03-01T09:00:00", "running"),
    ],
)
def test_the_console_moves_the_world(form, fields, now, mode):
    with up.running(wish()) as urls:
        console = Console(urls["console"])
        assert console.send(form, **fields).status_code == 200
        clock = get(f"{urls['amazon']}/_sim/clock").json()
    assert clock["now"].startswith(now)
    assert clock["mode"] == mode


@pytest.mark.parametrize(
    "fields", [{}, {"advance": "-1h"}, {"advance": "soon"}, {"speed": "0"}, {"mode": "x"}]
)
def test_a_wish_that_the_console_does_not_know_changes_nothing(fields):
    with up.running(wish()) as urls:
        assert Console(urls["console"]).send("clock", **fields).status_code == 400
        assert get(f"{urls['amazon']}/_sim/clock").json()["now"] == "2026-03-01T09:00:00Z"


@pytest.mark.parametrize("form", ["cron", "run", "clock"])
def test_no_other_page_can_press_the_consoles_buttons(form):
    with up.running(wish()) as urls:
        assert requests.post(f"{urls['console']}/{form}", timeout=10).status_code == 400
        assert get(f"{urls['amazon']}/_sim/clock").json()["now"] == "2026-03-01T09:00:00Z"


def test_the_console_answers_under_names_of_this_machine_only():
    with up.running(wish()) as urls:
        answer = requests.get(urls["console"], headers={"Host": "evil.example"}, timeout=10)
    assert answer.status_code == 403
    assert "evil.example is not a name of this machine" in answer.text


def test_the_consoles_page_tells_what_the_last_run_did():
    with up.running(wish()) as urls:
        answer = Console(urls["console"]).send("run")
    assert "The connector ran: 0 seen, 0 imported, 0 blocked, 0 failed" in answer.text
    assert "script" not in answer.headers["Content-Security-Policy"]
