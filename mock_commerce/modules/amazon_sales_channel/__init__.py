"""The Commerce half of the Amazon sales channel: an installed module, as Magento modules are.

It places Amazon orders in process, shows the system message, and marks shipped orders.
"""

from __future__ import annotations

from flask import Flask

from mock_commerce.modules.amazon_sales_channel import api, observer
from mock_commerce.sales import shipping


def init_app(app: Flask) -> None:
    app.register_blueprint(api.bp)
    if observer.mark_shipped not in shipping.observers:
        shipping.observers.append(observer.mark_shipped)
