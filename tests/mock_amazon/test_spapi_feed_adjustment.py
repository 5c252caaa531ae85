from decimal import Decimal
from typing import ClassVar

import pytest
from feed_desk import shipment

from mock_amazon.feeds.refunds import REASONS, TooMuch, check

LINE = {
    "sku": "MUG",
    "qty": 2,
    "unit_price": "10.00",
    "tax": "1.60",
    "shipping": "4.00",
    "gift_wrap": "3.00",
    "discount": "5.00",
}


def sold(desk, **wish):
    """A shipped order with everything that can be paid for, and its item's code."""
    number = desk.seller.place(**{"status": "Shipped", "lines": [LINE], **wish})
    return number, desk.seller.state(number)["lines"][0]["order_item_id"]


def components(currency="USD", **amounts):
    return "".join(
        f'<Component><Type>{kind}</Type><Amount currency="{currency}">{amount}</Amount></Component>'
        for kind, amount in amounts.items()
    )


def item(code, amounts="", reason="CustomerReturn", more=""):
    prices = f"<ItemPriceAdjustments>{amounts}</ItemPriceAdjustments>" if amounts else ""
    named = f"<AmazonOrderItemCode>{code}</AmazonOrderItemCode><AdjustmentReason>{reason}</AdjustmentReason>"
    return f"<AdjustedItem>{named}{prices}{more}</AdjustedItem>"


def adjust(desk, number, *items, more=""):
    return desk.report("OrderAdjustment", f"<AmazonOrderID>{number}</AmazonOrderID>{more}{''.join(items)}")


def refused(desk, number, *items, words=(), more=""):
    before = desk.seller.state(number)
    report = adjust(desk, number, *items, more=more)
    ((_, result, code, text),) = report["notes"]
    assert (result, code, report["Successful"]) == ("Error", "18028", 0)
    for word in words:
        assert word in text
    assert desk.seller.state(number) == before


def test_a_refund_is_recorded_with_its_parts(desk):
    number, code = sold(desk)
    amounts = components(Principal="10.00", Tax="0.80", Shipping="2")
    report = adjust(desk, number, item(code, amounts, more="<Quantity>1</Quantity>"))
    assert report == {"Processed": 1, "Successful": 1, "WithError": 0, "WithWarning": 0, "notes": []}
    order = desk.seller.state(number)
    assert order["refunds"] == [
        {
            "order_item_id": code,
            "reason": "CustomerReturn",
            "cancelled": 0,
            "amounts": {"Principal": "10.00", "Tax": "0.80", "Shipping": "2.00"},
            "total": "12.80",
        }
    ]
    assert order["status"] == "Shipped"


def test_never_more_than_was_paid_is_given_back(desk):
    number, code = sold(desk)
    half = item(code, components(Principal="7.50"))
    assert adjust(desk, number, half)["Successful"] == 1
    assert adjust(desk, number, half)["Successful"] == 1
    refused(desk, number, item(code, components(Principal="5.01")), words=("Principal: 20.01 would be",))
    rest = components(Shipping="4.00", GiftWrap="3.00", Tax="1.60")
    refused(desk, number, item(code, components(Principal="5.00") + rest), words=("28.60", "23.6 was paid"))
    assert adjust(desk, number, item(code, rest))["Successful"] == 1
    refused(desk, number, item(code, components(Goodwill="0.01")), words=("23.61 would be refunded",))
    assert sum(Decimal(each["total"]) for each in desk.seller.state(number)["refunds"]) == Decimal("23.60")


@pytest.mark.parametrize(
    ("amounts", "name"),
    [
        ({"Principal": "20.01"}, "Principal"),
        ({"Shipping": "4.01"}, "Shipping"),
        ({"GiftWrap": "3.01"}, "GiftWrap"),
        ({"Tax": "1.61"}, "Tax"),
        ({"Tax": "1.00", "ShippingTax": "0.50", "GiftWrapTax": "0.11"}, "Tax"),
    ],
)
def test_no_part_is_more_than_was_paid_for_it(desk, amounts, name):
    number, code = sold(desk)
    refused(desk, number, item(code, components(**amounts)), words=(f"({name}: ",))


def test_two_adjustments_of_an_item_in_one_message_count_together(desk):
    number, code = sold(desk)
    refused(desk, number, item(code, components(Principal="11")), item(code, components(Principal="11")))


def test_a_promotion_is_taken_back_with_its_part(desk):
    number, code = sold(desk)
    back = "<PromotionAdjustments><PromotionClaimCode>X</PromotionClaimCode>"
    back += f"{components(Principal='5.00')}</PromotionAdjustments>"
    everything = components(Principal="20.00", Shipping="4", GiftWrap="3", Tax="1.60")
    assert adjust(desk, number, item(code, everything, more=back))["Successful"] == 1
    (refund,) = desk.seller.state(number)["refunds"]
    assert (refund["amounts"]["PromotionPrincipal"], refund["total"]) == ("-5.00", "23.60")


@pytest.mark.parametrize("fee", ["-2.00", "2.00"])
def test_a_restocking_fee_is_kept_back(desk, fee):
    number, code = sold(desk)
    amounts = components(Principal="10.00", RestockingFee=fee)
    assert adjust(desk, number, item(code, amounts))["Successful"] == 1
    assert desk.seller.state(number)["refunds"][0]["total"] == "8.00"
    refused(desk, number, item(code, components(RestockingFee="1.00")), words=("more is kept back",))


