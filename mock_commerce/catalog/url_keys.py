"""URL keys: made of the name, and refused where two visible products of a website would share one."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import func, select

from mock_commerce.errors import CommerceError
from mock_commerce.models import Product, db

NOT_VISIBLE = 1


def of_text(text: str) -> str:
    """As Commerce makes it of a product's name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^0-9a-z]+", "-", plain.lower()).strip("-")


def free(text: str) -> str:
    """One that nobody has, for products that the simulator makes."""
    key = of_text(text)
    query = select(Product.entity_id).where(Product.url_key == key).limit(1)
    if key and db.session.scalar(query) is None:
        return key
    count = db.session.scalar(select(func.count(Product.entity_id))) or 0
    return f"{key}-{count + 1}".strip("-")


def check(product: Product) -> None:
    """Raises CommerceError where another visible product of one of its websites has the same key."""
    if not product.url_key or product.visibility == NOT_VISIBLE:
        return
    query = select(Product.website_ids).where(
        Product.url_key == product.url_key, Product.visibility != NOT_VISIBLE
    )
    others = db.session.scalars(query.where(Product.entity_id != product.entity_id))
    if any(set(product.website_ids) & set(websites) for websites in others):
        raise CommerceError("URL key for specified store already exists.")
