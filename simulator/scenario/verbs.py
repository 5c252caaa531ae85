"""The verbs: one table from each to the kind of its value, and the verbs that are still to come.

What a step hands over is plain Python with short forms written out and nothing filled in:
``amazon.confirm: A1`` is ``{"order": "A1"}``, ``cron: 2`` is 2, ``advance: 3d`` is "3d".
"""

from __future__ import annotations

from dataclasses import replace

from mock_amazon.ordering import life
from mock_amazon.ordering.addresses import KEYS, MORE_KEYS
from mock_amazon.ordering.fact_words import ADDRESS_TYPES
from mock_amazon.ordering.totals import EXTRAS
from mock_amazon.quirks import QUIRKS
from mock_amazon.switches import ACCESS
from mock_amazon.switches import WORDS as SWITCHES
from mock_amazon.wire.facts import LineFacts, OrderFacts
from mock_amazon.wire.wishes import BuyerWish
from mock_commerce.access.resources import RESOURCES
from simkit.faults import KINDS
from simulator.scenario import payloads, rules
from simulator.scenario.commerce_config import COMMERCE_CONFIG
from simulator.scenario.expected import EXPECTED
from simulator.scenario.facts import shape_of
from simulator.scenario.reading import FAULT, ORDER, SHOP_ORDER, SKU, SOURCE, STORE, WEBSITE
from simulator.scenario.shapes import Either, ListOf, Named, Shape
from simulator.scenario.values import (
    Duration,
    Flag,
    Kind,
    Known,
    Money,
    Number,
    Text,
    Time,
    Whole,
    Word,
)
from simulator.scenario.words import MARKETPLACES, PLACEABLE

TEXT, FLAG, AMOUNT = Text(), Flag(), Money()
_NAME = Text(
    r"[A-Za-z][A-Za-z0-9_-]{0,39}",
    "a name of letters, digits, - and _, such as A1",
    about="The name by which the other steps mean it.",
)
_SKU = Text(r"[^\x00-\x1f]{1,64}", "a SKU of up to 64 characters", about="A SKU; you give the name.")
_QTY = Whole(1, 1_000_000, about="Units.")
_SWITCH = Word(("on", "off"))
_ANY_ORDER = Known((ORDER, SHOP_ORDER))
_AMAZON_ORDER = Known((ORDER,))
_STORE = Known((STORE,))
_KNOWN_SKU = Known((SKU,))

