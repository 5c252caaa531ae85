"""The rare facts of answers of Orders v0."""

from __future__ import annotations

from typing import Any

from mock_amazon.ordering.fact_words import CONSTRAINTS
from mock_amazon.wire.payload_facts.reading import at, measurement, objects
from mock_amazon.wire.present import Json, present

ORDER_KEYS = (
    *(
        "SellerOrderId",
        "OrderChannel",
        "CbaDisplayableShippingLabel",
        "PaymentMethod",
        "PaymentMethodDetails",
    ),
    *("PaymentExecutionDetail", "EasyShipShipmentStatus", "ElectronicInvoiceStatus", "OrderType", "IsISPU"),
    *("BuyerInvoicePreference", "PromiseResponseDueDate", "IsEstimatedShipDateSet", "IsAccessPointOrder"),
    *("DefaultShipFromLocationAddress", "FulfillmentInstruction", "MarketplaceTaxInfo", "SellerDisplayName"),
    *("IsIBA", "IsSoldByAB", "IsGlobalExpressEnabled", "AutomatedShippingSettings", "BuyerTaxInformation"),
)
"""Fields of an order that are read here."""
ITEM_KEYS = (
    *("AssociatedItems", "ProductInfo", "PointsGranted", "PromotionIds", "ConditionNote", "ConditionId"),
    *("ConditionSubtypeId", "ScheduledDeliveryStartDate", "ScheduledDeliveryEndDate", "PriceDesignation"),
    *("TaxCollection", "SerialNumberRequired", "IsTransparency", "IossNumber", "StoreChainStoreId"),
    *("DeemedResellerCategory", "SerialNumbers", "SubstitutionPreferences", "Measurement"),
    *("ShippingConstraints", "AmazonPrograms"),
)
"""Fields of an item that are read here."""
_NO_FACT = {"OrderType": "StandardOrder", "PaymentMethod": "Other"}


def order_facts(order: Json, items: list[Json]) -> Json:
    told = {key: value for key, value in order.items() if value != _NO_FACT.get(key)}
    number = told.get("SellerOrderId")
    automated = told.get("AutomatedShippingSettings")
    return present(
        seller_order_id=number if number != told.get("AmazonOrderId") else None,
        order_type=told.get("OrderType"),
        order_channel=told.get("OrderChannel"),
        cba_label=told.get("CbaDisplayableShippingLabel"),
        global_express=told.get("IsGlobalExpressEnabled") or None,
        sold_by_ab=told.get("IsSoldByAB") or None,
        invoice_by_amazon=told.get("IsIBA") or None,
        in_store_pickup=told.get("IsISPU") or None,
        response_due=told.get("PromiseResponseDueDate"),
        ship_date_estimated=told.get("IsEstimatedShipDateSet"),
        payment_method=None if "PaymentExecutionDetail" in told else told.get("PaymentMethod"),
        payments=[_payment(one) for one in objects(told.get("PaymentExecutionDetail"))],
        easy_ship=told.get("EasyShipShipmentStatus"),
        electronic_invoice=told.get("ElectronicInvoiceStatus"),
        invoice_preference=told.get("BuyerInvoicePreference"),
        supply_source=at(told, "FulfillmentInstruction", "FulfillmentSupplySourceId"),
        store_chain_store=next(
            (item["StoreChainStoreId"] for item in items if "StoreChainStoreId" in item), None
        ),
        ship_from=_merchant_address(told.get("DefaultShipFromLocationAddress")),
        automated_shipping=present(
            carrier=at(automated, "AutomatedCarrier"), method=at(automated, "AutomatedShipMethod")
        ),
        marketplace_taxes=_tax_ids(told.get("MarketplaceTaxInfo")),
        seller_name=told.get("SellerDisplayName"),
    )


