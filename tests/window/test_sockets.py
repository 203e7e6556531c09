"""A whole sitting under a recorder of system calls: no socket leads out of this computer."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.window.conftest import PASSPHRASE
from tests.window.screen import Driven, Screen, wait_until

pytestmark = [
    pytest.mark.window,
    pytest.mark.slow,
    pytest.mark.xdist_group("window"),
    pytest.mark.skipif(not shutil.which("strace"), reason="needs strace"),
    pytest.mark.skipif(
        getattr(os, "geteuid", lambda: 1)() != 0, reason="only root may watch the program"
    ),
]

# Qt makes our own socket elsewhere and moves it.
LISTENS: Final = re.compile(r"/cmdesk-|/\.\w{6}/s$")
# The screen, our own socket, the desktop's buses, and the C library's cache of user names.
KNOWN: Final = re.compile(rf"\.X11-unix/|{LISTENS.pattern}|/bus$|system_bus_socket$|/nscd/socket$")
PAGES: Final = ("ctrl+2", "Return", "ctrl+l", "Escape", "ctrl+3", "Return", "ctrl+comma")
ASKED: Final = re.compile(r"\b(socket|socketpair)\((\w+)")
NAMED: Final = re.compile(r"\b(connect|bind)\(.*?sa_family=(\w+)")


def recorder(record: Path) -> list[str]:
    """Return the words that put a program under the recorder, which stands behind it."""
    calls = "trace=socket,socketpair,connect,bind"
    return ["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-e", calls, "-o", str(record)]


def families(record: Path) -> set[str]:
    """Return the kinds of network that were asked for."""
    text = record.read_text()
    return {kind for sought in (ASKED, NAMED) for _, kind in sought.findall(text)}


def reaches(record: Path) -> set[str]:
    """Return whom the program spoke to or listened as, by path."""
    return set(re.findall(r'sun_path=@?"([^"]+)"', record.read_text()))


def test_the_recorder_sees_a_way_out(tmp_path: Path) -> None:
    """The control: a program that opens one is found out."""
    record = tmp_path / "record"
    code = "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).bind(('127.0.0.1', 0))"
    words = [each for each in recorder(record) if each != "-D"]
    subprocess.run([*words, sys.executable, "-c", code], check=True)
    assert families(record) == {"AF_INET"}


def test_a_sitting_asks_for_local_sockets_alone(
    screen: Screen, vault: Path, tmp_path: Path
) -> None:
    record = tmp_path / "record"
    driven = Driven(screen, tmp_path, "--vault", str(vault), under=recorder(record))
    try:
        driven.come_up()
        for pages in (PAGES, ()):  # locked and opened again, it listens anew
            driven.type(PASSPHRASE)
            driven.keys("Return")
            wait_until(lambda: driven.title != "cmdesk", "the records")
            driven.settle()
            for chord in pages:
                driven.keys(chord)
                driven.settle()
            driven.keys("ctrl+shift+l")
            wait_until(lambda: driven.title == "cmdesk", "the lock")
            driven.settle()
        driven.keys("ctrl+q")
        assert driven.finish() == 0
        assert driven.said == ""
    finally:
        driven.close()
    assert families(record) == {"AF_UNIX"}
    strangers = {path for path in reaches(record) if not KNOWN.search(path)}
    assert strangers == set()
    assert any(LISTENS.search(path) for path in reaches(record))  # a second start knocks there
