"""One line a scenario, then a summary; a failure explains itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.outcome import Failure, Outcome


def line(outcome: Outcome, *, verbose: bool = False) -> str:
    mark = "passed" if outcome.passed else "FAILED"
    text = f"{mark}  {outcome.scenario.test_id}  ({outcome.seconds * 1000:.0f} ms)"
    return f"{text}  {outcome.scenario.title}" if verbose else text


def explanation(failure: Failure) -> Iterator[str]:
    yield f"    {failure.place}: {failure.verb}: {failure.headline}"
    yield from (f"      {detail}" for detail in failure.details)
    yield from (f"    {story}" for story in failure.stories)
    if failure.calls:
        yield "    last calls:"
        yield from (f"      {call}" for call in failure.calls)


def summary(outcomes: Sequence[Outcome], seconds: float) -> str:
    failed = sum(not outcome.passed for outcome in outcomes)
    passed = len(outcomes) - failed
    middle = sorted(outcome.seconds for outcome in outcomes)[len(outcomes) // 2]
    return f"{passed} passed, {failed} failed in {seconds:.1f} s (median {middle * 1000:.0f} ms a scenario)"
