"""Sources, stocks, links, source items and what can be sold. Numbers: ``conformance-cases.md``."""

from __future__ import annotations

from decimal import Decimal

import pytest
from commerce_shop import assert_commerce_error

SOURCE = {"source_code": "east", "name": "East", "postcode": "10001", "country_id": "US"}
ITEM = {"sku": "MUG", "source_code": "default", "quantity": 5, "status": 1}
EMPTY = '"%field" can not be empty.'
NOT_DEFAULT = "Can not save link related to Default Source or Default Stock"
BLANKS = '"%field" can not contain whitespaces.'
NUMERIC = '"%field" should be numeric.'


def faults(answer, message="Validation Failed"):
    body = assert_commerce_error(answer, 400, message)
    return [(error["message"], error["parameters"]) for error in body["errors"]]


def requested(shop, quantity, sku="MUG", stock_id=1):
    answer = shop.get(f"inventory/is-product-salable-for-requested-qty/{sku}/{stock_id}/{quantity}")
    assert answer["salable"] is not answer["errors"]
    return [error["code"] for error in answer["errors"]]


def salable(shop, sku="MUG", stock_id=1):
    return shop.get(f"inventory/get-product-salable-quantity/{sku}/{stock_id}")


class TestResolvingStocks:
    @pytest.mark.conformance(160)
    def test_160_a_website_has_the_stock_that_it_is_assigned_to(self, europe):
        assert europe.get("inventory/stock-resolver/website/base")["stock_id"] == 1
        found = europe.get("inventory/stock-resolver/website/eu")
        assert (found["stock_id"], found["name"]) == (2, "EU")
        assert found["extension_attributes"]["sales_channels"] == [{"type": "website", "code": "eu"}]

    @pytest.mark.conformance(160)
    @pytest.mark.parametrize("channel", ["website/nosuch", "store/base"])
    def test_160_an_unknown_channel_has_none(self, shop, channel):
        answer = shop.call("GET", f"inventory/stock-resolver/{channel}")
        assert_commerce_error(answer, 404, "No linked stock found")

    def test_a_new_website_sells_from_the_default_stock(self, shop):
        shop.sim("websites", {"code": "eu"})
        assert shop.get("inventory/stock-resolver/website/eu")["stock_id"] == 1


