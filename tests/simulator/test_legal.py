"""I4: the table of statuses that may stand side by side."""

import pytest

from mock_amazon.ordering.lifecycle import PLACEABLE
from simulator.legal import BY_AMAZON, MERCHANT, NONE, ROWS, Facts, illegal, shop_word

LEGAL = [
    Facts(MERCHANT, "Pending", "Pending", NONE),
    Facts(MERCHANT, "Unshipped", "Unshipped", "processing"),
    Facts(MERCHANT, "Unshipped", "Unshipped", "holded"),
    Facts(MERCHANT, "Unshipped", "Unshipped", "canceled"),
    Facts(MERCHANT, "Unshipped", "Unshipped", NONE, explained=True),
    Facts(MERCHANT, "Unshipped", "Unshipped", "processing/shipped", in_outbox=True),
    Facts(MERCHANT, "Unshipped", "Unshipped", "complete", in_outbox=True),
    Facts(MERCHANT, "PartiallyShipped", "PartiallyShipped", "processing/shipped", in_outbox=True),
    Facts(MERCHANT, "Shipped", "Shipped", "processing"),
    Facts(MERCHANT, "Shipped", "Shipped", "canceled"),
    Facts(MERCHANT, "Shipped", "Shipped", "processing/shipped"),
    Facts(MERCHANT, "Shipped", "Completed", "complete"),
    Facts(MERCHANT, "Shipped", "Completed", "closed"),
    Facts(BY_AMAZON, "Unshipped", "Unshipped", NONE),
    Facts(BY_AMAZON, "Shipped", "Completed", "complete"),
    Facts(MERCHANT, "Canceled", "Canceled", NONE),
    Facts(MERCHANT, "Canceled", "Canceled", "complete"),
    Facts(MERCHANT, "Canceled", "Canceled", "processing", in_outbox=True),
    Facts(MERCHANT, "Canceled", "Canceled", "processing/shipped", conflict=True),
    Facts(MERCHANT, "Unshipped", None, NONE, too_old=True),
]
ILLEGAL = [
    Facts(MERCHANT, "Pending", "Pending", "processing"),
    Facts(MERCHANT, "Pending", "Unshipped", NONE),
    Facts(MERCHANT, "Unshipped", None, "processing"),
    Facts(MERCHANT, "Unshipped", "Unshipped", NONE),
    Facts(MERCHANT, "Unshipped", "Unshipped", "processing/shipped"),
    Facts(MERCHANT, "Unshipped", "Unshipped", "complete"),
    Facts(MERCHANT, "Unshipped", "Shipped", "complete"),
    Facts(MERCHANT, "PartiallyShipped", "PartiallyShipped", "complete", in_outbox=True),
    Facts(BY_AMAZON, "Unshipped", "Unshipped", "processing"),
    Facts(BY_AMAZON, "Shipped", "Shipped", "processing"),
    Facts(MERCHANT, "Canceled", "Canceled", "processing"),
    Facts(MERCHANT, "Canceled", "Unshipped", "canceled"),
    Facts(MERCHANT, "Unshipped", "Unshipped", NONE, too_old=True),
    Facts(MERCHANT, "Unshipped", None, "processing", too_old=True),
]


@pytest.mark.parametrize("facts", LEGAL, ids=str)
def test_may_stand_side_by_side(facts):
    assert illegal(facts) is None


@pytest.mark.parametrize("facts", ILLEGAL, ids=str)
def test_may_not_stand_side_by_side(facts):
    assert illegal(facts)


@pytest.mark.parametrize("channel", [MERCHANT, BY_AMAZON])
def test_every_status_that_an_order_can_have_is_in_the_table(channel):
    assert {status for row_channel, status in ROWS if row_channel == channel} >= set(PLACEABLE)


def test_a_custom_status_of_processing_is_processing():
    assert shop_word("processing", "amazon_new") == "processing"
    assert shop_word("processing", "shipped") == "processing/shipped"
    assert shop_word(None, None) == NONE
