"""The command line ``channelsim``: run scenarios, or bring a world up to play with."""

from __future__ import annotations

import functools
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from mock_amazon.sandbox.option import sandbox_models_option
from mock_amazon.sandbox.reading import SandboxModels
from mock_commerce.control import switches
from simkit.clock import VirtualClock
from simkit.program import clock_from, settings_option
from simkit.times import UnreadableTime
from simulator import authoring, defaults, reproduce, up, versions
from simulator.control import ControlRefused
from simulator.gateway.command import gateway
from simulator.opening import Unusable, explained, open_world, place_of
from simulator.outcome import Outcome
from simulator.report import document, junit, page, text
from simulator.runner import play
from simulator.scenario import language
from simulator.scenario.model import Scenario

SCENARIOS = Path("fixtures/scenarios")


@click.group(context_settings={"max_content_width": 100})
@click.version_option(package_name="channelsim", prog_name="channelsim")
def main() -> None:
    """Simulators of Amazon and of Adobe Commerce, and the sales channel between them."""


main.add_command(authoring.check)
main.add_command(authoring.schema)
main.add_command(gateway)


@main.command(short_help="Play scenarios.")
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
@click.option(
    "--orders-api",
    type=click.Choice(versions.VERSIONS),
    help="Version of Amazon's Orders API that the connector reads, where a scenario names none.",
)
@click.option(
    "--db",
    metavar="URL",
    help="Play at postgresql://…, in schemas that are removed afterwards; in memory by default.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show the titles.")
def run(  # noqa: PLR0917 - click gives them by name
    paths: tuple[Path, ...],
    tags: tuple[str, ...],
    report: Path | None,
    junit_file: Path | None,
    over_http: bool,
    seed: int | None,
    orders_api: str | None,
    db: str | None,
    verbose: bool,
) -> None:
    """Play scenarios: files, or all *.yaml below folders (fixtures/scenarios if none is given).

    Exit status: 0 all passed, 1 one failed, 2 one cannot be read or none was selected.
    """
    scenarios = _selected(paths or (SCENARIOS,), tags)
    if orders_api is not None:
        scenarios = [versions.reading(orders_api, one) for one in scenarios]
    _make_room(report, junit_file)
    began = time.perf_counter()
    with open_world(db, over_http=over_http) as world:
        played = (play(world, one, seed=seed, chronicle=report is not None) for one in scenarios)
        outcomes = [_shown(outcome, verbose=verbose) for outcome in played]
    click.echo(text.summary(outcomes, time.perf_counter() - began))
    _write(outcomes, report, junit_file)
    raise SystemExit(0 if all(outcome.passed for outcome in outcomes) else 1)


@main.command(short_help="Show what becomes of a real order.")
@click.argument("order", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--items",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The answer of getOrderItems that belongs to a v0 order.",
)
@click.option("--pick", metavar="NUMBER|PLACE", help="Which order, where the answer has several.")
@click.option("--no-products", is_flag=True, help="The shop has none of the products that were ordered.")
@click.option("--orders-api", type=click.Choice(versions.VERSIONS), help="What the connector reads.")
def payload(
    order: Path, items: Path | None, pick: str | None, no_products: bool, orders_api: str | None
) -> None:
    """Show what becomes of a real order: ORDER is a file with an answer of Amazon's Orders API.

    Exit status: 0 it was imported or is none to import, 1 it is blocked, 2 the file cannot be used.
    """
    prepared = functools.partial(versions.reading, orders_api) if orders_api else None
    try:
        shown = reproduce.reproduce(order, items, pick, products=not no_products, prepared=prepared)
    except (reproduce.NotReproduced, ControlRefused) as error:
        raise Unusable(str(error)) from error
    click.echo("\n".join(shown.lines))
    raise SystemExit(int(shown.blocked))


@main.command("up", short_help="Bring up a world to click in and to call.")
@click.option(
    "--port",
    default=8080,
    show_default=True,
    type=click.IntRange(0, 65532),
    help="Of the console; Amazon, Commerce and the connector are on the next three. 0: free ones.",
)
@click.option(
    "--db",
    metavar="DIR|URL",
    help="Keep the world in three SQLite files there, or in three schemas at postgresql://…,"
    " and continue it at the next start.",
)
@click.option("--frozen", is_flag=True, help="The clock stands still until it is moved.")
@click.option("--clock", "start", default="now", metavar="TIME", help="Start of the clock; now by default.")
@click.option(
    "--speed",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0, 1_000_000, min_open=True),
    help="Virtual seconds a second.",
)
@click.option("--cron", is_flag=True, help="The connector runs at its cron times by itself.")
@click.option(
    "--play",
    "scenario",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Play a scenario in the new world first; its clock is the world's.",
)
@click.option("--control-token", envvar="CHANNELSIM_CONTROL_TOKEN", help="Token of the control API.")
@sandbox_models_option
@settings_option("--commerce-config", switches.parse)
def bring_up(  # noqa: PLR0917 - click gives them by name
    port: int,
    db: str | None,
    frozen: bool,
    start: str,
    speed: float,
    cron: bool,
    scenario: Path | None,
    control_token: str | None,
    sandbox: SandboxModels | None,
    settings: Mapping[str, Any],
) -> None:
    """Bring up a world: console, Amazon, Commerce and the connector, until interrupted.

    It is empty but for one connected store, or as a scenario leaves it.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with explained(db):
        clock = _clock(start, frozen=frozen)
        clock.set_speed(speed)
        played = None if scenario is None else _one(scenario)
        folder, database = place_of(db)
        wish = up.Wish(
            clock, port, folder, control_token, cron, played, click.echo, database, sandbox, settings
        )
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


def _one(path: Path) -> Scenario:
    """The only scenario of a file."""
    scenarios = _selected((path,), ())
    if len(scenarios) > 1:
        raise Unusable(f"{path} holds {len(scenarios)} scenarios: only one can be played in the live world")
    return scenarios[0]


def _clock(start: str, *, frozen: bool) -> VirtualClock:
    try:
        return clock_from(start, frozen=frozen)
    except UnreadableTime as error:
        raise Unusable(f"--clock: {error}") from error


def _greeting(urls: dict[str, str], wish: up.Wish) -> str:
    kept = f"kept in {wish.kept}" if wish.kept else "in memory, gone at the end"
    return "\n".join(
        (
            *(f"{name:<10} {url}" for name, url in urls.items()),
            f"{'world':<10} {kept}; clock {wish.clock.mode}",
            f"{'Amazon':<10} client {defaults.LWA_CLIENT_ID} / {defaults.LWA_CLIENT_SECRET}",
            f"{'':<10} seller {defaults.SELLER}, refresh token {defaults.REFRESH_TOKEN}",
            f"{'Commerce':<10} {defaults.COMMERCE_USERNAME} / {defaults.COMMERCE_PASSWORD}",
            f"{'clients':<10} that know Amazon's hosts only: channelsim gateway --amazon {urls['amazon']}",
            "Stop with Ctrl+C.",
        )
    )
