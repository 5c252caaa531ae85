"""The verbs: one table from each to the kind of its value, and the verbs that are still to come.

What a step hands over is plain Python with short forms written out and nothing filled in:
``amazon.confirm: A1`` is ``{"order": "A1"}``, ``cron: 2`` is 2, ``advance: 3d`` is "3d".
"""

from __future__ import annotations

from simkit.faults import KINDS
from simulator.scenario import rules
from simulator.scenario.expected import EXPECTED
from simulator.scenario.reading import FAULT, ORDER, SHOP_ORDER, SKU, SOURCE, STORE, WEBSITE
from simulator.scenario.shapes import ListOf, Named, Shape
from simulator.scenario.values import (
    Duration,
    Flag,
    Kind,
    Known,
    Money,
    NotYet,
    Number,
    Text,
    Time,
    Whole,
    Word,
)
from simulator.scenario.words import MARKETPLACES, PLACEABLE

TEXT, FLAG, AMOUNT = Text(), Flag(), Money()
_NAME = Text(r"[A-Za-z][A-Za-z0-9_-]{0,39}", "a name of letters, digits, - and _, such as A1")
_SKU = Text(r"[^\x00-\x1f]{1,64}", "a SKU of up to 64 characters")
_QTY = Whole(1, 1_000_000)
_SWITCH = Word(("on", "off"))
_ANY_ORDER = Known((ORDER, SHOP_ORDER))
_AMAZON_ORDER = Known((ORDER,))
_STORE = Known((STORE,))
_KNOWN_SKU = Known((SKU,))

ADDRESS = Shape(
    may=dict.fromkeys(
        ("name", "line1", "line2", "line3", "city", "region", "postal_code", "country", "phone"), Text()
    )
)
AMAZON_LINE = Shape(
    need={"sku": _SKU, "qty": _QTY, "unit_price": AMOUNT},
    may={
        **dict.fromkeys(("tax", "shipping", "discount", "gift_wrap"), AMOUNT),
        **dict.fromkeys(("asin", "title", "gift_message"), TEXT),
        "in_catalog": FLAG,
    },
    after=rules.amazon_line,
)
AMAZON_ORDER = Shape(
    need={"id": _NAME, "lines": ListOf(AMAZON_LINE, least=1)},
    may={
        "store": _STORE,
        "channel": Word(("MFN", "AFN")),
        "status": Word(PLACEABLE),
        "placed": Time(),
        "buyer": Shape(may={"name": TEXT, "email": TEXT}),
        "ship_to": ADDRESS,
        "service_level": TEXT,
        **dict.fromkeys(("prime", "business", "premium"), FLAG),
        "replacement_of": _AMAZON_ORDER,
        "copies": Whole(1, rules.MOST_COPIES),
    },
    after=rules.amazon_order,
)
_PRODUCT_KEYS: dict[str, Kind] = {
    "name": TEXT,
    "price": AMOUNT,
    "qty": Number(),
    "status": Word(("enabled", "disabled")),
    "type": Word(("simple", "virtual", "configurable", "bundle")),
    **dict.fromkeys(("manage_stock", "backorders", "in_stock"), FLAG),
    "websites": ListOf(Known((WEBSITE,))),
    "sources": Named(Number(), Known((SOURCE,))),
    **dict.fromkeys(("min_sale_qty", "max_sale_qty", "qty_increments"), Number(zero=False)),
    "children": NotYet(),
}
CATALOG_PRODUCT = Shape(need={"sku": _SKU}, may=_PRODUCT_KEYS, after=rules.makes(SKU, "sku"))
COMMERCE_CONFIG = Shape(
    may={
        "version": Text(r"2\.[0-9]+\.[0-9]+", 'a version in quotes, such as "2.4.8"'),
        "module": Word(("enabled", "disabled")),
        "quirks": Named(_SWITCH),
        "currencies": ListOf(Text("[A-Z]{3}", "a currency such as USD"), least=1),
        "cron": NotYet(),
        "payment_methods": NotYet(),
        "shipping_methods": NotYet(),
    }
)
STORE_KEYS = Shape(
    need={"name": TEXT},
    may={
        "marketplace": Word(MARKETPLACES),
        "seller": Text(r"[A-Za-z0-9-]{1,40}", "a seller such as SELLER-1"),
        "website": Known((WEBSITE,)),
        "connected": Time(),
        "settings": rules.Settings(),
    },
    after=rules.store_added,
)
_SHIPPED_LINES = ListOf(Shape(need={"sku": _SKU, "qty": _QTY}), least=1)
_TRACK = Shape(need={"carrier": TEXT, "number": TEXT}, may={"title": TEXT})