class TestSourceItems:
    @pytest.mark.conformance(161, 163)
    def test_161_163_they_are_saved_over_each_other_and_listed(self, shop):
        shop.product()
        rows = [ITEM, {**ITEM, "sku": "GHOST", "quantity": "1.5", "status": 0}]
        assert shop.post("inventory/source-items", {"sourceItems": rows}) == []
        found = shop.search("inventory/source-items", ("quantity", "5", "lteq"))
        assert [(row["sku"], row["quantity"], row["status"]) for row in found["items"]] == [
            ("GHOST", 1.5, 0), ("MUG", 5, 1),
        ]  # fmt: skip

    @pytest.mark.conformance(161)
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"sku": None}, [(EMPTY, "sku")]),
            ({"sku": ""}, [(EMPTY, "sku")]),
            ({"sku": " "}, [(EMPTY, "sku"), ('"%field" can not contain leading or trailing spaces.', "sku")]),
            ({"source_code": None}, [(EMPTY, "source_code")]),
            ({"source_code": " "}, [(EMPTY, "source_code"), (BLANKS, "source_code")]),
            ({"source_code": "a b"}, [(BLANKS, "source_code")]),
            ({"quantity": None}, [(NUMERIC, "quantity")]),
            ({"status": None}, [(NUMERIC, "status")]),
            ({"status": 999999}, [('"%field" should a known status.', "status")]),
        ],
        ids=str,
    )
    def test_161_what_is_wrong_is_told_field_by_field_and_nothing_is_saved(self, shop, changes, expected):
        body = {"sourceItems": [ITEM, {**ITEM, **changes}]}
        first, field = expected[0]
        reason = f"Validation Failed: {first.replace('%field', field)}"
        for version, message in (("2.3", "Validation Failed"), ("2.4.8", reason), ("ideal", reason)):
            shop.sim("config", {"version": version})
            answer = shop.call("POST", "inventory/source-items", json=body)
            if version == "ideal" and "status" in changes and changes["status"] is None:
                assert answer.status_code == 200  # there it follows from the quantity
                shop.post("inventory/source-items-delete", {"sourceItems": [ITEM]})
            else:
                assert faults(answer, message) == [(text, {"field": name}) for text, name in expected]
        assert shop.search("inventory/source-items")["total_count"] == 0

    @pytest.mark.conformance(161)
    @pytest.mark.parametrize(
        ("changes", "shown", "kind"),
        [
            ({"quantity": ""}, "", "float"),
            ({"quantity": "test"}, "test", "float"),
            ({"source_code": []}, "array", "string"),
        ],
    )
    def test_161_a_value_of_another_type_is_told_by_its_field(self, shop, changes, shown, kind):
        answer = shop.call("POST", "inventory/source-items", json={"sourceItems": [{**ITEM, **changes}]})
        message = (
            f'Error occurred during "{next(iter(changes))}" processing. The "{shown}" value\'s type is '
            f'invalid. The "{kind}" type was expected. Verify and try again.'
        )
        assert_commerce_error(answer, 400, message)

    @pytest.mark.conformance(161)
    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ({"sourceItems": []}, "Input data is empty"),
            ({"sourceItems": [ITEM, {**ITEM, "source_code": "nosuch"}]}, "Could not save Source Item"),
        ],
    )
    def test_161_nothing_and_unknown_sources_are_refused(self, shop, body, message):
        assert_commerce_error(shop.call("POST", "inventory/source-items", json=body), 400, message)
        assert shop.search("inventory/source-items")["total_count"] == 0

    @pytest.mark.conformance(162)
    def test_162_they_are_deleted_if_there_are_any(self, shop):
        shop.product()
        rows = [{"sku": "mug", "source_code": "default"}, {"sku": "GHOST", "source_code": "default"}]
        assert shop.post("inventory/source-items-delete", {"sourceItems": rows}) == []
        assert shop.search("inventory/source-items")["total_count"] == 0
        assert salable(shop) == 0

    @pytest.mark.parametrize("version", ["2.4.8", "ideal"])
    def test_15_the_status_is_the_callers_duty_whatever_backorders_say(self, shop, version):
        """magento2#26344: an external system writes 0 with status 0, and nothing can be ordered."""
        shop.product(backorders=True)
        shop.sim("config", {"version": version})
        row = {**ITEM, "quantity": 0, "status": 0}
        shop.post("inventory/source-items", {"sourceItems": [row]})
        out = ["is_any_source_item_in_stock-no_source_items_in_stock"]
        assert requested(shop, 3) == ([] if version == "ideal" else out)
        body = {"sourceItems": [{key: row[key] for key in row if key != "status"}]}
        answer = shop.call("POST", "inventory/source-items", json=body)
        assert answer.status_code == (200 if version == "ideal" else 400)


class TestSources:
    @pytest.mark.conformance(164)
    def test_164_a_source_is_made_read_changed_and_listed(self, shop):
        details = {"city": "New York", "latitude": "40.71", "region_id": 43, "contact_name": "Jane Sample"}
        assert shop.post("inventory/sources", {"source": {**SOURCE, **details}}) == []
        shown = shop.get("inventory/sources/east")
        assert shown["extension_attributes"]["frontend_name"] == "East"
        assert {**SOURCE, "city": "New York", "latitude": 40.71, "enabled": True}.items() <= shown.items()
        changed = {**SOURCE, "name": "Far East", "enabled": False}
        assert shop.put("inventory/sources/east", {"source": changed}) == []
        found = shop.search("inventory/sources", ("enabled", "0"))["items"]
        assert [(row["name"], row.get("city")) for row in found] == [("Far East", None)]
        assert shop.get("inventory/sources")["total_count"] == 2

    @pytest.mark.conformance(164)
    def test_164_an_unknown_source_is_told_by_its_code(self, shop):
        answer = shop.call("GET", "inventory/sources/nosuch")
        assert_commerce_error(answer, 404, 'Source with code "%value" does not exist.', {"value": "nosuch"})

    @pytest.mark.conformance(164)
    @pytest.mark.parametrize("field", SOURCE)
    @pytest.mark.parametrize("value", [None, "", " "])
    def test_164_four_fields_are_needed(self, shop, field, value):
        answer = shop.call("POST", "inventory/sources", json={"source": {**SOURCE, field: value}})
        expected = [(EMPTY, {"field": field})]
        if field == "source_code" and value == " ":
            expected.append((BLANKS, {"field": field}))
        assert faults(answer) == expected

    @pytest.mark.conformance(164)
    def test_164_the_default_source_stays_enabled(self, shop):
        source = {**SOURCE, "enabled": False}
        answer = shop.call("PUT", "inventory/sources/default", json={"source": source})
        assert faults(answer) == [("Default source can not be disabled.", [])]

    def test_a_source_counts_for_no_stock_before_it_is_linked_and_never_while_disabled(self, europe):
        europe.product("MUG", qty=3, sources={"berlin": 4})
        assert (salable(europe), salable(europe, stock_id=2)) == (3, 4)
        berlin = {**SOURCE, "enabled": False}
        europe.put("inventory/sources/berlin", {"source": berlin})
        assert salable(europe, stock_id=2) == 0


