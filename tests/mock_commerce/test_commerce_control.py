"""The control API of the shop: its verbs, its refusals, the journal, faults, reset and snapshots."""

from __future__ import annotations

import pytest

from mock_commerce import create_app
from simkit.program import ServerConfig
from simkit.simulation import ConnectionDropped


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("orders/1/shipp", "orders/1/ship"), ("orders/1/canecl", "orders/1/cancel"), ("prodcts", "products")],
)
def test_a_mistyped_verb_is_told_the_nearest_one(shop, asked, meant):
    answer = shop.client.post(f"/_sim/{asked}", json={})
    assert answer.status_code == 404
    assert answer.get_json()["error"].endswith(f"did you mean POST /_sim/{meant}?")


def test_a_product_has_the_defaults_of_a_catalog_line(shop):
    shop.product()
    shown = shop.get("products/MUG")
    assert (shown["name"], shown["price"], shown["status"], shown["type_id"]) == ("MUG", 10, 1, "simple")
    assert shop.stock() == (100, 100, 0)
    assert shop.state()["products"] == [
        {"sku": "MUG", "status": "enabled", "type": "simple", "websites": ["base"]}
    ]


def test_a_change_leaves_what_is_not_given(shop, amazon_order):
    shop.product(qty=5, price="7.00", name="Red mug")
    shop.place_one(amazon_order())
    shop.product(status="disabled")
    shown = shop.get("products/MUG")
    assert (shown["name"], shown["price"], shown["status"]) == ("Red mug", 7, 2)
    assert shop.stock() == (5, 3, 2)
    shop.product(qty=4)
    assert shop.stock() == (4, 2, 2)


def test_what_the_merchant_took_out_of_stock_stays_so(shop):
    shop.product(qty=5, in_stock=False)
    shop.product(qty=8)
    assert shop.stock() == (8, 0, 0)
    shop.sim("stock", {"sku": "MUG", "qty": 8, "in_stock": True})
    assert shop.stock() == (8, 8, 0)


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("products", {}, "'sku'"),
        ("products", {"sku": "X", "colour": "red"}, "'colour'"),
        ("products", {"sku": "X", "status": "off"}, "'off' is not one of enabled, disabled"),
        ("products", {"sku": "X", "price": 5}, "'price'"),
        ("products", {"sku": "X", "price": "5.00001"}, "'price'"),
        ("products", {"sku": "X", "qty": -1}, "'qty'"),
        ("products", {"sku": "X", "qty": 1.5}, "'qty'"),
        ("products", {"sku": "X", "backorders": "yes"}, "'backorders'"),
        ("products", {"sku": "X", "websites": ["eu"]}, "'eu' is not one of base"),
        ("products", {"sku": "X", "sources": {"east": 1}}, "'east' is not one of default"),
        ("stock", {"sku": "MUG", "qty": 1, "source": "east"}, "'east' is not one of default"),
        ("orders", {"id": "C1", "lines": []}, "'lines'"),
        ("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 999}]}, "Not enough items for sale"),
        ("config", {"version": "2.5"}, "'2.5' is not one of 2.3, 2.4.3, 2.4.6, 2.4.8, 2.4.9, ideal"),
        ("config", {"module": "off"}, "'off' is not one of enabled, disabled"),
        ("config", {"currencies": ["XXX"]}, "'XXX' is not one of USD"),
        ("config", {"quirks": {"nosuch": "on"}}, "'nosuch' is not one of integration_bearer"),
        ("websites", {"code": "base"}, "'base' exists already"),
        ("sources", {"code": "default"}, "'default' exists already"),
    ],
    ids=str,
)
def test_a_bad_call_names_the_field_and_changes_nothing(shop, path, body, told):
    shop.product()
    before = shop.state()
    assert told in shop.sim(path, body, status=400)["error"]
    assert shop.state() == before


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("stock", {"sku": "NOPE", "qty": 1}, "field 'sku': there is no product 'NOPE'"),
        ("products/delete", {"sku": "NOPE"}, "field 'sku': there is no product 'NOPE'"),
        ("orders/99/ship", {}, "there is no order with the entity id 99"),
        ("orders/99/hold", {}, "there is no order with the entity id 99"),
        ("orders/99/transactions", {"txn_id": "T"}, "there is no order with the entity id 99"),
    ],
)
def test_unknown_things_are_404_and_named(shop, path, body, told):
    assert shop.sim(path, body, status=404)["error"] == told


