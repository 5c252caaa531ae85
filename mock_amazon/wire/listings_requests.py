"""What requests of Listings Items say: parameters and bodies, refused with Amazon's words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mock_amazon.errors import InvalidInput, violation
from mock_amazon.listings.issues import REQUIRED
from mock_amazon.listings.patching import OPERATIONS, Patch
from mock_amazon.wire import parameters
from mock_amazon.wire.parameters import Query
from simkit import jsons

CANNOT_BE_PARSED = "Request has missing or invalid parameters and cannot be parsed."
"""jlevers/selling-partner-api#240."""

DATA_SETS = (
    *("summaries", "attributes", "issues", "offers", "fulfillmentAvailability"),
    *("procurement", "relationships", "productTypes"),
)
SUBMISSION_DATA = ("identifiers", "issues")
PREVIEW = "VALIDATION_PREVIEW"
_LOCALE = re.compile(r"[a-z]{2}_[A-Z]{2}")
_PATH = re.compile(r"/attributes/([^/]+)")
_LONGEST_TYPE = 200


@dataclass(frozen=True)
class Put:
    product_type: str
    requirements: str | None
    attributes: dict[str, Any]


@dataclass(frozen=True)
class PatchRequest:
    product_type: str
    patches: list[Patch]


def marketplaces(query: Query, most: int | None = None) -> tuple[str, ...]:
    """The marketplaces of the request, in its order.

    Raises InvalidInput.
    """
    parameters.marketplaces(query, "marketplaceIds")
    ids = tuple(dict.fromkeys(parameters.many(query, "marketplaceIds")))
    if not ids:
        raise InvalidInput(CANNOT_BE_PARSED, "marketplaceIds")
    if most is not None and len(ids) > most:
        limit = f"Member must have length less than or equal to {most}"
        raise violation(f"'[{', '.join(ids)}]'", "marketplaceIds", limit)
    return ids


def included(query: Query, allowed: Iterable[str], default: str) -> frozenset[str]:
    """The data sets that are asked for."""
    return parameters.enums(query, "includedData", allowed) or frozenset({default})


def check_locale(query: Query) -> None:
    """Issues are told in English whatever it is, as Amazon does where it has no translation."""
    locale = query.get("issueLocale")
    if locale and not _LOCALE.fullmatch(locale):
        raise InvalidInput(CANNOT_BE_PARSED, f"issueLocale: {locale!r}")


def is_preview(query: Query) -> bool:
    return bool(parameters.enums(query, "mode", (PREVIEW,)))


def read_put(body: bytes) -> Put:
    """Raises InvalidInput."""
    return put_of(_object(body))


def read_patch(body: bytes) -> PatchRequest:
    """Raises InvalidInput."""
    content = _object(body)
    return PatchRequest(product_type_of(content), patches_of(content))


def put_of(content: dict[str, Any]) -> Put:
    """Raises InvalidInput."""
    requirements, attributes = content.get("requirements"), content.get("attributes")
    if requirements is not None and requirements not in tuple(REQUIRED):
        raise InvalidInput(CANNOT_BE_PARSED, f"requirements: {requirements!r}")
    if not isinstance(attributes, dict):
        raise InvalidInput(CANNOT_BE_PARSED, "attributes")
    return Put(product_type_of(content), requirements, attributes)


def product_type_of(content: dict[str, Any]) -> str:
    product_type = content.get("productType")
    if not isinstance(product_type, str) or not 0 < len(product_type) <= _LONGEST_TYPE:
        raise InvalidInput(CANNOT_BE_PARSED, "productType")
    if not product_type.isprintable():
        raise InvalidInput(CANNOT_BE_PARSED, "productType")
    return product_type


def patches_of(content: dict[str, Any]) -> list[Patch]:
    """Raises InvalidInput."""
    patches = content.get("patches")
    if not isinstance(patches, list) or not patches:
        raise InvalidInput(CANNOT_BE_PARSED, "patches")
    return [_patch(index, patch) for index, patch in enumerate(patches)]


def _patch(index: int, patch: Any) -> Patch:
    if not isinstance(patch, dict) or patch.get("op") not in OPERATIONS:
        raise InvalidInput(CANNOT_BE_PARSED, f"patches.{index}.op")
    path = _PATH.fullmatch(str(patch.get("path")))
    if path is None:  # only whole attributes can be patched
        raise InvalidInput(f"Path is invalid for patch at index of {index}.")
    value = patch.get("value")
    if value is None and patch["op"] != "delete":
        raise InvalidInput(f"Value is missing for patch at index of {index}.")
    return Patch(patch["op"], path[1].replace("~1", "/").replace("~0", "~"), value)


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = jsons.load(body)
    except ValueError:
        raise InvalidInput(CANNOT_BE_PARSED, "The body is not JSON.") from None
    if not isinstance(content, dict):
        raise InvalidInput(CANNOT_BE_PARSED, "The body is not an object.")
    return content
