"""The rules of the sales channel, as tables."""

from datetime import timedelta
from decimal import Decimal

import pytest
from builders import CONNECTED, SHIP_TO, line, order

from connector.domain import statuses
from connector.domain.assessment import (
    Catalog,
    Product,
    Shop,
    blockers_before_stock,
    needed_products,
    stock_blockers,
)
from connector.domain.blockers import KINDS, Code, by_precedence
from connector.domain.eligibility import Cancelled, Due, Ignored, Waiting, decide
from connector.domain.fulfilment import Track, all_units_out, carrier_of, package_reference, units_missing
from connector.domain.order import Address, Package
from connector.domain.settings import SETTINGS, InvalidSetting, OrderSettings, changed, check
from connector.domain.statuses import AmazonStatus
from connector.domain.totals import expected_total
from connector.domain.translation import NO_NAME, NO_PHONE, split_name, translate

# 2.5, the creation matrix: status, merchant fulfilled, Amazon fulfilled
MATRIX = [
    ("Pending", False, False),
    ("PendingAvailability", False, False),
    ("Canceled", False, False),
    ("Error", False, False),
    ("Unshipped", True, False),
    ("PartiallyShipped", True, False),
    ("Shipped", True, True),
    ("Unfulfillable", False, False),
    ("InvoiceUnconfirmed", False, False),
    ("SomethingNew", False, False),
]


@pytest.mark.parametrize(("status", "merchant", "amazon"), MATRIX, ids=[row[0] for row in MATRIX])
def test_creation_matrix(status, merchant, amazon):
    assert statuses.processable(status, by_amazon=False) is merchant
    assert statuses.processable(status, by_amazon=True) is amazon


def test_every_status_stands_in_every_table():
    assert set(statuses.KNOWN_PROCESSABLE) == set(AmazonStatus)
    assert set(AmazonStatus) <= set(statuses._RANK)


@pytest.mark.parametrize(
    ("shown", "received", "expected"),
    [
        (None, "Pending", "Pending"),
        ("Pending", "Unshipped", "Unshipped"),
        ("Shipped", "Unshipped", "Shipped"),  # F73: the confirmation shows late
        ("Completed", "Shipped", "Completed"),  # F68
        ("Shipped", "Canceled", "Canceled"),
        ("PartiallyShipped", "Shipped", "Shipped"),
    ],
)
def test_table_status_only_goes_forward(shown, received, expected):
    assert statuses.next_table_status(shown, received) == expected


@pytest.mark.parametrize(
    ("changes", "imports", "expected"),
    [
        ({"purchased_at": CONNECTED - timedelta(seconds=1)}, True, Ignored()),  # T-20
        ({"purchased_at": CONNECTED - timedelta(seconds=1), "status": "Canceled"}, False, Ignored()),
        ({}, True, Due()),  # T-24: a tie is in
        ({}, False, Waiting()),  # S-01
        ({"status": "Pending"}, True, Waiting()),
        ({"status": "Canceled"}, True, Cancelled()),
        ({"lines": (line(quantity=0),)}, True, Cancelled()),  # F23
        ({"by_amazon": True}, True, Waiting()),  # L-30
        ({"by_amazon": True, "status": "Shipped"}, True, Due()),  # L-31
    ],
)
def test_decision(changes, imports, expected):
    assert decide(order(**changes), CONNECTED, imports=imports) == expected


RED = Product("SKU-RED", enabled=True, type="simple", website_ids=frozenset({1}))
SHOP = Shop("base", 1)


def catalog(*products, matches=None):
    return Catalog(matches or {}, {product.sku: product for product in products}, frozenset(matches or {}))


def codes(blockers):
    return [blocker.code.value for blocker in blockers]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (catalog(RED), []),
        (catalog(), ["item_not_in_catalog"]),
        (catalog(matches={"SKU-RED": "GONE"}), ["item_deleted"]),
        (catalog(Product("SKU-RED", enabled=False, type="simple", website_ids={1})), ["item_disabled"]),
        (catalog(Product("SKU-RED", enabled=True, type="simple", website_ids={2})), ["item_not_in_website"]),
        (
            catalog(Product("SKU-RED", enabled=True, type="bundle", website_ids={1})),
            ["item_type_unsupported"],
        ),
        (
            catalog(Product("SKU-RED", enabled=False, type="bundle", website_ids=frozenset())),
            ["item_disabled", "item_not_in_website", "item_type_unsupported"],  # F29
        ),
        (
            catalog(Product("MUG", enabled=True, type="simple", website_ids={1}), matches={"SKU-RED": "MUG"}),
            [],
        ),
    ],
)
def test_item_blockers(known, expected):
    assert codes(blockers_before_stock(order(), known, SHOP, tax_included=False)) == expected


