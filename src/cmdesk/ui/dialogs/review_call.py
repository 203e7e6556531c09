"""One review with the insurer: set, held, tied to its entry, with the next one proposed."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import appeals, review_calls
from cmdesk.casework.review_calls import LogLine
from cmdesk.rules import review_draft
from cmdesk.rules.contact_codes import Method
from cmdesk.rules.review_draft import ReviewForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 640


class ReviewDialog(RecordSheet[ReviewForm]):
    """A new review, or one there is."""

    def __init__(self, desk: Desk, approval_id: int, review_id: int | None) -> None:
        tr, ask = desk.words.tr, desk.ask
        client = ask(appeals.around, approval_id).client_id
        key = f"review:{review_id}" if review_id else f"review:of:{approval_id}"
        title = tr("Review with the insurer") if review_id else tr("New review with the insurer")
        super().__init__(desk, title, key, width=WIDE, client_id=client)
        self._approval_id, self._review_id = approval_id, review_id
        saved = (
            ask(review_calls.read_form, review_id)
            if review_id
            else ask(review_calls.begin, approval_id)
        )
        self._entries = ask(review_calls.entries, client, saved.entry_id)
        self._held = saved.held_on
        self.add(Section("", self._when()))
        self.held = self.add(Section(tr("What came of it"), self._came_of_it()))
        self.away = Button(tr("Take away"), "plain")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if review_id else (), self.save_button, self.save)
        self.begin(saved)

    def _when(self) -> list[Bound | Sequence[Bound]]:
        tr, show, today = self.tr_, self.desk.words.short_day, self.desk.today
        return [
            [
                form.day("due_on", tr("Set for"), today, show),
                form.day("held_on", tr("Held on"), today, show),
                form.line("reviewer", tr("With whom")),
            ],
            form.line("asked", tr("What is asked for"), placeholder=tr("nine more days")),
        ]

    def _came_of_it(self) -> list[Bound | Sequence[Bound]]:
        tr, show, today = self.tr_, self.desk.words.short_day, self.desk.today
        tied = [(each.id, self._said(each)) for each in self._entries]
        told = tr("Before the approved days end.")
        return [
            form.line("outcome", tr("Their answer")),
            [
                form.choice("entry_id", tr("Entry in the log"), [(None, tr("None")), *tied]),
                form.day("next_on", tr("Next review"), today, show, hint=told),
            ],
        ]

    def _said(self, each: LogLine) -> str:
        """Name an entry: Mar 6, Kevin, Phone."""
        name = self.desk.privacy.name
        method = self.tr_(Method(each.method).label) if each.method else ""
        who = ", ".join(name(person) for person in each.people)
        return ", ".join(filter(None, (self.desk.words.month_day(each.on), who, method)))

    def faults(self) -> Mapping[str, str]:
        found = review_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Ask what came of it once it was held, and propose the next one then."""
        typed = self.draft
        self.held.setVisible(bool(typed.held_on or typed.outcome or typed.entry_id))
        if typed.held_on == self._held:
            return
        self._held = typed.held_on
        if typed.held_on and typed.next_on is None:
            day = self.desk.ask(review_calls.next_day, self._approval_id, typed.held_on)
            self.held.bound("next_on").set(day)
        elif typed.held_on is None:
            self.held.bound("next_on").set(None)

    def save(self) -> None:
        """Keep the review as typed, and set the next."""
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Save a review"))
        args = (self._approval_id, self.draft, self._review_id, self.keeper.key)
        doing = self.desk.do(self, act, review_calls.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Review saved"))

    def _take_away(self) -> None:
        if self._review_id is None:
            return
        act = Act(self.tr_("Take a review away"))
        doing = self.desk.do(self, act, review_calls.take_away, self._review_id)
        self.close_after(doing, self.away, self.tr_("Review taken away"), saved=False)


def open_review(
    desk: Desk, window: QWidget, approval_id: int, review_id: int | None = None
) -> ReviewDialog:
    """Open a review over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, ReviewDialog)
    if standing is not None:
        return standing
    dialog = ReviewDialog(desk, approval_id, review_id)
    dialog.again = lambda desk, window: open_review(desk, window, approval_id, review_id)
    first = "held_on" if review_id else "due_on"
    open_over(window, dialog, dialog.keeper.place(dialog.field(first).editor))
    return dialog
