"""Lists that show less than there is, or the same twice: symptoms 5 and 9 of real sellers, F04 and F12."""

import pytest
from amazon_seller import LONG_AGO


def lists(strict, **window):
    """What either version lists, since then by default."""
    strict.sign_in()  # the token may have expired meanwhile
    after = window or {"last_updated": LONG_AGO}
    new = {"last_updated": "lastUpdatedAfter", "created": "createdAfter"}
    old = {"last_updated": "LastUpdatedAfter", "created": "CreatedAfter"}
    found = [
        strict.found(**{new[name]: time for name, time in after.items()}),
        strict.found_v0(**{old[name]: time for name, time in after.items()}),
    ]
    assert found[0] == found[1]
    return found[0]


def test_a_hidden_order_is_found_by_its_number_only(strict):
    """amzn/selling-partner-api-models#3945: getOrder knows it, getOrders does not."""
    hidden, other = strict.place_unshipped(), strict.place_unshipped()
    strict.sim(f"orders/{hidden}/hide", {"for": "30m"})
    strict.later(minutes=29)
    assert lists(strict) == lists(strict, created=LONG_AGO) == [other]
    assert strict.found_v0(AmazonOrderIds=hidden, CreatedAfter=LONG_AGO) == []
    assert strict.order(hidden)["orderId"] == strict.order_v0(hidden)["AmazonOrderId"] == hidden
    assert strict.items_v0(hidden)
    assert strict.state(hidden)["hidden_until"] == "2026-03-01T09:30:00.000Z"


def test_a_hidden_order_appears_behind_the_watermark(strict):
    """amzn/selling-partner-api-docs#2131: with its old LastUpdateDate, so a reader that went on misses it."""
    hidden = strict.place_unshipped()
    strict.sim(f"orders/{hidden}/hide", {"for": "30m"})
    strict.later(minutes=30)
    assert lists(strict) == [hidden]
    assert strict.order_v0(hidden)["LastUpdateDate"] == "2026-03-01T09:00:00Z"
    assert lists(strict, last_updated="2026-03-01T09:00:01Z") == []


@pytest.mark.parametrize("body", [{}, {"for": "soon"}, {"for": "0m"}, {"for": "30m", "why": "x"}])
def test_how_long_it_is_hidden_has_to_be_said(strict, body):
    strict.refused(f"orders/{strict.place()}/hide", body, "for")


def test_lists_that_lag_show_an_order_half_an_hour_after_its_last_change(strict):
    strict.sim("account", {"quirks": {"index_lag": "on"}})
    number = strict.place()
    strict.later(minutes=29)
    assert lists(strict) == lists(strict, created=LONG_AGO) == []
    assert strict.order(number)["orderId"] == number
    strict.later(minutes=1)
    assert lists(strict) == lists(strict, created=LONG_AGO) == [number]
    strict.sim(f"orders/{number}/confirm")
    strict.later(minutes=29)
    assert lists(strict) == []
    strict.later(minutes=1)
    assert lists(strict) == [number]
    assert (
        strict.found(fulfillmentStatuses="UNSHIPPED")
        == strict.found_v0(OrderStatuses="Unshipped")
        == [number]
    )
    strict.sim("account", {"quirks": {"index_lag": "off"}})
    strict.later(minutes=3)
    assert lists(strict) == [number]


def pages(strict):
    """The pages of two of either version."""
    new, token = [], {}
    while True:
        answer = strict.search(maxResultsPerPage=2, **token).get_json()
        new.append([order["orderId"] for order in answer["orders"]])
        if "nextToken" not in answer["pagination"]:
            break
        token = {"paginationToken": answer["pagination"]["nextToken"]}
    old, token = [], {}
    while True:
        query = {"LastUpdatedAfter": LONG_AGO, "MaxResultsPerPage": 2}
        answer = strict.payload(strict.orders_v0(**query, **token))
        old.append([order["AmazonOrderId"] for order in answer["Orders"]])
        if "NextToken" not in answer:
            break
        token = {"NextToken": answer["NextToken"]}
    assert new == old
    return new


def test_pages_that_repeat_show_orders_twice_and_come_to_an_end(strict):
    """amzn/selling-partner-api-models#2297."""
    a, b, c = (strict.place() for _ in range(3))
    strict.later(minutes=3)
    assert pages(strict) == [[a, b], [c]]
    strict.sim("account", {"quirks": {"page_repeat": "on"}})
    assert pages(strict) == [[a, b], [b, c]]


def test_pages_of_one_order_cannot_repeat(strict):
    a, b = strict.place(), strict.place()
    strict.later(minutes=3)
    strict.sim("account", {"quirks": {"page_repeat": "on"}})
    first = strict.search(maxResultsPerPage=1).get_json()
    token = first["pagination"]["nextToken"]
    assert [order["orderId"] for order in first["orders"]] == [a]
    assert strict.found(maxResultsPerPage=1, paginationToken=token) == [b]


def test_a_cancel_may_leave_the_last_update_alone(strict):
    """F12: what was Pending stays so for ever in a shop that asks for changes only."""
    quiet, loud = strict.place(), strict.place()
    strict.later(minutes=10)
    strict.sim(f"orders/{loud}/cancel")
    strict.sim("account", {"quirks": {"cancel_without_bump": "on"}})
    strict.sim(f"orders/{quiet}/cancel")
    strict.later(minutes=10)
    assert strict.order_v0(quiet)["OrderStatus"] == "Canceled"
    assert lists(strict, last_updated="2026-03-01T09:05:00Z") == [loud]
