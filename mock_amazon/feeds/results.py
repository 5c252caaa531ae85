"""What has become of a feed: message by message, and the document that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import escape

INCOMPLETE = "18028"
INCOMPLETE_TEXT = (
    "The data you submitted is incomplete or invalid. "
    "For help fixing this, see http://sellercentral.amazon.com/gp/help/30721"
)
TOO_MANY = "18021"
"""The numbers that Amazon was seen to answer; both stand in public processing reports."""


class FeedBroken(Exception):
    """Nothing of the feed can be processed: it ends FATAL, without a result."""


class Refused(Exception):
    """One message cannot be carried out, and changes nothing."""

    def __init__(self, text: str, code: str = INCOMPLETE) -> None:
        super().__init__(text)
        self.text, self.code = text, code


def incomplete(why: str) -> Refused:
    """Amazon's words for whatever is wrong, with ours that say what it is."""
    return Refused(f"{INCOMPLETE_TEXT} ({why})")


@dataclass(frozen=True)
class Note:
    """An error or a warning about a message; ``about`` names the order (and the item) by Amazon's tags."""

    message: str
    code: str
    text: str
    about: dict[str, str] = field(default_factory=dict)
    warning: bool = False


@dataclass(frozen=True)
class Outcome:
    """The counts of a feed and its result document."""

    succeeded: int
    failed: int
    document: bytes
    content_type: str
    gzipped: bool = False


def xml_outcome(seller_id: str, feed_number: str, processed: int, notes: Sequence[Note]) -> Outcome:
    """The ProcessingReport of an XML feed, in the shape that public ones have."""
    failed = len({note.message for note in notes if not note.warning})
    warned = len({note.message for note in notes if note.warning})
    succeeded = max(processed - failed, 0)
    counts = {"Processed": processed, "Successful": succeeded, "WithError": failed, "WithWarning": warned}
    summary = "".join(f"<Messages{name}>{count}</Messages{name}>" for name, count in counts.items())
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<AmazonEnvelope xsi:noNamespaceSchemaLocation="amzn-envelope.xsd"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<Header><DocumentVersion>1.02</DocumentVersion>"
        f"<MerchantIdentifier>{escape(seller_id)}</MerchantIdentifier></Header>"
        "<MessageType>ProcessingReport</MessageType><Message><MessageID>1</MessageID><ProcessingReport>"
        f"<DocumentTransactionID>{feed_number}</DocumentTransactionID><StatusCode>Complete</StatusCode>"
        f"<ProcessingSummary>{summary}</ProcessingSummary>{''.join(map(_result, notes))}"
        "</ProcessingReport></Message></AmazonEnvelope>\n"
    )
    return Outcome(succeeded, failed, text.encode(), "text/xml; charset=UTF-8")


def _result(note: Note) -> str:
    about = "".join(f"<{tag}>{escape(value)}</{tag}>" for tag, value in note.about.items())
    return (
        f"<Result><MessageID>{escape(note.message)}</MessageID>"
        f"<ResultCode>{'Warning' if note.warning else 'Error'}</ResultCode>"
        f"<ResultMessageCode>{note.code}</ResultMessageCode>"
        f"<ResultDescription>{escape(note.text)}</ResultDescription>"
        f"{f'<AdditionalInfo>{about}</AdditionalInfo>' if about else ''}</Result>"
    )


FLAT_COLUMNS = (
    "original-record-number",
    "order-id",
    "order-item-id",
    "error-code",
    "error-type",
    "error-message",
)


def flat_outcome(processed: int, rows: Sequence[Sequence[str]], failed: int) -> Outcome:
    """The report of a flat file: a summary, then the rows (amzn/selling-partner-api-docs#133)."""
    succeeded = max(processed - failed, 0)
    lines = [
        "Feed Processing Summary:",
        f"\tNumber of records processed\t\t{processed}",
        f"\tNumber of records successful\t\t{succeeded}",
        "",
        *("\t".join(row) for row in (FLAT_COLUMNS, *rows)),
    ]
    return Outcome(succeeded, failed, ("\n".join(lines) + "\n").encode(), "text/plain; charset=UTF-8")
