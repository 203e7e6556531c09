"""Build the shim that stands between a process and its files, and speak with it from inside."""

import ctypes
import json
import platform
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

SOURCE: Final = Path(__file__).with_name("shim.c")
_HEAD: Final = struct.Struct("<cQQHI")
_BUILD: Final = ("-std=gnu11", "-O1", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror")


class Event(NamedTuple):
    """One line of the log; shim.c says what the kinds are."""

    kind: str
    inode: int
    offset: int
    path: str
    data: bytes


def missing() -> str:
    """Return why there can be no shim here, or nothing."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return "faults are put in by LD_PRELOAD, which this system does not have"
    if not shutil.which("cc"):
        return "no C compiler here to build the fault shim with"
    tried = subprocess.run(
        ["cc", "-E", "-x", "c", "-"],
        input=b"#include <stdlib.h>\n",
        capture_output=True,
        check=False,
    )
    return "" if tried.returncode == 0 else "the C library's headers are not installed"


def build(folder: Path) -> Path:
    """Compile the shim into a folder, once."""
    made = folder / f"shim-{platform.machine()}.so"
    if not made.exists():
        part = made.with_suffix(".part")
        subprocess.run(["cc", *_BUILD, "-o", part, SOURCE, "-lpthread"], check=True)
        part.rename(made)
    return made


def read_log(log: Path) -> list[Event]:
    raw = log.read_bytes() if log.exists() else b""  # killed before it began
    events: list[Event] = []
    start = 0
    while start + _HEAD.size <= len(raw):
        kind, inode, offset, path_length, length = _HEAD.unpack_from(raw, start)
        path_at = start + _HEAD.size
        data_at = path_at + path_length
        start = data_at + length
        if start > len(raw):
            break
        path = raw[path_at:data_at].decode("utf-8", "surrogateescape")
        events.append(Event(kind.decode(), inode, offset, path, raw[data_at:start]))
    return events


# --- from inside a process that was started with the shim


def watch(folder: Path, log: Path) -> None:
    if _shim().fault_watch(str(folder).encode(), str(log).encode()) != 0:
        raise OSError(f"{log} can't be written to")


def hurt(kind: str, at: int) -> None:
    """Set the next fault: see NAMES in shim.c; `at` is a call's number, or the room in bytes."""
    if _shim().fault_set(kind.encode(), ctypes.c_uint64(at)) != 0:
        raise ValueError(kind)


def lift() -> None:
    """Hurt no more; recording goes on."""
    _shim().fault_lift()


def calls() -> tuple[int, int]:
    """Return how many changing calls and how many reads there were since `hurt`."""
    shim = _shim()
    return int(shim.fault_calls()), int(shim.fault_reads())


def acknowledge(what: dict[str, Any]) -> None:
    """Note in the log that something was promised to be durable."""
    told = json.dumps(what).encode()
    _shim().fault_acknowledge(told, ctypes.c_uint32(len(told)))


def _shim() -> Any:
    own = ctypes.CDLL(None)
    own.fault_calls.restype = own.fault_reads.restype = ctypes.c_uint64
    return own