class TestStocks:
    def test_a_stock_is_made_renamed_listed_and_deleted(self, europe):
        assert europe.put("inventory/stocks/2", {"stock": {"name": "Europe"}}) == 2
        assert [row["name"] for row in europe.search("inventory/stocks")["items"]] == [
            "Default Stock", "Europe",
        ]  # fmt: skip
        answer = europe.call("DELETE", "inventory/stocks/2")
        message = "Stock has at least one sale channel and could not be deleted."
        assert_commerce_error(answer, 400, message)
        both = [{"type": "website", "code": code} for code in ("base", "eu")]
        body = {"name": "Default Stock", "extension_attributes": {"sales_channels": both}}
        europe.put("inventory/stocks/1", {"stock": body})
        assert europe.get("inventory/stock-resolver/website/eu")["stock_id"] == 1
        assert europe.call("DELETE", "inventory/stocks/2").get_json() == []
        answer = europe.call("GET", "inventory/stocks/2")
        assert_commerce_error(answer, 404, 'Stock with id "%value" does not exist.', {"value": 2})

    @pytest.mark.parametrize("name", [None, "", " "])
    def test_a_stock_needs_a_name(self, shop, name):
        answer = shop.call("POST", "inventory/stocks", json={"stock": {"name": name}})
        assert faults(answer) == [(EMPTY, {"field": "name"})]

    def test_a_stock_is_for_websites_that_there_are_and_has_a_name_of_its_own(self, shop):
        channels = {"sales_channels": [{"type": "website", "code": "nosuch"}]}
        body = {"stock": {"name": "X", "extension_attributes": channels}}
        answer = shop.call("POST", "inventory/stocks", json=body)
        assert faults(answer) == [('The website with code "%code" does not exist.', {"code": "nosuch"})]
        answer = shop.call("POST", "inventory/stocks", json={"stock": {"name": "Default Stock"}})
        assert_commerce_error(answer, 400, "Could not save Stock")
        assert shop.get("inventory/stocks")["total_count"] == 1

    def test_the_default_stock_stays(self, shop):
        answer = shop.call("DELETE", "inventory/stocks/1")
        assert_commerce_error(answer, 400, "Default Stock could not be deleted.")


class TestLinks:
    @pytest.mark.conformance(167)
    def test_167_links_are_saved_listed_by_priority_and_deleted(self, europe):
        europe.post("inventory/sources", {"source": SOURCE})
        link = {"stock_id": 2, "source_code": "east", "priority": 0}
        assert europe.post("inventory/stock-source-links", {"links": [link]}) == []
        found = europe.search("inventory/stock-source-links", ("stock_id", "2"))["items"]
        assert found == [{"stock_id": 2, "source_code": "berlin", "priority": 1}, link]
        path = "inventory/get-sources-assigned-to-stock-ordered-by-priority"
        assert [row["source_code"] for row in europe.get(f"{path}/2")] == ["east", "berlin"]
        assert europe.get(f"{path}/99") == []
        assert europe.post("inventory/stock-source-links-delete", {"links": [link]}) == []
        assert [row["source_code"] for row in europe.get(f"{path}/2")] == ["berlin"]

    @pytest.mark.conformance(167)
    def test_167_a_stock_id_is_a_number(self, shop):
        answer = shop.call("GET", "inventory/get-sources-assigned-to-stock-ordered-by-priority/x")
        message = 'The "x" value\'s type is invalid. The "int" type was expected. Verify and try again.'
        assert_commerce_error(answer, 400, message)

    @pytest.mark.conformance(167)
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"source_code": ""}, [(EMPTY, {"field": "source_code"})]),
            ({"stock_id": None}, [(EMPTY, {"field": "stock_id"})]),
            ({"priority": None}, [(NUMERIC, {"field": "priority"})]),
            ({"stock_id": 1}, [(NOT_DEFAULT, [])]),
            (
                {"source_code": "default"},
                [(NOT_DEFAULT, [])],
            ),
        ],
        ids=str,
    )
    def test_167_what_is_wrong_with_a_link_is_told(self, europe, changes, expected):
        link = {"stock_id": 2, "source_code": "berlin", "priority": 1, **changes}
        answer = europe.call("POST", "inventory/stock-source-links", json={"links": [link]})
        assert faults(answer) == expected


