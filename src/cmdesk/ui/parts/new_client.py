"""The dialog that adds a client."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal

from cmdesk.casework import clients
from cmdesk.casework.clients import ClientDraft
from cmdesk.rules.codes import ClientStatus
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.form import Form
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.note import Note

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
    """Signal `added(int)`: the client is in the records."""

    added = Signal(int)

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
        self._namesake = Note("", "warn")
        self._namesake.hide()
        self.body.addWidget(self._namesake)
        self.form.load(ClientDraft(status=status))
        self.form.edited.connect(self._look_for_namesakes)
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

    def _look_for_namesakes(self) -> None:
        """Two people may share a name, so say the birth years and let it be."""
        draft, words = self.form.draft, self._desk.words
        born = self._desk.ask(clients.namesakes, draft) if draft.given_name.strip() else []
        years = [str(day.year) if day else words.tr("an unknown year") for day in born]
        if years:
            text = words.tr("You have a client of this name, born in {years}.")
            self._namesake.say(text.format(years=words.listed(years)))
        self._namesake.setVisible(bool(years))

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
