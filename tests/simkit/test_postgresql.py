import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from click.testing import CliRunner
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

import mock_amazon
from simkit import postgresql
from simkit.database import MoneyType, tables_made, tune
from simkit.ids import Ids, counter_table
from simkit.postgresql import DatabaseUnusable, program_url, schema_of, shown
from simkit.program import ServerConfig, database_url, server_command
from simkit.snapshots import dump, load

METADATA = MetaData()
SHELF = Table(
    "shelf", METADATA, Column("id", Integer, primary_key=True), Column("name", String(5), unique=True)
)
BOOK = Table(
    "book",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("shelf_id", ForeignKey("shelf.id")),
    Column("price", MoneyType),
    Column("extra", JSON),
)
COUNTERS = counter_table(METADATA)


@pytest.fixture
def engine(own_world):
    engine = create_engine(program_url(own_world, "library"))
    tune(engine)
    with tables_made(engine, METADATA):
        pass
    yield engine
    engine.dispose()
    postgresql.drop(own_world, [schema_of(postgresql.parsed(own_world), "library")])


def test_a_text_with_a_nul_is_kept_and_found_without_it(engine):
    with engine.begin() as connection:
        connection.execute(insert(SHELF), [{"name": "A\0B"}, {"name": "C"}])
        connection.execute(insert(SHELF), {"name": "D\0"})
        assert connection.scalars(select(SHELF.c.name)).all() == ["A\ufffdB", "C", "D\ufffd"]
        assert connection.scalar(select(SHELF.c.id).where(SHELF.c.name == "A\0B")) == 1


def fill(engine):
    with engine.begin() as connection:
        shelf = connection.scalar(insert(SHELF).returning(SHELF.c.id), {"name": "A\tB\n\\N é"})
        book = {"shelf_id": shelf, "price": Decimal("19.99"), "extra": {"z": None, "a": ["ü", 1.5]}}
        return connection.scalar(insert(BOOK).returning(BOOK.c.id), book)


def content(engine):
    with engine.connect() as connection:
        return [connection.execute(select(table).order_by("id")).all() for table in (SHELF, BOOK)]


def test_a_copy_brings_rows_and_the_next_ids_back(engine):
    first = fill(engine)
    before, copy = content(engine), dump(engine, METADATA)
    with engine.begin() as connection:
        connection.execute(insert(BOOK), [{"price": Decimal(number)} for number in range(5)])
        connection.execute(BOOK.delete().where(BOOK.c.id == first))
    load(engine, METADATA, copy)
    assert content(engine) == before
    with engine.begin() as connection:
        assert connection.scalar(insert(BOOK).returning(BOOK.c.id), {"extra": 1}) == first + 1


def test_an_emptied_database_counts_from_one_again(engine):
    assert [fill(engine), load(engine, METADATA, {}), fill(engine)] == [1, None, 1]


def test_a_text_may_be_longer_than_its_column_says_as_in_sqlite(engine):
    with engine.begin() as connection:
        connection.execute(insert(SHELF), {"name": "n" * 300})
        assert connection.scalar(select(SHELF.c.name)) == "n" * 300


def test_what_is_unique_stays_unique(engine):
    with engine.begin() as connection:
        connection.execute(insert(SHELF), {"name": "twice"})
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(SHELF), {"name": "twice"})


def at_once(*tasks):
    """Run all of them at the same time; what they answered."""
    start = threading.Barrier(len(tasks))

    def run(task):
        start.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_servers_that_start_at_the_same_time_make_the_tables_once(own_world):
    def start():
        app = mock_amazon.create_app(ServerConfig(own_world))
        app.extensions["simulation"].close()
        return "started"

    try:
        assert at_once(start, start, start) == ["started"] * 3
    finally:
        postgresql.drop(own_world, [schema_of(postgresql.parsed(own_world), "amazon")])