LIFE = Either(
    Word(tuple(life.PROFILES)),
    Shape(may=dict.fromkeys(life.ACTS, Duration())),
    about="What happens to the order by itself, counted from its placing. Nothing unless given.",
)
ADDRESS = Shape(
    may={**dict.fromkeys((*KEYS, *MORE_KEYS), Text()), "type": Word(ADDRESS_TYPES)},
    about="Where it goes: what is left out is of a default address.",
)
AMAZON_LINE = Shape(
    need={"sku": _SKU, "qty": _QTY, "unit_price": Money(about='The price of one unit, such as "19.99".')},
    may={
        **dict.fromkeys(
            ("tax", "shipping", "discount", "gift_wrap", *EXTRAS), Money(about="For the whole line.")
        ),
        **dict.fromkeys(("asin", "title", "gift_message"), TEXT),
        "promotion_ids": ListOf(TEXT, least=1),
        "facts": shape_of(LineFacts, "What few lines have."),
        "in_catalog": Flag(about="false: this SKU is meant to be missing in the shop."),
    },
    after=rules.amazon_line,
)
AMAZON_ORDER = Shape(
    need={"id": _NAME, "lines": ListOf(AMAZON_LINE, least=1)},
    may={
        "store": _STORE,
        "channel": Word(("MFN", "AFN"), about="Who ships: the merchant (MFN) or Amazon (AFN)."),
        "status": Word(PLACEABLE, about="Pending unless given."),
        "placed": Time(about="The purchase date: ISO 8601 with a zone, or relative to the clock (-2d)."),
        "buyer": shape_of(BuyerWish, "Who buys."),
        "ship_to": ADDRESS,
        "service_level": TEXT,
        **dict.fromkeys(("prime", "business", "premium"), FLAG),
        "replacement_of": _AMAZON_ORDER,
        "life": LIFE,
        "facts": shape_of(OrderFacts, "What few orders have."),
        "copies": Whole(1, rules.MOST_COPIES, about="So many equal orders: id B makes B1, B2, B3 …"),
    },
    after=rules.amazon_order,
    about="A buyer orders at Amazon.",
)
_PRODUCT_KEYS: dict[str, Kind] = {
    "name": TEXT,
    "price": AMOUNT,
    "qty": Number(about="On the shelf, at source default."),
    "status": Word(("enabled", "disabled")),
    "type": Word(("simple", "virtual", "configurable", "bundle")),
    **dict.fromkeys(("manage_stock", "backorders", "in_stock"), FLAG),
    "websites": ListOf(Known((WEBSITE,))),
    "sources": Named(Number(), Known((SOURCE,))),
    **dict.fromkeys(("min_sale_qty", "max_sale_qty", "qty_increments"), Number(zero=False)),
    "children": ListOf(_KNOWN_SKU, least=1, about="What a configurable product or a bundle consists of."),
}
CATALOG_PRODUCT = Shape(
    need={"sku": _SKU}, may=_PRODUCT_KEYS, after=rules.makes(SKU, "sku"), about="A product of the shop."
)
_RESOURCE = Word(RESOURCES)
STORE_KEYS = Shape(
    need={"name": TEXT},
    may={
        "marketplace": Word(MARKETPLACES),
        "seller": Text(r"[A-Za-z0-9-]{1,40}", "a seller such as SELLER-1"),
        "website": Known((WEBSITE,)),
        "connected": Time(about="Orders placed before that are not imported."),
        "settings": rules.Settings(),
    },
    after=rules.store_added,
    about="One seller account on one marketplace.",
)
ACCOUNT_KEYS: dict[str, Kind] = {
    **{name: Word(positions) for name, positions in SWITCHES.items()},
    "quirks": Named(_SWITCH, Word(tuple(QUIRKS))),
    "life": LIFE,
    "access": Word(ACCESS, about="expired: living access tokens end now; revoked: no application gets in."),
}
EDITABLE = Shape(
    may={"ship_to": ADDRESS, "buyer": Shape(may={"name": TEXT, "email": TEXT}), "service_level": TEXT}
)
_SHIPPED_LINES = ListOf(Shape(need={"sku": _SKU, "qty": _QTY}), least=1)
_TRACK = Shape(need={"carrier": TEXT, "number": TEXT}, may={"title": TEXT})