def test_where_prices_contain_the_tax_it_is_not_refunded_apart(desk):
    # amzn/selling-partner-api-docs#767
    desk.seller.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["JP"]}, 201)
    line = {"sku": "MUG", "qty": 1, "unit_price": "1099", "tax": "100"}
    number, code = sold(desk, marketplace="JP", lines=[line])
    words = ("The requested refund amount for the tax or shipping tax is not eligible",)
    refused(desk, number, item(code, components("JPY", Principal="999", Tax="100")), words=words)
    assert adjust(desk, number, item(code, components("JPY", Principal="1099")))["Successful"] == 1
    assert desk.seller.state(number)["refunds"][0]["total"] == "1099"


def test_units_can_be_cancelled_instead(desk):
    number = desk.seller.place_unshipped(lines=[LINE])
    code = desk.seller.state(number)["lines"][0]["order_item_id"]
    more = "<QuantityCancelled>2</QuantityCancelled>"
    cancel = "<ActionType>Cancel</ActionType>"
    report = adjust(desk, number, item(code, reason="NoInventory", more=more), more=cancel)
    assert report["Successful"] == 1
    order = desk.seller.state(number)
    assert (order["status"], order["refunds"][0]["cancelled"]) == ("Canceled", 2)
    refused(desk, number, item(code, more=more), words=("Canceled",))


@pytest.mark.parametrize("units", ["3", "0", "x"])
def test_no_more_units_are_cancelled_than_there_are(desk, units):
    number = desk.seller.place_unshipped(lines=[LINE])
    code = desk.seller.state(number)["lines"][0]["order_item_id"]
    refused(desk, number, item(code, more=f"<QuantityCancelled>{units}</QuantityCancelled>"))


def test_only_what_was_charged_is_refunded(desk):
    number = desk.seller.place_unshipped(lines=[LINE, {**LINE, "sku": "CUP"}])
    mug, cup = (line["order_item_id"] for line in desk.seller.state(number)["lines"])
    refused(desk, number, item(mug, components(Principal="1")), words=("has not been charged",))
    desk.fulfil(shipment(number, (mug, 1)))
    assert adjust(desk, number, item(mug, components(Principal="1")))["Successful"] == 1
    refused(desk, number, item(cup, components(Principal="1")), words=("has not been charged",))


def test_a_name_of_the_sellers_own_is_used_once(desk):
    number, code = sold(desk)
    named = "<MerchantAdjustmentItemID>R-1</MerchantAdjustmentItemID>"
    assert adjust(desk, number, item(code, components(Principal="1"), more=named))["Successful"] == 1
    refused(desk, number, item(code, components(Principal="1"), more=named), words=("R-1",))


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_the_schema_is_taken(desk, reason):
    number, code = sold(desk)
    assert adjust(desk, number, item(code, components(Principal="1"), reason=reason))["Successful"] == 1


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        (components("EUR", Principal="1"), "the currency is 'EUR', not USD"),
        (components(Principal="1.001"), "more decimals"),
        (components(Principal="-1"), "negative"),
        (components(Principal="one"), "'one' is not an amount"),
        (components(Principal="1e9"), "is not an amount"),
        (components(Principal=""), "is not an amount"),
        (components(Mood="1"), "Type: 'Mood'"),
        ("<Component><Type>Principal</Type></Component>", "is not an amount"),
        ("", "neither an amount"),
    ],
)
def test_amounts_that_cannot_be_are_refused(desk, amounts, words):
    number, code = sold(desk)
    refused(desk, number, item(code, amounts), words=(words,))


def test_words_that_are_not_in_the_schema_are_refused(desk):
    number, code = sold(desk)
    one = components(Principal="1")
    refused(desk, number, item(code, one, reason="Mood"), words=("AdjustmentReason: 'Mood'",))
    refused(desk, number, item(code, one), more="<ActionType>Gift</ActionType>", words=("ActionType",))
    refused(desk, number, item("1", one), words=("item 1",))
    refused(desk, number, words=("AdjustedItem is missing",))
    refused(desk, number, item(code, one, more="<Quantity>3</Quantity>"), words=("Quantity: 3",))
    wrong = f"<PromotionAdjustments>{components(Tax='1')}</PromotionAdjustments>"
    refused(desk, number, item(code, one, more=wrong), words=("promotion Type: 'Tax'",))


def test_a_message_is_carried_out_whole_or_not_at_all(desk):
    number, code = sold(desk)
    refused(desk, number, item(code, components(Principal="1")), item(code, components(Principal="99")))
    assert desk.seller.state(number)["refunds"] == []


class Paid:
    quantity, unit_price = 2, Decimal(10)
    shipping, gift_wrap, tax, discount = Decimal(4), Decimal(0), Decimal(2), Decimal(1)
    extras: ClassVar = {}


@pytest.mark.parametrize("tax_included", [False, True])
def test_the_sum_of_all_parts_has_a_limit_of_its_own(tax_included):
    most = Decimal(23 if tax_included else 25)
    check(Paid(), {}, {"Goodwill": most}, tax_included=tax_included)
    with pytest.raises(TooMuch):
        check(Paid(), {"Goodwill": most}, {"Other": Decimal("0.01")}, tax_included=tax_included)
