"""The connector's memory database outlives its processes."""

import pytest
from sqlalchemy import create_engine, text

from simulator.database import MemoryDatabase
from simulator.wire import Killed, Line


@pytest.fixture
def database():
    database = MemoryDatabase()
    yield database
    database.close()


def engine_of(database, line):
    return create_engine(database.url, **database.engine_options(line))


def numbers(database):
    engine = engine_of(database, Line())
    with engine.connect() as connection:
        found = connection.execute(text("SELECT n FROM t")).scalars().all()
    engine.dispose()
    return found


def write(database, n, line=None):
    engine = engine_of(database, line or Line())
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS t (n INTEGER)"))
            connection.execute(text(f"INSERT INTO t VALUES ({n})"))
    finally:
        engine.dispose()


def test_what_a_process_committed_is_there_for_the_next(database):
    write(database, 1)
    write(database, 2)
    assert numbers(database) == [1, 2]


def test_a_dead_process_commits_nothing(database):
    write(database, 1)
    with pytest.raises(Killed):
        write(database, 2, Line(dead=True))
    assert numbers(database) == [1]


def test_a_copy_brings_everything_back(database):
    write(database, 1)
    copy = database.copy()
    write(database, 2)
    database.load(copy)
    copy.close()
    assert numbers(database) == [1]


def test_wiped_it_has_no_tables(database):
    write(database, 1)
    database.wipe()
    write(database, 2)
    assert numbers(database) == [2]


def test_two_databases_know_nothing_of_each_other(database):
    write(database, 1)
    other = MemoryDatabase()
    write(other, 2)
    assert numbers(other) == [2]
    other.close()
