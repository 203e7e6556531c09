"""A client's own data, status and agreement; what an end takes along is said beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from cmdesk.casework import client_form, tasks
from cmdesk.rules import client_draft
from cmdesk.rules.client_draft import ENDED, ClientForm
from cmdesk.rules.codes import ClientStatus, EndReason, LivingSituation
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.merge import open_merge_clients
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.note import Note

WIDE = 824


class ClientDialog(RecordSheet[ClientForm]):
    """Shows all that is kept of a client beside the log."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        self._client_id = client_id
        saved = desk.ask(client_form.read, client_id)
        self._called = saved.preferred_name or saved.given_name
        title = desk.privacy.name(" ".join(filter(None, (self._called, saved.family_name))))
        super().__init__(desk, title, f"client:{client_id}", width=WIDE, client_id=client_id)
        self._was = ClientStatus(saved.status)
        self._over = saved.ended_on is not None
        self._bound = desk.ask(client_form.bound, client_id)
        self._steps = len(desk.ask(tasks.next_steps, client_id))
        self.add(Section(self.tr_("Where it stands"), self._standing()))
        self.effect = Note("", "warn")
        self.whole.addWidget(self.effect)
        self.ending = self.add(Section("", [self._end_fields()]))
        self.add(Section(self.tr_("Who they are"), self._person()))
        self.add(Section(self.tr_("Their life"), self._life()))
        self.add(Section(self.tr_("Your agreement"), self._agreement()))
        self.merge = Button(self.tr_("Merge with another chart …"), "link")
        self.save_button = Button(self.tr_("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.merge,), self.save_button, self.save)
        self.merge.clicked.connect(self._on_merge)
        self.begin(saved)

    def _standing(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        hint = tr("One sentence. It stands in your agreement and on the chart.")
        return [
            [
                form.choice("status", tr("Status"), options(tr, ClientStatus)),
                form.line("code", tr("Client code"), hint=tr("For files that carry no name.")),
            ],
            form.line("my_role", tr("Your role"), hint=hint),
        ]

    def _end_fields(self) -> list[Bound]:
        tr = self.tr_
        return [
            self._day("ended_on", tr("Ended on")),
            form.choice(
                "end_reason", tr("Why it ended"), options(tr, EndReason, empty="Not recorded")
            ),
        ]

    def _day(self, name: str, label: str) -> Bound:
        return form.day(name, label, self.desk.today, self.desk.words.short_day)

    def _person(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [
                form.line("given_name", tr("First name")),
                form.line("middle_name", tr("Middle name")),
                form.line("family_name", tr("Last name")),
            ],
            [
                form.line("preferred_name", tr("Called"), placeholder=tr("If another name")),
                form.line("pronouns", tr("Pronouns"), placeholder=tr("she/her")),
                self._day("born", tr("Born")),
            ],
            [
                form.line("sex_at_birth", tr("Sex at birth")),
                form.line("gender", tr("Gender")),
                form.line("languages", tr("Languages"), placeholder=tr("English, Spanish")),
            ],
            form.tick("interpreter", tr("Needs an interpreter")),
        ]

    def _life(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        homes = options(tr, LivingSituation, empty="Not recorded")
        return [
            [
                form.choice("living_situation", tr("Lives"), homes),
                form.line("education", tr("School")),
                form.line("employment", tr("Work")),
            ],
            [
                form.line("legal_status", tr("Legal status")),
                form.line("allergies", tr("Allergies")),
            ],
            form.paragraph("diagnoses_reported", tr("Diagnoses, as reported"), lines=2),
            [
                form.line("primary_substances", tr("Substances")),
                self._day("recovery_on", tr("In recovery since, as reported")),
            ],
        ]

    def _agreement(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        files = [(None, tr("No file yet")), *self.desk.ask(client_form.agreements, self._client_id)]
        return [
            [
                self._day("began_on", tr("Began")),
                self._day("agreed_on", tr("Signed")),
                self._day("review_on", tr("Review on")),
            ],
            [
                form.choice("agreement_id", tr("Signed agreement"), files),
                form.line("payers", tr("Who pays")),
            ],
            form.paragraph("scope", tr("What you do"), lines=2),
            form.paragraph("exclusions", tr("What you don’t do"), lines=2, hint=tr("Not therapy.")),
            [
                form.line("response_promise", tr("You answer within")),
                form.line("after_hours", tr("After hours")),
            ],
            [
                form.line("fee_model", tr("Fee")),
                form.line("rates", tr("Rates")),
            ],
            [
                form.line("retainer_terms", tr("Retainer")),
                form.line("mileage_terms", tr("Miles")),
            ],
        ]

    def faults(self) -> Mapping[str, str]:
        found = client_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Show the end's own fields, and what the chosen status means."""
        draft = self.draft
        if draft.ends and not self.ending.isVisibleTo(self) and draft.ended_on is None:
            self.load(replace(draft, ended_on=self.desk.today()))
            return
        self.ending.setVisible(draft.ends)
        words = self._meaning(draft)
        self.effect.say(words, "warn" if draft.ends and draft.status != self._was else "accent")
        self.effect.setVisible(bool(words))

    def _meaning(self, draft: ClientForm) -> str:
        tr, status = self.tr_, draft.status
        if status == self._was:
            return ""
        if draft.ends:
            return self._takes_along()
        if self._over and status in client_draft.WORKED_WITH:
            return tr("A new engagement begins today. Consents that ended stay ended.")
        meanings = {
            ClientStatus.ON_HOLD: tr("Under Paused. Consents and dates go on as they are."),
            ClientStatus.MONITORING: tr("Stays under Active, stepped down."),
            ClientStatus.ACTIVE: tr("Under Active. An engagement begins, if there is none."),
            ClientStatus.PROSPECTIVE: tr("Under Inquiries, until the agreement is signed."),
        }
        return meanings[ClientStatus(status)]

    def _takes_along(self) -> str:
        """Say that the engagement ends, and name each consent and step that goes with it."""
        tr, words = self.tr_, self.desk.words
        said = tr("The engagement ends on the day you give.")
        if self._steps:
            steps = words.ntr(
                "{n} next step leaves Today.", "{n} next steps leave Today.", self._steps
            )
            said = f"{said} {steps.format(n=self._steps)}"
        if not self._bound:
            return f"{said} {tr('No consent hangs on it.')}"
        names = [self.desk.privacy.name(name) for each in self._bound for name in each.recipients]
        along = tr("With it end the consents for {names}. Letters to them stop.")
        return f"{said} {along.format(names=words.listed(list(dict.fromkeys(names))))}"

    def _on_merge(self) -> None:
        """Leave what is typed as a draft, and lay the two charts side by side."""
        window = self.window()
        self.close_dialog()
        open_merge_clients(self.desk, window, self._client_id)

    def save(self) -> None:
        """Keep the client as typed."""
        if not self.check():
            return
        draft = self.draft
        if self._over and not draft.ends and self._was in ENDED:
            draft = client_draft.reopened(draft, self.desk.today())
        self.save_button.setEnabled(False)
        act = Act(self.tr_("Change a client"))
        self.desk.do(self, act, client_form.save, self._client_id, draft, self.keeper.key).then(
            self._on_saved
        ).otherwise(self._on_failed)

    def _on_saved(self, _nothing: None) -> None:
        self.keeper.forget()
        closed = self.draft.ends and self._was not in ENDED
        words = self.tr_("{name} closed") if closed else self.tr_("{name} saved")
        self.desk.done(words.format(name=self.desk.privacy.name(self._called)))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.say_failed(error)


def open_client(desk: Desk, window: QWidget, client_id: int) -> ClientDialog:
    """Open a client over the window; where one is open already, give that."""
    standing = standing_open(window, ClientDialog)
    if standing is not None:
        return standing
    dialog = ClientDialog(desk, client_id)
    dialog.again = lambda desk, window: open_client(desk, window, client_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("status")))
    return dialog
