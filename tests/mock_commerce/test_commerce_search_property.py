"""Random search criteria find what a plain reading of them finds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PLACED = {
    "2026-03-01": "2026-03-01 00:00:00",
    "2026-03-01 09:20:00": "2026-03-01 09:20:00",
    "2026-03-01T10:30:00+01:00": "2026-03-01 09:30:00",
    "2026-03-02 00:00:00": "2026-03-02 00:00:00",
}
VALUES = {
    "entity_id": ["1", "2", "2.5", "7", "-1", "abc", "0"],
    "grand_total": ["0", "10", "30.00", "25.5", "x", "99999"],
    "status": ["pending", "PENDING", "closed", "no", "", "p%", "%o_e%", "pending,closed"],
    "ext_order_id": ["112-1", "112-2,112-3", "112-%", "", "nothing", "112-1,"],
    "customer_email": ["ann@example.com", "ANN@EXAMPLE.COM", "%@example.com", "ann", ""],
    "created_at": list(PLACED),
}
NUMBERS = {"entity_id", "grand_total"}
ORDERED = ["eq", "neq", "gt", "lt", "gteq", "lteq", "from", "to", "moreq", "null", "notnull"]
WORDS = ["in", "nin", "like", "nlike", "finset", "nfinset", "seq", "sneq", "fulltext", "unheard_of"]

filters = st.sampled_from(sorted(VALUES)).flatmap(
    lambda field: st.tuples(
        st.just(field),
        st.sampled_from(VALUES[field]),
        st.sampled_from(ORDERED + (["in", "nin"] if field in NUMBERS else []))
        if field in NUMBERS or field == "created_at"
        else st.sampled_from([*ORDERED, *WORDS]),
    )
)
groups = st.lists(st.lists(filters, min_size=1, max_size=3), max_size=3)
pages = st.one_of(st.none(), st.tuples(st.integers(0, 4), st.integers(-1, 5)))


@pytest.fixture
def orders(shop):
    """Nine orders, five minutes apart, with gaps; answers the shop and the rows as they are."""
    rows = []
    for number in range(1, 10):
        entity = {
            "grand_total": number * 5,
            "status": [None, "pending", "closed", "holded"][number % 4],
            "ext_order_id": f"112-{number}" if number % 3 else None,
            "customer_email": ["Ann@Example.com", "bob@example.com", None][number % 3],
        }
        shop.post("orders", {"entity": entity})
        placed = shop.clock.now().strftime("%Y-%m-%d %H:%M:%S")
        rows.append({"entity_id": number, "created_at": placed, **entity})
        shop.clock.advance(timedelta(minutes=5))
    return shop, rows


def number(text):
    try:
        return float(text)
    except ValueError:
        return 0.0


def fits(row, field, value, kind):
    """True, False, or None where SQL knows neither."""
    own = row[field]
    if kind in {"null", "notnull"}:
        return (own is None) == (kind == "null")
    if kind in {"seq", "sneq"} and not value:
        return (own is None) == (kind == "seq")
    if own is None:
        return None
    if kind in {"neq", "nin", "nlike", "nfinset", "sneq"}:
        return not compares(field, own, value, {"neq": "eq", "sneq": "eq"}.get(kind, kind[1:]))
    return compares(field, own, value, kind)


def compares(field, own, value, kind):
    read = number if field in NUMBERS else PLACED.get if field == "created_at" else str.casefold
    own = read(own) if isinstance(own, str) and field != "created_at" else own
    if kind in {"in", "finset"}:
        return own in [read(part) for part in value.split(",")] if kind == "in" else value.casefold() == own
    if kind in {"like", "fulltext"}:
        text = f"%{value}%" if kind == "fulltext" else value
        pattern = "".join({"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in text.casefold())
        return re.fullmatch(pattern, own) is not None
    other = read(value)
    kinds = {"gt": own > other, "lt": own < other, "gteq": own >= other, "lteq": own <= other}
    return {**kinds, "from": kinds["gteq"], "to": kinds["lteq"]}.get(kind, own == other)


def group_fits(row, group):
    ranges = {}
    found = []
    for field, value, kind in group:
        (ranges.setdefault(field, []) if kind in {"from", "to"} else found).append(
            fits(row, field, value, kind)
        )
    return any(found) or any(all(bounds) for bounds in ranges.values())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=groups, page=pages, camel=st.booleans(), descending=st.booleans())
def test_random_criteria_find_what_they_say(orders, wanted, page, camel, descending):
    shop, rows = orders
    names = ("filterGroups", "conditionType", "pageSize", "currentPage", "sortOrders")
    if not camel:
        names = ("filter_groups", "condition_type", "page_size", "current_page", "sort_orders")
    query = {"searchCriteria": ""} if not wanted and page is None and not descending else {}
    for i, group in enumerate(wanted):
        for j, (field, value, kind) in enumerate(group):
            start = f"searchCriteria[{names[0]}][{i}][filters][{j}]"
            query |= {f"{start}[field]": field, f"{start}[value]": value, f"{start}[{names[1]}]": kind}
    expected = [row["entity_id"] for row in rows if all(group_fits(row, group) for group in wanted)]
    total = len(expected)
    if descending:
        query[f"searchCriteria[{names[4]}][0][field]"] = "entity_id"
        expected.reverse()
    if page is not None:
        size, place = page
        query |= {f"searchCriteria[{names[2]}]": str(size), f"searchCriteria[{names[3]}]": str(place)}
        start = (max(place, 1) - 1) * size
        expected = expected[start : start + size] if size else expected
    answer = shop.get("orders", query_string=query)
    assert [row["entity_id"] for row in answer["items"]] == expected
    assert answer["total_count"] == total
    assert [len(group["filters"]) for group in answer["search_criteria"]["filter_groups"]] == list(
        map(len, wanted)
    )