def test_all_blockers_are_collected_in_order_of_precedence():
    lines = (line(sku="OFF"), line(item_id="2", sku="NEW"))
    known = catalog(Product("OFF", enabled=False, type="simple", website_ids={1}))
    found = blockers_before_stock(order(lines=lines, total=Decimal("79.96")), known, SHOP, tax_included=False)
    assert codes(found) == ["item_not_in_catalog", "item_disabled"]
    assert found[0].note == 'Cannot create sales order: Product "NEW" does not exist'  # B-01
    assert found[1].note == 'Cannot create sales order: Product "OFF" in order is not salable'  # B-02


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lines": (line(item_total=None),)}, ["details_incomplete"]),  # B-10
        ({"lines": ()}, ["details_incomplete"]),
        ({"lines": (line(item_total=None),), "total": Decimal(0)}, []),  # F50
        ({"ship_to": Address()}, ["pii_unavailable"]),  # F21
        ({"ship_to": Address(country="US", city="Austin")}, ["pii_unavailable"]),
        ({"ship_to": Address(country="US", city="Austin"), "by_amazon": True}, []),  # L-34
        ({"ship_to": Address(), "by_amazon": True}, ["pii_unavailable"]),  # Commerce needs the country
        ({"total": Decimal("40.00")}, ["total_mismatch"]),  # F44
    ],
)
def test_data_blockers(changes, expected):
    found = blockers_before_stock(order(**changes), catalog(RED), SHOP, tax_included=False)
    assert codes(found) == expected


def test_stock_is_summed_over_the_lines_of_a_product():
    two = order(lines=(line(quantity=2), line(item_id="2", quantity=1)))
    assert codes(stock_blockers(two, catalog(RED), {"SKU-RED": Decimal(3)})) == []
    (blocker,) = stock_blockers(two, catalog(RED), {"SKU-RED": Decimal(2)})
    assert blocker.data["needed"] == "3"
    assert blocker.data["available"] == "2"
    assert "3 needed, 2 available" in blocker.resolution


def test_what_has_no_units_of_its_own_is_not_asked_for():
    shirt = catalog(Product("SKU-RED", enabled=True, type="configurable", website_ids=frozenset({1})))
    assert needed_products(order(), shirt) == {}
    assert needed_products(order(), catalog(RED)) == {"SKU-RED": 2}


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_texts_that_need_only_its_data(code):
    names = (
        "sku",
        "product",
        "reason",
        "store",
        "module",
        "status",
        "website",
        "type",
        "needed",
        "available",
    )
    data = dict.fromkeys((*names, "sum", "total"), "x")
    kind = KINDS[code]
    assert kind.note.format_map(data)
    assert kind.resolution.format_map(data)


def test_precedence_is_the_order_of_the_architecture():
    assert list(Code)[:2] == [Code.AUTH_FAILED, Code.STORE_CONFIG]
    assert list(Code)[2:4] == [Code.ORDERS_API_REMOVED, Code.UNKNOWN_STATUS]
    assert by_precedence([]) == []


def test_totals_to_the_cent():
    full = line(
        tax=Decimal("3.30"), shipping=Decimal("5.99"), discount=Decimal("2.00"), gift_wrap=Decimal("3.49")
    )
    assert expected_total(order(lines=(full,)), tax_included=False) == Decimal("50.76")
    assert expected_total(order(lines=(full,)), tax_included=True) == Decimal("47.46")


def test_unit_price_is_the_line_divided_by_its_quantity():
    """F43: ItemPrice is for the whole line; R-44: the row total stays exact."""
    three = order(lines=(line(quantity=3, item_total=Decimal("10.00")),), total=Decimal("10.00"))
    (translated,) = translate(three, {}, tax_included=False).lines
    assert translated.price == Decimal("3.3333")
    assert translated.row_total == Decimal("10.00")


def test_a_match_by_hand_changes_the_sku_that_is_placed():
    assert translate(order(), {"SKU-RED": "MUG"}, tax_included=False).lines[0].sku == "MUG"


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ann Lee", "Ann", "Lee"),
        ("Ann van der Lee", "Ann", "van der Lee"),
        ("Cher", "Cher", "-"),  # F53
        ("", NO_NAME, NO_NAME),
        ("A\u0007nn <b>Lee</b>", "Ann", "bLee/b"),
        ("  ", NO_NAME, NO_NAME),
    ],
)
def test_names_are_split_at_the_first_space(name, first, last):
    person = split_name(name)
    assert (person.firstname, person.lastname) == (first, last)


