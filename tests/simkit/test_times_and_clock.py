import threading
from datetime import UTC, datetime, timedelta

import pytest

from simkit.clock import ClockGoesForward, VirtualClock
from simkit.times import UnreadableTime, iso, parse_duration, parse_time

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("text", "seconds"), [("45s", 45), ("10m", 600), ("2h", 7200), ("3d", 259200)])
def test_durations(text, seconds):
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "10", "m", "-5m", "5 m", "1w", None, "9" * 400 + "d"])
def test_unreadable_durations_say_what_is_allowed(text):
    with pytest.raises(UnreadableTime):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T09:00:00Z", NOW),
        ("2026-03-01T10:00:00+01:00", NOW),
        ("now", NOW),
        ("-2d", NOW - timedelta(days=2)),
        ("+10m", NOW + timedelta(minutes=10)),
    ],
)
def test_times(text, expected):
    assert parse_time(text, NOW) == expected


@pytest.mark.parametrize("text", ["2026-03-01T09:00:00", "yesterday", "", "-2w", "-999999999d"])
def test_unreadable_times_say_what_is_allowed(text):
    with pytest.raises(UnreadableTime):
        parse_time(text, NOW)


def test_iso_is_utc_with_z():
    assert iso(datetime.fromisoformat("2026-03-01T10:00:00+01:00")) == "2026-03-01T09:00:00Z"


def test_a_frozen_clock_moves_only_when_moved():
    clock = VirtualClock(NOW)
    assert clock.now() == clock.now() == NOW
    clock.sleep(90)
    assert clock.now() == NOW + timedelta(seconds=90)
    clock.set(NOW)
    clock.advance(timedelta(hours=1))
    assert clock.now() == NOW + timedelta(hours=1)


def test_a_running_clock_runs_at_its_speed(monkeypatch):
    wall = [100.0]
    monkeypatch.setattr("simkit.clock.time.monotonic", lambda: wall[0])
    clock = VirtualClock(NOW, mode="running", speed=60)
    wall[0] += 2
    assert clock.now() == NOW + timedelta(minutes=2)
    clock.freeze()
    wall[0] += 2
    assert clock.now() == NOW + timedelta(minutes=2)
    clock.run()
    clock.set_speed(1)
    wall[0] += 3
    assert clock.now() == NOW + timedelta(minutes=2, seconds=3)


def test_sleep_of_a_running_clock_takes_wall_time_by_its_speed(monkeypatch):
    slept = []
    monkeypatch.setattr("simkit.clock.time.sleep", slept.append)
    VirtualClock(NOW, mode="running", speed=10).sleep(5)
    assert slept == [0.5]


def test_a_clock_is_not_advanced_backwards():
    with pytest.raises(ClockGoesForward):
        VirtualClock(NOW).advance(timedelta(seconds=-1))
    with pytest.raises(ClockGoesForward):
        VirtualClock(NOW).set_speed(0)


def test_advances_from_several_threads_add_up():
    clock = VirtualClock(NOW)
    threads = [threading.Thread(target=clock.advance, args=(timedelta(seconds=1),)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.now() == NOW + timedelta(seconds=20)


def test_time_passes_on_a_frozen_clock_without_anybody_waiting(monkeypatch):
    monkeypatch.setattr("simkit.clock.time.sleep", pytest.fail)
    clock = VirtualClock(NOW)
    clock.pass_by(3_600)
    assert clock.now() == NOW + timedelta(hours=1)


@pytest.mark.parametrize(("seconds", "waited"), [(30, 3), (600, 60), (86_400, 60)])
def test_a_running_clock_lets_nobody_wait_longer_than_a_minute(monkeypatch, seconds, waited):
    slept = []
    monkeypatch.setattr("simkit.clock.time.sleep", slept.append)
    clock = VirtualClock(NOW, mode="running", speed=10)
    clock.pass_by(seconds)
    assert slept == [waited]
    moved = timedelta(seconds=seconds - waited * 10)
    assert moved <= clock.now() - NOW < moved + timedelta(minutes=5)
