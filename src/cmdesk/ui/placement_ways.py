"""Where the wishes of a search lead: its dialogs, the log, the consent, the letter to parents."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from cmdesk.casework import (
    placement_release,
    placement_ties,
    placement_writes,
    placements,
)
from cmdesk.casework.parties import organisation_key
from cmdesk.casework.row_log import DayRow
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.placement_way import INTO, Column, MoveForm
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.placement_add import open_placement_add
from cmdesk.ui.dialogs.placement_candidate import open_placement_candidate
from cmdesk.ui.dialogs.placement_conflicts import open_placement_conflicts
from cmdesk.ui.dialogs.placement_decision import open_placement_decision
from cmdesk.ui.dialogs.placement_move import open_placement_move, open_records_again
from cmdesk.ui.dialogs.placement_search import open_placement_search
from cmdesk.ui.dialogs.placement_word import open_placement_word
from cmdesk.ui.dialogs.release_needed import consent_for
from cmdesk.ui.icons import Icon
from cmdesk.ui.log_ways import LogWays
from cmdesk.ui.page import Route
from cmdesk.ui.pages.placements import PlacementsPage
from cmdesk.ui.parts.placement_pane import PlacementPane
from cmdesk.ui.records_going import moving

DECISION: str = UpdateTemplate.DECISION.value


class PlacementWays(QObject):
    """Opens what a search asks for, over the window. Lives as long as the desk."""

    def __init__(self, window: QWidget, desk: Desk, parent: QObject, log: LogWays) -> None:
        super().__init__(parent)
        self._window, self._desk, self._log = window, desk, log

    def page(self, desk: Desk) -> PlacementsPage:
        """Make the page of all searches, and answer its signals."""
        made = PlacementsPage(desk)
        made.search_wanted.connect(partial(desk.go, Route("clients")))
        self.attach(made.pane)
        return made

    def attach(self, pane: PlacementPane) -> None:
        """Answer what one search asks for, wherever it is shown."""
        pane.program_asked.connect(partial(self.add, pane))
        pane.needs_asked.connect(self.edit)
        pane.summary_asked.connect(self.summary)
        pane.decision_asked.connect(self.decide)
        pane.conflicts_asked.connect(self.conflicts)
        pane.opened.connect(partial(self._of, pane, partial(self.open, pane)))
        pane.step_asked.connect(partial(self._of, pane, self.log))
        pane.moved.connect(partial(self._on_moved, pane))
        pane.sent_again.connect(partial(self._of, pane, self.send_again))

    def commands(self, here: Callable[[], int | None]) -> list[Command]:
        """List what is found from everywhere; `here` answers whose chart is in front, if one is."""
        tr = self._desk.words.tr

        def find() -> None:
            client = here()
            if client is not None:
                self.find_place(client)
            else:
                self._desk.go(Route("placements"))

        return [
            Command(
                *("placement.find", tr("Find a place"), find),
                icon=Icon.KANBAN,
                menu="client",
                also=tr("placement search program school residential"),
            )
        ]

    def find_place(self, client: int) -> None:
        """Go to the search of a client, or begin one."""
        search = self._desk.ask(placements.of_client, client)
        if search is None:
            dialog = open_placement_search(self._desk, self._window, client)
            dialog.begun.connect(self._show)
        else:
            self._show(search)

    def _show(self, search: int) -> None:
        self._desk.go(Route("placements", search))

    def begin(self, client: int) -> None:
        open_placement_search(self._desk, self._window, client)

    def edit(self, search: int) -> None:
        client = self._desk.ask(placements.board, search).client_id
        open_placement_search(self._desk, self._window, client, search)

    def add(self, pane: PlacementPane, search: int) -> None:
        dialog = open_placement_add(self._desk, self._window, search)
        dialog.added.connect(pane.board.want)

    def decide(self, search: int) -> None:
        open_placement_decision(self._desk, self._window, search)

    def conflicts(self, search: int) -> None:
        open_placement_conflicts(self._desk, self._window, search)

    def summary(self, search: int) -> None:
        """Write to the parents, once the statement of ties was looked at."""
        if not self._desk.ask(placement_ties.stated, search):
            then = partial(self.summary, search)
            open_placement_conflicts(self._desk, self._window, search, then)
            return
        client = self._desk.ask(placements.board, search).client_id
        self._desk.go(Route("composer", client, f":::{DECISION}"))

    def _of(self, pane: PlacementPane, run: Callable[[int, int], object], candidate: int) -> None:
        if pane.shown is not None:
            run(pane.shown.id, candidate)

    def open(self, pane: PlacementPane, search: int, candidate: int) -> None:
        """Open a program of a search; a card drawn anew meanwhile has the keyboard again."""
        opener = QApplication.focusWidget()

        def closed() -> None:
            if opener is not None and not isValid(opener):
                pane.board.want(candidate)

        dialog = open_placement_candidate(self._desk, self._window, search, candidate)

        def word(search: int, candidate: int) -> None:
            words = open_placement_word(self._desk, self._window, search, candidate)
            words.closed.connect(dialog.again_shown)

        dialog.closed.connect(closed)
        dialog.word_asked.connect(word)
        dialog.move_asked.connect(partial(self._choose_state, search))
        dialog.log_asked.connect(partial(self.log, search))
        dialog.sent_again.connect(partial(self.send_again, search))

    def _choose_state(self, search: int, candidate: int, into: Column | None = None) -> None:
        open_placement_move(self._desk, self._window, search, candidate, into or "")

    def log(self, search: int, candidate: int) -> None:
        """Log a contact with a program: who is there, and what is to be asked."""
        client = self._desk.ask(placements.board, search).client_id
        self._log.open_log(client, None, DayRow("candidate", candidate))

    def send_again(self, search: int, candidate: int) -> None:
        """Note that records went to a program once more."""
        open_records_again(self._desk, self._window, search, candidate)

    def _on_moved(self, pane: PlacementPane, candidate: int, into: str) -> None:
        if pane.shown is not None:
            self.move(pane.shown.id, candidate, Column(into))

    def move(self, search: int, candidate: int, into: Column) -> None:
        """Move a program as of today; why it does not go ahead is asked, a release is needed."""
        if into is Column.NOT_GOING_AHEAD:
            self._choose_state(search, candidate, into)
            return
        tr, today = self._desk.words.tr, self._desk.today()
        words = tr("Moved to “{column}”").format(column=tr(into.label))
        if into is Column.RECORDS_SENT:
            covers = self._may_send(search, candidate)
            if covers is None:
                return
            words = tr("{moved}. May go: {topics}").format(moved=words, topics=covers)
        form = MoveForm(INTO[into].value, today)
        found = self._desk.ask(placements.board, search).candidate(candidate)
        act = moving(tr("Move a program"), form.state, found.state if found else "")
        self._desk.do(self, act, placement_writes.move, candidate, form).then(
            lambda _: self._desk.done(words)
        )

    def _may_send(self, search: int, candidate: int) -> str | None:
        """Return what may go; stop where no consent lets records go, and open one for them."""
        board = self._desk.ask(placements.board, search)
        found = board.candidate(candidate)
        if found is None:
            return None
        house, work = found.known.id, placement_release.release
        release = self._desk.ask(work, board.client_id, house, board.form.part2)
        if not release.why:
            return release.covers
        tr = self._desk.words.tr
        said = tr("No records go to {name} yet: {why}").format(
            name=found.known.name, why=tr(release.why)
        )
        key = organisation_key(house)
        consent_for(self._desk, self._window, board.client_id, key, why=said)
        return None
