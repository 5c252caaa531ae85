import pytest
from amazon_seller import SellerClient

from mock_amazon import create_app
from simkit.clock import VirtualClock
from simkit.program import ServerConfig

LINE = {"sku": "MUG", "qty": 2, "unit_price": "19.99"}


def test_the_state_is_as_documented(amazon):
    answer = amazon.sim("orders", {"id": "A1", "placed": "-1h", "lines": [LINE]}, 201)
    assert set(answer) == {"id", "amazon_order_id"}
    number = answer["amazon_order_id"]
    order = amazon.state(number)
    item_id = order["lines"][0].pop("order_item_id")
    assert item_id.isdigit()
    assert order == {
        "id": "A1",
        "amazon_order_id": number,
        "seller": "SELLER-1",
        "marketplace": "US",
        "channel": "MFN",
        "status": "Pending",
        "purchase_date": "2026-03-01T08:00:00.000Z",
        "last_update_date": "2026-03-01T09:00:00.000Z",
        "currency": "USD",
        "total": "39.98",
        "tax_included": False,
        "cancel_requested": False,
        "hidden_until": None,
        "life": {},
        "lines": [
            {
                "sku": "MUG",
                "qty": 2,
                "cancelled": 0,
                "shipped": 0,
                "unit_price": "19.99",
                "tax": "0.00",
                "shipping": "0.00",
                "discount": "0.00",
                "gift_wrap": "0.00",
                "cod_fee": "0.00",
            }
        ],
        "packages": [],
        "refunds": [],
    }


def test_the_state_names_no_person(amazon):
    amazon.place_unshipped(
        ship_to={"name": "Ann Lee", "line1": "1 Main St", "phone": "5125550100"},
        buyer={"name": "Bo Lee", "email": "bo@example.com"},
    )
    text = amazon.client.get("/_sim/state").get_data(as_text=True) + amazon.client.get(
        "/_sim/journal"
    ).get_data(as_text=True)
    for secret in ("Ann Lee", "1 Main St", "5125550100", "Bo Lee", "bo@example.com"):
        assert secret not in text


def test_numbers_grow_and_repeat_with_the_seed(amazon):
    numbers = [amazon.place() for _ in range(5)]
    assert numbers == sorted(set(numbers))
    amazon.sim("reset", {"seed": 1})
    assert [amazon.place() for _ in range(5)] == numbers


def test_confirm_ship_and_an_order_is_on_its_way(amazon):
    number = amazon.place()
    amazon.later(minutes=1)
    assert amazon.sim(f"orders/{number}/confirm") == {"amazon_order_id": number, "status": "Unshipped"}
    assert amazon.state(number)["last_update_date"] == "2026-03-01T09:01:00.000Z"
    assert amazon.sim(f"orders/{number}/ship")["status"] == "Shipped"
    (package,) = amazon.state(number)["packages"]
    assert (package["reference"], package["carrier"], package["tracking"][:2]) == ("1", "UPS", "1Z")
    assert package["lines"] == [{"sku": "MUG", "qty": 2}]


def test_nothing_happens_by_itself(amazon):
    number = amazon.place()
    before = amazon.state(number)
    amazon.later(days=30)
    assert amazon.state(number) == before


def test_a_preorder_becomes_pending_first(amazon):
    number = amazon.place(status="PendingAvailability")
    statuses = [amazon.sim(f"orders/{number}/confirm")["status"] for _ in range(2)]
    assert statuses == ["Pending", "Unshipped"]
    assert amazon.order_v0(number)["OrderType"] == "Preorder"
    assert amazon.order(number)["programs"] == ["PREORDER"]


def test_packages_made_by_hand_count_and_take_what_is_asked(amazon):
    number = amazon.place_unshipped(lines=[LINE, LINE, {**LINE, "sku": "CUP"}])
    one = {"lines": [{"sku": "MUG", "qty": 3}], "carrier": "DHL", "tracking": "T1"}
    assert amazon.sim(f"orders/{number}/ship", one)["status"] == "PartiallyShipped"
    assert [line["shipped"] for line in amazon.state(number)["lines"]] == [2, 1, 0]
    assert amazon.sim(f"orders/{number}/ship")["status"] == "Shipped"
    first, second = amazon.state(number)["packages"]
    assert (first["reference"], first["carrier"], first["tracking"]) == ("1", "DHL", "T1")
    assert second["reference"] == "2"
    assert [line["shipped"] for line in amazon.state(number)["lines"]] == [2, 2, 2]


