"""The verbs at work: one table from each verb to what it does and which programs it may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from connector.domain.settings import InvalidSetting
from connector.stores import StoreError
from mock_commerce.access.auth import EVERYTHING
from mock_commerce.access.resources import RESOURCES
from mock_commerce.populate import FIRST_ROLE
from simkit.times import parse_duration
from simulator.control import Control, part
from simulator.crontime import next_runs
from simulator.given import order_body, payload_body, store_of
from simulator.play import Play
from simulator.problems import StepFailed
from simulator.scenario.given import ALL_FAULTS
from simulator.scenario.model import Step
from simulator.views import AMAZON, COMMERCE, CONNECTOR, SYSTEMS
from simulator.wire import KillAt

Value = Any


@dataclass(frozen=True)
class Verb:
    """What a verb does, and which programs it may change; a run of the connector sees to that itself."""

    do: Callable[[Play, Value], None]
    changes: tuple[str, ...] = ()


def take(play: Play, step: Step) -> None:
    """Carry out one step and check what has to hold after it.

    Raises StepFailed, ControlRefused, ExpectationFailed, NeverHappened, InvariantBroken.
    """
    if step.verb == "never":
        play.nevers.append(step)
    verb = VERBS[step.verb]
    verb.do(play, step.value)
    play.views.forget(*verb.changes)
    play.check()


def _rest(value: Mapping[str, Any], *without: str) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key not in without}


def _place_amazon_order(play: Play, value: Value) -> None:
    answer = play.world.amazon.post("/orders", order_body(value, play.stores))
    play.names.amazon[value["id"]] = answer["amazon_order_id"]


def _place_payload(play: Play, value: Value) -> None:
    answer = play.world.amazon.post("/payload", payload_body(value, play.stores))
    play.names.amazon[value["id"]] = answer["amazon_order_id"]


def _amazon_order(action: str) -> Callable[[Play, Value], None]:
    def do(play: Play, value: Value) -> None:
        number = play.names.amazon[value["order"]]
        play.world.amazon.post(f"/orders/{number}/{action}", _rest(value, "order"))

    return do


def _switch_account(play: Play, value: Value) -> None:
    seller = store_of(value, play.stores).seller
    play.world.amazon.post("/account", {"seller": seller, **_rest(value, "store")})


def _list_item(play: Play, value: Value) -> None:
    store = next(iter(play.stores.values()))
    account = {"seller": store.seller, "marketplace": store.marketplace}
    play.world.amazon.post("/listings", {**account, **value})


def _commerce_order(action: str) -> Callable[[Play, Value], None]:
    def do(play: Play, value: Value) -> None:
        order = play.views.shop_order(value["order"])
        if order is None:
            raise StepFailed(f"{value['order']} has no Commerce order")
        play.world.commerce.post(f"/orders/{order['entity_id']}/{action}", _rest(value, "order"))

    return do


def _save_product(play: Play, value: Value) -> None:
    play.world.commerce.post("/products", dict(value))
    play.views.forget(COMMERCE)
    play.stock.product_saved(value, play.views.commerce)


def _delete_product(play: Play, value: Value) -> None:
    play.world.commerce.post("/products/delete", dict(value))
    play.stock.product_deleted(value["sku"])


def _set_stock(play: Play, value: Value) -> None:
    play.world.commerce.post("/stock", dict(value))
    play.views.forget(COMMERCE)
    play.stock.stock_set(value, play.views.commerce)


def _place_shop_order(play: Play, value: Value) -> None:
    play.world.commerce.post("/orders", dict(value))


def _configure_shop(play: Play, value: Value) -> None:
    play.world.commerce.post("/config", dict(value))


def _limit_role(play: Play, value: Value) -> None:
    given = value.get("resources")
    if given is None:
        lacking = {*value["lacks"], EVERYTHING}
        given = [name for name in RESOURCES if name not in lacking] if value["lacks"] else [EVERYTHING]
    play.world.commerce.post("/roles", {"name": FIRST_ROLE, "resources": given})


def _sync(play: Play, value: Value) -> None:
    kill = KillAt(**value["kill_at"]) if "kill_at" in value else None
    play.run(value.get("store"), kill, value.get("parallel", 1))


def _cron(play: Play, times: int) -> None:
    for _ in range(times):
        moment, due = next_runs(play.world.clock.now(), play.views.connector["stores"])
        play.world.clock.set(moment)
        for store in due:
            play.run(store)


def _change_settings(play: Play, value: Value) -> None:
    try:
        play.world.connector.change_settings(_rest(value, "store"), store=value.get("store"))
    except (InvalidSetting, StoreError) as error:
        raise StepFailed(str(error)) from error


def _match(play: Play, value: Value) -> None:
    try:
        play.world.connector.match(value["seller_sku"], value["sku"], store=value.get("store"))
    except StoreError as error:
        raise StepFailed(str(error)) from error
    play.names.matched.setdefault(value["seller_sku"], set()).add(value["sku"])


def _restart(play: Play, _value: Value) -> None:
    play.world.restart()


def _advance(play: Play, value: Value) -> None:
    play.world.clock.advance(parse_duration(value))


def _plan_fault(play: Play, value: Value) -> None:
    system = value["system"]
    wish = _rest(value, "system")
    if "order" in wish:
        wish["order"] = _order_id(play, wish["order"])
    answer = _control(play, system).post("/faults", wish)
    play.names.faults[answer["name"]] = (system, answer["id"])


def _order_id(play: Play, name: str) -> str:
    """The number under which a mock's calls carry that order."""
    if name in play.names.amazon:
        return play.names.amazon[name]
    order = play.views.shop_order(name)
    if order is None:
        raise StepFailed(f"there is no order {name} yet")
    return str(order["increment_id"])


