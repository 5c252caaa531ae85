"""PURE: countries and regions, and what an address lacks for a shop to accept it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mock_commerce.directory.countries import COUNTRIES
from mock_commerce.directory.regions import REGIONS, Region
from mock_commerce.errors import CommerceError, InputRequired, InvalidValue

WITHOUT_POSTCODE = frozenset({"HK", "IE", "MO", "PA", "GB"})

WITH_REGION = frozenset({"US", "CA"})
"""Countries whose addresses need a region of the directory, as the shop is configured."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def find_region(country: str, text: str) -> Region | None:
    """The region that a code or a name means, whatever its case."""
    wanted = text.strip().casefold()
    for region in REGIONS.get(country, ()):
        if wanted in {region.code.casefold(), region.name.casefold()}:
            return region
    return None


def region_of(country: str, region_id: int) -> Region | None:
    return next((region for region in REGIONS.get(country, ()) if region.id == region_id), None)


def address_faults(address: Mapping[str, Any], *more: str) -> list[str]:
    """All that is missing or wrong, in Commerce's words and order (B-12); ``more`` is required too."""
    return [error.text for error in address_errors(address, *more)]


def address_errors(address: Mapping[str, Any], *more: str) -> list[CommerceError]:
    """The same as errors with placeholders."""
    country = address.get("country_id") or ""
    required = ["firstname", "lastname", "street", "city", *more]
    if country not in WITHOUT_POSTCODE:
        required.append("postcode")
    faults: list[CommerceError] = [
        InputRequired(field) for field in required if not _filled(address.get(field))
    ]
    for field, label in (("firstname", "First Name"), ("lastname", "Last Name")):
        if _CONTROL.search(address.get(field) or ""):
            faults.append(CommerceError(f"{label} is not valid!"))
    return [*faults, *_place_faults(country, address.get("region") or "")]


def _place_faults(country: str, region: str) -> list[CommerceError]:
    if not country:
        return [InputRequired("countryId")]
    if country not in COUNTRIES:
        return [InvalidValue(country, "countryId")]
    if country not in WITH_REGION:
        return []
    if not region.strip():
        return [InputRequired("regionId")]
    if find_region(country, region) is None:
        return [InvalidValue(region, "regionId")]
    return []


def _filled(value: Any) -> bool:
    lines = value if isinstance(value, list) else [value]
    return any(str(line or "").strip() for line in lines)


def completed(address: Mapping[str, Any]) -> dict[str, Any]:
    """The address with code, name and id of its region where the directory knows it."""
    kept = {key: value for key, value in address.items() if value is not None}
    region = find_region(kept.get("country_id", ""), kept.get("region", ""))
    if region is None:
        return kept
    return {**kept, "region": region.name, "region_code": region.code, "region_id": region.id}