def test_a_package_made_by_hand_never_takes_the_place_of_another(amazon):
    number = amazon.place_unshipped(lines=[{**LINE, "qty": 3}])
    assert amazon.confirm_shipment(number, amazon.package(number, 1, reference="2")).status_code == 204
    for _ in range(2):
        amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    assert [package["reference"] for package in amazon.state(number)["packages"]] == ["2", "1", "3"]


@pytest.mark.parametrize("status", ["Pending", "Unshipped"])
def test_cancel(amazon, status):
    number = amazon.place(status=status)
    amazon.later(minutes=1)
    assert amazon.sim(f"orders/{number}/cancel")["status"] == "Canceled"
    assert amazon.state(number)["last_update_date"] == "2026-03-01T09:01:00.000Z"
    item = amazon.order(number)["orderItems"][0]
    assert item["fulfillment"]["quantityUnfulfilled"] == 0


def test_a_cancel_may_leave_the_last_update_alone(amazon):
    number = amazon.place_unshipped()
    amazon.later(minutes=10)
    amazon.sim(f"orders/{number}/cancel", {"bump": False})
    document = amazon.order(number)
    assert document["lastUpdatedTime"] == "2026-03-01T09:00:00.000Z"
    assert document["fulfillment"]["fulfillmentStatus"] == "CANCELLED"


@pytest.mark.parametrize(
    ("status", "verb"),
    [
        ("Unshipped", "confirm"),
        ("Shipped", "confirm"),
        ("Canceled", "confirm"),
        ("Pending", "ship"),
        ("Shipped", "ship"),
        ("Canceled", "ship"),
        ("Shipped", "cancel"),
        ("Canceled", "cancel"),
    ],
)
def test_a_wrong_transition_names_the_status(amazon, status, verb):
    number = amazon.place(status=status)
    amazon.refused(f"orders/{number}/{verb}", {}, status)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"lines": [{"sku": "NO", "qty": 1}]}, ["'NO'", "MUG"]),
        ({"lines": [{"sku": "MUG", "qty": 3}]}, ["'MUG'", "1"]),
        ({"lines": []}, ["'lines'"]),
        ({"lines": [{"sku": "MUG"}]}, ["'lines.0.qty'"]),
        ({"parcels": 1}, ["'parcels'", "lines, carrier, tracking"]),
    ],
)
def test_a_wrong_shipment_is_refused(amazon, body, words):
    number = amazon.place_unshipped()
    amazon.refused(f"orders/{number}/ship", body, *words)


@pytest.mark.parametrize("verb", ["confirm", "ship", "cancel"])
def test_verbs_of_unknown_orders(amazon, verb):
    amazon.refused(f"orders/112-1234567-1234567/{verb}", {}, "112-1234567-1234567", status=404)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        pytest.param({"colour": "red"}, ["unknown field 'colour'", "service_level"], id="key"),
        pytest.param({"lines": [LINE | {"price": "1"}]}, ["'lines.0.price'", "unit_price"], id="line key"),
        pytest.param({"ship_to": {"zip": "1"}}, ["'ship_to.zip'", "postal_code"], id="address key"),
        pytest.param({"lines": []}, ["'lines'"], id="no lines"),
        pytest.param({"lines": [LINE | {"qty": 0}]}, ["'lines.0.qty'", "0", "1"], id="none"),
        pytest.param({"lines": [LINE | {"qty": 1.5}]}, ["'lines.0.qty'", "1.5"], id="half"),
        pytest.param(
            {"lines": [LINE | {"unit_price": 19.99}]}, ["unit_price'", "19.99"], id="price as number"
        ),
        pytest.param({"lines": [LINE | {"unit_price": "-1"}]}, ["unit_price'", "-1"], id="negative price"),
        pytest.param({"lines": [LINE | {"tax": "1.001"}]}, ["'lines.0.tax'", "1.001"], id="three decimals"),
        pytest.param({"lines": [LINE | {"discount": "40"}]}, ["discount'", "40", "39.98"], id="discount"),
        pytest.param({"lines": [{"qty": 1, "unit_price": "1"}]}, ["'lines.0.sku'"], id="no sku"),
        pytest.param({"marketplace": "XX"}, ["'marketplace'", "XX", "US, CA"], id="marketplace"),
        pytest.param({"marketplace": "CA"}, ["'marketplace'", "CA", "US"], id="not sold there"),
        pytest.param({"seller": "NOBODY"}, ["'seller'", "NOBODY", "SELLER-1"], id="seller"),
        pytest.param({"channel": "FBA"}, ["'channel'", "FBA", "MFN, AFN"], id="channel"),
        pytest.param({"status": "PartiallyShipped"}, ["'status'", "Unshipped"], id="status"),
        pytest.param({"service_level": "SLOW"}, ["'service_level'", "SLOW", "STANDARD"], id="service level"),
        pytest.param({"placed": "yesterday"}, ["'placed'", "yesterday"], id="time"),
        pytest.param({"placed": "+1m"}, ["'placed'", "+1m"], id="future"),
        pytest.param({"replacement_of": "A9"}, ["'replacement_of'", "A9"], id="replacement"),
        pytest.param({"id": "TAKEN"}, ["'id'", "TAKEN"], id="id"),
        pytest.param({"prime": "perhaps"}, ["'prime'", "perhaps"], id="flag"),
    ],
)
def test_a_wrong_order_is_refused_and_named(amazon, wish, words):
    amazon.place(id="TAKEN")
    amazon.refused("orders", {"lines": [LINE]} | wish, *words)