def _clear_faults(play: Play, name: str) -> None:
    names = list(play.names.faults) if name == ALL_FAULTS else [name]
    for one in names:
        system, fault_id = play.names.faults.pop(one)
        _control(play, system).delete(f"/faults/{part(fault_id)}")


def _control(play: Play, system: str) -> Control:
    return play.world.amazon if system == AMAZON else play.world.commerce


def _expect(play: Play, value: Value) -> None:
    play.expect(value)


def _nothing(_play: Play, _value: Value) -> None:
    """Said, not done: ``take`` keeps a never, a note is narration."""


VERBS: dict[str, Verb] = {
    "amazon.order": Verb(_place_amazon_order, (AMAZON,)),
    "amazon.payload": Verb(_place_payload, (AMAZON,)),
    "amazon.confirm": Verb(_amazon_order("confirm"), (AMAZON,)),
    "amazon.ship": Verb(_amazon_order("ship"), (AMAZON,)),
    "amazon.cancel": Verb(_amazon_order("cancel"), (AMAZON,)),
    "amazon.cancel_line": Verb(_amazon_order("cancel_line"), (AMAZON,)),
    "amazon.request_cancel": Verb(_amazon_order("request_cancel"), (AMAZON,)),
    "amazon.edit": Verb(_amazon_order("edit"), (AMAZON,)),
    "amazon.hide": Verb(_amazon_order("hide"), (AMAZON,)),
    "amazon.account": Verb(_switch_account, (AMAZON,)),
    "amazon.listing": Verb(_list_item, (AMAZON,)),
    "commerce.product": Verb(_save_product, (COMMERCE,)),
    "commerce.delete_product": Verb(_delete_product, (COMMERCE,)),
    "commerce.stock": Verb(_set_stock, (COMMERCE,)),
    "commerce.order": Verb(_place_shop_order, (COMMERCE,)),
    "commerce.ship": Verb(_commerce_order("ship"), (COMMERCE,)),
    "commerce.invoice": Verb(_commerce_order("invoice"), (COMMERCE,)),
    "commerce.cancel": Verb(_commerce_order("cancel"), (COMMERCE,)),
    "commerce.hold": Verb(_commerce_order("hold"), (COMMERCE,)),
    "commerce.unhold": Verb(_commerce_order("unhold"), (COMMERCE,)),
    "commerce.config": Verb(_configure_shop, (COMMERCE,)),
    "commerce.role": Verb(_limit_role, (COMMERCE,)),
    "connector.sync": Verb(_sync),
    "connector.settings": Verb(_change_settings, (CONNECTOR,)),
    "connector.match": Verb(_match, (CONNECTOR,)),
    "connector.restart": Verb(_restart, (CONNECTOR,)),
    "cron": Verb(_cron),
    "advance": Verb(_advance, SYSTEMS),
    "fault": Verb(_plan_fault),
    "clear_faults": Verb(_clear_faults),
    "expect": Verb(_expect),
    "never": Verb(_nothing),
    "note": Verb(_nothing),
}
