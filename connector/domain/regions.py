"""Regions as Commerce's own table has them (F52). Pure."""

from __future__ import annotations

import unicodedata

WITH_REGION = frozenset({"US", "CA"})
"""Countries whose regions are part of every address; elsewhere an unknown one is kept as text (F-07)."""


def region_for_commerce(country: str, region: str) -> str:
    """The region without what its table does not know: accents and full stops. Elsewhere as it is."""
    if country not in WITH_REGION:
        return region
    letters = unicodedata.normalize("NFKD", region)
    plain = "".join(letter for letter in letters if letter != "." and not unicodedata.combining(letter))
    return " ".join(plain.split())
