"""The parser: what it hands on, and the exact words in which it refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.scenario.language import ScenarioError, find, load
from simulator.scenario.model import Scenario

HEAD = """\
scenario: A title
given: {catalog: [{sku: SKU-RED, qty: 10}, {sku: SKU-BLUE}]}
steps:
  - amazon.order: {id: A1, lines: [{sku: SKU-RED, qty: 2, unit_price: "19.99"}]}
  - commerce.order: {id: C1, lines: [{sku: SKU-RED, qty: 1}]}
"""


def parsed(tmp_path: Path, text: str) -> list[Scenario]:
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def one(tmp_path: Path, text: str) -> Scenario:
    (scenario,) = parsed(tmp_path, text)
    return scenario


def problems(tmp_path: Path, text: str) -> list[str]:
    """``line: message`` of everything that is wrong."""
    with pytest.raises(ScenarioError) as caught:
        parsed(tmp_path, text)
    return [f"{problem.place.line}: {problem.message}" for problem in caught.value.problems]


def step_problems(tmp_path: Path, step: str) -> list[str]:
    """What is wrong with a step in line 6 of an otherwise right file."""
    return problems(tmp_path, f"{HEAD}  - {step}\n")


def test_a_whole_file_is_handed_on_as_plain_python(tmp_path):
    scenario = one(
        tmp_path,
        """\
scenario: A title
id: F29
about: Why.
tags: [smoke, blocker]
invariants: {except: [I5, I6], because: nobody can know}
given:
  clock: 2026-04-01T10:00:00+02:00
  seed: 7
  sources: [east]
  stores: [{name: One, connected: -1d}]
  settings: {orders_api_version: 2026-01-01, cron_interval: 10m}
  catalog: [{sku: SKU-RED, price: "19.99", sources: {east: 2}}]
  amazon: {orders: [{id: A1, lines: [{sku: SKU-RED, qty: 1, unit_price: "1.00"}]}]}
steps:
  - amazon.confirm: A1
    note: Paid.
  - cron: 2
