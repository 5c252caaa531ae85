"""How a field of the vendor's mapping is read out of v0 and out of 2026-01-01: one entry for each."""

import re
from decimal import Decimal

UNPAID = {"Pending", "PendingAvailability"}


def at(document, path):
    """What stands at a path such as a.b.c; None where it ends before."""
    for step in path.split("."):
        document = document.get(step) if isinstance(document, dict) else None
    return document


def get(path):
    return lambda document: at(document, path)


def big(word):
    """A word of v0 in 2026's way."""
    return word and re.sub(r"(?<=[a-z])(?=[A-Z])| ", "_", word).upper().replace("CANCELED", "CANCELLED")


def word(path):
    return lambda document: big(at(document, path))


def true(path):
    return lambda document: at(document, path) in (True, "true")


def second(path):
    """A time without its fraction: v0 has none."""
    return lambda document: (at(document, path) or "")[:19]


def money(amount):
    """Amount without sign, and currency; nothing and zero are the same."""
    if not amount:
        return None
    small = {key.lower(): value for key, value in amount.items()}
    value = abs(Decimal(small["amount"]))
    return (value, small["currencycode"]) if value else None


def cash(*paths):
    """The sum of amounts."""

    def read(document):
        amounts = [found for path in paths if (found := money(at(document, path)))]
        return (sum(amount for amount, _ in amounts), amounts[0][1]) if amounts else None

    return read


def proceeds(kind, subtype=None):
    def read(item):
        for part in at(item, "proceeds.breakdowns") or []:
            if part["type"] == kind and subtype is None:
                return money(part["subtotal"])
            for detail in part.get("detailedBreakdowns", []) if part["type"] == kind else []:
                if detail["subtype"] == subtype:
                    return money(detail["value"])
        return None

    return read


def program(name):
    return lambda document: name in document.get("programs", [])


