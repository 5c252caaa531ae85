"""The pages as a program of their own, for a connector that stands alone."""

import os
import signal
import subprocess
import sys

import pytest
import requests


@pytest.fixture
def begin(tmp_path):
    started = []

    def start(*arguments):
        command = (sys.executable, "-m", "connector", "--db", str(tmp_path / "c.db"), "pages", *arguments)
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        program = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()
        program.communicate()


@pytest.mark.sockets
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_pages_are_served_to_this_machine_until_they_are_told_to_end(begin, ending):
    program = begin("--port", "0")
    address = program.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    with requests.Session() as session:
        session.trust_env = False
        page = session.get(address, timeout=20)
    assert "No store yet." in page.text
    program.send_signal(ending)
    assert program.wait(timeout=20) == 0
    assert program.stderr.read() == ""


@pytest.mark.sockets
def test_a_port_that_is_taken_is_one_clear_line(begin):
    port = begin("--port", "0").stdout.readline().strip().rpartition(":")[2]
    second = begin("--port", port)
    assert second.wait(timeout=20) == 2
    assert second.stderr.read() == f"Error: port {port} cannot be used: Address already in use\n"
