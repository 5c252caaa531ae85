"""What few orders have: who gets to see it, what the control API refuses, and the quirks about it."""

import pytest
from amazon_seller import EVERYTHING, NOT_VALID, ORDERS_V0, assert_spapi_error

TAX_ID = {"name": "CNPJ", "value": "00.000.000/0001-91"}
BUSINESS = {
    "company": "Sample GmbH",
    "purchase_order": "PO-77",
    "tax": {"company": "Sample Ltda", "region": "BR", "ids": [TAX_ID]},
}
EASY = {"easy_ship": "PendingPickUp", "electronic_invoice": "NotFound"}
RARE_LINE = {
    "sku": "MUG",
    "qty": 2,
    "unit_price": "10.00",
    "shipping": "5.00",
    "shipping_tax": "0.50",
    "shipping_discount": "5.00",
    "shipping_discount_tax": "0.50",
    "cod_fee": "3.00",
    "promotion_ids": ["FREE-SHIPPING"],
    "facts": {
        "customized_url": "https://example.com/mine.zip",
        "points": {"number": 12, "value": "1.20"},
        "tax_collected": True,
    },
}


@pytest.fixture
def abroad(strict):
    strict.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["US", "BR", "TR", "IN"]}, 201)
    return strict


def opened(seller, *elements):
    resource = {"method": "GET", "path": f"{ORDERS_V0}/{{orderId}}", "dataElements": list(elements)}
    return seller.restrict(resource)


def test_tax_information_of_v0_needs_an_element_of_its_own(abroad):
    invoice = {"company": "Örnek A.Ş.", "address": "Cadde 1", "tax_id": "1", "tax_office": "Beyoğlu"}
    number = abroad.place_unshipped(marketplace="TR", buyer={"invoice": invoice})
    assert "BuyerTaxInformation" not in opened(abroad, "buyerInfo", "shippingAddress").order_v0(number)
    assert opened(abroad, "buyerTaxInformation").order_v0(number)["BuyerTaxInformation"] == {
        "BuyerLegalCompanyName": "Örnek A.Ş.",
        "BuyerBusinessAddress": "Cadde 1",
        "BuyerTaxRegistrationId": "1",
        "BuyerTaxOffice": "Beyoğlu",
    }


def test_the_address_call_tells_the_company_and_the_delivery_to_restricted_tokens_only(abroad):
    wish = {"buyer": {"company": "Sample GmbH"}, "facts": {"delivery": {"drop_off": "Porch"}}}
    number = abroad.place_unshipped(**wish)
    assert set(abroad.order_v0(number, "/address")) == {"AmazonOrderId", "ShippingAddress"}
    seller = abroad.restrict({"method": "GET", "path": f"{ORDERS_V0}/{{orderId}}/address"})
    shown = seller.order_v0(number, "/address")
    assert shown["BuyerCompanyName"] == "Sample GmbH"
    assert shown["DeliveryPreferences"] == {"DropOffLocation": "Porch"}


def test_withheld_personal_data_takes_its_rare_parts_along(abroad):
    facts = {"delivery": {"drop_off": "Porch"}, "seller_name": "Loja", "marketplace_taxes": [TAX_ID]}
    number = abroad.place_unshipped(marketplace="BR", buyer=BUSINESS, facts=facts, lines=[RARE_LINE])
    abroad.sim("account", {"pii": "withheld"})
    document = abroad.order(number)
    for secret in ("Sample", "PO-77", "Porch", "mine.zip"):
        assert secret not in str(document)
    assert [one["entityType"] for one in document["tax"]["taxRegistrations"]] == ["MARKETPLACE", "MERCHANT"]


