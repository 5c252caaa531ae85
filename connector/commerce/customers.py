"""Customer accounts of the shop: found by e-mail and website, made where there is none (F-03)."""

from __future__ import annotations

from connector.commerce.client import SYSTEM, CommerceClient
from connector.commerce.criteria import Filter, search
from connector.domain.translation import CommerceOrder
from connector.http import shaped


@shaped(SYSTEM)
def account_of(commerce: CommerceClient, order: CommerceOrder, website_id: int) -> int:
    """The id of the buyer's account. A new one makes Commerce write to the buyer."""
    groups = [[Filter("email", order.email.lower())], [Filter("website_id", str(website_id))]]
    query = search(groups, fields="items[id],total_count", size=1)
    for customer in commerce.call("GET", "customers/search", params=query).get("items") or []:
        return int(customer["id"])
    customer = {
        "email": order.email,
        "firstname": order.customer.firstname,
        "lastname": order.customer.lastname,
        "website_id": website_id,
    }
    return int(commerce.call("POST", "customers", json={"customer": customer})["id"])
