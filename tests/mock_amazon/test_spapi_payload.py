import copy
import json
from decimal import Decimal
from pathlib import Path

import pytest

from mock_amazon.ordering.totals import breakdown
from mock_amazon.wire.payload import read
from mock_amazon.wire.payload_parts import UnusablePayload

PAYLOADS = Path(__file__).resolve().parents[2] / "fixtures" / "payloads"
NAMES = sorted(path.name.removesuffix("_2026.json") for path in PAYLOADS.glob("*_2026.json"))
PERSONS = ("Jane Sample", "100 Main Street", "invented0001")


def document(name):
    return json.loads((PAYLOADS / name).read_text(encoding="utf-8"))


def v0(name="us_tax"):
    return {"order": document(f"{name}_v0.json"), "items": document(f"{name}_v0_items.json")}


def v2026(name="us_tax"):
    return {"order": document(f"{name}_2026.json")}


def changed(body, path, value):
    """A copy with another value at that place; None takes it away."""
    copied = copy.deepcopy(body)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = copied
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return copied


@pytest.fixture
def german(amazon):
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["US", "DE"]}, 201)
    return amazon


def test_there_are_payloads_of_both_versions_for_each_case():
    assert len(NAMES) >= 10
    for name in NAMES:
        assert (PAYLOADS / f"{name}_v0.json").is_file()
        assert (PAYLOADS / f"{name}_v0_items.json").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_both_versions_make_the_same_order(german, name):
    orders = []
    for body in (v0(name), v2026(name)):
        german.sim("reset", {"seed": 1})
        german.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["US", "DE"]}, 201)
        german.sign_in()
        number = german.sim("payload", body, 201)["amazon_order_id"]
        state = german.state(number)
        for package in state["packages"]:
            del package["carrier"], package["tracking"]  # v0 tells no packages
        document = german.order(number) | {"packages": None}
        document.get("buyer", {}).pop("buyerCompanyName", None)  # v0 tells it in getOrderAddress alone
        orders.append((state, document))
    assert orders[0] == orders[1]


@pytest.mark.parametrize("name", NAMES)
def test_the_order_shows_what_its_document_told(german, name):
    told = document(f"{name}_2026.json")
    told = told.get("order") or told["orders"][0]
    number = german.sim("payload", v2026(name), 201)["amazon_order_id"]
    shown = german.order(number)
    assert (shown["orderId"], shown["programs"] if "programs" in told else []) == (
        told["orderId"],
        told.get("programs", []),
    )
    assert shown.get("proceeds", {}).get("grandTotal") == told.get("proceeds", {}).get("grandTotal")
    address = told.get("recipient", {}).get("deliveryAddress", {})
    kept = shown.get("recipient", {}).get("deliveryAddress", {})
    assert {key: kept[key] for key in kept if key != "addressType"} == {
        key: value for key, value in address.items() if value and key != "addressType"
    }
    for mine, theirs in zip(shown["orderItems"], told["orderItems"], strict=True):
        assert mine["orderItemId"] == theirs["orderItemId"]
        assert mine["product"]["sellerSku"] == theirs["product"]["sellerSku"]
        assert mine["fulfillment"]["quantityFulfilled"] == theirs["fulfillment"]["quantityFulfilled"]
        assert mine.get("proceeds", {}).get("proceedsTotal") == theirs.get("proceeds", {}).get(
            "proceedsTotal"
        )


@pytest.mark.parametrize(
    "wrap",
    [
        lambda order: order,
        lambda order: {"payload": order},
        lambda order: {"payload": {"Orders": [order], "NextToken": "x"}},
        lambda order: {"Orders": [order]},
    ],
    ids=["bare", "getOrder", "getOrders", "getOrders without payload"],
)
def test_any_envelope_of_v0_is_taken_off(wrap):
    order = document("us_tax_v0.json")["payload"]["Orders"][0]
    items = document("us_tax_v0_items.json")["payload"]
    for list_of_items in (items, {"payload": items}):
        assert read(wrap(order), list_of_items).number == "111-0000001-1000001"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda order: order,
        lambda order: {"order": order},
        lambda order: {"orders": [order], "pagination": {}},
    ],
    ids=["bare", "getOrder", "searchOrders"],
)
def test_any_envelope_of_2026_is_taken_off(wrap):
    assert read(wrap(document("gift_2026.json")["order"])).number == "111-0000006-1000006"


