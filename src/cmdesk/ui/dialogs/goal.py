"""One goal: what it is, in whose words, from where to where, and what a letter may say of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import goals
from cmdesk.rules import goal_draft
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.goal_codes import GoalDomain, GoalStatus
from cmdesk.rules.goal_draft import GoalForm
from cmdesk.rules.topics import Topic
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 640
AT_FIRST: Final = (GoalStatus.ACTIVE, GoalStatus.PROPOSED)


class GoalDialog(RecordSheet[GoalForm]):
    """A new goal, or one there is. Where it stands changes by moving it."""

    def __init__(self, desk: Desk, client_id: int, goal_id: int | None) -> None:
        tr = desk.words.tr
        key = f"goal:{goal_id}" if goal_id else f"goal:new:{client_id}"
        title = tr("Goal") if goal_id else tr("New goal")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._goal_id = client_id, goal_id
        self.add(Section("", self._what()))
        self.add(Section(tr("How far"), self._how_far()))
        self.add(Section(tr("What a letter may say"), self._told()))
        self.away = Button(tr("Take goal away"), "danger")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if goal_id else (), self.save_button, self.save)
        begun = GoalForm(agreed_on=desk.today())
        self.begin(desk.ask(goals.one, goal_id).form if goal_id else begun)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        when = form.day("agreed_on", tr("Agreed on"), today, words.short_day)
        domain = form.choice(
            "domain", tr("Part of life"), options(tr, GoalDomain, empty=tr("Not said"))
        )
        begins = form.choice("status", tr("Where it stands"), options(tr, AT_FIRST))
        return [
            form.line("name", tr("Goal"), placeholder=tr("Sleep through the night")),
            form.paragraph("words", tr("In their own words"), lines=2),
            [domain, when] if self._goal_id else [domain, when, begins],
        ]

    def _how_far(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        return [
            form.line("measure", tr("Measured by"), placeholder=tr("hours a night")),
            [
                form.line("baseline", tr("From")),
                form.line("target", tr("To")),
                form.day("target_on", tr("By"), today, words.short_day),
            ],
        ]

    def _told(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        hint = tr("Nothing else of a goal leaves this vault.")
        return [
            form.line("family_line", tr("In plain words"), hint=hint),
            self._topics(),
            form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
        ]

    def _topics(self) -> Bound:
        label = self.tr_("Topics")
        chips = TopicChips(label, self.tr_, [topic.value for topic in Topic])

        def get() -> tuple[str, ...]:
            return chips.codes

        return Bound("topics", "", chips, get, chips.pick, chips.edited)

    def faults(self) -> Mapping[str, str]:
        found = goal_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Save a goal"))
        args = (self._client_id, self.draft, self._goal_id, self.keeper.key)
        doing = self.desk.do(self, act, goals.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Goal saved"))

    def _take_away(self) -> None:
        if self._goal_id is None:
            return
        act = Act(self.tr_("Take a goal away"))
        doing = self.desk.do(self, act, goals.take_away, self._goal_id)
        self.close_after(doing, self.away, self.tr_("Goal taken away"), saved=False)


def open_goal(
    desk: Desk, window: QWidget, client_id: int, goal_id: int | None = None
) -> GoalDialog:
    """Open a goal over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, GoalDialog)
    if standing is not None:
        return standing
    dialog = GoalDialog(desk, client_id, goal_id)
    dialog.again = lambda desk, window: open_goal(desk, window, client_id, goal_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("name").editor))
    return dialog
