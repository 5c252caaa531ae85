"""Order settings: labels, what is disabled when, and that nothing is saved half."""

import re

import pytest
import requests
import responses
from page_builders import new_store

from connector.domain.settings import SETTINGS

PAGE = "/stores/1/settings"
TECHNICAL = f"{PAGE}/technical"
SENT = {
    "import_orders": "enabled",
    "store_view": "",
    "customer_creation": "guest",
    "order_number_source": "commerce",
    "order_status": "default",
}


def disabled(page):
    """The names of the fields that a browser would not let anybody change, nor send."""
    names, depth = [], []
    for tag, attributes in re.findall(r"<(/?fieldset|select|input|button)\b([^>]*)>", page.text):
        off = bool(re.search(r"\sdisabled(?:[\s>=]|$)", attributes))
        if tag == "fieldset":
            depth.append(off)
        elif tag == "/fieldset":
            depth.pop()
        elif (off or any(depth)) and (name := re.search(r'name="([^"]+)"', attributes)):
            names.append(name[1])
    return names


def chosen(page, name):
    field = re.search(rf'<select [^>]*name="{name}".*?</select>', page.text, re.DOTALL)[0]
    return re.search(r'<option selected value="([^"]*)"', field)[1]


def test_the_page_has_the_labels_of_the_sales_channel(merchant, shop):
    text = merchant.text(PAGE)
    assert "Order settings Control how Amazon orders are managed" in text
    assert "Save order settings" in text
    labels = re.findall(r'<label [^>]*for="[^"]+">([^<]+)<', merchant.get(PAGE).text)
    assert labels == [
        *("Import Amazon Orders", "Import Amazon Orders Into Magento Store", "Customer Creation"),
        *("Order Number Source", "Order Status", "Processing Order Status"),
    ]  # S-01 to S-07; S-05 is for legacy stock only
    for words in (
        *("Enabled Disabled", "No Customer Creation (guest) Build New Customer Account"),
        "Build Using Magento Order Number Build Using Amazon Order Number",
        "Default Order Status Custom Order Status",
    ):
        assert words in text


def test_the_store_views_are_those_of_the_stores_own_website(merchant, shop):
    page = merchant.get(PAGE).text
    field = re.search(r'<select [^>]*name="store_view".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r'value="([^"]*)">([^<]+)<', field) == [
        ("", "The website&#39;s default (default)"),
        ("default", "Default Store View (default)"),
        ("de", "Deutsch (de)"),
    ]  # S-02


def test_settings_are_saved_and_shown(merchant, shop, settings):
    sent = SENT | {"store_view": "de", "customer_creation": "new_account", "order_number_source": "amazon"}
    page = merchant.post(PAGE, on=PAGE, **sent)
    assert "You have successfully saved the order settings." in page.text
    stored = settings()
    assert [stored[name] for name in ("store_view", "customer_creation", "order_number_source")] == [
        *("de", "new_account", "amazon")
    ]
    for name in ("store_view", "customer_creation", "order_number_source"):
        assert chosen(page, name) == sent[name]


def test_only_what_was_changed_is_stored(connector, merchant, shop):
    from connector.database import db
    from connector.models import Store

    merchant.post(PAGE, on=PAGE, **(SENT | {"customer_creation": "new_account"}))
    with connector.app.app_context():
        assert db.session.get(Store, 1).settings_json == {"customer_creation": "new_account"}


def test_with_import_disabled_all_other_fields_are_disabled(merchant, shop, settings):
    assert disabled(merchant.get(PAGE)) == ["processing_status"]  # S-07
    settings(import_orders="disabled")
    assert disabled(merchant.get(PAGE)) == [
        *("store_view", "customer_creation", "order_number_source", "order_status", "processing_status")
    ]  # S-10


def test_saving_with_import_disabled_changes_only_import(merchant, shop, settings):
    sent = SENT | {"import_orders": "disabled", "customer_creation": "new_account", "store_view": "nowhere"}
    merchant.post(PAGE, on=PAGE, **sent)
    assert settings()["import_orders"] == "disabled"
    assert settings()["customer_creation"] == "guest"
    assert settings()["store_view"] == ""


def test_enabling_import_opens_the_other_fields_and_keeps_their_values(merchant, shop, settings):
    settings(import_orders="disabled", customer_creation="new_account")
    page = merchant.post(PAGE, on=PAGE, import_orders="enabled")  # a browser sends no disabled field
    assert disabled(page) == ["processing_status"]
    assert settings()["import_orders"] == "enabled"
    assert settings()["customer_creation"] == "new_account"


def test_a_custom_status_has_to_be_named(merchant, shop, settings):
    sent = SENT | {"order_status": "custom", "customer_creation": "new_account"}
    page = merchant.post(PAGE, 400, on=PAGE, **sent)  # S-07
    assert "is required while order_status is &#39;custom&#39;" in page.text
    assert "processing_status" not in disabled(page)  # now it can be filled in
    assert chosen(page, "customer_creation") == "new_account"
    assert settings()["customer_creation"] == "guest"
    page = merchant.post(PAGE, on=PAGE, **sent, processing_status="amazon_new")
    assert settings()["processing_status"] == "amazon_new"
    assert 'value="amazon_new"' in page.text


