"""The command line: works alone, given two addresses and credentials. Secrets are read, never printed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from connector.amazon.marketplaces import MARKETPLACES
from connector.config import AMAZON_URL, LWA_URL, ConnectorConfig
from connector.cron import Cron
from connector.domain.settings import SETTINGS, InvalidSetting
from connector.errors import ConnectorError
from connector.postgresql import DatabaseUnusable
from connector.program import Connector
from connector.stores import StoreError
from connector.web.serving import serve


@click.group(context_settings={"auto_envvar_prefix": "CONNECTOR", "max_content_width": 100})
@click.option(
    "--db",
    default="connector.db",
    show_default=True,
    metavar="FILE|URL",
    help="Its own database: an SQLite file, or postgresql://…",
)
@click.option("--amazon-url", default=AMAZON_URL, show_default=True, help="The Selling Partner API.")
@click.option("--lwa-url", default=LWA_URL, show_default=True, help="Login with Amazon.")
@click.option("--lwa-client-id", default="", help="The application at Amazon.")
@click.option("--lwa-client-secret", default="", help="Better given as CONNECTOR_LWA_CLIENT_SECRET.")
@click.option("--commerce-url", default="http://127.0.0.1:8082", show_default=True, help="Adobe Commerce.")
@click.option("--commerce-username", default="admin", show_default=True)
@click.option("--commerce-password", default="", help="Better given as CONNECTOR_COMMERCE_PASSWORD.")
@click.option("--commerce-admin-url", default="", help="Commerce's Admin; /admin of the shop by default.")
@click.option("--seller-central-url", default="", help="Seller Central; each marketplace's own by default.")
@click.option("--secret-key", default="", help="Signs the pages' cookies; a new one each time by default.")
@click.pass_context
def main(context: click.Context, /, db: str, **access: str) -> None:
    """The Amazon sales channel: brings Amazon orders into Commerce and shipments back.

    Every option may be given as an environment variable: CONNECTOR_AMAZON_URL and so on.
    """
    url = db if "://" in db else f"sqlite:///{Path(db).resolve()}"
    context.obj = ConnectorConfig(database=url, **access)  # type: ignore[arg-type] # the text options only


class CannotBegin(click.ClickException):
    """Nothing was done; the message says why."""

    exit_code = 2


@contextmanager
def _connector(config: ConnectorConfig) -> Iterator[Connector]:
    """A connector for one command; what is expected to fail becomes one line on stderr and status 1.

    Status 2: its database cannot be used, nothing was done.
    """
    try:
        connector = Connector(config)
    except DatabaseUnusable as error:
        raise CannotBegin(str(error)) from None
    try:
        yield connector
    except (StoreError, InvalidSetting, ConnectorError) as error:
        raise click.ClickException(str(error)) from None
    finally:
        connector.close()


def _command(function: Callable[..., None]) -> Callable[..., None]:
    """Hand the command an open connector."""

    @click.pass_obj
    def run(config: ConnectorConfig, /, **options: Any) -> None:
        with _connector(config) as connector:
            function(connector, **options)

    return update_wrapper(run, function)


@main.group()
def store() -> None:
    """Add, connect and list stores."""


@store.command("add")
@click.argument("name")
@click.option("--marketplace", default="US", show_default=True, type=click.Choice(list(MARKETPLACES)))
@click.option("--seller", required=True, help="The seller account's id.")
@click.option("--website", default="base", show_default=True, help="Code of the Commerce website.")
@_command
def store_add(connector: Connector, name: str, marketplace: str, seller: str, website: str) -> None:
    """Add the store NAME; connect it next."""
    connector.add_store(name, marketplace, seller, website)
    click.echo(f"added {name}: connect it next")


@store.command("connect")
@click.argument("name")
@click.option("--refresh-token", prompt=True, hide_input=True, help="The seller's grant to the application.")
@click.option(
    "--connected-at",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]),
    help="Moment of an earlier integration, if this replaces a lost database; now by default.",
)
@_command
def store_connect(connector: Connector, name: str, refresh_token: str, connected_at: datetime | None) -> None:
    """Try both sides and connect the store NAME. Orders placed before are not imported."""
    connector.connect_store(name, refresh_token, connected_at)
    problem = connector.state()["stores"][name]
    click.echo(f"connected {name}")
    if problem["problem"]:
        click.echo(f"{problem['problem_text']}. {problem['problem_resolution']}", err=True)


@store.command("list")
@_command
def store_list(connector: Connector) -> None:
    """List the stores."""
    for name, view in connector.state()["stores"].items():
        import_orders = view["settings"]["import_orders"]
        problem = f"  {view['problem']}: {view['problem_text']}" if view["problem"] else ""
        click.echo(
            f"{name}  {view['marketplace']}  {view['seller']}  {view['website']}  {view['state']}"
            f"  import {import_orders}{problem}"
        )


@main.command()
@click.option("--store", "name", help="Only this store.")
@_command
def sync(connector: Connector, name: str | None) -> None:
    """Run once over every connected store. Status 1 if a store had a problem."""
    errors = connector.sync(name)
    counts = connector.last_run()
    if counts is None:
        click.echo("no store is connected")
        return
    click.echo(_told(counts))
    for store_name, error in errors.items():
        click.echo(f"{store_name}: {error}", err=True)
    if errors:
        sys.exit(1)


@main.command()
@click.option("--store", "name", help="Only this store.")
@_command
def orders(connector: Connector, name: str | None) -> None:
    """List the Amazon orders table."""
    rows = [one for one in connector.state()["orders"] if one["table"] and name in {None, one["store"]}]
    if not rows:
        click.echo("no Amazon orders yet")
    for order in rows:
        number = order["commerce_number"] or "-"
        click.echo(
            f"{order['amazon_order_id']}  {order['store']}  {order['table']}  {number}"
            f"  {order['notes'] or ''}"
        )
        if order["resolution"]:
            click.echo(f"    {order['blocker']}: {order['resolution']}")


@main.command()
@click.option("--runs", type=click.IntRange(min=1), help="End after so many runs; never by default.")
@_command
def cron(connector: Connector, runs: int | None) -> None:
    """Run every connected store at its cron interval, one line for each run. Ctrl-C ends it between runs."""
    watch = _Watch(connector, runs)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, watch.stop)
    click.echo("cron is running; Ctrl-C ends it")
    watch.cron.run()
    click.echo("cron has ended")


class _Watch:
    """Tells of each run of cron, lives through a database that is busy, and ends cron when asked to."""

    def __init__(self, connector: Connector, runs: int | None) -> None:
        self._connector = connector
        self._left = runs
        self.cron = Cron(self, connector.clock, told=self._tell)

    def cron_intervals(self) -> Mapping[str, timedelta]:
        return self._connector.cron_intervals()

    def sync(self, store: Collection[str]) -> Mapping[str, str]:
        try:
            return self._connector.sync(store)
        except SQLAlchemyError as error:  # its text may hold a buyer's data
            return {"database": type(error).__name__}

    def stop(self, number: int, frame: object) -> None:
        del frame
        self.cron.stop()
        signal.signal(number, signal.SIG_DFL)  # who asks twice does not want to wait for the run

    def _tell(self, moment: datetime, stores: list[str], errors: Mapping[str, str]) -> None:
        problems = "".join(f"; {name}: {error}" for name, error in errors.items())
        counts = self._connector.last_run() or {}
        click.echo(
            f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}  {', '.join(stores)}: {_told(counts)}{problems}"
        )
        if self._left is not None:
            self._left -= 1
            if not self._left:
                self.cron.stop()


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counts.items())


@main.command()
@click.option("--port", default=8083, show_default=True, type=click.IntRange(0, 65535))
@_command
def pages(connector: Connector, port: int) -> None:
    """Show the pages to this machine. Ctrl-C ends it."""
    try:
        serve(connector.app, port, click.echo)
    except OSError as error:
        raise CannotBegin(f"port {port} cannot be used: {error.strerror}") from None


@main.group()
def match() -> None:
    """Tie Amazon's seller SKUs to catalog products by hand."""


