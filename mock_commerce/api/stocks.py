"""Inventory management: stocks, the websites that sell from them, and the sources that count for them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.errors import CommerceError, CouldNotSave
from mock_commerce.models import Source, Stock, StockSourceLink, db
from mock_commerce.search.pages import Columns, criteria, rendered_page
from mock_commerce.stock import stocks
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import argument, list_argument, section, serves
from mock_commerce.wire.inventory import link_document, link_schema, stock_document, stock_schema
from simkit.simulation import operation

bp = section("stocks")

COLUMNS: Columns = {"stock_id": Stock.stock_id, "name": Stock.name}
LINK_COLUMNS: Columns = {
    "stock_id": StockSourceLink.stock_id,
    "source_code": StockSourceLink.source_code,
    "priority": StockSourceLink.priority,
}


@bp.get("/inventory/stocks")
@operation("list_stocks")
@serves("Magento_InventoryApi::stock")
def list_stocks() -> dict[str, Any]:
    """stockRepository.getList: stocks that fit the search criteria, which may be left out."""
    return rendered_page(criteria(required=False), COLUMNS, Stock, stock_document, (Stock.stock_id,))


@bp.get("/inventory/stocks/<segment:stock_id>")
@operation("get_stock")
@serves("Magento_InventoryApi::stock")
def get_stock(stock_id: int) -> dict[str, Any]:
    """stockRepository.get: one stock."""
    return stock_document(stocks.get(stock_id))


@bp.post("/inventory/stocks")
@operation("save_stock")
@serves("Magento_InventoryApi::stock_edit")
def save_stock() -> int:
    """stockRepository.save: a new stock, or one that is named by its id; its id comes back."""
    given = read(stock_schema, argument("stock"))
    return _saved(given, stocks.get(given["stock_id"]) if given.get("stock_id") else stocks.new())


@bp.put("/inventory/stocks/<segment:stock_id>")
@operation("save_stock")
@serves("Magento_InventoryApi::stock_edit")
def put_stock(stock_id: int) -> int:
    """stockRepository.save: the id of the address wins over the body's."""
    return _saved(read(stock_schema, argument("stock")), stocks.get(stock_id))


def _saved(given: dict[str, Any], row: Stock) -> int:
    name = given.get("name") or ""
    if not name.strip():
        error = {"message": '"%field" can not be empty.', "parameters": {"field": "name"}}
        raise CommerceError("Validation Failed", errors=[error])
    with db.session.no_autoflush:
        other = db.session.scalar(select(Stock.stock_id).where(Stock.name == name))
    if other not in {None, row.stock_id}:
        raise CouldNotSave("Could not save Stock")
    row.name = name
    db.session.add(row)
    db.session.flush()
    channels = (given.get("extension_attributes") or {}).get("sales_channels")
    if channels is not None:
        stocks.assign(row, [channel.get("code") or "" for channel in channels])
    db.session.commit()
    return row.stock_id


@bp.delete("/inventory/stocks/<segment:stock_id>")
@operation("delete_stock")
@serves("Magento_InventoryApi::stock_delete")
def delete_stock(stock_id: int) -> list[Any]:
    """stockRepository.deleteById: only a stock that nobody sells from."""
    stocks.remove(stocks.get(stock_id))
    db.session.commit()
    return []


@bp.get("/inventory/stock-source-links")
@operation("list_stock_source_links")
@serves("Magento_InventoryApi::stock_source_link")
def list_links() -> dict[str, Any]:
    """getStockSourceLinks: links that fit the search criteria."""
    keys = (StockSourceLink.stock_id, StockSourceLink.source_code)
    return rendered_page(criteria(), LINK_COLUMNS, StockSourceLink, link_document, keys)


@bp.post("/inventory/stock-source-links")
@operation("save_stock_source_links")
@serves("Magento_InventoryApi::stock_source_link")
def save_links() -> list[Any]:
    """stockSourceLinksSave: let sources count for stocks."""
    rows = _rows()
    if errors := [fault for row in rows for fault in _faults(row)]:
        raise CommerceError("Validation Failed", errors=errors)
    for row in rows:
        if (
            db.session.get(Stock, row["stock_id"]) is None
            or db.session.get(Source, row["source_code"]) is None
        ):
            raise CouldNotSave("Could not save StockSourceLinks")
        stocks.link(row["stock_id"], row["source_code"], row["priority"])
    db.session.commit()
    return []


def _rows() -> list[dict[str, Any]]:
    given = list_argument("links")
    if not given:
        raise CommerceError("Input data is empty")
    return [read(link_schema, row) for row in given]


def _faults(row: dict[str, Any]) -> list[dict[str, Any]]:
    faults = [
        {"message": '"%field" can not be empty.', "parameters": {"field": field}}
        for field in ("source_code", "stock_id")
        if not row.get(field)
    ]
    if row.get("priority") is None:
        faults.append({"message": '"%field" should be numeric.', "parameters": {"field": "priority"}})
    is_default = (row.get("stock_id") == stock.DEFAULT_STOCK, row.get("source_code") == stock.DEFAULT_SOURCE)
    if any(is_default) and not all(is_default):
        message = "Can not save link related to Default Source or Default Stock"
        faults.append({"message": message, "parameters": []})
    return faults


@bp.post("/inventory/stock-source-links-delete")
@operation("delete_stock_source_links")
@serves("Magento_InventoryApi::stock_source_link")
def delete_links() -> list[Any]:
    """stockSourceLinksDelete: let sources count no longer; what is not there is passed over."""
    for row in _rows():
        link = db.session.get(StockSourceLink, (row.get("stock_id") or 0, row.get("source_code") or ""))
        if link is not None:
            db.session.delete(link)
    db.session.commit()
    return []
