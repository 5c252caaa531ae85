"""The catalogue: products and what belongs to them."""

from mock_commerce.catalog.composites import children, consist_of
from mock_commerce.catalog.saving import SKU_LENGTH, delete, get, save, set_value
from mock_commerce.catalog.stock_items import change as change_stock

__all__ = ["SKU_LENGTH", "change_stock", "children", "consist_of", "delete", "get", "save", "set_value"]