VERBS: dict[str, Kind] = {
    "amazon.order": AMAZON_ORDER,
    "amazon.payload": Shape(
        need={"id": _NAME, "order": TEXT},
        may={"items": TEXT, "pick": TEXT, "store": _STORE, "placed": Time()},
        after=payloads.payload,
        about="An order taken from an answer of the Selling Partner API, kept in a file.",
    ),
    "amazon.confirm": Shape(
        need={"order": _AMAZON_ORDER},
        short="order",
        about="The payment is verified: Pending becomes Unshipped.",
    ),
    "amazon.ship": Shape(
        need={"order": _AMAZON_ORDER},
        may={"lines": _SHIPPED_LINES, "carrier": TEXT, "tracking": TEXT},
        short="order",
        about="Shipped by Amazon, or by the seller in Seller Central: all that is left, or lines.",
    ),
    "amazon.cancel": Shape(
        need={"order": _AMAZON_ORDER},
        may={"bump": FLAG},
        short="order",
        about="The order is cancelled at Amazon.",
    ),
    "amazon.cancel_line": Shape(
        need={"order": _AMAZON_ORDER, "sku": _SKU},
        about="The line of that SKU is cancelled at Amazon, before it ships; the order with its last one.",
    ),
    "amazon.request_cancel": Shape(
        need={"order": _AMAZON_ORDER},
        may={"reason": TEXT},
        short="order",
        about="The buyer asks to cancel; the order can be shipped all the same.",
    ),
    "amazon.edit": Shape(
        need={"order": _AMAZON_ORDER, "set": EDITABLE},
        about="What is given changes in an order that is not shipped.",
    ),
    "amazon.hide": Shape(
        need={"order": _AMAZON_ORDER, "for": Duration()},
        about="No list of Amazon shows the order for so long; it is found by its number.",
    ),
    "amazon.account": Shape(
        may={"store": _STORE, **ACCOUNT_KEYS}, about="Switches of a seller account at Amazon."
    ),
    "amazon.listing": Shape(
        need={"sku": _KNOWN_SKU},
        may={
            "asin": TEXT,
            "seller_sku": _SKU,
            "qty": Whole(0, 1_000_000, about="Units for sale, which orders take; without it no limit."),
            "price": Money(about="What the listing asks for one unit; orders name their own."),
        },
        after=rules.listed,
        about="A listing at Amazon, whose seller SKU may differ from the catalog's.",
    ),
    "commerce.product": Shape(
        need={"sku": _SKU},
        may=_PRODUCT_KEYS,
        after=rules.product_saved,
        about="Creates a product, or changes what is given.",
    ),
    "commerce.delete_product": Shape(
        need={"sku": _KNOWN_SKU}, short="sku", about="A person deletes the product in the Admin."
    ),
    "commerce.stock": Shape(
        need={"sku": _KNOWN_SKU, "qty": Number()},
        may={"source": Known((SOURCE,)), "in_stock": FLAG},
        about="Sets the quantity at a source, and the flag in stock.",
    ),
    "commerce.order": Shape(
        need={
            "id": _NAME,
            "lines": ListOf(
                Shape(
                    need={"sku": _KNOWN_SKU, "qty": _QTY},
                    may={
                        "unit_price": AMOUNT,
                        "variant": Known((SKU,), about="Which child of a configurable product."),
                    },
                ),
                least=1,
            ),
        },
        after=rules.shop_order,
        about="An ordinary order of the shop, not Amazon's.",
    ),
    "commerce.ship": Shape(
        need={"order": _ANY_ORDER},
        may={"lines": _SHIPPED_LINES, "tracks": ListOf(_TRACK), "source": Known((SOURCE,))},
        short="order",
        about="A person ships in the Admin; without tracks one is made up, [] ships without.",
    ),
    "commerce.invoice": Shape(
        need={"order": _ANY_ORDER}, short="order", about="A person invoices the order in the Admin."
    ),
    "commerce.cancel": Shape(
        need={"order": _ANY_ORDER}, short="order", about="A person cancels the order in the Admin."
    ),
    "commerce.hold": Shape(
        need={"order": _ANY_ORDER}, short="order", about="A person puts the order on hold."
    ),
    "commerce.unhold": Shape(
        need={"order": _ANY_ORDER}, short="order", about="A person releases the order from hold."
    ),
    "commerce.config": COMMERCE_CONFIG,
    "commerce.role": Shape(
        may={"resources": ListOf(_RESOURCE, least=1), "lacks": ListOf(_RESOURCE)},
        after=rules.role,
        about="What the role of the connector's administrator may do: these resources, or all but those.",
    ),
    "connector.sync": Shape(
        may={
            "store": _STORE,
            "kill_at": Shape(
                need={"call": Whole(1, 10_000), "when": Word(("before", "after"))},
                about="The program dies before or after this HTTP call of the run.",
            ),
            "parallel": Whole(2, 4, about="So many processes run at the same time."),
        },
        about="The connector runs now; the clock does not move.",
    ),
    "connector.settings": rules.Settings(store=True, about="Changes settings of all stores, or of one."),
    "connector.match": Shape(
        need={"seller_sku": _SKU, "sku": _KNOWN_SKU},
        may={"store": _STORE},
        after=rules.sold_somewhere,
        about="Ties a seller SKU to a product by hand.",
    ),
    "connector.restart": Shape(about="A new process on the same database. Write {}."),
    "cron": Whole(1, 10_000, about="So many times: on to the next cron time, and run."),
    "advance": Duration(about="Moves the clock: 45s, 10m, 2h, 3d. The connector does not run."),
    "fault": Shape(
        need={"system": Word(("amazon", "commerce")), "at": TEXT, "kind": Word(KINDS)},
        may={
            "name": _NAME,
            "order": _ANY_ORDER,
            "status": Whole(400, 599),
            "times": Whole(1, 10_000, about="So many calls are hit (1)."),
            "after": Whole(0, 10_000, about="So many calls pass first (0)."),
            "probability": Number(most=1, zero=False, about="The chance of each call to be hit (1)."),
            "by": Duration(about="So late the answer comes."),
        },
        after=rules.fault,
        about="Something goes wrong with the next calls of an operation.",
    ),
    "clear_faults": Known((FAULT,), about="Takes a fault away, or all."),
    "expect": EXPECTED,
    "never": replace(EXPECTED, about="What must not be true now nor at any later step."),
    "note": Text(about="Narration; does nothing."),
}

TO_COME = (
    *("commerce.track", "commerce.refund", "commerce.comment"),
    *("commerce.delete_order", "connector.retry", "connector.cancel", "connector.address", "connector.store"),
    *("connector.wipe", "snapshot", "restore"),
)
"""Verbs of the language that this version refuses."""
