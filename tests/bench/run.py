"""Measures what the budgets name, and compares it with the recorded run. It never fails.

``make bench`` prints; ``python tests/bench/run.py --record`` also writes the new numbers down.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

import requests

from simulator import defaults
from simulator.runner import play
from simulator.scenario import language
from simulator.scenario.model import Scenario
from simulator.world import World

HERE = Path(__file__).parent
RECORD = HERE / "recorded.json"
SCENARIOS = HERE.parent.parent / "fixtures" / "scenarios"
BUDGETS = {
    "scenario in process, median ms": 50,
    "calls per imported order, steady flow": 0.1,
    "list of 100 orders, 2026-01-01, ms": None,
    "list of 100 orders, v0, ms": None,
}
ORDERS_PER_RUN = 100
RUNS = 5
SKUS = 20
PAGE = 100
US = "ATVPDKIKX0DER"


def scenario_median(world: World) -> float:
    """Milliseconds of the median scenario, after one run that warms everything up."""
    scenarios: list[Scenario] = []
    for file in language.find([SCENARIOS]):
        scenarios += language.load(file)
    play(world, scenarios[0])
    times = []
    for scenario in scenarios:
        began = time.perf_counter()
        play(world, scenario)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def calls_per_order(world: World) -> float:
    """HTTP calls of the connector for each order that it imports, a hundred orders a run."""
    steps = "\n".join(
        f"  - amazon.order: {{id: R{run}, copies: {ORDERS_PER_RUN}, status: Unshipped, "
        f'lines: [{{sku: SKU-{run % SKUS}, qty: 1, unit_price: "9.99"}}]}}\n  - cron: 1'
        for run in range(RUNS)
    )
    catalog = "\n".join(f"    - {{sku: SKU-{number}, qty: 10000}}" for number in range(SKUS))
    text = f"scenario: A steady flow\ngiven:\n  catalog:\n{catalog}\nsteps:\n{steps}\n"
    file = HERE / "steady_flow.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        (scenario,) = language.load(file)
    finally:
        file.unlink()
    outcome = play(world, scenario)
    if not outcome.passed:
        raise SystemExit(f"the steady flow failed: {outcome.failure}")
    imported = len(world.commerce.get("/state")["orders"])
    return sum(outcome.calls.values()) / imported


LISTS = {
    "2026-01-01": (
        "/orders/2026-01-01/orders",
        {
            "createdAfter": "2026-01-01T00:00:00Z",
            "includedData": "BUYER,RECIPIENT,PROCEEDS,CANCELLATION,FULFILLMENT,PACKAGES",
        },
    ),
    "v0": ("/orders/v0/orders", {"MarketplaceIds": US, "CreatedAfter": "2026-01-01T00:00:00Z"}),
}


def list_of_100(world: World, version: str) -> float:
    """Milliseconds of a full page of orders, in process, over the last flow's orders."""
    session = requests.Session()
    session.trust_env = False
    session.mount(world.amazon.url, world._new_adapters()[world.amazon.url])
    path, parameters = LISTS[version]
    times = []
    for _ in range(50):
        world.clock.advance(timedelta(hours=2))  # the bucket of the lists fills again; the token has ended
        headers = {"x-amz-access-token": _token(session, world.amazon.url)}
        began = time.perf_counter()
        answer = session.get(f"{world.amazon.url}{path}", params=parameters, headers=headers)
        times.append((time.perf_counter() - began) * 1000)
        content = answer.json()
        if len(content.get("payload", {}).get("Orders", content.get("orders", []))) != PAGE:
            raise SystemExit(f"the list of {version} failed: {answer.status_code}")
    return statistics.median(times)


def _token(session: requests.Session, url: str) -> str:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": defaults.REFRESH_TOKEN,
        "client_id": defaults.LWA_CLIENT_ID,
        "client_secret": defaults.LWA_CLIENT_SECRET,
    }
    token: str = session.post(f"{url}/auth/o2/token", data=form).json()["access_token"]
    return token


def main() -> None:
    recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    with World() as world:
        measured = {
            "scenario in process, median ms": scenario_median(world),
            "calls per imported order, steady flow": calls_per_order(world),
            "list of 100 orders, 2026-01-01, ms": list_of_100(world, "2026-01-01"),
            "list of 100 orders, v0, ms": list_of_100(world, "v0"),
        }
    print(f"{'what':<42}{'measured':>10}{'budget':>10}{'recorded':>10}{'ratio':>8}")
    for name, value in measured.items():
        before = recorded.get(name)
        budget = BUDGETS[name]
        ratio = f"{value / before:.2f}" if before else "-"
        print(
            f"{name:<42}{value:>10.3f}{'-' if budget is None else budget:>10}"
            f"{'-' if before is None else before:>10}{ratio:>8}"
        )
    if "--record" in sys.argv[1:]:
        RECORD.write_text(
            json.dumps({name: round(value, 4) for name, value in measured.items()}, indent=2) + "\n"
        )


if __name__ == "__main__":
    main()
