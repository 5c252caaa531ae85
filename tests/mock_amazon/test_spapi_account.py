import pytest
from amazon_seller import EVERYTHING, PARTS_V0, assert_spapi_error

from mock_amazon.quirks import QUIRKS

ORDERS = {"method": "GET", "path": "/orders/v0/orders", "dataElements": ["buyerInfo", "shippingAddress"]}
ANY_ADDRESS = {"method": "GET", "path": "/orders/v0/orders/{orderId}/address"}
SECRETS = ("Ann Lee", "1 Main St", "512-555-0100", "bo@example.com", "For you")
PERSON = {
    "ship_to": {"name": "Ann Lee", "line1": "1 Main St", "phone": "512-555-0100"},
    "buyer": {"email": "bo@example.com"},
    "lines": [{"sku": "MUG", "qty": 1, "unit_price": "5.00", "gift_wrap": "1.00", "gift_message": "For you"}],
}


def test_an_account_tells_its_switches(amazon):
    quirks = {name: "on" if quirk.on else "off" for name, quirk in QUIRKS.items()}
    usual = {
        "seller": "SELLER-1",
        "access": "granted",
        "v0_reads": "on",
        "throttling": "on",
        "pii": "granted",
        "quirks": quirks,
        "life": "none",
    }
    assert amazon.sim("account") == usual
    moved = amazon.sim("account", {"pii": "withheld", "quirks": {"unknown_order_empty": "off"}})
    assert moved == usual | {"pii": "withheld", "quirks": quirks | {"unknown_order_empty": "off"}}
    again = amazon.sim("account", {"quirks": {"replacement_flag_text": "off"}})
    assert (again["pii"], again["quirks"]["unknown_order_empty"]) == ("withheld", "off")
    assert amazon.client.get("/_sim/state").get_json()["accounts"] == [again]
    amazon.sim("reset", {})
    assert amazon.sim("account") == usual


def test_accounts_are_switched_one_by_one(amazon, other):
    amazon.sim("account", {"seller": "SELLER-2", "v0_reads": "removed"})
    assert amazon.orders_v0(LastUpdatedAfter="2026-01-01T00:00:00Z").status_code == 200
    assert other.orders_v0(LastUpdatedAfter="2026-01-01T00:00:00Z").status_code == 404


def test_switches_follow_snapshots(amazon):
    amazon.sim("snapshots", {"name": "before"}, 201)
    amazon.sim("account", {"v0_reads": "removed"})
    amazon.sim("snapshots/before/restore")
    assert amazon.sim("account")["v0_reads"] == "on"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"quirks": {"moon": "on"}}, ["'quirks'", "'moon'", *QUIRKS]),
        ({"quirks": {"unknown_order_empty": "maybe"}}, ["unknown_order_empty", "maybe", "on, off"]),
        ({"quirks": "all"}, ["'quirks'", "all"]),
        ({"v0_reads": "off"}, ["'v0_reads'", "off", "on, removed"]),
        ({"pii": "none"}, ["'pii'", "none", "granted, withheld, forbidden"]),
        ({"throttling": False}, ["'throttling'"]),
        ({"access": "off"}, ["'access'", "off", "granted, expired, revoked"]),
        ({"moon": "on"}, ["unknown field 'moon'", "v0_reads"]),
        ({"seller": "NOBODY"}, ["'seller'", "NOBODY", "SELLER-1"]),
    ],
)
def test_wrong_switches_are_refused_and_nothing_moves(amazon, wish, words):
    amazon.refused("account", {"pii": "withheld"} | wish, *words)


@pytest.mark.parametrize("part", PARTS_V0)
def test_removed_reads_are_not_there_and_the_rest_stays(strict, part):
    number = strict.place_unshipped()
    strict.sim("account", {"v0_reads": "removed"})
    assert_spapi_error(strict.read_v0(number, part), 404, "NotFound", details="Orders 2026-01-01")
    listed = strict.orders_v0(LastUpdatedAfter="2026-01-01T00:00:00Z")
    assert_spapi_error(listed, 404, "NotFound", details="were removed")
    assert strict.confirm_shipment(number, strict.package(number, 2)).status_code == 204
    assert strict.order(number)["fulfillment"]["fulfillmentStatus"] == "SHIPPED"
    strict.sim("account", {"v0_reads": "on"})
    assert strict.order_v0(number)["OrderStatus"] == "Shipped"


def test_removed_reads_still_want_a_token(strict):
    strict.sim("account", {"v0_reads": "removed"})
    strict.headers = {}
    assert_spapi_error(strict.orders_v0(), 403, "Unauthorized")


def test_without_throttling_there_is_no_quota(strict):
    number = strict.place_unshipped()
    strict.sim("account", {"throttling": "off"})
    assert {strict.read_v0(number).status_code for _ in range(31)} == {200}
    strict.sim("account", {"throttling": "on"})
    assert {strict.read_v0(number).status_code for _ in range(30)} == {200}
    assert_spapi_error(strict.read_v0(number), 429, "QuotaExceeded")


@pytest.mark.parametrize("pii", ["withheld", "forbidden"])
def test_without_roles_there_is_no_restricted_token(strict, pii):
    strict.sim("account", {"pii": pii})
    message = (
        "Application does not have access to one or more requested data elements: "
        "[buyerInfo, shippingAddress]"
    )
    assert_spapi_error(strict.restricted_token(ORDERS), 400, "InvalidInput", message)
    message = "Application do not have access to some or all requested resource"
    assert_spapi_error(strict.restricted_token(ANY_ADDRESS), 400, "InvalidInput", message)


def test_a_role_that_was_taken_away_closes_tokens_that_are_there(strict):
    number, opened = strict.place_unshipped(**PERSON), strict.restrict(ANY_ADDRESS)
    strict.sim("account", {"pii": "withheld"})
    assert "Name" not in opened.order_v0(number, "/address")["ShippingAddress"]


def test_in_2026_what_is_withheld_is_left_out(strict):
    number = strict.place_unshipped(**PERSON)
    strict.sim("account", {"pii": "withheld"})
    strict.later(minutes=3)
    document = strict.order(number)
    (listed,) = strict.search(includedData=EVERYTHING).get_json()["orders"]
    assert listed == document
    assert not any(secret in str(document) for secret in SECRETS)
    assert "buyer" not in document
    place = {"city", "stateOrRegion", "countryCode"}
    assert set(document["recipient"]["deliveryAddress"]) == place
    assert document["orderItems"][0]["fulfillment"]["packing"]["giftOption"] == {"giftWrapLevel": "Classic"}


@pytest.mark.parametrize("block", ["BUYER", "RECIPIENT"])
def test_in_2026_what_is_forbidden_is_refused(strict, block):
    number = strict.place_unshipped(**PERSON)
    strict.sim("account", {"pii": "forbidden"})
    for refused in (strict.get(number, f"FULFILLMENT,{block}"), strict.search(includedData=block)):
        assert_spapi_error(refused, 403, "Unauthorized", details=block)
    document = strict.order(number, "FULFILLMENT,PROCEEDS")
    assert not any(secret in str(document) for secret in SECRETS)
