"""The field of the quick-log line: what was understood is underlined, names are offered below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QWidget

from cmdesk.ui import look
from cmdesk.ui.widgets.field import restyle

INSIDE: Final = 5  # pixels from the left of Qt's caret box to the caret itself
THICK, BELOW = 2, 2  # pixels: the underline, and its distance from the letters
PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line that was understood, from `start` to `end`; `doubt` asks for a look."""

    start: int
    end: int
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A name to stand in the line from `start` to `end`; `key` is whom it means: p12, c3."""

    key: str
    name: str
    words: str
    start: int
    end: int


class LineEdit(QLineEdit):
    """One large field that draws its own underlines, so that they scroll with the text."""

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        restyle(self, "grade", "large")
        self._stretches: tuple[Stretch, ...] = ()

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        return self._stretches

    def underline(self, stretches: Sequence[Stretch]) -> None:
        """Show what was understood of the text as it stands."""
        if self._stretches != tuple(stretches):
            self._stretches = tuple(stretches)
            self.update()

    def lines(self) -> list[tuple[QRect, bool]]:
        """Give where each underline is painted, and whether it is in doubt."""
        text = self.text()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        if not text or not line.isValid():
            return []
        caret = self.cursorRect()
        metrics = QFontMetricsF(self.font())
        top = caret.center().y() + round((metrics.ascent() + metrics.descent()) / 2) + BELOW
        left = caret.x() + INSIDE - _at(line, self.cursorPosition())
        return [
            (
                QRect(
                    QPoint(round(left + _at(line, each.start)), top),
                    QPoint(round(left + _at(line, each.end)) - 1, top + look.px(THICK) - 1),
                ),
                each.doubt,
            )
            for each in self._stretches
            if 0 <= each.start < each.end <= len(text)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        edge = look.px(8)
        painter.setClipRect(self.rect().adjusted(edge, 0, -edge, 0))
        for place, doubt in self.lines():
            painter.fillRect(place, look.colour("warn" if doubt else "accent"))
        painter.end()


class Offers(QListView):
    """The names that fit, in a list of the window itself: it never takes the focus."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("kind", "popup")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = QStringListModel(self)
        self.setModel(self._lines)
        self.offered: tuple[Offer, ...] = ()
        self.hide()

    def show_under(self, edit: QWidget, home: QWidget, offered: Sequence[Offer]) -> None:
        """Show these under the field, over all of `home`; nothing when there are none."""
        self.offered = tuple(offered)
        self._lines.setStringList([each.words for each in offered])
        if not offered:
            self.hide()
            return
        self.setParent(home)
        row = self.sizeHintForRow(0)
        corner = edit.mapTo(home, QPoint(0, edit.height() + look.px(2)))
        self.setGeometry(QRect(corner.x(), corner.y(), look.px(360), row * len(offered) + 10))
        self.setCurrentIndex(self._lines.index(0))
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        place = (self.currentIndex().row() + step) % len(self.offered)
        self.setCurrentIndex(self._lines.index(place))

    @property
    def current(self) -> Offer | None:
        row = self.currentIndex().row()
        return self.offered[row] if 0 <= row < len(self.offered) else None


class OfferedLine(QObject):
    """Field and list together.

    Signals: `taken(Offer)`, `refused()` for Esc over the list, `entered()` for Enter without one.
    """

    taken = Signal(object)
    refused = Signal()
    entered = Signal()

    def __init__(self, edit: LineEdit, offers: Offers) -> None:
        super().__init__(edit)
        self._edit, self._offers = edit, offers
        edit.installEventFilter(self)
        offers.clicked.connect(self._on_clicked)

    def take(self, offer: Offer) -> None:
        """Put a name into the line in place of what was typed, and a space after it."""
        text = self._edit.text()
        rest = text[offer.end :]
        gap = "" if rest.startswith(" ") else " "
        self._edit.setText(f"{text[: offer.start]}{offer.name}{gap}{rest}")
        self._edit.setCursorPosition(offer.start + len(offer.name) + 1)
        self._offers.hide()
        self.taken.emit(offer)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.row() < len(self._offers.offered):
            self.take(self._offers.offered[index.row()])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self._edit:
            self._offers.hide()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.modifiers() in PLAIN and self._on_key(Qt.Key(event.key()))
        return False

    def _on_key(self, key: Qt.Key) -> bool:
        """Use the key for the list if it is open; say whether it was used."""
        if not self._offers.isVisible():
            if key in ENTER:
                self.entered.emit()
            return key in ENTER
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._offers.move_by(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self._offers.hide()
            self.refused.emit()
            return True
        if key in (*ENTER, Qt.Key.Key_Tab) and self._offers.current:
            self.take(self._offers.current)
            return True
        return False


def _at(line: QTextLine, place: int) -> float:
    """Measure where a character begins; Qt answers that with the character it settled on."""
    found = cast("tuple[float, int]", line.cursorToX(place))
    return found[0]
