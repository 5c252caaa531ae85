"""The world before the first step: resets everything and sets up what ``given`` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simkit.times import parse_time
from simulator import defaults
from simulator.problems import StepFailed
from simulator.scenario.model import Given
from simulator.stockbook import StockBook
from simulator.world import World


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


def set_up(world: World, given: Given, seed: int | None, stock: StockBook) -> dict[str, str]:
    """Make the world of ``given``; answers Amazon's order ids by the scenario's names.

    Raises StepFailed, ControlRefused.
    """
    _reset(world, given.clock, given.seed if seed is None else seed)
    _furnish_shop(world, given, stock)
    stores = stores_of(given)
    tokens = _open_accounts(world, stores)
    ids = _place_orders(world, given, stores)
    _connect_all(world, given, stores, tokens)
    for mock in (world.amazon, world.commerce):
        mock.delete("/journal")
    return ids


def order_body(order: Mapping[str, Any], stores: Mapping[str, Store]) -> dict[str, Any]:
    """An ``amazon.order`` value as Amazon's control API wants it: seller and marketplace for the store."""
    store = stores[order["store"]] if "store" in order else next(iter(stores.values()))
    body = {key: value for key, value in order.items() if key != "store"}
    return {**body, "seller": store.seller, "marketplace": store.marketplace}


def _reset(world: World, clock: datetime, seed: int) -> None:
    world.clock.freeze()
    world.clock.set(clock)
    for mock in (world.amazon, world.commerce):
        mock.post("/reset", {"seed": seed})
    world.wipe_connector()


def _furnish_shop(world: World, given: Given, stock: StockBook) -> None:
    for website in given.websites:
        world.commerce.post("/websites", dict(website))
    for source in given.sources:
        world.commerce.post("/sources", dict(source))
    if given.commerce:
        world.commerce.post("/config", dict(given.commerce))
    for product in given.catalog:
        world.commerce.post("/products", dict(product))
        stock.product_saved(product, None)


def _open_accounts(world: World, stores: Mapping[str, Store]) -> dict[str, str]:
    """A seller account for each seller of the stores; answers their refresh tokens."""
    tokens = {}
    for seller in dict.fromkeys(store.seller for store in stores.values()):
        places = [store.marketplace for store in stores.values() if store.seller == seller]
        account = world.amazon.post("/sellers", {"seller": seller, "marketplaces": places})
        tokens[seller] = account["refresh_token"]
    return tokens


def _place_orders(world: World, given: Given, stores: Mapping[str, Store]) -> dict[str, str]:
    ids = {}
    for order in given.amazon_orders:
        answer = world.amazon.post("/orders", order_body({"placed": "-1h", **order}, stores))
        ids[order["id"]] = answer["amazon_order_id"]
    return ids


def _connect_all(world: World, given: Given, stores: Mapping[str, Store], tokens: Mapping[str, str]) -> None:
    """Connect each store as of its time."""
    for store in stores.values():
        moment = parse_time(store.connected, given.clock)
        if moment > given.clock:
            raise StepFailed(f"given.stores: {store.name!r} is connected after the clock's start")
        _connect(world, store, tokens[store.seller], moment)
        if settings := {**given.settings, **store.settings}:
            world.process.connector.change_settings(settings, store=store.name)


def _connect(world: World, store: Store, token: str, moment: datetime) -> None:
    connector = world.process.connector
    connector.add_store(store.name, marketplace=store.marketplace, seller=store.seller, website=store.website)
    connector.connect_store(store.name, token, moment)