expect: {orders: {A1: {table: any}}}
""",
    )
    assert (scenario.title, scenario.ids, scenario.about) == ("A title", ("F29",), "Why.")
    assert scenario.tags == {"smoke", "blocker"}
    assert scenario.excepted == {"I5": "nobody can know", "I6": "nobody can know"}
    assert scenario.given.clock == datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
    assert scenario.given.seed == 7
    assert scenario.given.sources == ({"code": "east"},)
    assert scenario.given.stores == ({"name": "One", "connected": "-1d"},)
    assert scenario.given.settings == {"orders_api_version": "2026-01-01", "cron_interval": "10m"}
    assert scenario.given.catalog == ({"sku": "SKU-RED", "price": "19.99", "sources": {"east": 2}},)
    assert [order["id"] for order in scenario.given.amazon_orders] == ["A1"]
    confirm, cron = scenario.steps
    assert (confirm.verb, confirm.value, confirm.note) == ("amazon.confirm", {"order": "A1"}, "Paid.")
    assert (cron.verb, cron.value, cron.note, cron.place.line) == ("cron", 2, None, 17)
    assert scenario.expect is not None
    assert scenario.expect.value == {"orders": {"A1": {"table": "any"}}}
    assert scenario.expect.place.line == 18


@pytest.mark.parametrize(
    ("step", "verb", "value"),
    [
        ("amazon.ship: A1", "amazon.ship", {"order": "A1"}),
        ("amazon.cancel: {order: A1, bump: false}", "amazon.cancel", {"order": "A1", "bump": False}),
        ("commerce.ship: C1", "commerce.ship", {"order": "C1"}),
        ("commerce.ship: {order: A1, tracks: []}", "commerce.ship", {"order": "A1", "tracks": []}),
        ("connector.sync: {}", "connector.sync", {}),
        ("advance: 3d", "advance", "3d"),
        ("clear_faults: all", "clear_faults", "all"),
        ("note: Hello", "note", "Hello"),
        (
            "commerce.config: {quirks: {integration_bearer: on}}",
            "commerce.config",
            {"quirks": {"integration_bearer": "on"}},
        ),
        ("never: {shop_orders: {'>': 1}}", "never", {"shop_orders": {">": 1}}),
        (
            "expect: {orders: {exactly: {A1: {table: any}}}}",
            "expect",
            {"orders": {"exactly": {"A1": {"table": "any"}}}},
        ),
    ],
)
def test_values_are_normalised(tmp_path, step, verb, value):
    last = one(tmp_path, f"{HEAD}  - {step}\n").steps[-1]
    assert (last.verb, last.value) == (verb, value)


def test_nothing_but_plain_types_is_handed_on(tmp_path):
    def check(value: object) -> None:
        assert type(value) in {dict, list, str, int, float, bool}
        inner = (
            [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
        )
        for child in inner:
            check(child)

    for step in one(tmp_path, f"{HEAD}  - expect: {{stock: {{SKU-RED: {{qty: 10}}}}}}\n").steps:
        check(step.value)


def test_copies_make_one_step_and_one_name_each(tmp_path):
    text = (
        HEAD + "  - amazon.order: {id: B, copies: 3, lines: [{sku: SKU-RED, qty: 1, unit_price: '1.00'}]}\n"
    )
    scenario = one(tmp_path, text + "  - amazon.confirm: B3\n")
    assert [step.value["id"] for step in scenario.steps if step.verb == "amazon.order"] == [
        "A1",
        "B1",
        "B2",
        "B3",
    ]
    assert all("copies" not in step.value for step in scenario.steps)
    assert problems(tmp_path, text + "  - amazon.confirm: B\n") == [
        (
            "7: amazon.confirm: there is no such order up to here: 'B' is not one of A1, B1, B2, B3: "
            "did you mean 'B1'?"
        )
    ]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("amazon.confirm: A2", "amazon.confirm: there is no such order up to here: 'A2' is not one of A1"),
        ("amazon.confirm: C1", "amazon.confirm: there is no such order up to here: 'C1' is not one of A1"),
        ("snapshot: before", "snapshot: this verb is not built yet"),
        ("{cron: 1, advance: 2d}", "steps[3]: a step has exactly one verb, this one has 2 (cron, advance)"),
        ("cron", "steps[3]: 'cron' is not a step: write '- verb: value'"),
        ("{}", "steps[3]: a step has exactly one verb, this one has none"),
        ("cron: 0", "cron: 0 is not between 1 and 10000"),
        ("cron: soon", "cron: 'soon' is not a whole number"),
        ("cron: true", "cron: true is not a whole number"),
        ("advance: 3 days", "advance: '3 days' is not a duration: write 45s, 10m, 2h or 3d"),
        (
            "connector.sync:",
            "connector.sync: nothing is not a mapping: its keys are store?, kill_at?, parallel?",
        ),
        (
            "fault: {system: amazon, at: getOrder, kind: status, by: 30s}",
            "by: only a fault of kind delay or timeout takes time",
        ),
        ("connector.restart: now", "connector.restart: 'now' is not a mapping: write {}"),
        ("connector.sync: {kill_at: {call: 3}}", "kill_at: key 'when' is missing"),
        (
            "connector.settings: {import_orders: maybe}",
            "import_orders: 'maybe' is not one of enabled, disabled",
        ),
        (
            "connector.settings: {store: Man US}",
            (
                "store: there is no such store up to here: 'Man US' is not one of Main US: "
                "did you mean 'Main US'?"
            ),
        ),
        (
            "commerce.config: {currencies: [XXX]}",
            (
                "currencies[1]: 'XXX' is not one of USD, CAD, MXN, BRL, GBP, EUR, SEK, PLN, TRY, AED, SAR, "
                "EGP, INR, JPY, AUD, SGD, ZAR"
            ),
        ),
        (
            "commerce.hold:",
            "commerce.hold: nothing is not a mapping: its keys are order; its order alone will do",
        ),
        ("commerce.role: {}", "commerce.role: write either 'resources' or 'lacks'"),
        (
            'commerce.role: {lacks: [], resources: ["Magento_Backend::all"]}',
            "commerce.role: write either 'resources' or 'lacks'",
        ),
        ("commerce.config: {currencies: USD}", "currencies: 'USD' is not a list: write [USD]"),
        (
            "commerce.config: {quirks: {lost_updates: true}}",
            "lost_updates: true is not one of on, off",
        ),
        ("connector.settings: {read_only: [on]}", "read_only: a list is not a word"),
        (
            "connector.match: {seller_sku: AMZ, sku: SKU-RED}",
            "seller_sku: Amazon never sells it: 'AMZ' is not one of SKU-RED",
        ),
        (
            "amazon.order: {id: A1, lines: [{sku: SKU-RED, qty: 1, unit_price: '1.00'}]}",
            "amazon.order: there is already an order 'A1'",
        ),
        (
            "amazon.order: {id: A2, lines: [{sku: SKU-RAD, qty: 1, unit_price: '1.00'}]}",
            (
                "sku: 'SKU-RAD' is not in the catalog: did you mean 'SKU-RED'? "
                "If it is meant, say in_catalog: false"
            ),
        ),
        (
            "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1, unit_price: '1.00', in_catalog: false}]}",
            "in_catalog: 'SKU-RED' is in the catalog",
        ),
        (
            "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1, unit_price: 19.99}]}",
            'unit_price: 19.99 is not money: write it in quotes, such as "19.99"',
        ),
        (
            "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1, unit_price: '19.999'}]}",
            "unit_price: '19.999' is not money: write digits and up to two decimals, \"19.99\"",
        ),
        (
            "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1, unit_price: '-1.00'}]}",
            "unit_price: '-1.00' is below zero",
        ),
        ("amazon.order: {id: A2, lines: []}", "lines: the list needs 1 or more"),
        (
            "amazon.order: {id: [A2], lines: [{sku: SKU-RED, qty: 1, unit_price: '1.00'}]}",
            "id: a list is not text: write a name of letters, digits, - and _, such as A1",
        ),
        ("amazon.order: {id: A2}", "amazon.order: key 'lines' is missing"),
        (
            "amazon.order: {id: A2, placed: yesterday, lines: [{sku: SKU-RED, qty: 1, unit_price: '1'}]}",
            (
                "placed: 'yesterday' is not a time: write ISO 8601 with a zone (2026-03-01T09:00:00Z) "
                "or relative to the clock (-2d)"
            ),
        ),
        ("commerce.stock: {sku: SKU-GREEN, qty: 1}", None),
        ("commerce.config: {version: 2.4}", "version: 2.4 is not text: write it in quotes"),
        (
            "fault: {system: commerce, at: place_ordr, kind: status}",
            None,
        ),
        (
            "fault: {system: amazon, at: getOrder, kind: dealy}",
            (
                "kind: 'dealy' is not one of status, delay, timeout, drop_before_commit, commit_then_drop: "
                "did you mean 'delay'?"
            ),
        ),
        (
            "fault: {system: amazon, at: getOrder, kind: commit_then_drop, status: 500}",
            "status: only a fault of kind 'status' has a status",
        ),
        ("clear_faults: lost", "clear_faults: there is no such fault up to here: 'lost' is not one of all"),
        ("expect: {orders: {A1: {tabel: Shipped}}}", None),
        (
            "expect: {orders: {A1: {table: Shiped}}}",
            (
                "table: 'Shiped' is not one of Pending, PendingAvailability, Unshipped, PartiallyShipped, "
                "Shipped, Completed, Canceled, Error: did you mean 'Shipped'?"
            ),
        ),
        (
            "expect: {orders: {A1: {notes: {contians: x}}}}",
            "contians: unknown key (allowed: contains, matches, >=, >, <=, <, !=): did you mean 'contains'?",
        ),
        (
            "expect: {orders: {A1: {notes: {matches: '('}}}}",
            "matches: '(' is not a regular expression: missing ), unterminated subpattern at position 0",
        ),
        (
            "expect: {orders: {A1: {packages: {exactly: [], contains: x}}}}",
            "exactly: nothing may stand beside 'exactly'",
        ),
        (
            "expect: {orders: {A1: {shop: {total: 39.98}}}}",
            'total: 39.98 is not money: write it in quotes, such as "19.99"',
        ),
        ("expect: {table: {'>': many}}", ">: 'many' is not a number"),
        (
            "expect: {orders: {C1: {table: Shipped}}}",
            "table: C1 is an order of the shop: only 'shop' can be expected",
        ),
        (
            "expect: {stock: {SKU-GREY: {qty: 1}}}",
            (
                "stock: the scenario has no such SKU: 'SKU-GREY' is not one of SKU-RED, SKU-BLUE: "
                "did you mean 'SKU-RED'?"
            ),
        ),
    ],
)
def test_a_wrong_step_is_refused_with_its_line(tmp_path, step, expected):
    found = step_problems(tmp_path, step)
    if expected is not None:
        assert found == [f"6: {expected}"]
    else:
        assert len(found) == 1
        assert found[0].startswith("6: ")
        assert "did you mean" in found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1: the file is empty: it needs at least 'scenario' and 'steps'"]),
        ("# only a comment\n", ["1: the file is empty: it needs at least 'scenario' and 'steps'"]),
        ("- cron: 1\n", None),
        (
            "scenario: x\nsteps: [\n",
            ["3: this is not YAML: expected the node content, but found '<stream end>'"],
        ),
        ("scenario: x\n\tsteps: []\n", None),
        (
            "scenario: x\nsteps:\n\t- cron: 1\n",
            [
                (
                    "3: this is not YAML: found character '\\t' that cannot start any token: "
                    "indent with blanks, not with tabs"
                ),
            ],
        ),
        (
            "scenario: x\nsteps:\n  - cron: 1\n   - cron: 2\n",
            [
                (
                    "4: this is not YAML: expected <block end>, but found '<block sequence start>': look "
                    "how far this line and the one before are indented, and for ':' in a text without quotes"
                ),
            ],
        ),
        (
            "scenario: x\nsteps:\n  - cron: 1\n---\nscenario: y\n",
            ["4: a second document begins here: one file holds one scenario"],
        ),
        (
            "scenario: x\nscenario: y\nsteps:\n  - cron: 1\n",
            ["2: key 'scenario' stands twice: first in line 1"],
        ),
        ("scenario: !!python/object:os.system x\nsteps:\n  - cron: 1\n", None),
        ("scenario: *a\nsteps:\n  - cron: 1\n", ["1: alias '*a' has no finished anchor before it"]),
        ("scenario: x\nsteps: &s\n  - *s\n", ["3: alias '*s' has no finished anchor before it"]),
        ("scenario: x\nsteps:\n  - [cron]: 1\n", ["3: a key must be a word"]),
        ("steps:\n  - cron: 1\n", ["1: file: key 'scenario' is missing"]),
        ("scenario: x\n", ["1: file: key 'steps' is missing"]),
        ("scenario: x\nsteps: []\n", ["2: steps: the list needs 1 or more"]),
        (
            "scenario: x\nprofile: sane\nsteps:\n  - cron: 1\n",
            ["2: profile: profile 'sane' is not built yet: there is docs"],
        ),
        ("scenario: x\nprofile: dosc\nsteps:\n  - cron: 1\n", None),
        (
            "scenario: x\ninvariants: {except: [I5]}\nsteps:\n  - cron: 1\n",
            ["2: invariants: key 'because' is missing"],
        ),
        ("scenario: x\nid: twenty\nsteps:\n  - cron: 1\n", None),
        (
            "scenario: x\ngiven:\n  rows: []\nsteps:\n  - cron: 1\n",
            ["3: rows: this part of the language is not built yet"],
        ),
        (
            "scenario: x\ngiven:\n  amazon: {access: revoked}\nsteps:\n  - cron: 1\n",
            ["3: access: this part of the language is not built yet"],
        ),
        (
            "scenario: x\ngiven: {timezone: Europe/Berlin}\nsteps:\n  - cron: 1\n",
            ["2: timezone: 'Europe/Berlin' is not one of UTC"],
        ),
        (
            "scenario: x\ngiven:\n  catalog:\n    - {sku: A}\n    - {sku: A}\nsteps:\n  - cron: 1\n",
            ["5: catalog[2]: there is already a SKU 'A'"],
        ),
        (
            "scenario: x\ngiven:\n  stores:\n    - {name: One}\n    - {name: Two}\nsteps:\n  - cron: 1\n",
            ["5: stores[2]: there is already a store for 'SELLER-1 on US'"],
        ),
        (
            "scenario: x\ngiven:\n  stores: [{name: One, website: eu}]\nsteps:\n  - cron: 1\n",
            ["3: website: there is no such website up to here: 'eu' is not one of base"],
        ),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, text, expected):
    found = problems(tmp_path, text)
    if expected is not None:
        assert found == expected
    else:
        assert len(found) == 1


def test_all_problems_of_a_file_are_told_at_once(tmp_path):
    found = problems(
        tmp_path,
        """\
