"""Who or what carries one side of life, from a day to a day."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import handoffs, transition_lanes
from cmdesk.rules import transition_draft
from cmdesk.rules.transition_codes import Lane
from cmdesk.rules.transition_draft import LaneForm
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.move_part import MoveSheet, Said, open_part
from cmdesk.ui.dialogs.record_sheet import Section, options
from cmdesk.ui.form import Bound
from cmdesk.ui.parts.transition_wish import Wish
from cmdesk.ui.widgets.label import Label


class LaneDialog(MoveSheet[LaneForm]):
    """A span of a lane, or an option without days that may close a gap."""

    first = "label"

    def __init__(self, desk: Desk, wish: Wish) -> None:
        tr = desk.words.tr
        said = Said(
            *(tr("Save who carries a side"), tr("Saved")),
            *(tr("Take away"), tr("Taken away")),
        )
        super().__init__(desk, tr("Who or what carries it"), "lane", wish, said)
        saved = LaneForm()
        if wish.record:
            saved = desk.ask(transition_lanes.read, wish.record)
        elif isinstance(wish.form, LaneForm):
            saved = wish.form
        self._names = desk.ask(handoffs.people, wish.client_id, (saved.person_id,))
        self.add(Section("", self._what()))
        self.told = Label("", "small", "text2", wrap=True)
        self.whole.addWidget(self.told)
        self.end(saved)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        name = self.desk.privacy.name
        people: list[tuple[object, str]] = [(None, tr("Nobody on record"))]
        people += [(number, name(each.full)) for number, each in self._names]
        return [
            form.choice("lane", tr("Side"), options(tr, Lane)),
            [
                form.line("label", tr("Who or what"), placeholder=tr("Juniper Court")),
                form.choice("person_id", tr("A person"), people),
            ],
            [
                form.day("since", tr("From"), today, words.short_day),
                form.day("until", tr("To"), today, words.short_day),
            ],
            form.tick("settled", tr("Settled")),
        ]

    def faults(self) -> Mapping[str, str]:
        return self.translated(transition_draft.lane_faults(self.draft))

    def follow(self) -> None:
        """Say what the days mean: open ends are read by the day of leaving."""
        tr, draft = self.tr_, self.draft
        if draft.since is None and draft.until is None:
            settled = tr("Without a day it goes on until they leave.")
            option = tr("Without a day and not settled, it is what may close a gap.")
            self.told.setText(settled if draft.settled else option)
        elif draft.until is None:
            self.told.setText(tr("Without a last day it goes on."))
        else:
            self.told.setText("" if draft.settled else tr("Not settled, it covers no day."))

    def keep(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        wish = self.wish
        return transition_lanes.save, (wish.move_id, self.draft, wish.record, self.keeper.key)

    def take(self) -> Callable[..., object]:
        return transition_lanes.remove


def open_lane(desk: Desk, window: QWidget, wish: Wish) -> LaneDialog:
    return open_part(desk, window, wish, LaneDialog)
