"""A regulated order as Orders v0 shows it, and the part of a placing wish that makes one."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from mock_amazon.models import RegulatedOrder
from mock_amazon.moments import written_short
from mock_amazon.ordering.regulated import Verification

REASONS = {
    "product": "This medicine is not suitable for your pet.",
    "age": "Your pet is too young for this medicine.",
    "incorrect_weight": "Your pet's weight does not match ordered size.",
}
DETAILS = {
    "prescriptionDetail": ["Approved"],
    "approvedAlternativeDetails": ["Rejected"],
    "interimStatusDetail": ["Pending"],
}
INTERIM = {"vet_contacted": "The vet was contacted.", "processing": "The order is being processed."}


def _texts(**more: Any) -> fields.Dict:
    longest = validate.Length(1, 200)
    return fields.Dict(
        fields.String(validate=longest), fields.String(validate=validate.Length(1, 500)), **more
    )


class _Field(Schema):
    id = fields.String(required=True, validate=validate.Length(1, 200))
    label = fields.String(validate=validate.Length(1, 200))
    type = fields.String(load_default="Text", validate=validate.OneOf(("Text", "FileAttachment")))
    value = fields.String(required=True, validate=validate.Length(0, 2000))


class RegulatedWish(Schema):
    """The regulated half of an order to be placed."""

    fields_ = fields.List(
        fields.Nested(_Field),
        data_key="fields",
        attribute="fields",
        load_default=list,
        validate=validate.Length(0, 100),
    )
    dosage_label = fields.Boolean(load_default=False)
    merchant_acts = fields.Boolean(load_default=True)
    rejection_reasons = _texts(load_default=lambda: dict(REASONS))
    interim_codes = _texts(load_default=lambda: dict(INTERIM))
    details = fields.Dict(
        fields.String(validate=validate.OneOf(DETAILS)),
        fields.List(fields.String(validate=validate.OneOf(list(Verification)))),
        load_default=lambda: dict(DETAILS),
    )


def shown(number: str, half: RegulatedOrder, *, personal: bool) -> dict[str, Any]:
    """The payload of getOrderRegulatedInfo; what the buyer wrote only where personal data is open."""
    return {
        "AmazonOrderId": number,
        "RequiresDosageLabel": half.dosage_label,
        "RegulatedInformation": {"Fields": half.fields if personal else []},
        "RegulatedOrderVerificationStatus": _verification(half),
    }


def _verification(half: RegulatedOrder) -> dict[str, Any]:
    pending = half.status == Verification.PENDING
    told: dict[str, Any] = {
        "Status": half.status,
        "RequiresMerchantAction": pending and half.merchant_acts,
        "ValidRejectionReasons": half.rejection_reasons if pending else [],
        "ValidVerificationDetails": half.detail_types,
        "ValidInterimStatusCodes": half.interim_codes if pending else [],
    }
    if half.rejected_for is not None:
        reasons = {reason["RejectionReasonId"]: reason for reason in half.rejection_reasons}
        told["RejectionReason"] = reasons[half.rejected_for]
    if half.reviewed is not None:
        told["ReviewDate"] = written_short(half.reviewed)
    if half.reviewer is not None:
        told["ExternalReviewerId"] = half.reviewer
    return told
