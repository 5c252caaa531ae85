"""The switches of a seller account: what Amazon grants to it, and how it answers. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mock_amazon.quirks import QUIRKS, switched_on

WORDS: Mapping[str, tuple[str, ...]] = {
    "v0_reads": ("on", "removed"),
    "throttling": ("on", "off"),
    "pii": ("granted", "withheld", "forbidden"),
}
"""Each switch with its positions, the default first."""
ACCESS = ("granted", "expired", "revoked")
"""Whether the seller lets applications in. Expired is an act: living access tokens end, new ones come."""


@dataclass(frozen=True)
class Switches:
    """The positions of one account."""

    v0_reads: str
    throttling: str
    pii: str
    quirks: frozenset[str]
    """The quirks that are on."""
    life: str | Mapping[str, str]
    """What happens by itself to orders that are placed without a word about it."""

    def as_dict(self) -> dict[str, Any]:
        return {
            "v0_reads": self.v0_reads,
            "throttling": self.throttling,
            "pii": self.pii,
            "quirks": {name: "on" if name in self.quirks else "off" for name in QUIRKS},
            "life": self.life,
        }


def switches_of(changes: Mapping[str, Any]) -> Switches:
    """The positions of an account of which only the changes are kept."""
    words = {name: changes.get(name, positions[0]) for name, positions in WORDS.items()}
    return Switches(**words, quirks=switched_on(changes.get("quirks", {})), life=changes.get("life", "none"))


def switched(changes: Mapping[str, Any], wish: Mapping[str, Any]) -> dict[str, Any]:
    """The changes when these switches are moved too; quirks that are not named stay."""
    quirks = {**changes.get("quirks", {}), **wish.get("quirks", {})}
    return {**changes, **wish, "quirks": quirks}
