"""A file of the vault, looked at inside the program: nothing is written to disk."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.casework import documents, file_look
from cmdesk.casework.documents import DocumentRow
from cmdesk.errors import Problem
from cmdesk.rules.document_draft import ENDINGS, PDF, media_type
from cmdesk.ui import handing, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.document_details import open_details
from cmdesk.ui.icons import Icon
from cmdesk.ui.names_cover import NamesCover
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.parts.letter_preview import LetterPreview
from cmdesk.ui.parts.picture_view import PictureView
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

WIDE, TALL, LEAST = 720, 640, 240  # pixels
ChooseSave = Callable[[QWidget, str, str, str], Path | None]


class _Views(QStackedWidget):
    """As tall as a page wants, where the window has the room."""

    def sizeHint(self) -> QSize:
        return QSize(WIDE, look.px(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LEAST)


class DocumentDialog(Dialog):
    """Shows a PDF or a picture; of anything else, why it can't be shown."""

    _noted = True  # that it was opened; not before it is built

    def __init__(
        self, desk: Desk, document_id: int, choose: ChooseSave = handing.choose_save
    ) -> None:
        """`choose` asks where a copy goes: an edge to the system."""
        tr = desk.words.tr
        super().__init__("", width=WIDE, close_word=tr("Close"))
        self._desk, self._choose = desk, choose
        self._stack = _Views()
        self.warning = Note(tr("The copy is not encrypted. Whoever finds it can read it."), "warn")
        self.export = Button(tr("Choose where …"), size="small", icon=Icon.FILE_OUTPUT)
        self.export.clicked.connect(self._on_export)
        self.warning.add_button(self.export)
        self.warning.hide()
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.warning)
        self._lay_out_foot()
        self._bind_keys()
        self._show(document_id)
        self.names_cover = NamesCover(self, desk)

    def _lay_out_foot(self) -> None:
        tr = self._desk.words.tr
        self.add_foot()
        self.before = IconButton(Icon.CHEVRON_LEFT, tr("File before"), size="small")
        self.place = Label("", "body", "text2")
        self.after = IconButton(Icon.CHEVRON_RIGHT, tr("Next file"), size="small")
        self.details = Button(tr("Details"))
        self.take_out = Button(tr("Export …"))
        self.before.clicked.connect(partial(self._turn, -1))
        self.after.clicked.connect(partial(self._turn, 1))
        self.details.clicked.connect(self._on_details)
        self.take_out.clicked.connect(self._on_take_out)
        for part in (self.before, self.place, self.after):
            self.foot.addWidget(part)
        self.foot.addStretch(1)
        self.foot.addWidget(self.take_out)
        self.foot.addWidget(self.details)

    def _bind_keys(self) -> None:
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("PgDown", partial(self._page, 1)),
            ("PgUp", partial(self._page, -1)),
            ("Ctrl+PgDown", partial(self._turn, 1)),
            ("Ctrl+PgUp", partial(self._turn, -1)),
            *((keys, partial(self._zoom, 1)) for keys in ("+", "=")),
            ("-", partial(self._zoom, -1)),
        )
        for keys, act in acts:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show(self, document_id: int) -> None:
        """Put a file into the window, instead of the one before."""
        desk = self._desk
        self.shown: DocumentRow = desk.ask(documents.row, document_id)
        content = desk.ask(documents.content, document_id)
        client = self.shown.client_id
        rows = desk.ask(documents.rows, client) if client is not None else [self.shown]
        self._all = [each.id for each in rows]
        title = desk.privacy.file(self.shown.title)
        self.title.setText(title)
        self.setAccessibleName(title)
        old, view = self._stack.currentWidget(), self._view(content, title)
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self._drop(old)
        self.warning.hide()
        self._tell_place()
        self._noted = False
        self.update()

    def _drop(self, old: QWidget | None) -> None:
        if old is None:
            return
        if isinstance(old, LetterPreview):
            old.forget()
        self._stack.removeWidget(old)
        old.deleteLater()

    def _tell_place(self) -> None:
        place, count = self._all.index(self.shown.id), len(self._all)
        words = self._desk.words.tr("File {n} of {m}").format(n=place + 1, m=count)
        self.place.setText(words)
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < count - 1)
        for part in (self.before, self.place, self.after):
            part.setVisible(count > 1)
        self.details.setVisible(not self._desk.read_only)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._noted:
            self._noted = True
            QTimer.singleShot(0, self, partial(self._note, self.shown.ref, "opened", "view"))
        return super().event(event)

    def _note(self, ref: str, what: str, kind: str) -> None:
        """Add to the audit trail what was done with a file: opened once it is painted."""
        self._desk.note(self, f"Document {ref} {what}", kind)

    def _view(self, content: bytes, title: str) -> QWidget:
        tr = self._desk.words.tr
        if media_type(content) == PDF:
            preview = LetterPreview(self._desk, tr("File"))
            preview.show_pdf(content)
            if preview.pages and preview.pages.count > 0:
                return preview
            preview.say(*self._why_closed(content))
            return preview
        picture = QPixmap()
        if picture.loadFromData(content):
            return PictureView(picture, title)
        words = tr("This kind of file can’t be shown inside. Export it to see it.")
        return Label(words, "body", "text2", wrap=True)

    def _why_closed(self, content: bytes) -> tuple[str, str]:
        tr = self._desk.words.tr
        if file_look.look(content).locked:
            return tr("This PDF has a password"), tr("Export it to read it.")
        return tr("This PDF is damaged"), tr("Ask for another copy.")

    # Ways through.

    def _turn(self, step: int) -> None:
        place = self._all.index(self.shown.id) + step
        if 0 <= place < len(self._all):
            self._show(self._all[place])

    def _page(self, step: int) -> None:
        view = self._stack.currentWidget()
        if isinstance(view, LetterPreview):
            (view.on if step > 0 else view.back).click()
        elif isinstance(view, PictureView):
            view.page(step)

    def _zoom(self, step: int) -> None:
        view = self._stack.currentWidget()
        if isinstance(view, PictureView):
            view.turn(step)
        elif isinstance(view, LetterPreview) and step > 0:
            view.read()

    def _on_details(self) -> None:
        dialog = open_details(self._desk, self, self.shown.id)
        dialog.saved.connect(self._again)
        dialog.removed.connect(self.close_dialog)

    def _again(self) -> None:
        """Say anew what the file is now called."""
        self.shown = self._desk.ask(documents.row, self.shown.id)
        self.title.setText(self._desk.privacy.file(self.shown.title))

    def _on_take_out(self) -> None:
        """Say first what a copy outside means."""
        self.warning.show()
        self._desk.say.announce(self._desk.words.tr("The copy is not encrypted."))
        self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_export(self) -> None:
        desk, tr, shown = self._desk, self._desk.words.tr, self.shown
        ending = ENDINGS.get(shown.media_type, "")
        name = Path(shown.file_name).name or f"file{ending}"
        path = self._choose(self, tr("Where to put the copy"), name, "")
        if path is None:
            return
        try:
            handing.write_privately(path, desk.ask(documents.content, shown.id))
        except Problem as problem:
            self.warning.say(f"{problem.message} {problem.hint}", "crit")
            return
        self._note(shown.ref, "exported", "export")
        self.warning.hide()
        desk.say.toast(tr("Saved as {name}").format(name=path.name))


def open_document(desk: Desk, parent: QWidget, document_id: int) -> DocumentDialog:
    dialog = DocumentDialog(desk, document_id)
    open_over(parent, dialog)
    return dialog