@match.command("tie")
@click.argument("seller_sku")
@click.argument("sku")
@click.option("--store", "name", help="Only in this store.")
@_command
def match_tie(connector: Connector, seller_sku: str, sku: str, name: str | None) -> None:
    """SELLER_SKU means the catalog product SKU, from the next sync on."""
    connector.check_product(sku)
    connector.match(seller_sku, sku, name)
    click.echo(f"{seller_sku} is matched to {sku}")


@match.command("list")
@click.option("--store", "name", help="Only of this store.")
@_command
def match_list(connector: Connector, name: str | None) -> None:
    """List what is matched by hand."""
    for store_name, seller_sku, sku in connector.matches(name):
        click.echo(f"{store_name}  {seller_sku}  {sku}")


@match.command("remove")
@click.argument("seller_sku")
@click.option("--store", "name", help="Only in this store.")
@_command
def match_remove(connector: Connector, seller_sku: str, name: str | None) -> None:
    """SELLER_SKU is matched no longer; orders that were imported with it stay as they are."""
    names = connector.unmatch(seller_sku, name)
    click.echo(f"{seller_sku} is no longer matched in {', '.join(names)}")


@main.command()
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--store", "name", help="Only this store.")
@_command
def settings(connector: Connector, changes: tuple[str, ...], name: str | None) -> None:
    """Show the order settings, or change some: settings import_orders=disabled cron_interval=10m."""
    if changes:
        connector.change_settings(dict(map(_change, changes)), store=name)
    for store_name, values in connector.settings(name).items():
        click.echo(store_name)
        for setting, value in values.items():
            click.echo(f"  {setting}={value:<12}  {_allowed(setting)}".rstrip())


def _change(text: str) -> tuple[str, str]:
    setting, sign, value = text.partition("=")
    if not sign:
        raise InvalidSetting(f"{text!r} is not a change: write NAME=VALUE, such as import_orders=disabled")
    return setting.strip(), value


def _allowed(name: str) -> str:
    setting = SETTINGS[name]
    return f"{' | '.join(setting.choices)}; {setting.about}" if setting.choices else setting.about
