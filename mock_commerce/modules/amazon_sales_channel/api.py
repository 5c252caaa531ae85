"""The module's routes; Magento's 404 while the module is disabled."""

from __future__ import annotations

from typing import Any

from flask import g

from mock_commerce.config import settings
from mock_commerce.errors import NoRoute
from mock_commerce.models import db
from mock_commerce.modules.amazon_sales_channel import placing
from mock_commerce.modules.amazon_sales_channel.schemas import batch
from mock_commerce.webapi.rest import argument, section, serves, text_argument
from simkit.simulation import operation

MESSAGE = "amazon_sales_channel/system_message"

bp = section("amazon_sales_channel")


@bp.before_request
def only_if_enabled() -> None:
    if not settings.current().module_enabled:
        g.pop("operation", None)  # a route that is not there is no operation
        raise NoRoute


@bp.post("/amazon-sales-channel/orders")
@operation("place_order")
@serves("Magento_Sales::create")
def place_orders() -> list[dict[str, Any]]:
    """placeAmazonOrders: place a list of Amazon orders, one result each."""
    return placing.place(batch(argument("orders")))


@bp.put("/amazon-sales-channel/system-message")
@operation("system_message")
@serves("Magento_Backend::admin")
def put_system_message() -> bool:
    """setSystemMessage: show a text above all Admin pages; an empty one removes it."""
    settings.save(MESSAGE, text_argument("text") or None)
    db.session.commit()
    return True
