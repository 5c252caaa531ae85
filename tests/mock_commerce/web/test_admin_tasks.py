"""What the shop does by itself, in the Admin: a grid that lags, bulk actions, cron, webhooks."""

from __future__ import annotations

from datetime import timedelta

import pytest

MINUTE = timedelta(minutes=1)
ORDERS = "/admin/sales/order"
NUMBER = "000000001"
INVALID = "One or more indexers are invalid. Make sure your Magento cron job is running."
TOPIC = "Topic async.magento.catalog.api.productrepositoryinterface.save.post"


def place(shop):
    shop.product(qty=50)
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2}]})


def pass_a_minute(shop):
    shop.clock.advance(MINUTE)
    shop.client.get("/_sim/health")


def send_bulk(shop):
    bodies = [{"product": {"sku": "CUP", "name": "Cup", "price": 4}}, {"product": {"sku": "NAMELESS"}}]
    answer = shop.client.post("/rest/async/bulk/V1/products", json=bodies, headers=shop.headers)
    return answer.get_json()["bulk_uuid"]


def test_the_grid_shows_a_new_order_up_to_a_minute_later(admin, shop):
    shop.sim("config", {"async_grid": "on"})
    place(shop)
    assert NUMBER not in admin.open(ORDERS).html
    assert shop.get("orders/1")["status"] == "pending"
    assert NUMBER in admin.open(f"{ORDERS}/view/order_id/1").html
    pass_a_minute(shop)
    assert NUMBER in admin.open(ORDERS).html


def test_the_grid_shows_and_finds_the_old_status_up_to_a_minute_longer(admin, shop):
    shop.sim("config", {"async_grid": "on"})
    place(shop)
    pass_a_minute(shop)
    shop.post("order/1/invoice")
    shop.post("orders/1/hold")
    assert NUMBER in admin.open(f"{ORDERS}?status=pending").html
    assert "<td>Pending</td>" in admin.open(ORDERS).html
    assert NUMBER not in admin.open(f"{ORDERS}?status=holded").html
    pass_a_minute(shop)
    assert NUMBER in admin.open(f"{ORDERS}?status=holded").html
    assert "<td>On Hold</td>" in admin.open(ORDERS).html


def test_the_grid_is_written_with_the_order_unless_the_switch_is_on(admin, shop):
    place(shop)
    assert NUMBER in admin.open(ORDERS).html
    assert shop.state()["cron"]["sales_grid_order_async_insert"] is None


def test_a_grid_that_lags_catches_up_when_the_switch_goes_off(admin, shop):
    shop.sim("config", {"async_grid": "on", "cron": "stopped"})
    place(shop)
    pass_a_minute(shop)
    assert NUMBER not in admin.open(ORDERS).html
    shop.sim("config", {"async_grid": "off"})
    assert NUMBER in admin.open(ORDERS).html


def test_a_stopped_cron_is_a_system_message(admin, shop):
    assert INVALID not in admin.open(ORDERS).html
    shop.sim("config", {"cron": "stopped"})
    page = admin.open(ORDERS).html
    assert INVALID in page
    assert "System Messages: 1" in page
    assert "<strong>stopped</strong>" in admin.open("/admin/system_cron").html


def test_the_cron_page_shows_what_is_planned_and_what_ran_last(admin, shop):
    send_bulk(shop)
    assert "Mar 1, 2026 9:01:00 AM" in admin.open("/admin/system_cron").html
    pass_a_minute(shop)
    page = admin.open("/admin/system_cron").html
    assert page.count("<td>Mar 1, 2026 9:01:00 AM</td>") == 1
    assert '<td class="number">2</td>' in page


def test_own_bulks_are_announced_until_they_are_done(admin, shop):
    send_bulk(shop)
    text = f"Task &#34;{TOPIC}&#34;: 2 item(s) have been scheduled for update."
    assert text in admin.open(ORDERS).html
    pass_a_minute(shop)
    assert text not in admin.open(ORDERS).html


def test_the_log_of_bulk_actions_and_its_details(admin, shop):
    assert "We couldn't find any records." in admin.open("/admin/bulk").html
    uuid = send_bulk(shop)
    page = admin.open("/admin/bulk").html
    assert TOPIC in page
    assert f"/admin/bulk/{uuid}" in page
    assert "Open" in admin.open(f"/admin/bulk/{uuid}").html
    pass_a_minute(shop)
    assert "Finished with Failure" in admin.open("/admin/bulk").html
    page = admin.open(f"/admin/bulk/{uuid}").html
    assert "attribute value is empty" in page
    assert "ProductRepository\\Interceptor::save" in page
    assert admin.open("/admin/bulk/abc").status == 404


@pytest.mark.parametrize(("switch", "said"), [("on", "Finished with Failure"), ("off", "Not Started")])
def test_a_bulk_that_has_not_begun_may_look_finished(admin, shop, switch, said):
    """m2#36911."""
    shop.sim("config", {"cron": "stopped", "quirks": {"bulk_finished_early": switch}})
    send_bulk(shop)
    assert f"<td>{said}</td>" in admin.open("/admin/bulk").html


def test_webhooks_are_shown_without_their_secrets(admin, shop):
    shop.sim("config", {"cron": "stopped"})
    url = "https://shop.example/hook?token=my-key"
    shop.sim("webhooks", {"url": url, "secret": "a-shared-secret", "events": ["sales_order_save_after"]})
    page = admin.open("/admin/system_webhooks").html
    assert "https://shop.example/hook" in page
    assert "sales_order_save_after" in page
    assert "my-key" not in page
    assert "a-shared-secret" not in page


@pytest.mark.parametrize("path", ["bulk", "bulk/abc", "system_cron", "system_webhooks"])
def test_nobody_sees_them_without_signing_in(visitor, path):
    assert visitor.open(f"/admin/{path}").status == 303


@pytest.mark.sockets
def test_a_delivery_leads_to_what_it_is_about(admin, shop):
    shop.sim("webhooks", {"url": "http://127.0.0.1:9/events", "secret": "a-shared-secret"})
    place(shop)
    page = admin.open("/admin/system_webhooks")
    assert page.links["1"] == f"{ORDERS}/view/order_id/1"


def test_a_payment_without_a_title_is_called_as_the_shop_calls_it(admin, shop):
    entity = {
        "state": "new",
        "status": "pending",
        "customer_email": "a@example.com",
        "payment": {"method": "checkmo"},
    }
    order = shop.post("orders", {"entity": entity})
    assert "Check / Money order" in admin.open(f"{ORDERS}/view/order_id/{order['entity_id']}").html
