"""One client's chart: where things stand, the log, what is next, and who may hear of it."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.casework import clients, clock, consents, drafts, tasks
from cmdesk.casework.tasks import NextStep
from cmdesk.ui import look, overlay
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Hint, Page, Route
from cmdesk.ui.parts import care_team, rail
from cmdesk.ui.parts.chart_head import ChartHead
from cmdesk.ui.parts.circle_person import CirclePerson
from cmdesk.ui.parts.consents_tab import ConsentsTab
from cmdesk.ui.parts.kept_drafts import KeptDrafts
from cmdesk.ui.parts.log_pane import LogPane
from cmdesk.ui.parts.rail import Rail
from cmdesk.ui.parts.standing_card import StandingCard
from cmdesk.ui.widgets.card import column, row

NARROW = 1321  # a window below it has a narrower rail
PAUSE_MS = 400
TABS = ("overview", "consents")


class ChartPage(Page):
    """Opens what the window answers for.

    Signals `log_contact(int)` and `write_update(int)` for a client, `edit_consent(int, int or
    None)` for a client and a consent, `open_entry(int)`, `open_document(int)`.
    """

    concerns: ClassVar[frozenset[str]] = frozenset(
        {
            "client",
            "person",
            "engagement",
            "episode",
            "organisation",
            "circle_member",
            "consent",
            "consent_recipient",
            "restriction",
            "restriction_recipient",
            "restriction_entry",
            "document",
            "entry",
            "entry_participant",
            "entry_wording",
            "entry_mark",
            "entry_wrong_chart",
            "addendum",
            "follow_up",
            "task",
        }
    )
    log_contact = Signal(int)
    write_update = Signal(int)
    edit_consent = Signal(int, object)
    hold_back = Signal(int)
    open_entry = Signal(int)
    open_document = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._client_id, self._ref = 0, ""
        self._noted = self._to_note = False
        self.head = ChartHead(desk, [tr("Overview"), tr("Consents and files")])
        self.card = StandingCard(desk)
        self.drafts = KeptDrafts(desk)
        self.log = LogPane(desk)
        self.side = Rail(desk)
        self.consents = ConsentsTab(desk)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._keep_typing)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        whole = column(self)
        whole.addWidget(self.head)
        self._tabs = QStackedWidget()
        overview = QWidget()
        halves = row(overview, gap=0)
        left = column()
        above = column(gap=12)
        above.setContentsMargins(24, 16, 24, 12)
        for part in (self.drafts, self.card):
            above.addWidget(part)
        left.addLayout(above)
        left.addWidget(self.log, 1)
        halves.addLayout(left, 1)
        halves.addWidget(self.side)
        self._tabs.addWidget(overview)
        self._tabs.addWidget(self.consents)
        whole.addWidget(self._tabs, 1)
        self._fit()

    def _connect(self) -> None:
        self.head.log.connect(self.ask_log)
        self.head.update_asked.connect(self.ask_update)
        self.head.person_asked.connect(self.add_person)
        self.head.consent_asked.connect(self.ask_consent)
        self.head.hold_asked.connect(self.ask_hold)
        self.head.tab_chosen.connect(self._on_tab)
        self.card.saved.connect(self._save_standing)
        self.card.typed.connect(self._pause.start)
        self.card.dropped.connect(self._drop_typing)
        self.log.opened.connect(self.open_entry)
        self.log.log_asked.connect(self.ask_log)
        self.side.ticked.connect(self._finish)
        self.side.added.connect(self._add_step)
        self.side.consent_asked.connect(self._ask_consent)
        self.consents.consent_asked.connect(self._ask_consent)
        self.consents.document_asked.connect(self.open_document)
        self.drafts.entry_asked.connect(self.open_entry)
        self.drafts.log_asked.connect(self.ask_log)
        self.desk.closing.connect(self._keep_typing)
        self.desk.closing.connect(self._note_viewed)

    @property
    def client_id(self) -> int:
        return self._client_id

    def visit(self, route: Route) -> None:
        """Show the chart of the client in the route, at the tab it names."""
        super().visit(route)
        if route.record is not None and route.record != self._client_id:
            self._keep_typing()
            if self.card.editing:
                self.card.close_editor()
            self._client_id = route.record
            self._noted = False
            self.mark_stale()
        tab = TABS.index(route.tab) if route.tab in TABS else 0
        self.head.tabs.setCurrentIndex(tab)
        if not self.card.editing:
            self.log.list.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._keep_typing()
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
        at = head.where_things_stand_at
        self.card.show_text(head.where_things_stand, at.astimezone(ask(clock.zone)) if at else None)
        kept = ask(drafts.find, self._draft_key())
        if kept and not self.card.editing:
            self.card.edit(str(kept.body.get("text", "")))
        self.drafts.show_client(number)
        self.log.show_client(number)
        self.side.show_steps(ask(tasks.next_steps, number), self.desk.today())
        circle, signed = ask(clients.circle, number), ask(consents.rows, number)
        self.side.show_team(care_team.members(self.desk, circle, signed))
        self.consents.show_client(number, signed)

    # Where things stand.

    def _draft_key(self) -> str:
        return f"standing:{self._client_id}"

    def _keep_typing(self) -> None:
        """Keep what is being typed, so that a lock or a crash loses nothing."""
        self._pause.stop()
        if self.card.editing and self._client_id:
            body = {"text": self.card.editor.text()}
            key, number = self._draft_key(), self._client_id
            self.desk.do(self, self.desk.words.tr("Keep a draft"), drafts.keep, key, body, number)

    def _drop_typing(self) -> None:
        self._pause.stop()
        self.desk.do(self, self.desk.words.tr("Drop a draft"), drafts.discard, self._draft_key())

    def _save_standing(self, text: str) -> None:
        words = self.desk.words
        self._drop_typing()
        label = words.tr("Say where things stand")
        self.desk.do(self, label, clients.say_where_things_stand, self._client_id, text).then(
            lambda _: self.desk.done(words.tr("Saved where things stand"))
        )

    # Next steps.

    def _finish(self, step: NextStep) -> None:
        words = self.desk.words
        said = words.tr("Done: {step}").format(step=step.text)
        self.desk.do(self, words.tr("Finish a step"), tasks.finish, step).then(
            lambda _: self.desk.done(said)
        )

    def _add_step(self, text: str, due: date | None) -> None:
        words = self.desk.words
        self.desk.do(self, words.tr("Add a next step"), tasks.add, self._client_id, text, due).then(
            lambda _: self.desk.done(words.tr("Next step added"))
        )

    # Ways on.

    def ask_log(self) -> None:
        self.log_contact.emit(self._client_id)

    def ask_update(self) -> None:
        self.write_update.emit(self._client_id)

    def ask_consent(self) -> None:
        self._ask_consent(None)

    def ask_hold(self) -> None:
        """Ask to record what the client wants held back for now."""
        self.hold_back.emit(self._client_id)

    def _ask_consent(self, consent_id: int | None) -> None:
        self.edit_consent.emit(self._client_id, consent_id)

    def add_person(self) -> None:
        dialog = CirclePerson(self.desk, self._client_id)
        overlay.open_over(self, dialog, dialog.form.field("given_name"))

    def _on_tab(self, number: int) -> None:
        self._tabs.setCurrentIndex(number)

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
        narrow = self.window().width() < NARROW
        self.side.setFixedWidth(look.px(rail.NARROW if narrow else rail.WIDTH))

    def commands(self) -> Sequence[Command]:
        tr, within = self.desk.words.tr, self.log.list
        return (
            Command("chart.log", tr("Log"), self.ask_log, "L", Icon.PLUS, within=within),
            Command("chart.update", tr("Write update"), self.ask_update, "Ctrl+U", Icon.MAIL),
            Command("chart.update_here", tr("Write update"), self.ask_update, "U", within=within),
            Command("chart.find", tr("Find in log"), self.log.focus_text, "Ctrl+F", Icon.SEARCH),
            Command("chart.find_here", tr("Find"), self.log.focus_text, "/", within=within),
            Command(
                "chart.stand", tr("Edit where things stand"), self.card.edit, "E", within=within
            ),
            Command("chart.person", tr("Add person to circle"), self.add_person, menu="client"),
            Command("chart.consent", tr("New consent"), self.ask_consent, menu="client"),
            Command("chart.previous", tr("Previous tab"), self.previous_tab, "[", within=within),
            Command("chart.next", tr("Next tab"), self.next_tab, "]", within=within),
        )

    def hints(self) -> Sequence[Hint]:
        return ()
