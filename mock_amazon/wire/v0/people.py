"""Who bought and where it goes, in parts that different tokens open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_amazon.models import Order
from mock_amazon.ordering.lifecycle import DELIVERABLE, PAYMENT_OPEN
from mock_amazon.wire.present import Json, by_day, clock, present

_TYPES = {"RESIDENTIAL": "Residential", "COMMERCIAL": "Commercial"}


def place(to: Mapping[str, str]) -> Json:
    """The part of an address that names no person."""
    return present(
        City=to.get("city"),
        StateOrRegion=to.get("region"),
        PostalCode=to.get("postal_code"),
        CountryCode=to.get("country"),
    )


def person(order: Order) -> Json:
    """The rest of it."""
    to = order.ship_to
    return present(
        **_fine(to),
        CompanyName=to.get("company"),
        Phone=to.get("phone"),
        ExtendedFields=present(
            StreetName=to.get("street_name"),
            StreetNumber=to.get("street_number"),
            Complement=to.get("complement"),
            Neighborhood=to.get("neighborhood"),
        ),
        AddressType=_TYPES.get(order.address_type),
    )


def merchant_address(to: Mapping[str, str]) -> Json:
    return _fine(to) | place(to)


def buyer(order: Order) -> Json:
    if order.state in PAYMENT_OPEN:
        return {}
    facts = order.buyer_facts
    tax = present(BuyerTaxInfo=_tax(facts.get("tax", {})))
    if order.by_amazon:
        return tax  # Amazon ships: the merchant has no use for the buyer's name
    email = order.buyer_email if order.state in DELIVERABLE else None
    told = present(
        BuyerEmail=email,
        BuyerName=order.buyer_name,
        BuyerCounty=facts.get("county"),
        PurchaseOrderNumber=facts.get("purchase_order"),
    )
    return told | tax


def tax_information(order: Order) -> Json:
    """What an invoice to a business in Turkey needs."""
    invoice = {} if order.state in PAYMENT_OPEN else order.buyer_facts.get("invoice", {})
    return present(
        BuyerLegalCompanyName=invoice.get("company"),
        BuyerBusinessAddress=invoice.get("address"),
        BuyerTaxRegistrationId=invoice.get("tax_id"),
        BuyerTaxOffice=invoice.get("tax_office"),
    )


def delivery(order: Order) -> Json:
    """What getOrderAddress tells beside the address."""
    if order.by_amazon or order.state in PAYMENT_OPEN:
        return {}
    wishes = order.facts.get("delivery", {}) if order.state in DELIVERABLE else {}
    return present(
        BuyerCompanyName=order.buyer_facts.get("company"), DeliveryPreferences=_preferences(wishes)
    )


def _fine(to: Mapping[str, str]) -> Json:
    lines = {f"AddressLine{number}": to.get(f"line{number}") for number in (1, 2, 3)}
    return present(
        Name=to.get("name"),
        **lines,
        County=to.get("county"),
        District=to.get("district"),
        Municipality=to.get("municipality"),
    )


def _tax(told: Mapping[str, Any]) -> Json:
    return present(
        CompanyLegalName=told.get("company"),
        TaxingRegion=told.get("region"),
        TaxClassifications=classifications(told.get("ids", ())),
    )


def classifications(ids: Any) -> list[Json]:
    return [{"Name": one["name"], "Value": one["value"]} for one in ids]


def _preferences(wishes: Mapping[str, Any]) -> Json:
    hours = [
        {"DayOfWeek": day, "OpenIntervals": [_interval(window) for window in windows]}
        for day, windows in by_day(wishes.get("hours", ()))
    ]
    exceptions = [
        present(
            ExceptionDate=day["date"],
            IsOpen="windows" in day,
            OpenIntervals=[_interval(window) for window in day.get("windows", ())],
        )
        for day in wishes.get("exceptions", ())
    ]
    return present(
        DropOffLocation=wishes.get("drop_off"),
        PreferredDeliveryTime=present(BusinessHours=hours, ExceptionDates=exceptions),
        OtherAttributes=wishes.get("capabilities"),
        AddressInstructions=wishes.get("instructions"),
    )


def _interval(window: Mapping[str, str]) -> Json:
    return {"StartTime": _time(window["opens"]), "EndTime": _time(window["closes"])}


def _time(text: str) -> Json:
    hour, minute = clock(text)
    return {"Hour": hour, "Minute": minute}
