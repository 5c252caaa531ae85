"""Seller SKUs in paths: any text, percent-encoded."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from flask import request
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from mock_amazon.errors import AccessDenied, InvalidInput

LONGEST = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class SkuConverter(BaseConverter):
    """Whatever stands there, slashes at any place too."""

    regex = r"[\s\S]+"
    part_isolating = False


def learn_skus(state: BlueprintSetupState) -> None:
    """Let the routes of a blueprint say ``<sku:name>``."""
    state.app.url_map.converters["sku"] = SkuConverter


def checked_sku(sku: str) -> str:
    """The SKU of the path, if it was encoded as it has to be.

    Raises AccessDenied: to Amazon a raw slash is another path (amzn/selling-partner-api-models#4429).
    Raises InvalidInput for what is no SKU.
    """
    raw = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI")
    # A server that does not hand over the raw path cannot be asked.
    if raw and unquote(urlsplit(raw).path.rpartition("/")[2]) != sku:
        raise AccessDenied("")
    if not is_sku(sku):
        raise InvalidInput("Invalid 'sku' provided.")
    return sku


def is_sku(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) <= LONGEST and not _CONTROL.search(text)
