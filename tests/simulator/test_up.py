"""``channelsim up`` in this process: an empty world on sockets, steered over HTTP."""

import json
import socket
from datetime import UTC, datetime

import pytest
import requests

from mock_amazon.sandbox.reading import read_models
from simkit.clock import VirtualClock
from simkit.serving import PortInUse
from simulator import defaults, up

pytestmark = pytest.mark.sockets

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
ORDER = {"id": "A1", "status": "Unshipped", "lines": [{"sku": "SKU-RED", "qty": 2, "unit_price": "19.99"}]}


def wish(**changes):
    return up.Wish(VirtualClock(START), port=0, **changes)


def post(url, body=None, **headers):
    answer = requests.post(url, json=body or {}, headers=headers, timeout=10)
    return answer.status_code, answer.json()


def get(url, **headers):
    return requests.get(url, headers=headers, timeout=10)


def test_an_empty_world_with_one_connected_store():
    with up.running(wish()) as urls:
        assert [get(f"{url}/_sim/health").json()["status"] for url in urls.values()] == ["ok"] * 4
        assert get(f"{urls['amazon']}/_sim/state").json()["orders"] == []
        assert get(f"{urls['commerce']}/_sim/state").json()["products"] == []
        page = get(urls["console"])
        assert "Main US" in page.text
        assert "script" not in page.headers["Content-Security-Policy"]
        assert "<script" not in page.text
        assert get(f"{urls['console']}/static/console.css").status_code == 200


def test_an_order_goes_its_way():
    with up.running(wish()) as urls:
        post(f"{urls['commerce']}/_sim/products", {"sku": "SKU-RED"})
        post(f"{urls['amazon']}/_sim/orders", ORDER)
        assert post(f"{urls['console']}/_sim/sync")[1]["last"]["seen"] == 0  # younger than two minutes
        status, told = post(f"{urls['console']}/_sim/cron", {"n": 2})
        assert (status, told["now"], told["errors"]) == (200, "2026-03-01T09:10:00Z", {})
        assert len(get(f"{urls['commerce']}/_sim/state").json()["orders"]) == 1


def test_amazon_answers_sandbox_cases_next_to_its_orders(tmp_path):
    case = {"request": {"parameters": {}}, "response": {"canned": True}}
    operation = {"responses": {"200": {"x-amzn-api-sandbox": {"static": [case]}}}}
    model = {"swagger": "2.0", "paths": {"/shelf/v1/books": {"get": operation}}}
    (tmp_path / "shelf.json").write_text(json.dumps(model))
    form = {"grant_type": "refresh_token", "refresh_token": defaults.REFRESH_TOKEN}
    form |= {"client_id": defaults.LWA_CLIENT_ID, "client_secret": defaults.LWA_CLIENT_SECRET}
    with up.running(wish(sandbox=read_models(tmp_path))) as urls:
        token = requests.post(f"{urls['amazon']}/auth/o2/token", data=form, timeout=10).json()["access_token"]
        held = {"x-amz-access-token": token}
        assert get(f"{urls['amazon']}/sandbox/shelf/v1/books", **held).json() == {"canned": True}
        assert get(f"{urls['amazon']}/sellers/v1/marketplaceParticipations", **held).status_code == 200


def test_one_clock_for_all():
    with up.running(wish()) as urls:
        post(f"{urls['amazon']}/_sim/clock", {"advance": "1h"})
        assert get(f"{urls['commerce']}/_sim/clock").json()["now"] == "2026-03-01T10:00:00Z"


@pytest.mark.parametrize("body", [{"n": 0}, {"n": "1"}, {"n": True}, {"times": 1}], ids=str)
def test_bad_control_calls_change_nothing(body):
    with up.running(wish()) as urls:
        status, told = post(f"{urls['console']}/_sim/cron", body)
        assert status == 400
        assert told["error"]
        assert get(f"{urls['commerce']}/_sim/clock").json()["now"] == "2026-03-01T09:00:00Z"


def test_the_control_token_guards_the_console_too():
    with up.running(wish(control_token="secret")) as urls:
        assert post(f"{urls['console']}/_sim/sync")[0] == 401
        assert post(f"{urls['console']}/_sim/sync", Authorization="Bearer secret")[0] == 200
        assert get(urls["console"]).status_code == 200


def test_a_page_of_another_origin_may_not_steer():
    with up.running(wish()) as urls:
        assert post(f"{urls['console']}/_sim/sync", Origin="http://evil.example")[0] == 403


def test_a_folder_keeps_the_world(tmp_path):
    with up.running(wish(folder=tmp_path / "world")) as urls:
        post(f"{urls['amazon']}/_sim/orders", ORDER)
    assert {file.suffix for file in (tmp_path / "world").iterdir() if file.suffix == ".db"} == {".db"}
    with up.running(up.Wish(VirtualClock(START.replace(hour=10)), 0, tmp_path / "world")) as urls:
        post(f"{urls['console']}/_sim/sync")
        (order,) = get(f"{urls['amazon']}/_sim/state").json()["orders"]
        assert order["id"] == "A1"
        assert post(f"{urls['console']}/_sim/sync")[1]["last"]["blocked"] == 1  # not in the catalog


def test_a_port_in_use_leaves_nothing_behind(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(PortInUse, match=str(port)),
            up.running(up.Wish(VirtualClock(START), port, tmp_path / "world")),
        ):
            pass
    assert not (tmp_path / "world").exists()


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "world").write_text("in the way")
    with pytest.raises(up.FolderUnusable, match="world"), up.running(wish(folder=tmp_path / "world")):
        pass
