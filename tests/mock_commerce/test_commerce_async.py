"""Asynchronous and bulk calls: what is accepted, what the consumer makes of it, and what is told of it."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta

import pytest
from commerce_shop import assert_commerce_error
from test_commerce_contract import findings, openapi, refer  # noqa: F401 - a fixture

from mock_commerce.asynchronous import status

ARGUMENT = 'The "{}" value\'s type is invalid. The "{}" type was expected. Verify and try again.'
TYPE = 'Error occurred during "{}" processing. ' + ARGUMENT
MINUTE = timedelta(minutes=1)
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
PRODUCT = {"sku": "CUP", "name": "Cup", "price": 4, "attribute_set_id": 4, "type_id": "simple"}
DEFINITION = "asynchronous-operations-data-"


def send(shop, method, path, body=None, *, store=""):
    content = {} if body is None else {"json": body}
    return shop.client.open(f"/rest/{store}{path}", method=method, headers=shop.headers, **content)


def accepted(shop, method, path, body=None, *, store=""):
    answer = send(shop, method, path, body, store=store)
    assert answer.status_code == 202, answer.get_json()
    return answer.get_json()


def one(shop, method, path, body=None, **more):
    return accepted(shop, method, f"async/V1/{path}", body, **more)["bulk_uuid"]


def many(shop, method, path, body, **more):
    return accepted(shop, method, f"async/bulk/V1/{path}", body, **more)["bulk_uuid"]


def pass_a_minute(shop):
    shop.clock.advance(MINUTE)
    shop.client.get("/_sim/health")


def details(shop, uuid):
    return shop.get(f"bulk/{uuid}/detailed-status")


def statuses(shop, uuid):
    return [row["status"] for row in shop.get(f"bulk/{uuid}/status")["operations_list"]]


def test_a_call_is_accepted_at_once_and_done_by_the_next_minute(shop):
    shop.clock.advance(timedelta(seconds=20))
    answer = accepted(shop, "POST", "async/V1/products", {"product": PRODUCT})
    assert re.fullmatch(UUID, answer["bulk_uuid"])
    (item,) = answer["request_items"]
    assert (item["id"], item["status"], answer["errors"]) == (0, "accepted", False)
    (row,) = details(shop, answer["bulk_uuid"])["operations_list"]
    assert item["data_hash"] == hashlib.sha256(row["serialized_data"].encode()).hexdigest()
    assert shop.call("GET", "products/CUP").status_code == 404

    shop.clock.advance(timedelta(seconds=40))
    assert shop.get("products/CUP")["price"] == 4
    assert shop.get("products/CUP")["created_at"] == "2026-03-01 09:01:00"


def test_the_status_of_a_bulk_names_topic_caller_and_result(shop):
    uuid = one(shop, "POST", "products", {"product": PRODUCT})
    before = shop.get(f"bulk/{uuid}/status")
    assert before == {
        "operations_list": [{"id": 0, "status": 4, "result_message": None, "error_code": None}],
        "user_type": 2,
        "bulk_id": uuid,
        "description": "Topic async.magento.catalog.api.productrepositoryinterface.save.post",
        "start_time": "2026-03-01 09:00:00",
        "user_id": 1,
        "operation_count": 1,
    }
    (row,) = details(shop, uuid)["operations_list"]
    data = json.loads(row["serialized_data"])
    assert json.loads(data.pop("meta_information")) == {"product": PRODUCT}
    assert data == {"entity_id": None, "entity_link": "", "store_id": 1}

    pass_a_minute(shop)
    message = "Service execution success Magento\\Catalog\\Model\\ProductRepository\\Interceptor::save"
    after = shop.get(f"bulk/{uuid}/status")["operations_list"]
    assert after == [{"id": 0, "status": 1, "result_message": message, "error_code": None}]
    (row,) = details(shop, uuid)["operations_list"]
    assert row["serialized_data"] is None
    assert json.loads(row["result_serialized_data"]) == shop.get("products/CUP")


def test_a_business_error_is_found_later_and_stops_nobody_else(shop):
    bodies = [
        {"product": PRODUCT},
        {"product": {"sku": "NAMELESS"}},
        {"product": PRODUCT | {"sku": "JUG", "name": "Jug"}},
    ]
    uuid = many(shop, "POST", "products", bodies)
    pass_a_minute(shop)
    rows = details(shop, uuid)["operations_list"]
    assert [(row["id"], row["status"]) for row in rows] == [(0, 1), (1, 3), (2, 1)]
    assert rows[1]["result_message"] == (
        'The "Product Name" attribute value is empty. Set the attribute and try again.'
    )
    assert (rows[1]["error_code"], rows[1]["result_serialized_data"]) == (0, None)
    assert "NAMELESS" in rows[1]["serialized_data"]
    assert {row["sku"] for row in shop.state()["products"]} == {"CUP", "JUG"}
    assert shop.client.get("/_sim/log").get_json()["entries"][0]["message"] == rows[1]["result_message"]
    counts = {n: shop.get(f"bulk/{uuid}/operation-status/{n}") for n in status.WORDS}
    assert counts == {1: 2, 2: 0, 3: 1, 4: 0, 5: 0}


@pytest.mark.parametrize(
    ("path", "body", "refusal"),
    [
        ("products", {}, (400, '"%fieldName" is required. Enter and try again.', {"fieldName": "product"})),
        ("orders", {"entity": {"grand_total": "many"}},
         (400, TYPE.format("grand_total", "many", "float"), None)),
        ("orders/abc/cancel", None,
         (400, ARGUMENT.format("abc", "int"), None)),
        ("nosuch", {}, (404, "Request does not match any route.", None)),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_before_it_is_accepted(shop, path, body, refusal):
    assert_commerce_error(send(shop, "POST", f"async/V1/{path}", body), *refusal)
    assert shop.state()["bulks"] == []


def test_a_misspelt_field_is_an_internal_error_at_once(shop):
    answer = send(shop, "POST", "async/bulk/V1/products", [{"product": PRODUCT}, {"product": {"skuu": "A"}}])
    assert answer.status_code == 500
    assert "Report ID: webapi-" in answer.get_json()["message"]
    assert shop.state()["bulks"] == []
    assert shop.state()["products"] == []


@pytest.mark.parametrize("kind", ["async/V1", "async/bulk/V1"])
def test_reading_is_never_asynchronous(shop, kind):
    answer = send(shop, "GET", f"{kind}/products")
    assert_commerce_error(answer, 400, "Specified request cannot be processed.")
    assert_commerce_error(
        send(shop, "PATCH", f"{kind}/products"), 405, "The PATCH HTTP method is not supported."
    )


@pytest.mark.parametrize(
    "path", ["async", "async/bulk", "async/products", "async/bulk/products", "nosuch/async/V1/products"]
)
def test_addresses_that_are_none_are_refused(shop, path):
    assert_commerce_error(send(shop, "POST", path, {}), 400, "Specified request cannot be processed.")


def test_a_caller_needs_the_resource_of_the_route(shop):
    shop.headers = {}
    answer = send(shop, "POST", "async/V1/orders/1/cancel")
    assert_commerce_error(
        answer,
        401,
        "The consumer isn't authorized to access %resources.",
        {"resources": "Magento_Sales::cancel"},
    )


def test_the_status_needs_a_resource_too(shop):
    shop.headers = {}
    assert_commerce_error(
        shop.call("GET", "bulk/x/status"), 401, "The consumer isn't authorized to access %resources.",
        {"resources": "Magento_Logging::system_magento_logging_bulk_operations"},
    )  # fmt: skip


def test_what_a_caller_was_allowed_stays_allowed_though_the_role_is_gone(shop):
    shop.product()
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
    shop.sim("roles", {"name": "Cancels", "resources": ["Magento_Sales::cancel"]})
    shop.sim("admins", {"username": "jane", "password": "pack1234", "role": "Cancels"})
    admin = shop.headers
    credentials = {"username": "jane", "password": "pack1234"}
    token = shop.client.post("/rest/V1/integration/admin/token", json=credentials).get_json()
    shop.headers = {"Authorization": f"Bearer {token}"}
    uuid = one(shop, "POST", "orders/1/cancel")
    shop.sim("admins", {"username": "jane", "active": False})
    shop.headers = admin
    pass_a_minute(shop)
    assert statuses(shop, uuid) == [1]
    assert shop.get(f"bulk/{uuid}/status")["user_id"] == 2
    assert shop.state()["orders"][0]["state"] == "canceled"


def test_guests_may_call_what_is_for_everybody(shop):
    admin, shop.headers = shop.headers, {}
    uuid = one(
        shop, "POST", "customers", {"customer": {"email": "a@example.com", "firstname": "A", "lastname": "B"}}
    )
    shop.headers = admin
    pass_a_minute(shop)
    bulk = shop.get(f"bulk/{uuid}/status")
    assert (bulk["user_type"], bulk["user_id"], bulk["operations_list"][0]["status"]) == (4, None, 1)


def test_the_store_of_the_address_is_kept(shop):
    shop.product("CUP", name="Cup")
    one(shop, "PUT", "products/CUP", {"product": {"name": "Tasse"}}, store="default/")
    many(shop, "PUT", "products/bySku", [{"product": {"sku": "CUP", "name": "Becher"}}], store="all/")
    pass_a_minute(shop)
    everywhere = shop.client.get("/rest/all/V1/products/CUP", headers=shop.headers).get_json()
    assert everywhere["name"] == "Becher"
    assert shop.get("products/CUP")["name"] == "Tasse"


def test_values_of_the_address_stand_in_the_items_of_a_bulk(shop):
    shop.product("A/B", qty=1)
    shop.product("C D", qty=1)
    items = [
        {"productSku": "A/B", "itemId": 1, "stockItem": {"qty": 7}},
        {"product_sku": "C D", "item_id": 2, "stock_item": {"qty": 9}},
    ]
    uuid = many(shop, "PUT", "products/byProductSku/stockItems/byItemId", items)
    pass_a_minute(shop)
    assert statuses(shop, uuid) == [1, 1]
    assert (shop.stock("A/B")[0], shop.stock("C D")[0]) == (7, 9)


def test_bulk_items_of_orders_name_the_order(shop):
    shop.product(qty=10)
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})
    shop.sim("orders", {"id": "C2", "lines": [{"sku": "MUG", "qty": 2}]})
    invoiced = many(shop, "POST", "order/byOrderId/invoice", [{"orderId": 1}, {"orderId": "2"}])
    shipped = many(shop, "POST", "order/byOrderId/ship", [{"orderId": 1, "notify": False}, {"order_id": 99}])
    pass_a_minute(shop)
    assert (statuses(shop, invoiced), statuses(shop, shipped)) == ([1, 1], [1, 3])
    assert [order["state"] for order in shop.state()["orders"]] == ["complete", "processing"]
    assert json.loads(details(shop, invoiced)["operations_list"][0]["result_serialized_data"]) == "1"


@pytest.mark.parametrize(
    ("item", "refusal"),
    [
        ({}, ('"%fieldName" is required. Enter and try again.', {"fieldName": "orderId"})),
        ({"orderId": [1]}, (ARGUMENT.format("array", "string"), None)),
    ],
)  # fmt: skip
def test_a_bulk_item_without_its_address_is_refused(shop, item, refusal):
    assert_commerce_error(send(shop, "POST", "async/bulk/V1/order/byOrderId/ship", [item]), 400, *refusal)


def test_a_bulk_address_with_a_value_in_it_is_no_route(shop):
    answer = send(shop, "POST", "async/bulk/V1/order/1/ship", [{}])
    assert_commerce_error(answer, 404, "Request does not match any route.")


def test_deletions_have_their_list_in_the_body(shop):
    shop.product("CUP")
    uuid = many(shop, "DELETE", "products/bySku", [{"sku": "CUP"}, {"sku": "NONE"}])
    pass_a_minute(shop)
    assert statuses(shop, uuid) == [1, 3]
    assert shop.state()["products"] == []


@pytest.mark.parametrize(
    ("body", "keys"), [([], []), ([1, {"product": PRODUCT}], [1]), ({}, []), ([None], [])], ids=str
)
def test_elements_that_are_no_objects_are_passed_over(shop, body, keys):
    answer = accepted(shop, "POST", "async/bulk/V1/products", body)
    assert [item["id"] for item in answer["request_items"]] == keys
    assert shop.get(f"bulk/{answer['bulk_uuid']}/status")["operation_count"] == len(keys)


def test_an_object_in_place_of_the_list_lacks_the_arguments(shop):
    answer = send(shop, "POST", "async/bulk/V1/products", {"product": PRODUCT})
    assert answer.status_code == 400
    assert shop.state()["bulks"] == []


@pytest.mark.parametrize("limit", ["input_list_limit", "async_input_list_limit"])
def test_lists_may_be_longer_than_in_other_calls(shop, limit):
    shop.sim(
        "config", {"input_limits": "on", "input_list_limit": 1, "async_input_list_limit": 2} | {limit: 1}
    )
    rows = [{"sku": "CUP", "source_code": "default", "quantity": n, "status": 1} for n in (1, 2)]
    answer = send(shop, "POST", "async/V1/inventory/source-items", {"sourceItems": rows})
    if limit == "input_list_limit":
        assert answer.status_code == 202
        pass_a_minute(shop)
        assert shop.get("bulk?searchCriteria")["items"][0]["status"] == 1
    else:
        assert answer.get_json()["message"] == 'Maximum items of type "%type" is %max'


def test_nothing_happens_while_the_cron_is_stopped(shop):
    """m2#31741 and every question why a bulk stays open."""
    shop.sim("config", {"cron": "stopped"})
    uuid = one(shop, "POST", "products", {"product": PRODUCT})
    shop.clock.advance(timedelta(minutes=50))
    assert statuses(shop, uuid) == [4]
    shop.sim("config", {"cron": "running"})
    assert statuses(shop, uuid) == [4]
    pass_a_minute(shop)
    assert statuses(shop, uuid) == [1]


