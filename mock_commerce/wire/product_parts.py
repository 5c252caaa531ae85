"""Parts of products that are only kept and shown again: prices by quantity, options, links, pictures."""

from __future__ import annotations

from typing import Any

from mock_commerce.webapi.inputs import listed, nested, schema

_API = "Magento\\Catalog\\Api\\Data\\"
_tier_price: Any = schema(
    "ProductTierPrice",
    whole="customer_group_id",
    number="qty value",
    extension_attributes=nested(
        schema("ProductTierPriceExtension", number="percentage_value", whole="website_id")
    ),
)
_option_value: Any = schema(
    "ProductCustomOptionValues",
    text="title price_type sku",
    whole="sort_order option_type_id",
    number="price",
)
_option: Any = schema(
    "ProductCustomOption",
    text="product_sku title type price_type sku file_extension",
    whole="option_id sort_order max_characters image_size_x image_size_y",
    number="price",
    flag="is_require",
    raw="extension_attributes",
    values=listed(_option_value, f"{_API}ProductCustomOptionValuesInterface"),
)
_link: Any = schema(
    "ProductLink",
    text="sku link_type linked_product_sku linked_product_type",
    whole="position",
    extension_attributes=nested(schema("ProductLinkExtension", number="qty")),
)
_video: Any = schema(
    "VideoContent",
    text="media_type video_provider video_url video_title video_description video_metadata",
)
_picture: Any = schema(
    "ProductAttributeMediaGalleryEntry",
    text="media_type label file",
    whole="id position",
    flag="disabled",
    texts="types",
    content=nested(schema("ImageContent", text="base64_encoded_data type name")),
    extension_attributes=nested(schema("MediaGalleryEntryExtension", video_content=nested(_video))),
)
PARTS: dict[str, Any] = {
    "tier_prices": listed(_tier_price, f"{_API}ProductTierPriceInterface"),
    "options": listed(_option, f"{_API}ProductCustomOptionInterface"),
    "product_links": listed(_link, f"{_API}ProductLinkInterface"),
    "media_gallery_entries": listed(_picture, f"{_API}ProductAttributeMediaGalleryEntryInterface"),
}
"""Fields of a product, by their names."""
