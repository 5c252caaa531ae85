"""``channelsim check`` and ``channelsim schema``: for those who write scenarios. Nothing is played here."""

from __future__ import annotations

import json
from pathlib import Path

import click

from simulator.scenario import language
from simulator.scenario.jsonschema import scenario_schema

_UNUSABLE = 2


@click.command(short_help="Read scenarios without playing them.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Read scenarios without playing them: files, or all *.yaml below folders.

    Every problem is told with its file and line. Exit status: 0 all is well, 2 something is wrong.
    """
    files, problems = _files(paths)
    count = 0
    for file in files:
        try:
            count += len(language.load(file))
        except language.ScenarioError as error:
            problems += map(str, error.problems)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(_UNUSABLE)
    click.echo(f"ok {_counted(count, 'scenario')} in {_counted(len(files), 'file')}")


@click.command(short_help="Write the JSON Schema of the scenario language.")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def schema(file: Path | None) -> None:
    """Write the JSON Schema of the scenario language into FILE, or show it."""
    text = schema_text()
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.BadParameter(f"cannot write {file}: {error.strerror}") from error


def schema_text() -> str:
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False) + "\n"


def _files(paths: tuple[Path, ...]) -> tuple[list[Path], list[str]]:
    """The files that are meant, each once, and what is wrong with the paths."""
    files: dict[Path, None] = {}
    problems: list[str] = []
    for path in paths:
        try:
            found = language.find([path])
        except language.ScenarioError as error:
            problems += map(str, error.problems)
            continue
        if not found:
            problems.append(_nothing_in(path))
        files |= dict.fromkeys(found)
    return list(files), problems


def _nothing_in(folder: Path) -> str:
    other = next(iter(sorted(folder.rglob("*.yml"))), None)
    hint = f"; {other} does not end in .yaml" if other is not None else ""
    return f"{folder}: there is no *.yaml file in this folder or below{hint}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
