"""PURE: answers as XML and bodies of XML, in the shape of Commerce's own renderer and deserialiser.

Lists are ``<item>`` elements, the root of an answer is ``<response>``, that of a body may have any name.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml.ElementTree import fromstring

ROOT, ITEM = "response", "item"
_DROPPED = re.compile(r"""[!"#$%&'()*+,/;<=>?@\[\\\]^`{|}~]""")
_BLANKS = re.compile(r"[ :]")
_NOT_FIRST = re.compile(r"[^A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff]")
_NOT_IN_NAME = re.compile(r"[^-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff]")
"""Of the letters of other scripts the names of elements have none: parsers do not agree on them."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def dump(value: Any) -> bytes:
    """A document of a JSON value."""
    root = Element(ROOT)
    _fill(root, value)
    indent(root)
    return f'<?xml version="1.0"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _fill(element: Element, value: Any) -> None:
    if isinstance(value, dict):
        for key, below in value.items():
            _fill(SubElement(element, _name(key)), below)
    elif isinstance(value, list):
        for below in value:
            _fill(SubElement(element, ITEM), below)
    elif text := _text(value):
        element.text = text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else _NOT_XML.sub("", str(value))


def _name(key: str) -> str:
    """A key as the name of an element."""
    name = _NOT_IN_NAME.sub("", _BLANKS.sub("_", _DROPPED.sub("", key))).strip("_")
    return f"{ITEM}_{name}" if not name or _NOT_FIRST.match(name) else name


def load(text: bytes, levels: int) -> Any:
    """What the document says below its root, all of it text.

    Raises ValueError for what is no XML, is nested deeper than that many levels, or defines entities.
    """
    try:
        root = fromstring(text)
    except SyntaxError as error:  # the parser's own errors are such
        raise ValueError(str(error)) from error
    return _value(root, levels)


def _value(element: Element, levels: int) -> Any:
    if not levels:
        raise ValueError("Excessive depth in document")
    if len(element) == 0:
        return (element.text or "").strip()
    names = Counter(child.tag for child in element)
    if set(names) == {ITEM}:
        return [_value(child, levels - 1) for child in element]
    content: dict[str, Any] = {}
    for child in element:
        if names[child.tag] > 1:
            content.setdefault(child.tag, []).append(_value(child, levels - 1))
        else:
            content[child.tag] = _value(child, levels - 1)
    return content
