"""Cron: when it runs whom, and how it ends."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from connector.cron import SLICE, Cron, due_times

NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FIVE, SEVEN = timedelta(minutes=5), timedelta(minutes=7)


class Clock:
    def __init__(self, time=NINE):
        self.time = time
        self.slept = []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


class Runs:
    """Counts the runs and ends cron after some of them; ``lasting`` is how long each takes."""

    def __init__(self, clock, intervals, most=4, pause=None):
        self.clock, self.intervals, self.most = clock, intervals, most
        self.made = []
        self.lasting = timedelta(0)
        self.cron = Cron(self, clock, told=self._told, pause=pause)

    def cron_intervals(self):
        return self.intervals

    def sync(self, store):
        self.made.append((self.clock.time, list(store)))
        self.clock.time += self.lasting
        return {"Main US": "no answer"} if self.lasting else {}

    def _told(self, moment, stores, errors):
        del moment, stores, errors
        if len(self.made) >= self.most:
            self.cron.stop()


@pytest.fixture
def clock():
    return Clock()


def times(made):
    return [(moment.strftime("%H:%M"), stores) for moment, stores in made]


@pytest.mark.parametrize(
    ("now", "interval", "then"),
    [
        ("09:03:00", FIVE, "09:05:00"),
        ("09:05:00", FIVE, "09:10:00"),
        ("09:04:59", FIVE, "09:05:00"),
        ("09:00:00", SEVEN, "09:06:00"),  # 78 times 7 minutes since 00:00Z
        ("23:59:00", SEVEN, "00:00:00"),
        ("23:50:00", timedelta(days=2), "00:00:00"),
    ],
)
def test_cron_times_are_multiples_of_the_interval_since_midnight(now, interval, then):
    hour, minute, second = map(int, now.split(":"))
    moment = NINE.replace(hour=hour, minute=minute, second=second)
    assert due_times(moment, {"A": interval})["A"].strftime("%H:%M:%S") == then


def test_each_store_runs_at_its_own_interval_and_together_where_they_meet(clock):
    runs = Runs(clock, {"Main US": FIVE, "Main DE": timedelta(minutes=10)})
    runs.cron.run()
    assert times(runs.made) == [
        ("09:05", ["Main US"]),
        ("09:10", ["Main US", "Main DE"]),
        ("09:15", ["Main US"]),
        ("09:20", ["Main US", "Main DE"]),
    ]


def test_what_was_missed_during_a_long_run_is_made_good_once(clock):
    runs = Runs(clock, {"Main US": FIVE}, most=3)
    runs.lasting = timedelta(minutes=12)
    runs.cron.run()
    assert times(runs.made) == [("09:05", ["Main US"]), ("09:17", ["Main US"]), ("09:29", ["Main US"])]


def test_a_clock_that_jumps_days_ahead_brings_one_run(clock):
    def pause(seconds):
        clock.time += timedelta(seconds=seconds) if runs.made else timedelta(days=3)

    runs = Runs(clock, {"Main US": FIVE}, most=2, pause=pause)
    runs.cron.run()
    assert [moment.strftime("%d %H:%M") for moment, _ in runs.made] == ["04 09:00", "04 09:05"]


def test_a_clock_that_is_set_back_does_not_stop_it(clock):
    class SetBack(Runs):
        def sync(self, store):
            super().sync(store)
            clock.time = NINE.replace(hour=7)
            return {}

    runs = SetBack(clock, {"Main US": FIVE}, most=2)
    runs.cron.run()
    assert times(runs.made) == [("09:05", ["Main US"]), ("07:05", ["Main US"])]


def test_a_store_that_is_connected_while_it_waits_is_run_too(clock):
    def pause(seconds):
        clock.time += timedelta(seconds=seconds)
        runs.intervals["New"] = timedelta(minutes=1)

    runs = Runs(clock, {}, most=1, pause=pause)
    runs.cron.run()
    assert times(runs.made) == [("09:01", ["New"])]


def test_no_pause_is_longer_than_a_stop_may_wait(clock):
    runs = Runs(clock, {"Main US": FIVE}, most=1)
    runs.cron.run()
    assert max(clock.slept) <= SLICE


def test_it_is_stopped_from_another_thread_without_a_run():
    clock, waiting, ended = Clock(), threading.Event(), threading.Event()
    runs = Runs(clock, {"Main US": FIVE})

    def pause(seconds):
        del seconds
        waiting.set()
        ended.wait(5)

    cron = Cron(runs, clock, told=lambda *_: None, pause=pause)
    thread = threading.Thread(target=cron.run)
    thread.start()
    assert waiting.wait(5)
    cron.stop()
    ended.set()
    thread.join(5)
    assert not thread.is_alive()
    assert runs.made == []
    assert clock.slept == []  # another pause than the clock's does not move a frozen clock
