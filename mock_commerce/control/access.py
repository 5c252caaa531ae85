"""The verbs of ``/_sim`` for roles, administrators and integrations."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_commerce.access.auth import password_hash
from mock_commerce.access.resources import RESOURCES
from mock_commerce.control.wishes import admin_schema, integration_schema, role_schema
from mock_commerce.models import AdminRole, AdminUser, Integration, db
from simkit.checking import wish_of
from simkit.control import BadControl
from simkit.simulation import simulation

LENGTH = 32


def add_to(bp: Blueprint) -> None:
    bp.get("/roles")(_list_roles)
    bp.post("/roles")(_save_role)
    bp.get("/admins")(_list_admins)
    bp.post("/admins")(_save_admin)
    bp.get("/integrations")(_list_integrations)
    bp.post("/integrations")(_save_integration)


def _list_roles() -> ResponseReturnValue:
    rows = db.session.scalars(select(AdminRole).order_by(AdminRole.role_id))
    return jsonify(roles=[_role(row) for row in rows], resources=RESOURCES)


def _save_role() -> ResponseReturnValue:
    given = wish_of(role_schema)
    row = db.session.scalar(select(AdminRole).where(AdminRole.name == given["name"]))
    if row is None:
        row = AdminRole(name=given["name"])
        db.session.add(row)
    row.resources = list(dict.fromkeys(given["resources"]))
    db.session.commit()
    return jsonify(_role(row))


def _role(row: AdminRole) -> dict[str, Any]:
    return {"role_id": row.role_id, "name": row.name, "resources": row.resources}


def _list_admins() -> ResponseReturnValue:
    rows = db.session.scalars(select(AdminUser).order_by(AdminUser.user_id))
    return jsonify(admins=[_admin(row) for row in rows])


def _save_admin() -> ResponseReturnValue:
    given = wish_of(admin_schema)
    row = db.session.scalar(select(AdminUser).where(AdminUser.username == given["username"]))
    if row is None:
        if "password" not in given:
            raise BadControl("field 'password': a new administrator needs one")
        row = AdminUser(username=given["username"], role_id=1, is_active=True)
        db.session.add(row)
    if "password" in given:
        row.password_hash = password_hash(given["password"])
    _apply(row, given)
    db.session.commit()
    return jsonify(_admin(row))


def _admin(row: AdminUser) -> dict[str, Any]:
    return {
        "user_id": row.user_id,
        "username": row.username,
        "role": row.role.name,
        "active": row.is_active,
    }


def _apply(row: AdminUser | Integration, given: dict[str, Any]) -> None:
    if "role" in given:
        row.role_id = _role_id(given["role"])
    if "active" in given:
        row.is_active = given["active"]


def _role_id(name: str) -> int:
    known = {
        row.name: row.role_id for row in db.session.scalars(select(AdminRole).order_by(AdminRole.role_id))
    }
    if name not in known:
        raise BadControl(f"field 'role': {name!r} is not one of {', '.join(known)}")
    return known[name]


def _list_integrations() -> ResponseReturnValue:
    rows = db.session.scalars(select(Integration).order_by(Integration.integration_id))
    return jsonify(integrations=[_integration(row) for row in rows])


def _save_integration() -> ResponseReturnValue:
    given = wish_of(integration_schema)
    row = db.session.scalar(select(Integration).where(Integration.name == given["name"]))
    if row is None:
        row = Integration(name=given["name"], role_id=1, is_active=True, **_new_keys())
        db.session.add(row)
    _apply(row, given)
    db.session.commit()
    return jsonify(_integration(row))


def _new_keys() -> dict[str, str]:
    names = ("consumer_key", "consumer_secret", "token", "token_secret")
    return {name: simulation().ids.token("integration", LENGTH) for name in names}


def _integration(row: Integration) -> dict[str, Any]:
    """With its keys: they are needed to sign."""
    return {
        "integration_id": row.integration_id,
        "name": row.name,
        "role": row.role.name,
        "active": row.is_active,
        "consumer_key": row.consumer_key,
        "consumer_secret": row.consumer_secret,
        "token": row.token,
        "token_secret": row.token_secret,
    }