def test_decimals_are_those_of_the_currency(amazon, other):
    wish = {"seller": "SELLER-2", "marketplace": "JP", "lines": [LINE]}
    amazon.refused("orders", wish, "'lines.0.unit_price'", "19.99", "JPY")


def test_a_refused_order_takes_no_number(amazon):
    first = amazon.place()
    amazon.refused("orders", {"lines": [LINE | {"discount": "99"}]}, "discount")
    second = amazon.place()
    amazon.sim("reset", {"seed": 1})
    assert [amazon.place(), amazon.place()] == [first, second]


def test_sellers_are_made_and_widened(amazon):
    made = amazon.sim("sellers", {"seller": "SELLER-2", "marketplaces": ["CA"]}, 201)
    assert made == {
        "seller": "SELLER-2",
        "refresh_token": "Atzr|sim-seller-2",
        "marketplaces": ["A2EUQ1WTGCTBG2"],
    }
    widened = amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["MX", "US"]}, 201)
    assert widened["refresh_token"] == "Atzr|sim-main-us"
    assert widened["marketplaces"] == ["ATVPDKIKX0DER", "A1AM78C64UM0Y8"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"seller": "S", "marketplaces": ["XX"]}, ["'marketplaces.0'", "XX", "US, CA"]),
        ({"seller": "S", "marketplaces": []}, ["'marketplaces'"]),
        ({"seller": "a b", "marketplaces": ["US"]}, ["'seller'", "a b"]),
        ({"marketplaces": ["US"]}, ["'seller'"]),
        ({"seller": "seller-2", "marketplaces": ["US"]}, ["'seller-2'", "'SELLER-2'"]),
        ({"seller": "MAIN-US", "marketplaces": ["US"]}, ["'MAIN-US'", "'SELLER-1'"]),
    ],
)
def test_wrong_sellers_are_refused(amazon, other, body, words):
    amazon.refused("sellers", body, *words)


def test_a_listing_gives_orders_its_seller_sku_and_asin(amazon):
    wish = {"sku": "MUG", "seller_sku": "AMZ-MUG", "asin": "B000000042"}
    made = amazon.sim("listings", wish, 201)
    offer = {"product_type": "PRODUCT", "qty": None, "price": None}
    statuses = {"statuses": ["BUYABLE", "DISCOVERABLE"]}
    assert made == {"seller": "SELLER-1", "marketplace": "US", **wish, **offer, **statuses}
    number = amazon.place_unshipped()
    assert amazon.state(number)["lines"][0]["sku"] == "AMZ-MUG"
    product = amazon.order(number)["orderItems"][0]["product"]
    assert (product["sellerSku"], product["asin"]) == ("AMZ-MUG", "B000000042")
    for sku in ("MUG", "AMZ-MUG"):
        amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": sku, "qty": 1}]})
    assert amazon.client.get("/_sim/state").get_json()["listings"] == [made]