def test_back_to_the_default_status_the_own_one_is_kept_but_not_used(merchant, shop, settings):
    settings(order_status="custom", processing_status="amazon_new")
    page = merchant.post(PAGE, on=PAGE, **SENT)
    assert "processing_status" in disabled(page)  # S-07
    assert settings()["order_status"] == "default"
    assert settings()["processing_status"] == "amazon_new"


@pytest.mark.parametrize(
    "wrong",
    [
        ("import_orders", "maybe", "'maybe' is not one of enabled, disabled"),
        ("import_orders", "", "'' is not one of enabled, disabled"),
        ("customer_creation", "clone", "'clone' is not one of guest, new_account"),
        ("store_view", "elsewhere", "'elsewhere' is no store view of this website; there are: default, de"),
        ("processing_status", "x" * 65, "is longer than 64 characters"),
        ("processing_status", "complete", "'complete' ends an order"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_nothing_is_saved(merchant, shop, settings, wrong):
    name, value, message = wrong
    before = settings()
    sent = SENT | {"order_number_source": "amazon", name: value}
    sent |= {"order_status": "custom"} if name == "processing_status" else {}
    page = merchant.post(PAGE, 400, on=PAGE, **sent)
    field = re.search(rf'name="{name}".*?invalid-feedback d-block">([^<]+)<', page.text, re.DOTALL)
    assert message in field[1].replace("&#39;", "'")
    assert chosen(page, "order_number_source") == "amazon"
    assert settings() == before


def test_without_commerces_answer_the_page_still_works(merchant, shop, settings):
    settings(store_view="de")
    shop.replace(
        responses.GET, "https://shop.test/rest/V1/store/storeViews", body=requests.ConnectionError("down")
    )
    page = merchant.get(PAGE)
    assert "Commerce does not answer: other store views cannot be chosen now." in page.text
    assert chosen(page, "store_view") == "de"
    merchant.post(PAGE, on=PAGE, **(SENT | {"store_view": "de", "order_number_source": "amazon"}))
    assert settings()["order_number_source"] == "amazon"
    assert settings()["store_view"] == "de"


def test_a_store_view_that_is_gone_is_not_silently_replaced(merchant, shop, settings):
    settings(store_view="gone")
    page = merchant.get(PAGE)
    assert chosen(page, "store_view") == "gone"
    assert "gone (not in Commerce any more)" in page.text


@pytest.mark.parametrize("page", ["settings", "settings/technical"])
def test_before_the_store_is_connected_nothing_can_be_changed(connector, merchant, shop, add, page):
    add(new_store("Later", marketplace="CA", state="incomplete", website_id=None))
    address = f"/stores/2/{page}"
    shown = merchant.get(address)  # S-11
    assert "Settings can be changed after the store is connected." in shown.text
    assert {"import_orders", "read_only"} & set(disabled(shown))
    sent = {"import_orders": "disabled", "read_only": "on"}
    answer = merchant.post(address, 400, on=address, **sent)
    assert "is not connected: its settings cannot be changed yet" in answer.text
    assert connector.state()["stores"]["Later"]["settings"]["import_orders"] == "enabled"


def test_a_setting_of_one_store_is_not_another_ones(connector, merchant, shop, add):
    add(new_store("Main CA", marketplace="CA"))
    merchant.post("/stores/2/settings", on=PAGE, **(SENT | {"order_number_source": "amazon"}))
    stored = connector.state()["stores"]
    assert stored["Main US"]["settings"]["order_number_source"] == "commerce"  # T-32
    assert stored["Main CA"]["settings"]["order_number_source"] == "amazon"


def test_every_setting_has_its_place_on_one_of_the_two_pages(merchant, shop):
    found = [
        name
        for address in (PAGE, TECHNICAL)
        for name in re.findall(r'<(?:input|select) [^>]*name="([^"]+)"', merchant.get(address).text)
        if name != "csrf_token"
    ]
    assert sorted(found) == sorted(SETTINGS)


def test_technical_settings_are_saved_even_with_import_off(merchant, settings):
    settings(import_orders="disabled")
    page = merchant.post(TECHNICAL, on=TECHNICAL, read_only="on", cron_interval=" 10m ")
    assert "The technical settings are saved." in page.text
    assert settings()["read_only"] == "on"
    assert settings()["cron_interval"] == "10m"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("cron_interval", "soon", "'soon' is not a duration: write 45s, 10m, 2h or 3d"),
        ("cron_interval", "10s", "'10s' is less than 60 s"),
        ("safety_lag", "1m", "'1m' is less than 120 s"),
        ("orders_api_version", "v9", "'v9' is not one of 2026-01-01"),
    ],
)
def test_a_wrong_technical_value_is_told_at_its_field(merchant, settings, name, value, message):
    before = settings()
    page = merchant.post(TECHNICAL, 400, on=TECHNICAL, **{"read_only": "on", name: value})
    field = re.search(rf'name="{name}".*?invalid-feedback d-block">([^<]+)<', page.text, re.DOTALL)
    assert message in field[1].replace("&#39;", "'")
    assert settings() == before


def test_all_wrong_values_are_told_at_once(merchant):
    page = merchant.post(TECHNICAL, 400, on=TECHNICAL, cron_interval="x", overlap="y")
    assert page.text.count("is not a duration") == 2
