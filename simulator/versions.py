"""A scenario as it is played with another version of Amazon's Orders API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from connector.domain.settings import SETTINGS
from simulator.scenario.model import Scenario

SETTING = "orders_api_version"
VERSIONS = SETTINGS[SETTING].choices


def reading(version: str, scenario: Scenario) -> Scenario:
    """The scenario with that version in all stores, but for what it says of the version itself."""
    given = scenario.given
    return replace(scenario, given=replace(given, settings={SETTING: version, **given.settings}))


def without_version(end_state: Mapping[str, Any]) -> dict[str, Any]:
    """An end state that is to be the same with either version: all but the setting itself."""
    stores = {
        name: store | {"settings": {key: value for key, value in store["settings"].items() if key != SETTING}}
        for name, store in end_state["stores"].items()
    }
    return {**end_state, "stores": stores}


def names_a_version(scenario: Scenario) -> bool:
    """Whether the scenario is about one version, and not to be played with another."""
    return SETTING in scenario.given.settings
