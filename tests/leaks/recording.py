"""Start a program under the recorder, in a home of its own, and read what it wrote and left."""

import os
import platform
import shutil
import struct
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("recorder.c")
ROOT: Final = Path(__file__).parent.parent.parent
BEGINNING: Final = "CMDESK_LEAKS_BEGINNING"
_HEAD: Final = struct.Struct("<cHI")
_BUILD: Final = ("-std=gnu11", "-O1", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror")
_OWN: Final = ("HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
               "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")  # fmt: skip
_PATIENCE: Final = 600  # seconds for one program


def missing() -> str:
    """Return why nothing can be recorded here, or nothing."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return "writes are recorded by LD_PRELOAD, which this system does not have"
    if not shutil.which("cc"):
        return "no C compiler here to build the recorder with"
    tried = "#include <linux/seccomp.h>\n#include <stdlib.h>\n"
    words = ["cc", "-E", "-x", "c", "-"]
    built = subprocess.run(words, input=tried.encode(), capture_output=True, check=False)
    return "" if built.returncode == 0 else "the C library's headers are not installed"


def build(folder: Path) -> Path:
    """Compile the recorder into a folder, once."""
    made = folder / f"recorder-{platform.machine()}.so"
    if not made.exists():
        part = made.with_suffix(".part")
        subprocess.run(["cc", *_BUILD, "-o", part, SOURCE, "-lpthread", "-ldl"], check=True)
        part.rename(made)
    return made


@dataclass
class Recorded:
    """What was written where, in order; `held` is what stood in files that went."""

    written: dict[str, bytearray] = field(default_factory=lambda: defaultdict(bytearray))
    held: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    mapped: set[str] = field(default_factory=set[str])
    opened: set[str] = field(default_factory=set[str])
    names: set[str] = field(default_factory=set[str])
    writes: int = 0
    size: int = 0

    def take(self, raw: bytes) -> None:
        """Add one process's notes."""
        start = 0
        while start + _HEAD.size <= len(raw):
            kind, path_length, length = _HEAD.unpack_from(raw, start)
            path_at = start + _HEAD.size
            data_at = path_at + path_length
            start = data_at + length
            path = raw[path_at:data_at].decode("utf-8", "surrogateescape")
            self._note(kind.decode(), path, raw[data_at:start])

    def _note(self, kind: str, path: str, data: bytes) -> None:
        self.names.add(path)
        if kind == "W":
            self.written[path] += data
            self.writes += 1
            self.size += len(data)
        elif kind == "V":
            self.held.append((path, data))
        elif kind == "M":
            self.mapped.add(path)
        elif kind == "R":
            self.names.add(data.decode("utf-8", "surrogateescape"))
        else:
            self.opened.add(path)


@dataclass(frozen=True)
class Ended:
    """A program that ran: its exit, and what it said."""

    code: int
    said: bytes
    complained: bytes


class Sandbox:
    """A home, temporary folder and desk for one program; notes of it are kept outside."""

    def __init__(self, place: Path, library: Path, beginning: str) -> None:
        self.home, self.notes = place / "home", place / "notes"
        self._library, self._beginning = library, beginning
        for name in _OWN:
            self.own(name).mkdir(parents=True, exist_ok=True, mode=0o700)
        self.desk = self.home / "Documents"
        self.desk.mkdir()
        self.notes.mkdir()

    def own(self, name: str) -> Path:
        return self.home if name == "HOME" else self.home / name.lower()

    def run(self, *words: str, sealed: bool = True, under: Sequence[str] = ()) -> Ended:
        """Run a program of Python's to its end; `under` are the words of what watches it."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
            **{name: str(self.own(name)) for name in _OWN},
            "CMDESK_LEAKS": str(self.notes),
            BEGINNING: self._beginning,
            "LD_PRELOAD": str(self._library),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            **({"CMDESK_LEAKS_SEALED": "1"} if sealed else {}),
        }
        done = subprocess.run(
            [*under, sys.executable, *words],
            cwd=self.desk,
            env=environment,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def recorded(self) -> Recorded:
        told = Recorded()
        for notes in sorted(self.notes.iterdir()):
            told.take(notes.read_bytes())
        return told

    def left(self, recorded: Recorded) -> dict[str, bytes]:
        """Read every file in the home, and any other that was opened to be written."""
        inside = {path for path in self.home.rglob("*") if path.is_file() and not path.is_symlink()}
        outside = {Path(name) for name in recorded.opened | set(recorded.written)}
        return {
            str(path): path.read_bytes()
            for path in inside | {path for path in outside if path.is_file()}
            if path in inside or not str(path).startswith(("/proc/", "/dev/"))
        }
