"""A search for a place: what is looked for, the lines nobody can cross, and the must-haves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_part2, placement_writes, placements
from cmdesk.rules import placement_draft
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.placement import Need
from cmdesk.rules.placement_draft import Around, Per, SearchForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.placement_fields import amount, count
from cmdesk.ui.dialogs.placement_needs import back, kept, line_of, needs_bound
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 760


@dataclass(frozen=True, slots=True)
class SearchEdit:
    """A search with its must-haves, as the dialog holds it."""

    looking_for: str = ""
    sought: tuple[str, ...] = ()
    by_on: date | None = None
    around: str = Around.HOME
    around_zip: str = ""
    most_miles: int | None = None
    budget_cents: int | None = None
    budget_per: str = Per.MONTH
    payer: str = ""
    legal: str = ""
    timing: str = ""
    part2: str = Part2.UNKNOWN
    version: int = 0
    parts: tuple[tuple[str, ...], ...] = ()

    @property
    def form(self) -> SearchForm:
        told: dict[str, Any] = {
            each.name: getattr(self, each.name)
            for each in fields(SearchForm)
            if each.name != "levels"
        }
        return SearchForm(**told, levels=self.sought)


def edit_of(search: SearchForm, needs: Sequence[Need]) -> SearchEdit:
    """Show a search and its needs in one draft."""
    told: dict[str, Any] = {
        each.name: getattr(search, each.name)
        for each in fields(SearchForm)
        if each.name != "levels"
    }
    lines = kept([line_of(need) for need in needs])
    return SearchEdit(**told, sought=search.levels, parts=lines)


class PlacementSearchDialog(RecordSheet[SearchEdit]):
    """A new search, or one there is. What follows from its lines becomes must-haves at first.

    Signal `begun(int)`: a search that is new.
    """

    begun = Signal(int)

    def __init__(self, desk: Desk, client_id: int, search: int | None) -> None:
        tr = desk.words.tr
        title = tr("What the place must have") if search else tr("Find a place")
        key = f"placement:{search}" if search else f"placement:new:{client_id}"
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._search = client_id, search
        board = desk.ask(placements.board, search) if search else None
        levels = board.form.levels if board else ()
        self.add(Section("", self._what(levels)))
        self.add(Section(tr("Lines nobody can cross"), self._lines()))
        self.needs, self.rows = needs_bound(desk.words, desk.today)
        if board:
            self.add(Section(tr("Must-haves"), [self.needs]))
        self.away = Button(tr("Take search away"), "danger")
        self.away.clicked.connect(self._take_away)
        words = tr("Save") if search else tr("Begin the search")
        self.save_button = Button(words, "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if search else (), self.save_button, self.save)
        part2 = desk.ask(placement_part2.proposed, client_id)
        begun = edit_of(board.form, board.needs) if board else SearchEdit(part2=part2)
        self.begin(begun)

    def _what(self, levels: tuple[str, ...]) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        named = ", ".join(tr(LevelOfCare(code).label) for code in levels)
        there = [(levels, named)] if len(levels) > 1 else []
        single: list[tuple[object, str]] = [((code.value,), tr(code.label)) for code in LevelOfCare]
        asked = tr("What is looked for")
        hint = tr("Therapeutic boarding school or day school")
        return [
            [
                form.line("looking_for", asked, placeholder=hint),
                form.day("by_on", tr("By"), today, words.short_day),
            ],
            form.choice("sought", tr("Level of care"), [((), tr("Not said")), *there, *single]),
        ]

    def _lines(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        wrong = tr("Write a whole number.")
        return [
            [
                form.choice("around", tr("Near"), options(tr, Around)),
                count("most_miles", tr("Miles at most"), wrong, placeholder="250"),
                form.line("around_zip", tr("Or near this ZIP"), placeholder="05672"),
            ],
            [
                amount("budget_cents", tr("Cost at most"), placeholder="$11,000"),
                form.choice("budget_per", tr("For"), options(tr, Per)),
                form.line("payer", tr("Plan or payer")),
            ],
            [form.line("timing", tr("Timing")), form.line("legal", tr("Legal"))],
            form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
        ]

    def _needs(self) -> list[Need]:
        today = self.desk.today()
        return [each.need(today) for each in back(self.draft.parts)]

    def faults(self) -> Mapping[str, str]:
        found = dict(placement_draft.search_faults(self.draft.form))
        needs = placement_draft.need_faults(self._needs()) if self._search else {}
        if needs:
            found["parts"] = next(iter(needs.values()))
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        draft, desk = self.draft, self.desk
        if self._search is None:
            act = Act(self.tr_("Begin a search"))
            work = (placement_writes.begin, self._client_id, draft.form, self.keeper.key)
            doing, said = desk.do(self, act, *work), self.tr_("Search begun")
            self.close_after(doing, self.save_button, said, then=self.begun.emit)
            return
        act = Act(self.tr_("Save a search"))
        args = (self._search, draft.form, self._needs(), self.keeper.key)
        doing = desk.do(self, act, placement_writes.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Search saved"))

    def _take_away(self) -> None:
        if self._search is None:
            return
        act = Act(self.tr_("Take a search away"))
        doing = self.desk.do(self, act, placement_writes.take_away, self._search)
        self.close_after(doing, self.away, self.tr_("Search taken away"), saved=False)


def open_placement_search(
    desk: Desk, window: QWidget, client_id: int, search: int | None = None
) -> PlacementSearchDialog:
    """Open a search over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, PlacementSearchDialog)
    if standing is not None:
        return standing
    dialog = PlacementSearchDialog(desk, client_id, search)
    dialog.again = lambda desk, window: open_placement_search(desk, window, client_id, search)
    open_over(window, dialog, dialog.keeper.place(dialog.field("looking_for").editor))
    return dialog
