"""Sources and stocks, to look at."""

from __future__ import annotations

from sqlalchemy import func, select

from mock_commerce.models import Source, SourceItem, Stock, StockSourceLink, Website, db
from mock_commerce.stock import stocks as stock_rules
from mock_commerce.web.section import section
from mock_commerce.web.table import Column, show

bp = section("admin_stock")


@bp.get("/inventory/source")
def sources() -> str:
    names = dict(db.session.execute(select(Stock.stock_id, Stock.name)).all())
    links: dict[str, list[str]] = {}
    for link in db.session.scalars(select(StockSourceLink).order_by(StockSourceLink.stock_id)):
        links.setdefault(link.source_code, []).append(names.get(link.stock_id, str(link.stock_id)))
    counting = select(SourceItem.source_code, func.count()).group_by(SourceItem.source_code)
    skus = dict(db.session.execute(counting).all())
    columns = [
        Column("Code", lambda row: row.source_code),
        Column("Name", lambda row: row.name),
        Column("Is Enabled", lambda row: "Enabled" if row.enabled else "Disabled"),
        Column("Country", lambda row: row.country_id),
        Column(
            "Stocks", lambda row: ", ".join(links.get(row.source_code, [])) or "None: its units do not count"
        ),
        Column("Products", lambda row: str(skus.get(row.source_code, 0)), is_number=True),
    ]
    query = select(Source).order_by(Source.source_code)
    return show("Manage Sources", columns, query, about="Where units lie.")


@bp.get("/inventory/stock")
def stocks() -> str:
    websites = dict(db.session.execute(select(Website.code, Website.name)).all())

    def channels(row: Stock) -> str:
        return ", ".join(websites.get(one.code, one.code) for one in stock_rules.channels_of(row))

    columns = [
        Column("ID", lambda row: str(row.stock_id), is_number=True),
        Column("Name", lambda row: row.name),
        Column("Sales Channels", channels),
        Column(
            "Assigned Sources",
            lambda row: ", ".join(source.name for source in stock_rules.sources_of(row.stock_id)),
        ),
    ]
    about = "What websites sell from: the units at the assigned sources, less what open orders hold back."
    return show("Manage Stock", columns, select(Stock).order_by(Stock.stock_id), about=about)
