"""One client's move: lanes over time, gaps with a fix each, handoffs, checklists, first visits."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from cmdesk.casework import transition_plan
from cmdesk.casework.transition_plan import MoveTitle, Whole
from cmdesk.rules.lane_picture import Bar, Kind, picture
from cmdesk.rules.transition_codes import Lane, StepPart
from cmdesk.rules.transition_draft import LaneForm, StepForm
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.gap_words import Told
from cmdesk.ui.parts.transition_acts import TransitionActs
from cmdesk.ui.parts.transition_after import ClocksCard, NotesCard, VisitsCard
from cmdesk.ui.parts.transition_gaps import GapList, HandoffTable
from cmdesk.ui.parts.transition_steps import Checklist
from cmdesk.ui.parts.transition_wish import Wants, Wish
from cmdesk.ui.parts.transition_words import MoveWords
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import Card, column, row, scrolled
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.fitted import Fitted
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.lanes import LanesView

TOAST: Final = 104  # px below the last part: it can be scrolled clear of what was just said
BESIDE: Final = 860  # px at 100 % from which two parts stand side by side


class Sides(Fitted):
    """Parts side by side, or under each other where there is less room."""

    def __init__(self, *parts: tuple[QWidget, int], gap: int = 24) -> None:
        super().__init__()
        self._line = row(self, gap=gap)
        for part, share in parts:
            self._line.addWidget(part, share, Qt.AlignmentFlag.AlignTop)

    def fit(self) -> None:
        ways = QBoxLayout.Direction
        beside = self.width() >= look.px(BESIDE)
        self._line.setDirection(ways.LeftToRight if beside else ways.TopToBottom)


class TransitionTab(QWidget):
    """Signal `wished(Wish)`: the window is asked for a dialog, or for the paper."""

    wished = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._words = desk, MoveWords(desk)
        self._client_id, self._wanted = 0, 0
        self.plan: Whole | None = None
        self.acts = TransitionActs(desk, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_plan())
        column(self).addWidget(self._stack)
        self._connect()

    def _make_empty(self) -> Empty:
        tr = self._desk.words.tr
        self.begin = Button(tr("Plan a move"), "primary", icon=Icon.PLUS)
        self.begin.setEnabled(not self._desk.read_only)
        hint = tr("Plan one to see who carries what before, on the day and after.")
        return Empty(Icon.ROUTE, tr("No move planned"), hint, [self.begin])

    def _make_plan(self) -> QWidget:
        tr, desk = self._desk.words.tr, self._desk
        sheet = QWidget()
        whole = column(sheet, gap=16)
        whole.setContentsMargins(24, 12, 24, TOAST)
        self._make_head(whole)
        card = Card()
        self.lanes = LanesView(desk.words, tr("Who carries what"))
        self.lanes.read.connect(desk.say.announce)
        card.body.setContentsMargins(0, 4, 0, 0)
        card.body.addWidget(self.lanes)
        self._no_lanes = Label(tr("Set the day of leaving to see the lanes."), "body", "text2")
        self._no_lanes.setContentsMargins(16, 8, 16, 12)
        card.body.addWidget(self._no_lanes)
        whole.addWidget(card)
        self.gaps, self.handoffs = GapList(desk), HandoffTable(desk)
        whole.addWidget(Sides((self.gaps, 5), (self.handoffs, 7)))
        self.lists = {part: Checklist(desk, part) for part in StepPart}
        whole.addWidget(Sides(*((each, 1) for each in self.lists.values())))
        self.visits, self.clocks = VisitsCard(desk), ClocksCard(desk)
        self.notes = NotesCard(desk)
        whole.addWidget(Sides((self.visits, 1), (self.clocks, 1), (self.notes, 1)))
        whole.addStretch(1)
        return scrolled(sheet, tr("Transition"))

    def _make_head(self, whole: QVBoxLayout) -> None:
        tr = self._desk.words.tr
        head = row(gap=8)
        self.title = Label("", "heading", elide=True)
        head.addWidget(self.title, 1)
        self.which = Choice([], tr("Which move"))
        head.addWidget(self.which)
        self.paper = Button(tr("One-page plan"), size="small", icon=Icon.FILE_TEXT)
        self.step = Button(tr("Step"), size="small", icon=Icon.PLUS)
        self.step.setEnabled(not self._desk.read_only)
        self.more = IconButton(Icon.ELLIPSIS, tr("More for this move"), "bordered", size="small")
        for each in (self.paper, self.step, self.more):
            head.addWidget(each)
        whole.addLayout(head)

    def _connect(self) -> None:
        self.begin.clicked.connect(self.begin_move)
        self.paper.clicked.connect(partial(self.ask, Wants.PAPER))
        self.step.clicked.connect(partial(self.ask, Wants.STEP))
        self.more.clicked.connect(self.open_menu)
        self.which.chosen.connect(self._on_move)
        self.lanes.opened.connect(self._on_bar)
        self.gaps.fix_asked.connect(self._on_fix)
        self.handoffs.add_asked.connect(partial(self.ask, Wants.HANDOFF))
        self.handoffs.opened.connect(partial(self.ask, Wants.HANDOFF))
        for each in self.lists.values():
            each.ticked.connect(self.acts.tick)
            each.opened.connect(partial(self.ask, Wants.STEP))
            each.add_asked.connect(self._add_step)
        self.visits.add_asked.connect(partial(self.ask, Wants.VISIT))
        self.visits.opened.connect(partial(self.ask, Wants.VISIT))
        self.visits.kept.connect(self.acts.visit_kept)
        self.notes.edit_asked.connect(partial(self.ask, Wants.EDIT))

    # Showing.

    def show_client(self, client_id: int) -> None:
        """Show the move of a client that comes next, or the one chosen."""
        found = self._desk.ask(transition_plan.plans, client_id, self._wanted)
        titles = found.titles if found else ()
        if client_id != self._client_id and self._wanted not in {each.id for each in titles}:
            self._wanted = 0
        self._client_id = client_id
        self._stack.setCurrentIndex(1 if found else 0)
        if found is None:
            self.plan = None
            return
        self.which.offer([(each.id, self._title(each)) for each in titles])
        self.which.choose(found.shown.id)
        self.which.setVisible(len(titles) > 1)
        self._show(found.shown)

    def choose(self, move_id: int) -> None:
        """Show a move of the client, now or when the tab is filled."""
        self._wanted = move_id
        if self._client_id:
            self.show_client(self._client_id)

    def _title(self, plan: Whole | MoveTitle) -> str:
        told = self._words.title(plan.from_name, plan.to_name, plan.days)
        return self._desk.words.tr("{move}, closed").format(move=told) if plan.closed_on else told

    def _show(self, plan: Whole) -> None:
        self.plan = plan
        self.title.setText(self._title(plan))
        days, words = plan.days, self._words
        self.lanes.setVisible(days.leaving is not None)
        self._no_lanes.setVisible(days.leaving is None)
        if days.leaving is not None:
            drawn = picture(days.leaving, days.gaps)
            label, told = partial(words.label, days), partial(words.told, days)
            self.lanes.show_picture(drawn, words.lanes(plan), words.leaves(days), label, told)
        for part in (self.gaps, self.handoffs, *self.lists.values()):
            part.show_plan(plan)
        for card in (self.visits, self.clocks, self.notes):
            card.show_plan(plan)

    def _on_move(self, number: object) -> None:
        if isinstance(number, int):
            self.choose(number)

    # Asking.

    def begin_move(self) -> None:
        """Ask for a new move of this client."""
        if self._client_id:
            self.wished.emit(Wish(Wants.BEGIN, self._client_id))

    def begin_for(self, client_of: Callable[[], int]) -> None:
        """Ask for a new move of whose chart it is, also while this tab was never seen."""
        self.wished.emit(Wish(Wants.BEGIN, client_of()))

    def ask(self, wants: Wants, record: object = None, form: object = None) -> None:
        """Ask the window for something about the move shown; a button's own argument is no row."""
        if self.plan is not None:
            number = record if type(record) is int else None
            self.wished.emit(Wish(wants, self._client_id, self.plan.id, number, form))

    def add_step(self) -> None:
        self.ask(Wants.STEP)

    def _add_step(self, part: str) -> None:
        self.ask(Wants.STEP, None, StepForm(part))

    def _on_bar(self, bar: Bar) -> None:
        """Open what was pressed: a span, the visit by which it begins, or a gap to be filled."""
        if bar.kind == Kind.SUPPLY:
            self.ask(Wants.EDIT)
        elif bar.kind == Kind.GAP:
            form = LaneForm(bar.lane, since=bar.since)
            wants = Wants.EDIT if bar.lane == Lane.MEDICINE else Wants.LANE
            self.ask(wants, None, None if wants is Wants.EDIT else form)
        elif bar.record < 0:
            self.ask(Wants.VISIT, -bar.record)
        else:
            self.ask(Wants.LANE, bar.record)

    def _on_fix(self, told: Told) -> None:
        if self.plan is not None:
            wish = self.acts.fix(self.plan, told)
            if wish is not None:
                self.ask(*wish)

    def menu(self) -> QMenu:
        """Offer what is done less often to the move shown."""
        tr, plan, made = self._desk.words.tr, self.plan, QMenu(self)
        if plan is None:
            return made
        for words, run in (
            (tr("Edit the move …"), partial(self.ask, Wants.EDIT)),
            (tr("Move the day …"), partial(self.ask, Wants.DAY)),
            (tr("They left …"), partial(self.ask, Wants.LEFT)),
            ("", None),
            (tr("Add who or what carries a side …"), partial(self.ask, Wants.LANE)),
            (tr("Add a handoff …"), partial(self.ask, Wants.HANDOFF)),
            (tr("Add a first visit …"), partial(self.ask, Wants.VISIT)),
            (tr("Steps from a set …"), partial(self.ask, Wants.SET)),
            ("", None),
            (tr("Plan another move …"), self.begin_move),
            (tr("Open again"), self.acts.open_again)
            if plan.closed_on
            else (tr("Close the move"), self.acts.close),
            (tr("Take the move away"), self.acts.remove),
        ):
            if run is None:
                made.addSeparator()
                continue
            act = made.addAction(words)
            act.setEnabled(not self._desk.read_only)
            act.triggered.connect(run)
        return made

    def open_menu(self) -> None:
        corner = self.more.mapToGlobal(QPoint(0, self.more.height()))
        self.menu().popup(corner)