scenario: x
colour: red
steps:
  - amazon.confirm: A9
  - cron: x
  - cronn: 1
expect:
  orders: {A9: {table: any}}
""",
    )
    assert [line.split(":")[0] for line in found] == ["2", "4", "5", "6", "8"]


def test_a_message_begins_with_file_and_line(tmp_path):
    with pytest.raises(ScenarioError, match=r"case\.yaml:2: steps: the list needs 1 or more"):
        parsed(tmp_path, "scenario: x\nsteps: []\n")


def test_expectations_may_name_what_comes_later(tmp_path):
    text = """\
scenario: x
steps:
  - never: {orders: {A1: {table: Canceled}}, faults: {late: 2}}
  - amazon.order: {id: A1, lines: [{sku: NEW, qty: 1, unit_price: "1.00", in_catalog: false}]}
  - fault: {name: late, system: amazon, at: getOrder, kind: status}
"""
    assert one(tmp_path, text).steps[0].verb == "never"


def test_the_order_of_keys_in_the_file_does_not_matter(tmp_path):
    text = """\
expect: {orders: {A1: {table: Pending}}}
steps:
  - amazon.order: {id: A1, store: Two, lines: [{sku: RED, qty: 1, unit_price: "1.00"}]}
given:
  catalog: [{sku: RED, websites: [eu]}]
  stores: [{name: Two, website: eu}]
  websites: [eu]
