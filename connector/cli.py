"""The command line: works alone, given two addresses and credentials. Secrets are read, never printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from connector.amazon.marketplaces import MARKETPLACES
from connector.config import AMAZON_URL, LWA_URL, ConnectorConfig
from connector.domain.settings import InvalidSetting
from connector.errors import ConnectorError
from connector.program import Connector
from connector.stores import StoreError


@click.group(context_settings={"auto_envvar_prefix": "CONNECTOR", "max_content_width": 100})
@click.option("--db", default="connector.db", show_default=True, metavar="FILE|URL", help="Its own database.")
@click.option("--amazon-url", default=AMAZON_URL, show_default=True, help="The Selling Partner API.")
@click.option("--lwa-url", default=LWA_URL, show_default=True, help="Login with Amazon.")
@click.option("--lwa-client-id", default="", help="The application at Amazon.")
@click.option("--lwa-client-secret", default="", help="Better given as CONNECTOR_LWA_CLIENT_SECRET.")
@click.option("--commerce-url", default="http://127.0.0.1:8082", show_default=True, help="Adobe Commerce.")
@click.option("--commerce-username", default="admin", show_default=True)
@click.option("--commerce-password", default="", help="Better given as CONNECTOR_COMMERCE_PASSWORD.")
@click.pass_context
def main(context: click.Context, /, db: str, **access: str) -> None:
    """The Amazon sales channel: brings Amazon orders into Commerce and shipments back.

    Every option may be given as an environment variable: CONNECTOR_AMAZON_URL and so on.
    """
    url = db if "://" in db else f"sqlite:///{Path(db).resolve()}"
    context.obj = ConnectorConfig(database=url, **access)  # type: ignore[arg-type] # the text options only


@contextmanager
def _connector(config: ConnectorConfig) -> Iterator[Connector]:
    """A connector for one command; what is expected to fail becomes one line on stderr and status 1."""
    try:
        connector = Connector(config)
    except SQLAlchemyError as error:
        raise click.ClickException(f"cannot use the database: {error.__cause__ or error}") from None
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
    counts = connector.state()["runs"]["last"]
    if counts is None:
        click.echo("no store is connected")
        return
    click.echo(", ".join(f"{number} {what}" for what, number in counts.items()))
    for store_name, error in errors.items():
        click.echo(f"{store_name}: {error}", err=True)
    if errors:
        sys.exit(1)


@main.command()
@click.option("--store", "name", help="Only this store.")
@_command
def orders(connector: Connector, name: str | None) -> None:
    """List the Amazon orders table."""
    for order in connector.state()["orders"]:
        if order["table"] is None or name not in {None, order["store"]}:
            continue
        number = order["commerce_number"] or "-"
        click.echo(
            f"{order['amazon_order_id']}  {order['store']}  {order['table']}  {number}"
            f"  {order['notes'] or ''}"
        )
        if order["resolution"]:
            click.echo(f"    {order['blocker']}: {order['resolution']}")
