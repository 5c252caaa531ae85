"""python -m mock_commerce"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Flask

from mock_commerce import create_app
from mock_commerce.control.switches import parse
from simkit.program import ServerConfig, server_command, settings_option


def _create(config: ServerConfig, settings: Mapping[str, Any]) -> Flask:
    return create_app(replace(config, settings=settings))


if __name__ == "__main__":
    option = settings_option("--commerce-config", parse)
    server_command("mock_commerce", 8082, _create, option)(prog_name="python -m mock_commerce")
