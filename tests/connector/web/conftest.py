"""A connector with stores and orders in its database, and a merchant who looks at its pages."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
import responses
from builders import document
from page_builders import CONNECTED, NOW, Clock, Merchant, new_store

from connector.app import create_app
from connector.config import ConnectorConfig
from connector.database import db
from connector.models import OrderRow
from connector.program import Connector


@pytest.fixture(scope="session")
def shared():
    """One configuration and one app: making an app and its templates is what takes the time."""
    config = ConnectorConfig(
        commerce_url="https://shop.test",
        amazon_url="https://amazon.test",
        lwa_url="https://lwa.test",
        clock=Clock(),
    )
    return config, create_app(config)


@pytest.fixture
def connector(shared):
    config, app = shared
    program = Connector(config, app=app)
    with app.app_context():
        db.create_all()  # the database in memory went with the program before
        db.session.add(new_store("Main US"))
        db.session.commit()
    yield program
    program.close()


@pytest.fixture
def add(connector):
    """Puts rows into the connector's database."""

    def put(*rows):
        with connector.app.app_context():
            db.session.add_all(rows)
            db.session.commit()

    return put


@pytest.fixture
def add_order(add):
    """Puts one order into the table of a store; the document is what Amazon is said to have sent."""

    def put(number="112-0000001-0000001", *, sent=None, **changes):
        status = changes.get("table_status", "Unshipped")
        values = {
            "store_id": 1,
            "amazon_order_id": number,
            "document": json.dumps(document(number, **(sent or {}))),
            "amazon_status": status,
            "table_status": status,
            "by_amazon": False,
            "purchased_at": CONNECTED + timedelta(hours=1),
            "updated_at": CONNECTED + timedelta(hours=1),
            "seen_at": NOW,
            "buyer_name": "Ann Lee",
            "currency": "USD",
            "total": Decimal("39.98"),
            "phase": "due",
        }
        add(OrderRow(**(values | changes)))
        return number

    return put


@pytest.fixture
def settings(connector):
    """Changes the stored settings of store 1, or reads them."""

    def change(**changes):
        if changes:
            connector.change_settings(changes)
        return next(iter(connector.state()["stores"].values()))["settings"]

    return change


@pytest.fixture
def merchant(connector):
    return Merchant(connector.app)


@pytest.fixture
def shop():
    """Commerce as far as the pages ask it."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as web:
        rest = "https://shop.test/rest/V1"
        web.post(f"{rest}/integration/admin/token", json="jwt")
        views = [
            {"id": 0, "code": "admin", "name": "Admin", "website_id": 0},
            {"id": 1, "code": "default", "name": "Default Store View", "website_id": 1},
            {"id": 2, "code": "de", "name": "Deutsch", "website_id": 1},
            {"id": 3, "code": "elsewhere", "name": "Elsewhere", "website_id": 2},
        ]
        web.get(f"{rest}/store/storeViews", json=views)
        yield web


@pytest.fixture
def catalog(shop):
    """The products that Commerce answers, whatever it is asked for."""

    def answer(*skus):
        items = [
            {"id": number, "sku": sku, "status": 1, "type_id": "simple"}
            | {"extension_attributes": {"website_ids": [1]}}
            for number, sku in enumerate(skus, start=1)
        ]
        shop.get("https://shop.test/rest/V1/products", json={"items": items, "total_count": len(items)})

    return answer


@pytest.fixture
def amazon(shop):
    """Amazon, with these orders in its answer to every search."""

    def answer(*orders):
        shop.post("https://lwa.test/auth/o2/token", json={"access_token": "Atza|1", "expires_in": 3600})
        shop.get("https://amazon.test/orders/2026-01-01/orders", json={"orders": list(orders)})
        shop.put("https://shop.test/rest/V1/amazon-sales-channel/system-message", json=True)

    return answer
