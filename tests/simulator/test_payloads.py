"""Orders of real answers: in a scenario, by the command, and those that the vendor publishes."""

import copy
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.reproduce import NotReproduced, reproduce
from simulator.scenario.language import ScenarioError, load

PAYLOADS = Path(__file__).resolve().parents[2] / "fixtures" / "payloads"

SCENARIO = """scenario: A real order
steps:
  - amazon.payload: {id: A1, VALUE}
  - connector.match: {seller_sku: MUG-RED, sku: SHOP}
expect: {orders: {A1: {table: absent}}, stock: {CUP-BLUE: any}}
given: {catalog: [{sku: SHOP}]}
"""


def written(folder, value):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "real.yaml"
    file.write_text(SCENARIO.replace("VALUE", value), encoding="utf-8")
    return file


@pytest.mark.parametrize("place", ["scenarios/deep", "scenarios/payloads", "payloads", "scenarios"])
def test_a_payload_lies_beside_the_scenario_or_in_its_own_folder(tmp_path, place):
    file = written(tmp_path / "scenarios" / "deep", "order: us_tax_2026.json")
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    shutil.copy(PAYLOADS / "us_tax_2026.json", tmp_path / place)
    if place == "scenarios":  # a folder above is no place of its own
        with pytest.raises(ScenarioError, match="there is no file"):
            load(file)
    else:
        (scenario,) = load(file)
        assert scenario.steps[0].value["order"]["orders"][0]["orderId"] == "111-0000001-1000001"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("order: gone.json", "order: there is no file 'gone.json' beside the scenario or in payloads/"),
        ("order: ../us_tax_2026.json", "order: '../us_tax_2026.json' is not the name of a file"),
        ("order: broken.json", "order: broken.json is not JSON"),
        ("order: list.json", "order: list.json is not a JSON object"),
        ("order: large.json", "order: large.json is larger than 1,000,000 bytes"),
        ("order: list", "order: there is no file"),
        ("order: folder.json", "order: there is no file"),
        ("order: us_tax_v0.json", "a v0 order has no items"),
        ("order: gift_v0_items.json", "order: gift_v0_items.json: field 'OrderStatus'"),
        (
            "order: us_tax_v0.json, items: gift_v0_items.json",
            "items: gift_v0_items.json: field",
        ),
        ("order: us_tax_2026.json, items: gift_v0_items.json", "items: gift_v0_items.json: an order of 2026"),
        ("order: wrong_total.json", "order: wrong_total.json: field 'proceeds.grandTotal': 1.00, but"),
        ("order: us_tax_2026.json, pick: '2'", "pick: '2' is neither a place from 1 to 1"),
        ("order: us_tax_2026.json, pick: 2", "pick: 2 is not text"),
        ("order: us_tax_2026.json, pick: true", "pick: true is not text"),
        ("order: us_tax_2026.json, items: 5", "items: 5 is not text"),
        ("order: us_tax_2026.json, placed: soon", "placed: 'soon' is not a time"),
        ("order: us_tax_2026.json, store: Gone", "there is no such store"),
        ("order: us_tax_2026.json, status: Shipped", "status: unknown key"),
        ("order: 7", "order: 7 is not text"),
        ("items: gift_v0_items.json", "key 'order' is missing"),
    ],
)
def test_a_wrong_payload_is_told_with_its_line_file_and_field(tmp_path, value, words):
    for name in ("us_tax_2026.json", "us_tax_v0.json", "gift_v0_items.json"):
        shutil.copy(PAYLOADS / name, tmp_path)
    wrong = (PAYLOADS / "us_tax_2026.json").read_text(encoding="utf-8").replace('"58.88"', '"1.00"')
    (tmp_path / "wrong_total.json").write_text(wrong, encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "large.json").write_text(" " * 1_000_001, encoding="utf-8")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ScenarioError) as told:
        load(written(tmp_path, value))
    assert f"real.yaml:3: {words}" in str(told.value) or words in str(told.value).splitlines()[0]


def command(*arguments):
    return CliRunner().invoke(main, ["payload", *map(str, arguments)])


def test_the_command_says_that_an_order_is_imported():
    result = command(PAYLOADS / "us_tax_v0.json", "--items", PAYLOADS / "us_tax_v0_items.json")
    assert result.exit_code == 0, result.output
    assert "111-0000001-1000001: Amazon Unshipped · table Unshipped · phase imported" in result.output
    assert "not taken from the payload: PurchaseDate, LastUpdateDate" in result.output


