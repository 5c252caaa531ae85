"""Calls out of a mock."""

from __future__ import annotations

import threading

from simkit.outgoing import NotAccepted, Outcome, Outgoing


def test_outcomes_are_told_once_in_the_order_of_the_calls() -> None:
    def refused() -> str:
        raise NotAccepted("HTTP 503")

    def broken() -> str:
        raise ValueError("secret")

    outgoing = Outgoing[str]()
    for key, attempt in (("a", refused), ("b", broken), ("c", lambda: "HTTP 200")):
        outgoing.send("one", key, attempt)
    assert outgoing.sending == {"a", "b", "c"}
    outgoing.wait()
    assert list(outgoing.outcomes()) == [
        Outcome("a", arrived=False, text="HTTP 503"),
        Outcome("b", arrived=False, text="ValueError"),
        Outcome("c", arrived=True, text="HTTP 200"),
    ]
    assert (list(outgoing.outcomes()), outgoing.sending) == ([], set())


def test_what_comes_back_after_a_reset_is_of_no_interest() -> None:
    """The calls of the new world have the same keys."""
    begun, may_end = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        may_end.wait(5)
        return "HTTP 200"

    outgoing = Outgoing[str]()
    outgoing.send("one", "a", slow)
    begun.wait(5)
    outgoing.reset()
    may_end.set()
    outgoing.wait()
    assert (list(outgoing.outcomes()), outgoing.sending) == ([], set())


def test_a_slow_receiver_keeps_nobody_else_waiting() -> None:
    slow, done = threading.Event(), threading.Event()

    def wait() -> str:
        slow.wait(5)
        return "HTTP 200"

    def say() -> str:
        done.set()
        return "HTTP 200"

    outgoing = Outgoing[str]()
    for receiver, key, attempt in (("one", "a", wait), ("one", "b", wait), ("two", "c", say)):
        outgoing.send(receiver, key, attempt)
    assert done.wait(5)
    slow.set()
    outgoing.wait()
    assert [outcome.key for outcome in outgoing.outcomes()] == ["c", "a", "b"]