@pytest.mark.parametrize("block", ["EXPENSE", "PROMOTION", "TAX", "PAYMENT", "FULFILLMENT_ORDERS"])
def test_rare_blocks_are_there_when_they_are_asked_for(abroad, block):
    facts = EASY | {"fulfillment_orders": ["FO-1"]}
    number = abroad.place_unshipped(marketplace="IN", facts=facts, lines=[RARE_LINE])
    place = {
        "EXPENSE": ("orderItems", "expense"),
        "PROMOTION": ("orderItems", "promotion"),
        "TAX": ("orderItems", "tax"),
        "PAYMENT": ("payment",),
        "FULFILLMENT_ORDERS": ("fulfillmentOrders",),
    }[block]

    def there(included):
        document = abroad.order(number, included)
        return place[-1] in (document["orderItems"][0] if len(place) > 1 else document)

    others = ",".join(one for one in f"{EVERYTHING},FULFILLMENT_ORDERS".split(",") if one != block)
    assert (there(block), there(others), there("")) == (True, False, False)
    abroad.later(minutes=3)
    (listed,) = abroad.search(includedData=block).get_json()["orders"]
    assert listed == abroad.order(number, block)


def test_a_pending_order_has_neither_amounts_nor_payment_nor_tax_ids(abroad):
    number = abroad.place(marketplace="BR", buyer=BUSINESS, lines=[RARE_LINE], facts={"seller_name": "Loja"})
    document = abroad.order(number)
    assert {"proceeds", "payment", "buyer", "recipient"}.isdisjoint(document)
    assert [one["entityType"] for one in document["tax"]["taxRegistrations"]] == ["MERCHANT"]
    (item,) = document["orderItems"]
    assert {"proceeds", "expense", "promotion", "tax"}.isdisjoint(item)
    old = opened(abroad, "buyerInfo").order_v0(number)
    assert {"OrderTotal", "BuyerInfo", "PaymentExecutionDetail"}.isdisjoint(old)
    assert old["SellerDisplayName"] == "Loja"
    assert {"ShippingPrice", "PromotionIds", "CODFee"}.isdisjoint(abroad.items_v0(number)[0])


def test_free_shipping_and_a_fee_in_the_order_total(abroad):
    number = abroad.place_unshipped(lines=[RARE_LINE])
    assert abroad.state(number)["total"] == "23.00"
    assert abroad.order_v0(number)["OrderTotal"]["Amount"] == "23.00"
    assert abroad.order(number)["proceeds"]["grandTotal"]["amount"] == "23.00"


# Quirks


def test_prices_of_pending_orders_by_quirk(abroad):
    """amzn/selling-partner-api-models#5139."""
    number = abroad.place()
    abroad.later(minutes=3)

    def shown():
        (listed,) = abroad.search(includedData=EVERYTHING).get_json()["orders"]
        assert listed == abroad.order(number)
        return listed

    assert "proceeds" not in shown()
    abroad.sim("account", {"quirks": {"pending_prices": "on"}})
    document = shown()
    assert document["proceeds"]["grandTotal"]["amount"] == "39.98"
    assert document["orderItems"][0]["product"]["price"]["unitPrice"]["amount"] == "19.99"
    assert {"buyer", "recipient"}.isdisjoint(document)
    abroad.sim(f"orders/{number}/confirm")
    abroad.later(minutes=3)
    assert "buyer" in shown()


def test_packages_have_no_detailed_status_by_quirk(abroad):
    """amzn/selling-partner-api-models#5127."""
    number = abroad.place_unshipped(marketplace="IN", facts=EASY)
    (package,) = abroad.order(number)["packages"]
    assert package["packageStatus"] == {"status": "PENDING", "detailedStatus": "PENDING_PICK_UP"}
    abroad.sim("account", {"quirks": {"no_detailed_status": "on"}})
    (package,) = abroad.order(number)["packages"]
    assert package["packageStatus"] == {"status": "PENDING"}


def test_the_far_east_refuses_fulfillment_by_quirk(strict, other):
    """amzn/selling-partner-api-models#5365."""
    for seller in ("SELLER-1", "SELLER-2"):
        strict.sim("account", {"seller": seller, "quirks": {"far_east_refuses_fulfillment": "on"}})
    number = other.place_unshipped(
        seller="SELLER-2", marketplace="JP", lines=[{"sku": "MUG", "qty": 1, "unit_price": "500"}]
    )
    for answer in (other.get(number), other.search(includedData="BUYER,FULFILLMENT")):
        assert_spapi_error(answer, 400, "InvalidInput", NOT_VALID, "FULFILLMENT")
    assert other.get(number, "BUYER").status_code == 200
    assert strict.search(includedData="FULFILLMENT").status_code == 200


# Control