scenario: x
"""
    assert one(tmp_path, text).title == "x"


def test_a_product_that_a_step_creates_is_in_the_catalog(tmp_path):
    text = """\
scenario: x
steps:
  - commerce.product: {sku: NEW}
  - amazon.order: {id: A1, lines: [{sku: NEW, qty: 1, unit_price: "1.00"}]}
"""
    assert len(one(tmp_path, text).steps) == 2


def test_words_that_other_yaml_takes_for_booleans_stay_words(tmp_path):
    text = HEAD + "  - connector.settings: {read_only: on}\n  - connector.settings: {read_only: off}\n"
    steps = one(tmp_path, text).steps
    assert [step.value["read_only"] for step in steps[-2:]] == ["on", "off"]


class TestMalformedBytes:
    def test_not_utf8(self, tmp_path):
        file = tmp_path / "latin.yaml"
        file.write_bytes("scenario: x\nabout: Töpfe\n".encode("latin-1"))
        with pytest.raises(ScenarioError, match=r"latin\.yaml:2: the file is not UTF-8: byte 0xf6"):
            load(file)

    def test_too_big(self, tmp_path):
        file = tmp_path / "big.yaml"
        file.write_bytes(b"#" * 1_000_001)
        with pytest.raises(ScenarioError, match="too big: at most 1000000 bytes"):
            load(file)

    def test_missing(self, tmp_path):
        with pytest.raises(ScenarioError, match="the file cannot be read: No such file"):
            load(tmp_path / "none.yaml")

    def test_a_folder(self, tmp_path):
        with pytest.raises(ScenarioError, match="the file cannot be read: Is a directory"):
            load(tmp_path)

    def test_an_alias_bomb(self, tmp_path):
        rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
        found = problems(tmp_path, "\n".join(rows))
        assert found == ["5: too many values (over 100000) or levels (over 50)"]

    def test_too_deep(self, tmp_path):
        assert problems(tmp_path, "a: " + "[" * 60 + "]" * 60) == [
            "1: too many values (over 100000) or levels (over 50)"
        ]

    def test_a_number_too_long_for_a_number_is_text(self, tmp_path):
        assert step_problems(tmp_path, f"cron: {'9' * 5000}")[0].endswith("is not a whole number")


class TestExamples:
    ROWS = """\
