"""Keep None, True and False alive: PySide6 6.12.0 gives them back too often on Python 3.11."""

import ctypes
import sys

ENOUGH = 1 << 40  # references; a busy window gives back some thousands a second


def hold_singletons() -> None:
    """Add references that PySide6 can then take away.

    Measured: every call that returns None, and every `emit`, drops a reference it does not own;
    the process aborts ("none_dealloc") within a second. From 3.12 on these objects are immortal
    and nothing happens. Can go when Python 3.11 does, or with the first PySide6 that is sound.
    """
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    if hasattr(sys, "getobjects"):  # a tracing build puts the count elsewhere
        return
    for single in (None, True, False, NotImplemented, Ellipsis):
        count = ctypes.c_ssize_t.from_address(id(single))
        if count.value < ENOUGH:
            count.value += ENOUGH * 2
