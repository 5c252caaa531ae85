import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_amazon.ordering.lifecycle import (
    FOLLOWERS,
    AlreadyFulfilled,
    NotAllowed,
    Status,
    TooMany,
    UnknownItem,
    after_package,
    after_payment,
    check_follows,
    left_quantities,
    shipped_quantities,
)
from mock_amazon.wire.orders_2026 import STATUS

S = Status
ORDERED = {"a": 2, "b": 1}


def test_every_status_has_its_followers_and_its_2026_word():
    assert set(FOLLOWERS) == set(STATUS) == set(Status)


def test_every_status_but_the_final_ones_leads_to_shipped():
    final = {S.SHIPPED, S.CANCELED, S.UNFULFILLABLE}
    for status in set(Status) - final:
        reached = {status}
        while following := {after for known in reached for after in FOLLOWERS[known]} - reached:
            reached |= following
        assert S.SHIPPED in reached, status


@pytest.mark.parametrize(
    ("status", "following"),
    [
        (S.PENDING_AVAILABILITY, S.PENDING),
        (S.PENDING, S.UNSHIPPED),
        (S.UNSHIPPED, None),
        (S.PARTIALLY_SHIPPED, None),
        (S.SHIPPED, None),
        (S.CANCELED, None),
    ],
)
def test_payment_moves_pending_orders_by_one_step(status, following):
    if following:
        assert after_payment(status) is following
    else:
        with pytest.raises(NotAllowed, match=f"that is {status} cannot be confirmed"):
            after_payment(status)


@pytest.mark.parametrize("status", Status)
def test_orders_are_cancelled_until_they_are_shipped(status):
    open_ones = {S.PENDING_AVAILABILITY, S.PENDING, S.UNSHIPPED, S.PARTIALLY_SHIPPED}
    if status in open_ones:
        check_follows(status, S.CANCELED)
    else:
        with pytest.raises(NotAllowed, match=f"that is {status} cannot become Canceled"):
            check_follows(status, S.CANCELED)


@pytest.mark.parametrize(
    ("status", "packages", "reference", "contents", "result"),
    [
        pytest.param(S.UNSHIPPED, {}, "1", {"a": 2, "b": 1}, S.SHIPPED, id="everything"),
        pytest.param(S.UNSHIPPED, {}, "1", {"a": 1}, S.PARTIALLY_SHIPPED, id="a part"),
        pytest.param(S.PARTIALLY_SHIPPED, {"1": {"a": 2}}, "2", {"b": 1}, S.SHIPPED, id="the rest"),
        pytest.param(
            S.PARTIALLY_SHIPPED, {"1": {"a": 2}}, "1", {"a": 1}, S.PARTIALLY_SHIPPED, id="a correction"
        ),
        pytest.param(
            S.PARTIALLY_SHIPPED,
            {"1": {"a": 1}},
            "1",
            {"a": 2, "b": 1},
            S.SHIPPED,
            id="completed by correction",
        ),
        pytest.param(S.SHIPPED, {"1": {"a": 2, "b": 1}}, "1", {"a": 2, "b": 1}, S.SHIPPED, id="new tracking"),
        pytest.param(S.SHIPPED, {"1": {"a": 2, "b": 1}}, "2", {"a": 1}, AlreadyFulfilled, id="one more"),
        pytest.param(S.SHIPPED, {"1": {"a": 2, "b": 1}}, "1", {"a": 1}, AlreadyFulfilled, id="taken back"),
        pytest.param(S.UNSHIPPED, {}, "1", {"c": 1}, UnknownItem, id="foreign item"),
        pytest.param(S.UNSHIPPED, {}, "1", {"a": 3}, TooMany, id="too many"),
        pytest.param(S.PARTIALLY_SHIPPED, {"1": {"a": 1}}, "2", {"a": 2}, TooMany, id="too many together"),
        pytest.param(S.PENDING, {}, "1", {"a": 2, "b": 1}, NotAllowed, id="pending"),
        pytest.param(S.CANCELED, {}, "1", {"a": 1}, NotAllowed, id="canceled"),
    ],
)
def test_packages(status, packages, reference, contents, result):
    if isinstance(result, Status):
        assert after_package(status, ORDERED, packages, reference, contents) is result
    else:
        with pytest.raises(result) as refused:
            after_package(status, ORDERED, packages, reference, contents)
        assert type(refused.value) is result


ITEMS = st.sampled_from("abcd")
PARCELS = st.lists(
    st.tuples(st.sampled_from("123"), st.dictionaries(ITEMS, st.integers(1, 4), min_size=1)), max_size=8
)


@given(ordered=st.dictionaries(ITEMS, st.integers(1, 5), min_size=1), parcels=PARCELS)
def test_whatever_is_sent_no_more_leaves_than_was_ordered(ordered, parcels):
    status, packages = S.UNSHIPPED, {}
    for reference, contents in parcels:
        try:
            status = after_package(status, ordered, packages, reference, contents)
        except NotAllowed:
            continue
        packages[reference] = contents
        shipped = shipped_quantities(packages.values())
        assert all(0 <= shipped[item] <= ordered[item] for item in shipped)
        assert (status is S.SHIPPED) == (shipped == ordered)
        assert (status is S.SHIPPED) == (not left_quantities(ordered, packages.values()))
        assert after_package(status, ordered, packages, reference, contents) is status
