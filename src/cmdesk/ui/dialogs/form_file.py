"""A signed paper: a file inside the vault, or a sheet in the practitioner's own files."""

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
KINDS = "Signed papers (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)"


class _Box(QWidget):
    """The bordered line a file name stands in."""

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = look.tokens()
        paint.draw_box(paint.begin(self), self.rect(), tokens.surface, tokens.border, 6)


class FormFile(QWidget):
    """Signals: `attached(bytes, str)`, `view_asked(int)`, `edited()`, `failed(Problem)`.

    `edited` is of the box that says it is on paper, which only a signed form has.
    """

    attached = Signal(bytes, str)
    view_asked = Signal(int)
    edited = Signal()
    failed = Signal(object)

    def __init__(
        self, tr: Callable[[str], str], choose: Choose, title: str, *, paper: bool = False
    ) -> None:
        """With `paper`, it may also be a sheet that is in no file."""
        super().__init__()
        self._tr, self._choose, self._paper, self._title = tr, choose, paper, title
        self.document_id: int | None = None
        whole = column(self, gap=4)
        whole.addWidget(Label(title, "label", "text2"))
        box = _Box()
        line = row(box, gap=8)
        line.setContentsMargins(11, 1, 11, 1)
        look.hold_height(box, 32)
        line.addWidget(Glyph(Icon.FILE_TEXT, "text2", 16))
        self.name = Label("", "body", elide=True)
        line.addWidget(self.name, 1)
        self.view = Button(tr("View"), "link")
        self.view.setAccessibleName(f"{tr('View')}: {title}")
        self.view.clicked.connect(self._on_view)
        line.addWidget(self.view)
        self.attach = Button(tr("Attach"), "link")
        self.attach.clicked.connect(self._on_attach)
        line.addWidget(self.attach)
        whole.addWidget(box)
        self.on_paper = CheckBox(tr("Signed on paper, in my files"))
        self.on_paper.clicked.connect(self.edited)
        whole.addWidget(self.on_paper)

    def show_file(self, document_id: int | None, name: str, *, on_file: bool = False) -> None:
        """Show what is on file: a name, or only that there is a form."""
        self.document_id = document_id
        self.name.setText(name or self._tr("No file attached"))
        self.name.set_ink("text" if name else "text2")
        self.view.setVisible(document_id is not None)
        words = self._tr("Replace") if name else self._tr("Attach")
        self.attach.setText(words)
        self.attach.setAccessibleName(f"{words}: {self._title}")
        self.on_paper.setChecked(on_file)
        on_paper = self._paper and not name
        self.on_paper.setVisible(on_paper)
        if on_paper:  # what stands below must not move under the pointer once a file is attached
            place = self.on_paper.sizePolicy()
            place.setRetainSizeWhenHidden(True)
            self.on_paper.setSizePolicy(place)

    def _on_view(self) -> None:
        if self.document_id is not None:
            self.view_asked.emit(self.document_id)

    def _on_attach(self) -> None:
        path = self._choose(self, self._tr("Attach: {what}").format(what=self._title), KINDS)
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
