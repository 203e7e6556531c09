"""All shortcuts on one sheet (F1), from the list that feeds menus and search."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.ui import overlay
from cmdesk.ui.commands import Command
from cmdesk.ui.dialogs.sheet import Middle
from cmdesk.ui.overlay import EDGE, Dialog
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.key_cap import KeyCap, shown_keys
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import N_, Words

WIDTH = 896
IN_LISTS: Final = (  # what no command stands for: Qt's own keys and those every list has
    ("↑ ↓", N_("Move in a list")),
    ("J", N_("Move down")),
    ("K", N_("Move up")),
    ("Enter", N_("Open the row, or do what it offers")),
    ("Esc", N_("Close; what you typed is kept")),
    ("F10", N_("Show or hide the menus")),
)

Line = tuple[str, str]  # keys as they are shown, words


class ShortcutSheet(Dialog):
    """What holds everywhere at the left, what the page in front adds at the right."""

    def __init__(
        self, words: Words, everywhere: Sequence[Command], here: Sequence[Command]
    ) -> None:
        super().__init__(words.tr("Shortcuts"), width=WIDTH, close_word=words.tr("Close"))
        self.lines = [
            (words.tr("Everywhere"), _lines(each for each in everywhere if not each.within)),
            (words.tr("On this page"), _lines(each for each in here if not each.within)),
            (
                words.tr("In a list, once you are in it"),
                [
                    *_lines(each for each in here if each.within),
                    *((keys, words.tr(said)) for keys, said in IN_LISTS),
                ],
            ),
        ]
        content = QWidget()
        halves = wrap_row(content, gap=40)
        halves.setContentsMargins(EDGE, 0, EDGE, 16)
        left, right = column(gap=2), column(gap=2)
        _fill(left, *self.lines[0])
        for title, lines in self.lines[1:]:
            if lines:
                _fill(right, title, lines)
        for half in (left, right):
            half.addStretch(1)
            halves.addLayout(half, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(Middle(content, self.accessibleName()), 1)


def _lines(commands: Iterable[Command]) -> list[Line]:
    """Pair keys with words; of two commands that say the same, the first."""
    said: dict[str, str] = {}
    for each in commands:
        if each.shortcut:
            said.setdefault(each.words, shown_keys(each.shortcut))
    return [(keys, words) for words, keys in said.items()]


def _fill(half: QVBoxLayout, title: str, lines: Sequence[Line]) -> None:
    heading = Label(title, "strong")
    heading.setContentsMargins(0, 8, 0, 4)
    half.addWidget(heading)
    for keys, words in lines:
        each = QWidget()
        line = row(each)
        line.addWidget(Label(words, "body", "text2"))
        line.addStretch(1)
        line.addWidget(KeyCap(keys))
        half.addWidget(each)


def open_shortcuts(
    window: QWidget, words: Words, everywhere: Sequence[Command], here: Sequence[Command]
) -> None:
    """Show the sheet over the window, unless it is there already."""
    if not any(each.isVisible() for each in window.findChildren(ShortcutSheet)):
        overlay.open_over(window, ShortcutSheet(words, everywhere, here))
