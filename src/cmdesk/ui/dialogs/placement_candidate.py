"""One program of a search: what it said of each need, what is next, and what the family says."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_said, placement_writes, placements
from cmdesk.casework.placement_candidates import Candidate
from cmdesk.casework.placement_family import Word
from cmdesk.casework.placements import Board
from cmdesk.errors import Problem
from cmdesk.rules import placement_draft
from cmdesk.rules.placement_draft import CandidateForm, Per
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.placement_answers import Rows, answers_bound, changed
from cmdesk.ui.dialogs.placement_fields import amount
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import Card, row
from cmdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from cmdesk.store.journal import Change

WIDE: Final = 760


@dataclass(frozen=True, slots=True)
class CandidateEdit:
    """A candidate with what it answered, as the dialog holds it."""

    availability: str = ""
    quoted_cents: int | None = None
    quoted_per: str = Per.MONTH
    watch_for: str = ""
    next_step: str = ""
    next_on: date | None = None
    version: int = 0
    parts: Rows = ()

    @property
    def form(self) -> CandidateForm:
        told: dict[str, Any] = {e.name: getattr(self, e.name) for e in fields(CandidateForm)}
        return CandidateForm(**told)


def edit_of(board: Board, each: Candidate) -> CandidateEdit:
    """Show a candidate with the newest answer to each need."""
    told: dict[str, Any] = {e.name: getattr(each.form, e.name) for e in fields(CandidateForm)}
    told["quoted_per"] = told["quoted_per"] or Per.MONTH.value
    said = dict(each.answers)
    parts = tuple(
        (str(need.id), *((one.met, one.words, one.by) if one else ("unknown", "", "")))
        for need in board.needs
        for one in (said.get(need.id),)
    )
    return CandidateEdit(**told, parts=parts)


class PlacementCandidateDialog(RecordSheet[CandidateEdit]):
    """Signals of a candidate: `move_asked`, `log_asked`, `sent_again(int)`; `word_asked(int, int)`.

    The last names the search before the candidate.
    """

    word_asked = Signal(int, int)
    move_asked = Signal(int)
    log_asked = Signal(int)
    sent_again = Signal(int)

    def __init__(self, desk: Desk, search: int, candidate: int) -> None:
        tr, board = desk.words.tr, desk.ask(placements.board, search)
        found = board.candidate(candidate)
        if found is None:
            raise Problem(tr("This program is no longer in the search."), tr("Look again."))
        key = f"placement:candidate:{candidate}"
        super().__init__(desk, found.known.name, key, width=WIDE, client_id=board.client_id)
        self._search, self._candidate, self._veil = search, candidate, Veil(desk)
        self._way = Label("", "small", "text2", wrap=True)
        self.again_button = Button(tr("Records went again"), "quiet", size="small")
        self.again_button.clicked.connect(partial(self.sent_again.emit, candidate))
        way = row()
        way.addWidget(self._way, 1)
        way.addWidget(self.again_button)
        self.whole.addLayout(way)
        if board.needs:
            self.add(Section(tr("What they say"), [answers_bound(desk.words, board.needs)]))
        self.add(Section(tr("What you know"), self._known()))
        self.add(Section(tr("What is next"), self._next()))
        self.words_card = Card(tr("What the family says"))
        add = Button(tr("Add words"), "quiet", size="small", icon=Icon.PLUS)
        add.clicked.connect(partial(self.word_asked.emit, search, candidate))
        self.words_card.head.addWidget(add)
        self.whole.addWidget(self.words_card)
        self._foot()
        self._saved_parts = edit_of(board, found).parts
        self.begin(edit_of(board, found))
        self.show_around(board)
        desk.changed.connect(self._on_changed)

    def _known(self) -> list[Any]:
        tr = self.tr_
        return [
            [
                form.line("availability", tr("What is free"), placeholder=tr("One bed may open")),
                amount("quoted_cents", tr("Quoted"), placeholder="$10,400"),
                form.choice("quoted_per", tr("For"), options(tr, Per)),
            ],
            form.line("watch_for", tr("Watch for")),
        ]

    def _next(self) -> list[Any]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        return [
            [
                form.line("next_step", tr("Next step"), placeholder=tr("Ask for an answer")),
                form.day("next_on", tr("On"), today, words.short_day),
            ]
        ]

    def _foot(self) -> None:
        tr = self.tr_
        self.out = Button(tr("Take out"), "danger")
        self.out.clicked.connect(self._take_out)
        move = Button(tr("Move to …"), "plain")
        move.clicked.connect(partial(self.move_asked.emit, self._candidate))
        log = Button(tr("Log a contact"), "plain")
        log.clicked.connect(partial(self.log_asked.emit, self._candidate))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.out, move, log), self.save_button, self.save)

    def show_around(self, board: Board) -> None:
        """Show how it came here, and what was said of it."""
        found = board.candidate(self._candidate)
        if found is None:
            return
        words = self.desk.words
        said = [
            f"{words.tr(ReferralState(each.state).label)} {words.month_day(each.moved_on)}"
            + (f" ({self._veil.text(each.reason)})" if each.reason else "")
            for each in reversed(found.moves)
        ]
        self._way.setText(" → ".join(said))
        self.again_button.setVisible(found.records_sent_on is not None)
        own = [each for each in board.words if each.candidate_id == self._candidate]
        none = words.tr("Nothing noted yet.")
        self.words_card.show_rows([self._word(each) for each in own], none)

    @Slot(object)
    def _on_changed(self, change: "Change") -> None:
        """Take what a call or a move from here changed; what is typed beside it stays."""
        if ("placement_candidate", self._candidate) not in change.rows or not self.isVisible():
            return
        try:
            board = self.desk.ask(placements.board, self._search)
        except Problem:
            return  # its search was taken back
        found = board.candidate(self._candidate)
        if found is None:
            return
        before, typed, now = self._saved, self.draft, edit_of(board, found)
        own = {
            each.name: getattr(typed, each.name)
            for each in fields(CandidateEdit)
            if each.name != "version" and getattr(typed, each.name) != getattr(before, each.name)
        }
        self._saved, self._saved_parts = now, now.parts
        self.load(replace(now, **own))
        self.show_around(board)

    def again_shown(self) -> None:
        """Ask for what stands around the fields once more; what is typed stays."""
        self.show_around(self.desk.ask(placements.board, self._search))

    def _word(self, each: Word) -> QWidget:
        made, words = QWidget(), self.desk.words
        line = row(made)
        name = self.desk.privacy.name(each.called)
        day = words.month_day(each.said_on) if each.said_on else ""
        said = self._veil.text(each.said)
        line.addWidget(Label(said, "body", wrap=True, lead=f"{name}:"), 1)
        line.addWidget(Label(day, "small", "text2"))
        cross = IconButton(Icon.X, words.tr("Take these words away"), size="small")
        cross.clicked.connect(partial(self._unsay, each.id))
        line.addWidget(cross)
        return made

    def _unsay(self, number: int) -> None:
        act = Act(self.tr_("Take words of the family away"))

        def done(_nothing: None) -> None:
            self.desk.done(self.tr_("Words taken away"))
            self.again_shown()

        self.desk.do(self, act, placement_said.unsay, number).then(done)

    def faults(self) -> Mapping[str, str]:
        found = placement_draft.candidate_faults(self.draft.form)
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        draft, act = self.draft, Act(self.tr_("Save a program of a search"))
        answers = changed(self._saved_parts, draft.parts, self.desk.today())
        args = (self._candidate, draft.form, answers, self.keeper.key)
        doing = self.desk.do(self, act, placement_writes.keep, *args)
        self.close_after(doing, self.save_button, self.tr_("Program saved"))

    def _take_out(self) -> None:
        act = Act(self.tr_("Take a program out of a search"))
        doing = self.desk.do(self, act, placement_writes.take_out, self._candidate)
        self.close_after(doing, self.out, self.tr_("Program taken out"), saved=False)


def open_placement_candidate(
    desk: Desk, window: QWidget, search: int, candidate: int
) -> PlacementCandidateDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, PlacementCandidateDialog)
    if standing is not None:
        return standing
    dialog = PlacementCandidateDialog(desk, search, candidate)
    dialog.again = lambda desk, window: open_placement_candidate(desk, window, search, candidate)
    open_over(window, dialog, dialog.keeper.place(dialog.field("next_step").editor))
    return dialog
