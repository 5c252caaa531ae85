"""Orders with the facts that few have: all of them in some orders, and hypothesis' choices of them."""

from __future__ import annotations

from typing import Any

from amazon_seller import SellerClient
from hypothesis import strategies as st

from mock_amazon.marketplaces import BY_CODE
from mock_amazon.ordering import fact_words as words
from mock_amazon.ordering.fact_rules import BY_MERCHANT, ONLY_IN
from mock_amazon.wire.promises import DAYS

Wish = dict[str, Any]

TEXT = st.text("abcdefgh ÄÖ<&\"'", min_size=1, max_size=8).map(lambda text: f"x{text}")
MOMENT = st.sampled_from(["2026-03-02T10:00:00Z", "+1d", "-3h", "2026-03-05T08:30:00.250+09:00"])
WINDOW = st.sampled_from([{"opens": "08:00", "closes": "12:30"}, {"opens": "13:00", "closes": "17:45"}])
TAX_ID = st.fixed_dictionaries({"name": st.sampled_from(words.TAX_IDS), "value": TEXT})
MEASUREMENT = st.fixed_dictionaries(
    {"unit": st.sampled_from(words.UNITS), "value": st.sampled_from([1, 0.5, 12.25])}
)
CENTS = st.integers(0, 500)


def some(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(kind, min_size=1, max_size=3)


def maybe(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Wish]:
    return st.fixed_dictionaries({}, optional=fields)


def filled(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Wish]:
    """The same with a field at least: an object of nothing says nothing."""
    return maybe(**fields).filter(bool)


def texts(*names: str) -> dict[str, st.SearchStrategy[str]]:
    return dict.fromkeys(names, TEXT)


DELIVERY = filled(
    **texts("drop_off", "instructions"),
    capabilities=st.lists(st.sampled_from(words.CAPABILITIES), min_size=1, max_size=2, unique=True),
    hours=some(st.builds(lambda window, day: {**window, "day": day}, WINDOW, st.sampled_from(words.DAYS))),
    exceptions=some(
        filled(windows=some(WINDOW)).map(lambda day: {"date": "2026-03-08", **day})
        | st.just({"date": "2026-03-09"})
    ),
)
PAYMENT = st.fixed_dictionaries(
    {"method": st.sampled_from(words.PAYMENTS), "amount": st.sampled_from(["1", "25"])},
    optional=texts("acquirer", "card_brand", "authorization"),
)
ORDER_FACTS = maybe(
    **texts(
        "seller_order_id", "order_channel", "cba_label", "supply_source", "store_chain_store", "seller_name"
    ),
    **dict.fromkeys(
        (
            "exchange",
            "global_express",
            "sold_by_ab",
            "invoice_by_amazon",
            "ship_date_estimated",
            "in_store_pickup",
        ),
        st.booleans(),
    ),
    order_type=st.sampled_from(words.ORDER_TYPES),
    programs=st.lists(st.sampled_from(words.ORDER_PROGRAMS), min_size=1, max_size=3, unique=True),
    response_due=MOMENT,
    payments=some(PAYMENT),
    easy_ship=st.sampled_from(words.EASY_SHIP),
    electronic_invoice=st.sampled_from(words.INVOICES),
    invoice_preference=st.sampled_from(words.INVOICE_PREFERENCES),
    ship_from=filled(**texts("name", "line1", "city", "region", "county"), country=st.just("US")),
    automated_shipping=st.fixed_dictionaries(texts("carrier", "method")),
    marketplace_taxes=some(TAX_ID),
    delivery=DELIVERY,
    labels_from=MOMENT,
    fulfillment_orders=some(TEXT),
)
LINE_FACTS = maybe(
    **texts("condition_note", "ioss_number", "customized_url", "gift_wrap_level"),
    **dict.fromkeys(
        ("business_price", "tax_collected", "serial_number_required", "transparency"), st.booleans()
    ),
    condition=st.sampled_from(words.CONDITIONS),
    subcondition=st.sampled_from(words.SUBCONDITIONS),
    items_in_asin=st.integers(1, 5),
    points=st.fixed_dictionaries({"number": st.integers(1, 99), "value": st.sampled_from(["1", "12"])}),
    scheduled_from=MOMENT,
    scheduled_to=MOMENT,
    deemed_reseller=st.sampled_from(words.DEEMED_RESELLER),
    serial_numbers=some(TEXT),
    programs=st.lists(st.sampled_from(words.ITEM_PROGRAMS), min_size=1, max_size=2, unique=True),
    measurement=MEASUREMENT,
    substitution=st.fixed_dictionaries(
        {"type": st.sampled_from(words.SUBSTITUTIONS)},
        optional={
            "options": some(
                filled(**texts("asin", "sku", "title"), qty=st.integers(1, 3), measurement=MEASUREMENT)
            )
        },
    ),
    constraints=st.lists(st.sampled_from(list(words.CONSTRAINTS)), min_size=1, max_size=5, unique=True),
    services=some(st.just({"order": "112-7654321-7654321", "item": "10000000000009"})),
)
BUYER = maybe(
    **texts("name", "email", "company", "purchase_order", "county"),
    tax=filled(company=TEXT, region=st.just("MX"), ids=some(TAX_ID)),
    invoice=filled(**texts("company", "address", "tax_id", "tax_office")),
)
SHIP_TO = maybe(
    **texts("name", "line1", "line2", "line3", "city", "region", "postal_code", "phone"),
    **texts("company", "county", "district", "municipality"),
    **texts("street_name", "street_number", "complement", "neighborhood"),
    type=st.sampled_from(words.ADDRESS_TYPES),
)


@st.composite
def lines(draw: st.DrawFn, decimals: int) -> Wish:
    """A line whose discounts and their taxes are no more than what they are for."""

    def money(most: int = 5000) -> int:
        return draw(st.integers(0, most))

    price, shipping, wrap, fee = (
        money(),
        money(900),
        draw(st.sampled_from([0, 0, 350])),
        draw(st.sampled_from([0, 0, 400])),
    )
    tax, shipping_tax, wrap_tax = money(400), money(90), 35 if wrap else 0
    amounts = {
        "unit_price": price,
        "shipping": shipping,
        "gift_wrap": wrap,
        "tax": tax,
        "cod_fee": fee,
        "shipping_tax": shipping_tax,
        "gift_wrap_tax": wrap_tax,
        "discount": money(price),
        "shipping_discount": money(shipping),
        "cod_fee_discount": money(fee),
        "discount_tax": money(tax),
        "shipping_discount_tax": money(shipping_tax),
    }
    wish: Wish = {name: _written(amount, decimals) for name, amount in amounts.items()}
    wish |= {"sku": draw(st.sampled_from(["MUG", "CUP"])), "qty": draw(st.integers(1, 3))}
    wish |= draw(maybe(gift_message=TEXT, title=TEXT, promotion_ids=some(TEXT)))
    return wish | {"facts": draw(LINE_FACTS)}


@st.composite
def orders(draw: st.DrawFn) -> Wish:
    """A wish for the control API, for a seller of all marketplaces."""
    market = draw(st.sampled_from(list(BY_CODE)))
    channel = draw(st.sampled_from(["MFN", "MFN", "AFN"]))
    wish: Wish = {
        "marketplace": market,
        "channel": channel,
        "status": draw(
            st.sampled_from(
                ["Unshipped", "Shipped", "Unshipped", "Canceled", "Pending", "PendingAvailability"]
            )
        ),
        "service_level": draw(st.sampled_from(list(DAYS))),
        "ship_to": draw(SHIP_TO),
        "lines": draw(st.lists(lines(BY_CODE[market].decimals), min_size=1, max_size=3)),
    }
    wish |= {flag: draw(st.booleans()) for flag in ("prime", "business", "premium")}
    for part, facts in (("buyer", BUYER), ("facts", ORDER_FACTS)):
        wish[part] = {
            name: value
            for name, value in draw(facts).items()
            if market in ONLY_IN.get(f"{part}.{name}", (market,))
            and not (channel == "AFN" and name in BY_MERCHANT)
        }
    return wish


def _written(amount: int, decimals: int) -> str:
    return f"{amount / 100:.2f}" if decimals else str(amount)


def full_order(channel: str = "MFN") -> Wish:
    """A wish with every fact that an order in the United States can have."""
    money = dict.fromkeys(
        ("tax", "shipping", "gift_wrap", "shipping_tax", "gift_wrap_tax", "cod_fee"), "2.00"
    )
    discounts = dict.fromkeys(
        ("discount", "shipping_discount", "cod_fee_discount", "discount_tax", "shipping_discount_tax"), "1.00"
    )
    window = {"opens": "08:00", "closes": "12:30"}
    measurement = {"unit": "KILOGRAMS", "value": 1.5}
    option = {"asin": "B000000002", "sku": "CUP", "title": "Cup", "qty": 1, "measurement": measurement}
    line_facts = {
        "condition": "Used",
        "subcondition": "Very Good",
        "condition_note": "Scratched",
        "items_in_asin": 2,
        "points": {"number": 3, "value": "0.30"},
        "scheduled_from": "+1d",
        "scheduled_to": "+2d",
        **dict.fromkeys(("business_price", "tax_collected", "serial_number_required", "transparency"), True),
        "deemed_reseller": "IOSS",
        "ioss_number": "IM0000000000",
        "serial_numbers": ["854"],
        "programs": ["SUBSCRIBE_AND_SAVE"],
        "customized_url": "https://example.com/mine.zip",
        "gift_wrap_level": "Premium",
        "measurement": measurement,
        "constraints": list(words.CONSTRAINTS),
        "substitution": {"type": "CUSTOMER_PREFERENCE", "options": [option]},
        "services": [{"order": "112-7654321-7654321", "item": "10000000000009"}],
    }
    line = {"sku": "MUG", "qty": 2, "unit_price": "19.99", **money, **discounts, "gift_message": "For you"}
    facts = {
        "seller_order_id": "MY-1",
        "exchange": True,
        "order_type": "BackOrder",
        "order_channel": "Web",
        "programs": list(words.ORDER_PROGRAMS),
        "cba_label": "label",
        "response_due": "+1d",
        **dict.fromkeys(("global_express", "sold_by_ab", "invoice_by_amazon", "ship_date_estimated"), True),
        "payments": [
            {"method": "COD", "amount": "9.00"},
            {
                "method": "CreditCard",
                "amount": "30.00",
                "acquirer": "1",
                "card_brand": "Visa",
                "authorization": "2",
            },
        ],
        "electronic_invoice": "Accepted",
        "supply_source": "SOURCE-1",
        "store_chain_store": "STORE-7",
        "ship_from": {
            **{name: f"dock {name}" for name in ("name", "line1", "line2", "line3", "city", "county")},
            "district": "East",
            "municipality": "Reno",
            "region": "NV",
            "postal_code": "1",
            "country": "US",
        },
        "automated_shipping": {"carrier": "UPS", "method": "Ground"},
        "delivery": {
            "drop_off": "Porch",
            "instructions": "Ring twice",
            "capabilities": ["HAS_ACCESS_POINT"],
            "hours": [{"day": "MON", **window}, {"day": "TUE", **window}],
            "exceptions": [{"date": "2026-03-08"}, {"date": "2026-03-09", "windows": [window]}],
        },
        "labels_from": "+1h",
    }
    if channel == "MFN":
        facts |= {"easy_ship": "PendingPickUp", "in_store_pickup": True, "fulfillment_orders": ["FO-1"]}
    return {
        "channel": channel,
        "business": True,
        "buyer": {"name": "Jane Sample", "company": "Sample Ltd", "purchase_order": "PO-77"},
        "ship_to": {
            name: name
            for name in ("company", "county", "district", "municipality", "street_name", "line2", "line3")
        }
        | {"street_number": "5", "complement": "Floor 2", "neighborhood": "North", "type": "COMMERCIAL"},
        "facts": facts,
        "lines": [{**line, "promotion_ids": ["TWO-OFF"], "facts": line_facts}],
    }


COUNTRIES = ("US", "BR", "TR", "IN")
"""The marketplaces that the orders below need."""
_TAX_ID = {"name": "CNPJ", "value": "00.000.000/0001-91"}
_INVOICE = {"company": "Örnek", "address": "Cadde 1", "tax_id": "1", "tax_office": "Beyoğlu"}
BRAZIL: Wish = {
    "marketplace": "BR",
    "business": True,
    "buyer": {
        "name": "Jane Sample",
        "company": "Sample Ltd",
        "county": "Centro",
        "purchase_order": "PO-1",
        "tax": {"company": "Sample Ltda", "region": "BR", "ids": [_TAX_ID]},
    },
    "facts": {"marketplace_taxes": [_TAX_ID], "seller_name": "Loja", "ship_date_estimated": True},
}
TURKEY: Wish = {
    "marketplace": "TR",
    "buyer": {"invoice": _INVOICE},
    "facts": {"invoice_preference": "BUSINESS"},
}


def place_all_facts(seller: SellerClient) -> list[str]:
    """Orders that have together every fact and every state; the seller sells in all of COUNTRIES."""
    original = seller.place_unshipped()
    wishes = [full_order(), full_order("AFN"), BRAZIL, TURKEY, {"replacement_of": original}]
    found = [original, *(seller.place_unshipped(**wish) for wish in wishes)]
    found.append(seller.place(status="Shipped", **full_order("AFN")))
    plain = full_order()
    del plain["facts"]["easy_ship"]
    sent = seller.place_unshipped(**plain)
    package = seller.package(sent, 1, shippingMethod="Ground")
    package["packageDetail"]["orderItems"][0]["transparencyCodes"] = ["AZ:1"]
    assert seller.confirm_shipment(sent, package).status_code == 204
    unwanted = seller.place_unshipped()
    seller.sim(f"orders/{unwanted}/request_cancel", {"reason": "No longer needed"})
    states = ("Canceled", "Pending", "PendingAvailability")
    return [*found, sent, unwanted, *(seller.place(status=status) for status in states)]
