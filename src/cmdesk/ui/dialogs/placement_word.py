"""What the client or a relative said of a program: in their words, with the day."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import clients, placement_said, placements
from cmdesk.rules import placement_draft
from cmdesk.rules.placement_draft import Leaning, WordForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 520


class PlacementWordDialog(RecordSheet[WordForm]):
    """Notes words of the client or of somebody in the circle."""

    def __init__(self, desk: Desk, search: int, candidate: int | None) -> None:
        tr, board = desk.words.tr, desk.ask(placements.board, search)
        found = board.candidate(candidate) if candidate else None
        about = found.known.name if found else tr("the search")
        title = tr("What they say of {name}").format(name=about)
        key = f"placement:word:{search}:{candidate or 0}"
        super().__init__(desk, title, key, width=WIDE, client_id=board.client_id)
        self._search, self._candidate = search, candidate
        name = desk.privacy.name
        circle = desk.ask(clients.circle, board.client_id)
        people: list[tuple[object, str]] = [(board.person_id, name(board.name.full))]
        people += [(each.person_id, name(each.name.full)) for each in circle]
        rows = [
            [
                form.choice("person_id", tr("Who"), [(None, tr("Choose")), *people]),
                form.choice("leaning", tr("Leaning"), options(tr, Leaning, empty=tr("Not said"))),
                form.day("said_on", tr("On"), desk.today, desk.words.short_day),
            ],
            form.paragraph("words", tr("In their own words"), lines=2),
        ]
        self.add(Section("", rows))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(WordForm(said_on=desk.today()))

    def faults(self) -> Mapping[str, str]:
        found = placement_draft.word_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Note what the family says"))
        args = (self._search, self._candidate, self.draft, self.keeper.key)
        doing = self.desk.do(self, act, placement_said.say, *args)
        self.close_after(doing, self.save_button, self.tr_("Their words are noted"))


def open_placement_word(
    desk: Desk, window: QWidget, search: int, candidate: int | None = None
) -> PlacementWordDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, PlacementWordDialog)
    if standing is not None:
        return standing
    dialog = PlacementWordDialog(desk, search, candidate)
    dialog.again = lambda desk, window: open_placement_word(desk, window, search, candidate)
    open_over(window, dialog, dialog.keeper.place(dialog.field("words").editor))
    return dialog
