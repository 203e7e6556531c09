"""Record what was told without a letter; each ground asks for its own. What is saved stays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import consents, told_by_hand
from cmdesk.errors import Problem
from cmdesk.rules import disclosure_bases as bases
from cmdesk.rules.codes import Channel, ConsentKind, DisclosureBasis
from cmdesk.rules.disclosure_bases import DisclosureForm
from cmdesk.rules.topics import CONSENT_TOPICS
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.incident import open_incident
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.dialogs.told_fields import of_grounds
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.dialogs.typed_time import read_time
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import phrases
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

WIDE: Final = 720
STAYS: Final = told_by_hand.FINAL


class ToldDialog(RecordSheet[DisclosureForm]):
    """A new row, or one that puts `uid` right."""

    def __init__(self, desk: Desk, client_id: int, uid: str | None) -> None:
        tr = desk.words.tr
        key = f"told:{uid}" if uid else f"told:new:{client_id}"
        title = tr("Correct what was told") if uid else tr("Record a disclosure")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._uid = client_id, uid
        self._filled, self._doubted = "", object()
        if uid:
            wrong = form.line("why_corrected", tr("What was wrong?"))
            self.add(Section("", [wrong]))
        self.add(Section("", self._whom()))
        self.add(Section(tr("What was told"), self._what()))
        self.add(Section(tr("On what ground"), self._ground()))
        self.add(Section("", of_grounds(desk, self._consents())))
        needed = form.tick("only_needed", tr("I told only what was needed"))
        self.add(Section("", [needed]))
        self.doubts = Note("", "warn")
        self.whole.addWidget(self.doubts)
        self.whole.addWidget(Label(tr(STAYS), "small", "text2", wrap=True))
        self.save_button = Button(tr("Record it"), "primary", keys="Ctrl+Return")
        self.back = Button(tr("It was not told"), "danger")
        self.back.clicked.connect(self.take_back)
        self.wrong = Button(tr("It reached the wrong person"))
        self.wrong.clicked.connect(self.tell_incident)
        left = (self.back, self.wrong) if uid else ()
        self.foot_buttons(left, self.save_button, self.save)
        begun = DisclosureForm(day=desk.today())
        self.begin(desk.ask(told_by_hand.form_of, uid) if uid else begun)

    def _whom(self) -> list[Bound | Sequence[Bound]]:
        tr, desk = self.tr_, self.desk
        known: list[tuple[object, str]] = [("", tr("Someone else"))]
        around = desk.ask(told_by_hand.may_be_told, self._client_id)
        known += [(each.key, desk.privacy.name(each.name)) for each in around]
        return [
            [
                form.choice("recipient", tr("Who was told"), known),
                form.line("recipient_name", tr("Name")),
            ],
            [
                form.line("recipient_organisation", tr("Organization")),
                form.line("recipient_address", tr("Number or address, if known")),
            ],
            [
                form.day("day", tr("On"), desk.today, desk.words.short_day),
                clock("at", tr("At"), desk.words.time),
                form.choice("channel", tr("How"), options(tr, Channel)),
            ],
        ]

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        label = tr("Topics")
        chips = TopicChips(label, tr, [topic.value for topic in CONSENT_TOPICS])

        def get() -> tuple[str, ...]:
            return chips.codes

        return [
            form.paragraph("what", tr("In a few words"), lines=2),
            form.line("purpose", tr("What for")),
            Bound("topics", "", chips, get, chips.pick, chips.edited),
            form.tick("under_part2", tr("Protected as substance use (Part 2)")),
        ]

    def _ground(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [form.choice("basis", tr("Ground"), options(tr, DisclosureBasis))]

    def _consents(self) -> list[tuple[object, str]]:
        words, privacy = self.desk.words, self.desk.privacy
        found: list[tuple[object, str]] = [(None, words.tr("Choose a consent"))]
        for row in self.desk.ask(consents.rows, self._client_id):
            names = words.listed([privacy.name(name) for name in row.recipients])
            kind = words.tr(ConsentKind(row.kind).label)
            signed = words.short_day(row.signed_on) if row.signed_on else ""
            found.append((row.id, phrases.BETWEEN.join(filter(None, (names, kind, signed)))))
        return found

    def faults(self) -> Mapping[str, str]:
        found = bases.faults(self.draft, self.desk.today())
        if self._uid and not self.draft.why_corrected.strip():
            found["why_corrected"] = "Say what was wrong before."
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Fill in who is known here, ask for what the ground needs, say what speaks against it."""
        draft = self.draft
        if draft.recipient != self._filled:
            self._filled = draft.recipient
            if draft.recipient and not draft.recipient_name.strip():
                known = self.desk.ask(told_by_hand.of_someone, draft.recipient)
                self.load(replace(draft, **known))
                return
        asked = bases.asked(draft.basis, part2=draft.under_part2, auditor=draft.auditor)
        for name in (*bases.SAID, *bases.OF_COLUMNS):
            self.field(name).setVisible(name in asked)
        self._doubt(draft)

    def _doubt(self, draft: DisclosureForm) -> None:
        """Ask what speaks against it once something changed that it hangs on."""
        about = (draft.basis, draft.under_part2, draft.report, draft.recipient)
        about += (draft.topics, draft.consent_id, draft.day)
        if about == self._doubted:
            return
        self._doubted = about
        found = self.desk.ask(told_by_hand.doubts, self._client_id, draft)
        self.doubts.say(" ".join(self.tr_(each) for each in found))
        self.doubts.setVisible(bool(found))

    def save(self) -> None:
        if not self.save_button.isEnabled() or not self.check():
            return
        self.save_button.setEnabled(False)
        act = Act(self.tr_("Record a disclosure"), undoable=False, kind="disclosure")
        if self._uid:
            correct = (told_by_hand.correct, self._uid, self.draft, self.keeper.key)
            kept = self.desk.do(self, act, *correct)
        else:
            record = (told_by_hand.record, self._client_id, self.draft, self.keeper.key)
            kept = self.desk.do(self, act, *record)
        kept.then(self._on_saved).otherwise(self._on_failed)

    def take_back(self) -> None:
        """Say that nothing was told after all; why stands where one says what was wrong."""
        why = self.draft.why_corrected.strip()
        if self._uid is None or not why:
            field = self.field("why_corrected")
            field.say_fault(self.tr_("Say why it was not told after all."))
            self.go_to(field.editor)
            return
        self.back.setEnabled(False)
        act = Act(self.tr_("Take back what was told"), undoable=False, kind="disclosure")
        self.desk.do(self, act, told_by_hand.take_back, self._uid, why).then(
            self._on_taken_back
        ).otherwise(self._on_failed)

    def tell_incident(self) -> None:
        """Write down a privacy incident about this row, in place of a correction."""
        desk, window, about = self.desk, self.window(), (self._client_id, self._uid)
        self.close_dialog()
        open_incident(desk, window, *about)

    def _on_taken_back(self, uid: str) -> None:
        self.keeper.throw_away()
        self._on_saved(uid)

    def _on_saved(self, _uid: str) -> None:
        self.keeper.forget()
        self.desk.done(self.tr_("Recorded in the sharing log"))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.back.setEnabled(True)
        self.say_failed(error)


def clock(name: str, label: str, show: Callable[[time], str]) -> Bound:
    """Bind a time of day as it is typed; what can't be read is a fault of the field itself."""
    edit = line_edit("10:30 AM")

    def get() -> time | None:
        try:
            return read_time(edit.text())
        except Problem:
            return None

    def put(at: time | None) -> None:
        edit.setText(show(at) if at else "")

    def fault() -> str:
        try:
            read_time(edit.text())
        except Problem as problem:
            return str(problem)
        return ""

    return Bound(name, label, edit, get, put, edit.textEdited, "", fault)


def open_told(desk: Desk, window: QWidget, client_id: int, uid: str | None = None) -> ToldDialog:
    """Open over the window; `uid` is the row to put right. Where one is open already, give that."""
    standing = standing_open(window, ToldDialog)
    if standing is not None:
        return standing
    dialog = ToldDialog(desk, client_id, uid)
    dialog.again = lambda desk, window: open_told(desk, window, client_id, uid)
    first = dialog.field("why_corrected" if uid else "recipient").editor
    open_over(window, dialog, dialog.keeper.place(first))
    return dialog