class TestBulk:
    def test_products_are_put_on_sources_and_taken_off(self, europe):
        europe.product()
        body = {"skus": ["MUG", "NOPE"], "sourceCodes": ["berlin", "default"]}
        assert europe.post("inventory/bulk-product-source-assign", body) == 1
        assert europe.post("inventory/bulk-product-source-assign", body) == 0
        assert europe.post("inventory/bulk-product-source-unassign", body) == 2
        answer = europe.call(
            "POST", "inventory/bulk-product-source-assign", json={"skus": ["MUG"], "sourceCodes": ["x"]}
        )
        assert faults(answer) == [("Source %sourceCode does not exist", {"sourceCode": "x"})]

    @pytest.mark.parametrize("unassign", [True, False])
    def test_all_units_move_to_another_source(self, europe, unassign):
        europe.product(qty=7)
        body = {"skus": ["MUG"], "originSource": "default", "destinationSource": "berlin"}
        assert europe.post("inventory/bulk-product-source-transfer", {**body, "unassignFromOrigin": unassign})
        expected = {"berlin": 7} if unassign else {"berlin": 7, "default": 0}
        assert europe.state()["stock"]["MUG"]["by_source"] == expected


class TestChoosingSources:
    @pytest.mark.parametrize(
        ("units", "expected", "shippable"),
        [(3, [3, 0], True), (6, [5, 1], True), (9, [5, 2], False)],
    )
    def test_sources_give_by_priority(self, shop, units, expected, shippable):
        shop.sim("sources", {"code": "east"})
        shop.product(qty=5, sources={"east": 2})
        request = {"stock_id": 1, "items": [{"sku": "MUG", "qty": units}]}
        body = {"inventoryRequest": request, "algorithmCode": "priority"}
        found = shop.post("inventory/source-selection-algorithm-result", body)
        assert [row["qty_to_deduct"] for row in found["source_selection_items"]] == expected
        assert found["shippable"] is shippable

    def test_an_algorithm_that_there_is_not_is_refused(self, shop):
        assert [row["code"] for row in shop.get("inventory/source-selection-algorithm-list")] == ["priority"]
        body = {"inventoryRequest": {"stock_id": 1, "items": []}, "algorithmCode": "distance"}
        answer = shop.call("POST", "inventory/source-selection-algorithm-result", json=body)
        message = "There is no such Source Selection Algorithm implemented: %1"
        assert_commerce_error(answer, 400, message, ["distance"])


