"""Reading XML feeds: safely, whatever they contain. Namespaces mean nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from mock_amazon.feeds.results import FeedBroken, incomplete

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_USABLE = (
    "We are unable to process the XML feed because one or more items are invalid. Please re-submit the feed."
)


class NotUsable(Exception):
    """The document is no envelope with such messages; the report has one error about all of it."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


@dataclass(frozen=True)
class Message:
    """A message: its number, and the element that says what to do (None where it is missing)."""

    number: str
    element: Element | None


def messages_of(content: bytes, message_type: str) -> list[Message]:
    """The messages of an envelope of that type. Who its header says it is from, Amazon does not look at.

    Raises NotUsable, FeedBroken.
    """
    root = _root(content)
    if name_of(root) != "AmazonEnvelope" or text_of(root, "MessageType") != message_type:
        raise NotUsable("25", _NOT_USABLE)
    found = [
        Message(text_of(each, "MessageID"), child(each, message_type)) for each in children(root, "Message")
    ]
    if not found or any(not each.number.isdigit() for each in found):
        raise NotUsable("25", _NOT_USABLE)
    return found


def _root(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except ParseError as error:
        line, column = error.position
        told = str(error).partition(":")[0]
        raise NotUsable(
            "5001", f"XML Parsing Fatal Error at Line {line}, Column {column + 1}: {told}. {told}"
        ) from None
    except (DefusedXmlException, LookupError, ValueError) as error:
        # Entities, and encodings that nobody knows: it is not tried any further.
        raise FeedBroken(str(error)) from None
    return root


def name_of(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    return (each for each in element if name_of(each) == name)


def child(element: Element, name: str) -> Element | None:
    return next(children(element, name), None)


def text_of(element: Element | None, name: str) -> str:
    """The text of a child, stripped; empty where there is none."""
    found = None if element is None else child(element, name)
    return "" if found is None else (found.text or "").strip()


def units_of(element: Element, name: str) -> int | None:
    """A positive whole number, None where it is not given.

    Raises Refused.
    """
    return units(text_of(element, name), name)


def units(written: str, name: str) -> int | None:
    """The same from a text."""
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= len("1000000") and int(written)):
        raise incomplete(f"{name}: {written!r} is not a positive whole number")
    return int(written)
