"""A first visit after a move: with whom, when, and whether it was kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import first_visits, handoffs
from cmdesk.rules import transition_draft
from cmdesk.rules.transition_codes import VisitKind
from cmdesk.rules.transition_draft import VisitForm
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.move_part import MoveSheet, Said, open_part
from cmdesk.ui.dialogs.record_sheet import Section, options
from cmdesk.ui.form import Bound
from cmdesk.ui.parts.transition_wish import Wish


class FirstVisitDialog(MoveSheet[VisitForm]):
    """A new visit, or one there is."""

    first = "label"

    def __init__(self, desk: Desk, wish: Wish) -> None:
        tr = desk.words.tr
        said = Said(
            *(tr("Save a first visit"), tr("Visit saved")),
            *(tr("Take visit away"), tr("Visit taken away")),
        )
        super().__init__(desk, tr("First visit"), "first_visit", wish, said)
        saved = VisitForm()
        if wish.record:
            saved = desk.ask(first_visits.read, wish.record)
        elif isinstance(wish.form, VisitForm):
            saved = wish.form
        self._names = desk.ask(handoffs.people, wish.client_id, (saved.person_id,))
        self.add(Section("", self._what()))
        self.end(saved)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        name = self.desk.privacy.name
        people: list[tuple[object, str]] = [(None, tr("Nobody on record"))]
        people += [(number, name(each.full)) for number, each in self._names]
        became: list[tuple[object, str]] = [
            (None, tr("Not known yet")),
            (True, tr("Kept")),
            (False, tr("Missed")),
        ]
        return [
            form.choice("kind", tr("What it is"), options(tr, VisitKind)),
            [
                form.line("label", tr("With"), placeholder=tr("Dr. Levin")),
                form.choice("person_id", tr("A person"), people),
            ],
            [
                form.day("visit_on", tr("Day"), today, words.short_day),
                form.line("time", tr("Time"), placeholder="10:00 AM"),
                form.choice("attended", tr("What became of it"), became),
            ],
            form.line("note", tr("Note")),
        ]

    def faults(self) -> Mapping[str, str]:
        return self.translated(transition_draft.visit_faults(self.draft, self.desk.today()))

    def follow(self) -> None:
        """Take back that it was kept or missed where it moves to a day to come."""
        if self.wish.record is None:
            return
        again = transition_draft.opened_again(self.draft, self._saved, self.desk.today())
        if again.attended != self.draft.attended:
            self.forms[0][0].bound("attended").set(again.attended)

    def keep(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        wish = self.wish
        return first_visits.save, (wish.move_id, self.draft, wish.record, self.keeper.key)

    def take(self) -> Callable[..., object]:
        return first_visits.remove


def open_visit(desk: Desk, window: QWidget, wish: Wish) -> FirstVisitDialog:
    return open_part(desk, window, wish, FirstVisitDialog)