def test_one_of_several_orders_is_picked_by_its_number_or_place():
    both = {"orders": [document("gift_2026.json")["order"], document("discount_2026.json")["order"]]}
    assert read(both, pick="2").number == "111-0000007-1000007"
    assert read(both, pick="111-0000006-1000006").number == "111-0000006-1000006"
    for pick in (None, "0", "3", "111-0000001-1000001"):
        with pytest.raises(UnusablePayload, match="111-0000006-1000006, 111-0000007-1000007"):
            read(both, pick=pick)


def test_the_price_of_v0_is_for_the_line_and_never_times_the_units(amazon):
    number = amazon.sim("payload", v0(), 201)["amazon_order_id"]
    lines = amazon.state(number)["lines"]
    assert [(line["unit_price"], line["qty"]) for line in lines] == [("19.99", 2), ("7.50", 1)]
    assert amazon.state(number)["total"] == "58.88"


def test_a_price_that_the_units_do_not_divide_comes_out_to_the_cent(amazon):
    number = amazon.sim("payload", v0("odd_unit_price"), 201)["amazon_order_id"]
    (item,) = amazon.order(number)["orderItems"]
    assert item["proceeds"]["breakdowns"][0]["subtotal"]["amount"] == "10.00"
    assert amazon.state(number)["total"] == "10.83"


def test_a_price_that_no_unit_price_can_tell_is_refused(amazon):
    body = changed(v0("odd_unit_price"), "items.payload.OrderItems.0.QuantityOrdered", 700)
    amazon.refused("payload", body, "ItemPrice of item", "10.00", "700 units")


def test_shares_of_tax_and_discount_are_summed():
    body = v0()
    item = body["items"]["payload"]["OrderItems"][0]
    for name, amount in {"ShippingDiscount": "1.00", "ShippingDiscountTax": "0.10", "CODFee": "2.00"}.items():
        item[name] = {"CurrencyCode": "USD", "Amount": amount}
    body = changed(body, "order.payload.Orders.0.OrderTotal.Amount", "59.78")
    line = read(**body).lines[0]
    assert breakdown(line)["TAX"] == Decimal("4.55")
    assert (line.shipping, line.extras["cod_fee"]) == (Decimal("5.99"), Decimal("2.00"))
    assert (line.discount, line.extras["shipping_discount"]) == (Decimal("0.00"), Decimal("1.00"))


def test_the_purchase_is_now_unless_told_otherwise(amazon):
    number = amazon.sim("payload", v2026() | {"placed": "-1h"}, 201)["amazon_order_id"]
    order = amazon.state(number)
    assert order["purchase_date"] == "2026-03-01T08:00:00.000Z"
    assert order["last_update_date"] == "2026-03-01T09:00:00.000Z"


def test_what_is_not_taken_is_told(amazon):
    told = amazon.sim("payload", v2026("three_lines"), 201)
    assert "createdTime" in told["not_kept"]
    assert "recipient.deliveryAddress.addressType" not in told["not_kept"]
    assert "orderItems.orderItemId" not in told["not_kept"]


def test_a_pending_order_without_prices_says_that_they_are_unknown(amazon):
    told = amazon.sim("payload", v0("pending"), 201)
    assert told["status"] == "Pending"
    assert any("not told: 0 once it is paid" in loss for loss in told["not_kept"])


def test_a_number_that_is_taken_is_replaced_and_told(amazon):
    first = amazon.sim("payload", v2026(), 201)
    second = amazon.sim("payload", v2026(), 201)
    assert first["amazon_order_id"] == "111-0000001-1000001"
    assert second["amazon_order_id"] != first["amazon_order_id"]
    assert "the number 111-0000001-1000001, which is taken" in second["not_kept"]


def test_an_order_placed_later_never_gets_the_number_of_a_payload(amazon):
    number = amazon.place()
    amazon.sim("reset", {"seed": 1})
    body = changed(v2026("gift"), "order.order.orderId", number)
    assert amazon.sim("payload", body, 201)["amazon_order_id"] == number
    assert amazon.place() != number


def test_the_address_has_nothing_that_the_document_does_not_tell(amazon):
    body = v0("gift")
    address = body["order"]["payload"]["ShippingAddress"]
    for key in ("Name", "AddressLine1", "Phone"):
        del address[key]
    number = amazon.sim("payload", body, 201)["amazon_order_id"]
    shown = amazon.order(number)["recipient"]["deliveryAddress"]
    assert {"name", "addressLine1", "phone"}.isdisjoint(shown)
    assert shown["city"] == "Seattle"


