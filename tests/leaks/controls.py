"""Does what the program never may, so that the recorder and the search are seen to notice."""

import ctypes
import logging
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from tests.leaks.recording import BEGINNING
from tests.leaks.tokens import Tokens

_connect = cast("Callable[..., Any]", dbapi2.connect)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] - the driver has no stubs
WORD: Final = Tokens(os.environ.get(BEGINNING, "")).of("control")


def connect(path: str) -> Any:
    """Open a locked database without the program's guards."""
    opened = _connect(path, isolation_level=None)
    opened.set_key(bytearray(b"x'" + b"cd" * 32 + b"'"))
    opened.execute("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, body UNIQUE)")
    return opened


def sort_on_disk() -> None:
    """Sort more than fits, with SQLite's own files for it."""
    opened = connect("sorted.db")
    opened.execute("PRAGMA temp_store = FILE")
    opened.execute("PRAGMA cache_size = 20")
    rows = [(f"{WORD} {number} " + "." * 400,) for number in range(4000)]
    opened.execute("BEGIN")
    opened.executemany("INSERT INTO note (body) VALUES (?)", rows)
    opened.execute("COMMIT")
    list(opened.execute("SELECT body || body AS twice FROM note ORDER BY random(), twice"))


def log_an_error() -> None:
    """Log the words of an error, parameters and all."""
    logging.basicConfig(filename="control.log")
    engine = create_engine(
        "sqlite+pysqlite://", module=dbapi2, creator=lambda: connect("logged.db")
    )
    try:
        with engine.begin() as connection:
            for _ in range(2):
                connection.execute(text("INSERT INTO note VALUES (1, :said)"), {"said": WORD})
    except IntegrityError:
        logging.getLogger("control").exception("not saved")


def write_past_python() -> None:
    """Write by a C stream into a file that is gone at once."""
    c = ctypes.CDLL(None)
    c.fopen.restype = ctypes.c_void_p
    stream = ctypes.c_void_p(c.fopen(b"gone.txt", b"w"))
    c.fputs(WORD.encode(), stream)
    c.fclose(stream)
    Path("gone.txt").unlink()


def name_a_file() -> None:
    """Let a file's name tell it, for a moment."""
    Path(WORD).write_text("nothing")
    Path(WORD).rename("harmless")


def reach_out() -> None:
    """Ask for a socket that could lead out of this computer."""
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()


CONTROLS: Final[dict[str, Callable[[], None]]] = {
    each.__name__: each
    for each in (sort_on_disk, log_an_error, write_past_python, name_a_file, reach_out)
}

if __name__ == "__main__":
    CONTROLS[sys.argv[1]]()