class TestWhatCanBeSold:
    def test_each_stock_counts_its_sources_and_its_reservations(self, europe):
        europe.product("MUG", qty=3, sources={"berlin": 4}, websites=["base", "eu"])
        europe.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
        assert (salable(europe), salable(europe, stock_id=2)) == (1, 4)

    def test_a_product_that_no_source_of_the_stock_lists_is_not_assigned(self, europe):
        europe.product(qty=3)
        assert salable(europe, stock_id=2) == 0
        assert europe.get("inventory/is-product-salable/MUG/2") is False
        answer = europe.get("inventory/is-product-salable-for-requested-qty/MUG/2/1")
        message = "The requested sku MUG is not assigned to given stock."
        code = "requested-sku-is-not-assigned-to-given-stock"
        assert answer == {"salable": False, "errors": [{"code": code, "message": message}]}

    def test_too_much_is_refused_with_every_condition_that_could_have_allowed_it(self, shop):
        shop.product(qty=5)
        assert requested(shop, 6) == [
            "back_order-disabled", "manage_stock-enabled", "is_salable_with_reservations-not_enough_qty",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("version", "message"),
        [("2.4.6", "The requested qty is not available"), ("2.4.8", "Not enough items for sale")],
    )
    def test_the_words_for_too_much_are_those_of_the_version(self, shop, version, message):
        shop.product(qty=5)
        shop.sim("config", {"version": version})
        errors = shop.get("inventory/is-product-salable-for-requested-qty/MUG/1/6")["errors"]
        assert errors[-1]["message"] == message

    @pytest.mark.parametrize(
        ("item", "most"),
        [
            ({"qty": 5, "min_qty": 2}, 3),
            ({"qty": 5, "backorders": 1}, 9999),
            ({"qty": 5, "backorders": 2}, 9999),
            ({"qty": 5, "backorders": 1, "min_qty": -4}, 9),
            ({"qty": 0, "manage_stock": False}, 9999),
            ({"qty": 0, "backorders": 1}, 9999),
        ],
        ids=str,
    )
    def test_thresholds_backorders_and_unmanaged_stock_say_how_much(self, shop, item, most):
        shop.product(qty=1)
        flags = {f"use_config_{name}": False for name in ("min_qty", "backorders", "manage_stock")}
        shop.put("products/MUG/stockItems/1", {"stockItem": {**item, **flags, "is_in_stock": True}})
        assert requested(shop, most) == []
        if most < 9999:
            assert requested(shop, most + 1) != []

    def test_decimals_are_sold_where_the_product_allows_it(self, shop):
        shop.product(qty=5)
        assert requested(shop, "1.5") == ["is_correct_qty-is_qty_decimal"]
        shop.put("products/MUG/stockItems/1", {"stockItem": {"is_qty_decimal": True}})
        assert requested(shop, "1.5") == []

    def test_required_conditions_are_all_named(self, shop):
        shop.product(qty=0, min_sale_qty=3)
        assert requested(shop, 1) == [
            "is_correct_qty-min_sale_qty", "is_any_source_item_in_stock-no_source_items_in_stock",
        ]  # fmt: skip

    def test_many_skus_are_asked_for_at_once(self, shop):
        shop.product("A", qty=5)
        shop.product("B", qty=0)
        found = shop.get("inventory/are-products-salable?skus[]=A&skus[]=B&stockId=1")
        assert [(row["sku"], row["salable"]) for row in found] == [("A", True), ("B", False)]
        query = "skuRequests[0][sku]=A&skuRequests[0][qty]=5&skuRequests[1][sku]=A&skuRequests[1][qty]=6"
        found = shop.get(f"inventory/are-product-salable-for-requested-qty?{query}&stockId=1")
        assert [row["salable"] for row in found] == [True, False]

    @pytest.mark.parametrize(
        "path",
        [
            "are-products-salable?stockId=1",
            "are-products-salable?skus[]=MUG",
            "are-products-salable?skus[]=MUG&stockId=x",
            "are-product-salable-for-requested-qty?skuRequests=x&stockId=1",
            "are-product-salable-for-requested-qty?skuRequests[0][sku]=MUG&stockId=1",
            "is-product-salable-for-requested-qty/MUG/1/NaN",
        ],
    )
    def test_questions_that_cannot_be_read_are_refused(self, shop, path):
        shop.product()
        assert shop.call("GET", f"inventory/{path}").status_code == 400


