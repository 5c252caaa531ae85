"""Databases that another version of a program made."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine

from simkit.database import tables_made
from simkit.postgresql import DatabaseUnusable


def tables(*columns: Column) -> MetaData:
    metadata = MetaData()
    Table("orders", metadata, Column("id", Integer, primary_key=True), *columns)
    return metadata


def test_a_file_is_made_continued_and_given_new_tables(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    metadata = tables(Column("status", String))
    for _ in range(2):
        with tables_made(engine, metadata):
            pass
    Table("invoices", metadata, Column("id", Integer, primary_key=True))
    with tables_made(engine, metadata), engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM invoices").scalar() == 0
    engine.dispose()


@pytest.mark.parametrize(
    ("old", "what"),
    [
        (tables(), r"its table orders lacks status\)"),
        (
            tables(Column("status", String), Column("kind", String, nullable=False)),
            r"its table orders wants kind\)",
        ),
    ],
)
def test_a_file_of_another_version_is_refused_and_named(tmp_path, old, what):
    engine = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    old.create_all(engine)
    with (
        pytest.raises(DatabaseUnusable, match=rf"shop\.db is of another version of this program \({what}"),
        tables_made(engine, tables(Column("status", String))),
    ):
        pass
    engine.dispose()


def test_columns_that_nobody_needs_any_more_are_no_hindrance(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    tables(Column("status", String), Column("note", String)).create_all(engine)
    with tables_made(engine, tables(Column("status", String))):
        pass
    engine.dispose()
