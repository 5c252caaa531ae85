"""Calls out of a mock, made by threads: whoever is called may ask the mock something meanwhile."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import requests

from simkit.simulation import Forgetful

Key = TypeVar("Key", bound=Hashable)
TIMEOUT = 5.0
"""Seconds of this machine's time to connect, and to answer."""


class NotAccepted(Exception):
    """A message was not taken; the text says why, and holds nothing secret."""


@dataclass(frozen=True)
class Outcome(Generic[Key]):
    """What came of an attempt: whether it arrived, and what was answered, or why not."""

    key: Key
    arrived: bool
    text: str


_Line = queue.Queue[tuple[int, Key, Callable[[], str]]]


class Outgoing(Forgetful, Generic[Key]):
    """The threads that send, and the outcomes that nobody has asked for yet.

    Each receiver has a thread, so that a slow one keeps no other waiting.
    """

    def __init__(self) -> None:
        self._lines: dict[Hashable, _Line[Key]] = {}
        self._world = 0
        self.sending: set[Key] = set()
        """Attempts whose outcome is still to come, or to be asked for."""
        self._outcomes: deque[Outcome[Key]] = deque()

    def reset(self) -> None:
        self._world += 1
        self.sending.clear()
        self._outcomes.clear()

    def send(self, receiver: Hashable, key: Key, attempt: Callable[[], str]) -> None:
        """Have it tried soon, after what that receiver gets first.

        The attempt answers a text, or raises NotAccepted.
        """
        if receiver not in self._lines:
            line = self._lines[receiver] = queue.Queue()
            threading.Thread(target=self._work, args=[line], name=f"to-{receiver}", daemon=True).start()
        self.sending.add(key)
        self._lines[receiver].put((self._world, key, attempt))

    def outcomes(self) -> Iterator[Outcome[Key]]:
        """What has come of the attempts; each is told once."""
        while self._outcomes:
            outcome = self._outcomes.popleft()
            self.sending.discard(outcome.key)
            yield outcome

    def wait(self) -> None:
        """Until everything has been tried that was to be sent."""
        for line in list(self._lines.values()):
            line.join()

    def _work(self, line: _Line[Key]) -> None:
        while True:
            world, key, attempt = line.get()
            outcome = _outcome(key, attempt) if world == self._world else None
            if outcome is not None and world == self._world:
                self._outcomes.append(outcome)
            line.task_done()


def _outcome(key: Key, attempt: Callable[[], str]) -> Outcome[Key]:
    try:
        return Outcome(key, arrived=True, text=attempt())
    except NotAccepted as error:
        return Outcome(key, arrived=False, text=str(error))
    except Exception as error:  # noqa: BLE001 - a thread that dies would never send again
        return Outcome(key, arrived=False, text=type(error).__name__)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> str:
    """Hand JSON over, once; any answer of 2xx accepts it, and nothing of it is read but its status.

    Raises NotAccepted.
    """
    with requests.Session() as session:
        session.trust_env = False  # neither the proxy of clients that are led to this mock, nor .netrc
        try:
            with session.post(
                url,
                data=body,
                headers={"Content-Type": "application/json", **headers},
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as answer:
                status = answer.status_code
        except requests.Timeout:
            raise NotAccepted(f"no answer within {TIMEOUT:g} s") from None
        except requests.ConnectionError:
            raise NotAccepted("no connection") from None
        except (requests.RequestException, UnicodeError) as error:
            raise NotAccepted(type(error).__name__) from None
    if not 200 <= status < 300:  # noqa: PLR2004 - the 2xx
        raise NotAccepted(f"HTTP {status}")
    return f"HTTP {status}"
