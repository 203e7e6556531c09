"""What a list shows when it has nothing: one line on what lives here, and one or two ways in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

MEASURE = 290
UNBOUNDED = (1 << 24) - 1


class Empty(QWidget):
    """Icon, heading, a sentence and buttons in the middle of the space there is."""

    def __init__(
        self,
        icon: Icon,
        heading: str,
        text: str,
        buttons: Sequence[Button] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        whole = column(self, gap=0, edge=24)
        whole.addStretch(1)
        whole.addWidget(Glyph(icon, "text3", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addSpacing(8)
        self._heading = Label(heading, "heading", wrap=True, align=paint.CENTRE)
        self._text = Label(text, "body", "text2", wrap=True, align=paint.CENTRE)
        whole.addWidget(self._heading)
        whole.addWidget(self._text, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()
        whole.addSpacing(16)
        line = row()
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(1)

    def say(self, heading: str, text: str) -> None:
        self._heading.setText(heading)
        self._text.setText(text)
        self._fit()

    def _fit(self) -> None:
        self._text.setMaximumWidth(UNBOUNDED)
        self._text.setFixedWidth(min(look.px(MEASURE), self._text.sizeHint().width()))
