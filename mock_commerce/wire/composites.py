"""Options and links of configurable products and bundles, as clients write them."""

from __future__ import annotations

from typing import Any

from mock_commerce.webapi.inputs import listed, schema

_value_schema: Any = schema(
    "OptionValue", whole="value_index", raw="extension_attributes pricing_value is_percent"
)
configurable_option_schema: Any = schema(
    "ConfigurableOption",
    whole="id position product_id",
    text="attribute_id label",
    flag="is_use_default",
    raw="extension_attributes",
    values=listed(_value_schema, "Magento\\ConfigurableProduct\\Api\\Data\\OptionValueInterface"),
)
bundle_link_schema: Any = schema(
    "BundleLink",
    text="id sku",
    whole="option_id position price_type can_change_quantity",
    number="qty price",
    flag="is_default",
    raw="extension_attributes",
)
bundle_option_schema: Any = schema(
    "BundleOption",
    whole="option_id position",
    text="title type sku",
    flag="required",
    raw="extension_attributes",
    product_links=listed(bundle_link_schema, "Magento\\Bundle\\Api\\Data\\LinkInterface"),
)