VERBS: dict[str, Kind] = {
    "amazon.order": AMAZON_ORDER,
    "amazon.confirm": Shape(need={"order": _AMAZON_ORDER}, short="order"),
    "amazon.ship": Shape(
        need={"order": _AMAZON_ORDER},
        may={"lines": _SHIPPED_LINES, "carrier": TEXT, "tracking": TEXT},
        short="order",
    ),
    "amazon.cancel": Shape(need={"order": _AMAZON_ORDER}, may={"bump": FLAG}, short="order"),
    "amazon.listing": Shape(
        need={"sku": _KNOWN_SKU}, may={"asin": TEXT, "seller_sku": _SKU}, after=rules.listed
    ),
    "commerce.product": Shape(need={"sku": _SKU}, may=_PRODUCT_KEYS, after=rules.product_saved),
    "commerce.stock": Shape(
        need={"sku": _KNOWN_SKU, "qty": Number()}, may={"source": Known((SOURCE,)), "in_stock": FLAG}
    ),
    "commerce.order": Shape(
        need={
            "id": _NAME,
            "lines": ListOf(
                Shape(need={"sku": _KNOWN_SKU, "qty": _QTY}, may={"unit_price": AMOUNT}), least=1
            ),
        },
        after=rules.shop_order,
    ),
    "commerce.ship": Shape(
        need={"order": _ANY_ORDER},
        may={"lines": _SHIPPED_LINES, "tracks": ListOf(_TRACK), "source": Known((SOURCE,))},
        short="order",
    ),
    "commerce.invoice": Shape(need={"order": _ANY_ORDER}, short="order"),
    "commerce.cancel": Shape(need={"order": _ANY_ORDER}, short="order"),
    "commerce.hold": Shape(need={"order": _ANY_ORDER}, short="order"),
    "commerce.unhold": Shape(need={"order": _ANY_ORDER}, short="order"),
    "commerce.config": COMMERCE_CONFIG,
    "connector.sync": Shape(
        may={
            "store": _STORE,
            "kill_at": Shape(need={"call": Whole(1, 10_000), "when": Word(("before", "after"))}),
            "parallel": Whole(2, 4),
        }
    ),
    "connector.settings": rules.Settings(store=True),
    "connector.match": Shape(
        need={"seller_sku": _SKU, "sku": _KNOWN_SKU}, may={"store": _STORE}, after=rules.sold_somewhere
    ),
    "connector.restart": Shape(),
    "cron": Whole(1, 10_000),
    "advance": Duration(),
    "fault": Shape(
        need={"system": Word(("amazon", "commerce")), "at": TEXT, "kind": Word(KINDS)},
        may={
            "name": _NAME,
            "order": _ANY_ORDER,
            "status": Whole(400, 599),
            "times": Whole(1, 10_000),
            "after": Whole(0, 10_000),
            "probability": Number(most=1, zero=False),
            "by": NotYet(),
        },
        after=rules.fault,
    ),
    "clear_faults": Known((FAULT,)),
    "expect": EXPECTED,
    "never": EXPECTED,
    "note": TEXT,
}

TO_COME = (
    *("amazon.payload", "amazon.cancel_line", "amazon.request_cancel", "amazon.edit", "amazon.hide"),
    *("amazon.account", "commerce.delete_product", "commerce.track", "commerce.refund", "commerce.comment"),
    *("commerce.delete_order", "connector.retry", "connector.cancel", "connector.address", "connector.store"),
    *("connector.wipe", "snapshot", "restore"),
)
"""Verbs of the language that this version refuses."""
