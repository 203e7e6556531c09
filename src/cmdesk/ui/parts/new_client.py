"""The dialog that adds a client."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal

from cmdesk.casework import clients
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.duplicates import Alike
from cmdesk.rules.codes import ClientStatus
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.form import Form
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.parts.alike_note import AlikeNote, Typed
from cmdesk.ui.widgets.button import Button

WIDTH = 560


def faults(draft: ClientDraft, today: date) -> dict[str, str]:
    """Map fields to what keeps the client from being added."""
    found: dict[str, str] = {}
    if not (draft.given_name.strip() or draft.preferred_name.strip()):
        found["given_name"] = "What are they called?"
    if draft.born and draft.born > today:
        found["born"] = "This birth date is still to come."
    return found


class NewClient(Dialog):
    """Signals `added(int)`: the client is in the records; `same(int)`: it is this one already."""

    added = Signal(int)
    same = Signal(int)

    def __init__(self, desk: Desk, *, status: str = ClientStatus.ACTIVE) -> None:
        tr = desk.words.tr
        super().__init__(tr("New client"), width=WIDTH, close_word=tr("Close"))
        self._desk = desk
        states = ((ClientStatus.ACTIVE, tr("Active")), (ClientStatus.PROSPECTIVE, tr("Inquiry")))
        self.form: Form[ClientDraft] = Form(
            [
                [
                    form.line("given_name", tr("First name")),
                    form.line("family_name", tr("Last name")),
                ],
                [
                    form.line("preferred_name", tr("Called"), placeholder=tr("If another name")),
                    form.line("pronouns", tr("Pronouns"), placeholder=tr("she/her")),
                ],
                [
                    form.day("born", tr("Born"), desk.today, desk.words.short_day),
                    form.choice("status", tr("Begins as"), states),
                ],
            ],
            self._faults,
        )
        self.body.addWidget(self.form)
        self.namesake = AlikeNote(desk, self._typed, clients_only=True)
        self.body.addWidget(self.namesake)
        self.form.load(ClientDraft(status=status))
        self.form.edited.connect(self.namesake.touch)
        self.namesake.same.connect(self._on_same)
        self.add_foot()
        cancel = Button(tr("Cancel"), "plain")
        cancel.clicked.connect(self.close_dialog)
        self.save = Button(tr("Add client"), "primary", keys="Ctrl+Return")
        self.save.setShortcut("Ctrl+Return")
        self.save.clicked.connect(self._add)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.save)

    def _faults(self, draft: ClientDraft) -> Mapping[str, str]:
        found = faults(draft, self._desk.today())
        return {name: self._desk.words.tr(text) for name, text in found.items()}

    def _typed(self) -> Typed:
        draft = self.form.draft
        return draft.given_name or draft.preferred_name, draft.family_name, draft.born, (), ()

    def _on_same(self, who: Alike) -> None:
        """Go to the chart there is; nothing is added."""
        self.close_dialog()
        if who.client_id is not None:
            self.same.emit(who.client_id)

    def _add(self) -> None:
        if not self.form.check():
            return
        self.save.setEnabled(False)
        draft, name = self.form.draft, self._desk.words.tr("Add client")
        self._desk.do(self, name, clients.add, draft).then(self._done).otherwise(self._failed)

    def _done(self, client_id: int) -> None:
        draft = self.form.draft
        shown = self._desk.privacy.name(draft.preferred_name.strip() or draft.given_name.strip())
        self._desk.done(self._desk.words.tr("{name} added").format(name=shown))
        self.close_dialog()
        self.added.emit(client_id)

    def _failed(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        self._desk.say.failure(error)
