"""Every static sandbox case of the vendor's model files is answered as it stands there: status and body.

The requests are made here from the cases, independently of how the mock reads them.
"""

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from mock_amazon import create_app
from mock_amazon.sandbox.reading import read_models
from simkit.clock import VirtualClock
from simkit.program import ServerConfig

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("CHANNELSIM_CONTRACTS", ROOT.parent / "shared" / "contracts")) / "amazon"
COUNTS = {
    "feeds_2021-06-30.json": 12,
    "listingsItems_2021-08-01.json": 14,
    "notifications.json": 9,
    "ordersV0.json": 31,
    "orders_2026-01-01.json": 8,
    "reports_2021-06-30.json": 18,
    "sellers.json": 3,
    "tokens_2021-03-01.json": 3,
}
UNREACHABLE = "sellers.json getAccount 400 1"
"""It lists no parameters, as the 200 of the same operation does: no request can mean this one."""


@cache
def model(file):
    return json.loads((FOLDER / file).read_text())


def cases():
    """Each case as file, method, path, operation, status and content."""
    for file in COUNTS if FOLDER.is_dir() else ():
        for path, item in model(file)["paths"].items():
            for method in item.keys() & {"get", "put", "post", "delete", "patch"}:
                operation = item[method]
                for status, response in operation["responses"].items():
                    static = response.get("x-amzn-api-sandbox", {}).get("static", [])
                    for number, case in enumerate(static, 1):
                        name = f"{file} {operation['operationId']} {status} {number}"
                        yield pytest.param(file, path, method, int(status), case, id=name)


CASES = sorted(cases(), key=lambda case: case.id)


@pytest.fixture(scope="module")
def sandbox():
    """The sandbox, and a token for it."""
    client = create_app(ServerConfig(clock=VirtualClock()), read_models(FOLDER)).test_client()
    client.post("/_sim/account", json={"throttling": "off"})
    form = {"grant_type": "refresh_token", "refresh_token": "Atzr|sim-main-us"}
    secret = {"client_id": "amzn1.application-oa2-client.sim", "client_secret": "sim-secret"}
    token = client.post("/auth/o2/token", data=form | secret).get_json()["access_token"]

    def ask(method, path, **more):
        headers = {"x-amz-access-token": more.pop("token", token)}
        return client.open(f"{more.pop('below', '/sandbox')}{path}", method=method, headers=headers, **more)

    return ask


def request_of(file, path, method, case):
    """Path, query and body with the values of a case."""
    item = model(file)["paths"][path]
    declared = [*item.get("parameters", []), *item[method].get("parameters", [])]
    where = {parameter["name"]: parameter["in"] for parameter in declared}
    query, body = {}, None
    for name, parameter in case["request"]["parameters"].items():
        value = parameter.get("value")
        if value is None:
            continue
        kind = where.get(name, "body")  # which some cases do not call by its name
        if kind == "path":
            path = path.replace(f"{{{name}}}", value)
        elif kind == "body":
            body = value
        else:
            query[name] = ",".join(value) if isinstance(value, list) else value
    return path.replace("{", "any-").replace("}", ""), query, body


@pytest.mark.parametrize(
    ("file", "path", "method", "status", "case"), [each for each in CASES if each.id != UNREACHABLE]
)
def test_the_case_is_answered(sandbox, file, path, method, status, case):  # noqa: PLR0917 - a case has these
    address, query, body = request_of(file, path, method, case)
    more = {} if body is None else {"json": body}
    answer = sandbox(method, address, query_string=query, **more)
    assert answer.status_code == status
    if status == 204 or case.get("response") is None:
        assert answer.data == b""
    else:
        assert answer.get_json() == case["response"]
        assert answer.mimetype == "application/json"
    assert answer.headers["x-amzn-RequestId"]


def test_no_case_is_left_out(contracts):
    assert Counter(case.id.split()[0] for case in CASES) == COUNTS
    assert COUNTS["ordersV0.json"] + COUNTS["orders_2026-01-01.json"] == 39
    read = read_models(contracts / "amazon").operations
    assert sum(len(operation.cases) for operation in read) == sum(COUNTS.values())


def test_the_one_that_nobody_can_ask_for_gives_way_to_the_success(sandbox, contracts):
    assert UNREACHABLE in {case.id for case in CASES}
    assert sandbox("GET", "/sellers/v1/account").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/fba/inventory/v1/summaries"),
        ("POST", "/notifications/v1/subscriptions/ORDER_CHANGE/testNotification"),
    ],
)
def test_dynamic_operations_say_that_they_are(sandbox, contracts, method, path):
    answer = sandbox(method, path)
    (error,) = answer.get_json()["errors"]
    assert (answer.status_code, error["code"]) == (400, "InvalidInput")
    assert error["message"] == "Could not match input arguments"
    assert "dynamic sandbox" in error["details"]


def test_a_restricted_token_opens_its_path_in_the_sandbox_too(sandbox, contracts):
    body = {"restrictedResources": [{"method": "GET", "path": "/orders/v0/orders/{orderId}/address"}]}
    issued = sandbox("POST", "/tokens/2021-03-01/restrictedDataToken", json=body, below="").get_json()
    token = issued["restrictedDataToken"]
    assert sandbox("GET", "/orders/v0/orders/TEST_CASE_200/address", token=token).status_code == 200
    assert sandbox("GET", "/orders/v0/orders/TEST_CASE_200", token=token).status_code == 403
