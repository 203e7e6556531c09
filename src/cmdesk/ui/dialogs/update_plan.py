"""What is agreed about letters with one reader: how often, of which kind, in which language."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cmdesk.casework import letter_templates, update_plans
from cmdesk.casework.update_plans import Reader
from cmdesk.rules import plan_draft
from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.plan_draft import PlanForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.note import Note
from cmdesk.words import N_

if TYPE_CHECKING:
    from cmdesk.store.journal import Change

WIDE: Final = 600
CONSENTS: Final = frozenset({"consent", "consent_recipient"})
LANGUAGES: Final = (("en", N_("English")), ("es", N_("Spanish")))


class UpdatePlanDialog(RecordSheet[PlanForm]):
    """A new plan, or one there is."""

    def __init__(self, desk: Desk, client_id: int, plan_id: int | None) -> None:
        tr = desk.words.tr
        key = f"plan:{plan_id}" if plan_id else f"plan:new:{client_id}"
        title = tr("Letters to one reader") if plan_id else tr("Agree on letters")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._plan_id = client_id, plan_id
        self._readers = {each.person_id: each for each in desk.ask(update_plans.readers, client_id)}
        self.add(Section("", self._rows()))
        self.standing = Note("", "warn")
        self.consent = Button(tr("New consent"), size="small")
        self.consent.clicked.connect(self._record_consent)
        self.standing.add_button(self.consent)
        self.whole.addWidget(self.standing)
        desk.changed.connect(self._on_changed)
        self.end_button = Button(tr("End these letters"), "danger")
        self.end_button.clicked.connect(self._end)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.end_button,) if plan_id else (), self.save_button, self.save)
        self.begin(desk.ask(update_plans.one, plan_id) if plan_id else self._first())

    def _first(self) -> PlanForm:
        """Begin with the first who has no plan yet and may be told something."""
        free = [each for each in self._readers.values() if not each.agreed]
        able = [each for each in free if not each.no_consent] or free
        if not able:
            return PlanForm()
        language = "es" if able[0].language.startswith("es") else "en"
        return PlanForm(recipient_id=able[0].person_id, language=language)

    def _rows(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        names = [(number, self._called(each)) for number, each in self._readers.items()]
        kinds = [
            (kind.code, kind.name) for kind in self.desk.ask(letter_templates.listed, hidden=True)
        ]
        return [
            form.choice("recipient_id", tr("To"), [(None, tr("Choose")), *names]),
            [
                form.choice("every", tr("How often"), options(tr, Cadence)),
                form.choice("weekday", tr("On"), options(tr, Weekday, empty=tr("No fixed day"))),
            ],
            [
                form.choice("template", tr("Kind of letter"), kinds),
                form.choice(
                    "language", tr("Language"), [(code, tr(name)) for code, name in LANGUAGES]
                ),
            ],
            form.paragraph(
                "tone_notes", tr("Notes on tone"), lines=3, hint=tr("For your eyes alone.")
            ),
            form.day("paused_until", tr("Paused until"), today, words.short_day),
        ]

    def _called(self, each: Reader) -> str:
        name = self.desk.privacy.name(each.name.full)
        return f"{name}, {self.tr_(each.tie)}" if each.tie else name

    def follow(self) -> None:
        """Say at once when nothing, or not all, could be told to this reader today."""
        reader = self._readers.get(self.draft.recipient_id or 0)
        lacking = self._lacking(reader) if reader else ""
        self.standing.say(lacking)
        self.standing.setVisible(bool(lacking))

    def _lacking(self, reader: Reader) -> str:
        if reader.no_consent or not reader.no_part2:
            return reader.no_consent
        name = self.desk.privacy.name(reader.name.called)
        told = self.tr_("No Part 2 consent names {name}: Part 2 entries stay out.")
        return told.format(name=name)

    def _record_consent(self) -> None:
        open_consent(self.desk, self.window(), self._client_id)

    def _on_changed(self, change: "Change") -> None:
        if any(change.touches(table) for table in CONSENTS):
            QTimer.singleShot(0, self, self._judge_again)

    def _judge_again(self) -> None:
        """Follow a consent recorded meanwhile."""
        if not self.desk.leaving:
            found = self.desk.ask(update_plans.readers, self._client_id)
            self._readers = {each.person_id: each for each in found}
            self.follow()

    def faults(self) -> Mapping[str, str]:
        found = plan_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Agree on letters"))
        args = (self._client_id, self.draft, self._plan_id, self.keeper.key)
        doing = self.desk.do(self, act, update_plans.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Plan for letters saved"))

    def _end(self) -> None:
        if self._plan_id is None:
            return
        act = Act(self.tr_("End letters to a reader"))
        doing = self.desk.do(self, act, update_plans.end, self._plan_id)
        self.close_after(doing, self.end_button, self.tr_("These letters end today"), saved=False)


def open_update_plan(
    desk: Desk, window: QWidget, client_id: int, plan_id: int | None = None
) -> UpdatePlanDialog:
    """Open a plan over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, UpdatePlanDialog)
    if standing is not None:
        return standing
    dialog = UpdatePlanDialog(desk, client_id, plan_id)
    dialog.again = lambda desk, window: open_update_plan(desk, window, client_id, plan_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("recipient_id").editor))
    return dialog
