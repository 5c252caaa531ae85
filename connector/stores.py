"""Adding, connecting and setting up stores; matching by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select

from connector.amazon.client import AmazonClient
from connector.amazon.marketplaces import MARKETPLACES
from connector.commerce.client import CommerceClient
from connector.commerce.placing import MODULE, PLUGIN, module_missing
from connector.database import db
from connector.domain.settings import changed
from connector.models import Match, Store
from connector.sync.problems import note_problem

_ALL = select(Store).order_by(Store.id)
_NAMED = select(Store).where(Store.name == bindparam("name"))


class StoreError(ValueError):
    """A store that cannot be added, found or changed; the message says why."""


def add(name: str, marketplace: str, seller: str, website: str) -> Store:
    """Add a store, not connected yet (T-02).

    Raises StoreError.
    """
    if not name.strip() or len(name) > 100:  # noqa: PLR2004 - the column's length
        raise StoreError(f"{name[:20]!r} is not a store name: 1 to 100 characters")
    if marketplace not in MARKETPLACES:
        raise StoreError(f"unknown marketplace {marketplace!r}: there are {', '.join(MARKETPLACES)}")
    if db.session.scalar(_NAMED, {"name": name}):
        raise StoreError(f"there is a store {name!r} already")
    twin = select(Store).where(Store.seller == seller, Store.marketplace == marketplace)
    if existing := db.session.scalar(twin):  # T-31
        raise StoreError(f"store {existing.name!r} stands for seller {seller} on {marketplace} already")
    store = Store(name=name, seller=seller, marketplace=marketplace, website=website)
    db.session.add(store)
    db.session.commit()
    return store


def get(name: str) -> Store:
    """The store of that name.

    Raises StoreError.
    """
    store = db.session.scalar(_NAMED, {"name": name})
    if store is None:
        names = ", ".join(db.session.scalars(select(Store.name).order_by(Store.id))) or "none"
        raise StoreError(f"there is no store {name!r}; there are: {names}")
    return store


def some(name: str | None) -> list[Store]:
    """One store, or all of them.

    Raises StoreError.
    """
    if name is not None:
        return [get(name)]
    return list(db.session.scalars(_ALL))


def connect(
    store: Store, refresh_token: str, amazon: AmazonClient, commerce: CommerceClient, moment: datetime
) -> None:
    """Try both sides with the granted access; the store is active only if they answer.

    ``moment`` is the integration: orders placed before it are never imported (T-22, T-23).
    Raises StoreError, AbortRun, RetryLater, GiveUpOnOrder; the store is unchanged then.
    """
    marketplace = MARKETPLACES[store.marketplace]
    if marketplace.id not in amazon.marketplace_ids():
        raise StoreError(f"the seller account takes no part in marketplace {store.marketplace}")
    website = commerce.website(store.website)
    modules = commerce.modules()
    store.refresh_token = refresh_token
    store.website_id, store.store_view, store.stock_id = website.id, website.store_view, website.stock_id
    store.state = "active"
    if store.connected_at is None:  # renewed access does not move the cut-off
        # Amazon's times are cut to milliseconds, in v0 to seconds: an order of that second is in (T-24).
        store.connected_at = moment.replace(microsecond=0)
    if store.settings["place_orders_by"] == PLUGIN and MODULE not in modules:
        note_problem(store, module_missing())
    db.session.commit()


def change_settings(changes: Mapping[str, object], stores: list[Store]) -> None:
    """Change settings of some stores, of all or of none.

    Raises InvalidSetting, StoreError.
    """
    for store in stores:
        if store.state != "active":  # S-11
            raise StoreError(f"store {store.name!r} is not connected: its settings cannot be changed yet")
    results = [changed(store.settings_json, changes) for store in stores]
    for store, result in zip(stores, results, strict=True):
        store.settings_json = result
    db.session.commit()


def match(seller_sku: str, sku: str, stores: list[Store]) -> None:
    """Tie a seller SKU to a catalog product by hand (G-14).

    Raises StoreError.
    """
    for what, text, most in (("seller SKU", seller_sku, 100), ("catalog SKU", sku, 64)):
        if not text.strip() or len(text) > most:
            raise StoreError(f"{text[:20]!r} is not a {what}: 1 to {most} characters")
    for store in stores:
        existing = db.session.scalar(
            select(Match).where(Match.store_id == store.id, Match.seller_sku == seller_sku)
        )
        if existing is None:
            db.session.add(Match(store_id=store.id, seller_sku=seller_sku, sku=sku))
        else:
            existing.sku = sku
    db.session.commit()


def check_product(sku: str, commerce: CommerceClient) -> None:
    """Look whether Commerce has a product, in that very spelling (F28).

    Raises StoreError, and what the look-up raises.
    """
    found = {product.sku for product in commerce.products([sku])}
    if sku not in found:
        hint = f"; there is {', '.join(sorted(found))}" if found else ""
        raise StoreError(f"Commerce has no product {sku!r}{hint}")


def unmatch(seller_sku: str, stores: list[Store]) -> list[str]:
    """Remove the matches of a seller SKU; answers the stores that had one.

    Raises StoreError where none of them has.
    """
    ids = {store.id: store.name for store in stores}
    statement = select(Match).where(Match.store_id.in_(ids), Match.seller_sku == seller_sku)
    found = list(db.session.scalars(statement.order_by(Match.store_id)))
    if not found:
        names = ", ".join(ids.values()) or "no store"
        raise StoreError(f"seller SKU {seller_sku!r} is not matched in {names}")
    for row in found:
        db.session.delete(row)
    db.session.commit()
    return [ids[row.store_id] for row in found]


def matches(stores: list[Store]) -> list[tuple[str, str, str]]:
    """Store, seller SKU and catalog SKU of each match."""
    ids = {store.id: store.name for store in stores}
    statement = select(Match).where(Match.store_id.in_(ids)).order_by(Match.store_id, Match.seller_sku)
    return [(ids[row.store_id], row.seller_sku, row.sku) for row in db.session.scalars(statement)]
