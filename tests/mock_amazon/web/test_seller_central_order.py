import pytest

MUG = {"sku": "MUG", "qty": 2, "unit_price": "19.99"}
CUP = {"sku": "CUP", "qty": 1, "unit_price": "5.00", "tax": "0.40", "shipping": "4.99", "discount": "1.00"}


def item_ids(amazon, number):
    return [line["order_item_id"] for line in amazon.state(number)["lines"]]


def test_everything_that_is_known_of_an_order_is_shown(visitor, amazon):
    gift = {**CUP, "gift_wrap": "3.50", "gift_message": "For you", "asin": "B000000001", "title": "A cup"}
    ship_to = {
        "name": "Ann Invented",
        "line1": "1 First St",
        "line3": "Rear house",
        "phone": "+1 206 555 0199",
    }
    number = amazon.place_unshipped(
        lines=[MUG, gift],
        ship_to=ship_to,
        buyer={"name": "Bo Invented", "email": "bo@example.com"},
        prime=True,
    )
    package = {"lines": [{"sku": "MUG", "qty": 1}], "carrier": "DHL", "tracking": "T-77"}
    amazon.sim(f"orders/{number}/ship", package)
    page = visitor.look(f"/orders-v3/order/{number}")
    for text in (
        *(number, "Part shipped", "Ann Invented", "1 First St", "Rear house", "+1 206 555 0199", "98101"),
        *("Bo Invented", "bo@example.com", "A cup", "B000000001", "For you", "USD 3.50", "USD -1.00"),
        *("USD 52.87", "DHL", "T-77", "1 × MUG", "Prime", *item_ids(amazon, number)),
    ):
        assert text in page


def test_a_total_whose_prices_hold_the_tax_says_so(visitor, amazon):
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["DE"]}, 201)
    number = amazon.place(marketplace="DE", lines=[{**MUG, "tax": "6.38"}])
    page = visitor.look(f"/orders-v3/order/{number}")
    assert "Tax (in the prices)" in page
    assert "EUR 39.98" in page


def test_what_buyers_write_is_text_and_no_page(visitor, amazon):
    evil = "<script>alert(1)</script>"
    number = amazon.place_unshipped(
        lines=[{**MUG, "title": evil, "gift_message": evil}], ship_to={"name": evil}, buyer={"name": evil}
    )
    for path in ("/orders-v3", f"/orders-v3/order/{number}"):
        page = visitor.look(path)
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_an_order_that_there_is_not_is_a_page_too(visitor):
    assert "There is no order &#39;112-0000000-0000000&#39;" in visitor.look(
        "/orders-v3/order/112-0000000-0000000", 404
    )


def test_the_payment_is_confirmed_and_the_page_says_whose_button_it_is(visitor, amazon):
    number = amazon.place()
    assert "of the simulator, not of Amazon" in visitor.look(f"/orders-v3/order/{number}")
    amazon.later(minutes=5)
    answer = visitor.act(number, "confirm")
    assert (answer.status_code, answer.location) == (302, f"/orders-v3/order/{number}")
    assert f"Order {number}: Unshipped." in visitor.look(answer.location)
    order = amazon.state(number)
    assert (order["status"], order["last_update_date"]) == ("Unshipped", "2026-03-01T09:05:00.000Z")


def test_some_units_are_shipped_then_the_rest(visitor, amazon):
    number = amazon.place_unshipped(lines=[MUG, CUP])
    mug, cup = item_ids(amazon, number)
    part = {f"units.{mug}": "1", f"units.{cup}": "0", "carrier": "DHL", "tracking": "T-1"}
    assert visitor.act(number, "ship", part).status_code == 302
    assert amazon.state(number)["status"] == "PartiallyShipped"
    assert visitor.act(number, "ship", {f"units.{mug}": "1", f"units.{cup}": "1"}).status_code == 302
    order = amazon.state(number)
    assert (order["status"], [line["shipped"] for line in order["lines"]]) == ("Shipped", [2, 1])
    first, second = order["packages"]
    assert (first["carrier"], first["tracking"], first["lines"]) == ("DHL", "T-1", [{"sku": "MUG", "qty": 1}])
    assert (second["carrier"], second["tracking"][:2]) == ("UPS", "1Z")


def test_the_units_of_one_of_two_lines_of_a_sku_are_shipped(visitor, amazon):
    number = amazon.place_unshipped(lines=[MUG, MUG])
    _, second = item_ids(amazon, number)
    visitor.act(number, "ship", {f"units.{second}": "2"})
    assert [line["shipped"] for line in amazon.state(number)["lines"]] == [0, 2]