scenario: <what> costs <price>
examples:
  - {what: A mug, price: "19.99", qty: 2, on: true}
  - {what: A cup, price: "5.00", qty: 3, on: false}
given: {catalog: [{sku: RED, manage_stock: <on>}]}
steps:
  - amazon.order: {id: A1, lines: [{sku: RED, qty: <qty>, unit_price: <price>, title: "<qty> of it"}]}
"""

    def test_each_row_is_a_scenario_and_values_keep_their_type(self, tmp_path):
        first, second = parsed(tmp_path, self.ROWS)
        assert (first.test_id, second.test_id) == ("case[1]", "case[2]")
        assert (first.title, second.title) == ("A mug costs 19.99", "A cup costs 5.00")
        assert first.given.catalog == ({"sku": "RED", "manage_stock": True},)
        assert second.steps[0].value["lines"] == [
            {"sku": "RED", "qty": 3, "unit_price": "5.00", "title": "3 of it"}
        ]

    def test_places_in_keys_and_verbs_are_filled_in(self, tmp_path):
        rows = "examples: [{verb: cron, value: 1}, {verb: advance, value: 2d}]"
        text = f"scenario: x\n{rows}\nsteps:\n  - <verb>: <value>\n"
        assert [(s.steps[0].verb, s.steps[0].value) for s in parsed(tmp_path, text)] == [
            ("cron", 1),
            ("advance", "2d"),
        ]

    def test_unknown_and_unused_columns(self, tmp_path):
        text = self.ROWS.replace("<qty> of it", "<qyt> of it").replace("qty: ", "size: XL, qty: ", 2)
        assert problems(tmp_path, text) == [
            "2: examples: nothing uses column <size>",
            "7: there is no column <qyt>: did you mean 'qty'?",
        ]

    def test_a_column_that_one_row_lacks(self, tmp_path):
        assert problems(tmp_path, self.ROWS.replace("qty: 3, ", ""))[0] == (
            "7: there is no column <qty> (examples row 2)"
        )

    def test_keys_that_fall_together(self, tmp_path):
        text = "scenario: x\nexamples: [{a: one, b: one}]\nsteps:\n  - expect: {store: {<a>: {}, <b>: {}}}\n"
        assert "4: key 'one' stands twice once the row is filled in" in problems(tmp_path, text)

    @pytest.mark.parametrize("rows", ["[]", "5", "[a]", "[{}]", "{a: 1}"])
    def test_rows_of_another_shape(self, tmp_path, rows):
        (found,) = problems(tmp_path, f"scenario: x\nexamples: {rows}\nsteps:\n  - cron: 1\n")
        assert found.startswith("2: examples")
        assert "write 1 to 1000 rows" in found

    def test_a_table_beside_the_scenarios(self, tmp_path):
        (tmp_path / "tables").mkdir()
        (tmp_path / "tables" / "rows.csv").write_text("sku,qty,price\nA,2,5.00\n'007',3,6.00\n")
        text = """\