class TestOrders:
    @pytest.mark.conformance(170)
    def test_170_a_website_sells_from_its_own_stock(self, europe, amazon_order):
        europe.product("MUG", qty=10, sources={"berlin": 3}, websites=["base", "eu"])
        placed = europe.place_one(amazon_order(store_code="eu"))
        assert placed.get("order_id") or placed.get("entity_id"), placed
        assert (salable(europe), salable(europe, stock_id=2)) == (10, 1)
        refused = europe.place_one(amazon_order(store_code="eu"))
        assert "Not enough items for sale" in str(refused)
        europe.place_one(amazon_order())
        assert (salable(europe), salable(europe, stock_id=2)) == (8, 1)

    @pytest.mark.conformance(170)
    def test_170_an_order_holds_back_and_a_shipment_takes(self, shop):
        shop.product(qty=5)
        shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
        assert shop.stock() == (5, 3, 2)
        shop.post("order/1/ship")
        assert shop.stock() == (3, 3, 0)

    def test_3_a_count_by_hand_leaves_what_open_orders_hold(self, shop):
        """inventory#2046: salable is less than physical though somebody has just counted."""
        shop.product(qty=5)
        shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
        shop.put("products/MUG/stockItems/1", {"stockItem": {"qty": 10}})
        assert shop.stock() == (10, 8, 2)

    @pytest.mark.parametrize("switch", ["on", "off"])
    def test_13_backorders_cannot_be_shipped_while_the_source_is_short(self, shop, switch):
        """magento2#24433."""
        shop.product(qty=1, backorders=True)
        shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 3}]})
        shop.sim("config", {"quirks": {"shipping_needs_units": switch}})
        answer = shop.call("POST", "order/1/ship", json={})
        if switch == "on":
            assert_commerce_error(answer, 400, "Could not save a shipment, see error log for details")
            assert shop.stock()[0] == 1
        else:
            assert answer.status_code == 200
            assert shop.stock()[0] == -2

    def test_13_a_shipment_from_a_source_that_does_not_list_the_sku_is_refused(self, europe):
        """magento2#21219, AdobeDocs/commerce-webapi#22: the source has to be named."""
        europe.product("MUG", qty=0, sources={"berlin": 4})
        europe.sim("products", {"sku": "MUG", "manage_stock": False})
        europe.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
        europe.sim("products", {"sku": "MUG", "manage_stock": True})
        assert europe.call("POST", "order/1/ship", json={}).status_code == 400
        arguments = {"extension_attributes": {"source_code": "berlin"}}
        assert europe.call("POST", "order/1/ship", json={"arguments": arguments}).status_code == 200
        assert europe.state()["stock"]["MUG"]["by_source"] == {"berlin": 3, "default": 0}

    def test_the_last_unit_takes_the_source_out_of_stock(self, shop):
        shop.product(qty=2)
        shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
        shop.post("order/1/ship")
        assert shop.search("inventory/source-items", ("sku", "MUG"))["items"][0]["status"] == 0

    @pytest.mark.conformance(173, 174)
    @pytest.mark.parametrize(
        ("shipped", "returned", "units", "left"),
        [
            (True, True, 2, (5, 5, 0)),
            (True, True, 1, (4, 4, 0)),
            (True, False, 2, (3, 3, 0)),
            (False, True, 2, (5, 5, 0)),
            (False, True, 1, (5, 4, 1)),
            (False, False, 2, (5, 3, 2)),
        ],
    )
    def test_173_174_returned_units_can_be_sold_again(self, shop, shipped, returned, units, left):
        """Of units that never left only the reservation goes back: they lie where they lay."""
        shop.product(qty=5)
        shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
        shop.post("order/1/invoice")
        if shipped:
            shop.post("order/1/ship")
        back = {"return_to_stock_items": [1] if returned else []}
        body = {"items": [{"order_item_id": 1, "qty": units}], "arguments": {"extension_attributes": back}}
        assert shop.post("order/1/refund", body) == "1"
        assert shop.stock() == left
        assert shop.get("stockItems/MUG")["qty"] == left[0]

    @pytest.mark.conformance(172)
    @pytest.mark.parametrize(("version", "held"), [("2.4.6", 2), ("2.4.8", 0), ("ideal", 0)])
    def test_172_source_items_go_with_their_product_and_reservations_by_version(self, shop, version, held):
        """inventory#3373: what an old order holds counts for the next product of the SKU."""
        shop.product(qty=5)
        shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
        shop.sim("config", {"version": version})
        assert shop.call("DELETE", "products/MUG").get_json() is True
        assert shop.search("inventory/source-items")["total_count"] == 0
        shop.product(qty=5)
        assert shop.stock() == (5, 5 - held, held)

    @pytest.mark.conformance(172)
    def test_172_units_and_reservations_follow_a_new_sku(self, shop):
        shop.product(qty=5)
        shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
        shop.post("products", {"product": {"id": 1, "sku": "CUP"}})
        assert shop.stock("CUP") == (5, 3, 2)


def test_quantities_are_kept_to_four_places(shop):
    shop.product()
    shop.post("inventory/source-items", {"sourceItems": [{**ITEM, "quantity": "1.2345"}]})
    assert Decimal(str(salable(shop))) == Decimal("1.2345")
