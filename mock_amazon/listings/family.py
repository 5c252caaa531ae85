"""How listings belong together: variations of a parent, packages that hold others. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from mock_amazon.listings.attributes import Attributes, text_of

VARIATION, PACKAGE = "VARIATION", "PACKAGE_HIERARCHY"
_PARENT, _CONTAINS, _THEME = "child_parent_sku_relationship", "package_contains_sku", "variation_theme"


class Member(Protocol):
    """What a listing has to tell of itself here."""

    @property
    def seller_sku(self) -> str: ...
    @property
    def attributes(self) -> dict[str, list[dict[str, Any]]]: ...


def parents_of(attributes: Attributes) -> list[str]:
    """The SKUs of which it is a variation."""
    return _named(attributes, _PARENT, "parent_sku")


def contents_of(attributes: Attributes) -> list[str]:
    """The SKUs that its package holds."""
    return _named(attributes, _CONTAINS, "sku")


def relationships_of(listing: Member, all_listings: Sequence[Member]) -> Iterator[dict[str, Any]]:
    """Its relationships as the API tells them; ``all_listings`` are those of its marketplace."""
    sku, mine = listing.seller_sku, listing.attributes
    children = [one.seller_sku for one in all_listings if sku in parents_of(one.attributes)]
    if children or parents_of(mine):
        yield {**_skus(children, parents_of(mine)), **_theme(mine), "type": VARIATION}
    holders = [one.seller_sku for one in all_listings if sku in contents_of(one.attributes)]
    if holders or contents_of(mine):
        yield {**_skus(contents_of(mine), holders), "type": PACKAGE}


def _skus(children: list[str], parents: list[str]) -> dict[str, list[str]]:
    named = {"childSkus": children, "parentSkus": parents}
    return {key: skus for key, skus in named.items() if skus}


def _theme(attributes: Attributes) -> dict[str, Any]:
    name = next(iter(attributes.get(_THEME, ())), {}).get("name") or text_of(attributes, _THEME)
    if not isinstance(name, str):
        return {}
    return {"variationTheme": {"attributes": name.lower().split("/"), "theme": name}}


def _named(attributes: Attributes, attribute: str, key: str) -> list[str]:
    found = (entry.get(key) for entry in attributes.get(attribute, ()))
    return [sku for sku in found if isinstance(sku, str)]
