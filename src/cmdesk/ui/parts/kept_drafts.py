"""What was typed for this client and never saved: offered again, above the log."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import clock, drafts
from cmdesk.casework.drafts import Kept
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.note import Note

PREFIX = "entry:"


class KeptDrafts(QWidget):
    """Signals `entry_asked(int)`: the entry the draft belongs to; `log_asked`: a new one."""

    entry_asked = Signal(int)
    log_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._client_id = desk, 0
        self._whole = column(self, gap=8)
        self._shown: list[QWidget] = []
        self.hide()

    def show_client(self, client_id: int) -> None:
        self._client_id = client_id
        for old in self._shown:
            self._whole.removeWidget(old)
            old.hide()
            old.deleteLater()
        kept = self._desk.ask(drafts.of_client, client_id, PREFIX)
        self._shown = [self._note(draft) for draft in kept]
        for each in self._shown:
            self._whole.addWidget(each)
        self.setVisible(bool(kept))

    def _note(self, draft: Kept) -> Note:
        words = self._desk.words
        at = draft.saved_at.astimezone(self._desk.ask(clock.zone))
        when = words.time(at)
        if at.date() != self._desk.today():
            when = f"{words.near_day(at.date(), self._desk.today())}, {when}"
        lead = words.tr("A draft from {when} was kept").format(when=when)
        note = Note(words.tr("and was never saved."), icon=Icon.HISTORY, lead=lead)
        open_it = Button(words.tr("Open draft"), size="small")
        discard = Button(words.tr("Discard"), "plain", size="small")
        number = draft.key.removeprefix(PREFIX)

        def open_draft() -> None:
            if number.isdigit():
                self.entry_asked.emit(int(number))
            else:
                self.log_asked.emit()

        def drop() -> None:
            label = words.tr("Discard a draft")
            self._desk.do(self, label, drafts.discard, draft.key).then(self._on_dropped)

        open_it.clicked.connect(open_draft)
        discard.clicked.connect(drop)
        note.add_button(open_it)
        note.add_button(discard)
        return note

    def _on_dropped(self, _: object) -> None:
        """Drafts are outside the journal, so no change is announced."""
        self.show_client(self._client_id)
