"""Stock: what lies where, what is held back, what can be sold, and who sells from it."""

from mock_commerce.stock.moving import (
    NotEnoughAtSource,
    automatic_status,
    forget,
    put_back,
    rename,
    reserve,
    reserve_all,
    set_quantity,
    take,
    take_off,
)
from mock_commerce.stock.quantities import (
    DEFAULT_SOURCE,
    DEFAULT_STOCK,
    IN_STOCK,
    OUT_OF_STOCK,
    at_sources,
    find_product,
    find_products,
    is_assigned,
    reserved,
    salable,
    source_item,
    source_items,
)
from mock_commerce.stock.rules import (
    Objection,
    is_salable,
    not_enough,
    objection,
    objections,
    quantity_rule,
    takes_backorders,
)
from mock_commerce.stock.selection import take_by_priority
from mock_commerce.stock.stocks import STOCK_NAME, of_store

__all__ = [
    "DEFAULT_SOURCE", "DEFAULT_STOCK", "IN_STOCK", "OUT_OF_STOCK", "STOCK_NAME", "NotEnoughAtSource",
    "Objection", "at_sources", "automatic_status", "find_product", "find_products", "forget", "is_assigned",
    "is_salable", "not_enough", "objection", "objections", "of_store", "put_back", "quantity_rule", "rename",
    "reserve", "reserve_all", "reserved", "salable", "set_quantity", "source_item", "source_items", "take",
    "take_by_priority", "take_off", "takes_backorders",
]  # fmt: skip
