"""A real order, from its payload to what becomes of it: a scenario of one order, played and told in words."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mock_amazon.marketplaces import BY_ID
from mock_amazon.wire.payload import read
from mock_amazon.wire.payload_parts import Draft, UnusablePayload
from simulator.explain import stories
from simulator.play import Play
from simulator.scenario import language
from simulator.scenario.model import Scenario
from simulator.scenario.payloads import UnusableFile, document
from simulator.scenario.steps import take
from simulator.world import World

_RUNS = 2
_PLENTY = 100
_NAME = "A1"


class NotReproduced(Exception):
    """A file that is no order; the message names it, the field, and what is wrong."""


@dataclass(frozen=True)
class Told:
    """What became of an order, in lines; ``blocked`` is whether somebody has to do something."""

    lines: tuple[str, ...]
    blocked: bool


def reproduce(
    order: Path,
    items: Path | None,
    pick: str | None,
    *,
    products: bool,
    prepared: Callable[[Scenario], Scenario] | None = None,
) -> Told:
    """Play the order in an empty world whose shop has its products, or has none.

    Raises NotReproduced, ControlRefused.
    """
    draft = _checked(order, items, pick)
    with tempfile.TemporaryDirectory() as folder, World() as world:
        given = _given(draft, products=products)
        (scenario,) = language.load(_written(Path(folder), order, items, pick, given))
        play = Play(world, prepared(scenario) if prepared else scenario)
        world.reset(scenario.given.clock, scenario.given.seed)
        play.begin()
        for step in play.scenario.steps:
            take(play, step)
        return _told(play, draft)


def _checked(order: Path, items: Path | None, pick: str | None) -> Draft:
    try:
        return read(document(order), None if items is None else document(items), pick)
    except UnusablePayload as error:
        file = items if error.part == "items" and items else order
        raise NotReproduced(f"{file}: {error}") from error
    except UnusableFile as error:
        raise NotReproduced(str(error)) from error


def _given(draft: Draft, *, products: bool) -> dict[str, Any]:
    market = BY_ID.get(draft.marketplace_id)
    units: dict[str, int] = {}
    for line in draft.lines:
        if line.sku:
            units[line.sku] = units.get(line.sku, 0) + line.quantity
    catalog = [{"sku": sku, "qty": max(count, _PLENTY)} for sku, count in units.items()] if products else []
    store = {"name": "Main store", "marketplace": market.code if market else "US"}
    return {"stores": [store], "catalog": catalog}


def _written(folder: Path, order: Path, items: Path | None, pick: str | None, given: dict[str, Any]) -> Path:
    """The scenario as a file, with the payload beside it; JSON is YAML too."""
    step = {"id": _NAME, "order": "order.json"}
    (folder / "order.json").write_bytes(order.read_bytes())
    if items is not None:
        step["items"] = "items.json"
        (folder / "items.json").write_bytes(items.read_bytes())
    if pick is not None:
        step["pick"] = pick
    steps: list[dict[str, Any]] = [{"amazon.payload": step}, {"cron": _RUNS}]
    path = folder / "payload.yaml"
    scenario = {"scenario": "A real order", "given": given, "steps": steps}
    path.write_text(json.dumps(scenario), encoding="utf-8")
    return path


def _told(play: Play, draft: Draft) -> Told:
    view = play.views.order(_NAME)
    lines = list(stories(play, []))
    if view["resolution"]:
        lines.append(f"    to do: {view['resolution']}")
    if draft.losses:
        lines.append(f"    not taken from the payload: {', '.join(draft.losses)}")
    return Told(tuple(lines), bool(view["blocker"]))
