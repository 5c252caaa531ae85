"""The table of steps covers the language, neither less nor more."""

from simulator.scenario import steps, verbs


def test_every_verb_of_the_language_is_a_step_and_no_other():
    assert set(steps.VERBS) == set(verbs.VERBS)
