"""What sellers submit about listings: put, patch, delete. Nothing is written where an issue is an error.

The caller commits. A patch of a SKU that is not there makes an incomplete listing, as at Amazon
(amzn/selling-partner-api-docs#3748).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mock_amazon.listings.attributes import suggested_asin
from mock_amazon.listings.issues import Issue, invalid_value, is_value, missing_of, wrong_values
from mock_amazon.listings.making import free_sku, listings_of, new_listing
from mock_amazon.listings.patching import Patch, patched
from mock_amazon.marketplaces import BY_ID
from mock_amazon.models import Listing, db
from mock_amazon.moments import now
from mock_amazon.ordering.placing import asin_of

DEFAULT_REQUIREMENTS = "LISTING"


@dataclass(frozen=True)
class Subject:
    """Which listing is meant; ``preview``: only say what would come of it."""

    seller_id: str
    sku: str
    marketplace_ids: tuple[str, ...]
    preview: bool = False


@dataclass
class Outcome:
    """What came of a submission."""

    issues: list[Issue] = field(default_factory=list)
    asins: dict[str, str] = field(default_factory=dict)
    """By marketplace; none where it was refused."""

    @property
    def accepted(self) -> bool:
        return not self.issues


@dataclass(frozen=True)
class _Content:
    """What a listing is to hold afterwards."""

    attributes: dict[str, Any]
    product_type: str
    requirements: str | None


def put(
    subject: Subject, product_type: str, requirements: str | None, attributes: Mapping[str, Any]
) -> Outcome:
    """Make the listing, or replace all that it holds."""
    wanted = requirements or DEFAULT_REQUIREMENTS
    outcome, contents = Outcome(), {}
    for marketplace_id in subject.marketplace_ids:
        shared = {name: _shared(marketplace_id, value) for name, value in attributes.items()}
        outcome.issues += missing_of(wanted, shared) + wrong_values(shared, BY_ID[marketplace_id])
        kept = {name: value for name, value in shared.items() if value}
        contents[marketplace_id] = _Content(kept, product_type, wanted)
    outcome.issues += _strays(subject, attributes)
    return _carried_out(subject, outcome, contents)


def patch(subject: Subject, product_type: str, patches: Sequence[Patch]) -> Outcome:
    """Change single attributes, in the order of the patches."""
    outcome, contents = Outcome(), {}
    there = _there(subject)
    for marketplace_id in subject.marketplace_ids:
        listing = there.get(marketplace_id)
        old: dict[str, Any] = dict(listing.attributes) if listing else {}
        new, touched = _patched(marketplace_id, old, patches)
        outcome.issues += wrong_values(touched, BY_ID[marketplace_id])
        contents[marketplace_id] = _Content(
            new,
            listing.product_type if listing else product_type,
            listing.requirements if listing else DEFAULT_REQUIREMENTS,
        )
    for each in patches:
        outcome.issues += _strays(subject, {each.attribute: each.value})
    return _carried_out(subject, outcome, contents)


def delete(subject: Subject) -> Outcome:
    """Take the listing away; one that is not there is taken away as well, the model knows no 404 here."""
    for listing in _there(subject).values():
        db.session.delete(listing)
    return Outcome()


def _there(subject: Subject) -> dict[str, Listing]:
    found = listings_of(subject.seller_id, subject.marketplace_ids, [subject.sku])
    return {listing.marketplace_id: listing for listing in found}


def _shared(marketplace_id: str, value: Any) -> Any:
    """The entries for one marketplace: its own, and those that name none (models#4406)."""
    if not is_value(value):
        return value
    return [
        {**entry, "marketplace_id": marketplace_id}
        for entry in value
        if entry.get("marketplace_id", marketplace_id) == marketplace_id
    ]


def _strays(subject: Subject, attributes: Mapping[str, Any]) -> list[Issue]:
    """Entries for a marketplace that the submission is not about."""
    return [
        invalid_value(name)
        for name, value in attributes.items()
        if is_value(value)
        and any(entry.get("marketplace_id") not in (None, *subject.marketplace_ids) for entry in value)
    ]


def _patched(
    marketplace_id: str, old: dict[str, Any], patches: Sequence[Patch]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """All attributes afterwards, and those that were touched; a value of another shape stays as it came."""
    new, touched = dict(old), {}
    for each in patches:
        value = each.value
        if value is None or is_value(value):
            shared = None if value is None else _shared(marketplace_id, value)
            before = new.get(each.attribute, [])
            value = patched(each.op, each.attribute, before if is_value(before) else [], shared)
        new[each.attribute] = touched[each.attribute] = value
    return {name: value for name, value in new.items() if value != []}, touched


def _carried_out(subject: Subject, outcome: Outcome, contents: Mapping[str, _Content]) -> Outcome:
    if outcome.issues:
        return outcome
    there = _there(subject)
    for marketplace_id, content in contents.items():
        listing = there.get(marketplace_id)
        asin = suggested_asin(content.attributes) or (listing.asin if listing else asin_of(subject.sku))
        outcome.asins[marketplace_id] = asin
        if not subject.preview:
            _keep(listing or _new(subject, marketplace_id), content, asin)
    return outcome


def _new(subject: Subject, marketplace_id: str) -> Listing:
    return new_listing(
        subject.seller_id,
        marketplace_id,
        sku=free_sku(subject.seller_id, marketplace_id, subject.sku),
        seller_sku=subject.sku,
        asin=asin_of(subject.sku),
        product_type="",
    )


def _keep(listing: Listing, content: _Content, asin: str) -> None:
    listing.attributes = content.attributes
    listing.product_type, listing.requirements = content.product_type, content.requirements
    listing.asin, listing.updated = asin, now()
