"""The calls to Commerce's REST API that the connector makes, all but the placing of orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import requests

from connector.commerce.criteria import Filter, any_of, chunks, search
from connector.commerce.schemas import (
    DEMAND_FIELDS,
    ORDER_FIELDS,
    PlacedOrder,
    read_demand,
    read_order,
    read_product,
    read_shipment,
)
from connector.domain.assessment import Product
from connector.domain.blockers import Code
from connector.domain.fulfilment import CommerceShipment
from connector.errors import AbortRun, GiveUpOnOrder
from connector.http import Http, content, shaped

SYSTEM = "Commerce"
PAGE = 200
"""Orders of one list call; with its input limits switched on, Commerce allows 300."""
UNFINISHED = "new,pending_payment,payment_review,processing,holded"
"""States of orders that may still need units from the stock."""
NO_ROUTE = "Request does not match any route."


@dataclass(frozen=True)
class Website:
    """A website of the shop, with its default store view and stock."""

    id: int
    code: str
    store_view: str
    stock_id: int


@dataclass(frozen=True)
class StoreView:
    """A store view: its code, and what people call it."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Stock:
    """Salable units of a product, and the quantity rule that the asked number breaks, if any."""

    units: Decimal
    broken_rule: str = ""


class CommerceClient:
    """Commerce's REST API as an administrator. A refused token is renewed once, then the run is aborted."""

    def __init__(self, http: Http, username: str, password: str) -> None:
        self._http = http
        self._login = {"username": username, "password": password}
        self._token = ""

    def call(self, method: str, path: str, *, view: str = "", **kwargs: Any) -> Any:
        """The content of the answer; ``view``: as that store view sees it.

        Raises GiveUpOnOrder with Commerce's own words, RetryLater, AbortRun.
        """
        address = f"/rest/{quote(view, safe='')}/V1/{path}" if view else f"/rest/V1/{path}"
        answer = self._http.call(method, address, headers=self._headers(), **kwargs)
        if answer.status_code == requests.codes.unauthorized:
            self._token = ""
            answer = self._http.call(method, address, headers=self._headers(), **kwargs)
        if answer.status_code == requests.codes.unauthorized:
            raise AbortRun(Code.AUTH_FAILED, f"Commerce refuses access: {rendered(answer.json())}")
        if not answer.ok:
            raise GiveUpOnOrder(_reason(answer), status=answer.status_code)
        return content(answer, SYSTEM)

    @shaped(SYSTEM)
    def modules(self) -> list[str]:
        return list(self.call("GET", "modules"))

    @shaped(SYSTEM)
    def website(self, code: str) -> Website:
        """The website of that code.

        Raises GiveUpOnOrder where there is none.
        """
        for site in self.call("GET", "store/websites"):
            if site["code"] == code:
                view = self._default_view(int(site["id"]))
                stock = self.call("GET", f"inventory/stock-resolver/website/{quote(code, safe='')}")
                return Website(int(site["id"]), code, view, int(stock["stock_id"]))
        raise GiveUpOnOrder(f"Commerce has no website {code!r}", status=404)

    @shaped(SYSTEM)
    def store_views(self, website_id: int) -> list[StoreView]:
        """The store views of a website, the oldest first: that is its default one."""
        views = [
            StoreView(int(view["id"]), str(view["code"]), str(view.get("name") or view["code"]))
            for view in self.call("GET", "store/storeViews")
            if int(view["website_id"]) == website_id and view["code"] != "admin"
        ]
        return sorted(views, key=lambda view: view.id)

    @shaped(SYSTEM)
    def products(self, skus: Iterable[str]) -> list[Product]:
        fields = "items[id,sku,status,type_id,extension_attributes[website_ids]],total_count"
        found: list[Product] = []
        for chunk in chunks(skus):
            query = search([any_of("sku", chunk)], fields=fields, size=0)
            found += map(read_product, self._items("products", query))
        return found

    @shaped(SYSTEM)
    def physical(self, skus: Iterable[str]) -> dict[str, Decimal]:
        """SKU to the units at sources that are in stock; reservations are not counted off."""
        units: dict[str, Decimal] = {}
        for chunk in chunks(skus):
            query = search([any_of("sku", chunk)], fields="items[sku,quantity,status],total_count", size=0)
            for item in self._items("inventory/source-items", query):
                if int(item["status"]) == 1:
                    sku = str(item["sku"])
                    units[sku] = units.get(sku, Decimal(0)) + Decimal(item["quantity"])
        return units

    @shaped(SYSTEM)
    def stock(self, sku: str, stock_id: int, needed: int, *, thorough: bool = False) -> Stock:
        """What can be sold of a product; a second call where the number alone does not settle it.

        ``thorough`` asks for the quantity rules even if there is enough.
        """
        segment = f"{quote(sku, safe='')}/{stock_id}"
        units = Decimal(self.call("GET", f"inventory/get-product-salable-quantity/{segment}"))
        if units >= needed and not thorough:
            return Stock(units)
        verdict = self.call("GET", f"inventory/is-product-salable-for-requested-qty/{segment}/{needed}")
        if verdict["salable"]:  # backorders, or stock that is not managed: any number can be sold (B-28)
            return Stock(max(units, Decimal("Infinity") if units < needed else units))
        rules = [error for error in verdict["errors"] if str(error["code"]).startswith("is_correct_qty")]
        return Stock(units, rendered(rules[0]) if rules else "")

    @shaped(SYSTEM)
    def never_runs_out(self, sku: str) -> bool:
        """Whether any number of a product can be sold: backorders, unmanaged stock (B-28, B-29)."""
        item = self.call("GET", f"stockItems/{quote(sku, safe='')}")
        return not item["manage_stock"] or int(item["backorders"]) > 0

    @shaped(SYSTEM)
    def open_demand(self) -> Counter[str]:
        """Units that unfinished orders still need, whatever was reserved, by SKU in small letters."""
        demand: Counter[str] = Counter()
        last = 0
        while True:
            groups = [[Filter("state", UNFINISHED, "in")], [Filter("entity_id", str(last), "gt")]]
            query = search(groups, fields=DEMAND_FIELDS, size=PAGE, sort="entity_id")
            orders = self._items("orders", query)
            for order in orders:
                demand.update(read_demand(order))
            if len(orders) < PAGE:
                return demand
            last = int(orders[-1]["entity_id"])

    def orders_by_amazon_id(self, amazon_order_ids: Iterable[str]) -> dict[str, PlacedOrder]:
        found: dict[str, PlacedOrder] = {}
        for chunk in chunks(amazon_order_ids):
            query = search([any_of("ext_order_id", chunk)], fields=ORDER_FIELDS, size=0)
            # Where a cancelled order and a live one carry the number, the live one counts.
            orders = sorted(self._orders(query), key=lambda order: order.state != "canceled")
            found.update((order.ext_order_id, order) for order in orders)
        return found

    def orders_updated_since(self, moment: str) -> Iterator[PlacedOrder]:
        """Orders with an outside number that changed at or after a moment, oldest change first.

        Goes on by time, not by page: an order that changes meanwhile moves to the end, and by page
        numbers the one behind it would be missed. Some may come twice.
        """
        page = 1
        while True:
            groups = [[Filter("updated_at", moment, "gteq")], [Filter("ext_order_id", "1", "notnull")]]
            orders = self._orders(
                search(groups, fields=ORDER_FIELDS, size=PAGE, page=page, sort="updated_at")
            )
            yield from orders
            if len(orders) < PAGE:
                return
            last = orders[-1].updated_at
            moment, page = (last, 1) if last > moment else (moment, page + 1)

    @shaped(SYSTEM)
    def order(self, entity_id: int) -> PlacedOrder:
        return read_order(self.call("GET", f"orders/{entity_id}"))

    @shaped(SYSTEM)
    def shipments(self, order_ids: Iterable[int]) -> list[CommerceShipment]:
        found: list[CommerceShipment] = []
        for chunk in chunks(order_ids):
            query = search([any_of("order_id", map(str, chunk))], fields="items", size=0, sort="entity_id")
            found += map(read_shipment, self._items("shipments", query))
        return found

    def ship(
        self, entity_id: int, units: Mapping[int, int], tracks: Sequence[Mapping[str, str]], comment: str
    ) -> int:
        """Make a shipment of some units; the buyer is not told (L-08). Answers its id."""
        body = {
            "items": [{"order_item_id": item, "qty": quantity} for item, quantity in units.items()],
            "tracks": list(tracks),
            "notify": False,
            "appendComment": False,
            "comment": {"comment": comment, "is_visible_on_front": 0},
        }
        return int(self.call("POST", f"order/{entity_id}/ship", json=body))

    def invoice(self, entity_id: int, units: Mapping[int, int] | None = None) -> None:
        """Invoice some units, or all that are left, offline: Amazon holds the money (F-14)."""
        body: dict[str, Any] = {"capture": False, "notify": False}
        if units is not None:
            body["items"] = [{"order_item_id": item, "qty": quantity} for item, quantity in units.items()]
        self.call("POST", f"order/{entity_id}/invoice", json=body)

    def cancel(self, entity_id: int) -> bool:
        """Whether Commerce says that it cancelled; look at the order all the same (F79)."""
        return bool(self.call("POST", f"orders/{entity_id}/cancel"))

    def system_message(self, text: str) -> None:
        self.call("PUT", "amazon-sales-channel/system-message", json={"text": text})

    @shaped(SYSTEM)
    def _orders(self, query: Mapping[str, str]) -> list[PlacedOrder]:
        return [read_order(item) for item in self._items("orders", query)]

    def _items(self, path: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        return list(self.call("GET", path, params=query).get("items") or [])

    def _default_view(self, website_id: int) -> str:
        views = self.store_views(website_id)
        if not views:
            raise GiveUpOnOrder(f"Commerce's website {website_id} has no store view", status=404)
        return views[0].code

    def _headers(self) -> dict[str, str]:
        if not self._token:
            answer = self._http.call("POST", "/rest/V1/integration/admin/token", json=self._login)
            if not answer.ok:
                raise AbortRun(Code.AUTH_FAILED, f"Commerce refuses the login: {_reason(answer)}")
            self._token = str(content(answer, SYSTEM))
        return {"Authorization": f"Bearer {self._token}"}


def rendered(error: Mapping[str, Any]) -> str:
    """Commerce's message with its placeholders filled in."""
    message = str(error.get("message", ""))
    parameters = error.get("parameters") or {}
    named = parameters if isinstance(parameters, dict) else dict(enumerate(parameters, start=1))
    for name, value in named.items():
        message = message.replace(f"%{name}", str(value))
    return message


def _reason(answer: requests.Response) -> str:
    try:
        return rendered(answer.json())
    except (ValueError, AttributeError):
        return f"status {answer.status_code}"
