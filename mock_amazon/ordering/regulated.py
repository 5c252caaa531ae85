"""The verification of regulated orders: which status may follow, and what it means for the order.

Sources: Amazon's model ordersV0 (statuses, details) with its sandbox cases. That a rejected order is
cancelled follows from the descriptions of its rejection reasons ("Canceled order due to …"); that one is
cancelled when its verification expires, and not shipped before it is approved, is ours: no page says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mock_amazon.models import Order, RegulatedOrder, db
from mock_amazon.moments import now
from mock_amazon.ordering.lifecycle import NotAllowed, Status


class Verification(StrEnum):
    """The verification statuses of Orders v0."""

    PENDING = "Pending"
    APPROVED = "Approved"
    REJECTED = "Rejected"
    EXPIRED = "Expired"
    CANCELLED = "Cancelled"


@dataclass(frozen=True)
class Verdict:
    """What a reviewer tells; ``status`` None leaves it as it is."""

    status: Verification | None
    reviewer: str
    reason: str | None
    details: dict[str, Any]


def regulate(order: Order, wish: dict[str, Any]) -> None:
    """Make a new order a regulated one; where it is shipped already, it was approved."""
    order.regulated = True
    db.session.add(order)
    db.session.flush()
    shipped = order.state is Status.SHIPPED
    row = RegulatedOrder(
        order_id=order.id,
        fields=[
            {
                "FieldId": field["id"],
                "FieldLabel": field.get("label") or field["id"],
                "FieldType": field["type"],
                "FieldValue": field["value"],
            }
            for field in wish["fields"]
        ],
        dosage_label=wish["dosage_label"],
        merchant_acts=wish["merchant_acts"],
        rejection_reasons=[
            {"RejectionReasonId": key, "RejectionReasonDescription": text}
            for key, text in wish["rejection_reasons"].items()
        ],
        detail_types=[
            {"VerificationDetailType": kind, "ValidVerificationStatuses": statuses}
            for kind, statuses in wish["details"].items()
        ],
        interim_codes=[
            {"StatusCode": key, "StatusDescription": text} for key, text in wish["interim_codes"].items()
        ],
        status=Verification.APPROVED if shipped else Verification.PENDING,
        details={},
    )
    db.session.add(row)


def regulated_half(order: Order) -> RegulatedOrder | None:
    return db.session.get(RegulatedOrder, order.id) if order.regulated else None


def check_shippable(order: Order) -> None:
    """Raises NotAllowed where the verification is not done."""
    half = regulated_half(order)
    if half is not None and half.status != Verification.APPROVED:
        raise NotAllowed(f"the order's regulated information is {half.status}: it ships once it is Approved")


def judge(half: RegulatedOrder, verdict: Verdict) -> None:
    """Write down what the reviewer tells."""
    half.reviewer = verdict.reviewer
    half.details = {**half.details, **verdict.details}
    if verdict.status in {Verification.APPROVED, Verification.REJECTED}:
        half.status, half.reviewed, half.rejected_for = verdict.status, now(), verdict.reason


def expire(half: RegulatedOrder) -> None:
    """The time to review it is over.

    Raises NotAllowed.
    """
    if half.status != Verification.PENDING:
        raise NotAllowed(f"a verification that is {half.status} cannot expire: only Pending")
    half.status = Verification.EXPIRED


def follow(order: Order) -> None:
    """A buyer who cancels ends the verification."""
    half = regulated_half(order)
    if half is not None and order.state is Status.CANCELED and half.status == Verification.PENDING:
        half.status = Verification.CANCELLED
