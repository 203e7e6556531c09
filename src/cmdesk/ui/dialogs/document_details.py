"""What is said of a file in the vault: its title, kind and days; or it leaves its chart."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import documents
from cmdesk.rules import document_draft
from cmdesk.rules.document_draft import DocumentForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import document_fields
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 640


class DocumentDetails(RecordSheet[DocumentForm]):
    """Signals `saved` and `removed`: the file is said anew, or out of its chart."""

    saved = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, document_id: int) -> None:
        tr, shown = desk.words.tr, desk.ask(documents.row, document_id)
        key = f"document:{document_id}"
        super().__init__(desk, tr("File"), key, width=WIDE, client_id=shown.client_id)
        self._document_id = document_id
        self.add(Section("", document_fields.rows(desk)))
        self.remove = Button(tr("Remove from chart"), "danger")
        self.remove.clicked.connect(self._remove)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        filed = shown.client_id is not None
        self.foot_buttons((self.remove,) if filed else (), self.save_button, self.save)
        self.begin(desk.ask(documents.read, document_id))

    def faults(self) -> Mapping[str, str]:
        found = document_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        """Say of the file what is typed; its content stays."""
        if not self.save_button.isEnabled() or not self.check():
            return
        self._busy(now=True)
        act = Act(self.tr_("Change a file\u2019s details"))
        self.desk.do(self, act, documents.save, self._document_id, self.draft).then(
            self._on_saved
        ).otherwise(self._on_failed)

    def _on_saved(self, _nothing: None) -> None:
        self.keeper.throw_away()
        self.desk.done(self.tr_("Details saved"))
        self.close_dialog()
        self.saved.emit()

    def _remove(self) -> None:
        self._busy(now=True)
        act = Act(self.tr_("Remove a file from its chart"))
        self.desk.do(self, act, documents.remove, self._document_id).then(
            self._on_removed
        ).otherwise(self._on_failed)

    def _on_removed(self, _nothing: None) -> None:
        self.keeper.throw_away()
        self.desk.done(self.tr_("File removed from the chart"))
        self.close_dialog()
        self.removed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._busy(now=False)
        self.say_failed(error)

    def _busy(self, *, now: bool) -> None:
        for button in (self.save_button, self.remove):
            button.setEnabled(not now)


def open_details(desk: Desk, parent: QWidget, document_id: int) -> DocumentDetails:
    """Open over the window `parent` is in."""
    standing = standing_open(parent, DocumentDetails)
    if standing is not None:
        return standing
    dialog = DocumentDetails(desk, document_id)
    dialog.again = lambda desk, parent: open_details(desk, parent, document_id)
    open_over(parent, dialog, dialog.keeper.place(dialog.field("title").editor))
    return dialog
