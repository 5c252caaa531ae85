"""A shipment that a feed tells of: a new package, the correction of one, or a repetition."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mock_amazon.feeds.lookups import check_sellers, item_of, order_of
from mock_amazon.feeds.results import TOO_MANY, Refused, incomplete
from mock_amazon.models import Order, Package
from mock_amazon.ordering import orders
from mock_amazon.ordering.lifecycle import NotAllowed, Quantities, TooMany, left_quantities

LONGEST = 200
_VERIFY = "Please verify that you have entered the tracking ID and carrier name correctly."
_FORMATS = {
    "ups": re.compile(r"1Z[0-9A-Z]{16}", re.IGNORECASE),
    "usps": re.compile(r"[0-9]{20,34}|[A-Z]{2}[0-9]{9}US", re.IGNORECASE),
    "fedex": re.compile(r"[0-9]{12}|[0-9]{15}|[0-9]{20}|[0-9]{22}"),
}
"""How the tracking numbers of well-known carriers look."""


@dataclass(frozen=True)
class Wanted:
    """Units of an item, all that is left of it if None; named by Amazon's code or the seller's."""

    code: str
    merchant_id: str
    units: int | None


@dataclass(frozen=True)
class Shipment:
    """What a message or record says; ``wanted`` empty is all that is left of the order."""

    amazon_id: str
    merchant_id: str
    shipped_at: datetime
    carrier: str
    method: str | None
    tracking: str
    wanted: Sequence[Wanted]
    reference: str = ""
    cod: str = ""


def ship(seller_id: str, shipment: Shipment) -> list[str]:
    """Carry it out; answers warnings.

    Raises Refused.
    """
    order = order_of(seller_id, shipment.amazon_id, shipment.merchant_id)
    _check(order, shipment)
    left = left_quantities(order.ordered, order.packed.values())
    contents = _contents(order, shipment, left)
    package = _known(order, shipment, contents)
    reference = package.reference if package else shipment.reference or _free_reference(order)
    if package and not (shipment.reference and shipment.wanted):
        contents = dict(package.quantities)
    if package is None or _differs(package, shipment, contents):
        _put(order, shipment, reference, contents)
    return _warnings(shipment)


def _check(order: Order, shipment: Shipment) -> None:
    check_sellers(order)
    for name in ("carrier", "method", "tracking"):
        if len(getattr(shipment, name) or "") > LONGEST:
            raise incomplete(f"the {name} has more than {LONGEST} characters")
    if shipment.cod and (shipment.cod != "DirectPayment" or order.marketplace.code != "JP"):
        raise incomplete(f"CODCollectionMethod {shipment.cod!r}: only DirectPayment, and only in Japan")


def _contents(order: Order, shipment: Shipment, left: Quantities) -> dict[str, int]:
    if not shipment.wanted:
        return dict(left)
    contents: dict[str, int] = {}
    for wanted in shipment.wanted:
        item_id = item_of(order, wanted.code, wanted.merchant_id).order_item_id
        units = left.get(item_id, 0) if wanted.units is None else wanted.units
        contents[item_id] = contents.get(item_id, 0) + units
    return {item_id: units for item_id, units in contents.items() if units}


def _known(order: Order, shipment: Shipment, contents: Quantities) -> Package | None:
    """The package that the shipment repeats or corrects.

    By the seller's own reference, by contents and tracking number; and where nothing is left of them, by the
    contents alone: new data overwrite those of before (Seller Central help 201576520).
    """
    if shipment.reference:
        return next((each for each in order.packages if each.reference == shipment.reference), None)
    left = left_quantities(order.ordered, order.packed.values())
    same = [each for each in order.packages if not contents or each.quantities == contents]
    tracked = [each for each in same if shipment.tracking and each.tracking == shipment.tracking]
    if tracked:
        return tracked[0]
    is_open = any(left.get(item_id) for item_id in contents)
    return same[0] if len(same) == 1 and not is_open else None


def _differs(package: Package, shipment: Shipment, contents: Quantities) -> bool:
    known = (package.carrier, package.shipping_method, package.tracking, package.ship_date)
    told = (shipment.carrier, shipment.method, shipment.tracking, shipment.shipped_at)
    return known != told or package.quantities != contents


def _put(order: Order, shipment: Shipment, reference: str, contents: Quantities) -> None:
    if not contents:
        raise _too_many(order)
    try:
        orders.put_package(
            order,
            reference,
            contents,
            carrier=shipment.carrier,
            tracking=shipment.tracking,
            shipped_at=shipment.shipped_at,
            method=shipment.method,
        )
    except TooMany:
        raise _too_many(order) from None
    except NotAllowed as error:
        raise incomplete(str(error)) from None


def _too_many(order: Order) -> Refused:
    return Refused(
        f"The quantities you provided for order id ({order.amazon_order_id}) were larger than the quantities "
        "that could be fulfilled. Please review the quantity from the order report and take into account any "
        "items that have been cancelled or already fulfilled.",
        TOO_MANY,
    )


def _free_reference(order: Order) -> str:
    taken = set(order.packed)
    return next(str(number) for number in itertools.count(1) if str(number) not in taken)


def _warnings(shipment: Shipment) -> list[str]:
    known = _FORMATS.get(shipment.carrier.lower())
    if known is None or not shipment.tracking or known.fullmatch(shipment.tracking.replace(" ", "")):
        return []
    about = f"The tracking ID {shipment.tracking} for {shipment.carrier}"
    return [f"{about} does not match the expected format for the carrier. {_VERIFY}"]
