"""What a delivery address lacks, where Commerce does not look itself (B-11). Pure."""

from __future__ import annotations

from collections.abc import Collection

from connector.domain.regions import WITH_REGION
from connector.domain.translation import CommerceAddress

WITHOUT_POSTCODE = frozenset({"HK", "IE", "MO", "PA", "GB"})
"""Countries in which a shop takes addresses without a postcode unless somebody changed that."""


def address_faults(address: CommerceAddress, regions: Collection[str] | None) -> list[str]:
    """All that is missing or wrong. ``regions``: codes and names in small letters; None: no such country."""
    parts = {
        "street": "".join(address.street),
        "city": address.city,
        "country": address.country_id,
    }
    if address.country_id not in WITHOUT_POSTCODE:
        parts["postcode"] = address.postcode
    faults = [f"{name} is missing" for name, text in parts.items() if not text.strip()]
    if address.country_id and regions is None:
        faults.append(f"country {address.country_id!r} is not known")
    elif address.country_id in WITH_REGION and regions and address.region.strip().casefold() not in regions:
        faults.append(
            f"{address.region!r} is no region of {address.country_id}"
            if address.region
            else "region is missing"
        )
    return faults
