"""One view, three addresses: a cart by id for administrators, by mask for guests, the caller's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g

from mock_commerce.access.auth import ANONYMOUS, SELF
from mock_commerce.access.callers import customer_id
from mock_commerce.carts import finding
from mock_commerce.models import Cart
from mock_commerce.webapi.rest import serves
from simkit.simulation import operation

View = Callable[..., Any]


def _by_id(address: dict[str, Any]) -> Cart:
    return finding.by_id(address.pop("cart_id"))


def _by_mask(address: dict[str, Any]) -> Cart:
    return finding.by_mask(address.pop("cart_id"))


def _mine(address: dict[str, Any]) -> Cart:
    del address
    return finding.mine(customer_id())


@dataclass(frozen=True)
class Door:
    """A way to come to a cart: address, ACL resource, and how the cart is found."""

    name: str
    prefix: str
    resource: str
    find: Callable[[dict[str, Any]], Cart]
    id_kind: str


ADMIN = Door("cart", "/carts/<segment:cart_id>", "Magento_Cart::manage", _by_id, "int")
GUEST = Door("guest_cart", "/guest-carts/<segment:cart_id>", ANONYMOUS, _by_mask, "str")
MINE = Door("my_cart", "/carts/mine", SELF, _mine, "str")
EVERYBODY = (ADMIN, GUEST, MINE)


def cart_route(
    bp: Blueprint,
    method: str,
    path: str,
    name: str,
    doors: tuple[Door, ...] = EVERYBODY,
    *,
    active: bool = True,
) -> Callable[[View], View]:
    """Serve a function of a cart at these doors; operations are named after the door: ``guest_cart_totals``.

    With ``active`` a cart that is an order already is not found. ``g.door`` is the door that was taken.
    """

    def mark(view: View) -> View:
        for door in doors:
            label = f"{door.name}_{name}"
            guarded = operation(label)(serves(door.resource)(_behind(door, view, active=active)))
            bp.add_url_rule(f"{door.prefix}{path}", label, guarded, methods=[method])
        return view

    return mark


def _behind(door: Door, view: View, *, active: bool) -> View:
    def found(**address: Any) -> Any:
        g.door = door
        cart = door.find(address)
        if active:
            finding.check_active(cart)
        return view(cart, **address)

    found.__annotations__ = {"cart_id": door.id_kind, "item_id": "int"}
    found.__doc__ = view.__doc__
    return found


def is_guest() -> bool:
    return bool(g.door is GUEST)
