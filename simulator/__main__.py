"""``python -m simulator`` is ``channelsim``."""

from simulator.cli import main

main(prog_name="channelsim")
