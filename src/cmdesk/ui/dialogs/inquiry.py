"""A family calls: who, about whom, how urgent, what is next; and the chart it may become."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import inquiries
from cmdesk.casework.duplicates import Alike
from cmdesk.rules import inquiry_draft
from cmdesk.rules.codes import Relationship
from cmdesk.rules.contact_codes import Method
from cmdesk.rules.family_codes import InquiryStatus, ReferralSource, Urgency
from cmdesk.rules.inquiry_draft import DECLINED, InquiryForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.page import Route
from cmdesk.ui.parts.alike_note import AlikeNote, Typed
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.note import Note

WIDE = 760
NONE = "Not recorded"


class InquiryDialog(RecordSheet[InquiryForm]):
    """Signal `made(int)`: the inquiry has become this client."""

    made = Signal(int)

    def __init__(self, desk: Desk, inquiry_id: int | None) -> None:
        tr = desk.words.tr
        title = tr("Inquiry") if inquiry_id else tr("New inquiry")
        super().__init__(desk, title, f"inquiry:{inquiry_id or 'new'}", width=WIDE)
        self._inquiry_id = inquiry_id
        self.add(Section("", self._call()))
        words = tr("Advise 911 or 988 now. Write down what was said.")
        self.emergency = Note(words, "crit")
        self.whole.addWidget(self.emergency)
        self.add(Section("", [form.tick("safety_screen_done", tr("I asked about safety"))]))
        self.known = AlikeNote(desk, self._caller_typed)
        self.add(Section("", self._caller()))
        self.whole.addWidget(self.known)
        names = [
            form.line("given_name", tr("First name")),
            form.line("family_name", tr("Last name")),
        ]
        self.add(Section(tr("Whom it is about"), [names]))
        self.namesake = AlikeNote(desk, self._client_typed, clients_only=True)
        self.whole.addWidget(self.namesake)
        self.add(Section("", self._about()))
        self.add(Section(tr("Where it stands"), self._standing()))
        self.declined = self.add(Section("", [form.line("declined_reason", tr("Why"))]))
        self.referred = self.add(Section("", [form.line("referred_on_to", tr("Referred to"))]))
        self.add(Section("", self._further()))
        self.make = Button(tr("Make a client"))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.make,), self.save_button, self.save)
        self.make.clicked.connect(self.make_client)
        self.known.same.connect(self._on_known)
        self.namesake.same.connect(self._on_same_client)
        saved = desk.ask(inquiries.read, inquiry_id) if inquiry_id else desk.ask(inquiries.blank)
        self.begin(saved)

    def _call(self) -> list[Bound | Sequence[Bound]]:
        tr, words = self.tr_, self.desk.words
        return [
            [
                form.day("day", tr("Called on"), self.desk.today, words.short_day),
                form.choice("channel", tr("How"), options(tr, Method)),
                form.choice("urgency", tr("How urgent"), options(tr, Urgency, empty=NONE)),
            ]
        ]

    def _caller(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        themself = (inquiries.THEMSELF, tr("Calls for themself"))
        ties = options(tr, Relationship, empty=NONE)
        return [
            [
                form.line("caller_name", tr("Who called")),
                form.choice("relation", tr("Who they are"), [ties[0], themself, *ties[1:]]),
            ],
            [form.line("caller_phone", tr("Phone")), form.line("caller_email", tr("E-mail"))],
        ]

    def _about(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            form.paragraph("concern", tr("What worries them"), lines=3),
            [
                form.line("location", tr("Where")),
                form.line("payer_expectation", tr("Who would pay")),
            ],
            [
                form.choice(
                    "referral_source_type",
                    tr("Sent by"),
                    options(tr, ReferralSource, empty=NONE),
                ),
                form.line("referral_source", tr("Name")),
            ],
        ]

    def _standing(self) -> list[Bound | Sequence[Bound]]:
        tr, words = self.tr_, self.desk.words
        return [
            [
                form.choice("status", tr("Status"), options(tr, InquiryStatus)),
                form.line("next_step", tr("Next step")),
                form.day("next_on", tr("On"), self.desk.today, words.short_day),
            ]
        ]

    def _further(self) -> list[Bound]:
        tr = self.tr_
        return [
            form.line("fit_decision", tr("Is it a fit?")),
            form.paragraph("notes", tr("Notes"), lines=2),
        ]

    def faults(self) -> Mapping[str, str]:
        found = inquiry_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Show what the urgency and the status ask for."""
        draft, tr = self.draft, self.tr_
        self.emergency.setVisible(draft.emergency)
        asked = tr("I advised 911 or 988") if draft.emergency else tr("I asked about safety")
        tick = self.field("safety_screen_done").editor
        tick.setProperty("text", asked)
        tick.setAccessibleName(asked)
        self.declined.setVisible(draft.status in DECLINED)
        self.referred.setVisible(draft.status == InquiryStatus.REFERRED_ON)
        self.make.setText(tr("Make a client") if draft.client_id is None else tr("Open chart"))
        self.known.touch()
        self.namesake.touch()

    def _caller_typed(self) -> Typed:
        draft = self.draft
        if draft.caller_id is not None:
            return "", "", None, (), ()
        given, _, family = draft.caller_name.strip().partition(" ")
        return given, family, None, (draft.caller_phone,), (draft.caller_email,)

    def _client_typed(self) -> Typed:
        draft = self.draft
        if draft.client_id is not None:
            return "", "", None, (), ()
        return draft.given_name, draft.family_name, None, (), ()

    def _on_known(self, who: Alike) -> None:
        """Take the caller's own record: a chart will have that person in its circle."""
        self.load(replace(self.draft, caller_id=who.person_id, caller_name=who.name.full))
        self.keeper.touch()

    def _on_same_client(self, who: Alike) -> None:
        """Link the inquiry to the chart there is."""
        self.load(replace(self.draft, client_id=who.client_id))
        self.keeper.touch()

    def save(self) -> None:
        """Keep the inquiry as typed."""
        if not self.check():
            return
        self.save_button.setEnabled(False)
        act = Act(self.tr_("Save an inquiry"))
        self.desk.do(self, act, inquiries.save, self.draft, self._inquiry_id, self.keeper.key).then(
            self._on_saved
        ).otherwise(self._on_failed)

    def _on_saved(self, _number: int) -> None:
        self.keeper.forget()
        self.desk.done(self.tr_("Inquiry saved"))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.make.setEnabled(True)
        self.say_failed(error)

    def make_client(self) -> None:
        """Make the chart, with the caller in its circle; or open the one there is."""
        draft = self.draft
        if draft.client_id is not None:
            self.keeper.keep_now()
            self.close_dialog()
            self.desk.go(Route("chart", draft.client_id))
            return
        missing = inquiry_draft.unready(draft, self.desk.today())
        if missing:
            for each, _ in self.forms:
                each.show_faults({name: self.tr_(text) for name, text in missing.items()})
            self.go_to(self.field(next(iter(missing))).editor)
            return
        self.make.setEnabled(False)
        act = Act(self.tr_("Make a client of an inquiry"))
        self.desk.do(
            self, act, inquiries.make_client, draft, self._inquiry_id, self.keeper.key
        ).then(partial(self._on_made, draft.about)).otherwise(self._on_failed)

    def _on_made(self, name: str, client_id: int) -> None:
        self.keeper.forget()
        shown = self.desk.privacy.name(name)
        self.desk.done(self.tr_("{name} added").format(name=shown))
        self.close_dialog()
        self.made.emit(client_id)
        self.desk.go(Route("chart", client_id))


def open_inquiry(desk: Desk, window: QWidget, inquiry_id: int | None = None) -> InquiryDialog:
    """Open an inquiry over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, InquiryDialog)
    if standing is not None:
        return standing
    dialog = InquiryDialog(desk, inquiry_id)
    dialog.again = lambda desk, window: open_inquiry(desk, window, inquiry_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("caller_name")))
    return dialog
