"""A note box: icon, words, and perhaps buttons, in the soft colour of its tone."""

from typing import Literal

from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink, ink_of
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

NoteTone = Literal["accent", "ok", "warn", "crit"]
ICONS: dict[NoteTone, Icon] = {
    "accent": Icon.INFO,
    "ok": Icon.CIRCLE_CHECK,
    "warn": Icon.TRIANGLE_ALERT,
    "crit": Icon.CIRCLE_ALERT,
}


class Note(QWidget):
    """Says one thing beside what it is about; `lead` begins it in bold."""

    def __init__(
        self,
        text: str,
        tone: NoteTone = "accent",
        *,
        icon: Icon | None = None,
        lead: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone: NoteTone = tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = row(self, gap=10)
        whole.setContentsMargins(12, 8, 12, 8)
        ink: Ink = tone
        self._glyph = Glyph(icon or ICONS[tone], ink, 16)
        glyph_place = column()
        glyph_place.addSpacing(1)
        glyph_place.addWidget(self._glyph)
        glyph_place.addStretch(1)
        whole.addLayout(glyph_place)
        self._body = column(gap=6)
        self._words = Label(text, "note", wrap=True, lead=lead)
        self._body.addWidget(self._words)
        self._buttons: QHBoxLayout | None = None
        whole.addLayout(self._body, 1)

    def say(self, text: str, tone: NoteTone | None = None, *, icon: Icon | None = None) -> None:
        """Change the words, and the tone when one is given."""
        self._words.setText(text)
        if tone:
            self._tone = tone
            self._glyph.show_as(icon or ICONS[tone], tone)
        self.update()

    def add_button(self, button: Button) -> None:
        """Put a small button under the words."""
        if self._buttons is None:
            self._buttons = row()
            self._buttons.addStretch(1)
            self._body.addLayout(self._buttons)
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def paintEvent(self, event: QPaintEvent) -> None:
        _, ground, _ = ink_of(look.tokens(), self._tone)
        paint.draw_box(paint.begin(self), self.rect(), QColor(ground).name(), "", 6)
