"""The command line ``channelsim``: run scenarios, or bring a world up to play with."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from connector.errors import ConnectorError
from simkit.clock import VirtualClock
from simkit.program import clock_from
from simkit.serving import PortInUse
from simkit.times import UnreadableTime
from simulator import defaults, up
from simulator.outcome import Outcome
from simulator.report import document, junit, page, text
from simulator.runner import play
from simulator.scenario import language
from simulator.scenario.model import Scenario
from simulator.world import World

SCENARIOS = Path("fixtures/scenarios")
_UNUSABLE = 2
"""Exit status of a command that could not begin; 1 means that a scenario failed."""


class Unusable(click.ClickException):
    """Nothing was done; the message says why."""

    exit_code = _UNUSABLE


@click.group(context_settings={"max_content_width": 100})
@click.version_option(package_name="channelsim", prog_name="channelsim")
def main() -> None:
    """Simulators of Amazon and of Adobe Commerce, and the sales channel between them."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--tag", "tags", multiple=True, metavar="T", help="Only scenarios with this tag (or another given)."
)
@click.option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write index.html and report.json there.",
)
@click.option(
    "--junit",
    "junit_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write JUnit XML.",
)
@click.option("--over-http", is_flag=True, help="The connector reaches both systems over sockets.")
@click.option(
    "--seed", type=click.IntRange(min=0), help="Seed of all generated ids, over the scenarios' own."
)
@click.option("-v", "--verbose", is_flag=True, help="Show the titles.")
def run(  # noqa: PLR0917 - click gives them by name
    paths: tuple[Path, ...],
    tags: tuple[str, ...],
    report: Path | None,
    junit_file: Path | None,
    over_http: bool,
    seed: int | None,
    verbose: bool,
) -> None:
    """Play scenarios: files, or all *.yaml below folders (fixtures/scenarios if none is given).

    Exit status: 0 all passed, 1 one failed, 2 one cannot be read or none was selected.
    """
    scenarios = _selected(paths or (SCENARIOS,), tags)
    _make_room(report, junit_file)
    began = time.perf_counter()
    with World(over_http=over_http) as world:
        outcomes = [_shown(play(world, one, seed=seed), verbose=verbose) for one in scenarios]
    click.echo(text.summary(outcomes, time.perf_counter() - began))
    _write(outcomes, report, junit_file)
    raise SystemExit(0 if all(outcome.passed for outcome in outcomes) else 1)


@main.command("up")
@click.option(
    "--port",
    default=8080,
    show_default=True,
    type=click.IntRange(0, 65532),
    help="Of the console; Amazon, Commerce and the connector are on the next three. 0: free ones.",
)
@click.option(
    "--db",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep the world in three SQLite files there, and continue it at the next start.",
)
@click.option("--frozen", is_flag=True, help="The clock stands still until it is moved.")
@click.option("--clock", "start", default="now", metavar="TIME", help="Start of the clock; now by default.")
@click.option("--control-token", envvar="CHANNELSIM_CONTROL_TOKEN", help="Token of the control API.")
def bring_up(port: int, folder: Path | None, frozen: bool, start: str, control_token: str | None) -> None:
    """Bring up an empty world: console, Amazon, Commerce and the connector, until interrupted."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with _told(folder):
        wish = up.Wish(_clock(start, frozen=frozen), port, folder, control_token)
        with up.running(wish) as urls:
            click.echo(_greeting(urls, wish))
            stop.wait()


def _selected(paths: Sequence[Path], tags: Sequence[str]) -> list[Scenario]:
    try:
        files = language.find(paths)
    except language.ScenarioError as error:
        raise Unusable(str(error)) from error
    scenarios, problems = _loaded(files)
    if problems:
        raise Unusable("\n".join(problems))
    chosen = [one for one in scenarios if not tags or one.tags & set(tags)]
    if not chosen:
        what = f"with the tag {' or '.join(tags)} " if tags else ""
        raise Unusable(f"there is no scenario {what}in {', '.join(map(str, paths))}")
    return chosen


def _loaded(files: Sequence[Path]) -> tuple[list[Scenario], list[str]]:
    """The scenarios of all files, and what is wrong with those that cannot be read."""
    scenarios: list[Scenario] = []
    problems: list[str] = []
    for file in files:
        try:
            scenarios += language.load(file)
        except language.ScenarioError as error:
            problems.append(str(error))
    return scenarios, problems


def _make_room(report: Path | None, junit_file: Path | None) -> None:
    """Find out before the scenarios are played that a report cannot be written."""
    try:
        if report is not None:
            report.mkdir(parents=True, exist_ok=True)
        if junit_file is not None:
            junit_file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"cannot write the report: {error}") from error


def _shown(outcome: Outcome, *, verbose: bool) -> Outcome:
    click.echo(text.line(outcome, verbose=verbose))
    if outcome.failure is not None:
        click.echo("\n".join(text.explanation(outcome.failure)))
    return outcome


def _write(outcomes: Sequence[Outcome], report: Path | None, junit_file: Path | None) -> None:
    try:
        if report is not None:
            content = document.document(outcomes)
            document.write(content, report / "report.json")
            page.write(content, report / "index.html")
            click.echo(f"report: {report / 'index.html'}")
        if junit_file is not None:
            junit.write(outcomes, junit_file)
    except OSError as error:
        raise Unusable(f"cannot write the report: {error}") from error


def _clock(start: str, *, frozen: bool) -> VirtualClock:
    try:
        return clock_from(start, frozen=frozen)
    except UnreadableTime as error:
        raise Unusable(f"--clock: {error}") from error


@contextlib.contextmanager
def _told(folder: Path | None) -> Iterator[None]:
    """What may keep a world from coming up, as one line and status 2."""
    try:
        yield
    except (PortInUse, up.FolderUnusable, ConnectorError) as error:
        raise Unusable(str(error)) from error
    except SQLAlchemyError as error:
        raise Unusable(f"cannot use the databases in {folder}: {error.__cause__ or error}") from error


def _greeting(urls: dict[str, str], wish: up.Wish) -> str:
    kept = f"kept in {wish.folder}" if wish.folder else "in memory, gone at the end"
    return "\n".join(
        (
            *(f"{name:<10} {url}" for name, url in urls.items()),
            f"{'world':<10} {kept}; clock {wish.clock.mode}",
            f"{'Amazon':<10} client {defaults.LWA_CLIENT_ID} / {defaults.LWA_CLIENT_SECRET}",
            f"{'':<10} seller {defaults.SELLER}, refresh token {defaults.REFRESH_TOKEN}",
            f"{'Commerce':<10} {defaults.COMMERCE_USERNAME} / {defaults.COMMERCE_PASSWORD}",
            "Stop with Ctrl+C.",
        )
    )
