"""A shop in which there is something of everything, and a caller who sends rubbish to it."""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict

from commerce_buyer import TEXAS, sign_in, sign_up
from commerce_shop import Shop
from sqlalchemy import select

from mock_commerce.access.auth import ANONYMOUS, SELF
from mock_commerce.models import Base, LogEntry, db

TRACES = (b"Traceback", b"<html", b"<!doctype", b"werkzeug", b"sqlalchemy", b"sqlite3", b"psycopg", b'File "')
ENVELOPE = {"message", "parameters", "errors", "code"}
CUSTOMER = "ann@example.com"
FURNISHED = "furnished"
NOT_STATE = {
    "sim_exception_log": "why an error was masked",
    "sim_counter": "report ids, and increment ids that were drawn in vain (quirk number_gaps)",
    "oauth_token_request_log": "failed sign-ins are counted",
    "oauth_nonce": "a nonce counts once, whatever becomes of its call",
}
"""Tables to which a refused call may write, and what."""
REASONS = {
    r'(?s)Property ".*" does not have accessor method': "magento2#3660",
    "Warning: Array to string conversion": "magento2#1836, #4616",
    r"SQLSTATE\[22003\]": "decimal(20,6) in strict mode",
    r"SQLSTATE\[(22007|HY000)\]: Incorrect datetime": "timestamp columns in strict mode",
    r"SQLSTATE\[42S22\]": "unknown columns in searchCriteria of flat tables",
    r"SQLSTATE\[23000\]": "foreign keys",
    r"SQLSTATE\[22001\]": "columns that are too short, in strict mode",
}
"""What the log may say of a masked error, and why Commerce masks it too."""
SHOWN = {
    "sales_order": "orders",
    "sales_order_item": "orders/items",
    "sales_shipment": "shipments",
    "sales_invoice": "invoices",
    "sales_creditmemo": "creditmemos",
    "catalog_product_entity": "products",
    "customer_entity": "customers/search",
    "quote": "carts/search",
    "inventory_source": "inventory/sources",
    "inventory_source_item": "inventory/source-items",
    "inventory_stock": "inventory/stocks",
    "inventory_source_stock_link": "inventory/stock-source-links",
    "customer_group": "customerGroups/search",
    "magento_bulk": "bulk",
}
"""The list in which a change of a table is to be seen."""
LONGEST = 100_000
"""Bytes of a refusal."""
STATE_EACH = 20
"""Changes after which the control API is asked as well: that takes long."""
VARIABLE = re.compile(r"<(?:[^:>]+:)?(\w+)>")
ORDER = {"lines": [{"sku": "A", "qty": 2}, {"sku": "B", "qty": 1}]}


def furnish(shop):
    """Something of everything; answers what there is, by the names that addresses and bodies have for it."""
    for sku in ("A", "B", "C"):
        shop.product(sku, qty=100)
    shop.product("CODE", type="virtual")
    shop.product("SHIRT", type="configurable", children=["A", "B"])
    shop.product("SET", type="bundle", children=["A", "B"])
    customer = sign_up(shop)
    shop.headers, administrator = customer, shop.headers
    cart = shop.post("carts/mine")
    shop.post("carts/mine/items", {"cartItem": {"sku": "A", "qty": 1, "quote_id": cart}})
    shop.headers = administrator
    me = shop.get("customers/1")
    home = {key: value for key, value in TEXAS.items() if key not in {"region_code", "email"}}
    shop.put("customers/1", {"customer": {**me, "addresses": [{**home, "default_billing": True}]}})
    customer = sign_in(shop)
    mask = shop.post("guest-carts")
    shop.post(f"guest-carts/{mask}/items", {"cartItem": {"sku": "B", "qty": 1, "quote_id": mask}})
    own = shop.post("carts")
    shop.post(f"carts/{own}/items", {"cartItem": {"sku": "A", "qty": 1, "quote_id": own}})
    where = {"shipping_address": TEXAS, "billing_address": TEXAS}
    way = {"shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate"}
    shop.post(f"carts/{own}/shipping-information", {"addressInformation": {**where, **way}})
    shop.post("inventory/sources", {"source": {"source_code": "east", "name": "East", "postcode": "1",
                                               "country_id": "US", "enabled": True}})  # fmt: skip
    stock_id = shop.post("inventory/stocks", {"stock": {"name": "Second"}})
    for name in ("C1", "C2", "C3", "C4"):
        shop.sim("orders", {"id": name, **ORDER})
    track = {"track_number": "1Z", "title": "UPS", "carrier_code": "ups"}
    shop.post("order/1/invoice", {"comment": {"comment": "Paid"}})
    shop.post("order/1/ship", {"tracks": [track], "comment": {"comment": "Sent"}})
    shop.post("order/1/refund", {"items": [{"order_item_id": 1, "qty": 1}]})
    shop.post("order/2/invoice", {"items": [{"order_item_id": 3, "qty": 1}]})
    shop.post("orders/1/comments", {"statusHistory": {"comment": "Hello"}})
    bulk = shop.client.post("/rest/async/V1/orders/3/hold", headers=shop.headers, json={})
    doors = (f"carts/{own}", f"guest-carts/{mask}")
    items = {name: shop.get(f"{name}/items")[0]["item_id"] for name in doors}
    shop.headers = customer
    items["carts/mine"] = shop.get("carts/mine/items")[0]["item_id"]
    shop.headers = administrator
    (option, *_) = shop.get("bundle-products/SET/options/all")
    (choice, *_) = shop.get("configurable-products/SHIRT/options/all")
    return {
        "administrator": administrator,
        "customer": customer,
        "cart_id": own,
        "mask": mask,
        "items": items,
        "option": option,
        "choice": choice,
        "bulk": bulk.get_json()["bulk_uuid"],
        "stock_id": stock_id,
        "address_id": shop.get("customers/1")["addresses"][0]["id"],
    }


