"""What a caller is told when a document could not be saved: the reason stands in the log."""

from __future__ import annotations

from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError


def not_saved(what: str, reason: Exception) -> CommerceError:
    """The error to raise from the reason; without the quirk it tells the reason itself."""
    if current().has("reasons_in_log_only"):
        return CommerceError(f"Could not save {what}, see error log for details")
    return CommerceError(str(reason))
