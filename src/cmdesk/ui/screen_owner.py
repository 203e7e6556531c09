"""Ask Windows or macOS whether someone else has the screen: locked, switched away, logged out.

Asking every two seconds was chosen over being told: being told takes a native window procedure in
Python, and a message missed there would leave records open. Not run on either system yet.
"""

import ctypes
import struct
import sys
from typing import Final

# Windows: wtsapi32.h.
CURRENT_SESSION: Final = 0xFFFFFFFF
SESSION_INFO_EX: Final = 25
ACTIVE: Final = 0  # WTSActive
LOCKED: Final = 0  # WTS_SESSIONSTATE_LOCK
# WTSINFOEXW: level, filling, session, state, flags; names and times follow.
INFO: Final = struct.Struct("=I4xIii")

# macOS: CGSession.h, CFString.h.
UTF_8: Final = 0x08000100
ON_CONSOLE, SCREEN_LOCKED = b"kCGSSessionOnConsoleKey", b"CGSSessionScreenIsLocked"


def is_away(info: bytes) -> bool:
    """Read what Windows tells of our session; what can't be read counts as here."""
    if len(info) < INFO.size:
        return False
    level, _session, state, flags = INFO.unpack_from(info)
    return level == 1 and (state != ACTIVE or flags == LOCKED)


def away_on_windows() -> bool:
    return is_away(_session_info())


def _session_info() -> bytes:
    if sys.platform != "win32":
        return b""
    terminal = ctypes.WinDLL("wtsapi32")
    held, size = ctypes.c_void_p(), ctypes.c_uint32()
    found = terminal.WTSQuerySessionInformationW(
        None,
        ctypes.c_uint32(CURRENT_SESSION),
        SESSION_INFO_EX,
        ctypes.byref(held),
        ctypes.byref(size),
    )
    if not found or not held.value:
        return b""
    info = ctypes.string_at(held.value, size.value)
    terminal.WTSFreeMemory(held)
    return info


def away_on_mac() -> bool:
    """Ask the window server. Without a session of its own, a program is away."""
    if sys.platform != "darwin":
        return False
    frame = "/System/Library/Frameworks/{0}.framework/{0}"
    graphics = ctypes.CDLL(frame.format("CoreGraphics"))
    foundation = ctypes.CDLL(frame.format("CoreFoundation"))
    graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
    facts = ctypes.c_void_p(graphics.CGSessionCopyCurrentDictionary())
    if not facts.value:
        return True
    on_console = _truth(foundation, facts, ON_CONSOLE)
    locked = _truth(foundation, facts, SCREEN_LOCKED)
    foundation.CFRelease(facts)
    return locked is True or on_console is False


def _truth(foundation: ctypes.CDLL, facts: ctypes.c_void_p, name: bytes) -> bool | None:
    """Read one fact of a CFDictionary: a CFBoolean, or not there."""
    foundation.CFStringCreateWithCString.restype = ctypes.c_void_p
    foundation.CFDictionaryGetValue.restype = ctypes.c_void_p
    foundation.CFBooleanGetValue.restype = ctypes.c_bool
    key = ctypes.c_void_p(foundation.CFStringCreateWithCString(None, name, UTF_8))
    value = ctypes.c_void_p(foundation.CFDictionaryGetValue(facts, key))
    foundation.CFRelease(key)
    return bool(foundation.CFBooleanGetValue(value)) if value.value else None
