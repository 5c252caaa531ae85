"""Orders: list, read, plain save, comments, and the changes of state without a document."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_commerce.api.lists import ORDER_COLUMNS
from mock_commerce.errors import NoSuchEntity
from mock_commerce.models import Order, db, row_by_id
from mock_commerce.sales import book, changes, saving
from mock_commerce.search.pages import criteria, stored_page
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import Stored, argument, section, serves
from mock_commerce.wire.order import comment_document
from mock_commerce.wire.order_input import history_schema, order_schema
from simkit.simulation import operation

bp = section("orders")


@bp.get("/orders")
@operation("list_orders")
@serves("Magento_Sales::actions_view")
def list_orders() -> Stored:
    """orderRepository.getList: orders that fit the search criteria."""
    return stored_page(criteria(), ORDER_COLUMNS, Order.__table__)


@bp.get("/orders/<segment:order_id>")
@operation("get_order")
@serves("Magento_Sales::actions_view")
def get_order(order_id: int) -> Stored:
    """orderRepository.get: one order by its entity id."""
    if order_id == 0:
        book.get(order_id)
    document = db.session.scalar(select(Order.document).where(Order.entity_id == order_id))
    if document is None:
        raise NoSuchEntity
    return Stored(document)


@bp.post("/orders")
@bp.put("/orders/create")
@operation("place_order")
@serves("Magento_Sales::create")
def save_order() -> Stored:
    """orderRepository.save: store the order as it is given."""
    order = saving.save(read(order_schema, argument("entity")), book.url_store())
    db.session.commit()
    return Stored(order.document)


@bp.get("/orders/<segment:order_id>/statuses")
@operation("get_order_status")
@serves("Magento_Sales::actions_view")
def get_status(order_id: int) -> str | None:
    """orderManagement.getStatus: the status of an order."""
    return book.get(order_id).status


@bp.get("/orders/<segment:order_id>/comments")
@operation("list_comments")
@serves("Magento_Sales::actions_view")
def list_comments(order_id: int) -> dict[str, Any]:
    """orderManagement.getCommentsList: the comments of an order."""
    order = row_by_id(Order, order_id)
    rows = [comment_document(comment) for comment in (order.comments if order else [])]
    one = {"field": "parent_id", "value": str(order_id), "condition_type": "eq"}
    echo = {"filter_groups": [{"filters": [one]}]}
    return {"items": rows, "search_criteria": echo, "total_count": len(rows)}


@bp.post("/orders/<segment:order_id>/comments")
@operation("comment")
@serves("Magento_Sales::comment")
def add_comment(order_id: int) -> bool:
    """orderManagement.addComment: add a comment, and set the status with it."""
    given = read(history_schema, argument("statusHistory"))
    flags = {key: given.get(key) or 0 for key in ("is_customer_notified", "is_visible_on_front")}
    changes.comment(book.get(order_id), given.get("comment"), given.get("status"), **flags)
    db.session.commit()
    return True


@bp.post("/orders/<segment:order_id>/cancel")
@operation("cancel")
@serves("Magento_Sales::cancel")
def cancel(order_id: int) -> bool:
    """orderManagement.cancel: cancel what is open; false where that is not possible."""
    done = changes.try_cancel(book.get(order_id))
    db.session.commit()
    return done


@bp.post("/orders/<segment:order_id>/hold")
@operation("hold")
@serves("Magento_Sales::hold")
def hold(order_id: int) -> bool:
    """orderManagement.hold: put an order on hold."""
    changes.hold(book.get(order_id))
    db.session.commit()
    return True


@bp.post("/orders/<segment:order_id>/unhold")
@operation("unhold")
@serves("Magento_Sales::unhold")
def unhold(order_id: int) -> bool:
    """orderManagement.unHold: release an order from hold."""
    changes.unhold(book.get(order_id))
    db.session.commit()
    return True
