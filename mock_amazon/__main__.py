"""``python -m mock_amazon``."""

from mock_amazon import create_app
from simkit.program import server_command

server_command("mock_amazon", 8081, create_app)(prog_name="python -m mock_amazon")
