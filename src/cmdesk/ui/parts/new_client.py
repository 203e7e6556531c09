"""The dialog that adds a client."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from cmdesk.casework import clients
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.duplicates import Alike
from cmdesk.rules.codes import ClientStatus
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.page import Route
from cmdesk.ui.parts.alike_note import AlikeNote, Typed
from cmdesk.ui.widgets.button import Button

WIDE = 560
KEY = "new_client"


def faults(draft: ClientDraft, today: date) -> dict[str, str]:
    """Map fields to what keeps the client from being added."""
    found: dict[str, str] = {}
    if not (draft.given_name.strip() or draft.preferred_name.strip()):
        found["given_name"] = "What are they called?"
    if draft.born and draft.born > today:
        found["born"] = "This birth date is still to come."
    return found


class NewClient(RecordSheet[ClientDraft]):
    """Leads to the chart: that of the client added, or the one there is already."""

    def __init__(self, desk: Desk, *, status: str = ClientStatus.ACTIVE) -> None:
        tr = desk.words.tr
        super().__init__(desk, tr("New client"), KEY, width=WIDE)
        self.add(Section("", self._rows()))
        self.namesake = AlikeNote(desk, self._typed, clients_only=True)
        self.whole.addWidget(self.namesake)
        self.namesake.same.connect(self._on_same)
        self.save = Button(tr("Add client"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save, self.add_client)
        self.begin(ClientDraft(status=status))

    def _rows(self) -> list[Bound | Sequence[Bound]]:
        tr, desk = self.tr_, self.desk
        states = ((ClientStatus.ACTIVE, tr("Active")), (ClientStatus.PROSPECTIVE, tr("Inquiry")))
        return [
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
        ]

    def faults(self) -> Mapping[str, str]:
        found = faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Look whether this client is there already."""
        self.namesake.touch()

    def _typed(self) -> Typed:
        draft = self.draft
        return draft.given_name or draft.preferred_name, draft.family_name, draft.born, (), ()

    def _on_same(self, who: Alike) -> None:
        """Go to the chart there is; nothing is added."""
        self.keeper.throw_away()
        self.close_dialog()
        if who.client_id is not None:
            self.desk.go(Route("chart", who.client_id))

    def add_client(self) -> None:
        """Add the client as typed."""
        if not self.save.isEnabled() or not self.check():
            return
        self.save.setEnabled(False)
        act = Act(self.tr_("Add client"))
        self.desk.do(self, act, clients.add, self.draft).then(self._done).otherwise(self._failed)

    def _done(self, client_id: int) -> None:
        self.keeper.throw_away()
        draft = self.draft
        shown = self.desk.privacy.name(draft.preferred_name.strip() or draft.given_name.strip())
        self.desk.done(self.tr_("{name} added").format(name=shown))
        self.close_dialog()
        self.desk.go(Route("chart", client_id))

    def _failed(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        self.say_failed(error)


def open_new_client(desk: Desk, window: QWidget, status: str = ClientStatus.ACTIVE) -> NewClient:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, NewClient)
    if standing is not None:
        return standing
    dialog = NewClient(desk, status=status)
    dialog.again = lambda desk, window: open_new_client(desk, window, status)
    open_over(window, dialog, dialog.keeper.place(dialog.field("given_name").editor))
    return dialog