def renamed(value, names=None, enums=()):
    """An object of v0 with 2026's keys: small first letters, or ``names``; ``enums`` are values."""
    if isinstance(value, list):
        return [renamed(inner, names, enums) for inner in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for key, inner in value.items():
        new = (names or {}).get(key) or key[0].lower() + key[1:]
        found[new] = big(inner) if key in enums else renamed(inner, names, enums)
    return found


def address_v0(document):
    """``districtOrCounty`` is either; a place to pick up has no word in v0."""
    address = at(document, "address.ShippingAddress")
    if not address:
        return None
    address = dict(address)
    county, district = address.pop("County", None), address.pop("District", None)
    found = renamed(address, {"AddressType": "addressType"}, ("AddressType",))
    return found | ({"districtOrCounty": district or county} if district or county else {})


def address_2026(document):
    address = at(document, "recipient.deliveryAddress")
    kind = address and address.get("addressType")
    return (
        {k: v for k, v in address.items() if k != "addressType" or kind != "PICKUP_POINT"}
        if address
        else None
    )


def preferences_v0(document):
    told = at(document, "address.DeliveryPreferences")
    names = {
        "AddressInstructions": "addressInstruction",
        "PreferredDeliveryTime": "deliveryTime",
        "OtherAttributes": "deliveryCapabilities",
        "OpenIntervals": "timeWindows",
        "IsOpen": "exceptionDateType",
    }
    found = renamed(told, names)
    for day in at(found, "deliveryTime.exceptionDates") or []:
        day["exceptionDateType"] = "OPEN" if day["exceptionDateType"] else "CLOSED"
    return found


def registrations(entity, business=None):
    def read(document):
        found = [one for one in at(document, "tax.taxRegistrations") or [] if one["entityType"] == entity]
        if business is None:
            return found
        return [one for one in found if (one.get("taxRegistrationType") == "BUSINESS") == business]

    return read


def business(path):
    def read(document):
        found = registrations("BUYER", business=True)(document)
        return at(found[0], path) if found else None

    return read


def tax_office(document):
    attributes = business("taxRegistrationAttributes")(document) or []
    return next((one["value"] for one in attributes if one["key"] == "TAX_OFFICE"), None)


def tax_ids_v0(path):
    return lambda document: [
        (one.get("Name"), one.get("Value")) for one in at(document, f"{path}.TaxClassifications") or []
    ]


def tax_ids_2026(entity, business=None):
    return lambda document: [
        (one["taxRegistrationType"], one["taxRegistrationNumber"])
        for one in registrations(entity, business)(document)
        if "taxRegistrationType" in one
    ]


def buyer_tax_v0(document):
    info = at(document, "order.BuyerInfo.BuyerTaxInfo") or {}
    company, ids = info.get("CompanyLegalName"), tax_ids_v0("order.BuyerInfo.BuyerTaxInfo")(document)
    return [(company, *one) for one in ids] or ([(company, None, None)] if company else [])


def buyer_tax_2026(document):
    keys = ("legalName", "taxRegistrationType", "taxRegistrationNumber")
    rows = [tuple(one.get(key) for key in keys) for one in registrations("BUYER", business=False)(document)]
    return [row for row in rows if any(row)]


def payments(document):
    return at(document, "payment.paymentExecutions") or []


def paid(read):
    """v0 tells the method of payment before it is paid, 2026-01-01 with the payment."""
    return lambda document: None if at(document, "order.OrderStatus") in UNPAID else read(document)


def payment_v0(one):
    long = {"COD": "CashOnDelivery", "CVS": "ConvenienceStore", "GC": "GiftCard", "Other": "Standard"}
    found = {"paymentMethod": long.get(one["PaymentMethod"], one["PaymentMethod"])}
    extra = renamed({k: v for k, v in one.items() if k not in {"Payment", "PaymentMethod"}})
    return found | extra | {"paymentAmount": money(one["Payment"])}


def executions_v0(document):
    """Where v0 tells no parts it was one payment of everything."""
    if at(document, "order.OrderStatus") in UNPAID:
        return []
    if parts := at(document, "order.PaymentExecutionDetail"):
        return [payment_v0(one) for one in parts]
    (method,) = at(document, "order.PaymentMethodDetails")
    return [{"paymentMethod": method, "paymentAmount": money(at(document, "order.OrderTotal"))}]


def executions_2026(document):
    return [one | {"paymentAmount": money(one["paymentAmount"])} for one in payments(document)]


def one_payment_method(document):
    if "payment" not in document:
        return None
    methods = {one["paymentMethod"] for one in payments(document)}
    short = {"CashOnDelivery": "COD", "ConvenienceStore": "CVS"}
    return next((short[name] for name in short if name in methods), "Other")


def methods(document):
    return list(dict.fromkeys(one["paymentMethod"] for one in payments(document))) or None


def replaced(document):
    kinds = {"REPLACEMENT_ORIGINAL_ID", "EXCHANGE_ORIGINAL_ID"}
    found = [
        one["orderId"] for one in document.get("associatedOrders", []) if one["associationType"] in kinds
    ]
    return found[0] if found else None


def alias(document):
    """v0 has the order's own number where the seller gave none."""
    found = [
        one["aliasId"] for one in document.get("orderAliases", []) if one["aliasType"] == "SELLER_ORDER_ID"
    ]
    return found[0] if found else document["orderId"]


def easy_ship(document):
    found = {at(package, "packageStatus.detailedStatus") for package in document.get("packages", [])}
    return next(iter(found)) if found else None


def pickup_point(document):
    """2026-01-01 tells it with the address."""
    if "recipient" not in document:
        return None
    return at(document, "recipient.deliveryAddress.addressType") == "PICKUP_POINT"


def pickup_point_v0(document):
    shown = at(document, "address.ShippingAddress") is not None
    return at(document, "order.IsAccessPointOrder") if shown else None


def order(path):
    return get(f"order.{path}")


ORDER = {
    "AmazonOrderId": (order("AmazonOrderId"), get("orderId")),
    "SellerOrderId": (order("SellerOrderId"), alias),
    "MarketplaceId": (order("MarketplaceId"), get("salesChannel.marketplaceId")),
    "PurchaseDate": (second("order.PurchaseDate"), second("createdTime")),
    "LastUpdateDate": (second("order.LastUpdateDate"), second("lastUpdatedTime")),
    "OrderType": (lambda v0: v0["order"]["OrderType"] == "Preorder", program("PREORDER")),
    "FulfillmentChannel": (order("FulfillmentChannel"), None),
    "OrderStatus": (order("OrderStatus"), None),
    "SalesChannel": (order("SalesChannel"), get("salesChannel.marketplaceName")),
    "ShipmentServiceLevelCategory": (
        word("order.ShipmentServiceLevelCategory"),
        get("fulfillment.fulfillmentServiceLevel"),
    ),
    "OrderTotal": (cash("order.OrderTotal"), cash("proceeds.grandTotal")),
    "EasyShipShipmentStatus": (word("order.EasyShipShipmentStatus"), easy_ship),
    "EarliestShipDate": (
        second("order.EarliestShipDate"),
        second("fulfillment.shipByWindow.earliestDateTime"),
    ),
    "LatestShipDate": (second("order.LatestShipDate"), second("fulfillment.shipByWindow.latestDateTime")),
    "EarliestDeliveryDate": (
        second("order.EarliestDeliveryDate"),
        second("fulfillment.deliverByWindow.earliestDateTime"),
    ),
    "LatestDeliveryDate": (
        second("order.LatestDeliveryDate"),
        second("fulfillment.deliverByWindow.latestDateTime"),
    ),
    "IsBusinessOrder": (order("IsBusinessOrder"), program("AMAZON_BUSINESS")),
    "IsPrime": (order("IsPrime"), program("PRIME")),
    "IsPremiumOrder": (order("IsPremiumOrder"), program("PREMIUM")),
    "ReplacedOrderId": (order("ReplacedOrderId"), replaced),
    "IsReplacementOrder": (true("order.IsReplacementOrder"), lambda new: replaced(new) is not None),
    "IsISPU": (order("IsISPU"), program("IN_STORE_PICK_UP")),
    "IsAccessPointOrder": (pickup_point_v0, pickup_point),
    "ShippingAddress": (address_v0, address_2026),
    "BuyerInfo.BuyerEmail": (order("BuyerInfo.BuyerEmail"), get("buyer.buyerEmail")),
    "BuyerInfo.BuyerName": (order("BuyerInfo.BuyerName"), get("buyer.buyerName")),
    "BuyerInfo.PurchaseOrderNumber": (
        order("BuyerInfo.PurchaseOrderNumber"),
        get("buyer.buyerPurchaseOrderNumber"),
    ),
    "BuyerCompanyName": (get("address.BuyerCompanyName"), get("buyer.buyerCompanyName")),
    "DeliveryPreferences": (preferences_v0, get("recipient.deliveryPreference")),
    "PaymentExecutionDetail": (executions_v0, executions_2026),
    "PaymentMethod": (paid(order("PaymentMethod")), one_payment_method),
    "PaymentMethodDetails": (paid(order("PaymentMethodDetails")), methods),
    "IsIBA": (order("IsIBA"), program("INVOICE_BY_AMAZON")),
    "ElectronicInvoiceStatus": (word("order.ElectronicInvoiceStatus"), get("tax.taxInvoicing.invoiceStatus")),
    "BuyerInvoicePreference": (
        order("BuyerInvoicePreference"),
        get("tax.taxInvoicing.buyerInvoicePreference"),
    ),
    "BuyerTaxInformation": (
        lambda v0: bool(at(v0, "order.BuyerTaxInformation")),
        lambda new: bool(registrations("BUYER", business=True)(new)),
    ),
    "BuyerTaxInformation.BuyerLegalCompanyName": (
        order("BuyerTaxInformation.BuyerLegalCompanyName"),
        business("legalName"),
    ),
    "BuyerTaxInformation.BuyerBusinessAddress": (
        order("BuyerTaxInformation.BuyerBusinessAddress"),
        business("taxRegistrationAddress.addressLine1"),
    ),
    "BuyerTaxInformation.BuyerTaxRegistrationId": (
        order("BuyerTaxInformation.BuyerTaxRegistrationId"),
        business("taxRegistrationNumber"),
    ),
    "BuyerTaxInformation.BuyerTaxOffice": (order("BuyerTaxInformation.BuyerTaxOffice"), tax_office),
    "MarketplaceTaxInfo": (
        lambda v0: bool(at(v0, "order.MarketplaceTaxInfo")),
        lambda new: bool(registrations("MARKETPLACE")(new)),
    ),
    "MarketplaceTaxInfo.TaxClassifications.Name": (
        tax_ids_v0("order.MarketplaceTaxInfo"),
        tax_ids_2026("MARKETPLACE"),
    ),
    "MarketplaceTaxInfo.TaxClassifications.Value": (
        tax_ids_v0("order.MarketplaceTaxInfo"),
        tax_ids_2026("MARKETPLACE"),
    ),
    "SellerDisplayName": (
        order("SellerDisplayName"),
        lambda new: next((one["legalName"] for one in registrations("MERCHANT")(new)), None),
    ),
    "BuyerInfo.BuyerTaxInfo": (buyer_tax_v0, buyer_tax_2026),
}
SUBSTITUTION = {"ASIN": "asin", "SellerSKU": "sellerSku"}
ITEM = {
    "ASIN": (get("ASIN"), get("product.asin")),
    "SellerSKU": (get("SellerSKU"), get("product.sellerSku")),
    "OrderItemId": (get("OrderItemId"), get("orderItemId")),
    "Title": (get("Title"), get("product.title")),
    "QuantityOrdered": (get("QuantityOrdered"), get("quantityOrdered")),
    "QuantityShipped": (get("QuantityShipped"), get("fulfillment.quantityFulfilled")),
    "PointsGranted": (
        lambda v0: "PointsGranted" in v0,
        lambda new: bool(at(new, "expense.pointsCost.pointsGranted")),
    ),
    "PointsGranted.PointsNumber": (
        get("PointsGranted.PointsNumber"),
        get("expense.pointsCost.pointsGranted.pointsNumber"),
    ),
    "PointsGranted.PointsMonetaryValue": (
        cash("PointsGranted.PointsMonetaryValue"),
        cash("expense.pointsCost.pointsGranted.pointsMonetaryValue"),
    ),
    "ItemPrice": (cash("ItemPrice"), proceeds("ITEM")),
    "ShippingPrice": (cash("ShippingPrice"), proceeds("SHIPPING")),
    "ItemTax": (cash("ItemTax"), proceeds("TAX", "ITEM")),
    "ShippingTax": (cash("ShippingTax"), proceeds("TAX", "SHIPPING")),
    "ShippingDiscount": (cash("ShippingDiscount"), proceeds("DISCOUNT", "SHIPPING")),
    # The file's subtotal holds all discounts; v0 tells three beside one another, and so with their taxes.
    "PromotionDiscount": (
        cash("PromotionDiscount", "ShippingDiscount", "CODFeeDiscount"),
        proceeds("DISCOUNT"),
    ),
    "PromotionDiscountTax": (
        cash("PromotionDiscountTax", "ShippingDiscountTax"),
        proceeds("TAX", "DISCOUNT"),
    ),
    "CODFee": (cash("CODFee"), proceeds("COD_FEE")),
    "CODFeeDiscount": (cash("CODFeeDiscount"), proceeds("DISCOUNT", "COD_FEE")),
    "ItemBuyerInfo.GiftWrapPrice": (cash("BuyerInfo.GiftWrapPrice"), proceeds("GIFT_WRAP")),
    "ItemBuyerInfo.GiftWrapTax": (cash("BuyerInfo.GiftWrapTax"), proceeds("TAX", "GIFT_WRAP")),
    "PromotionIds": (
        lambda v0: v0.get("PromotionIds", []),
        lambda new: [one["promotionId"] for one in at(new, "promotion.breakdowns") or []],
    ),
    "IsGift": (true("IsGift"), lambda new: at(new, "fulfillment.packing.giftOption") is not None),
    "ConditionNote": (get("ConditionNote"), get("product.condition.conditionNote")),
    "ConditionId": (word("ConditionId"), get("product.condition.conditionType")),
    "ConditionSubtypeId": (word("ConditionSubtypeId"), get("product.condition.conditionSubtype")),
    "ScheduledDeliveryStartDate": (
        second("ScheduledDeliveryStartDate"),
        second("fulfillment.shipping.scheduledDeliveryWindow.earliestDateTime"),
    ),
    "ScheduledDeliveryEndDate": (
        second("ScheduledDeliveryEndDate"),
        second("fulfillment.shipping.scheduledDeliveryWindow.latestDateTime"),
    ),
    "PriceDesignation": (word("PriceDesignation"), get("product.price.priceDesignation")),
    "IossNumber": (get("IossNumber"), get("fulfillment.shipping.internationalShipping.iossNumber")),
    "IsTransparency": (true("IsTransparency"), program("TRANSPARENCY")),
    "ItemBuyerInfo.BuyerCustomizedInfo": (
        lambda v0: at(v0, "BuyerInfo.BuyerCustomizedInfo") is not None,
        lambda new: at(new, "product.customization") is not None,
    ),
    "ItemBuyerInfo.BuyerCustomizedInfo.CustomizedURL": (
        get("BuyerInfo.BuyerCustomizedInfo.CustomizedURL"),
        get("product.customization.customizedUrl"),
    ),
    "ItemBuyerInfo.GiftMessageText": (
        get("BuyerInfo.GiftMessageText"),
        get("fulfillment.packing.giftOption.giftMessage"),
    ),
    "ItemBuyerInfo.GiftWrapLevel": (
        get("BuyerInfo.GiftWrapLevel"),
        get("fulfillment.packing.giftOption.giftWrapLevel"),
    ),
    "BuyerRequestedCancel.IsBuyerRequestedCancel": (
        true("BuyerRequestedCancel.IsBuyerRequestedCancel"),
        lambda new: at(new, "cancellation.cancellationRequest.requester") == "BUYER",
    ),
    "BuyerRequestedCancel.BuyerCancelReason": (
        lambda v0: at(v0, "BuyerRequestedCancel.BuyerCancelReason") or None,
        get("cancellation.cancellationRequest.cancelReason"),
    ),
    "SerialNumbers": (get("SerialNumbers"), get("product.serialNumbers")),
    "SubstitutionPreferences": (
        lambda v0: renamed(v0.get("SubstitutionPreferences"), SUBSTITUTION),
        get("fulfillment.picking.substitutionPreference"),
    ),
    "Measurement": (lambda v0: renamed(v0.get("Measurement")), get("measurement")),
    "TaxCollection": (
        lambda v0: "TaxCollection" in v0,
        lambda new: bool(at(new, "tax.taxCollections")),
    ),
    "TaxCollection.Model": (
        word("TaxCollection.Model"),
        lambda new: next((one["model"] for one in at(new, "tax.taxCollections") or []), None),
    ),
    "TaxCollection.ResponsibleParty": (
        get("TaxCollection.ResponsibleParty"),
        lambda new: next((one["responsibleParty"] for one in at(new, "tax.taxCollections") or []), None),
    ),
    "DeemedResellerCategory": (
        get("DeemedResellerCategory"),
        lambda new: next(
            (one["reportingScheme"] for one in at(new, "tax.taxCalculationBreakdowns") or []), None
        ),
    ),
    "SerialNumberRequired": (
        true("SerialNumberRequired"),
        lambda new: at(new, "fulfillment.packing.serialNumberRequirement.requirementType") == "REQUIRED",
    ),
    "AssociatedItems": (lambda v0: renamed(v0.get("AssociatedItems")), get("associatedOrderItems")),
    "AssociatedItem.OrderId": (
        lambda v0: [one["OrderId"] for one in v0.get("AssociatedItems", [])],
        lambda new: [one["orderId"] for one in new.get("associatedOrderItems", [])],
    ),
    "AssociatedItem.OrderItemId": (
        lambda v0: [one["OrderItemId"] for one in v0.get("AssociatedItems", [])],
        lambda new: [one["orderItemId"] for one in new.get("associatedOrderItems", [])],
    ),
    "AssociatedItem.AssociationType": (
        lambda v0: [one["AssociationType"] for one in v0.get("AssociatedItems", [])],
        lambda new: [one["associationType"] for one in new.get("associatedOrderItems", [])],
    ),
    # 2026-01-01 has one constraint more, which v0 cannot tell.
    "ShippingConstraints": (
        lambda v0: renamed(v0.get("ShippingConstraints", {})),
        lambda new: {
            name: rule
            for name, rule in (at(new, "fulfillment.shipping.shippingConstraints") or {}).items()
            if name != "cashOnDelivery"
        },
    ),
    # 2026-01-01 tells one of them with the order.
    "AmazonPrograms": (
        lambda v0: "SUBSCRIBE_AND_SAVE" in (at(v0, "AmazonPrograms.Programs") or []),
        program("SUBSCRIBE_AND_SAVE"),
    ),
}
