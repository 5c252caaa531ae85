"""What README.md promises is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_folder_of_scenarios_is_in_the_table():
    folders = {folder.name for folder in (ROOT / "fixtures" / "scenarios").iterdir() if folder.is_dir()}
    assert set(re.findall(r"\[[^]]*\]\(fixtures/scenarios/([^)/]+)\)", README)) == folders


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_anchors_of_links_are_headings(page):
    links = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text())
    targets = [(page.parent / name if name else page, anchor) for name, anchor in links]
    assert [anchor for target, anchor in targets if anchor not in anchors(target)] == []


def anchors(page):
    """Of its headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_page_of_docs_is_linked():
    linked = "".join(page.read_text() for page in PAGES)
    assert [page.name for page in (ROOT / "docs").glob("*.md") if page.name not in linked] == []


def test_the_scenario_of_the_readme_passes(tmp_path):
    from simulator.runner import play
    from simulator.scenario import language
    from simulator.world import World

    (text,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    (scenario,) = language.load(file)
    with World() as world:
        outcome = play(world, scenario)
    assert outcome.passed, outcome.failure
