"""What fits an expectation, and what a misfit is told as."""

import pytest

from simulator.scenario.expectations import Difference, differences, fits, pairing

FITS = [
    ("subset of a mapping", {"a": 1}, {"a": 1, "b": 2}),
    ("any is present and not null", "any", 0),
    ("absent is null", "absent", None),
    ("absent is a missing key", {"a": "absent"}, {}),
    ("money is a number", "39.98", "39.9800"),
    ("money without decimals", "20", "20.00"),
    ("count against a decimal", 10, 10.0),
    ("list in any order", [{"n": 2}, {"n": 1}], [{"n": 1}, {"n": 2}, {"n": 3}]),
    ("list that needs a clever pairing", [{}, {"n": 1}], [{"n": 1}, {"n": 2}]),
    ("contains text", {"contains": "salable"}, "not salable"),
    ("contains an element", {"contains": "b"}, ["a", "b"]),
    ("matches", {"matches": "^A.+z$"}, "A to z"),
    ("comparison", {">=": 2, "<": 5}, 2),
    ("money comparison", {">": "9.99"}, "10.00"),
    ("not equal", {"!=": "a"}, "b"),
    ("exact list", {"exactly": [1, 2]}, [1, 2]),
    ("exactly is for its own level only", {"exactly": [{"a": 1}]}, [{"a": 1, "b": 2}]),
    ("exact mapping", {"exactly": {"a": "any"}}, {"a": 1}),
]
MISFITS = [
    ("any against nothing", "any", None),
    ("absent against something", "absent", 0),
    ("another number", "39.98", "39.99"),
    ("numbers of orders are words", "1", "000000001"),
    ("true is not one", 1, True),
    ("text is not a number", 1, "one"),
    ("one element cannot stand for two", [{"n": 1}, {"n": 1}], [{"n": 1}, {"n": 2}]),
    ("missing element", ["a", "b"], ["a"]),
    ("list against none", [], None),
    ("exact list in another order", {"exactly": [1, 2]}, [2, 1]),
    ("exact list that is longer", {"exactly": [1]}, [1, 2]),
    ("exact empty list", {"exactly": []}, [1]),
    ("exact mapping with a further key", {"exactly": {"a": 1}}, {"a": 1, "b": 2}),
    ("contains against nothing", {"contains": "a"}, None),
    ("comparison against nothing", {">=": 0}, None),
    ("one of two comparisons", {">=": 2, "<": 5}, 5),
    ("mapping against text", {"a": 1}, "a"),
]


@pytest.mark.parametrize(("expected", "actual"), [row[1:] for row in FITS], ids=[row[0] for row in FITS])
def test_fits(expected, actual):
    assert fits(expected, actual)


@pytest.mark.parametrize(
    ("expected", "actual"), [row[1:] for row in MISFITS], ids=[row[0] for row in MISFITS]
)
def test_does_not_fit(expected, actual):
    assert differences(expected, actual)


def test_a_difference_names_its_path():
    found = differences({"orders": {"A1": {"blocker": "absent"}}}, {"orders": {"A1": {"blocker": "x"}}})
    assert found == [Difference("orders.A1.blocker", "absent", "x")]


def test_the_only_misfit_of_a_list_is_told_inside_it():
    found = differences(
        [{"sku": "A", "qty": 1}, {"sku": "B"}], [{"sku": "B"}, {"sku": "A", "qty": 2}], "lines"
    )
    assert found == [Difference("lines[1].qty", 1, 2)]


def test_a_key_too_much_is_told_by_name():
    found = differences({"exactly": {"A1": "any"}}, {"A1": 1, "A2": 2}, "orders")
    assert found == [Difference("orders.A2", "absent", 2)]


def test_pairing_gives_every_element_a_different_partner():
    pairs = pairing([1, 2, 3], [3, 2, 1], lambda wanted, there: there >= wanted)
    assert sorted(pairs) == [0, 1, 2]
    assert len(set(pairs.values())) == 3
