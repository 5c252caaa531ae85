"""Whatever is in a file: it is read, or refused as a ScenarioError. Nothing else ever comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.scenario.language import ScenarioError, find, load

FILES = find([Path(__file__).parents[2] / "fixtures" / "scenarios"])
TEXTS = [file.read_text(encoding="utf-8") for file in FILES]
PIECES = st.sampled_from(
    [
        *(
            "*a",
            "&a ",
            "!!int ",
            "!x ",
            "<<: *a",
            "? ",
            "---\n",
            "...\n",
            "%YAML 9.9\n",
            "\t",
            "\x00",
            "\x85",
            "\ufeff",
        ),
        *(
            '"\\UFFFFFFFF"',
            '"\\x',
            "'",
            "{",
            "}",
            "[",
            "]",
            "- ",
            ": ",
            "|",
            ">",
            "#",
            "null",
            "true",
            "-",
            "9" * 5000,
        ),
        *(
            "1e400",
            "0x1F",
            "0o17",
            ".inf",
            "2026-13-45",
            "<x>",
            "expect: 5",
            "{exactly: [any]}",
            "{matches: '['}",
            "{}",
            "[]",
        ),
    ]
)
SLOW_MACHINE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A right file with a few pieces put in, cut out or moved."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 30])))
        text = text[:start] + draw(PIECES | st.text(max_size=4) | st.just("")) + text[end:]
    return text


def read_or_refused(file: Path) -> None:
    try:
        scenarios = load(file)
    except ScenarioError as error:
        refused = error
    else:
        assert scenarios
        return
    assert refused.problems
    assert all(problem.place.line >= 1 for problem in refused.problems)


@SLOW_MACHINE
@given(text=mutated())
def test_a_mutated_scenario_is_read_or_refused(text, tmp_path):
    file = tmp_path / "mutated.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    read_or_refused(file)


@SLOW_MACHINE
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data, tmp_path):
    file = tmp_path / "bytes.yaml"
    file.write_bytes(data)
    read_or_refused(file)


YAML_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["A1", "any", "1.00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["order", "id", "lines", "sku", "exactly", "contains", ">", "A1", "shop"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("place", ["given", "steps", "expect", "examples", "invariants", "tags", "scenario"])
@SLOW_MACHINE
@given(value=YAML_VALUES)
def test_a_value_of_any_shape_in_any_place_is_read_or_refused(place, value, tmp_path):
    _write_and_read(tmp_path, {"scenario": "x", "steps": [{"cron": 1}], place: value})


@SLOW_MACHINE
@given(
    value=YAML_VALUES,
    verb=st.sampled_from(["amazon.order", "commerce.ship", "fault", "connector.settings", "expect"]),
)
def test_a_value_of_any_shape_for_a_verb_is_read_or_refused(value, verb, tmp_path):
    _write_and_read(tmp_path, {"scenario": "x", "steps": [{verb: value}]})


def _write_and_read(folder: Path, content: object) -> None:
    file = folder / "shape.yaml"
    file.write_text(json.dumps(content), encoding="utf-8")
    read_or_refused(file)
