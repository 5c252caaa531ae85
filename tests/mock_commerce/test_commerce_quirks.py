import pytest

from mock_commerce.config.quirks import IDEAL, QUIRKS, VERSIONS, switched_on


@pytest.mark.parametrize("name", QUIRKS)
def test_a_quirk_names_its_source_and_is_of_some_version(name):
    quirk = QUIRKS[name]
    assert quirk.what
    assert quirk.source
    assert VERSIONS.index(quirk.since) <= VERSIONS.index(quirk.until)


def test_in_the_ideal_commerce_no_quirk_is_on():
    assert switched_on(IDEAL, {}) == frozenset()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_has_the_quirks_of_its_time(version):
    on = switched_on(version, {})
    assert ("any_comment_status" in on) == (version in {"2.3", "2.4.3", "2.4.6"})
    assert ("integration_bearer" in on) == (version in {"2.3", "2.4.3"})


def test_a_quirk_is_switched_whatever_the_version():
    assert "integration_bearer" in switched_on("2.4.8", {"integration_bearer": "on"})
    assert "integration_bearer" not in switched_on("2.3", {"integration_bearer": "off"})


def test_the_configuration_shows_every_quirk_with_its_position(shop):
    shown = shop.sim("config", {"version": "2.4.3", "quirks": {"any_comment_status": "off"}})["quirks"]
    assert set(shown) == set(QUIRKS)
    assert (shown["integration_bearer"], shown["any_comment_status"]) == ("on", "off")
    later = shop.sim("config", {"version": "2.4.8"})["quirks"]
    assert (later["integration_bearer"], later["any_comment_status"]) == ("off", "off")
