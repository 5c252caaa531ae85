"""Measures what the budgets name, and compares it with the recorded run. It never fails.

``make bench`` prints; ``python tests/bench/run.py --record`` also writes the new numbers down, but for rates,
which say nothing on another machine.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import commerce_pages
import lists
import pages

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
    **dict.fromkeys(pages.NAMES, 1.2),
    **dict.fromkeys(commerce_pages.NAMES.values(), 1.2),
    **dict.fromkeys(lists.AGAINST_AMAZON, 0.7),
    **dict.fromkeys(lists.AGAINST_PRISM, 1.3),
    **dict.fromkeys(lists.AGAINST_LOCALSTRIPE, 8),
}
"""At most, or for the comparisons of lists with others at least."""
ORDERS_PER_RUN = 100
RUNS = 5
SKUS = 20


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


def main() -> None:
    recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    with World() as world:
        measured = {
            "scenario in process, median ms": scenario_median(world),
            "calls per imported order, steady flow": calls_per_order(world),
        }
    measured |= pages.measured() | commerce_pages.measured() | lists.measured()
    print(f"{'what':<66}{'measured':>10}{'budget':>10}{'recorded':>10}{'ratio':>8}")
    for name, value in measured.items():
        before = recorded.get(name)
        budget = BUDGETS.get(name)
        ratio = f"{value / before:.2f}" if before else "-"
        print(
            f"{name:<66}{value:>10.3f}{'-' if budget is None else budget:>10}"
            f"{'-' if before is None else before:>10}{ratio:>8}"
        )
    if "--record" in sys.argv[1:]:
        kept = {name: round(value, 4) for name, value in measured.items() if not name.endswith(lists.RATE)}
        RECORD.write_text(json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    main()
