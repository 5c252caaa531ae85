"""``channelsim check`` and ``channelsim schema``."""

import json
import os

import pytest
from click.testing import CliRunner

from simulator.cli import main

GOOD = "scenario: One order\nsteps:\n  - cron: 1\n"
ROWS = "scenario: <n> runs\nexamples: [{n: 1}, {n: 2}]\nsteps:\n  - cron: <n>\n"


def check(*paths):
    return CliRunner().invoke(main, ["check", *map(str, paths)])


def test_scenarios_and_files_are_counted(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "below" / "rows.yaml").write_text(ROWS)
    result = check(tmp_path, tmp_path / "good.yaml")
    assert (result.exit_code, result.output) == (0, "ok 3 scenarios in 2 files\n")
    assert check(tmp_path / "good.yaml").output == "ok 1 scenario in 1 file\n"


def test_every_problem_of_every_file_is_told_with_its_line(tmp_path):
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "a.yaml").write_text(GOOD + "  - crn: 1\n  - amazon.confirm: A1\n")
    (tmp_path / "b.yaml").write_text(GOOD.replace("steps", "stesp"))
    result = check(tmp_path)
    assert result.exit_code == 2
    told = [line.removeprefix(f"{tmp_path}/").partition(": ")[0] for line in result.output.splitlines()]
    assert told == ["a.yaml:4", "a.yaml:5", "b.yaml:1", "b.yaml:2"]
    assert "did you mean 'cron'?" in result.output
    assert "ok" not in result.output


def test_nothing_is_played(tmp_path):
    (tmp_path / "fails.yaml").write_text(GOOD + "expect: {shop_orders: 7}\n")
    assert check(tmp_path).exit_code == 0


def test_no_path_at_all():
    assert check().exit_code == 2


def bomb(folder):
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    return _file(folder, f"a0: &a0 [x]\n{levels}".encode())


def _file(folder, content):
    file = folder / "it.yaml"
    file.write_bytes(content)
    return file


def yml(folder):
    (folder / "it.yml").write_text(GOOD)
    return folder


def pipe(folder):
    os.mkfifo(folder / "it.yaml")
    return folder / "it.yaml"


def named_like_a_file(folder):
    (folder / "it.yaml").mkdir()
    return folder


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (lambda folder: folder / "gone.yaml", "there is no such file or folder"),
        (lambda folder: folder, "there is no *.yaml file in this folder or below"),
        (yml, "it.yml does not end in .yaml"),
        (named_like_a_file, "there is no *.yaml file in this folder or below"),
        (pipe, "this is neither a file nor a folder"),
        (lambda folder: _file(folder, b""), "the file is empty"),
        (lambda folder: _file(folder, b"scenario: [\n"), "this is not YAML"),
        (lambda folder: _file(folder, b"scenario: x\nabout: \xff\n"), "it.yaml:2: the file is not UTF-8"),
        (lambda folder: _file(folder, b"x" * 1_000_001), "the file is too big"),
        (bomb, "too many values"),
    ],
    ids=["gone", "empty", "yml", "folder", "pipe", "nothing", "no yaml", "latin", "huge", "bomb"],
)
def test_what_cannot_be_read_is_told(tmp_path, path, message):
    result = check(path(tmp_path))
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.splitlines()) == 1


def test_a_path_that_is_gone_does_not_hide_the_other_problems(tmp_path):
    bad = _file(tmp_path, b"scenario: x\n")
    assert len(check(tmp_path / "gone", bad).output.splitlines()) == 2


def test_the_schema_is_shown_or_written(tmp_path):
    shown = CliRunner().invoke(main, ["schema"])
    file = tmp_path / "schema.json"
    assert CliRunner().invoke(main, ["schema", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8") == shown.output
    assert json.loads(shown.output)["$id"] == "urn:channelsim:scenario:1"


def test_a_schema_that_cannot_be_written(tmp_path):
    result = CliRunner().invoke(main, ["schema", str(tmp_path / "gone" / "schema.json")])
    assert result.exit_code == 2
    assert "cannot write" in result.output
