"""The commands that the pages about Commerce print do what the pages say, in a new world."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simkit.clock import VirtualClock
from simulator import up

PORTS = {8080: "console", 8081: "amazon", 8082: "commerce"}
DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(page.name for page in DOCS.glob("commerce-*.md") if "$ curl" in page.read_text())
TOKEN = next(
    line for line in (DOCS / "commerce-http.md").read_text().splitlines() if line.startswith("$ TOKEN=")
)


def commands(page: str) -> list[str]:
    """What stands behind each ``$`` of the page's console blocks, with the lines that continue it."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", (DOCS / page).read_text(), re.DOTALL):
        is_open = False
        for line in block.splitlines():
            if line.lstrip().startswith("$ "):
                found.append(line.lstrip()[2:])
            elif is_open:
                found[-1] += f"\n{line}"
            else:
                continue
            is_open = found[-1].endswith("\\") or found[-1].count("'") % 2 == 1
    return [one for one in found if not one.startswith("python")]


def played(lines: list[str]) -> subprocess.CompletedProcess[str]:
    """The commands, one after the other, in a new world."""
    if not (shutil.which("bash") and shutil.which("curl")):
        pytest.skip("bash and curl are needed")
    with up.running(up.Wish(VirtualClock(datetime(2026, 3, 1, 9, tzinfo=UTC)), port=0)) as urls:
        script = "\n".join(["set -eo pipefail", *lines])
        for port, name in PORTS.items():
            script = script.replace(f"localhost:{port}", urls[name])
        script = re.sub(r"\bcurl\b", "curl -sS --fail-with-body --noproxy '*'", script)
        done = subprocess.run(
            ["bash", "-xc", script], capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done


def test_there_are_commands_to_try():
    assert len(PAGES) >= 6
    assert sum(len(commands(page)) for page in PAGES) > 25


@pytest.mark.sockets
def test_the_readme_leads_an_order_from_nothing_to_commerce():
    readme = (DOCS.parent / "README.md").read_text()
    (block,) = re.findall(r"```sh\n(curl .*?)```", readme, re.DOTALL)
    shown = re.sub(r"( +#.*)$", "", block, flags=re.MULTILINE).splitlines()
    place = next(index for index, line in enumerate(shown) if ":8081/_sim/orders -d" in line)
    shown[place] = f'N=$({shown[place]} | sed \'s/.*amazon_order_id":"//; s/".*//\')'
    done = played([line.replace("112-…", "$N") for line in shown if line])
    assert '"status":"processing"' in done.stdout


@pytest.mark.sockets
@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_is_answered_without_an_error(page):
    lines = [TOKEN[2:], *(line for line in commands(page) if not line.startswith("TOKEN="))]
    assert '"message"' not in played(lines).stdout
