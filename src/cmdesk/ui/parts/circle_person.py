"""The dialog that adds someone to a client's circle."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal

from cmdesk.casework import clients
from cmdesk.rules.codes import Relationship
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.form import Form
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button

WIDTH = 480


@dataclass(frozen=True, slots=True)
class CircleDraft:
    given_name: str = ""
    family_name: str = ""
    relationship: str = Relationship.OTHER


class CirclePerson(Dialog):
    """Signal `added(int)`: the person is in the circle."""

    added = Signal(int)

    def __init__(self, desk: Desk, client_id: int) -> None:
        tr = desk.words.tr
        super().__init__(tr("Add someone to the circle"), width=WIDTH, close_word=tr("Close"))
        self._desk, self._client_id = desk, client_id
        self.form: Form[CircleDraft] = Form(
            [
                [
                    form.line("given_name", tr("First name")),
                    form.line("family_name", tr("Last name")),
                ],
                form.choice(
                    "relationship",
                    tr("Who they are"),
                    [(each, tr(each.label)) for each in Relationship],
                ),
            ],
            self._faults,
        )
        self.form.load(CircleDraft())
        self.body.addWidget(self.form)
        self.add_foot()
        cancel = Button(tr("Cancel"), "plain")
        cancel.clicked.connect(self.close_dialog)
        self.save = Button(tr("Add person"), "primary", keys="Ctrl+Return")
        self.save.setShortcut("Ctrl+Return")
        self.save.clicked.connect(self._add)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.save)

    def _faults(self, draft: CircleDraft) -> Mapping[str, str]:
        if draft.given_name.strip() or draft.family_name.strip():
            return {}
        return {"given_name": self._desk.words.tr("A person needs a name.")}

    def _add(self) -> None:
        if not self.form.check():
            return
        self.save.setEnabled(False)
        draft, label = self.form.draft, self._desk.words.tr("Add to the circle")
        names = (draft.given_name, draft.family_name, draft.relationship)
        self._desk.do(self, label, clients.add_to_circle, self._client_id, *names).then(
            self._done
        ).otherwise(self._failed)

    def _done(self, person_id: int) -> None:
        draft = self.form.draft
        shown = self._desk.privacy.name(draft.given_name.strip() or draft.family_name.strip())
        self._desk.done(self._desk.words.tr("{name} added").format(name=shown))
        self.close_dialog()
        self.added.emit(person_id)

    def _failed(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        self._desk.say.failure(error)
