"""The body of updateVerificationStatus: all that is wrong with it is told at once, as Amazon does.

Texts in Amazon's words are those of the sandbox cases of its model; fields unknown to it are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import orjson
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from mock_amazon.errors import InvalidInput
from mock_amazon.models import RegulatedOrder
from mock_amazon.moments import read
from mock_amazon.ordering.regulated import Verdict, Verification

JUDGED = (Verification.APPROVED, Verification.REJECTED)
# PostgreSQL knows no text with a NUL.
_Text = partial(fields.String, validate=validate.Regexp(r"[^\0]{0,200}\Z"), allow_none=True)
_Number = partial(fields.Integer, strict=True, allow_none=True)


class _Part(Schema):
    class Meta:
        unknown = EXCLUDE


_count = _Number(validate=validate.Range(0))
_Prescription = _Part.from_dict(
    {
        "prescriptionId": _Text(),
        "expirationDate": _Text(),
        "writtenQuantity": _Number(validate=validate.Range(1)),
        "totalRefillsAuthorized": _count,
        "refillsRemaining": _count,
        "clinicId": _Text(),
        "usageInstructions": _Text(validate=validate.Length(0, 2000)),
    }
)
_Alternative = _Part.from_dict(dict.fromkeys(("attributeName", "originalValue", "approvedValue"), _Text()))
_Interim = _Part.from_dict(dict.fromkeys(("statusCode", "statusDateTime"), _Text()))
_Details = _Part.from_dict(
    {
        "prescriptionDetail": fields.Nested(_Prescription, allow_none=True),
        "approvedAlternativeDetails": fields.List(fields.Nested(_Alternative), allow_none=True),
        "interimStatusDetail": fields.Nested(_Interim, allow_none=True),
    }
)


class _Body(_Part):
    status = _Text(load_default=None)
    reviewer = _Text(load_default=None, data_key="externalReviewerId")
    reason = _Text(load_default=None, data_key="rejectionReasonId")
    details = fields.Nested(_Details, load_default=None, data_key="verificationDetails", allow_none=True)


class _Request(_Part):
    verdict = fields.Nested(_Body, required=True, data_key="regulatedOrderVerificationStatus")


_request = _Request()
_PARTS: Mapping[str, tuple[str, ...]] = {
    "prescriptionDetail": tuple(_Prescription().fields),
    "approvedAlternativeDetails": tuple(_Alternative().fields),
    "interimStatusDetail": tuple(_Interim().fields),
}
_TIMES = ("expirationDate", "statusDateTime")


def read_verdict(data: bytes, half: RegulatedOrder) -> Verdict:
    """What the body tells of that order.

    Raises InvalidInput.
    """
    content = _loaded(data)
    details = {kind: told for kind, told in (content["details"] or {}).items() if told is not None}
    problems = list(_problems(content, details, half))
    if problems:
        raise InvalidInput(problems[0], also=problems[1:])
    status = Verification(content["status"]) if content["status"] else None
    reason = content["reason"] if status is Verification.REJECTED else None
    return Verdict(status, content["reviewer"], reason, details)


def _loaded(data: bytes) -> dict[str, Any]:
    try:
        content: dict[str, Any] = _request.load(orjson.loads(data))["verdict"]
    except orjson.JSONDecodeError:
        raise InvalidInput("Request has missing or invalid parameters and cannot be parsed.") from None
    except ValidationError as error:
        raise InvalidInput("Invalid Input", f"The body is not valid at {_place(error)}.") from None
    return content


def _place(error: ValidationError) -> str:
    found: Any = error.messages
    path = []
    while isinstance(found, dict):
        key, found = next(iter(found.items()))
        path.append(str(key))
    return ".".join(path)


def _problems(content: Mapping[str, Any], details: Mapping[str, Any], half: RegulatedOrder) -> Iterator[str]:
    status, reasons = content["status"], [each["RejectionReasonId"] for each in half.rejection_reasons]
    interim = status == Verification.PENDING and "interimStatusDetail" in details
    if status and status not in JUDGED and not interim:
        yield f"Invalid request parameter `status`. Must be one of [{', '.join(JUDGED)}]."
    elif status and half.status != Verification.PENDING:
        yield f"The verification status cannot be updated when order is in {half.status} status."
    if status == Verification.REJECTED and not content["reason"]:
        yield "Missing request parameter: rejectionReasonId."
    elif status == Verification.REJECTED and content["reason"] not in reasons:
        yield f"Invalid request parameter `rejectionReasonId`. Must be one of [{', '.join(reasons)}]."
    for kind, told in details.items():
        yield from _problems_of_detail(kind, told, status or half.status, half)
    if not status and not details:
        yield "Missing request parameter: status."
    if not content["reviewer"]:
        yield "Missing request parameter: externalReviewerId."


def _problems_of_detail(kind: str, told: Any, status: str, half: RegulatedOrder) -> Iterator[str]:
    valid = {each["VerificationDetailType"]: each["ValidVerificationStatuses"] for each in half.detail_types}
    if status not in valid.get(kind, ()):
        yield f"Verification Detail `{kind}` is not supported when order is in {status} status."
        return
    for part in told if isinstance(told, list) else [told]:
        if missing := [name for name in _PARTS[kind] if part.get(name) in (None, "")]:
            yield f"Missing required parameter(s) from {kind} value: {', '.join(missing)}"
        for name in _TIMES:
            if part.get(name) and read(part[name]) is None:
                yield f"Invalid request parameter `{name}`. It must be a date and time of ISO 8601."
    codes = [each["StatusCode"] for each in half.interim_codes]
    if kind == "interimStatusDetail" and told.get("statusCode") and told["statusCode"] not in codes:
        yield f"Invalid request parameter `statusCode`. Must be one of [{', '.join(codes)}]."
