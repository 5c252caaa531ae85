"""Sources, stocks and their links as Commerce shows and reads them."""

from __future__ import annotations

from typing import Any

from mock_commerce.models import Source, Stock, StockSourceLink
from mock_commerce.stock import stocks
from mock_commerce.webapi.inputs import listed, nested, schema
from mock_commerce.wire.values import number, without_nulls

_DETAILS = "email contact_name description region city street phone fax"
_carrier_schema: Any = schema(
    "SourceCarrierLink", text="carrier_code", whole="position", raw="extension_attributes"
)
_pickup_schema: Any = schema(
    "SourceExtension", flag="is_pickup_location_active", text="frontend_name frontend_description"
)
source_schema: Any = schema(
    "Source",
    text=f"source_code name postcode country_id {_DETAILS}",
    flag="enabled use_default_carrier_config",
    number="latitude longitude",
    whole="region_id",
    carrier_links=listed(_carrier_schema, r"Magento\InventoryApi\Api\Data\SourceCarrierLinkInterface"),
    extension_attributes=nested(_pickup_schema),
)
_channel_schema: Any = schema("SalesChannel", text="type code", raw="extension_attributes")
_stock_extension_schema: Any = schema(
    "StockExtension",
    sales_channels=listed(_channel_schema, r"Magento\InventorySalesApi\Api\Data\SalesChannelInterface"),
)
stock_schema: Any = schema(
    "Stock", whole="stock_id", text="name", extension_attributes=nested(_stock_extension_schema)
)
link_schema: Any = schema(
    "StockSourceLink", whole="stock_id priority", text="source_code", raw="extension_attributes"
)


def details_of(given: dict[str, Any]) -> dict[str, Any]:
    """What of a source is only kept, ready for storing."""
    own = {"source_code", "name", "enabled", "postcode", "country_id"}
    kept = {key: given[key] for key in given if key not in own}
    return {
        key: number(value) if key in {"latitude", "longitude"} and value is not None else value
        for key, value in kept.items()
    }


def source_document(source: Source) -> dict[str, Any]:
    document = {
        "source_code": source.source_code,
        "name": source.name,
        "enabled": source.enabled,
        "country_id": source.country_id,
        "postcode": source.postcode,
        "use_default_carrier_config": True,
        "carrier_links": [],
        **source.details,
    }
    shown: dict[str, Any] = document.get("extension_attributes") or {}
    pickup = {"is_pickup_location_active": False, "frontend_name": source.name, **shown}
    return without_nulls({**document, "extension_attributes": pickup})


def stock_document(stock: Stock) -> dict[str, Any]:
    channels = [{"type": row.type, "code": row.code} for row in stocks.channels_of(stock)]
    return {
        "stock_id": stock.stock_id,
        "name": stock.name,
        "extension_attributes": {"sales_channels": channels},
    }


def link_document(link: StockSourceLink) -> dict[str, Any]:
    return {"stock_id": link.stock_id, "source_code": link.source_code, "priority": link.priority}