def test_facts_of_an_order_change_later(abroad):
    number = abroad.place_unshipped(marketplace="IN", facts=EASY)
    abroad.later(minutes=5)
    abroad.sim(f"orders/{number}/facts", {"easy_ship": "Delivered", "labels_from": "now"})
    old, new = abroad.order_v0(number), abroad.order(number)
    assert (old["EasyShipShipmentStatus"], old["ElectronicInvoiceStatus"]) == ("Delivered", "NotFound")
    assert old["LastUpdateDate"] == "2026-03-01T09:05:00Z"
    assert new["packages"][0]["packageStatus"]["status"] == "DELIVERED"
    assert new["fulfillment"]["labelPrintingWindow"] == {"earliestDateTime": "2026-03-01T09:05:00.000Z"}


def test_what_becomes_of_a_package(abroad):
    number = abroad.place(status="Shipped")
    abroad.sim(f"orders/{number}/package", {"reference": "1", "status": "DELIVERED"})
    assert abroad.order(number)["packages"][0]["packageStatus"] == {"status": "DELIVERED"}
    abroad.refused(
        f"orders/{number}/package", {"reference": "9", "status": "DELIVERED"}, "'9'", "packages: 1"
    )
    abroad.refused(f"orders/{number}/package", {"reference": "1", "status": "Gone"}, "'Gone'", "IN_TRANSIT")
    for verb, wish in (("facts", {}), ("package", {"reference": "1", "status": "DELIVERED"})):
        abroad.refused(f"orders/112-0000000-0000000/{verb}", wish, "there is no order", status=404)


LINE = {"sku": "MUG", "qty": 1, "unit_price": "5.00"}
REFUSED = [
    ({"buyer": {"invoice": {"company": "x"}}}, ["'buyer.invoice'", "TR only"]),
    ({"buyer": {"tax": {"company": "x"}}}, ["'buyer.tax'", "BR, MX, IN only"]),
    ({"facts": {"seller_name": "x"}}, ["'facts.seller_name'", "BR only"]),
    ({"facts": {"easy_ship": "Delivered"}, "channel": "AFN"}, ["'facts.easy_ship'", "Amazon ships"]),
    ({"facts": {"easy_ship": "Flying"}}, ["'facts.easy_ship': 'Flying'", "PendingPickUp"]),
    ({"facts": {"colour": "red"}}, ["unknown field 'facts.colour'", "easy_ship"]),
    ({"facts": {"response_due": "soon"}}, ["'facts.response_due': 'soon'"]),
    ({"facts": {"payments": [{"method": "COD", "amount": 5}]}}, ["payments.0.amount", "as text"]),
    (
        {"facts": {"payment_method": "CVS", "payments": [{"method": "COD", "amount": "5"}]}},
        ["payment_method", "not what the payments say"],
    ),
    ({"facts": {"delivery": {"hours": [{"day": "MON", "opens": "9", "closes": "17:00"}]}}}, ['like "09:30"']),
    ({"ship_to": {"type": "HOME"}}, ["'ship_to.type': 'HOME'", "PICKUP_POINT"]),
    ({"lines": [LINE | {"shipping_discount": "1.00"}]}, ["lines.0.shipping_discount", "the shipping's 0"]),
    ({"lines": [LINE | {"cod_fee_discount": "1.00"}]}, ["lines.0.cod_fee_discount", "the fee's 0"]),
    ({"lines": [LINE | {"discount_tax": "1.00"}]}, ["lines.0.discount_tax", "more than"]),
    ({"lines": [LINE | {"shipping_tax": "0.001"}]}, ["lines.0.shipping_tax"]),
    (
        {"lines": [LINE | {"facts": {"condition": "Broken"}}]},
        ["lines.0.facts.condition': 'Broken'", "Refurbished"],
    ),
]


@pytest.mark.parametrize(("wish", "words"), REFUSED, ids=lambda each: str(each)[:40])
def test_facts_that_no_order_has_are_refused_by_name(abroad, wish, words):
    abroad.refused("orders", {"lines": [LINE]} | wish, *words)
    if set(wish) == {"facts"}:
        number = abroad.place_unshipped()
        abroad.refused(
            f"orders/{number}/facts", wish["facts"], *(word.replace("facts.", "") for word in words[1:])
        )
