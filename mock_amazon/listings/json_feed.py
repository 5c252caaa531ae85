"""The content of a JSON_LISTINGS_FEED carried out, and the report that Amazon writes about it.

Codes and words from amzn/selling-partner-api-docs#1098, #1133, #1593 and -models#4636. The caller commits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mock_amazon.errors import InvalidInput
from mock_amazon.listings import submissions
from mock_amazon.listings.patching import Patch
from mock_amazon.listings.submissions import Outcome, Subject
from mock_amazon.models import Seller, db
from mock_amazon.wire.listings_paths import is_sku
from mock_amazon.wire.listings_requests import patches_of, product_type_of, put_of
from simkit import jsons

VERSION = "2.0"
Issue = dict[str, Any]
_NOT_PARSED = ("4002001", "Item 'Feed' cannot be parsed.")
_WRONG_VERSION = ("4002006", "Attribute 'version' does not match the required value.")
_BAD_MESSAGE = (
    "4002008",
    "The provided message did not meet the schema validation requirements for a feed message.",
)
_BAD_REQUEST = "BAD_REQUEST"


def process(
    seller_id: str, content: bytes, *, feed_id: str = "", marketplace_ids: Sequence[str] = ()
) -> bytes:
    """The processing report, as JSON; what is accepted is carried out.

    ``marketplace_ids`` are those of the feed; without them the seller's first marketplace is meant.
    """
    feed = _parsed(content)
    refused = _refusal(feed)
    header = feed.get("header") if isinstance(feed, dict) else None
    named = str(header.get("sellerId") or "") if isinstance(header, dict) else seller_id
    if refused is not None:
        return _report(named, feed_id, [refused], 0, 0)
    places = tuple(dict.fromkeys(marketplace_ids)) or _first_marketplace(seller_id)
    told = [_carried_out(seller_id, named, places, message) for message in feed["messages"]]
    issues = [issue for found in told for issue in found]
    return _report(named, feed_id, issues, len(told), sum(not found for found in told))


def _parsed(content: bytes) -> Any:
    try:
        return jsons.load(content)
    except ValueError:
        return None


def _refusal(feed: Any) -> Issue | None:
    """Why the whole feed is not looked at."""
    if not isinstance(feed, dict):
        return _issue(*_NOT_PARSED)
    header = feed.get("header")
    if not isinstance(header, dict) or not header.get("sellerId"):
        return _issue("4002005", "Attribute 'Merchant' is required, but not present.")
    if header.get("version") != VERSION:
        return _issue(*_WRONG_VERSION)
    if not isinstance(feed.get("messages"), list) or not feed["messages"]:
        return _issue("4002005", "Attribute 'messages' is required, but not present.")
    return None


def _first_marketplace(seller_id: str) -> tuple[str, ...]:
    return (db.session.get_one(Seller, seller_id).marketplaces[0].id,)


def _carried_out(seller_id: str, named: str, places: tuple[str, ...], message: Any) -> list[Issue]:
    """The issues of one message; none where it was accepted."""
    if not _is_message(message):
        known = message.get("messageId") if isinstance(message, dict) else None
        return [_of_message(known, _issue(*_BAD_MESSAGE))]
    number = message["messageId"]
    if named != seller_id:
        return [_of_message(number, _issue(_BAD_REQUEST, "Invalid 'accountId' provided."))]
    try:
        outcome = _ACTIONS[message["operationType"]](Subject(seller_id, message["sku"], places), message)
    except InvalidInput:
        return [_of_message(number, _issue(_BAD_REQUEST, "Invalid parameters provided."))]
    return [_of_message(number, _told(found)) for found in outcome.issues]


def _is_message(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and type(message.get("messageId")) is int
        and message["messageId"] > 0
        and is_sku(message.get("sku"))
        and message.get("operationType") in tuple(_ACTIONS)
    )


def _update(subject: Subject, message: dict[str, Any]) -> Outcome:
    body = put_of(message)
    return submissions.put(subject, body.product_type, body.requirements, body.attributes)


def _partial_update(subject: Subject, message: dict[str, Any]) -> Outcome:
    body = put_of(message)
    patches = [Patch("replace", name, value) for name, value in body.attributes.items()]
    return submissions.patch(subject, body.product_type, patches)


def _patch(subject: Subject, message: dict[str, Any]) -> Outcome:
    return submissions.patch(subject, product_type_of(message), patches_of(message))


def _delete(subject: Subject, message: dict[str, Any]) -> Outcome:
    del message
    return submissions.delete(subject)


_ACTIONS: Mapping[str, Callable[[Subject, dict[str, Any]], Outcome]] = {
    "UPDATE": _update,
    "PARTIAL_UPDATE": _partial_update,
    "PATCH": _patch,
    "DELETE": _delete,
}


def _issue(code: str, message: str) -> Issue:
    return {"code": code, "severity": "ERROR", "message": message}


def _told(found: Issue) -> Issue:
    return {**_issue(found["code"], found["message"]), "attributeNames": found["attributeNames"]}


def _of_message(number: Any, issue: Issue) -> Issue:
    return {"messageId": number, **issue} if type(number) is int else issue


def _report(seller_id: str, feed_id: str, issues: list[Issue], processed: int, accepted: int) -> bytes:
    return jsons.dump(
        {
            "header": {"sellerId": seller_id, "version": VERSION, "feedId": feed_id},
            "issues": issues,
            "summary": {
                "errors": len(issues),
                "warnings": 0,
                "messagesProcessed": processed,
                "messagesAccepted": accepted,
                "messagesInvalid": processed - accepted,
            },
        }
    )
