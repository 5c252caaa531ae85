"""``python -m connector``."""

from connector.cli import main

main(prog_name="python -m connector")
