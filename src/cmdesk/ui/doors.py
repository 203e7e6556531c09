"""What the door is handed, how it greets, how long it waits, and the facts at its foot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words

if TYPE_CHECKING:  # nothing that stretches or opens keys is loaded before the window is seen
    from cmdesk.store.keys import Keys

LONGEST_WAIT = 30  # seconds


@dataclass(frozen=True, slots=True)
class Doors:
    """What the unlock page is handed. All but `choose_file` run off the UI thread."""

    unlock: "Callable[[Path, str], Keys]"
    unlock_with_code: "Callable[[Path, str], Keys]"
    set_passphrase: "Callable[[Path, Keys, str], None]"
    prepare: Callable[[], None]
    choose_file: Callable[[], Path | None]
    keychain_offers: Callable[[Path], bool]
    unlock_with_keychain: "Callable[[Path], Keys]"
    last_backup: Callable[[Path], datetime | None]


def wait_after(tries: int) -> int:
    """Seconds to wait after so many wrong tries: 1, 2, 4, 8, 16, 30."""
    return min(LONGEST_WAIT, 2 ** (tries - 1)) if tries else 0


def greeting(hour: int, words: Words) -> str:
    if 4 <= hour < 12:
        return words.tr("Good morning")
    return words.tr("Good afternoon") if 12 <= hour < 18 else words.tr("Good evening")


def locked_words(words: Words, *, draft: bool) -> str:
    """Speak of a draft only if there is one."""
    if draft:
        return words.tr("Your draft is safe. It opens where you were.")
    return words.tr("It opens where you were.")


def wrong(words: Words, left: int) -> str:
    """Say that it was not the passphrase, and how many seconds to wait."""
    said = words.tr("That is not the passphrase.")
    if not left:
        return said
    again = words.ntr("Try again in {n} second.", "Try again in {n} seconds.", left)
    return f"{said} {again.format(n=left)}"


def backed_up(words: Words, at: datetime, now: datetime) -> str:
    """Write Backed up last night, 11:40 PM. Words for dates load with it, so it comes last."""
    from cmdesk.ui.parts.when import in_sentence, moment_listed  # noqa: PLC0415

    return words.tr("Backed up {when}").format(when=in_sentence(moment_listed(words, at, now)))


class Facts(QWidget):
    """Small facts side by side in the middle, without names."""

    def __init__(self, facts: Sequence[tuple[Icon, str]]) -> None:
        super().__init__()
        self._line = row(self, gap=32)
        self._line.addStretch(1)
        self._line.addStretch(1)
        for icon, text in facts:
            self.add(icon, text)

    def add(self, icon: Icon, text: str) -> None:
        """Put one more at the end."""
        fact = row(gap=6)
        fact.addWidget(Glyph(icon, "text2", 14))
        fact.addWidget(Label(text, "small", "text2"))
        self._line.insertLayout(self._line.count() - 1, fact)