def test_packages_of_the_document_are_made(amazon):
    number = amazon.sim("payload", v2026("partly_shipped"), 201)["amazon_order_id"]
    (package,) = amazon.state(number)["packages"]
    assert package == {
        "reference": "1",
        "carrier": "UPS",
        "tracking": "1Z000000001000005",
        "lines": [{"sku": "MUG-RED", "qty": 1}],
    }


@pytest.mark.parametrize("status", ["Canceled", "Unfulfillable", "InvoiceUnconfirmed"])
def test_statuses_that_no_order_is_placed_with_are_kept(amazon, status):
    body = changed(v0(), "order.payload.Orders.0.OrderStatus", status)
    assert amazon.sim("payload", body, 201)["status"] == status


def test_a_cancelled_line_keeps_its_quantity_of_nothing(amazon):
    body = changed(v0("partly_shipped"), "items.payload.OrderItems.1.QuantityOrdered", 0)
    body = changed(body, "order.payload.OrderTotal.Amount", "66.03")
    for key in ("ItemPrice", "ItemTax", "PromotionDiscount", "PromotionDiscountTax"):
        body = changed(body, f"items.payload.OrderItems.1.{key}", None)
    number = amazon.sim("payload", body, 201)["amazon_order_id"]
    assert [line["qty"] for line in amazon.state(number)["lines"]] == [3, 0]


def test_nulls_are_as_nothing(amazon):
    body = v0()
    body["order"]["payload"]["Orders"][0]["BuyerInfo"]["BuyerName"] = None
    body["order"]["payload"]["Orders"][0]["ReplacedOrderId"] = None
    assert amazon.sim("payload", body, 201)["status"] == "Unshipped"


ORDER, ITEM = "order.payload.Orders.0.", "items.payload.OrderItems.0."
REFUSED_V0 = [
    ("items", None, ["items: ", "getOrderItems"]),
    ("order", {"payload": {}}, ["order: ", "AmazonOrderId", "orderId"]),
    ("order", {"payload": {"Orders": "x"}}, ["order: ", "no answer of the Orders API"]),
    ("order", {"errors": [{"code": "InvalidInput"}]}, ["order: ", "refuses"]),
    ("pick", "7", ["pick: '7'", "a place from 1 to 1", "111-0000001-1000001"]),
    ("seller", "NOBODY", ["field 'seller': 'NOBODY'", "SELLER-1"]),
    ("marketplace", "CA", ["order: ", "marketplace US", "CA"]),
    ("placed", "soon", ["field 'placed': 'soon'"]),
    (ORDER + "AmazonOrderId", "12", ["field 'AmazonOrderId': '12'", "112-1234567-1234567"]),
    (ORDER + "OrderStatus", "Lost", ["field 'OrderStatus': 'Lost'", "Unshipped"]),
    (ORDER + "OrderStatus", None, ["field 'OrderStatus'", "Missing"]),
    (ORDER + "OrderStatus", "Shipped", ["it is Shipped, but no unit"]),
    (ORDER + "FulfillmentChannel", "X", ["field 'FulfillmentChannel': 'X'", "MFN, AFN"]),
    (ORDER + "MarketplaceId", "X1", ["'X1'", "ATVPDKIKX0DER"]),
    (ORDER + "MarketplaceId", "A1PA6795UKMFR9", ["is not DE's EUR"]),
    (ORDER + "MarketplaceId", None, ["does not tell its marketplace"]),
    (ORDER + "ShipmentServiceLevelCategory", "Slow", ["'ShipmentServiceLevelCategory': 'Slow'", "Standard"]),
    (ORDER + "OrderTotal.Amount", "58.89", ["field 'OrderTotal': 58.89", "add up to 58.88", "tax on top"]),
    (ORDER + "OrderTotal.Amount", 58.88, ["field 'OrderTotal.Amount': 58.88", "an amount is text"]),
    (ORDER + "OrderTotal.CurrencyCode", "EUR", ["field 'OrderTotal': 'EUR' is not US's USD"]),
    ("items.payload.AmazonOrderId", "111-0000002-1000002", ["items: ", "not of 111-0000001-1000001"]),
    ("items.payload.NextToken", "more", ["items: ", "NextToken", "join the pages"]),
    ("items.payload.OrderItems", None, ["items: ", "field 'OrderItems'", "Missing"]),
    (ITEM + "QuantityOrdered", "2", ["field 'OrderItems.0.QuantityOrdered': '2'", "Not a valid integer"]),
    (ITEM + "QuantityOrdered", -1, ["field 'OrderItems.0.QuantityOrdered': -1", "greater than"]),
    (ITEM + "QuantityShipped", 9, ["packages do not fit"]),
    (ITEM + "QuantityShipped", 1, ["it is Unshipped, but by its shipped units it is PartiallyShipped"]),
    (ITEM + "ItemPrice", None, ["ItemPrice of item 60000000000010 is missing", "Pending"]),
    (ITEM + "ItemPrice.Amount", "1,99", ["field 'OrderItems.0.ItemPrice.Amount': '1,99'", "such as"]),
]


