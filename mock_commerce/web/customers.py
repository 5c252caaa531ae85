"""Customers and carts, to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import render_template, url_for
from sqlalchemy import select

from mock_commerce.carts.lines import lines_of
from mock_commerce.models import Cart, Customer, CustomerGroup, Order, Website, db, row_by_id
from mock_commerce.sales.lines import Line
from mock_commerce.web.section import gone, section
from mock_commerce.web.table import Column, Link, Search, show
from mock_commerce.web.words import local_moment, money, quantity

ZERO = Decimal(0)

bp = section("admin_customers")


@dataclass(frozen=True)
class Row:
    """A cart with what is in it."""

    cart: Cart
    lines: Sequence[Line]


@bp.get("/customer")
def index() -> str:
    groups = _groups()
    websites = dict(db.session.execute(select(Website.website_id, Website.name)).all())

    def action(row: Customer) -> Link:
        return Link("View", url_for("admin_customers.view", customer_id=row.entity_id), f"View {_name(row)}")

    columns = [
        Column("ID", lambda row: str(row.entity_id), is_number=True),
        Column("Name", _name),
        Column("Email", lambda row: row.email),
        Column("Group", lambda row: groups.get(row.group_id, "")),
        Column("Customer Since", lambda row: local_moment(row.created_at)),
        Column("Web Site", lambda row: websites.get(row.website_id, "")),
        Column("Action", action),
    ]
    query = select(Customer).order_by(Customer.entity_id.desc())
    found = Search("name or e-mail", [Customer.firstname, Customer.lastname, Customer.email])
    return show("Customers", columns, query, search=found)


@bp.get("/customer/index/edit/id/<int:customer_id>")
def view(customer_id: int) -> str:
    row = row_by_id(Customer, customer_id)
    if row is None:
        gone("This customer no longer exists.")
    orders = select(Order).where(Order.customer_id == customer_id).order_by(Order.entity_id.desc())
    return render_template(
        "admin/customer.html",
        customer=row,
        name=_name(row),
        group=_groups().get(row.group_id, ""),
        website=db.session.get_one(Website, row.website_id),
        orders=list(db.session.scalars(orders)),
    )


@bp.get("/reports/report_shopcart")
def carts() -> str:
    """Carts that are no orders yet, of customers and of guests."""
    columns = [
        Column("ID", lambda row: str(row.cart.entity_id), is_number=True),
        Column("Customer", lambda row: _owner(row.cart)),
        Column("Email", lambda row: row.cart.customer_email or ""),
        Column("Items", _items),
        Column("Subtotal", _subtotal, is_number=True),
        Column("Created", lambda row: local_moment(row.cart.created_at)),
        Column("Updated", lambda row: local_moment(row.cart.updated_at)),
    ]
    query = select(Cart).where(Cart.is_active).order_by(Cart.entity_id.desc())
    return show(
        "Carts",
        columns,
        query,
        about="Carts that have not become orders.",
        of=lambda cart: Row(cart, lines_of(cart)),
    )


def _name(customer: Customer) -> str:
    return f"{customer.firstname} {customer.lastname}"


def _groups() -> dict[int, str]:
    return dict(db.session.execute(select(CustomerGroup.customer_group_id, CustomerGroup.code)).all())


def _owner(cart: Cart) -> str | Link:
    if cart.customer_id is None:
        return "Guest" if cart.masked_id else "None yet"
    customer = db.session.get(Customer, cart.customer_id)
    if customer is None:
        return str(cart.customer_id)
    return Link(_name(customer), url_for("admin_customers.view", customer_id=customer.entity_id))


def _items(row: Row) -> str:
    return ", ".join(f"{quantity(line.quantity)} × {line.sku}" for line in row.lines)


def _subtotal(row: Row) -> str:
    return money(sum((line.price * line.quantity for line in row.lines), ZERO))