def test_a_shop_order_is_placed_and_reserved_as_by_a_cart(shop):
    shop.product(qty=10, price="4.00")
    body = {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}, {"sku": "MUG", "qty": 1, "unit_price": "3.50"}]}
    answer = shop.sim("orders", body, status=201)
    assert answer == {
        "id": "C1", "entity_id": 1, "increment_id": "000000001", "state": "new", "status": "pending",
    }  # fmt: skip
    order = shop.state()["orders"][0]
    assert (order["id"], order["payment_method"], order["fulfilled_by"]) == ("C1", "checkmo", "merchant")
    assert (order["total"], order["shipping"]) == ("26.50", "15.00")
    assert shop.stock() == (10, 7, 3)
    assert "'C1'" in shop.sim("orders", body, status=400)["error"]


@pytest.fixture
def placed(shop, amazon_order):
    shop.product(qty=10)
    shop.place_one(amazon_order({"qty": 2}, {"qty": 1}))
    return shop


def test_shipping_without_words_ships_all_with_one_ups_track(placed):
    assert placed.sim("orders/1/ship")["status"] == "shipped"
    (shipment,) = placed.search("shipments")["items"]
    assert [item["qty"] for item in shipment["items"]] == [2, 1]
    (track,) = shipment["tracks"]
    assert track["carrier_code"] == "ups"
    assert track["track_number"].startswith("1Z")


def test_no_tracks_are_no_tracks(placed):
    placed.sim("orders/1/ship", {"tracks": []})
    assert placed.search("shipments")["items"][0]["tracks"] == []


def test_units_of_a_sku_are_spread_over_its_lines(placed):
    placed.sim("orders/1/ship", {"lines": [{"sku": "mug", "qty": 3}]})
    assert [line["shipped"] for line in placed.state()["orders"][0]["lines"]] == [2, 1]


def test_more_units_than_are_open_are_refused(placed):
    told = placed.sim("orders/1/ship", {"lines": [{"sku": "MUG", "qty": 4}]}, status=400)["error"]
    assert "1 too few open units of 'MUG'" in told
    assert placed.state()["orders"][0]["shipped"] == 0


def test_a_person_holds_releases_invoices_and_cancels(placed):
    assert placed.sim("orders/1/hold")["status"] == "holded"
    assert "hold action is not available" in placed.sim("orders/1/hold", status=400)["error"]
    assert placed.sim("orders/1/unhold")["state"] == "processing"
    assert placed.sim("orders/1/invoice")["state"] == "processing"
    assert "cannot be cancelled" in placed.sim("orders/1/cancel", status=400)["error"]
    assert "'x'" in placed.sim("orders/1/hold", {"x": 1}, status=400)["error"]


def test_the_state_shows_an_order_as_documented(placed):
    order = placed.state()["orders"][0]
    assert list(order) == [
        "id", "entity_id", "increment_id", "ext_order_id", "state", "status", "store_view", "currency",
        "total", "tax_included", "shipping", "tax", "discount", "gift_wrap", "customer",
        "payment_method", "shipping_method", "ship_to", "bill_to", "lines", "invoiced", "shipped",
        "refunded", "canceled", "placed_by", "fulfilled_by", "shipments", "invoices", "creditmemos",
        "comments",
    ]  # fmt: skip
    assert order["ship_to"] == {
        "name": "Ann Lee", "line1": "1 Main St", "line2": "Apt 2", "line3": None, "city": "Austin",
        "region": "Texas", "postal_code": "78701", "country": "US", "phone": "5125550100",
    }  # fmt: skip
    assert placed.state()["reservations"] == [
        {"sku": "MUG", "order": 1, "quantity": -2}, {"sku": "MUG", "order": 1, "quantity": -1},
    ]  # fmt: skip


def test_the_journal_knows_the_orders_of_calls_on_documents(placed):
    """Commerce's own paths name a shipment or an invoice; only the body names the order."""
    number = placed.state()["orders"][0]["ext_order_id"]
    order = placed.get("orders/1")
    item = {"order_item_id": order["items"][0]["item_id"], "qty": 1}
    placed.post("shipment", {"entity": {"order_id": 1, "items": [item]}})
    placed.post("invoices", {"entity": {"orderId": "1", "items": [item]}})
    placed.get("shipment/1")
    placed.call("POST", "invoices/1/capture")
    placed.call("GET", "shipment/9")
    calls = placed.client.get(f"/_sim/journal?order={number}").get_json()["calls"]
    assert [call["operation"] for call in calls[2:]] == [
        "save_shipment", "save_invoice", "get_shipment", "capture_invoice",
    ]  # fmt: skip


