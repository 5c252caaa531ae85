"""Orders v0 as Amazon sends them: an order, and its items apart."""

US = "ATVPDKIKX0DER"


def money(amount):
    return {"CurrencyCode": "USD", "Amount": amount}


def order_v0(number="112-0000001-0000001", **changes):
    values = {
        "AmazonOrderId": number,
        "PurchaseDate": "2026-03-01T09:01:00Z",
        "LastUpdateDate": "2026-03-01T09:01:00Z",
        "OrderStatus": "Unshipped",
        "FulfillmentChannel": "MFN",
        "MarketplaceId": US,
        "ShipmentServiceLevelCategory": "Standard",
        "OrderTotal": money("39.98"),
        "NumberOfItemsShipped": 0,
        "NumberOfItemsUnshipped": 2,
        "BuyerInfo": {"BuyerName": "Ann Lee", "BuyerEmail": "x@marketplace.amazon.com"},
        "ShippingAddress": {
            "Name": "Ann Lee",
            "AddressLine1": "1 Main St",
            "City": "Austin",
            "StateOrRegion": "TX",
            "PostalCode": "78701",
            "CountryCode": "US",
        },
    }
    return values | changes


def item_v0(**changes):
    values = {
        "ASIN": "B000000001",
        "OrderItemId": "11",
        "SellerSKU": "SKU-RED",
        "Title": "Red mug",
        "QuantityOrdered": 2,
        "QuantityShipped": 0,
        "ItemPrice": money("39.98"),
        "IsGift": "false",
    }
    return values | changes


def stored_v0(*items, details="read", **changes):
    """The document as the connector stores it."""
    return {"api": "v0", "details": details, "order": order_v0(**changes), "items": list(items)}
