"""Why some things of the vendor's models are left out, and what is to be said of others. Pure data.

Keys are ``Object.field``, ``Object`` for all its fields, and ``operation?parameter``.
"""

from __future__ import annotations

from collections.abc import Mapping

_POSITION = "of sellers whose orders have a position"
_MADE_UP = "who runs a business is made up"
_PICTURES = "listings have no pictures here"
_IMPORTED = "only of orders that came by `POST /_sim/payload`"
_POINTS = "offers have no points here"

WHY_NOT: Mapping[str, Mapping[str, str]] = {
    "ordersV0": {
        "PackageDetail.shipFromSupplySourceId": "nothing that Amazon answers tells it again",
        "AddressExtendedFields.GeoCoordinates": _POSITION,
        "GeoCoordinates": _POSITION,
    },
    "orders_2026-01-01": {
        "OrderProceedsBreakdown.status": "of tips, which are charged apart: nobody tips here",
        "ItemCancellationExecution.cancelReason": "only a buyer's wish has a reason here",
    },
    "sellers": {
        "Business.companyRegistrationNumber": _MADE_UP,
        "Business.companyTaxIdentificationNumber": _MADE_UP,
        "Business.nonLatinName": _MADE_UP,
        "PrimaryContact.nonLatinName": _MADE_UP,
        "Address.addressLine2": "the made-up address has one line",
    },
    "notifications": {
        "ProcessingDirective.filterExpression": "refused for every type, so no subscription has one",
        "SendTestNotificationResponse.payload": "the model's own example is empty",
    },
    "listingsItems_2021-08-01": {
        "IssueExemption.expiryDate": "nothing is exempted here",
        "ItemSummaryByMarketplace.mainImage": _PICTURES,
        "ItemImage": _PICTURES,
        "ItemOfferByMarketplace.points": _POINTS,
        "Points": _POINTS,
        "ItemProcurement": "of vendors, not of sellers",
    },
    "OrderChangeNotification": {
        "OrderChangeNotification.Summary.CancelNotifyDate": "nothing publishes when",
    },
}

REMARKS: Mapping[str, Mapping[str, str]] = {
    "ordersV0": {
        "Order.OrderStatus": f"`Unfulfillable` and `InvoiceUnconfirmed` {_IMPORTED}",
        "ConfirmShipmentRequest.codCollectionMethod": "checked (JP only), changes nothing",
        "UpdateVerificationStatusRequestBody.verificationDetails": "checked and kept, change nothing",
        "getOrders?IsISPU": "`false` is as if it were not there",
    },
    "orders_2026-01-01": {
        "OrderFulfillment.fulfillmentStatus": f"`UNFULFILLABLE` {_IMPORTED}",
        "ItemCancellationExecution.cancelledBy": "see the table above",
    },
    "sellers": {
        "Participation.isParticipating": "always true",
        "PrimaryContact.name": "everybody's",
    },
    "feeds_2021-06-30": {
        "CreateFeedSpecification.feedOptions": "checked; no imitated type has any",
    },
    "reports_2021-06-30": {
        "CreateReportSpecification.reportOptions": "checked; no imitated type has any",
        "CreateReportScheduleSpecification.reportOptions": "kept and shown; no imitated type has any",
    },
    "notifications": {
        "ProcessingDirective.filterExpression": "refused for every type",
        "TestNotification.testScenario": "the message is the same for all",
        "CreateSubscriptionRequest.payloadVersion": "checked for ORDER_CHANGE only",
    },
    "listingsItems_2021-08-01": {
        "getListingsItem?issueLocale": "checked; issues are in English, here and for the other operations",
        "Item.procurement": "always empty",
        "Issue.severity": "always `ERROR`",
        "IssueExemption.status": "always `NOT_EXEMPT`",
    },
    "fbaInventory": {
        "InventorySummary.condition": "always `NewItem`",
        "InventorySummary.stores": "always empty",
        "getInventorySummaries?sellerSkus": "50 at most; mean nothing with `startDateTime`",
    },
    "OrderChangeNotification": {
        "Payload.OrderChangeNotification.NotificationLevel": "always `OrderLevel`",
        "Payload.OrderChangeNotification.OrderChangeType": "never `DeliveryTipChange`",
        "OrderChangeNotification.Summary.ShippingPrograms": "never `TFM`",
    },
}
