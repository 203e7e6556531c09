"""One client's chart: where things stand, the log, what is next, and who may hear of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from cmdesk.casework import client_form, clients, consents, coverage, safety_plan
from cmdesk.ui import look
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Page, Route
from cmdesk.ui.parts import care_team, chart_commands
from cmdesk.ui.parts.chart_head import ChartHead
from cmdesk.ui.parts.chart_tables import SHOWN
from cmdesk.ui.parts.consents_tab import ConsentsTab
from cmdesk.ui.parts.goals_tab import GoalsTab
from cmdesk.ui.parts.kept_drafts import KeptDrafts
from cmdesk.ui.parts.log_pane import LogPane
from cmdesk.ui.parts.placement_tab import PlacementTab
from cmdesk.ui.parts.rail import Rail
from cmdesk.ui.parts.standing_card import StandingCard
from cmdesk.ui.parts.standing_writer import StandingWriter
from cmdesk.ui.parts.step_writer import StepWriter
from cmdesk.ui.parts.transition_tab import TransitionTab
from cmdesk.ui.parts.updates_tab import UpdatesTab
from cmdesk.ui.widgets.card import column, row

NARROW = 1321  # a window below it has a narrower rail
LARGE = 150  # per cent of text size from which the rail stands under the log
LOG_LEAST = 260  # px at 100 % that the log keeps over the rail


@dataclass(frozen=True, slots=True)
class Tab:
    """One side of a chart; `fill` shows a client in it, once it is seen."""

    key: str
    label: str
    content: QWidget
    fill: Callable[[int], None]


class ChartPage(Page):
    """Opens what the window answers for.

    Signals `log_contact(int)` and `write_update(int)` for a client, `edit_consent(int, int or
    None)` for a client and a consent, `open_entry(int)`, `open_document(int)`. Of the client
    `hold_back(int)`, `edit_client(int)`, `cadence(int)`, `safety(int)`, `cover(int)`; with a person
    of the circle `pre_call(int, int)` and `edit_person(int, int or None)`; with a goal
    `edit_goal(int, int or None)` and `move_goal(int, int)`.
    """

    concerns: ClassVar[frozenset[str]] = SHOWN
    log_contact = Signal(int)
    write_update = Signal(int)
    edit_consent = Signal(int, object)
    hold_back = Signal(int)
    edit_client = Signal(int)
    cadence = Signal(int)
    safety = Signal(int)
    cover = Signal(int)
    pre_call = Signal(int, int)
    edit_person = Signal(int, object)
    edit_goal = Signal(int, object)
    move_goal = Signal(int, int)
    open_entry = Signal(int)
    open_document = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._client_id, self._ref = 0, ""
        self._noted = self._to_note = False
        self._shown_tabs: set[str] = set()  # they are asked for when first seen
        self.card, self.drafts = StandingCard(desk), KeptDrafts(desk)
        self.standing = StandingWriter(desk, self.card, self)
        self.log = LogPane(desk)
        self.side = Rail(desk)
        self.steps = StepWriter(desk, self.side, self)
        self.consents, self.updates = ConsentsTab(desk), UpdatesTab(desk)
        self.goals, self.placements = GoalsTab(desk), PlacementTab(desk)
        self.transition = TransitionTab(desk)
        goals, updates, move = self.goals, self.updates, self.transition
        self._tabs_there = (
            Tab("overview", tr("Overview"), QWidget(), lambda _client: None),
            Tab("care_plan", tr("Care plan"), goals, goals.show_client),
            Tab("placements", tr("Placements"), self.placements, self.placements.show_client),
            Tab("transition", tr("Transition"), move, move.show_client),
            Tab("updates", tr("Updates"), updates, updates.show_client),
            Tab("consents", tr("Consents and files"), self.consents, self._show_consents),
        )
        self.head = ChartHead(desk, [tab.label for tab in self._tabs_there])
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        whole = column(self)
        whole.addWidget(self.head)
        self._tabs = QStackedWidget()
        whole.addWidget(self._tabs, 1)  # before there is much in it: Qt styles all that is moved
        overview, *others = (tab.content for tab in self._tabs_there)
        self._tabs.addWidget(overview)
        self._halves = halves = row(overview, gap=0)
        left = column()
        self._above = QWidget()
        above = column(self._above, gap=12)
        above.setContentsMargins(24, 16, 24, 12)
        for part in (self.drafts, self.card):
            above.addWidget(part)
        left.addWidget(self._above)
        left.addWidget(self.log, 1)
        halves.addLayout(left, 1)
        halves.addWidget(self.side)
        for content in others:
            self._tabs.addWidget(content)
        self.panes = (self._tabs, self.log.list, self.side)
        self._fit()

    def _connect(self) -> None:
        head, side = self.head, self.side
        head.log.connect(self.ask_log)
        head.update_asked.connect(self.ask_update)
        head.crisis_asked.connect(partial(self.client_of, self.safety))
        head.person_asked.connect(self.add_person)
        head.consent_asked.connect(partial(self.ask_consent, None))
        head.hold_asked.connect(self.ask_hold)
        head.coverage_asked.connect(partial(self.client_of, self.cover))
        head.client_asked.connect(partial(self.client_of, self.edit_client))
        head.cadence_asked.connect(partial(self.client_of, self.cadence))
        head.tab_chosen.connect(self._on_tab)
        self.log.opened.connect(self.open_entry)
        self.log.goal_opened.connect(self._ask_goal)
        self.log.log_asked.connect(self.ask_log)
        self.log.lens_turned.connect(self._on_lens)
        side.consent_asked.connect(self.ask_consent)
        side.safety_asked.connect(partial(self.client_of, self.safety))
        side.coverage_asked.connect(partial(self.client_of, self.cover))
        side.agreement_asked.connect(partial(self.client_of, self.edit_client))
        side.call_asked.connect(self._ask_call)
        side.edit_asked.connect(self._ask_person)
        side.person_asked.connect(self.add_person)
        self.goals.goal_asked.connect(self._ask_goal)
        self.goals.move_asked.connect(self._ask_move)
        self.updates.update_asked.connect(self.ask_update)
        self.consents.consent_asked.connect(self.ask_consent)
        self.consents.document_asked.connect(self.open_document)
        self.drafts.entry_asked.connect(self.open_entry)
        self.drafts.log_asked.connect(self.ask_log)
        self.desk.closing.connect(self._note_viewed)

    @property
    def client_id(self) -> int:
        return self._client_id

    def visit(self, route: Route) -> None:
        """Show the chart of the client in the route, at its tab; `care_plan:7` is at a goal."""
        super().visit(route)
        if route.record is not None and route.record != self._client_id:
            self.standing.leave_client()
            self.side.fold_team()
            self._client_id = route.record
            self._noted = False
            self.mark_stale()
        name, _, goal = route.tab.partition(":")
        keys = [tab.key for tab in self._tabs_there]
        self.head.tabs.setCurrentIndex(keys.index(name) if name in keys else 0)
        if goal:
            (self.transition if name == "transition" else self.goals).choose(int(goal))
        if not self.card.editing:
            first = self.goals.list if name == "care_plan" else self.log.list
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_viewed(self) -> None:
        """Add to the audit trail that this chart was opened: once painted, or when it locks."""
        if self._to_note:
            self._to_note = False
            self.desk.note(self, f"Chart {self._ref} opened", "view")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._to_note:
            QTimer.singleShot(0, self, self._note_viewed)
        return super().event(event)

    def leave(self) -> bool:
        self.standing.keep()
        return True

    def refresh(self) -> None:
        """Ask for everything of this client again."""
        if not self._client_id:
            return
        ask, number = self.desk.ask, self._client_id
        head = ask(clients.head, number)
        self.head.show_head(head)
        if not self._noted:
            self._noted, self._to_note, self._ref = True, True, head.ref
            self.desk.met.emit(number, head.name.full)
            self.update()  # the act is noted once that is painted
        self.standing.show_client(head)
        self.drafts.show_client(number)
        self.log.show_client(number)
        self.side.safety.show_plan(ask(safety_plan.glance, number))
        self.steps.show_client(number)
        circle, signed = ask(clients.circle, number), ask(consents.rows, number)
        self.side.show_team(care_team.members(self.desk, circle, signed))
        self.side.show_terms(ask(coverage.standing, number), ask(client_form.agreement, number))
        self.side.letters.show_client(number)
        self._shown_tabs.clear()
        self._show_tab()

    def _show_tab(self) -> None:
        """Fill the tab in front, unless it is filled already."""
        tab, number = self._tabs_there[self._tabs.currentIndex()], self._client_id
        if tab.key not in self._shown_tabs and number:
            self._shown_tabs.add(tab.key)
            tab.fill(number)

    def _show_consents(self, number: int) -> None:
        self.consents.show_client(number, self.desk.ask(consents.rows, number))

    # Ways on.

    def ask_log(self) -> None:
        self.log_contact.emit(self._client_id)

    def ask_update(self) -> None:
        self.write_update.emit(self._client_id)

    def ask_hold(self) -> None:
        self.hold_back.emit(self._client_id)

    def ask_consent(self, consent_id: int | None) -> None:
        self.edit_consent.emit(self._client_id, consent_id)

    def client_of(self, wish: SignalInstance) -> None:
        """Ask the window for something about this client."""
        wish.emit(self._client_id)

    def _ask_call(self, person: int) -> None:
        self.pre_call.emit(self._client_id, person)

    def _ask_person(self, person: int) -> None:
        self.edit_person.emit(self._client_id, person)

    def _ask_goal(self, goal: int | None) -> None:
        self.edit_goal.emit(self._client_id, goal)

    def _ask_move(self, goal: int) -> None:
        self.move_goal.emit(self._client_id, goal)

    def add_person(self) -> None:
        self.edit_person.emit(self._client_id, None)

    def _on_tab(self, number: int) -> None:
        self.log.leave_lens()
        self._tabs.setCurrentIndex(number)
        self._show_tab()

    def _on_lens(self, seen: bool) -> None:  # noqa: FBT001 - a signal's own argument
        """Let nothing be read beside another's view."""
        self._above.setVisible(not seen)
        self.log.setContentsMargins(0, 16 if seen else 0, 0, 0)
        self.side.setVisible(not seen)

    def next_tab(self) -> None:
        self._turn(1)

    def previous_tab(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        tabs = self.head.tabs
        tabs.setCurrentIndex((tabs.currentIndex() + step) % tabs.count())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._client_id:
            self._fit()

    def _fit(self) -> None:
        """Put the rail beside the log; with large text it stands under it."""
        under = look.Look.scale >= LARGE
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.TopToBottom if under else ways.LeftToRight)
        self.side.fit(under=under, narrow=self.window().width() < NARROW)
        self.log.setMinimumHeight(look.px(LOG_LEAST) if under else 0)

    def commands(self) -> Sequence[Command]:
        return chart_commands.of(self)
