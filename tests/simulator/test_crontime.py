"""Cron runs at multiples of the interval since midnight, strictly later than now."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator.crontime import next_runs, next_time


def at(text):
    return datetime.fromisoformat(f"2026-03-01T{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "minutes", "following"),
    [
        ("09:00:00", 5, "09:05:00"),
        ("09:00:01", 5, "09:05:00"),
        ("09:04:59.999999", 5, "09:05:00"),
        ("00:00:00", 7, "00:07:00"),
    ],
)
def test_the_next_multiple(now, minutes, following):
    assert next_time(at(now), timedelta(minutes=minutes)) == at(following)


def test_counting_starts_anew_at_midnight():
    assert next_time(at("23:59:00"), timedelta(minutes=7)) == at("00:00:00") + timedelta(days=1)


def stores(**intervals):
    return {
        name: {"state": "active", "settings": {"cron_interval": text}} for name, text in intervals.items()
    }


def test_all_stores_of_one_interval_run_together():
    assert next_runs(at("09:01:00"), stores(a="5m", b="5m")) == (at("09:05:00"), [None])


def test_only_the_stores_that_are_due_run():
    assert next_runs(at("09:01:00"), stores(a="5m", b="1h")) == (at("09:05:00"), ["a"])
    assert next_runs(at("09:57:00"), stores(a="5m", b="1h")) == (at("10:00:00"), [None])


def test_without_an_active_store_time_goes_on_by_the_default():
    assert next_runs(at("09:01:00"), {"a": {"state": "incomplete"}}) == (at("09:05:00"), [None])
