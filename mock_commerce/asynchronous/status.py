"""PURE: the states of operations, and of bulks as the Admin shows them."""

from __future__ import annotations

from collections.abc import Mapping

COMPLETE, RETRIABLE, FAILED, OPEN, REJECTED = 1, 2, 3, 4, 5
WORDS = {
    COMPLETE: "complete",
    RETRIABLE: "failed_retriable",
    FAILED: "failed",
    OPEN: "open",
    REJECTED: "rejected",
}


def summary(counts: Mapping[int, int], *, open_counts_as_done: bool = False) -> str:
    """The status of a bulk from the numbers of its operations by their status."""
    total = sum(counts.values())
    if counts.get(COMPLETE, 0) == total:
        return "Finished Successfully"
    if counts.get(OPEN, 0) and not open_counts_as_done:
        return "Not Started" if counts[OPEN] == total else "In Progress"
    return "Finished with Failure"
