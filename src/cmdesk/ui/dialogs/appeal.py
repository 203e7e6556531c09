"""One step against a denial: by when, filed, answered, who drafts, and whether parity is argued."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import appeals
from cmdesk.rules import appeals as rules
from cmdesk.rules.appeals import AppealForm, AppealLevel, AppealOutcome
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

WIDE: Final = 720


class AppealDialog(RecordSheet[AppealForm]):
    """A new step, or one there is. Its days are proposed by the law and may be changed."""

    def __init__(self, desk: Desk, approval_id: int, appeal_id: int | None) -> None:
        tr = desk.words.tr
        around = desk.ask(appeals.around, approval_id)
        self._denial = around.denial
        key = f"appeal:{appeal_id}" if appeal_id else f"appeal:of:{approval_id}"
        title = tr("Step against a denial") if appeal_id else tr("New step against a denial")
        super().__init__(desk, title, key, width=WIDE, client_id=around.client_id)
        self._approval_id, self._appeal_id = approval_id, appeal_id
        self._papers = desk.ask(appeals.papers, around.client_id)
        self._asked: AppealForm | None = None  # whose late filing was told already
        ask = desk.ask
        saved = ask(appeals.read_form, appeal_id) if appeal_id else ask(appeals.begin, approval_id)
        self._level, self._denied, self._filed = saved.level, saved.denied_on, saved.filed_on
        self.add(Section("", self._days()))
        self.clock = Label("", "small", "text2", wrap=True)
        self.whole.addWidget(self.clock)
        self.add(Section(tr("Their answer"), self._answer()))
        self.add(Section(tr("How it is argued"), self._argument()))
        self.away = Button(tr("Take away"), "plain")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if appeal_id else (), self.save_button, self.save)
        self.begin(saved)

    def _days(self) -> list[Bound | Sequence[Bound]]:
        tr, show, today = self.tr_, self.desk.words.short_day, self.desk.today
        return [
            [
                form.choice("level", tr("Step"), options(tr, AppealLevel)),
                form.day("denied_on", tr("Their no came on"), today, show),
            ],
            [
                form.day("due_on", tr("Last day to file"), today, show),
                form.day("filed_on", tr("Filed on"), today, show),
                form.day("answer_due_on", tr("Their answer is due"), today, show),
            ],
        ]

    def _answer(self) -> list[Bound | Sequence[Bound]]:
        tr, show, today = self.tr_, self.desk.words.short_day, self.desk.today
        return [
            [
                form.day("decided_on", tr("Answered on"), today, show),
                form.choice("outcome", tr("Answer"), options(tr, AppealOutcome, empty="Not yet")),
                form.line("reference", tr("Their number")),
            ]
        ]

    def _argument(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        papers = [(None, tr("None")), *self._papers]
        return [
            [
                form.line("drafted_by", tr("Who drafts it"), placeholder=tr("the program, or you")),
                form.choice("document_id", tr("Letter on file"), papers),
            ],
            form.tick("parity_argued", tr("Argues parity with medical care (MHPAEA)")),
            form.paragraph("note", tr("Notes"), lines=2),
        ]

    def faults(self) -> Mapping[str, str]:
        found = rules.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Propose the days the law leaves, as the step and its days are typed."""
        typed = self.draft
        if typed.level != self._level:
            self._level = typed.level
            fresh = self.desk.ask(appeals.begin, self._approval_id, typed.level)
            self._denied = fresh.denied_on
            self._propose(denied_on=fresh.denied_on, due_on=fresh.due_on)
        elif typed.denied_on != self._denied:
            before, self._denied = self._file_by(self._denied), typed.denied_on
            if typed.due_on in (None, before):
                self._propose(due_on=self._file_by(typed.denied_on))
        if typed.filed_on != self._filed:
            before, self._filed = self._answer_by(self._filed), typed.filed_on
            if typed.answer_due_on in (None, before):  # a day typed by hand stays
                self._propose(answer_due_on=self._answer_by(typed.filed_on))
        self.clock.setText(self._law())

    def _file_by(self, denied: date | None) -> date | None:
        return rules.file_by(self.draft.level, denied, self._denial.plan_type)

    def _answer_by(self, filed: date | None) -> date | None:
        plan, given = self._denial.plan_type, self._denial.given
        return rules.answer_by(self.draft.level, filed, plan, given=given)

    def _law(self) -> str:
        """Name the rules the days come from, or say whose own they are."""
        tr, typed, plan = self.tr_, self.draft, self._denial.plan_type
        file = rules.limit_to_file(typed.level, plan)
        answer = rules.limit_to_answer(typed.level, plan, given=self._denial.given)
        if file is None and answer is None:
            return tr("The plan sets these days: take them from its letter.")
        said: list[str] = []
        if file:
            time = tr("{n} days") if file.days else tr("{n} months")
            count = time.format(n=file.days or file.months)
            said.append(tr("To file: {time}, {rule}.").format(time=count, rule=file.source))
            if file.months:
                said.append(tr("A weekend or holiday moves the last day on, never back."))
        if answer:
            hours = typed.level in rules.IN_HOURS
            count = tr("72 hours") if hours else tr("{n} days").format(n=answer.days)
            said.append(tr("To answer: {time}, {rule}.").format(time=count, rule=answer.source))
            if hours:
                said.append(tr("They run from the hour they got it."))
                said.append(tr("No hour is kept: count on the end of the day."))
        return " ".join(said)

    def _propose(self, **values: object) -> None:
        for each, names in self.forms:
            for name in set(names) & set(values):
                each.bound(name).set(values[name])

    def save(self) -> None:
        """Keep the step; one filed after its last day is asked about first."""
        if not self.ready(self.save_button):
            return
        typed = self.draft
        why = rules.asks(typed)
        if why and typed != self._asked:
            self._asked = typed
            self.say_trouble(self.tr_(why))
            return
        act = Act(self.tr_("Save a step against a denial"))
        args = (self._approval_id, typed, self._appeal_id, self.keeper.key)
        doing = self.desk.do(self, act, appeals.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Step saved"))

    def _take_away(self) -> None:
        if self._appeal_id is None:
            return
        act = Act(self.tr_("Take a step away"))
        doing = self.desk.do(self, act, appeals.take_away, self._appeal_id)
        self.close_after(doing, self.away, self.tr_("Step taken away"), saved=False)


def open_appeal(
    desk: Desk, window: QWidget, approval_id: int, appeal_id: int | None = None
) -> AppealDialog:
    """Open a step over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, AppealDialog)
    if standing is not None:
        return standing
    dialog = AppealDialog(desk, approval_id, appeal_id)
    dialog.again = lambda desk, window: open_appeal(desk, window, approval_id, appeal_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("level").editor))
    return dialog
