"""One setting: its title, its effect in one line, and its value at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import Words

CHOICE = 200  # pixels: drop-down lists of one group stand under each other


class Findable(QWidget):
    """What the field "Find a setting" looks through."""

    def spoken(self) -> str:
        """Give the words it is found by."""
        raise NotImplementedError

    def matches(self, wanted: str) -> bool:
        """Say whether every word looked for stands in it, in any case."""
        words = self.spoken().casefold()
        return all(part in words for part in wanted.casefold().split())


class SettingRow(Findable):
    """Title and effect at the left, the value at the right, a hairline below."""

    def __init__(self, title: str, effect: str, value: QWidget) -> None:
        super().__init__()
        self.value, self._title = value, title
        self.offered = True
        """false while what it does stands elsewhere in sight"""
        whole = column(self)
        inside = wrap_row(gap=16)
        inside.setContentsMargins(0, 9, 0, 10)
        words = column()
        words.addWidget(Label(title, "medium"))
        self._effect = Label(effect, "small", "text2", wrap=True)
        words.addWidget(self._effect)
        inside.addLayout(words, 1)
        inside.addWidget(value, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(inside)
        whole.addWidget(line())
        value.setAccessibleDescription(effect)

    @property
    def effect(self) -> str:
        return self._effect.text()

    def tell(self, effect: str, ink: Ink = "text2") -> None:
        """Say another effect, in amber when something should be done."""
        self._effect.set_ink(ink)
        self._effect.setText(effect)
        self.value.setAccessibleDescription(effect)

    def spoken(self) -> str:
        return f"{self._title} {self._effect.text()}"

    def matches(self, wanted: str) -> bool:
        return self.offered and super().matches(wanted)


class AlwaysOn(QWidget):
    """Stands where a switch would: the program does this, whatever anybody wishes."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        body = row(self, gap=6)
        body.addWidget(Glyph(Icon.LOCK, "text2", 14))
        body.addWidget(Label(words.tr("Always on"), "small", "text2"))


class SettingGroup(QWidget):
    """A heading and the settings under it; only those found are shown while one looks for one."""

    def __init__(self, title: str, rows: Sequence[Findable] = ()) -> None:
        super().__init__()
        self._rows: list[Findable] = []
        self._body = column(self)
        self._heading = Label(title, "heading")
        self._body.addWidget(self._heading)
        self._body.addStretch(0)
        self.setAccessibleName(title)
        for each in rows:
            self.add(each)

    def add(self, row: Findable) -> None:
        self._body.insertWidget(self._body.count() - 1, row)
        self._rows.append(row)

    def clear(self) -> None:
        """Take all rows out, to be made anew."""
        for each in self._rows:
            self._body.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._rows = []

    def narrow(self, wanted: str) -> int:
        """Show only what matches; answer how many that are."""
        found = 0
        for each in self._rows:
            shown = each.matches(wanted)
            each.setVisible(shown)
            found += shown
        self.setVisible(bool(found) or not wanted)  # its rows may be on their way
        return found


def widen(choice: QWidget) -> QWidget:
    """Give a drop-down list the width all of them have."""
    look.hold_width(choice, CHOICE)
    return choice
