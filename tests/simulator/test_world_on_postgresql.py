"""A world at a PostgreSQL server: the connector's processes and database, and what stays of a world."""

import secrets

import pytest
import requests
from click.testing import CliRunner
from sqlalchemy import create_engine, insert, select, text

from connector.models import Banner
from simkit.clock import VirtualClock
from simkit.postgresql import DatabaseUnusable, drop, in_world, parsed, program_url
from simkit.times import parse_time
from simulator import up
from simulator.cli import main
from simulator.postgresql import PROGRAMS, PostgresqlDatabase, new_world, remove
from simulator.runner import play
from simulator.wire import Killed, Line
from simulator.world import World

SHIPPED = """
given: {catalog: [{sku: SKU-RED, qty: 10}]}
steps:
  - amazon.order: {id: A, copies: 3, status: Unshipped, lines: [{sku: SKU-RED, qty: 1, unit_price: "5.00"}]}
  - advance: 5m
  - connector.sync: {kill_at: {call: 3, when: after}}
  - advance: 10m
  - connector.sync: {parallel: 2}
  - commerce.ship: A2
  - cron: 2
expect: {orders: {A1: {phase: imported}, A2: {phase: completed}}}
"""
FAILS = "steps: [{advance: 5m}]\nexpect: {shop_orders: 1}"


@pytest.fixture
def place(postgresql_server):
    url = new_world(postgresql_server)
    yield url
    remove(url)


@pytest.fixture
def database(place):
    database = PostgresqlDatabase(place)
    yield database
    database.close()


def write(database, words, line=None):
    engine = create_engine(program_url(database.url, "connector"), **database.engine_options(line or Line()))
    try:
        with engine.begin() as connection:
            return connection.scalar(insert(Banner).returning(Banner.id), {"text": words})
    finally:
        engine.dispose()


def texts(database):
    engine = create_engine(program_url(database.url, "connector"))
    with engine.connect() as connection:
        found = connection.scalars(select(Banner.text).order_by(Banner.id)).all()
    engine.dispose()
    return found


def test_a_dead_process_commits_nothing(database):
    write(database, "alive")
    with pytest.raises(Killed):
        write(database, "dead", Line(dead=True))
    assert texts(database) == ["alive"]


def test_a_copy_brings_everything_back_and_the_next_ids_too(database):
    assert write(database, "first") == 1
    copy = database.copy()
    write(database, "second")
    database.load(copy)
    copy.close()
    assert texts(database) == ["first"]
    assert write(database, "third") == 2


def test_wiped_it_is_as_new(database):
    write(database, "first")
    database.wipe()
    assert texts(database) == []
    assert write(database, "again") == 1


def schemas(server):
    engine = create_engine(program_url(server, "none"))
    with engine.connect() as connection:
        found = connection.scalars(text("SELECT nspname FROM pg_namespace")).all()
    engine.dispose()
    return set(found)


def test_the_same_scenario_gives_the_same_bytes(postgresql_server, scenario):
    loaded = scenario(SHIPPED)
    seen = []
    with World(database=postgresql_server) as world:
        for _ in range(2):
            outcome = play(world, loaded)
            assert outcome.passed, outcome.failure
            seen.append((world.amazon.get("/state"), world.commerce.get("/state"), world.connector.state()))
    assert seen[0] == seen[1]


def test_what_is_tried_on_a_copy_changes_no_later_id(postgresql_server):
    order = {"id": "B1", "lines": [{"sku": "SKU-RED", "qty": 1, "unit_price": "5.00"}]}
    with World(database=postgresql_server) as world:
        world.reset(world.clock.now(), seed=1)
        with world.copied():
            tried = world.amazon.post("/orders", order)
        assert world.amazon.get("/state")["orders"] == []
        assert world.amazon.post("/orders", order) == tried


def test_a_world_takes_its_schemas_away(postgresql_server, monkeypatch):
    place = in_world(postgresql_server, f"run_test_{secrets.token_hex(6)}")
    monkeypatch.setattr("simulator.postgresql.new_world", lambda _: place)
    mine = {f"{parsed(place).query['world']}_{program}" for program in PROGRAMS}
    with World(database=postgresql_server):
        assert mine <= schemas(postgresql_server)
    assert not mine & schemas(postgresql_server)


def test_scenarios_are_not_played_in_a_world_that_somebody_named(postgresql_server):
    with pytest.raises(DatabaseUnusable, match="leave world"):
        World(database=in_world(postgresql_server, "precious"))


@pytest.mark.parametrize(("story", "status"), [(SHIPPED, 0), (FAILS, 1)])
def test_run_plays_there(postgresql_server, tmp_path, story, status):
    file = tmp_path / "it.yaml"
    file.write_text(f"scenario: A test\n{story}")
    result = CliRunner().invoke(main, ["run", "--db", postgresql_server, str(file)])
    assert (result.exit_code, "1 passed" in result.output) == (status, status == 0)


@pytest.mark.parametrize("command", [["run"], ["up", "--port", "0"]], ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("db", "message"),
    [
        ("postgresql://u:s3cret@127.0.0.1:1/d", "cannot use the database postgresql://u:***@127.0.0.1:1/d"),
        ("oracle://u:s3cret@h/d", "in a database at postgresql://"),
        ("postgresql://u:s3cret@h/d?world=NO", "a-z, 0-9"),
    ],
)
@pytest.mark.sockets
def test_a_database_that_cannot_be_used_is_one_clear_line(command, db, message):
    result = CliRunner().invoke(main, [*command, "--db", db])
    assert result.exit_code == 2
    assert message in result.output or "leave world" in result.output
    assert "s3cret" not in result.output
    assert result.output.count("\n") == 1


@pytest.mark.sockets
def test_up_goes_on_with_the_world_that_is_there(own_world):
    start = parse_time("2026-03-01T09:00:00Z", VirtualClock().now())
    wish = up.Wish(VirtualClock(start), port=0, database=own_world)
    order = {"id": "A1", "lines": [{"sku": "SKU-RED", "qty": 1, "unit_price": "5.00"}]}
    try:
        with up.running(wish) as urls:
            requests.post(f"{urls['amazon']}/_sim/orders", json=order, timeout=10).raise_for_status()
        with up.running(wish) as urls:
            (kept,) = requests.get(f"{urls['amazon']}/_sim/state", timeout=10).json()["orders"]
        assert kept["id"] == "A1"
    finally:
        drop(own_world, [f"{parsed(own_world).query['world']}_{program}" for program in PROGRAMS])


def test_where_a_world_is_kept_is_told_without_the_password():
    wish = up.Wish(VirtualClock(), database="postgresql://u:s3cret@h/d?world=demo")
    assert wish.kept == "postgresql://u:***@h/d?world=demo"
