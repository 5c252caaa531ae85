"""The base of all models of Amazon, and the tables that the kit needs."""

from __future__ import annotations

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, registry

from simkit.agenda import agenda_table
from simkit.database import WHOLE_NUMBERS
from simkit.ids import counter_table


class Base(DeclarativeBase):
    """Base of all models."""

    registry = registry(type_annotation_map={int: WHOLE_NUMBERS})


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
counters = counter_table(Base.metadata)
agenda = agenda_table(Base.metadata)
