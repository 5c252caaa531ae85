"""The lag of the order grid: with ``async_grid`` on, the cron writes the grid, not the saving of an order."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, case, delete, func, select

from mock_commerce.config.settings import current
from mock_commerce.cron import schedule
from mock_commerce.models import GridLag, Order, db
from simkit import jsons


def order_saved(order: Order) -> None:
    """Keep what the grid shows of an order that is about to get a new document."""
    if current().async_grid == "off" or db.session.get(GridLag, order.entity_id) is not None:
        return
    shown = jsons.load(order.document)["status"] if order.document else None
    db.session.add(GridLag(order_id=order.entity_id, status=shown))
    schedule.want(schedule.GRID)


def shown(query: Select[Order]) -> tuple[Select[Order], ColumnElement[str | None]]:
    """The query of orders, and the status that the grid shows of each; None where it has no row."""
    if current().async_grid == "off":
        return query, Order.status.expression
    query = query.outerjoin(GridLag, GridLag.order_id == Order.entity_id)
    return query, case((GridLag.order_id.is_not(None), GridLag.status), else_=Order.status)


def lagging(order_ids: list[int]) -> dict[int, str | None]:
    """What the grid shows of those orders that it does not show as they are."""
    query = select(GridLag.order_id, GridLag.status).where(GridLag.order_id.in_(order_ids))
    return dict(db.session.execute(query).all())


def work() -> int:
    """Write all rows."""
    count = db.session.scalar(select(func.count()).select_from(GridLag)) or 0
    catch_up()
    return count


def catch_up() -> None:
    db.session.execute(delete(GridLag))


def waits() -> bool:
    return db.session.scalar(select(GridLag.order_id).limit(1)) is not None
