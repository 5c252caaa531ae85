"""The declarative base, the database handle and the table of counters."""

from __future__ import annotations

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase, registry

from simkit.ids import counter_table


class Base(DeclarativeBase):
    registry = registry(type_annotation_map={dict[str, Any]: JSON, list[Any]: JSON})


db = SQLAlchemy(model_class=Base)
counters = counter_table(Base.metadata)
