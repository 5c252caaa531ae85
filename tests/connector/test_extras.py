"""What only people read of an order: both versions tell the same, and a strange document tells nothing."""

from datetime import UTC, datetime

import pytest
from builders import document

from connector.amazon import stored
from connector.amazon.extras import Extras, extras_of

MOMENT = datetime(2026, 3, 4, 7, 59, tzinfo=UTC)
TOLD = Extras(MOMENT, premium=True, prime=True, business=True, conditions={"11": "New"})


def test_orders_2026_tells_programs_ship_date_and_condition():
    sent = document(programs=["AMAZON_BUSINESS", "PREMIUM", "PRIME", "NEW_ONE"])
    sent["fulfillment"]["shipByWindow"] = {"latestDateTime": "2026-03-04T07:59:00.000Z"}
    sent["orderItems"][0]["product"]["condition"] = {"conditionType": "NEW", "conditionSubtype": "NEW"}
    assert extras_of(sent) == TOLD


def test_orders_v0_tells_the_same():
    flags = {"IsPremiumOrder": True, "IsPrime": True, "IsBusinessOrder": True}
    order = stored.of_v0({"AmazonOrderId": "1", "LatestShipDate": "2026-03-04T07:59:00Z", **flags})
    items = [{"OrderItemId": "11", "ConditionId": "New"}]
    assert extras_of(stored.with_items(order, items)) == TOLD


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"fulfillment": {"shipByWindow": {"latestDateTime": "soon"}}},
        {"orderItems": "?"},
        {"programs": {}},
        stored.of_v0({"LatestShipDate": "", "IsPrime": True}),
        stored.of_v0({}),
    ],
)
def test_a_document_without_them_or_with_strange_ones_is_no_problem(sent):
    assert extras_of(sent) == Extras()