def test_stopping_the_cron_stops_what_was_planned(shop):
    uuid = one(shop, "POST", "products", {"product": PRODUCT})
    shop.sim("config", {"cron": "stopped"})
    pass_a_minute(shop)
    assert statuses(shop, uuid) == [4]


@pytest.mark.parametrize(("switch", "seen"), [("on", [4, 4]), ("off", [1, 3])])
def test_operations_stay_open_in_old_versions_though_they_were_carried_out(shop, switch, seen):
    """m2#28288."""
    shop.sim("config", {"quirks": {"operations_stay_open": switch}})
    uuid = many(shop, "POST", "products", [{"product": PRODUCT}, {"product": {"sku": "NAMELESS"}}])
    pass_a_minute(shop)
    pass_a_minute(shop)
    assert statuses(shop, uuid) == seen
    assert [row["sku"] for row in shop.state()["products"]] == ["CUP"]
    assert shop.state()["cron"]["consumers_runner"] is None


@pytest.mark.parametrize(("switch", "ids"), [("on", [2, 3]), ("off", [0, 1])])
def test_operations_are_counted_in_their_bulk_or_in_the_table(shop, switch, ids):
    shop.sim("config", {"quirks": {"operation_table_ids": switch}})
    one(shop, "POST", "products", {"product": PRODUCT})
    uuid = many(shop, "POST", "products", [{"product": PRODUCT}, {"product": PRODUCT}])
    assert [row["id"] for row in shop.get(f"bulk/{uuid}/status")["operations_list"]] == ids