def test_a_listing_changes_and_keeps_what_is_left_out(amazon):
    amazon.sim("listings", {"sku": "MUG", "asin": "B000000042"}, 201)
    changed = amazon.sim("listings", {"sku": "MUG", "seller_sku": "OTHER"}, 201)
    assert (changed["seller_sku"], changed["asin"]) == ("OTHER", "B000000042")


def test_the_name_in_the_catalog_goes_before_a_seller_sku_of_that_name(amazon):
    amazon.sim("listings", {"sku": "CUP", "seller_sku": "MUG"}, 201)
    amazon.sim("listings", {"sku": "MUG", "seller_sku": "OTHER"}, 201)
    assert amazon.state(amazon.place())["lines"][0]["sku"] == "OTHER"


def test_wrong_listings_are_refused(amazon):
    amazon.sim("listings", {"sku": "MUG", "seller_sku": "AMZ"}, 201)
    amazon.refused("listings", {"sku": "CUP", "seller_sku": "AMZ"}, "'seller_sku'", "AMZ", "MUG")
    amazon.refused("listings", {"sku": "CUP", "seller": "NOBODY"}, "'seller'", "NOBODY")
    amazon.refused("listings", {"sku": "CUP", "marketplace": "CA"}, "'marketplace'", "CA")
    amazon.refused("listings", {}, "'sku'")


def test_snapshots_bring_orders_back(amazon):
    number = amazon.place_unshipped()
    before, document = amazon.client.get("/_sim/state").get_json(), amazon.order(number)
    amazon.sim("snapshots", {"name": "before"}, 201)
    amazon.sim(f"orders/{number}/ship")
    amazon.place()
    amazon.sim("snapshots/before/restore")
    assert amazon.client.get("/_sim/state").get_json() == before
    assert amazon.order(number) == document


def test_the_state_outlives_the_process(tmp_path, check):
    def start():
        config = ServerConfig(f"sqlite:///{tmp_path / 'amazon.sqlite'}", VirtualClock())
        app = create_app(config)
        return SellerClient(app.test_client(), config.clock, check)

    first = start()
    token = first.sign_in()
    number = first.place_unshipped()
    again = start()
    again.headers = {"x-amz-access-token": token}
    assert again.order(number) == first.order(number)
    assert again.place() > number


def test_without_control_there_is_only_amazon(check):
    client = create_app(ServerConfig(control=False)).test_client()
    answer = client.get("/_sim/state")
    assert answer.status_code == 403
    assert answer.get_json()["errors"][0]["code"] == "Unauthorized"
    assert client.post("/_sim/orders", json={}).status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "words"),
    [
        ("POST", "orders/{}/cancel_lin", "did you mean POST /_sim/orders/{}/cancel_line?"),
        ("GET", "orders", "there is no GET /_sim/orders: did you mean POST /_sim/orders?"),
        ("POST", "acount", "did you mean POST /_sim/account?"),
        ("GET", "zzz/zzz/zzz/zzz/zzz", "there is no GET /_sim/zzz/zzz/zzz/zzz/zzz"),
    ],
)
def test_a_mistyped_verb_is_told_the_nearest(amazon, method, path, words):
    number = amazon.place()
    answer = amazon.client.open(f"/_sim/{path.format(number)}", method=method)
    assert answer.status_code == 404
    assert words.format(number) in answer.get_json()["error"]


@pytest.mark.parametrize(
    "wish", [{"id": "a\0b"}, {"buyer": {"name": "\0"}}, {"\0": 1}, {"lines": [{"sku": "\0"}]}]
)
def test_a_text_with_a_nul_is_refused_on_every_database(amazon, wish):
    line = {"sku": "MUG", "qty": 1, "unit_price": "1.00"}
    amazon.refused("orders", {"lines": [line]} | wish, "a text of the body has a NUL")


def test_an_escaped_backslash_is_no_nul(amazon):
    assert amazon.state(amazon.place(id=r"\u0000"))["id"] == r"\u0000"


@pytest.mark.parametrize("name", ["", "a/b", "a\tb", "\u200b", 7, None])
def test_a_snapshot_has_a_name_that_can_be_read(amazon, name):
    amazon.refused("snapshots", {"name": name}, "is not a name")
