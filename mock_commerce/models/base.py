"""The declarative base, the database handle, the table of counters and the JSON column types."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry

from mock_commerce.models.session import OneInTheEnd
from simkit.agenda import agenda_table
from simkit.database import WHOLE_NUMBERS
from simkit.ids import counter_table

JsonObject = Annotated[dict[str, Any], mapped_column(JSON)]
JsonList = Annotated[list[Any], mapped_column(JSON)]


class Base(DeclarativeBase):
    registry = registry(type_annotation_map={int: WHOLE_NUMBERS})


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "class_": OneInTheEnd})
counters = counter_table(Base.metadata)
agenda = agenda_table(Base.metadata)
LARGEST_ID = 2**63 - 1
_Row = TypeVar("_Row", bound=Base)


def row_by_id(model: type[_Row], row_id: int) -> _Row | None:
    """The row of that id; there is none for a number that no column holds."""
    return db.session.get(model, row_id) if abs(row_id) <= LARGEST_ID else None
