"""Keeping freed memory in the process: large blocks are used again in every step.

Without this, the C library gives each large block back to the system and the system fills it
with noughts anew for the next step; on the machine this was written on that took more time than
the training.
"""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX, _ARENA_MAX = -1, -2, -4, -8  # malloc.h of the GNU C library
_LARGE = 2**30


def keep_freed_memory() -> None:
    """Tell the C library to keep what is freed; does nothing outside GNU/Linux."""
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:  # another C library
        return
    mallopt(_MMAP_MAX, 0)
    mallopt(_TRIM_THRESHOLD, _LARGE)
    mallopt(_TOP_PAD, 64 * 2**20)
    mallopt(_ARENA_MAX, 1)
