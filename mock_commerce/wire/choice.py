"""What a buyer chose of a configurable product or a bundle: ``product_option`` of a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_commerce.inputs import listed, nested, schema

_CONFIGURABLE = "Magento\\ConfigurableProduct\\Api\\Data\\ConfigurableItemOptionValueInterface"
_BUNDLE = "Magento\\Bundle\\Api\\Data\\BundleOptionInterface"
_extension_schema: Any = schema(
    "ProductOptionExtension",
    configurable_item_options=listed(
        schema(
            "ConfigurableItemOptionValue", text="option_id", whole="option_value", raw="extension_attributes"
        ),
        _CONFIGURABLE,
    ),
    bundle_options=listed(
        schema(
            "BundleOption",
            whole="option_id option_qty",
            wholes="option_selections",
            raw="extension_attributes",
        ),
        _BUNDLE,
    ),
    raw="custom_options downloadable_option giftcard_item_option grouped_options",
)
product_option_schema: Any = schema("ProductOption", extension_attributes=nested(_extension_schema))


def choice_in(product_option: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The choice in a line's ``product_option``; empty where there is none."""
    return (product_option or {}).get("extension_attributes") or {}


def option_document(choice: Mapping[str, Any]) -> dict[str, Any]:
    """The choice as lines of carts and orders show it."""
    return {"product_option": {"extension_attributes": dict(choice)}} if choice else {}
