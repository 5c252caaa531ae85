"""Store information: websites, store groups, store views, installed modules."""

from __future__ import annotations

import re
from typing import Any

from flask import request
from sqlalchemy import select

from mock_commerce.config.settings import BASE_CURRENCY, current
from mock_commerce.models import ADMIN_STORE_ID, Store, Website, db
from mock_commerce.modules import installed
from mock_commerce.webapi.rest import section, serves
from simkit.simulation import operation

bp = section("store")

ROOT_CATEGORY = 2
LOCALE, WEIGHT_UNIT = "en_US", "lbs"
"""Of every store view."""
_CODES = re.compile(r"(storeCodes|store_codes)(\[\d*\])?")


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


@bp.get("/store/storeConfigs")
@operation("list_store_configs")
@serves("Magento_Backend::store")
def list_store_configs() -> list[dict[str, Any]]:
    """storeConfigManager.getStoreConfigs: how the store views with those codes are set, or all of them.

    A code that there is not is left out, as in Commerce.
    """
    codes = {value for key, value in request.args.items(multi=True) if _CODES.fullmatch(key)}
    views = [store for store in _stores() if store.store_id != ADMIN_STORE_ID]
    return [_config(store) for store in views if not codes or store.code in codes]


def _config(store: Store) -> dict[str, Any]:
    base = request.host_url
    folders = {"url": "", "link_url": "", "static_url": "static/", "media_url": "media/"}
    plain = {f"base_{name}": f"{base}{folder}" for name, folder in folders.items()}
    return {
        "id": store.store_id,
        "code": store.code,
        "website_id": store.website_id,
        "locale": LOCALE,
        "base_currency_code": BASE_CURRENCY,
        "default_display_currency_code": BASE_CURRENCY,
        "timezone": current().timezone,
        "weight_unit": WEIGHT_UNIT,
        **plain,
        **{f"secure_{name}": address for name, address in plain.items()},
    }


@bp.get("/modules")
@operation("list_modules")
@serves("Magento_Backend::admin")
def list_modules() -> list[str]:
    """moduleService.getModules: the names of the modules that are switched on."""
    return installed.names()
