"""A screen of its own and the real program on it: started as a process, driven by its keys."""

import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtGui import QColor, QImage

SIZE: Final = (1440, 900)
PATIENCE: Final = 60.0  # seconds until something that should happen is given up
GLANCE: Final = 0.02  # seconds between two looks
STILL: Final = 0.25  # seconds after which a picture stands still; a caret blinks every half
# Where the kernel lists sockets, and the column that holds their number.
SOCKET_TABLES: Final = {"unix": 6, "tcp": 9, "tcp6": 9, "udp": 9, "udp6": 9, "raw": 9, "packet": 8}
BIN: Final = Path(sys.executable).parent


def wait_until(true: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Look again and again until it is so; fail with `what` when it never is."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"never came: {what}")
        time.sleep(GLANCE)


class Screen:
    """An X server without a screen, a network port or a window manager."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        self._held = tempfile.TemporaryDirectory()
        self._server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(writing),
                "-screen",
                "0",
                size,
                "-nolisten",
                "tcp",
                "-noreset",
                "-fbdir",
                self._held.name,
            ],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.display = f":{number}"

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(PATIENCE)
        self._held.cleanup()

    def environment(self, home: Path) -> dict[str, str]:
        """Return what a program is started with: this screen, and a home of its own."""
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        run = home / "run"
        run.mkdir(mode=0o700, parents=True, exist_ok=True)
        places = {
            f"XDG_{name}_HOME": str(home / name.lower())
            for name in ("CONFIG", "DATA", "STATE", "CACHE")
        }
        return (
            kept
            | places
            | {
                "DISPLAY": self.display,
                "HOME": str(home),
                "XDG_RUNTIME_DIR": str(run),
                "LANG": "C.UTF-8",
                "TZ": "America/New_York",
            }
        )

    def tell(self, *words: str) -> str:
        """Give xdotool a command and return its answer; "" when it found nothing."""
        done = subprocess.run(
            ["xdotool", *words],
            env={"DISPLAY": self.display, "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    def windows(self, name: str = "cmdesk$") -> list[str]:
        return self.tell("search", "--onlyvisible", "--name", name).split()

    def picture(self) -> QImage:
        """Return what stands on the screen, out of the file the server paints into.

        It is an X window dump: a head of big-endian numbers, a table of colours, then the pixels.
        """
        data = (Path(self._held.name) / "Xvfb_screen0").read_bytes()
        head = struct.unpack_from(">25I", data)
        size, width, height, line, colours = (head[place] for place in (0, 4, 5, 12, 19))
        pixels = data[size + 12 * colours :]
        return QImage(pixels, width, height, line, QImage.Format.Format_RGB32).copy()


def holds(picture: QImage, colour: str) -> bool:
    """Say whether a colour is anywhere in a picture."""
    wanted = QColor(colour).rgb().to_bytes(4, sys.byteorder)
    data = bytes(picture.constBits())
    at = data.find(wanted)
    while at % 4 and at >= 0:
        at = data.find(wanted, at + 1)
    return at >= 0


class Driven:
    """The program as a process, with a keyboard."""

    def __init__(self, screen: Screen, home: Path, *words: str, under: Sequence[str] = ()) -> None:
        """Start it with these words, perhaps under another program that watches it."""
        self.screen, self.home = screen, home
        self._said = home / "said.txt"
        with self._said.open("w") as said:
            self.process = subprocess.Popen(
                [*under, str(BIN / "cmdesk"), *words],
                env=screen.environment(home),
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        """What it wrote where a terminal would show it: nothing, if all is well."""
        return self._said.read_text()

    @property
    def window(self) -> str:
        found = self.screen.windows()
        return found[0] if found else ""

    @property
    def title(self) -> str:
        window = self.window
        return self.screen.tell("getwindowname", window) if window else ""

    def come_up(self) -> None:
        """Wait for the window and give it the keyboard, as a window manager would."""
        wait_until(lambda: self.window or self.process.poll() is not None, "a window")
        assert self.process.poll() is None, self.said
        self.screen.tell("windowfocus", "--sync", self.window)

    def keys(self, *chords: str) -> None:
        self.screen.tell("key", "--clearmodifiers", *chords)

    def type(self, text: str) -> None:
        self.screen.tell("type", "--delay", "4", text)

    def await_title(self, start: str) -> None:
        wait_until(lambda: self.title.startswith(start), f"a window called {start}: {self.title}")

    def settle(self, still: float = STILL) -> QImage:
        """Wait until the screen has stood still for so many seconds; return how it looks."""
        before, since = self.screen.picture(), time.monotonic()
        end = since + PATIENCE
        while time.monotonic() < end:
            time.sleep(5 * GLANCE)
            now = self.screen.picture()
            if now != before:
                before, since = now, time.monotonic()
            elif time.monotonic() - since > still:
                return now
        raise AssertionError("the picture never stood still")

    def sockets(self) -> dict[str, str]:
        """Return what sockets it has open: their numbers, and "unix" or the network's protocol."""
        place = Path(f"/proc/{self.process.pid}")
        held = [str(link.readlink()) for link in (place / "fd").iterdir() if link.is_symlink()]
        mine = {name[8:-1] for name in held if name.startswith("socket:[")}
        found = dict.fromkeys(mine, "unknown")
        for protocol, column in SOCKET_TABLES.items():
            for line in (place / "net" / protocol).read_text().splitlines()[1:]:
                number = line.split()[column]
                if number in mine:
                    found[number] = protocol
        return found

    def finish(self) -> int:
        """Wait for its end and return its exit code."""
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """End it if a test left it running."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(PATIENCE)