@pytest.mark.parametrize(("path", "value", "words"), REFUSED_V0)
def test_what_cannot_be_kept_of_v0_is_refused_by_name(amazon, path, value, words):
    body = v0()
    if "." in path or path in body:
        body = changed(body, path, value)
    else:
        body[path] = value
    amazon.refused("payload", body, *words)


REFUSED_2026 = [
    (
        "order.orders.0.orderItems.1.orderItemId",
        "60000000000010",
        ["item '60000000000010' stands there twice"],
    ),
    ("items", {"OrderItems": []}, ["items: ", "leave these out"]),
    ("order.orders.0.fulfillment", None, ["field 'fulfillment'", "includedData=FULFILLMENT"]),
    ("order.orders.0.fulfillment.fulfillmentStatus", "Unshipped", ["'Unshipped'", "UNSHIPPED"]),
    ("order.orders.0.orderItems.0.product", None, ["field 'orderItems.0.product'", "Missing"]),
    (
        "order.orders.0.orderItems.0.proceeds.breakdowns.0.type",
        "OTHER",
        ["field 'orderItems.0.proceeds.breakdowns.0.type': 'OTHER'", "known are ITEM"],
    ),
    ("order.orders.0.proceeds.grandTotal.amount", "1.00", ["field 'proceeds.grandTotal': 1.00"]),
]


@pytest.mark.parametrize(("path", "value", "words"), REFUSED_2026)
def test_what_cannot_be_kept_of_2026_is_refused_by_name(amazon, path, value, words):
    body = v2026() | {"items": value} if path == "items" else changed(v2026(), path, value)
    amazon.refused("payload", body, *words)


def test_an_order_of_a_marketplace_in_which_the_seller_does_not_sell_is_refused(amazon):
    amazon.refused("payload", v2026("eu_vat"), "SELLER-1 does not sell in 'DE' but in US")


def test_a_package_of_an_item_that_is_not_ordered_is_refused(amazon):
    body = changed(v2026("partly_shipped"), "order.order.packages.0.packageItems.0.orderItemId", "1")
    amazon.refused("payload", body, "package 1 has an item '1'")


def test_no_refusal_names_a_person(amazon):
    body = v0()
    order = body["order"]["payload"]["Orders"][0]
    order["ShippingAddress"]["Name"] = "Jane Sample" * 40
    order["BuyerInfo"]["BuyerEmail"] = "invented0001" * 40
    error = amazon.sim("payload", body, 400)["error"]
    assert "field 'ShippingAddress.Name'" in error
    assert "field 'BuyerInfo.BuyerEmail'" in error
    for person in PERSONS:
        assert person not in error


def unpriced(**changes):
    """An order that is paid and tells no amounts."""
    body = changed(v0("odd_unit_price"), "items.payload.OrderItems.0.ItemPrice", None)
    body = changed(body, "items.payload.OrderItems.0.ItemTax", None)
    body = changed(body, "order.payload.OrderTotal", None)
    body["order"]["payload"] |= changes
    return body


def test_a_replacement_needs_no_prices(amazon):
    number = amazon.sim("payload", unpriced(IsReplacementOrder="true"), 201)["amazon_order_id"]
    assert amazon.state(number)["total"] == "0.00"


def test_an_order_without_prices_is_never_taken_for_a_free_one(amazon):
    amazon.refused("payload", unpriced(), "ItemPrice of item 60000000000100 is missing")
