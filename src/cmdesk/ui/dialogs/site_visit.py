"""A visit to a program: who was met, what was seen, how it struck you, and who paid the journey."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import provider_visits
from cmdesk.rules import provider_draft
from cmdesk.rules.provider_codes import VisitAspect
from cmdesk.rules.provider_draft import VisitForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label
from cmdesk.words import N_, Words

WIDE: Final = 640
MARKS: Final = (N_("Not looked at"), N_("Poor"), N_("Mixed"), N_("Good"), N_("Very good"))


class Ratings(QWidget):
    """One mark for each aspect. Signal `edited()`."""

    edited = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setAccessibleName(words.tr("Ratings"))
        whole = column(self, gap=6)
        self.marks: dict[str, Choice] = {}
        options: list[tuple[object, str]] = [
            (mark, words.tr(label)) for mark, label in enumerate(MARKS)
        ]
        for aspect in VisitAspect:
            line = row(gap=12)
            name = words.tr(aspect.label)
            line.addWidget(Label(name, "body"), 1)
            choice = Choice(options, name)
            choice.chosen.connect(self.edited)
            line.addWidget(choice, 1)
            self.marks[aspect.value] = choice
            whole.addLayout(line)

    def get(self) -> tuple[tuple[str, int], ...]:
        """Give the marks that were given."""
        given = ((aspect, choice.value) for aspect, choice in self.marks.items())
        return tuple((aspect, mark) for aspect, mark in given if isinstance(mark, int) and mark)

    def put(self, ratings: Sequence[Sequence[object]]) -> None:
        """Show these marks. Silent: this is not the user's doing."""
        marks = {str(aspect): mark for aspect, mark in ratings}
        for aspect, choice in self.marks.items():
            choice.choose(marks.get(aspect, 0))


class VisitDialog(RecordSheet[VisitForm]):
    """A new visit, or one there is."""

    def __init__(self, desk: Desk, organisation_id: int, visit_id: int | None) -> None:
        tr = desk.words.tr
        key = f"site_visit:{visit_id}" if visit_id else f"site_visit:new:{organisation_id}"
        super().__init__(desk, tr("Site visit"), key, width=WIDE)
        self._house, self._visit_id = organisation_id, visit_id
        ratings = Ratings(desk.words)
        self.add(
            Section(
                "",
                [
                    [
                        form.day("visited_on", tr("On"), desk.today, desk.words.short_day),
                        form.line("met", tr("Met"), placeholder=tr("admissions, clinical, school")),
                    ],
                    form.paragraph("seen", tr("What you saw"), lines=3),
                ],
            )
        )
        bound = Bound("ratings", "", ratings, ratings.get, ratings.put, ratings.edited)
        self.add(Section(tr("How it struck you"), [bound]))
        self.add(
            Section(
                "",
                [
                    form.paragraph("notes", tr("Your notes"), lines=3),
                    [
                        form.line("follow_up", tr("To follow up"), hint=tr("It becomes a task.")),
                        form.day("follow_up_on", tr("By"), desk.today, desk.words.short_day),
                    ],
                    form.line("travel_paid_by", tr("Travel paid by")),
                ],
            )
        )
        self.away = Button(tr("Take visit away"), "danger")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if visit_id else (), self.save_button, self.save)
        begun = VisitForm(visited_on=desk.today())
        self.begin(desk.ask(provider_visits.visit, visit_id) if visit_id else begun)

    def faults(self) -> Mapping[str, str]:
        found = provider_draft.visit_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Note a site visit"))
        args = (self._house, self.draft, self._visit_id, self.keeper.key)
        doing = self.desk.do(self, act, provider_visits.save_visit, *args)
        self.close_after(doing, self.save_button, self.tr_("Visit noted"))

    def _take_away(self) -> None:
        if self._visit_id is None:
            return
        act = Act(self.tr_("Take a site visit away"))
        doing = self.desk.do(self, act, provider_visits.remove_visit, self._visit_id)
        self.close_after(doing, self.away, self.tr_("Visit taken away"), saved=False)


def open_visit(
    desk: Desk, window: QWidget, organisation_id: int, visit_id: int | None = None
) -> VisitDialog:
    """Open a visit over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, VisitDialog)
    if standing is not None:
        return standing
    dialog = VisitDialog(desk, organisation_id, visit_id)
    dialog.again = lambda desk, window: open_visit(desk, window, organisation_id, visit_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("met").editor))
    return dialog
