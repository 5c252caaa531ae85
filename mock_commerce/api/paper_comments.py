"""Comments on invoices, shipments and credit memos: one list call and one save call for each kind."""

from __future__ import annotations

from typing import Any

from mock_commerce.errors import CommerceError, CouldNotSave
from mock_commerce.models import Creditmemo, Invoice, Shipment, db, row_by_id
from mock_commerce.sales import papers
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import argument
from mock_commerce.wire.paper_input import comment_schema

_NAMES = {Invoice: "invoice", Shipment: "shipment", Creditmemo: "creditmemo"}
_REQUIRED = '"{}" is required. Enter and try again.'


def listed(model: Any, entity_id: int) -> dict[str, Any]:
    """The comments of a document; one that there is not has none."""
    row = row_by_id(model, entity_id)
    rows = [] if row is None else papers.content_of(row).get("comments", [])
    one = {"field": "parent_id", "value": str(entity_id), "condition_type": "eq"}
    return {
        "items": rows,
        "search_criteria": {"filter_groups": [{"filters": [one]}]},
        "total_count": len(rows),
    }


def add(model: Any) -> dict[str, Any]:
    """Save the comment of the body; the body, not the address, says whose it is. Commits.

    Raises CouldNotSave.
    """
    given = read(comment_schema, argument("entity"))
    name = _NAMES[model]
    labels = {"comment": "Comment", "parent_id": f"Parent {name.capitalize()} Id"}
    missing = [_REQUIRED.format(label) for field, label in labels.items() if not given.get(field)]
    parent_id = given.get("parent_id") or 0
    row = row_by_id(model, parent_id)
    if missing or row is None:
        lines = missing or [f"there is no {name} {parent_id}"]
        reason = CommerceError("\n".join(["Cannot save comment:", *lines]))
        raise CouldNotSave(f"Could not save the {name} comment.") from reason
    comment = papers.add_comment(row, given)
    db.session.commit()
    return comment
