"""Placing with what a stock Commerce has: POST /V1/orders stores an order as it is given.

It checks nothing, reserves nothing and knows no Amazon order: what has to be looked at, is looked at here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from connector.commerce.client import SYSTEM, CommerceClient
from connector.commerce.customers import account_of
from connector.commerce.directory import Directory
from connector.commerce.placing import Options, Result
from connector.commerce.raw_order import Shop, raw_order
from connector.domain.addresses import address_faults
from connector.domain.blockers import Blocker, Code
from connector.domain.translation import CommerceOrder
from connector.http import shaped


class OrdersApi:
    """The plain save of orders, for one store during one run."""

    def __init__(self, commerce: CommerceClient, options: Options, website_id: int) -> None:
        self._commerce = commerce
        self._options = options
        self._website_id = website_id
        self._directory = Directory(commerce, website_id, options.store_view)

    def objections(self, order: CommerceOrder, *, addressed: bool) -> list[Blocker]:
        """What Commerce would not notice: a currency without a rate, an address that nothing can be sent to.

        ``addressed``: the merchant sends something there, and Amazon tells where.

        Raises AbortRun where the store view is missing, RetryLater.
        """
        found = []
        currencies = self._directory.currencies
        if order.currency and currencies.rate(order.currency) is None:
            reason = f"Commerce has no rate from {currencies.base} to {order.currency}"
            found.append(Blocker(Code.CURRENCY_UNSUPPORTED, {"reason": reason}))
        if addressed and (faults := self._faults(order)):
            reason = f"Please check the shipping address: {', '.join(faults)}"
            found.append(Blocker(Code.ADDRESS_INVALID, {"reason": reason}))
        return found

    def place(self, order: CommerceOrder) -> Result:
        """Store one order that has no Commerce order yet.

        Raises GiveUpOnOrder with Commerce's refusal, AbortRun, RetryLater.
        """
        entity = raw_order(order, self._options, self._shop(order))
        return _result(self._commerce.call("POST", "orders", json={"entity": entity}))

    def _faults(self, order: CommerceOrder) -> list[str]:
        country = order.ship_to.country_id
        return address_faults(order.ship_to, self._directory.regions(country) if country else {})

    def _shop(self, order: CommerceOrder) -> Shop:
        currencies, country = self._directory.currencies, order.ship_to.country_id
        customer = None
        if self._options.create_accounts:
            customer = account_of(self._commerce, order, self._website_id)
        return Shop(
            store_id=self._directory.view.id,
            base_currency=currencies.base,
            rate=currencies.rate(order.currency) or Decimal(1),
            regions=(self._directory.regions(country) if country else None) or {},
            customer_id=customer,
        )


@shaped(SYSTEM)
def _result(answer: dict[str, Any]) -> Result:
    return Result(
        amazon_order_id=str(answer["ext_order_id"]),
        kind="placed",
        entity_id=int(answer["entity_id"]),
        number=str(answer["increment_id"]),
        total=Decimal(answer["grand_total"]),
        items={str(item["ext_order_item_id"]): int(item["item_id"]) for item in answer["items"]},
        message="",
    )
