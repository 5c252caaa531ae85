"""Problems of a whole store: shown once, with what a person does about it (F37)."""

from __future__ import annotations

from connector.commerce.placing import MODULE
from connector.domain.blockers import Blocker, Code
from connector.errors import AbortRun
from connector.models import Store


def note_problem(store: Store, error: AbortRun) -> None:
    data = {"reason": str(error), "store": store.name, "module": MODULE}
    blocker = Blocker(error.code, data)
    store.problem, store.problem_text = error.code.value, blocker.note
    store.problem_resolution = error.resolution or blocker.resolution


def clear_problem(store: Store) -> None:
    store.problem = store.problem_text = store.problem_resolution = None


def cannot_place(store: Store) -> bool:
    """Whether the store was found without a way to place orders."""
    return store.problem == Code.STORE_CONFIG
