"""What the physical stock must be, from what was set by hand and what was shipped since."""

from small_worlds import commerce, shop_line, shop_order

from simulator.stockbook import StockBook


def shipped(units, **changes):
    stock = {"SKU-RED": {"qty": 0, "by_source": {"default": 100 - units, "east": 5}}}
    return commerce(shop_order(shop_line(shipped=units), **changes), stock=stock)


def test_a_new_product_has_the_default_quantity():
    book = StockBook()
    book.product_saved({"sku": "SKU-RED"}, None)
    assert book.expected(commerce()) == {"SKU-RED": 100}


def test_quantities_of_all_sources_add_up():
    book = StockBook()
    book.product_saved({"sku": "SKU-RED", "sources": {"default": 3, "east": 4}}, None)
    assert book.expected(commerce()) == {"SKU-RED": 7}


def test_shipped_units_are_gone_but_not_those_that_amazon_ships():
    book = StockBook()
    book.product_saved({"sku": "SKU-RED"}, None)
    assert book.expected(shipped(2)) == {"SKU-RED": 98}
    assert book.expected(shipped(2, fulfilled_by="amazon")) == {"SKU-RED": 100}


def test_a_quantity_set_by_hand_counts_from_there():
    book = StockBook()
    book.product_saved({"sku": "SKU-RED", "sources": {"default": 100, "east": 5}}, None)
    book.stock_set({"sku": "SKU-RED", "qty": 50}, shipped(2))
    assert book.expected(shipped(3)) == {"SKU-RED": 54}


def test_a_change_without_a_quantity_leaves_the_account_alone():
    book = StockBook()
    book.product_saved({"sku": "SKU-RED", "qty": 10}, None)
    book.product_saved({"sku": "SKU-RED", "status": "enabled"}, shipped(2))
    assert book.expected(shipped(2)) == {"SKU-RED": 8}


def test_unmanaged_and_composite_products_are_not_counted():
    book = StockBook()
    book.product_saved({"sku": "A", "manage_stock": False}, None)
    book.product_saved({"sku": "B", "type": "bundle"}, None)
    assert book.expected(commerce()) == {}