def test_two_that_count_at_the_same_time_get_two_numbers(own_world):
    app = Flask("counting")
    app.config["SQLALCHEMY_DATABASE_URI"] = program_url(own_world, "library")
    db = SQLAlchemy(app)
    ids = Ids(db.session, COUNTERS)

    def count():
        with app.app_context():
            numbers = []
            for _ in range(40):
                numbers.append(ids.next("order"))
                db.session.commit()
            return numbers

    with app.app_context(), tables_made(db.engine, METADATA):
        pass
    try:
        answers = at_once(count, count)
        assert sorted(number for numbers in answers for number in numbers) == list(range(1, 81))
    finally:
        with app.app_context():
            db.engine.dispose()
        postgresql.drop(own_world, [schema_of(postgresql.parsed(own_world), "library")])


def test_worlds_in_one_database_know_nothing_of_each_other(own_world, engine):
    fill(engine)
    other_world = f"{own_world}_b"
    other = create_engine(program_url(other_world, "library"))
    with tables_made(other, METADATA):
        assert content(other) == [[], []]
    other.dispose()
    postgresql.drop(other_world, [schema_of(postgresql.parsed(other_world), "library")])
    assert len(content(engine)[0]) == 1


def test_a_schema_that_is_there_needs_no_right_to_make_one(own_world, engine):
    schema = schema_of(postgresql.parsed(own_world), "library")
    user = f"{schema}_guest"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {user} LOGIN PASSWORD 'guest'"))
        connection.execute(text(f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {user}"))
    url = postgresql.parsed(own_world).set(username=user, password="guest")
    guest = create_engine(program_url(url.render_as_string(hide_password=False), "library"))
    try:
        with tables_made(guest, METADATA):
            pass
    finally:
        guest.dispose()
        with engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {user}; DROP ROLE {user}"))


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_each_program_has_its_own_schema(scheme):
    url = postgresql.parsed(program_url(f"{scheme}://u:p%40ss@h:5/d?world=w1&sslmode=require", "amazon"))
    assert (url.drivername, url.password, url.database) == ("postgresql+psycopg", "p@ss", "d")
    assert url.query["sslmode"] == "require"
    assert "search_path=w1_amazon " in url.query["options"]
    assert "world" not in url.query


@pytest.mark.parametrize(
    ("url", "schema"),
    [("postgresql://h/d", "commerce"), ("postgresql://h/d?world=eu_2", "eu_2_commerce")],
)
def test_the_name_of_a_schema(url, schema):
    assert schema_of(postgresql.parsed(url), "commerce") == schema


@pytest.mark.parametrize("world", ["A", "2x", "a-b", 'a"b', "a" * 41, "ä"])
def test_a_world_whose_name_cannot_be_a_schemas_is_refused(world):
    with pytest.raises(DatabaseUnusable, match="a letter, then up to 39 of a-z, 0-9"):
        program_url(f"postgresql://h/d?world={world}", "amazon")


def test_the_password_is_never_told():
    assert shown("postgresql://u:s3cret@h:5/d?password=s3cret&world=w") == "postgresql://u:***@h:5/d?world=w"


@pytest.mark.parametrize("url", ["postgresql://u:s3@cret@h:x1/d", "postgresql://u:s3cret@h:port/d"])
def test_an_address_that_cannot_be_read_is_not_quoted(url):
    with pytest.raises(DatabaseUnusable, match="%40 for an @") as error:
        database_url(url)
    assert "cret" not in str(error.value)


def test_other_databases_are_refused_by_name():
    with pytest.raises(DatabaseUnusable, match=r"mysql:// .* sqlite and postgresql"):
        database_url("mysql://u:s3cret@h/d")


def test_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseUnusable, match=r"pip install 'channelsim\[postgresql\]'"):
        ServerConfig("postgresql://h/d").flask_config("amazon")


@pytest.mark.parametrize(
    ("db", "message"),
    [
        ("postgresql://u:s3cret@127.0.0.1:1/d", "cannot use the database postgresql://u:***@127.0.0.1:1/d"),
        ("oracle://u:s3cret@h/d", "oracle:// is not a database"),
    ],
)
def test_a_server_that_does_not_answer_is_one_clear_line(db, message):
    command = server_command("mock", 0, mock_amazon.create_app)
    result = CliRunner().invoke(command, ["--db", db])
    assert result.exit_code == 2
    assert message in result.output
    assert "s3cret" not in result.output
    assert result.output.count("\n") == 1
