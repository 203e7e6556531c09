"""Draw the same screens where room is scarce: large text, a small window, dark, more contrast.

`.venv/bin/python packaging/sizes.py [WORD …] [at=SIZE …]` writes build/sizes/ and tells by name
what is squeezed, laid over something else or out of reach, so that no eye has to find it.
"""

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import screens
from PySide6.QtWidgets import QApplication

from cmdesk.ui.theme import Contrast, Scheme

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.ui.crowding import crowded

OUT = Path("build/sizes")
REST = 0.25  # seconds: nothing is loaded anew, all of it is only laid out again


class Size(NamedTuple):
    """A text size in per cent, a window in pixels, a scheme, and a contrast."""

    scale: int
    width: int
    height: int
    scheme: Scheme = "light"
    contrast: Contrast = "system"


SIZES = {
    "80": Size(80, 1440, 900),
    "small": Size(100, 1120, 680),
    "small-dark": Size(100, 1120, 680, "dark"),
    "150": Size(150, 1440, 900),
    "150-1280": Size(150, 1280, 720),
    "150-small": Size(150, 1120, 680),
    "200": Size(200, 1440, 900),
    "200-1280": Size(200, 1280, 720),
    "200-small": Size(200, 1120, 680),
    "200-dark": Size(200, 1440, 900, "dark"),
    "contrast": Size(100, 1280, 720, "light", "more"),
    "contrast-dark": Size(100, 1280, 720, "dark", "more"),
}


def draw(studio: screens.Studio, name: str, make: screens.Draw, sizes: dict[str, Size]) -> int:
    """Draw one screen at every size; answer how many faults were told."""
    told = 0
    studio.theme.follow("light", 100)
    studio.window.resize(1440, 900)
    make()
    screens.settle()
    for size_name, size in sizes.items():
        studio.theme.follow(size.scheme, size.scale)
        studio.theme.prefer_contrast(size.contrast)
        studio.window.resize(size.width, size.height)
        screens.settle(REST)
        studio.window.grab().save(str(OUT / f"{name}@{size_name}.png"))
        for fault in crowded(studio.window):
            print(f"{name}@{size_name}: {fault}", flush=True)
            told += 1
    return told


def main(asked: list[str]) -> int:
    """Draw everything, or what was asked for; answer how many faults were found."""
    OUT.mkdir(parents=True, exist_ok=True)
    words = [word for word in asked if not word.startswith("at=")]
    wanted = [word.removeprefix("at=") for word in asked if word.startswith("at=")]
    sizes = {name: size for name, size in SIZES.items() if not wanted or name in wanted}
    app, told = QApplication(sys.argv[:1]), 0
    with tempfile.TemporaryDirectory() as place:
        studio = screens.Studio(app, Path(place))
        studio.window.show()
        for name, make in studio.screens():
            if not words or any(word in name for word in words):
                told += draw(studio, name, make, sizes)
        studio.window.close_desk()
        studio.desk.close()
        studio.tasks.close()
        studio.store.close()
    return told


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
