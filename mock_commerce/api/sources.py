"""Inventory management: the places where units lie."""

from __future__ import annotations

from typing import Any

from mock_commerce import stock
from mock_commerce.api.inventory import text_faults
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import Source, db
from mock_commerce.search.pages import Columns, criteria, rendered_page
from mock_commerce.stock import stocks
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import argument, section, serves
from mock_commerce.wire.inventory import details_of, source_document, source_schema
from simkit.simulation import operation

bp = section("sources")

COLUMNS: Columns = {
    "source_code": Source.source_code,
    "name": Source.name,
    "enabled": Source.enabled,
    "country_id": Source.country_id,
    "postcode": Source.postcode,
}
GLOBAL_CARRIERS = 'You can\'t configure "%field" because you have chosen Global Shipping configuration.'
NEEDED = ("source_code", "name", "postcode", "country_id")


@bp.get("/inventory/sources")
@operation("list_sources")
@serves("Magento_InventoryApi::source")
def list_sources() -> dict[str, Any]:
    """sourceRepository.getList: sources that fit the search criteria, which may be left out."""
    return rendered_page(criteria(required=False), COLUMNS, Source, source_document, (Source.source_code,))


@bp.get("/inventory/sources/<segment:code>")
@operation("get_source")
@serves("Magento_InventoryApi::source")
def get_source(code: str) -> dict[str, Any]:
    """sourceRepository.get: one source."""
    source = db.session.get(Source, code)
    if source is None:
        raise NoSuchEntity('Source with code "%value" does not exist.', {"value": code})
    return source_document(source)


@bp.post("/inventory/sources")
@operation("save_source")
@serves("Magento_InventoryApi::source_edit")
def save_source() -> list[Any]:
    """sourceRepository.save: a new source; no stock has it before it is linked."""
    return _saved(read(source_schema, argument("source")))


@bp.put("/inventory/sources/<segment:code>")
@operation("save_source")
@serves("Magento_InventoryApi::source_edit")
def put_source(code: str) -> list[Any]:
    """sourceRepository.save: the whole source, with the code of the address."""
    return _saved({**read(source_schema, argument("source")), "source_code": code})


def _saved(given: dict[str, Any]) -> list[Any]:
    errors = [fault for field in NEEDED for fault in text_faults(field, given.get(field))]
    if given.get("source_code") == stock.DEFAULT_SOURCE and given.get("enabled") is False:
        errors.append({"message": "Default source can not be disabled.", "parameters": []})
    if given.get("carrier_links") and given.get("use_default_carrier_config") is not False:
        errors.append({"message": GLOBAL_CARRIERS, "parameters": {"field": "carrier_links"}})
    if errors:
        raise CommerceError("Validation Failed", errors=errors)
    source = db.session.get(Source, given["source_code"]) or Source(source_code=given["source_code"])
    source.name, source.postcode = given["name"], given["postcode"]
    source.country_id = given["country_id"][:2]
    source.enabled = True if given.get("enabled") is None else given["enabled"]
    source.details = details_of(given)
    db.session.add(source)
    db.session.commit()
    return []


@bp.get("/inventory/get-sources-assigned-to-stock-ordered-by-priority/<segment:stock_id>")
@operation("sources_of_stock")
@serves("Magento_InventoryApi::source")
def sources_of_stock(stock_id: int) -> list[dict[str, Any]]:
    """getSourcesAssignedToStockOrderedByPriority: none for a stock that there is not."""
    return [source_document(source) for source in stocks.sources_of(stock_id)]
