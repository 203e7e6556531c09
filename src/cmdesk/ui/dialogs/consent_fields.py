"""The right side of the consent dialog: whom, why, how long, who signed, what the form says."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from cmdesk.casework import consent_form, consents, contacts
from cmdesk.casework.consents import ConsentDraft
from cmdesk.rules.codes import Capacity, Channel, ConsentKind, Signer, Statement
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.check_group import CheckGroup
from cmdesk.ui.dialogs.consent_more import ConsentMore
from cmdesk.ui.dialogs.consent_new_reader import NewReader
from cmdesk.ui.dialogs.form_file import Choose, FormFile
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.words import N_

ENGAGEMENT = "engagement"
REACHES: Final = {
    ConsentKind.HIPAA: N_("Reaches everything but records under 42 CFR Part 2."),
    ConsentKind.PART2_SPECIFIC: N_("Also reaches records of substance use treatment."),
    ConsentKind.PART2_TPO: N_("For treating providers, payers and programs. Never for family."),
    ConsentKind.PSYCHOTHERAPY_NOTES: N_("For these notes alone, on a form of their own."),
    ConsentKind.SUD_COUNSELING_NOTES: N_("For these notes alone, on a form of their own."),
    ConsentKind.LEGAL_PROCEEDING: N_("For a legal case alone. Never used for updates."),
    ConsentKind.ORAL: N_("No form. Never reaches records under 42 CFR Part 2."),
}
NEEDS_AUTHORITY = (Signer.GUARDIAN, Signer.HEALTH_CARE_AGENT, Signer.OTHER_REPRESENTATIVE)


class ConsentFields(QWidget):
    """Signals: `edited()` by the user, `kind_changed(str)`, `failed(object)` of an attachment.

    `view_asked(int)`: a paper that is on file is to be looked at.
    """

    edited = Signal()
    kind_changed = Signal(str)
    failed = Signal(object)
    view_asked = Signal(int)
    _unprotected = False  # substance use is ticked on a form that can't cover it

    def __init__(self, desk: Desk, client_id: int, choose: Choose) -> None:
        """`choose` asks the system for a file."""
        super().__init__()
        self._desk, self._client_id = desk, client_id
        self._tr = desk.words.tr
        self._called = desk.ask(consent_form.spoken_of, client_id)[0]
        self._of_age = desk.ask(consent_form.of_age_on, client_id)
        self._make_editors()
        self.form = FormFile(self._tr, choose, self._tr("Signed form"), paper=True)
        self.more = ConsentMore(desk, choose)
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
        self.add_person = NewReader(self._desk, self._client_id, self.readers)
        under = self.fields["recipients"].layout()
        if under is not None:
            under.addWidget(self.add_person)
            under.setAlignment(self.add_person, Qt.AlignmentFlag.AlignLeft)
        for part in (self.form, self.statements, self.channels, self.more):
            whole.addWidget(part)

    def _listen(self) -> None:
        self.kind.chosen.connect(self._on_kind)
        self.readers.picked.connect(self.edited)
        self.add_person.took.connect(self.edited)
        for edit in (self.purpose, self.authority):
            edit.textEdited.connect(self.edited)
        for day in (self.signed_on, self.expires_on):
            day.picked.connect(self.edited)
        for choice in (self.occasion, self.capacity):
            choice.chosen.connect(self.edited)
        self.signer.chosen.connect(self._on_signer)
        for group in (self.statements, self.channels, self.more, self.form):
            group.edited.connect(self.edited)
        for paper, title in (
            (self.form, self._tr("Signed consent")),
            (self.more.authority, self._tr("Proof of authority")),
        ):
            paper.attached.connect(partial(self._on_attached, paper, title))
            paper.failed.connect(self.failed)
            paper.view_asked.connect(self.view_asked)

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

        def name(document_id: int | None) -> str:
            return self._desk.ask(consent_form.file_name, self._client_id, document_id)

        self.form.show_file(draft.document_id, name(draft.document_id), on_file=draft.form_on_file)
        proof = draft.authority_document_id
        self.more.authority.show_file(proof, name(proof))
        self.more.load(draft)
        self._fit()

    def into(self, draft: ConsentDraft) -> ConsentDraft:
        """Give the draft with what stands in these fields."""
        event = str(self.occasion.value or "")
        return replace(
            self.more.into(draft),
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
            form_on_file=self.form.document_id is not None or self.form.on_paper.isChecked(),
            document_id=self.form.document_id,
            statements=self.statements.codes,
            channels=self.channels.codes,
        )

    def note_form(self, version: str, statements: tuple[str, ...]) -> None:
        """Fill in what our own printed form says, where nothing is ticked or typed yet."""
        if not self.statements.codes:
            self.statements.load(statements)
        version_field = self.more.texts["form_version"]
        if not version_field.text():
            version_field.setText(version)
        self.edited.emit()

    def faults(self) -> dict[str, str]:
        """Say what can't be kept as it stands; what only is missing yet is said by the rules."""
        found: dict[str, str] = {}
        if self.readers.pending:
            whom = self._tr("Nobody of this name is here. Add them first, or clear it.")
            if self.add_person.known():
                whom = self._tr("Nobody of this name is chosen. Choose from the list, or clear it.")
            found["recipients"] = whom
        elif not self.readers.keys:
            found["recipients"] = self._tr("Choose at least one person.")
        for name, day in (("signed_on", self.signed_on), ("expires_on", self.expires_on)):
            if not day.check():
                found[name] = day.fault
        return found | self.more.faults()

    def show_faults(self, faults: dict[str, str]) -> None:
        for name, field in self.all_fields.items():
            field.say_fault(faults.get(name, ""))
        self._explain()

    @property
    def all_fields(self) -> dict[str, Field]:
        return self.fields | self.more.fields

    def allow(self, *, editing: bool) -> None:
        """Freeze the fields of a consent that has ended."""
        for part in (*self.all_fields.values(), self.statements, self.channels):
            part.setEnabled(editing)
        for paper in (self.form, self.more.authority):
            paper.attach.setEnabled(editing)
            paper.on_paper.setEnabled(editing)

    def _fit(self) -> None:
        """Show only what this kind of form and this signer ask for."""
        by_word = self.kind.value == ConsentKind.ORAL
        self.form.setVisible(not by_word)
        self.statements.setVisible(not by_word)
        self.fields["authority"].setVisible(self.signer.value in NEEDS_AUTHORITY)
        self._explain()

    def warn_part2(self, *, unprotected: bool) -> None:
        """Say under the kind of form that it can't cover the substance use that is ticked."""
        self._unprotected = unprotected
        self._explain()

    def _explain(self) -> None:
        """Say what this kind of form reaches, and what the age of a minor makes of a signature."""
        tr = self._tr
        if self._unprotected:
            words = tr("Substance use is protected by 42 CFR Part 2. Choose a Part 2 consent.")
            self.fields["kind"].remark.say(words, "warn")
        else:
            words = tr(REACHES[ConsentKind(str(self.kind.value))])
            self.fields["kind"].remark.say(words, "text3", None)
        told = ""
        if self._of_age and self.signer.value == Signer.PARENT:
            told = tr("Counts until {name} turns 18 on {day}.")
        elif self._of_age and self.signer.value == Signer.CLIENT:
            told = tr("{name} turns 18 on {day}. Before, your state table decides.")
        day = self._desk.words.short_day(self._of_age) if self._of_age else ""
        self.fields["signer"].remark.say(told.format(name=self._called, day=day), "text3", None)

    def _on_kind(self, kind: object) -> None:
        self._fit()
        self.kind_changed.emit(str(kind))
        self.edited.emit()

    def _on_signer(self, _signer: object) -> None:
        self._fit()
        self.edited.emit()

    def _on_attached(self, paper: FormFile, title: str, content: bytes, name: str) -> None:
        """Keep the file inside the vault at once; the form points to it when it is saved."""

        def kept(document_id: int) -> None:
            paper.show_file(document_id, name, on_file=True)
            self.edited.emit()

        act = Act(self._tr("Attach a paper"))
        self._desk.do(self, act, consents.keep_form, self._client_id, content, name, title).then(
            kept
        ).otherwise(self.failed.emit)
