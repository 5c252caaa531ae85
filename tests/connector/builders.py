"""Amazon documents and orders for tests; each test states only what matters to it."""

from datetime import UTC, datetime
from decimal import Decimal

from connector.domain.order import Address, Line, Order

CONNECTED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SHIP_TO = Address(
    name="Ann Lee",
    line1="1 Main St",
    city="Austin",
    region="TX",
    postal_code="78701",
    country="US",
    phone="512-555-0100",
)


def line(**changes):
    values = {"item_id": "1", "sku": "SKU-RED", "quantity": 2, "item_total": Decimal("39.98")} | changes
    return Line(**values)


def order(**changes):
    values = {
        "amazon_order_id": "112-0000001-0000001",
        "status": "Unshipped",
        "purchased_at": CONNECTED,
        "updated_at": CONNECTED,
        "currency": "USD",
        "total": Decimal("39.98"),
        "buyer_name": "Ann Lee",
        "ship_to": SHIP_TO,
        "lines": (line(),),
    } | changes
    return Order(**values)


def money(amount):
    return {"amount": amount, "currencyCode": "USD"}


def document(number="112-0000001-0000001", status="UNSHIPPED", **changes):
    """An order as Orders 2026-01-01 sends it."""
    values = {
        "orderId": number,
        "createdTime": "2026-03-01T09:01:00.000Z",
        "lastUpdatedTime": "2026-03-01T09:01:00.000Z",
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": "ATVPDKIKX0DER"},
        "buyer": {"buyerName": "Ann Lee", "buyerEmail": "x@marketplace.amazon.com"},
        "recipient": {
            "deliveryAddress": {
                "name": "Ann Lee",
                "addressLine1": "1 Main St",
                "city": "Austin",
                "stateOrRegion": "TX",
                "postalCode": "78701",
                "countryCode": "US",
            }
        },
        "proceeds": {"grandTotal": money("39.98")},
        "fulfillment": {
            "fulfillmentStatus": status,
            "fulfilledBy": "MERCHANT",
            "fulfillmentServiceLevel": "STANDARD",
        },
        "orderItems": [
            {
                "orderItemId": "11",
                "quantityOrdered": 2,
                "product": {"sellerSku": "SKU-RED", "title": "Red mug"},
                "proceeds": {"breakdowns": [{"type": "ITEM", "subtotal": money("39.98")}]},
                "fulfillment": {"quantityFulfilled": 0, "quantityUnfulfilled": 2},
            }
        ],
    }
    return values | changes
