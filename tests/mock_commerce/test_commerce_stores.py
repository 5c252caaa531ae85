"""Stores and the directory: exact key sets (conformance cases 182 to 185), countries, modules."""

from __future__ import annotations

import pytest

WEBSITE = {"id", "code", "name", "default_group_id"}
GROUP = {"id", "website_id", "root_category_id", "default_store_id", "name", "code"}
VIEW = {"id", "code", "name", "website_id", "store_group_id", "is_active"}
ADDRESSES = {
    f"{secure}base_{kind}url" for secure in ("", "secure_") for kind in ("", "link_", "static_", "media_")
}
CONFIG = ADDRESSES | {
    *("id", "code", "website_id", "locale", "base_currency_code", "default_display_currency_code"),
    *("timezone", "weight_unit"),
}  # fmt: skip


IN_ORDER = [
    "id", "code", "website_id", "locale", "base_currency_code", "default_display_currency_code", "timezone",
    "weight_unit", "base_url", "base_link_url", "base_static_url", "base_media_url", "secure_base_url",
    "secure_base_link_url", "secure_base_static_url", "secure_base_media_url",
]  # fmt: skip


@pytest.mark.conformance(182, 183, 184, 185)
@pytest.mark.parametrize(
    ("path", "keys", "ids"),
    [
        ("websites", WEBSITE, [0, 1, 2]),
        ("storeGroups", GROUP, [0, 1, 2]),
        ("storeViews", VIEW, [0, 1, 2]),
        ("storeConfigs", CONFIG, [1, 2]),
    ],
)
def test_182_to_185_stores_have_exactly_these_keys(shop, judge, path, keys, ids):
    shop.sim("websites", {"code": "eu"})
    rows = shop.get(f"store/{path}")
    judge.check("GET", f"store/{path}", rows)
    assert [row["id"] for row in rows] == ids
    assert all(set(row) == keys for row in rows)
    if path == "storeConfigs":
        assert list(rows[0]) == IN_ORDER


@pytest.mark.conformance(185)
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("storeCodes[]=eu", ["eu"]),
        ("storeCodes[0]=default&storeCodes[1]=eu", ["default", "eu"]),
        ("storeCodes[]=nosuch", []),
        ("storeCodes[]=admin", []),
        ("", ["default", "eu"]),
    ],
)
def test_185_configurations_are_asked_for_by_code(shop, query, codes):
    shop.sim("websites", {"code": "eu"})
    assert [row["code"] for row in shop.get(f"store/storeConfigs?{query}")] == codes


@pytest.mark.conformance(185)
def test_185_a_configuration_tells_where_the_shop_is(shop):
    (row,) = shop.get("store/storeConfigs")
    assert row["base_url"] == "http://localhost/"
    assert row["secure_base_media_url"] == "http://localhost/media/"
    assert (row["timezone"], row["base_currency_code"], row["weight_unit"]) == ("UTC", "USD", "lbs")


def test_countries_are_listed_with_their_regions(shop, judge):
    countries = shop.get("directory/countries")
    judge.check("GET", "directory/countries", countries)
    assert len(countries) == 250
    (usa,) = [country for country in countries if country["id"] == "US"]
    assert usa == shop.get("directory/countries/US")
    assert len(usa["available_regions"]) == 65


@pytest.mark.parametrize(
    ("country", "code", "region_id", "number"),
    [
        ("US", "WY", 65, 65),
        ("CA", "YT", 78, 13),
        ("DE", "BER", 82, 16),
        ("AT", "VB", 103, 9),
        ("CH", "ZH", 129, 26),
        ("ES", "Zaragoza", 181, 52),
        ("FR", "95", 277, 96),
        ("BR", "SP", 508, 27),
    ],
)
def test_regions_have_commerces_own_codes_and_ids(shop, country, code, region_id, number):
    regions = shop.get(f"directory/countries/{country}")["available_regions"]
    assert len(regions) == number
    assert [region["id"] for region in regions if region["code"] == code] == [str(region_id)]


def test_everybody_sees_the_directory_and_nobody_else_the_modules(shop):
    for path, status in (("directory/countries", 200), ("directory/currency", 200), ("modules", 401)):
        assert shop.client.get(f"/rest/V1/{path}").status_code == status
    assert {"Magento_Store", "Magento_Quote", "Magento_Checkout"} <= set(shop.get("modules"))
