"""One choice of a few, side by side: arrow keys move, Space picks."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Role
from cmdesk.ui.widgets import paint

GLYPH, GAP = 16, 6


@dataclass(frozen=True, slots=True)
class Segment:
    """One of the choices; `more` is a count or a remark in a lighter ink."""

    key: str
    text: str
    more: str = ""
    icon: Icon | None = None
    enabled: bool = True


class _Choice(QAbstractButton):
    """One segment; the picked one looks raised."""

    def __init__(self, segment: Segment, parent: "Segmented") -> None:
        super().__init__(parent)
        self.segment, self._bar = segment, parent
        self.setCheckable(True)
        self.setText(segment.text)
        self.setAccessibleName(f"{segment.text} {segment.more}".strip())
        self.setEnabled(segment.enabled)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def _role(self) -> Role:
        return "label" if self._bar.small else "medium"

    def _content(self) -> int:
        width = paint.text_width(self.text(), self._role())
        more = self.segment.more
        width += look.px(GAP) + paint.text_width(more, self._role()) if more else 0
        return width + (look.px(GLYPH + (GAP if self.text() else 0)) if self.segment.icon else 0)

    def sizeHint(self) -> QSize:
        padding, height = (9, 24) if self._bar.small else (11, 28)
        return QSize(self._content() + 2 * look.px(padding), look.px(height) - 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.begin(self), look.tokens()
        ink = "text" if self.isChecked() else "text2"
        if not self.isEnabled():
            ink = "text3"
        if self.isChecked():
            paint.draw_box(painter, self.rect(), tokens.surface, tokens.border, 4)
        elif self.underMouse() and self.isEnabled():
            paint.draw_box(painter, self.rect(), tokens.hover, "", 4)
        left = paint.centred(self.rect(), self._content(), self.height()).x()
        if self.segment.icon:
            side = look.px(GLYPH)
            glyph = paint.centred(self.rect(), side, side)
            glyph.moveLeft(left)
            icons.draw(painter, self.segment.icon, glyph, look.colour(ink))
            left += side + look.px(GAP)
        place = QRect(left, 0, self.width(), self.height())
        left += paint.draw_text(painter, place, self.text(), self._role(), ink) + look.px(GAP)
        if self.segment.more:
            place = QRect(left, 0, self.width(), self.height())
            paint.draw_text(painter, place, self.segment.more, self._role(), "text3")


class Segmented(QWidget):
    """Signal `chosen(str)`: the key the user picked. Setting `current` is silent."""

    chosen = Signal(str)

    def __init__(
        self,
        segments: Sequence[Segment],
        name: str,
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.small = small
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(0)
        self._choices: dict[str, _Choice] = {}
        self.offer(segments)

    def offer(self, segments: Sequence[Segment]) -> None:
        """Show these choices; the picked key stays picked if it is still there."""
        picked = self.current
        for choice in self._choices.values():
            self._group.removeButton(choice)
            self._row.removeWidget(choice)
            choice.hide()
            choice.deleteLater()
        self._choices = {segment.key: _Choice(segment, self) for segment in segments}
        for choice in self._choices.values():
            self._group.addButton(choice)
            self._row.addWidget(choice)
        if self._choices:
            self.choose(picked if picked in self._choices else next(iter(self._choices)))

    @property
    def current(self) -> str:
        """The picked key, or empty when there is nothing to pick."""
        return next((key for key, choice in self._choices.items() if choice.isChecked()), "")

    def choose(self, key: str) -> None:
        self._choices[key].setChecked(True)
        for other, choice in self._choices.items():
            choice.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus
            )

    def _on_clicked(self, choice: QAbstractButton) -> None:
        if isinstance(choice, _Choice):
            self.choose(choice.segment.key)
            self.chosen.emit(choice.segment.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        places = [choice for choice in self._choices.values() if choice.isEnabled()]
        focused = next((n for n, choice in enumerate(places) if choice.hasFocus()), None)
        if step and focused is not None:
            places[(focused + step) % len(places)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = look.tokens()
        paint.draw_box(paint.begin(self), self.rect(), tokens.sunken, tokens.border, 6)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.updateGeometry()
