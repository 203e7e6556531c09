"""Files from elsewhere, taken into a chart one after the other; each is one step to undo."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from PySide6.QtWidgets import QWidget

from cmdesk.casework import documents, file_look
from cmdesk.casework.file_look import Looked
from cmdesk.errors import Problem
from cmdesk.rules import document_draft
from cmdesk.rules.document_draft import PDF, DocumentForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import document_fields, last_try
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.form import Form
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.files_card import size
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

WIDE: Final = 640


class Read(NamedTuple):
    """A file as it was read, and what it is."""

    content: bytes
    looked: Looked


def read(path: Path) -> Read:
    """Read a file of up to 25 MB. Raises Problem for a folder, or what can't be kept here."""
    try:
        if path.is_dir():
            raise Problem("Folders can\u2019t be kept here.", "Add the files in it.")
        if not path.is_file():
            raise Problem("This file is no longer there.", "Choose another.")
        file_look.refuse_large(path.stat().st_size)
        with path.open("rb") as file:
            content = file.read(file_look.LARGEST + 1)  # it may grow while it is read
    except OSError as error:
        raise Problem("This file can\u2019t be read.", "Choose another, or try again.") from error
    return Read(content, file_look.look(content))


class FileIn(Sheet):
    """Reads each file in the background, asks what it is, and keeps it.

    The files stay where they are; nothing of one is kept before its button is pressed. What is
    typed about them is, and after a lock they are read again where they lie.
    """

    def __init__(self, desk: Desk, client_id: int, paths: Sequence[Path]) -> None:
        tr = desk.words.tr
        super().__init__(desk, tr("Keep a file"), width=WIDE)
        self.client_id, self._paths = client_id, list(paths)
        self._place = 0
        self._read: Read | None = None
        whole = self.lay(QWidget())
        self.place = Label("", "small", "text2")
        self.name = Label("", "medium", elide=True)
        self.about = Label("", "small", "text2", wrap=True)
        self.warning = Note("", "warn")
        self.form: Form[DocumentForm] = Form(document_fields.rows(desk), self._faults)
        for part in (self.place, self.name, self.about, self.warning, self.form):
            whole.addWidget(part)
        self._still = Label(tr("Keep or delete the original yourself."), "small", "text2")
        self.skip = Button(tr("Skip"))
        self.keep_button = Button(tr("Keep in chart"), "primary", keys="Ctrl+Return")
        self.foot.addWidget(self._still, 1)
        self.foot.addWidget(self.skip)
        self.foot.addWidget(self.keep_button)
        self.skip.clicked.connect(self.go_on)
        self.keep_button.clicked.connect(self.keep)
        self._make_keeper()
        self.form.edited.connect(self._on_edited)
        self.on_finish(self.keep)
        self._begin()
        self._tell_place()

    def _make_keeper(self) -> None:
        """Keep which files wait, and what is typed of each."""
        client_id = self.client_id
        self.keeper = Keeper(self.desk, self, key(client_id), self._body, lambda: client_id)
        self.keeper.trouble.connect(self.say_trouble)
        self.closed.connect(self._on_closed)
        self.back = DraftBack(self, self.desk.words)
        self.back.start_over.connect(self._start_over)
        kept = self.keeper.kept()
        self._typed: dict[str, dict[str, Any]] = dict(kept.body["typed"]) if kept else {}
        self.keeper.touch()

    def _body(self) -> dict[str, Any]:
        waiting = [str(path) for path in self._paths[self._place :]]
        return {"paths": waiting, "typed": self._typed}

    def _on_closed(self) -> None:
        """Keep what was typed; files nothing was said of are given again."""
        if self._typed:
            self.keeper.keep_now()
        else:
            self.keeper.throw_away()

    def _start_over(self) -> None:
        """Take the file at hand as if nothing had been typed of it."""
        self._typed.pop(self._path, None)
        self.back.show(came=False)
        self.form.load(self._described)
        self.keeper.touch()

    @property
    def _path(self) -> str:
        return str(self._paths[self._place])

    @property
    def _described(self) -> DocumentForm:
        return document_draft.described(self._paths[self._place].name, self.desk.today())

    def add(self, paths: Sequence[Path]) -> None:
        """Put more files behind those there are."""
        self._paths += paths
        self.keeper.touch()
        self._tell_place()

    def _begin(self) -> None:
        """Read the file at hand, and say so while it lasts."""
        path = self._paths[self._place]
        self._read = None
        self.say_trouble("")
        self.name.setText(self.desk.privacy.file(path.name))
        self.about.setText(self.tr_("Reading \u2026"))
        typed = self._typed.get(self._path)
        self.back.show(came=typed is not None)
        self.form.load(draft_of(typed, self._described) if typed else self._described)
        self._show(ready=False)
        place = self._place

        def take(found: Read) -> None:
            if place == self._place:  # else it was skipped meanwhile
                self._on_read(found)

        def tell(error: BaseException) -> None:
            if place == self._place:
                self._on_unread(error)

        self.desk.run(self, partial(read, path)).then(take).otherwise(tell)

    def _show(self, *, ready: bool, warning: str = "") -> None:
        self.form.setVisible(ready)
        self.keep_button.setEnabled(ready)
        self.warning.say(warning)
        self.warning.setVisible(bool(warning))

    def _tell_place(self) -> None:
        tr, many = self.tr_, len(self._paths) > 1
        words = tr("File {n} of {m}").format(n=self._place + 1, m=len(self._paths))
        self.place.setText(words)
        self.place.setVisible(many)
        self.skip.setText(tr("Skip") if self._place + 1 < len(self._paths) else tr("Close"))

    def _on_read(self, found: Read) -> None:
        self._read = found
        self.about.setText(self._words(found))
        warning = ""
        if found.looked.locked:
            warning = self.tr_("It has a password. Keep that too, or it stays closed.")
        elif found.looked.damaged:
            warning = self.tr_("This PDF is damaged. Ask for another copy.")
        self._show(ready=True, warning=warning)
        title = self.form.field("title").editor
        self.go_to(self.keeper.place(title) if self._path in self._typed else title)
        if warning:
            self.desk.say.announce(warning)

    def _words(self, found: Read) -> str:
        tr, looked = self.tr_, found.looked
        kind = tr("PDF") if looked.media_type == PDF else tr("Picture")
        parts = [kind, size(len(found.content))]
        if looked.pages:
            pages = self.desk.words.ntr("{n} page", "{n} pages", looked.pages)
            parts.insert(1, pages.format(n=looked.pages))
        return phrases.BETWEEN.join(parts)

    def _on_unread(self, error: BaseException) -> None:
        """Say why this one can't be kept; the others still can."""
        self.about.setText(self.tr_("Not kept"))
        self.say_failed(error)
        self.skip.setFocus()

    def _faults(self, form: DocumentForm) -> Mapping[str, str]:
        found = document_draft.faults(form, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def _on_edited(self) -> None:
        self._typed[self._path] = body_of(self.form.draft)
        self.keeper.touch()
        self.say_trouble("")

    def keep(self) -> None:
        """Take the file at hand into the chart."""
        if self._read is None or not self.keep_button.isEnabled() or not self.form.check():
            return
        self.keep_button.setEnabled(False)
        self.skip.setEnabled(False)
        content, looked = self._read
        name = self._paths[self._place].name
        self.desk.do(
            self,
            Act(self.tr_("Keep a file")),
            documents.take_in,
            *(self.client_id, content, name, self.form.draft, looked),
        ).then(self._on_kept).otherwise(self._on_failed)

    def _on_kept(self, _number: int) -> None:
        self.desk.done(self.tr_("File kept in the chart"))
        self.go_on()

    def _on_failed(self, error: BaseException) -> None:
        self.keep_button.setEnabled(True)
        self.skip.setEnabled(True)
        self.say_failed(error)

    def go_on(self) -> None:
        """Go to the next file; after the last, away."""
        self._read = None
        self.skip.setEnabled(True)
        self._typed.pop(self._path, None)
        if self._place + 1 == len(self._paths):
            self._typed.clear()
            self.close_dialog()
            return
        self._place += 1
        self.keeper.touch()
        self._begin()
        self._tell_place()


def key(client_id: int) -> str:
    """Name the draft; after a merge its chart is found by the new number."""
    return f"file_in:new:{client_id}"


def go_on(desk: Desk, window: QWidget, client_id: int) -> FileIn | None:
    """Take up the files that waited when the records were locked, if there are any."""
    kept = last_try.newest(desk, key(client_id))
    paths = [Path(path) for path in kept.body["paths"]] if kept else []
    return open_file_in(desk, window, client_id, paths) if paths else None


def open_file_in(desk: Desk, window: QWidget, client_id: int, paths: Sequence[Path]) -> FileIn:
    """Ask what these files are, over the window; more files join those that wait."""
    standing = standing_open(window, FileIn)
    if standing is not None and standing.client_id == client_id:
        standing.add(paths)
        return standing
    dialog = FileIn(desk, client_id, paths)
    dialog.again = partial(go_on, client_id=client_id)
    open_over(window, dialog, dialog.form.first)
    return dialog