@pytest.mark.parametrize(
    ("counts", "early", "said"),
    [
        ({4: 2}, False, "Not Started"),
        ({4: 1, 1: 1}, False, "In Progress"),
        ({4: 1, 1: 1}, True, "Finished with Failure"),
        ({4: 2}, True, "Finished with Failure"),
        ({1: 2}, True, "Finished Successfully"),
        ({1: 1, 3: 1}, False, "Finished with Failure"),
        ({}, False, "Finished Successfully"),
    ],
)
def test_the_status_of_a_whole_bulk(counts, early, said):
    """m2#36911: open operations are counted as done."""
    assert status.summary(counts, open_counts_as_done=early) == said


def test_the_list_of_operations_can_be_searched(shop):
    uuid = many(shop, "POST", "products", [{"product": PRODUCT}, {"product": {"sku": "NAMELESS"}}])
    shop.clock.advance(timedelta(minutes=50))
    later = one(shop, "DELETE", "products/CUP")
    found = shop.search("bulk", ("status", "3"))
    assert [row["bulk_uuid"] for row in found["items"]] == [uuid]
    assert found["items"][0]["extension_attributes"] == {"start_time": "2026-03-01 09:00:00"}
    assert shop.search("bulk", ("start_time", "2026-03-01 09:30:00", "gt"))["items"][0]["bulk_uuid"] == later
    assert shop.search("bulk", ("topic_name", "%save%", "like"))["total_count"] == 2
    assert shop.call("GET", "bulk").status_code == 400


