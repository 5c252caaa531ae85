"""Who bought and where it goes: the blocks BUYER and RECIPIENT."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_amazon.models import Order
from mock_amazon.ordering.lifecycle import DELIVERABLE
from mock_amazon.wire.present import Json, by_day, clock, present


def buyer(order: Order) -> Json:
    if order.by_amazon:
        return {}  # Amazon ships: the merchant has no use for the buyer's name or address
    reachable = order.state in DELIVERABLE
    return present(
        buyerName=order.buyer_name,
        buyerEmail=order.buyer_email if reachable else None,
        buyerCompanyName=order.buyer_facts.get("company"),
        buyerPurchaseOrderNumber=order.buyer_facts.get("purchase_order"),
    )


def recipient(order: Order) -> Json | None:
    if order.state not in DELIVERABLE:
        return None
    to = order.ship_to
    place = {
        "city": to.get("city"),
        "stateOrRegion": to.get("region"),
        "postalCode": to.get("postal_code"),
        "countryCode": to.get("country"),
    }
    if order.by_amazon:
        # That it is no home names nobody.
        kind = "PICKUP_POINT" if order.to_pickup_point else None
        return present(deliveryAddress=present(**place, addressType=kind))
    address = present(
        name=to.get("name"),
        companyName=to.get("company"),
        **_lines(to),
        **place,
        districtOrCounty=_district(to),
        municipality=to.get("municipality"),
        phone=to.get("phone"),
        extendedFields=present(
            streetName=to.get("street_name"),
            streetNumber=to.get("street_number"),
            complement=to.get("complement"),
            neighborhood=to.get("neighborhood"),
        ),
        addressType=order.address_type,
    )
    return present(deliveryAddress=address, deliveryPreference=_preference(order.facts.get("delivery", {})))


def merchant_address(place: Mapping[str, str]) -> Json:
    return present(
        name=place.get("name"),
        **_lines(place),
        city=place.get("city"),
        districtOrCounty=_district(place),
        stateOrRegion=place.get("region"),
        municipality=place.get("municipality"),
        postalCode=place.get("postal_code"),
        countryCode=place.get("country"),
    )


def _lines(to: Mapping[str, str]) -> dict[str, str | None]:
    return {f"addressLine{number}": to.get(f"line{number}") for number in (1, 2, 3)}


def _district(to: Mapping[str, str]) -> str | None:
    return to.get("district") or to.get("county")


def _preference(delivery: Mapping[str, Any]) -> Json:
    hours = [
        {"dayOfWeek": day, "timeWindows": [_window(window) for window in windows]}
        for day, windows in by_day(delivery.get("hours", ()))
    ]
    exceptions = [
        present(
            exceptionDate=day["date"],
            exceptionDateType="OPEN" if "windows" in day else "CLOSED",
            timeWindows=[_window(window) for window in day.get("windows", ())],
        )
        for day in delivery.get("exceptions", ())
    ]
    return present(
        dropOffLocation=delivery.get("drop_off"),
        addressInstruction=delivery.get("instructions"),
        deliveryTime=present(businessHours=hours, exceptionDates=exceptions),
        deliveryCapabilities=delivery.get("capabilities"),
    )


def _window(window: Mapping[str, str]) -> Json:
    return {"startTime": _time(window["opens"]), "endTime": _time(window["closes"])}


def _time(text: str) -> Json:
    hour, minute = clock(text)
    return {"hour": hour, "minute": minute}
