"""Pick people by typing: what is chosen stands as chips before the caret."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCompleter, QListView, QSizePolicy, QWidget

from cmdesk.casework.contacts import Someone
from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.flow import Flow

Find = Callable[[str], Sequence[Someone]]
WRITING: Final = 96  # pixels the caret needs at least


class Chosen(QAbstractButton):
    """One chosen person; pressing takes it away again."""

    def __init__(self, someone: Someone, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.someone = someone
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), "label") + look.px(9 + 4 + 12 + 7)
        return QSize(width, look.px(22))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say a name that is cut short when it is pointed at."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.begin(self), look.tokens()
        paint.draw_box(painter, self.rect(), tokens.accent_soft, "", 4)
        side = look.px(12)
        cross = QRect(self.width() - look.px(7) - side, (self.height() - side) // 2, side, side)
        words = self.rect().adjusted(look.px(9), 0, -look.px(7 + 12 + 3), 0)
        paint.draw_text(painter, words, self.text(), "label", "accent")
        ink = "text" if self.underMouse() else "accent"
        icons.draw(painter, Icon.X, cross, look.colour(ink))


class PickField(QWidget):
    """Signals `picked()`: the user changed who is chosen; `edited()`: that, or typed words.

    `find` answers typed words.
    """

    picked = Signal()
    edited = Signal()

    def __init__(
        self,
        find: Find,
        placeholder: str,
        *,
        many: bool = True,
        remove: str = "Remove {name}",
        telling: bool = False,
    ) -> None:
        """Offer what `find` gives; with `many=False` a new choice takes the place of the old.

        With `telling`, the detail tells namesakes apart and stays beside the name once chosen.
        """
        super().__init__()
        self._find, self.many, self._remove = find, many, remove
        self._telling = telling
        self._placeholder = placeholder
        self._offered: list[Someone] = []
        self._chips: list[Chosen] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(look.px(32))
        self._flow = Flow(self, gap=6, lead=4)
        self._flow.setContentsMargins(8, 5, 8, 5)
        self.edit = line_edit(placeholder)
        self.edit.setProperty("kind", "inline")
        self.edit.setMinimumWidth(look.px(WRITING))
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.textEdited.connect(self.edited)
        self.picked.connect(self.edited)
        self._flow.addWidget(self.edit)
        self._complete()
        self.setFocusProxy(self.edit)

    def _complete(self) -> None:
        self._lines = QStringListModel(self)
        self._list = QListView()
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setProperty("kind", "popup")
        self._list.setAccessibleName(self._placeholder)
        completer = QCompleter(self._lines, self)
        completer.setPopup(self._list)
        self._list.installEventFilter(self)  # while the list is open, keys come to it first
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setWidget(self.edit)
        overload = completer.activated[QModelIndex]  # pyright: ignore[reportIndexIssue, reportUnknownVariableType] - a signal with two signatures
        overload.connect(self._on_activated)  # pyright: ignore[reportUnknownMemberType] - as above
        self._completer = completer

    @property
    def keys(self) -> tuple[str, ...]:
        """Who is chosen, in the order chosen."""
        return tuple(chip.someone.key for chip in self._chips)

    @property
    def names(self) -> tuple[str, ...]:
        """Who is chosen, as the chips say it."""
        return tuple(chip.text() for chip in self._chips)

    @property
    def pending(self) -> str:
        """What is typed and stands for nobody yet."""
        return self.edit.text().strip()

    def choose(self, people: Sequence[Someone]) -> None:
        """Show these as chosen. Silent: this is not the user's doing."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for someone in people:
            self._add(someone)
        self.edit.clear()
        self._settle()

    def write(self, words: str) -> None:
        """Show words that stand for nobody yet. Silent, like `choose`."""
        self.edit.setText(words)

    def found(self) -> Sequence[Someone]:
        """Return what the typed words find; nothing without words."""
        return self._find(self.pending) if self.pending else ()

    def offer(self) -> None:
        """Offer anew what the typed words find."""
        self._on_edited(self.edit.text())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self._described = description
        self._describe()

    def _describe(self) -> None:
        parts = [", ".join(self.names), getattr(self, "_described", "")]
        self.edit.setAccessibleDescription(". ".join(filter(None, parts)))

    def _add(self, someone: Someone) -> None:
        told = (someone.name, someone.detail if self._telling else "")
        chip = Chosen(someone, ", ".join(filter(None, told)), self)
        chip.setAccessibleName(self._remove.format(name=chip.text()))
        chip.clicked.connect(self._on_chip_clicked)
        self._chips.append(chip)
        self._flow.removeWidget(self.edit)
        self._flow.addWidget(chip)
        self._flow.addWidget(self.edit)
        chip.show()

    def _settle(self) -> None:
        self.edit.setPlaceholderText("" if self._chips else self._placeholder)
        self._describe()
        self._flow.invalidate()
        self.updateGeometry()
        self.update()

    def _take(self, someone: Someone) -> None:
        """Choose someone as the user's doing."""
        if not self.many:
            self.choose([])
        if someone.key not in self.keys:
            self._add(someone)
        self.edit.clear()
        self._list.hide()
        self._settle()
        self.picked.emit()

    def _drop(self, chip: Chosen) -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self._settle()
        self.picked.emit()

    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chosen):
            self._drop(chip)
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self, text: str) -> None:
        found: Sequence[Someone] = self._find(text.strip()) if text.strip() else ()
        self._offered = [someone for someone in found if someone.key not in self.keys]
        self._lines.setStringList(
            [
                f"{someone.name}   {someone.detail}" if someone.detail else someone.name
                for someone in self._offered
            ]
        )
        if self._offered:
            # Under the field, and as wide; the completer reckons from the editor inside it.
            corner = -self.edit.pos()
            wide = max(look.px(280), self.width())
            self._completer.complete(QRect(corner.x(), corner.y(), wide, self.height()))
            self._list.setCurrentIndex(self._list.model().index(0, 0))  # what Enter takes
        else:
            self._list.hide()

    def _on_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self._take(self._offered[index.row()])

    def _settle_pending(self) -> bool:
        """Take the offer that is marked, else the first; false when there is none."""
        if self.pending and self._offered:
            row = self._list.currentIndex().row() if self._list.isVisible() else 0
            self._take(self._offered[row if 0 <= row < len(self._offered) else 0])
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit:
            if event.type() == QEvent.Type.KeyPress:
                return isinstance(event, QKeyEvent) and self._on_key(event)
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self.update()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # From the open list. The completer hands the key on to the editor, past this filter.
            return event.key() == Qt.Key.Key_Tab and self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        """Enter and Tab take the first offer; Backspace before the caret takes the last away."""
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._settle_pending()
            return True
        if key == Qt.Key.Key_Tab and plain:
            self._settle_pending()
        if key == Qt.Key.Key_Backspace and not self.edit.text() and self._chips:
            self._drop(self._chips[-1])
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(look.px(32), self._flow.heightForWidth(width))

    def sizeHint(self) -> QSize:
        return QSize(look.px(160), self.heightForWidth(max(self.width(), look.px(160))))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(120), look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.begin(self), look.tokens()
        ground = tokens.surface if self.isEnabled() else tokens.sunken
        bad = self.property("bad") == "true"
        border = tokens.crit if bad else tokens.border_strong
        paint.draw_box(painter, self.rect(), ground, border, 6)
        if self.edit.hasFocus():
            paint.draw_ring(painter, self.rect(), 6)
