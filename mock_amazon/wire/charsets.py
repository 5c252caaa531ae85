"""Character sets of flat files: which is used where, and reading what somebody sent."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.http import parse_options_header

from mock_amazon.marketplaces import BY_ID

WESTERN = "Cp1252"
_JAPANESE = "windows-31j"
_UTF8 = "UTF-8"
_CODECS = {_JAPANESE: "cp932"}
"""Names that Python has another word for."""
_IN_WESTERN = frozenset({"US", "CA", "MX", "BR", "UK", "DE", "FR", "IT", "ES"})
"""Those of Amazon's old guide; marketplaces that came later have UTF-8."""


def charset_of(marketplace_ids: Sequence[str]) -> str:
    """The one that reports of these marketplaces are written in, by the first of them."""
    code = BY_ID[marketplace_ids[0]].code
    return _JAPANESE if code == "JP" else WESTERN if code in _IN_WESTERN else _UTF8


def encoded(text: str, charset: str) -> bytes:
    """The text; signs that the charset does not have become question marks."""
    return text.encode(_CODECS.get(charset, charset), errors="replace")


def decoded(content: bytes, content_type: str) -> str:
    """The text by the charset of its content type; without one as UTF-8, else Western.

    Raises ValueError.
    """
    charset = parse_options_header(content_type)[1].get("charset")
    if content.startswith(b"\xef\xbb\xbf"):
        charset = "utf-8-sig"
    try:
        if charset:
            return content.decode(_CODECS.get(charset.lower(), charset))
        return content.decode()
    except LookupError:
        raise ValueError(f"there is no charset {charset!r}") from None
    except UnicodeDecodeError:
        if charset:
            raise
        return content.decode(WESTERN, errors="replace")
