"""The signed form: a file inside the vault, or a sheet of paper in the practitioner's own files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from cmdesk.errors import Problem
from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

Choose = Callable[[QWidget, str, str], Path | None]
KINDS = "Signed forms (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)"


class _Box(QWidget):
    """The bordered line a file name stands in."""

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = look.tokens()
        paint.draw_box(paint.begin(self), self.rect(), tokens.surface, tokens.border, 6)


class FormFile(QWidget):
    """Signals: `attached(bytes, str)`, `edited()` of the paper box, `failed(Problem)`."""

    attached = Signal(bytes, str)
    edited = Signal()
    failed = Signal(object)

    def __init__(self, tr: Callable[[str], str], choose: Choose) -> None:
        super().__init__()
        self._tr, self._choose = tr, choose
        whole = column(self, gap=4)
        whole.addWidget(Label(tr("Signed form"), "label", "text2"))
        box = _Box()
        line = row(box, gap=8)
        line.setContentsMargins(11, 1, 11, 1)
        box.setFixedHeight(look.px(32))
        line.addWidget(Glyph(Icon.FILE_TEXT, "text2", 16))
        self.name = Label("", "body", elide=True)
        line.addWidget(self.name, 1)
        self.attach = Button(tr("Attach"), "link")
        self.attach.clicked.connect(self._on_attach)
        line.addWidget(self.attach)
        whole.addWidget(box)
        self.on_paper = CheckBox(tr("Signed on paper, in my files"))
        self.on_paper.clicked.connect(self.edited)
        whole.addWidget(self.on_paper)

    def show_file(self, name: str, *, on_file: bool) -> None:
        """Show what is on file: a name, or only that there is a form."""
        self.name.setText(name or self._tr("No file attached"))
        self.name.set_ink("text" if name else "text2")
        self.attach.setText(self._tr("Replace") if name else self._tr("Attach"))
        self.on_paper.setChecked(on_file)
        self.on_paper.setVisible(not name)

    def _on_attach(self) -> None:
        path = self._choose(self, self._tr("Attach the signed form"), KINDS)
        if path is None:
            return
        try:
            content = path.read_bytes()
        except OSError:
            problem = Problem(
                self._tr("This file can\u2019t be read."), self._tr("Choose another, or try again.")
            )
            self.failed.emit(problem)
            return
        self.attached.emit(content, path.name)