def routes(app):
    """The addresses of the REST API: method and rule to what the view needs of its caller."""
    return {
        (method, rule.rule): app.view_functions[rule.endpoint].resource
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST", "PUT", "DELETE"}
        if rule.rule.startswith("/rest/V1/")
    }


class Attacker:
    """Sends, and looks at what comes back; the shop is as it was after each call."""

    def __init__(self, shop: Shop, *, watching: bool = True) -> None:
        self.watching = watching
        self.shop = shop
        self.app = shop.client.application
        self.known = furnish(shop)
        self.routes = routes(self.app)
        self.simulation = self.app.extensions["simulation"]
        self.turns = itertools.count()
        self.said = ""
        self.statuses: dict[int, int] = defaultdict(int)
        with self.app.app_context():
            self.simulation.snapshot(FURNISHED)
        self.before = self.rows()
        self.image = self.bytes()

    def bytes(self):
        with self.app.app_context():
            db.session.remove()
            if db.engine.dialect.name != "sqlite":
                return b""
            with db.engine.connect() as connection:
                return connection.connection.driver_connection.serialize()

    def rows(self):
        """Every table, but for what a refused call may write."""
        with self.app.app_context():
            db.session.remove()
            with db.engine.connect() as connection:
                return {
                    table.name: list(
                        map(tuple, connection.execute(select(table).order_by(*table.primary_key)))
                    )
                    for table in Base.metadata.sorted_tables
                    if table.name not in NOT_STATE
                }

    def restore(self):
        with self.app.app_context():
            self.simulation.restore(FURNISHED)

    def headers(self, resource):
        if resource == ANONYMOUS:
            return {}
        return self.known["customer" if resource == SELF else "administrator"]

    def address(self, rule, **slots):
        """The address of a rule that leads to something, with other words where they are given."""
        words = {**self.words(rule), **slots}
        return VARIABLE.sub(lambda found: str(words.get(found[1], 1)), rule)

    def words(self, rule):
        """What there is, by the variables of a rule."""
        known = self.known
        is_bundle, is_guest = "bundle-" in rule, "guest-" in rule
        door = f"guest-carts/{known['mask']}" if is_guest else f"carts/{known['cart_id']}"
        return {
            "sku": "SET" if is_bundle else "SHIRT" if "configurable-" in rule else "A",
            "child_sku": "A",
            "order_id": 3,
            "cart_id": known["mask"] if is_guest else known["cart_id"],
            "mask": known["mask"],
            "option_id": known["option"]["option_id"] if is_bundle else known["choice"]["id"],
            "link_id": known["option"]["product_links"][0]["id"],
            "item_id": known["items"]["carts/mine" if "mine" in rule else door],
            "email": CUSTOMER,
            "code": "east",
            "stock_id": known["stock_id"],
            "address_id": known["address_id"],
            "bulk_uuid": known["bulk"],
            "attribute_code": "price",
            "country_id": "US",
            "type": "website",
        }

    def send(self, method, rule, address=None, *, prefix="", **more):
        """One call by whoever may make it."""
        headers = {**self.headers(self.routes[method, rule]), **more.pop("headers", {})}
        path = self.address(rule) if address is None else address
        path = path.replace("/rest/V1", f"/rest{prefix}/V1", 1)
        answer = self.shop.client.open(path, method=method, headers=headers, **more)
        asked = f"{method} {answer.request.full_path}"
        self.judge(asked, answer.status_code, answer.get_data(), answer.headers)
        return answer

    def judge(self, asked, status, content, headers):
        """No trace, the envelope of errors, a reason for what is masked, and nothing half-saved."""
        self.statuses[status] += 1
        assert not [trace for trace in TRACES if trace in content], content[:300]
        assert headers["Content-Type"].endswith("; charset=utf-8")
        if status >= 500:
            self.said = self.reason()
            assert b"Report ID: webapi-" in content, (self.said, content[:300], asked)
            assert any(re.match(known, self.said) for known in REASONS), (self.said, asked)
        elif status >= 400:
            assert len(content) < LONGEST, asked
            assert "json" not in headers["Content-Type"] or set(json.loads(content)) <= ENVELOPE, content
        else:
            assert status in {200, 202}, (asked, status)
        self._compare(asked, status, content)

    def _compare(self, asked, status, content):
        """A refusal has changed nothing; what was changed can be shown, and is taken back."""
        if not self.watching or self.bytes() == self.image:
            return
        rows = self.rows()
        changed = {name for name in rows if rows[name] != self.before[name]}
        if status >= 400:
            assert not changed, (changed, content[:300], asked)
        elif changed:
            self.look(asked, changed)
        self.restore()

    def look(self, asked, changed):
        """Whatever was accepted can be shown again."""
        for name in changed & set(SHOWN):
            path = f"/rest/all/V1/{SHOWN[name]}?searchCriteria"
            answer = self.shop.client.get(path, headers=self.known["administrator"])
            assert answer.status_code == 200, (path, self.reason(), asked)
        if next(self.turns) % STATE_EACH == 0:
            answer = self.shop.client.get("/_sim/state")
            assert answer.status_code == 200, (asked, answer.get_data()[:300])

    def reason(self):
        with self.app.app_context():
            query = select(LogEntry.message).order_by(LogEntry.entry_id.desc())
            return db.session.scalars(query).first() or ""