def buyer_facts(order: Json) -> Json:
    buyer, invoice = order.get("BuyerInfo"), order.get("BuyerTaxInformation")
    tax = at(buyer, "BuyerTaxInfo")
    return present(
        purchase_order=at(buyer, "PurchaseOrderNumber"),
        county=at(buyer, "BuyerCounty"),
        tax=present(company=at(tax, "CompanyLegalName"), region=at(tax, "TaxingRegion"), ids=_tax_ids(tax)),
        invoice=present(
            company=at(invoice, "BuyerLegalCompanyName"),
            address=at(invoice, "BuyerBusinessAddress"),
            tax_id=at(invoice, "BuyerTaxRegistrationId"),
            tax_office=at(invoice, "BuyerTaxOffice"),
        ),
    )


def line_facts(item: Json) -> Json:
    points, wish = item.get("PointsGranted"), item.get("SubstitutionPreferences")
    constraints = {theirs: ours for ours, (theirs, _) in CONSTRAINTS.items()}
    units = str(at(item, "ProductInfo", "NumberOfItems") or "")
    return present(
        condition=item.get("ConditionId"),
        subcondition=item.get("ConditionSubtypeId"),
        condition_note=item.get("ConditionNote"),
        items_in_asin=int(units) if units.isdecimal() and len(units) < _DIGITS and units != "1" else None,
        points=points
        and {"number": at(points, "PointsNumber"), "value": at(points, "PointsMonetaryValue", "Amount")},
        scheduled_from=item.get("ScheduledDeliveryStartDate"),
        scheduled_to=item.get("ScheduledDeliveryEndDate"),
        business_price=item.get("PriceDesignation") == "BusinessPrice" or None,
        tax_collected=at(item, "TaxCollection", "Model") == "MarketplaceFacilitator" or None,
        deemed_reseller=item.get("DeemedResellerCategory"),
        ioss_number=item.get("IossNumber"),
        serial_number_required=item.get("SerialNumberRequired") or None,
        serial_numbers=item.get("SerialNumbers"),
        transparency=item.get("IsTransparency") or None,
        programs=at(item, "AmazonPrograms", "Programs"),
        customized_url=at(item, "BuyerInfo", "BuyerCustomizedInfo", "CustomizedURL"),
        gift_wrap_level=at(item, "BuyerInfo", "GiftWrapLevel"),
        measurement=measurement(item.get("Measurement"), "Unit", "Value"),
        substitution=wish and _substitution(wish),
        constraints=[constraints.get(name, name) for name in item.get("ShippingConstraints") or ()],
        services=[
            present(order=one.get("OrderId"), item=one.get("OrderItemId"))
            for one in objects(item.get("AssociatedItems"))
        ],
    )


_DIGITS = 7


def _payment(one: Json) -> Json:
    return present(
        method=one.get("PaymentMethod"),
        amount=at(one, "Payment", "Amount"),
        acquirer=one.get("AcquirerId"),
        card_brand=one.get("CardBrand"),
        authorization=one.get("AuthorizationCode"),
    )


def _tax_ids(info: Any) -> list[Json]:
    ids = objects(at(info, "TaxClassifications"))
    return [present(name=one.get("Name"), value=one.get("Value")) for one in ids]


def _merchant_address(address: Any) -> Json:
    keys = {f"line{number}": f"AddressLine{number}" for number in (1, 2, 3)}
    keys |= {"name": "Name", "city": "City", "county": "County", "district": "District"}
    keys |= {"municipality": "Municipality", "region": "StateOrRegion"}
    keys |= {"postal_code": "PostalCode", "country": "CountryCode"}
    return present(**{ours: at(address, theirs) for ours, theirs in keys.items()})


def _substitution(wish: Json) -> Json:
    options = [
        present(
            asin=one.get("ASIN"),
            sku=one.get("SellerSKU"),
            title=one.get("Title"),
            qty=one.get("QuantityOrdered"),
            measurement=measurement(one.get("Measurement"), "Unit", "Value"),
        )
        for one in objects(at(wish, "SubstitutionOptions"))
    ]
    return present(type=at(wish, "SubstitutionType"), options=options)
