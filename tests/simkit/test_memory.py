"""Freed memory."""

from __future__ import annotations

import ctypes
import platform

import pytest

from simkit import memory


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is another one")
def test_glibc_takes_the_wish() -> None:
    assert memory.keep_freed()


def test_other_libraries_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    monkeypatch.setattr(ctypes, "CDLL", None)
    assert not memory.keep_freed()