def test_an_unknown_bulk_is_not_there(shop):
    for name in ("status", "detailed-status"):
        answer = shop.call("GET", f"bulk/abc/{name}")
        assert_commerce_error(answer, 404, "Bulk uuid %bulkUuid not exist", {"bulkUuid": "abc"})
    assert shop.get("bulk/abc/operation-status/1") == 0
    assert shop.call("GET", "bulk/abc/operation-status/x").status_code == 400


def test_answers_are_as_the_vendor_describes_them(shop, openapi):  # noqa: F811 - the fixture
    uuid = many(shop, "POST", "products", [{"product": PRODUCT}, {"product": {"sku": "NAMELESS"}}])
    pass_a_minute(shop)
    for path, name in (
        ("status", "bulk-operations-status-interface"),
        ("detailed-status", "detailed-bulk-operations-status-interface"),
    ):
        found = list(findings(openapi, refer(DEFINITION + name), shop.get(f"bulk/{uuid}/{path}")))
        assert [one for one in found if "None is not of type" not in one] == []
    listed = shop.get("bulk?searchCriteria")
    found = list(findings(openapi, refer(DEFINITION + "operation-search-results-interface"), listed))
    assert [one for one in found if "None is not of type" not in one] == []


def test_bulks_are_the_same_in_every_run(shop):
    def run():
        shop.sim("reset", {"seed": 7})
        shop.sign_in()
        return accepted(shop, "POST", "async/V1/products", {"product": PRODUCT})

    assert run() == run()


