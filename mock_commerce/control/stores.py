"""The verbs of ``/_sim`` for websites and sources."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from mock_commerce import stock
from mock_commerce.control.wishes import named_schema
from mock_commerce.models import SalesChannel, Source, Store, Website, db
from mock_commerce.stock import stocks
from simkit.checking import wish_of
from simkit.control import BadControl


def add_to(bp: Blueprint) -> None:
    bp.post("/websites")(_add_website)
    bp.post("/sources")(_add_source)


def check_source(code: str, field: str) -> None:
    """Raises BadControl."""
    if db.session.get(Source, code) is None:
        known = ", ".join(db.session.scalars(select(Source.source_code).order_by(Source.source_code)))
        raise BadControl(f"field {field!r}: {code!r} is not one of {known}")


def _add_website() -> ResponseReturnValue:
    website = _new_website(**wish_of(named_schema))
    db.session.commit()
    return jsonify(code=website.code, website_id=website.website_id), 201


def _new_website(code: str, name: str | None) -> Website:
    """A website with one store view of the same code."""
    for model in (Website, Store):
        if db.session.scalar(select(model.code).where(model.code == code)) is not None:
            raise BadControl(f"field 'code': {code!r} exists already")
    number = (db.session.scalar(select(func.max(Website.website_id))) or 0) + 1
    store_id = (db.session.scalar(select(func.max(Store.store_id))) or 0) + 1
    website = Website(website_id=number, code=code, name=name or code, group_name=f"{name or code} Store")
    db.session.add(website)
    db.session.flush()
    db.session.add(SalesChannel(type=stocks.WEBSITE, code=code, stock_id=stock.DEFAULT_STOCK))
    db.session.add(Store(store_id=store_id, code=code, name=f"{name or code} View", website_id=number))
    return website


def _add_source() -> ResponseReturnValue:
    source = _new_source(**wish_of(named_schema))
    db.session.commit()
    return jsonify(code=source.source_code), 201


def _new_source(code: str, name: str | None) -> Source:
    """An enabled source; its items count for stock 1."""
    if db.session.get(Source, code) is not None:
        raise BadControl(f"field 'code': {code!r} exists already")
    source = Source(source_code=code, name=name or code)
    db.session.add(source)
    stocks.link(stock.DEFAULT_STOCK, code, len(stocks.sources_of(stock.DEFAULT_STOCK)) + 1)
    return source
