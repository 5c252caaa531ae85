"""``channelsim gateway``."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from urllib.parse import urlsplit

import click

from simkit.serving import PortInUse
from simulator.gateway.authority import AuthorityUnusable, authority_in
from simulator.gateway.proxy import Gateway

_TRUST = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")


class NoGateway(click.ClickException):
    """It did not start; the message says why."""

    exit_code = 2


@click.command(short_help="Stand in for Amazon's hosts, as a proxy.")
@click.option(
    "--amazon",
    "mock",
    default="http://127.0.0.1:8081",
    show_default=True,
    metavar="URL",
    help="The mock that answers for Amazon.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8084, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--ca",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: Path(click.get_app_dir("channelsim"), "gateway-ca"),
    metavar="DIR",
    help="Where its certificate authority is kept; made on first use, among your settings by default.",
)
def gateway(mock: str, host: str, port: int, folder: Path) -> None:
    """Stand in for Amazon's hosts, for clients that cannot be told another address.

    It is a proxy for HTTPS_PROXY that ends the TLS of *.amazon.com itself, with a certificate of its own
    authority, and hands the requests to a running mock: what goes to a sandbox host to the static sandbox.
    The client has to trust the certificate that is printed, by an environment variable; do not add it to the
    trusted certificates of a machine. All other hosts are refused.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        authority = authority_in(folder)
        with Gateway(authority, _address(mock), host, port, tell=_told) as running:
            click.echo(_greeting(running.url, mock, authority.certificate))
            stop.wait()
    except (AuthorityUnusable, PortInUse) as error:
        raise NoGateway(str(error)) from error


def _told(text: str) -> None:
    click.echo(text, err=True)


def _address(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 80
    except ValueError as error:
        raise NoGateway(f"--amazon: {url!r} is no address: {error}") from None
    if parts.scheme != "http" or not host or parts.path.strip("/") or parts.query:
        raise NoGateway(f"--amazon: {url!r} is not of the form http://HOST:PORT")
    return host, port


def _greeting(url: str, mock: str, certificate: Path) -> str:
    return "\n".join(
        (
            f"gateway on {url} to {mock}",
            "Start the client with",
            f"  HTTPS_PROXY={url}",
            *(f"  {name}={certificate}" for name in _TRUST),
            "Stop with Ctrl+C.",
        )
    )