scenario: <sku>
examples: rows.csv
steps:
  - amazon.order: {id: A1, lines: [{sku: <sku>, qty: <qty>, unit_price: <price>, in_catalog: false}]}
"""
        lines = [scenario.steps[0].value["lines"][0] for scenario in parsed(tmp_path, text)]
        assert [(line["sku"], line["qty"], line["unit_price"]) for line in lines] == [
            ("A", 2, "5.00"),
            ("007", 3, "6.00"),
        ]

    @pytest.mark.parametrize(
        ("table", "message"),
        [
            ("a,b\n1\n", "rows.csv:2: this row has not as many cells as the first line has columns"),
            ("a\n1,2\n", "rows.csv:2: this row has not as many cells as the first line has columns"),
            ("a\n", "rows.csv:1: the table has 0 rows: it needs 1 to 1000"),
            ("", "rows.csv:1: the table has 0 rows: it needs 1 to 1000"),
        ],
    )
    def test_a_bad_table(self, tmp_path, table, message):
        (tmp_path / "tables").mkdir()
        (tmp_path / "tables" / "rows.csv").write_text(table)
        with pytest.raises(ScenarioError) as caught:
            parsed(tmp_path, "scenario: <a>\nexamples: rows.csv\nsteps:\n  - cron: 1\n")
        assert str(caught.value).endswith(message)

    @pytest.mark.parametrize("name", ["none.csv", "../rows.csv", "rows.txt", "/etc/passwd"])
    def test_a_table_that_is_not_there(self, tmp_path, name):
        assert problems(tmp_path, f"scenario: x\nexamples: {name}\nsteps:\n  - cron: 1\n") == [
            f"2: examples: no file tables/{name}"
        ]

    def test_a_problem_of_one_row_names_the_row(self, tmp_path):
        assert problems(tmp_path, self.ROWS.replace("qty: 3", "qty: many")) == [
            "7: qty: 'many' is not a whole number (examples row 2)"
        ]

    def test_without_examples_angle_brackets_are_text(self, tmp_path):
        assert one(tmp_path, "scenario: about <b>\nsteps:\n  - cron: 1\n").title == "about <b>"

    def test_a_problem_of_every_row_is_told_once(self, tmp_path):
        text = self.ROWS + "  - amazon.confirm: A9\n"
        assert problems(tmp_path, text) == [
            "8: amazon.confirm: there is no such order up to here: 'A9' is not one of A1"
        ]


class TestFind:
    def test_files_and_folders_sorted_and_once(self, tmp_path):
        for name in ("b.yaml", "a.yaml", "deep/c.yaml", "notes.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("")
        found = find([tmp_path, tmp_path / "a.yaml"])
        assert [path.name for path in found] == ["a.yaml", "b.yaml", "c.yaml"]

    def test_a_file_is_taken_whatever_its_name(self, tmp_path):
        (tmp_path / "x.txt").write_text("")
        assert find([tmp_path / "x.txt"]) == [tmp_path / "x.txt"]

    def test_a_missing_path(self, tmp_path):
        with pytest.raises(ScenarioError, match="there is no such file or folder"):
            find([tmp_path / "none"])


def test_the_id_is_the_path_below_scenarios(tmp_path):
    file = tmp_path / "scenarios" / "cancel" / "x.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("scenario: x\nsteps:\n  - cron: 1\n")
    assert [scenario.test_id for scenario in load(file)] == ["cancel/x"]
