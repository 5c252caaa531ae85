"""Switches of the command line: ``--commerce-config name=value``."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from mock_commerce import create_app
from mock_commerce.control.switches import parse
from simkit.program import ServerConfig, UnusableSetting, server_command, settings_option


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ([], {}),
        (["version=2.4.3", "mode=developer"], {"version": "2.4.3", "mode": "developer"}),
        (["currencies=USD,EUR"], {"currencies": ["USD", "EUR"]}),
        (
            ["page_size_limit=50", "admin_token_minutes=none"],
            {"page_size_limit": 50, "admin_token_minutes": None},
        ),
        (
            ["oauth_sha1=on", "last_page_repeats=off"],
            {"quirks": {"oauth_sha1": "on", "last_page_repeats": "off"}},
        ),
    ],
    ids=str,
)
def test_words_are_what_the_control_api_takes(words, wish):
    assert parse(words) == wish


@pytest.mark.parametrize(
    ("word", "error"),
    [
        ("version", "'version' is not name=value"),
        ("version=2.4.5", "field 'version': '2.4.5' is not one of 2.3, 2.4.3, 2.4.6, 2.4.8, 2.4.9, ideal."),
        ("colour=red", "'colour' is not one of version, module,"),
        ("quirks=on", "'quirks' is not one of"),
        ("oauth_sha1=yes", "field 'oauth_sha1': 'yes' is not one of on, off."),
        ("vershun=2.4.8", ": did you mean 'version'?"),
        ("page_size_limit=many", "field 'page_size_limit': 'many' is not a whole number"),
        ("page_size_limit=none", "field 'page_size_limit': 'none' is not a whole number"),
        ("currencies=XXX", "'XXX' is not one of USD"),
    ],
)
def test_words_that_make_no_sense_say_why(word, error):
    with pytest.raises(UnusableSetting) as refused:
        parse([word])
    assert error in str(refused.value)


def config(client):
    return client.get("/_sim/state").get_json()["config"]


def test_a_shop_starts_with_its_switches_and_has_them_again_after_a_reset():
    wish = parse(["version=2.4.3", "oauth_sha1=off", "two_factor=on"])
    client = create_app(ServerConfig(settings=wish)).test_client()
    for _ in range(2):
        found = config(client)
        assert (found["version"], found["two_factor"]) == ("2.4.3", "on")
        assert (found["quirks"]["oauth_sha1"], found["quirks"]["integration_bearer"]) == ("off", "on")
        client.post("/_sim/config", json={"version": "2.4.9", "two_factor": "off"})
        client.post("/_sim/reset")


def test_a_shop_that_is_continued_takes_the_switches_too(tmp_path):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    first = create_app(ServerConfig(url))
    first.test_client().post("/_sim/config", json={"mode": "developer", "quirks": {"oauth_sha1": "on"}})
    first.extensions["simulation"].close()
    second = create_app(ServerConfig(url, settings=parse(["version=2.3"])))
    found = config(second.test_client())
    second.extensions["simulation"].close()
    assert (found["version"], found["mode"], found["quirks"]["oauth_sha1"]) == ("2.3", "developer", "on")


def test_the_command_line_names_what_it_does_not_know():
    def never(_):
        raise AssertionError

    command = server_command("mock_commerce", 0, never, settings_option("--commerce-config", parse))
    result = CliRunner().invoke(command, ["--commerce-config", "mode=debug"])
    assert result.exit_code == 2
    assert "'debug' is not one of developer, production." in result.output


def test_the_switches_follow_snapshots_and_failures(shop):
    def mode():
        shop.client.get("/rest/V1/modules")  # reads them
        return shop.state()["config"]["mode"]

    assert mode() == "production"
    shop.sim("snapshots", {"name": "before"}, status=201)
    shop.sim("config", {"mode": "developer"})
    assert mode() == "developer"
    shop.sim("config", {"mode": "nonsense"}, status=400)
    assert mode() == "developer"
    shop.sim("snapshots/before/restore")
    assert mode() == "production"