def test_the_state_counts_operations(shop):
    uuid = many(shop, "POST", "products", [{"product": PRODUCT}, {"product": {"sku": "NAMELESS"}}])
    (bulk,) = shop.state()["bulks"]
    assert bulk == {
        "uuid": uuid,
        "description": "Topic async.magento.catalog.api.productrepositoryinterface.save.post",
        "operations": 2, "open": 2, "complete": 0, "failed": 0, "failed_retriable": 0, "rejected": 0,
    }  # fmt: skip


def test_what_is_tried_out_leaves_nothing_behind(shop):
    """The first order gets the first numbers, though the call was looked at before it was accepted."""
    shop.product()
    entity = {"entity": {"items": [{"sku": "MUG", "qty_ordered": 1}], "grand_total": 5}}
    one(shop, "POST", "orders", entity)
    assert shop.state()["orders"] == []
    pass_a_minute(shop)
    assert shop.get("orders/1")["increment_id"] == "000000001"


def test_an_asynchronous_call_is_journalled_and_can_be_made_to_fail(shop):
    shop.sim("faults", {"at": "bulk_call", "kind": "status", "status": 500, "times": 1})
    assert send(shop, "POST", "async/bulk/V1/products", [{"product": PRODUCT}]).status_code == 500
    many(shop, "POST", "products", [{"product": PRODUCT}])
    calls = shop.client.get("/_sim/journal?operation=bulk_call").get_json()["calls"]
    assert [call["status"] for call in calls] == [500, 202]
