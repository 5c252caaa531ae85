import pytest

FORM = {
    "account": "SELLER-1:US",
    "channel": "MFN",
    "status": "Unshipped",
    "service_level": "STANDARD",
    "lines.0.sku": "MUG",
    "lines.0.qty": "2",
    "lines.0.unit_price": "19.99",
}
NEW = "/orders-v3/new"


def placed(amazon):
    return amazon.client.get("/_sim/state").get_json()["orders"]


def test_the_form_proposes_a_valid_address_of_the_marketplace(visitor, amazon):
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["DE"]}, 201)
    assert "Seattle" in visitor.look(NEW)
    page = visitor.look(f"{NEW}?account=SELLER-1:DE")
    assert "Berlin" in page
    assert '<option value="SELLER-1:DE" selected>' in page


def test_skus_of_listings_are_proposed(visitor, amazon):
    amazon.sim("listings", {"sku": "MUG-1"}, 201)
    assert '<option value="MUG-1">' in visitor.look(NEW)


def test_an_order_is_placed_as_it_was_written(visitor, amazon):
    more = {
        "id": "A1",
        "placed": "-1h",
        "prime": "on",
        "business": "on",
        "buyer.name": "Bo Invented",
        "ship_to.name": "Ann Invented",
        "ship_to.line2": "Floor 2",
        "ship_to.country": "US",
        "lines.0.tax": "3.30",
        "lines.0.shipping": "4.99",
        "lines.0.discount": "2.00",
        "lines.2.sku": "CUP",
        "lines.2.qty": "1",
        "lines.2.unit_price": "5.00",
        "lines.2.gift_wrap": "3.50",
        "lines.2.gift_message": "For you",
        "lines.1.qty": "1",
    }
    answer = visitor.send(NEW, FORM | more)
    (order,) = placed(amazon)
    assert (answer.status_code, answer.location) == (302, f"/orders-v3/order/{order['amazon_order_id']}")
    assert (order["id"], order["status"], order["total"]) == ("A1", "Unshipped", "54.77")
    assert [(line["sku"], line["qty"]) for line in order["lines"]] == [("MUG", 2), ("CUP", 1)]
    assert order["purchase_date"] == "2026-03-01T08:00:00.000Z"
    page = visitor.look(answer.location)
    for text in ("was placed", "Ann Invented", "Floor 2", "Bo Invented", "Prime", "Business", "For you"):
        assert text in page


def test_more_lines_can_be_asked_for_and_nothing_is_lost(visitor, amazon):
    page = visitor.send(NEW, FORM | {"more": "1"}).text
    assert 'name="lines.5.sku"' not in page  # FORM names one line: three more make four
    assert 'name="lines.3.sku"' in page
    assert 'value="19.99"' in page
    assert placed(amazon) == []


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"account": "NOBODY:US"}, "account", "is not one of SELLER-1"),
        ({"account": "SELLER-1:JP"}, "account", "does not sell in"),
        ({"account": "SELLER-1:XX"}, "account", "is not one of US"),
        ({"channel": "X"}, "channel", "is not one of MFN, AFN"),
        ({"status": "PartiallyShipped"}, "status", "is not one of"),
        ({"service_level": "SLOW"}, "service_level", "is not one of STANDARD"),
        ({"placed": "soon"}, "placed", "is not a time"),
        ({"placed": "+1h"}, "placed", "is later than now"),
        ({"id": "x" * 201}, "id", "between 1 and 200"),
        ({"buyer.name": "x" * 201}, "buyer.name", "between 1 and 200"),
        ({"ship_to.city": "x" * 301}, "ship_to.city", "between 0 and 300"),
        ({"lines.0.qty": "0"}, "lines.0.qty", "greater than or equal to 1"),
        ({"lines.0.qty": "many"}, "lines.0.qty", "Not a valid integer"),
        ({"lines.0.qty": ""}, "lines.0.qty", "Missing data"),
        ({"lines.0.unit_price": "1,99"}, "lines.0.unit_price", "write an amount as text"),
        ({"lines.0.tax": "-1"}, "lines.0.tax", "not negative"),
        ({"lines.0.discount": "99"}, "lines.0.discount", "is more than the line"),
        ({"lines.0.sku": ""}, "lines.0.sku", "Missing data"),
        ({"lines.2.sku": "CUP", "lines.2.qty": "1"}, "lines.2.unit_price", "Missing data"),
        ({"lines.2.sku": "C", "lines.2.qty": "1", "lines.2.unit_price": "x"}, "lines.2.unit_price", "amount"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_placed(visitor, amazon, wrong, field, words):
    answer = visitor.send(NEW, FORM | {"ship_to.name": "KEEP-ME"} | wrong)
    visitor.refused(answer, "The order was not placed", "KEEP-ME", words)
    problem = answer.text.split(f'id="{field}.problem">')[1].partition("</div>")[0]
    assert words in problem
    assert placed(amazon) == []


def test_an_order_without_lines_is_told_above_the_form(visitor, amazon):
    answer = visitor.send(NEW, {key: text for key, text in FORM.items() if not key.startswith("lines")})
    visitor.refused(answer, "needs a line")
    assert placed(amazon) == []


def test_a_name_is_used_once(visitor, amazon):
    amazon.place(id="A1")
    visitor.refused(visitor.send(NEW, FORM | {"id": "A1"}), "ids are used once")
    assert len(placed(amazon)) == 1


def test_what_was_written_comes_back_as_text(visitor):
    answer = visitor.send(NEW, FORM | {"lines.0.sku": '"><script>', "lines.0.qty": "0"})
    visitor.refused(answer, "&#34;&gt;&lt;script&gt;")
    assert "<script" not in answer.text