def test_an_order_of_amazons_own_is_shipped_by_amazon(visitor, amazon):
    number = amazon.place_unshipped(channel="AFN")
    page = visitor.look(f"/orders-v3/order/{number}")
    assert "Ship by Amazon" in page
    assert "Tracking number" not in page
    visitor.act(number, "ship")
    assert amazon.state(number)["status"] == "Shipped"


def test_an_order_is_cancelled(visitor, amazon):
    number = amazon.place_unshipped()
    visitor.act(number, "cancel")
    assert amazon.state(number)["status"] == "Canceled"


@pytest.mark.parametrize(
    ("status", "action"),
    [
        ("Unshipped", "confirm"),
        ("Canceled", "confirm"),
        ("Pending", "ship"),
        ("Shipped", "ship"),
        ("Canceled", "ship"),
        ("Shipped", "cancel"),
        ("Canceled", "cancel"),
    ],
)
def test_what_the_status_forbids_is_told_and_not_done(visitor, amazon, status, action):
    number = amazon.place(status=status)
    page, before = visitor.look(f"/orders-v3/order/{number}"), amazon.state(number)
    assert f'action="/orders-v3/order/{number}/{action}"' not in page
    (item,) = item_ids(amazon, number)
    visitor.refused(visitor.act(number, action, {f"units.{item}": "1"}), "Not done", status)
    assert amazon.state(number) == before


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "no units are chosen"),
        ({"units": "3"}, "3 units of OrderItemId"),
        ({"units": "-1"}, "is not a whole number"),
        ({"units": "two"}, "is not a whole number"),
        ({"units": "1", "carrier": "x" * 101}, "carrier: more than 100 characters"),
        ({"units": "1", "tracking": "x" * 101}, "tracking: more than 100 characters"),
    ],
)
def test_a_package_that_cannot_be_is_told_and_what_was_written_stays(visitor, amazon, form, words):
    number = amazon.place_unshipped()
    (item,) = item_ids(amazon, number)
    before = amazon.state(number)
    sent = {f"units.{item}" if key == "units" else key: value for key, value in form.items()}
    answer = visitor.act(number, "ship", {"tracking": "KEEP-ME", **sent})
    visitor.refused(answer, words, sent.get("tracking", "KEEP-ME"))
    assert amazon.state(number) == before


def test_an_action_on_an_order_that_there_is_not(visitor):
    assert visitor.act("112-0000000-0000000", "cancel").status_code == 404


TWO_LINES = [
    {"sku": "MUG", "qty": 2, "unit_price": "19.99"},
    {"sku": "CUP", "qty": 1, "unit_price": "5.00"},
]


def test_an_item_is_cancelled_by_its_button_and_stays_to_be_seen(visitor, amazon):
    number = amazon.place_unshipped(lines=TWO_LINES)
    assert visitor.look(f"/orders-v3/order/{number}").count(">Cancel item</button>") == 2
    item = amazon.state(number)["lines"][1]["order_item_id"]
    assert visitor.act(number, "cancel_line", {"item": item}).status_code == 302
    page = visitor.look(f"/orders-v3/order/{number}")
    assert "1 canceled" in page
    assert page.count(">Cancel item</button>") == 1
    assert amazon.state(number)["total"] == "39.98"
    for again in ({"item": item}, {"item": "0"}, {}):
        visitor.refused(visitor.act(number, "cancel_line", again), "that item cannot be cancelled")


def test_an_item_of_a_shipped_order_has_no_such_button(visitor, amazon):
    number = amazon.place(status="Shipped")
    assert "Cancel item" not in visitor.look(f"/orders-v3/order/{number}")


def test_the_page_tells_that_the_buyer_asks_to_cancel(visitor, amazon):
    number = amazon.place_unshipped()
    assert "Buyer requested cancellation" not in visitor.look(f"/orders-v3/order/{number}")
    amazon.sim(f"orders/{number}/request_cancel", {"reason": "<b>Too dear"})
    page = visitor.look(f"/orders-v3/order/{number}")
    assert "Buyer requested cancellation:</strong> &lt;b&gt;Too dear" in page


def test_the_page_tells_what_is_to_happen_by_itself(visitor, amazon):
    number = amazon.place(life={"confirm": "30m"})
    amazon.sim(f"orders/{number}/hide", {"for": "10m"})
    page = visitor.look(f"/orders-v3/order/{number}")
    assert "confirm at 2026-03-01 09:30:00 UTC" in page
    assert "In lists from</dt><dd>2026-03-01 09:10:00 UTC" in page