def test_missing_contact_data_is_filled_in():
    bare = translate(
        order(buyer_email="", by_amazon=True, ship_to=Address(country="US")), {}, tax_included=False
    )
    assert bare.email == "112-0000001-0000001@amazon.com"  # F-04
    assert bare.ship_to.telephone == NO_PHONE  # F-06
    assert bare.ship_to.street == (NO_NAME,)  # B-12


def test_a_merchants_incomplete_address_is_left_for_commerce_to_judge():
    bare = translate(order(ship_to=Address(country="US")), {}, tax_included=False)
    assert bare.ship_to.street == ()
    assert bare.ship_to.city == ""


@pytest.mark.parametrize(
    ("country", "region", "expected"),
    [
        ("US", "N.Y.", "NY"),
        ("US", " new   york ", "new york"),
        ("CA", "Québec", "Quebec"),
        ("DE", "Thüringen", "Thüringen"),
        ("GB", "St. Helens", "St. Helens"),
    ],
)
def test_a_region_is_written_as_the_shops_table_has_it(country, region, expected):
    """F52; elsewhere a region is any text."""
    address = Address(name="Ann Lee", line1="1 Main Street", region=region, country=country)
    assert translate(order(ship_to=address), {}, tax_included=False).ship_to.region == expected


def test_three_address_lines_are_kept():
    address = Address(name="Ann Lee", line1="Unit 4", line2="", line3="Back door", country="US")
    assert translate(order(ship_to=address), {}, tax_included=False).ship_to.street == ("Unit 4", "Back door")
    assert SHIP_TO.lines == ("1 Main St",)


@pytest.mark.parametrize(
    ("track", "code", "name"),
    [
        (Track("ups", "1Z"), "UPS", "UPS"),
        (Track("fedex", "1"), "FedEx", "FedEx"),
        (Track("custom", "1", "Bike Courier"), "Other", "Bike Courier"),
        (Track("dhl", "1"), "Other", "dhl"),
    ],
)
def test_carriers(track, code, name):
    """K-23."""
    assert (carrier_of(track).code, carrier_of(track).name) == (code, name)


def test_units_missing_counts_every_known_shipment():
    assert units_missing({"1": 3, "2": 1}, [{"1": 1}, {"1": 1}]) == {"1": 1, "2": 1}
    assert units_missing({"1": 2}, [{"1": 2}]) == {}


def test_all_units_out():
    assert not all_units_out(order(), [{"1": 1}])
    assert all_units_out(order(), [{"1": 1}, {"1": 1}])


def test_own_packages_are_told_from_seller_centrals():
    from connector.domain.fulfilment import foreign_packages

    own, foreign = Package(package_reference(3)), Package("3")
    assert foreign_packages(order(packages=(own, foreign))) == [foreign]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("import_order", "enabled", "unknown setting 'import_order'"),
        ("import_orders", "on", "import_orders: 'on' is not one of enabled, disabled"),
        ("cron_interval", "soon", "'soon' is not a duration"),
        ("cron_interval", "10s", "'10s' is less than 60 s"),
        ("safety_lag", "1m", "is less than 120 s"),
        ("store_view", "x" * 65, "longer than 64"),
    ],
)
def test_wrong_settings_name_what_is_allowed(name, value, message):
    with pytest.raises(InvalidSetting, match=message):
        check(name, value)


def test_defaults_are_valid():
    for name, setting in SETTINGS.items():
        assert check(name, setting.default) == setting.default


def test_custom_status_needs_its_name():
    """S-07."""
    with pytest.raises(InvalidSetting, match="processing_status: is required"):
        changed({}, {"order_status": "custom"})
    settings = OrderSettings(changed({}, {"order_status": "custom", "processing_status": "at_amazon"}))
    assert settings.custom_status == "at_amazon"
    assert OrderSettings({"processing_status": "at_amazon"}).custom_status is None


def test_units_are_capped_and_compared_item_by_item():
    from connector.domain.fulfilment import at_most, covers

    assert at_most({"1": 3, "2": 1, "3": 1}, {"1": 2, "3": 0}) == {"1": 2}
    assert covers({"1": 2}, {"1": 2})
    assert not covers({"1": 2}, {"1": 2, "2": 1})
