"""What was chosen of a product: custom options, the parts of a bundle, the values of a configurable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_commerce.webapi.inputs import listed, nested, schema

_custom: Any = schema("CustomOption", text="option_id option_value", raw="extension_attributes")
_bundle: Any = schema(
    "BundleOption", whole="option_id option_qty", wholes="option_selections", raw="extension_attributes"
)
_configurable: Any = schema(
    "ConfigurableItemOptionValue", text="option_id", whole="option_value", raw="extension_attributes"
)
_extension: Any = schema(
    "ProductOptionExtension",
    custom_options=listed(_custom, r"Magento\Catalog\Api\Data\CustomOptionInterface"),
    bundle_options=listed(_bundle, r"Magento\Bundle\Api\Data\BundleOptionInterface"),
    configurable_item_options=listed(
        _configurable, r"Magento\ConfigurableProduct\Api\Data\ConfigurableItemOptionValueInterface"
    ),
    raw="downloadable_option giftcard_item_option grouped_options",
)
product_option_schema: Any = schema("ProductOption", extension_attributes=nested(_extension))


def choice_in(product_option: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The choice in a line's ``product_option``; empty where there is none."""
    return (product_option or {}).get("extension_attributes") or {}


def option_document(choice: Mapping[str, Any]) -> dict[str, Any]:
    """The choice as lines of carts and orders show it."""
    return {"product_option": {"extension_attributes": dict(choice)}} if choice else {}
