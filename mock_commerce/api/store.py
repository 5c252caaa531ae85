"""Store information: websites, store groups, store views, installed modules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_commerce.models import Store, Website, db
from mock_commerce.modules import installed
from mock_commerce.rest import section, serves
from simkit.simulation import operation

bp = section("store")

ROOT_CATEGORY = 2


def _websites() -> list[Website]:
    return list(db.session.scalars(select(Website).order_by(Website.website_id)))


def _stores() -> list[Store]:
    return list(db.session.scalars(select(Store).order_by(Store.store_id)))


@bp.get("/store/websites")
@operation("list_websites")
@serves("Magento_Backend::store")
def list_websites() -> list[dict[str, Any]]:
    """websiteRepository.getList: all websites, the admin's too."""
    return [
        {"id": row.website_id, "code": row.code, "name": row.name, "default_group_id": row.website_id}
        for row in _websites()
    ]


@bp.get("/store/storeGroups")
@operation("list_store_groups")
@serves("Magento_Backend::store")
def list_store_groups() -> list[dict[str, Any]]:
    """groupRepository.getList: the store group of each website."""
    first = {store.website_id: store.store_id for store in reversed(_stores())}
    return [
        {
            "id": row.website_id,
            "website_id": row.website_id,
            "root_category_id": ROOT_CATEGORY if row.website_id else 0,
            "default_store_id": first[row.website_id],
            "name": row.group_name,
            "code": f"{row.code}_store" if row.website_id else "default",
        }
        for row in _websites()
    ]


@bp.get("/store/storeViews")
@operation("list_store_views")
@serves("Magento_Backend::store")
def list_store_views() -> list[dict[str, Any]]:
    """storeRepository.getList: all store views, the admin's too."""
    return [
        {
            "id": row.store_id,
            "code": row.code,
            "name": row.name,
            "website_id": row.website_id,
            "store_group_id": row.website_id,
            "is_active": 1,
        }
        for row in _stores()
    ]


@bp.get("/modules")
@operation("list_modules")
@serves("Magento_Backend::admin")
def list_modules() -> list[str]:
    """moduleService.getModules: the names of the modules that are switched on."""
    return installed.names()
