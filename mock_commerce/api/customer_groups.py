"""Groups of customers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from mock_commerce.config import settings
from mock_commerce.customers import groups
from mock_commerce.errors import CommerceError, InputErrors, InputRequired, InvalidValue, Masked, no_such
from mock_commerce.models import Customer, CustomerGroup, Store, db
from mock_commerce.search.pages import Columns, criteria, rendered_page
from mock_commerce.webapi.rest import section, serves
from mock_commerce.wire.customer_input import group_input
from simkit.simulation import operation

bp = section("customer_groups")

RESOURCE = "Magento_Customer::group"
RETAIL = "Retail Customer"
RETAIL_ID = 3
LONGEST_CODE = 32
COLUMNS: Columns = {
    "customer_group_id": CustomerGroup.customer_group_id,
    "id": CustomerGroup.customer_group_id,
    "code": CustomerGroup.code,
    "customer_group_code": CustomerGroup.code,
    "tax_class_id": CustomerGroup.tax_class_id,
}


def _get(group_id: int) -> CustomerGroup:
    group = db.session.get(CustomerGroup, group_id)
    if group is None:
        raise no_such("groupId", group_id)
    return group


def _document(group: CustomerGroup) -> dict[str, Any]:
    return {
        "id": group.customer_group_id,
        "code": group.code,
        "tax_class_id": group.tax_class_id,
        "tax_class_name": RETAIL,
    }


@bp.get("/customerGroups/search")
@operation("find_customer_groups")
@serves(RESOURCE)
def find_customer_groups() -> dict[str, Any]:
    """groupRepository.getList: groups that fit the search criteria."""
    keys = (CustomerGroup.customer_group_id,)
    return rendered_page(criteria(), COLUMNS, CustomerGroup, _document, keys)


@bp.get("/customerGroups/<segment:group_id>")
@operation("get_customer_group")
@serves(RESOURCE)
def get_customer_group(group_id: int) -> dict[str, Any]:
    """groupRepository.getById: one group."""
    return _document(_get(group_id))


@bp.get("/customerGroups/default")
@operation("get_default_customer_group")
@serves(RESOURCE)
def get_default_customer_group() -> dict[str, Any]:
    """groupManagement.getDefaultGroup: the group of new accounts."""
    return _document(_get(groups.default_id()))


@bp.get("/customerGroups/default/<segment:store_id>")
@operation("get_default_customer_group_of_store")
@serves(RESOURCE)
def get_default_customer_group_of_store(store_id: int) -> dict[str, Any]:
    """groupManagement.getDefaultGroup: the group of new accounts of a store view."""
    if db.session.get(Store, store_id) is None:
        raise no_such("storeId", store_id)
    return _document(_get(groups.default_id()))


@bp.put("/customerGroups/default/<segment:group_id>")
@operation("set_default_customer_group")
@serves(RESOURCE)
def set_default_customer_group(group_id: int) -> int:
    """customerGroupConfig.setDefaultCustomerGroup: the group of accounts that are made from now on."""
    _get(group_id)
    settings.save(groups.DEFAULT, group_id)
    db.session.commit()
    return group_id


@bp.get("/customerGroups/<segment:group_id>/permissions")
@operation("is_customer_group_readonly")
@serves(RESOURCE)
def is_customer_group_readonly(group_id: int) -> bool:
    """groupManagement.isReadonly: whether the group cannot be deleted."""
    return _is_readonly(_get(group_id))


def _is_readonly(group: CustomerGroup) -> bool:
    return group.customer_group_id in {groups.NOT_LOGGED_IN, groups.default_id()}


@bp.post("/customerGroups")
@operation("create_customer_group")
@serves(RESOURCE)
def create_customer_group() -> dict[str, Any]:
    """groupRepository.save: a new group."""
    number = db.session.scalar(select(func.max(CustomerGroup.customer_group_id))) or 0
    return _save(CustomerGroup(customer_group_id=number + 1))


@bp.put("/customerGroups/<segment:group_id>")
@operation("update_customer_group")
@serves(RESOURCE)
def update_customer_group(group_id: int) -> dict[str, Any]:
    """groupRepository.save: change a group."""
    return _save(_get(group_id))


def _save(group: CustomerGroup) -> dict[str, Any]:
    given = group_input()
    if not given.get("code"):
        raise InputErrors([InputRequired("code")])
    if len(given["code"]) > LONGEST_CODE:
        raise Masked("SQLSTATE[22001]: String data, right truncated: 'customer_group_code'")
    query = select(CustomerGroup).where(func.lower(CustomerGroup.code) == given["code"].lower())
    with db.session.no_autoflush:
        other = db.session.scalar(query)
    if other is not None and other is not group:
        raise CommerceError("Customer Group already exists.")
    tax_class = given.get("tax_class_id") or RETAIL_ID
    if tax_class != RETAIL_ID:
        raise InvalidValue(tax_class, "taxClassId")
    group.code, group.tax_class_id = given["code"], tax_class
    db.session.add(group)
    db.session.commit()
    return _document(group)


@bp.delete("/customerGroups/<segment:group_id>")
@operation("delete_customer_group")
@serves(RESOURCE)
def delete_customer_group(group_id: int) -> bool:
    """groupRepository.deleteById: a group less; its customers are in the default one then."""
    group = _get(group_id)
    if _is_readonly(group):
        raise CommerceError("Cannot delete group.")
    for customer in db.session.scalars(select(Customer).where(Customer.group_id == group_id)):
        customer.group_id = groups.default_id()
    db.session.delete(group)
    db.session.commit()
    return True
