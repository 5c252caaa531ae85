"""What may be given back of an order item: never more than was paid for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from mock_amazon.ordering.totals import Amounts, breakdown, line_total

REASONS = (
    *("NoInventory", "CustomerReturn", "GeneralAdjustment", "CouldNotShip", "DifferentItem", "Abandoned"),
    *("CustomerCancel", "PriceError", "ProductOutofStock", "CustomerAddressIncorrect", "Exchange", "Other"),
    *("CarrierCreditDecision", "RiskAssessmentInformationNotValid", "CarrierCoverageFailure"),
    *("TransactionRecord", "Undeliverable", "RefusedDelivery"),
)
"""AdjustmentReason of OrderAdjustment.xsd."""
TAXES = frozenset({"Tax", "ShippingTax", "GiftWrapTax"})
KEPT_BACK = frozenset({"RestockingFee", "RestockingFeeTax"})
"""Components that make the refund smaller, whatever their sign."""
COMPONENTS = (
    *("Principal", "Shipping", "Tax", "ShippingTax", "RestockingFee", "RestockingFeeTax", "GiftWrap"),
    *("GiftWrapTax", "Surcharge", "ReturnShipping", "Goodwill", "ExportCharge", "COD", "CODTax", "Other"),
    "FreeReplacementReturnShipping",
)
"""BuyerPriceType of OrderAdjustment.xsd."""
TAX_NOT_ELIGIBLE = "The requested refund amount for the tax or shipping tax is not eligible"
"""Amazon's words where prices contain the tax (amzn/selling-partner-api-docs#767)."""

Components = Mapping[str, Decimal]


class TooMuch(Exception):
    """The refund is more than what is left of the payment; the message says which part of it."""


def added(parts: Iterable[Components]) -> dict[str, Decimal]:
    """The sums by component."""
    total: dict[str, Decimal] = {}
    for part in parts:
        for name, amount in part.items():
            total[name] = total.get(name, Decimal(0)) + amount
    return total


def check(item: Amounts, before: Components, asked: Components, *, tax_included: bool) -> None:
    """Raise TooMuch where ``asked``, with what was refunded before, goes beyond what the buyer paid."""
    if tax_included and any(asked.get(name) for name in TAXES):
        raise TooMuch(TAX_NOT_ELIGIBLE)
    total = {name: before.get(name, Decimal(0)) + asked.get(name, Decimal(0)) for name in {*before, *asked}}
    paid = {
        "Principal": item.unit_price * item.quantity,
        "Shipping": item.shipping,
        "GiftWrap": item.gift_wrap,
        "COD": breakdown(item).get("COD_FEE", Decimal(0)),
    }
    for name, most in paid.items():
        _within(name, total.get(name, Decimal(0)), most)
    _within(
        "Tax",
        sum((total.get(name, Decimal(0)) for name in TAXES), Decimal(0)),
        breakdown(item).get("TAX", Decimal(0)),
    )
    everything = sum(total.values(), Decimal(0))
    _within("the sum of all components", everything, line_total(item, tax_included=tax_included))
    if sum(asked.values(), Decimal(0)) < 0:
        raise TooMuch("more is kept back than is given back")


def _within(name: str, amount: Decimal, most: Decimal) -> None:
    if amount > most:
        raise TooMuch(f"{name}: {amount} would be refunded, {most} was paid")