def test_the_journal_knows_the_orders_of_a_call(placed):
    number = placed.state()["orders"][0]["ext_order_id"]
    placed.search("orders", ("ext_order_id", number))
    placed.get("orders/1")
    placed.put("amazon-sales-channel/system-message", {"text": f"{number} waits"})
    calls = placed.client.get(f"/_sim/journal?order={number}").get_json()["calls"]
    assert [call["operation"] for call in calls] == [
        "place_order",
        "list_orders",
        "get_order",
        "system_message",
    ]
    counts = placed.client.get("/_sim/journal").get_json()["counts"]
    assert counts == {
        "place_order": 1, "list_orders": 1, "get_order": 1, "system_message": 1,
    }  # fmt: skip


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
def test_a_planned_status_has_commerces_own_body(shop, status):
    shop.sim("faults", {"at": "list_modules", "kind": "status", "status": status}, status=201)
    answer = shop.call("GET", "modules")
    assert answer.status_code == status
    assert set(answer.get_json()) <= {"message", "parameters"}
    assert shop.call("GET", "modules").status_code == 200


@pytest.mark.parametrize(("kind", "orders"), [("commit_then_drop", 1), ("drop_before_commit", 0)])
def test_a_dropped_answer_of_a_placed_order(shop, amazon_order, kind, orders):
    shop.product()
    wish = amazon_order()
    number = wish["amazon_order_id"]
    shop.sim("faults", {"at": "place_order", "kind": kind, "order": number}, status=201)
    with pytest.raises(ConnectionDropped):
        shop.place(wish)
    assert len(shop.state()["orders"]) == orders
    assert shop.place_one(wish)["result"] == ("exists" if orders else "placed")


def test_a_reset_brings_the_defaults_and_the_first_numbers_back(placed, amazon_order):
    placed.sim("config", {"version": "2.4.6", "module": "disabled"})
    placed.sim("reset")
    state = placed.state()
    assert (state["orders"], state["stock"], state["reservations"]) == ([], {}, [])
    assert (state["config"]["version"], state["config"]["module"]) == ("2.4.8", "enabled")
    assert [row["code"] for row in placed.get("store/websites")] == ["admin", "base"]
    placed.product()
    assert placed.place_one(amazon_order())["increment_id"] == "000000001"


def test_a_snapshot_brings_everything_back(placed):
    before = placed.state()
    placed.sim("snapshots", {"name": "before"}, status=201)
    placed.search("orders")
    placed.sim("orders/1/ship")
    placed.product("CUP")
    placed.sim("snapshots/before/restore")
    assert placed.state() == before
    assert placed.search("orders")["items"][0]["items"][0]["qty_shipped"] == 0


def test_without_control_the_addresses_are_commerces_404():
    client = create_app(ServerConfig(control=False)).test_client()
    assert client.get("/_sim/health").status_code == 404


def test_a_file_keeps_the_shop(tmp_path, amazon_order):
    database = f"sqlite:///{tmp_path / 'shop.db'}"
    first = create_app(ServerConfig(database=database)).test_client()
    first.post("/_sim/products", json={"sku": "MUG", "qty": 3})
    again = create_app(ServerConfig(database=database)).test_client()
    assert again.get("/_sim/state").get_json()["stock"]["MUG"]["qty"] == 3


def test_the_same_steps_give_the_same_answers(amazon_order):
    wish = amazon_order()
    seen = []
    for _ in range(2):
        client = create_app(ServerConfig()).test_client()
        client.post("/_sim/products", json={"sku": "MUG"})
        login = {"username": "admin", "password": "admin123"}
        token = client.post("/rest/V1/integration/admin/token", json=login).get_json()
        headers = {"Authorization": f"Bearer {token}"}
        client.post("/rest/V1/amazon-sales-channel/orders", json={"orders": [wish]}, headers=headers)
        client.post("/_sim/orders/1/ship", json={})
        query = {"searchCriteria": ""}
        seen.append(
            [
                client.get(f"/rest/V1/{path}", query_string=query, headers=headers).data
                for path in ("orders", "shipments")
            ]
        )
    assert seen[0] == seen[1]
