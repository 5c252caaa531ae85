"""The report types, each with what collects its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mock_amazon.reports.all_orders import Window, by_last_update, by_order_date

COLLECTORS: Mapping[str, Callable[[Window], list[str]]] = {
    "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL": by_last_update,
    "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL": by_order_date,
}
