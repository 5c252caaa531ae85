"""What the C library does with freed memory."""

from __future__ import annotations

import ctypes
import platform

_TRIM, _MMAP = -1, -3
"""glibc's M_TRIM_THRESHOLD and M_MMAP_THRESHOLD (mallopt(3))."""
KEPT = 32 * 1024 * 1024
"""Bytes; glibc takes no more for the second."""


def keep_freed() -> bool:
    """Have glibc keep freed memory for the next call, and answer whether it will.

    Else each page of a list is made in memory that was just fetched from the system, and given back at once:
    of a page of Commerce's orders that was nearly half of the time. Other C libraries are left alone.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    libc = ctypes.CDLL(None)
    return all(libc.mallopt(parameter, KEPT) for parameter in (_TRIM, _MMAP))
