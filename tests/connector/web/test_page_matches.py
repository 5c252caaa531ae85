"""Matching by hand: which seller SKUs wait for it, and that only products that exist can be named."""

import pytest
import requests
import responses
from page_builders import BLOCKED, new_store

from connector.database import db
from connector.models import Match

PAGE = "/stores/1/matches"


@pytest.fixture
def matches(connector):
    def stored():
        with connector.app.app_context():
            rows = db.session.query(Match).order_by(Match.id)
            return [(row.store_id, row.seller_sku, row.sku) for row in rows]

    return stored


def blocked_by(*found):
    blockers = [{"code": code, "data": {"sku": sku, "product": sku}} for code, sku in found]
    return BLOCKED | {"blockers": blockers}


def test_seller_skus_without_a_product_are_listed_the_most_wanted_first(merchant, add, add_order):
    add(new_store("Main CA", marketplace="CA"))
    add_order("1", **blocked_by(("item_not_in_catalog", "SKU-A")))
    add_order("2", **blocked_by(("item_not_in_catalog", "SKU-B"), ("item_disabled", "SKU-OFF")))
    add_order("3", **blocked_by(("item_ambiguous", "SKU-C"), ("item_not_in_catalog", "SKU-B")))
    add_order("4", **blocked_by(("item_deleted", "SKU-D")))
    add_order("5", store_id=2, **blocked_by(("item_not_in_catalog", "SKU-ELSEWHERE")))
    text = merchant.text(PAGE)
    assert (
        "SKU-B not in the catalog 2 Match it SKU-A not in the catalog 1 Match it "
        "SKU-C fits several products 1 Match it SKU-D its product was deleted 1 Match it"
    ) in text
    assert "SKU-OFF" not in text
    assert "SKU-ELSEWHERE" not in text


def test_a_long_list_is_cut_and_says_so(merchant, add_order):
    add_order(**blocked_by(*(("item_not_in_catalog", f"SKU-{number:03}") for number in range(60))))
    text = merchant.text(PAGE)
    assert text.count("Match it") == 50
    assert "and 10 more" in text


def test_match_it_fills_the_form(merchant):
    assert 'value="SKU-A"' in merchant.get(f"{PAGE}?seller_sku=SKU-A").text


def test_a_match_is_saved_changed_and_removed(merchant, catalog, matches):
    catalog("SKU-RED", "SKU-BLUE")
    page = merchant.post(PAGE, seller_sku=" ALIAS ", sku=" SKU-RED ")
    assert "ALIAS is matched to SKU-RED: used from the next sync on." in page.text
    assert matches() == [(1, "ALIAS", "SKU-RED")]
    merchant.post(PAGE, seller_sku="ALIAS", sku="SKU-BLUE")
    assert matches() == [(1, "ALIAS", "SKU-BLUE")]
    page = merchant.post(f"{PAGE}/1/remove")
    assert "ALIAS is no longer matched to SKU-BLUE." in page.text
    assert matches() == []
    assert "No seller SKU is matched by hand." in page.text


@pytest.mark.parametrize(
    "told",
    [
        ((), "Commerce has no product 'SKU-RED'"),
        (("sku-red",), "Commerce has no product 'SKU-RED'; there is sku-red"),  # F28
    ],
)
def test_only_a_product_that_commerce_has_can_be_matched(merchant, catalog, shop, matches, told):
    found, message = told
    catalog(*found)
    page = merchant.post(PAGE, 400, seller_sku="ALIAS", sku="SKU-RED")
    assert message in page.text.replace("&#39;", "'")
    assert 'value="ALIAS"' in page.text
    assert matches() == []
    assert sum("/products" in call.request.url for call in shop.calls) == 1


def test_without_commerces_answer_nothing_is_matched(merchant, shop, matches):
    shop.get("https://shop.test/rest/V1/products", body=requests.ConnectionError("down"))
    page = merchant.post(PAGE, 400, seller_sku="ALIAS", sku="SKU-RED")
    assert "The catalog could not be looked at: no answer from Commerce at shop.test" in page.text
    assert "Nothing was saved." in page.text
    assert matches() == []


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"seller_sku": "", "sku": "A"}, "is required"),
        ({"seller_sku": "A"}, "is required"),
        ({"seller_sku": "A", "sku": "  "}, "is required"),
        ({"seller_sku": "A" * 101, "sku": "A"}, "longer than 100 characters"),
        ({"seller_sku": "A", "sku": "A" * 65}, "longer than 64 characters"),
        ({"seller_sku": "A\0", "sku": "A"}, "control characters"),
    ],
)
def test_a_wrong_match_is_told_without_asking_commerce(merchant, matches, sent, message):
    with responses.RequestsMock():  # any call would fail
        assert message in merchant.post(PAGE, 400, **sent).text
    assert matches() == []


def test_a_match_of_another_store_cannot_be_removed(merchant, add, matches):
    add(new_store("Main CA", marketplace="CA"))
    add(Match(store_id=2, seller_sku="A", sku="B"))
    page = merchant.post(f"{PAGE}/1/remove", 404)
    assert "Main US has no match with the number 1." in page.text
    merchant.post(f"{PAGE}/99/remove", 404)
    assert matches() == [(2, "A", "B")]


def test_many_matches_stand_on_several_pages(merchant, add):
    add(*(Match(store_id=1, seller_sku=f"A-{number:03}", sku="B") for number in range(60)))
    assert merchant.text(PAGE).count("Remove") == 50
    assert "1 of 2 pages" in merchant.text(PAGE)
    assert merchant.text(f"{PAGE}?page=2").count("Remove") == 10
