"""python -m mock_commerce"""

from __future__ import annotations

from mock_commerce import create_app
from mock_commerce.config_words import parse
from simkit.program import SettingsOption, server_command

if __name__ == "__main__":
    server_command("mock_commerce", 8082, create_app, SettingsOption("--commerce-config", parse))()
