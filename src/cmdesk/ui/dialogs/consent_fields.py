"""The right side of the consent dialog: for whom, why, how long, who signed, what the form says."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from cmdesk.casework import consent_form, consents, contacts
from cmdesk.casework.consents import ConsentDraft
from cmdesk.rules.codes import Capacity, Channel, ConsentKind, Signer, Statement
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.check_group import CheckGroup
from cmdesk.ui.dialogs.form_file import Choose, FormFile
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit

ENGAGEMENT = "engagement"
NEEDS_AUTHORITY = (Signer.GUARDIAN, Signer.HEALTH_CARE_AGENT, Signer.OTHER_REPRESENTATIVE)


class ConsentFields(QWidget):
    """Signals: `edited()` by the user, `kind_changed(str)`, `failed(object)` of an attachment."""

    edited = Signal()
    kind_changed = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, client_id: int, choose: Choose) -> None:
        """`choose` asks the system for a file."""
        super().__init__()
        self._desk, self._client_id = desk, client_id
        self._tr = desk.words.tr
        self._called = desk.ask(consent_form.spoken_of, client_id)[0]
        self._document_id: int | None = None
        self._make_editors()
        self.form = FormFile(self._tr, choose)
        self.statements = CheckGroup(self._tr("The form says"), Statement, self._tr)
        self.channels = CheckGroup(self._tr("You may tell it by"), Channel, self._tr)
        self._lay_out()
        self._listen()

    def _make_editors(self) -> None:
        tr, desk = self._tr, self._desk
        self.kind = Choice([(kind, tr(kind.label)) for kind in ConsentKind], tr("Kind of form"))
        self.readers = PickField(
            lambda text: desk.ask(consent_form.may_be_told, self._client_id, text),
            tr("Name"),
            remove=tr("Remove {name}"),
        )
        self.purpose = line_edit()
        self.signed_on = DateField(desk.today, show=desk.words.short_day)
        self.expires_on = DateField(desk.today, show=desk.words.short_day)
        stays = desk.ask(consent_form.stays, self._client_id)
        leaves = tr("When {name} leaves {place}")
        self.occasion = Choice(
            [
                (None, tr("No event")),
                *(
                    (f"e{stay.id}", leaves.format(name=self._called, place=stay.name))
                    for stay in stays
                ),
                (ENGAGEMENT, tr("When our work together ends")),
            ],
            tr("Or when"),
        )
        own = {Signer.CLIENT: self._called}
        self.signer = Choice(
            [("", tr("Nobody yet")), *((each, own.get(each, tr(each.label))) for each in Signer)],
            tr("Who signed"),
        )
        self.authority = line_edit()
        self.capacity = Choice([(each, tr(each.label)) for each in Capacity], tr("Capacity"))
        for choice in (self.kind, self.occasion, self.signer, self.capacity):
            # The longest choice must not set how wide the column is.
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(6)

    def _lay_out(self) -> None:
        tr, whole = self._tr, column(self, gap=12)
        self.fields = {
            "kind": Field(tr("Kind of form"), self.kind),
            "recipients": Field(tr("Who may be told"), self.readers),
            "purpose": Field(tr("Why"), self.purpose),
            "signed_on": Field(tr("Signed"), self.signed_on),
            "expires_on": Field(tr("Ends"), self.expires_on),
            "event": Field(tr("Or sooner"), self.occasion),
            "signer": Field(tr("Who signed"), self.signer),
            "capacity": Field(tr("Capacity"), self.capacity),
            "authority": Field(tr("By what authority"), self.authority),
        }
        for names in (
            ("recipients",),
            ("purpose",),
            ("signed_on", "expires_on", "event"),
            ("signer", "capacity"),
            ("authority",),
            ("kind",),
        ):
            line = row(gap=12)
            for name in names:
                line.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            whole.addLayout(line)
        for part in (self.form, self.statements, self.channels):
            whole.addWidget(part)

    def _listen(self) -> None:
        self.kind.chosen.connect(self._on_kind)
        self.readers.picked.connect(self.edited)
        for edit in (self.purpose, self.authority):
            edit.textEdited.connect(self.edited)
        for day in (self.signed_on, self.expires_on):
            day.picked.connect(self.edited)
        for choice in (self.occasion, self.capacity):
            choice.chosen.connect(self.edited)
        self.signer.chosen.connect(self._on_signer)
        for group in (self.statements, self.channels):
            group.edited.connect(self.edited)
        self.form.edited.connect(self.edited)
        self.form.attached.connect(self._on_attached)
        self.form.failed.connect(self.failed)

    def load(self, draft: ConsentDraft) -> None:
        """Show a form. Silent: this is not the user's doing."""
        self.kind.choose(draft.kind)
        self.readers.choose(self._desk.ask(contacts.named, draft.recipients))
        self.purpose.setText(draft.purpose)
        self.signed_on.set_day(draft.signed_on)
        self.expires_on.set_day(draft.expires_on)
        stay = f"e{draft.expires_episode_id}" if draft.expires_episode_id else None
        self.occasion.choose(stay or (ENGAGEMENT if draft.expires_with_engagement else None))
        self.signer.choose(draft.signer)
        self.authority.setText(draft.signer_authority)
        self.capacity.choose(draft.capacity)
        self.statements.load(draft.statements)
        self.channels.load(draft.channels)
        self._document_id = draft.document_id
        name = self._desk.ask(consent_form.file_name, self._client_id, draft.document_id)
        self.form.show_file(name, on_file=draft.form_on_file)
        self._fit()

    def into(self, draft: ConsentDraft) -> ConsentDraft:
        """Give the draft with what stands in these fields."""
        event = str(self.occasion.value or "")
        return replace(
            draft,
            kind=str(self.kind.value),
            recipients=self.readers.keys,
            purpose=self.purpose.text(),
            signed_on=self.signed_on.day,
            expires_on=self.expires_on.day,
            expires_episode_id=int(event[1:]) if event[1:].isdigit() else None,
            expires_with_engagement=event == ENGAGEMENT,
            signer=str(self.signer.value),
            signer_authority=self.authority.text(),
            capacity=str(self.capacity.value),
            form_on_file=self._document_id is not None or self.form.on_paper.isChecked(),
            document_id=self._document_id,
            statements=self.statements.codes,
            channels=self.channels.codes,
        )

    def faults(self) -> dict[str, str]:
        """Say what can't be kept as it stands; what only is missing yet is said by the rules."""
        found: dict[str, str] = {}
        if self.readers.pending:
            whom = self._tr("Nobody of this name is here. Choose from the list, or clear it.")
            found["recipients"] = whom
        elif not self.readers.keys:
            found["recipients"] = self._tr("Choose at least one person.")
        for name, day in (("signed_on", self.signed_on), ("expires_on", self.expires_on)):
            if not day.check():
                found[name] = day.fault
        return found

    def show_faults(self, faults: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.say_fault(faults.get(name, ""))

    def allow(self, *, editing: bool) -> None:
        """Freeze the fields of a consent that has ended."""
        for part in (*self.fields.values(), self.form, self.statements, self.channels):
            part.setEnabled(editing)

    def _fit(self) -> None:
        """Show only what this kind of form and this signer ask for."""
        by_word = self.kind.value == ConsentKind.ORAL
        self.form.setVisible(not by_word)
        self.statements.setVisible(not by_word)
        self.fields["authority"].setVisible(self.signer.value in NEEDS_AUTHORITY)

    def _on_kind(self, kind: object) -> None:
        self._fit()
        self.kind_changed.emit(str(kind))
        self.edited.emit()

    def _on_signer(self, _signer: object) -> None:
        self._fit()
        self.edited.emit()

    def _on_attached(self, content: bytes, name: str) -> None:
        """Keep the file inside the vault at once; the form points to it when it is saved."""

        def kept(document_id: int) -> None:
            self._document_id = document_id
            self.form.show_file(name, on_file=True)
            self.edited.emit()

        act = Act(self._tr("Attach a signed form"))
        self._desk.do(self, act, consents.keep_form, self._client_id, content, name).then(
            kept
        ).otherwise(self.failed.emit)
