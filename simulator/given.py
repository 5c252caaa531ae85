"""The world before the first step: sets up what ``given`` says in an empty world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simkit.times import parse_time
from simulator import defaults
from simulator.problems import StepFailed
from simulator.scenario.model import Given
from simulator.stage import Stage
from simulator.stockbook import StockBook


@dataclass(frozen=True)
class Store:
    """A store of the scenario with its defaults filled in."""

    name: str = defaults.STORE
    marketplace: str = defaults.MARKETPLACE
    seller: str = defaults.SELLER
    website: str = defaults.WEBSITE
    connected: str = "now"
    settings: Mapping[str, Any] = field(default_factory=dict)


def stores_of(given: Given) -> dict[str, Store]:
    """The stores by name, the first one being the default of every verb."""
    wishes = given.stores or ({"name": defaults.STORE},)
    return {store["name"]: Store(**store) for store in wishes}


def set_up(world: Stage, given: Given, stock: StockBook) -> dict[str, str]:
    """Make the world of ``given`` out of an empty one; answers Amazon's order ids by the scenario's names.

    Raises StepFailed, ControlRefused.
    """
    _furnish_shop(world, given, stock)
    stores = stores_of(given)
    tokens = _open_accounts(world, given, stores)
    ids = _place_orders(world, given, stores)
    _connect_all(world, given, stores, tokens)
    for mock in (world.amazon, world.commerce):
        mock.delete("/journal")
    return ids


def store_of(value: Mapping[str, Any], stores: Mapping[str, Store]) -> Store:
    """The store that a verb names, the first one where it names none."""
    return stores[value["store"]] if "store" in value else next(iter(stores.values()))


def order_body(order: Mapping[str, Any], stores: Mapping[str, Store]) -> dict[str, Any]:
    """An ``amazon.order`` value as Amazon's control API wants it: seller and marketplace for the store."""
    store = store_of(order, stores)
    body = {key: value for key, value in order.items() if key != "store"}
    return {**body, "seller": store.seller, "marketplace": store.marketplace}


def payload_body(payload: Mapping[str, Any], stores: Mapping[str, Store]) -> dict[str, Any]:
    """An ``amazon.payload`` value for the control API; without a store the payload tells the marketplace."""
    if "store" in payload:
        return order_body(payload, stores)
    return {**payload, "seller": store_of(payload, stores).seller}


def _furnish_shop(world: Stage, given: Given, stock: StockBook) -> None:
    for website in given.websites:
        world.commerce.post("/websites", dict(website))
    for source in given.sources:
        world.commerce.post("/sources", dict(source))
    if given.commerce:
        world.commerce.post("/config", dict(given.commerce))
    for product in given.catalog:
        world.commerce.post("/products", dict(product))
        stock.product_saved(product, None)


def _open_accounts(world: Stage, given: Given, stores: Mapping[str, Store]) -> dict[str, str]:
    """A seller account for each seller of the stores, switched; answers their refresh tokens."""
    tokens = {}
    for seller in dict.fromkeys(store.seller for store in stores.values()):
        places = [store.marketplace for store in stores.values() if store.seller == seller]
        account = world.amazon.post("/sellers", {"seller": seller, "marketplaces": places})
        tokens[seller] = account["refresh_token"]
        if given.amazon_account:
            world.amazon.post("/account", {"seller": seller, **given.amazon_account})
    return tokens


def _place_orders(world: Stage, given: Given, stores: Mapping[str, Store]) -> dict[str, str]:
    ids = {}
    for order in given.amazon_orders:
        answer = world.amazon.post("/orders", order_body({"placed": "-1h", **order}, stores))
        ids[order["id"]] = answer["amazon_order_id"]
    return ids


def _connect_all(world: Stage, given: Given, stores: Mapping[str, Store], tokens: Mapping[str, str]) -> None:
    """Connect each store as of its time."""
    for store in stores.values():
        moment = parse_time(store.connected, given.clock)
        if moment > given.clock:
            raise StepFailed(f"given.stores: {store.name!r} is connected after the clock's start")
        _connect(world, store, tokens[store.seller], moment)
        if settings := {**given.settings, **store.settings}:
            world.connector.change_settings(settings, store=store.name)


def _connect(world: Stage, store: Store, token: str, moment: datetime) -> None:
    connector = world.connector
    connector.add_store(store.name, marketplace=store.marketplace, seller=store.seller, website=store.website)
    connector.connect_store(store.name, token, moment)
