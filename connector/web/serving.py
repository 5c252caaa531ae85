"""The pages on a port of this machine. They ask for no password, so no other machine is answered."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.server import create_server

HOST = "127.0.0.1"


def serve(app: Flask, port: int, told: Callable[[str], None]) -> None:
    """Serve until the process is asked to end; ``told`` gets the address. Port 0 takes a free one.

    Raises OSError where the port cannot be had.
    """
    server: Any = create_server(app, host=HOST, port=port, ident=None)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does
    told(f"http://{HOST}:{server.effective_port}")
    server.run()
