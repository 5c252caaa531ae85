"""``python -m mock_amazon``."""

from mock_amazon import create_app
from mock_amazon.sandbox.option import sandbox_models_option
from simkit.program import server_command

server_command("mock_amazon", 8081, create_app, sandbox_models_option)(prog_name="python -m mock_amazon")