def test_the_command_says_what_blocks_an_order_and_what_to_do():
    result = command(PAYLOADS / "business_2026.json", "--no-products", "--orders-api", "v0")
    assert result.exit_code == 1
    assert "blockers item_not_in_catalog" in result.output
    assert 'to do: Create product "MUG-RED"' in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gone.json"], "gone.json cannot be read"),
        ([PAYLOADS / "us_tax_v0.json"], "the answer of getOrderItems is needed too"),
        ([PAYLOADS / "gift_2026.json", "--pick", "2"], "neither a place from 1 to 1"),
    ],
)
def test_the_command_names_a_file_that_cannot_be_used(arguments, words):
    result = command(*arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_the_command_tells_of_nobody():
    result = command(PAYLOADS / "gift_2026.json")
    assert not [
        person for person in ("Jane Sample", "Main Street", "invented0006") if person in result.output
    ]


# The vendor's published sandbox answers. Of v0 the items of one order are published; the others get those.

V0_ITEMS = "/orders/v0/orders/{orderId}/orderItems"
V0 = [
    ("902-1845936-5435065", "902-1845936-5435065", "pii_unavailable"),  # it has no address at all
    ("902-8745147-1934268", "902-8745147-1934268", "pii_unavailable"),
    ("902-3159896-1390916", "902-3159896-1390916", None),  # pending: nothing to import yet
]
V2026 = {
    "250-1234567-8901234": "completed",
    "202-7654321-1098765": "completed",
    "171-2345678-9012345": "imported",
    "171-9876543-2109876": "imported",
    "028-1234567-8901234": "completed",
    "114-9876543-1234567": "imported",
}


def published(contracts, file, path):
    model = json.loads((contracts / "amazon" / file).read_text(encoding="utf-8"))
    answers = model["paths"][path]["get"]["responses"]["200"]["x-amzn-api-sandbox"]["static"]
    return [case["response"] for case in answers]


def orders_of(contracts, version):
    """Each published order by its number, with the answer in which it was found."""
    file, folder = {"v0": ("ordersV0.json", "v0"), "2026": ("orders_2026-01-01.json", "2026-01-01")}[version]
    found = {}
    for path in (f"/orders/{folder}/orders", f"/orders/{folder}/orders/{{orderId}}"):
        for answer in published(contracts, file, path):
            inner = answer.get("payload", answer)
            listed = inner.get("Orders") or inner.get("orders") or [inner.get("order", inner)]
            found |= {one.get("AmazonOrderId") or one["orderId"]: answer for one in listed}
    return found


def played(folder, order, items=None, pick=None):
    (folder / "order.json").write_text(json.dumps(order), encoding="utf-8")
    if items is not None:
        (folder / "items.json").write_text(json.dumps(items), encoding="utf-8")
    file = None if items is None else folder / "items.json"
    return reproduce(folder / "order.json", file, pick, products=True)


def items_of(contracts, number, price=None):
    (items,) = published(contracts, "ordersV0.json", V0_ITEMS)
    items = copy.deepcopy(items)
    items["payload"]["AmazonOrderId"] = number
    if price is not None:
        (item,) = items["payload"]["OrderItems"]
        item["ItemPrice"], item["QuantityShipped"] = price, 1
        del item["ItemTax"], item["PromotionDiscount"]
    return items


def test_every_published_order_is_tried_here(contracts):
    tried = {number for number, *_ in V0} | {"921-3175655-0452641"}
    assert set(orders_of(contracts, "v0")) == tried
    assert set(orders_of(contracts, "2026")) == set(V2026)


@pytest.mark.parametrize("number", V2026)
def test_the_published_orders_of_2026_are_imported(contracts, tmp_path, number):
    told = played(tmp_path, orders_of(contracts, "2026")[number])
    assert not told.blocked
    assert f"{number}: " in told.lines[0]
    assert f"phase {V2026[number]} · no blocker · Commerce 000000001" in told.lines[0]


@pytest.mark.parametrize(("number", "pick", "blocker"), V0)
def test_the_published_orders_of_v0_end_as_they_must(contracts, tmp_path, number, pick, blocker):
    told = played(tmp_path, orders_of(contracts, "v0")[number], items_of(contracts, number), pick)
    assert told.blocked is (blocker is not None)
    assert (f"blockers {blocker}" if blocker else "phase waiting · no blocker") in told.lines[0]


def test_the_published_order_of_amazon_itself_is_imported_with_items_of_its_price(contracts, tmp_path):
    number = "921-3175655-0452641"
    order = copy.deepcopy(orders_of(contracts, "v0")[number])
    order["payload"]["ShippingAddress"] = {"City": "Berlin", "PostalCode": "10115", "CountryCode": "DE"}
    with pytest.raises(NotReproduced, match="but the items add up to"):
        played(tmp_path, order, items_of(contracts, number))
    price = {"CurrencyCode": "EUR", "Amount": "100.00"}
    told = played(tmp_path, order, items_of(contracts, number, price))
    assert "phase completed · no blocker · Commerce 000000001 complete/complete" in told.lines[0]


@pytest.mark.parametrize(("number", "pick", "blocker"), V0[:2])
def test_with_an_address_the_published_orders_of_v0_are_imported(contracts, tmp_path, number, pick, blocker):
    answer = copy.deepcopy(orders_of(contracts, "v0")[number])
    for order in answer["payload"].get("Orders", [answer["payload"]]):
        order["ShippingAddress"] = {
            "Name": "Jane Sample",
            "AddressLine1": "100 Main Street",
            "City": "Seattle",
            "StateOrRegion": "WA",
            "PostalCode": "98101",
            "CountryCode": "US",
        }
    told = played(tmp_path, answer, items_of(contracts, number), pick)
    assert "phase imported · no blocker · Commerce 000000001" in told.lines[0]
