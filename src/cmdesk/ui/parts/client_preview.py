"""The client beside the list: where things stand, what is next, what was last."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from cmdesk.casework import clients, tasks, timeline
from cmdesk.casework.clients import ClientHead
from cmdesk.casework.tasks import NextStep
from cmdesk.casework.timeline import TimelineRow
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.steps import StepList
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.avatar import Avatar
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

WIDTH = 320
LAST = 3


@dataclass(frozen=True, slots=True)
class Preview:
    head: ClientHead
    steps: Sequence[NextStep]
    last: Sequence[TimelineRow]


def read(desk: Desk, client_id: int) -> Preview:
    ids = desk.ask(timeline.find, client_id)[:LAST]
    return Preview(
        head=desk.ask(clients.head, client_id),
        steps=desk.ask(tasks.next_steps, client_id),
        last=desk.ask(timeline.rows, ids) if ids else (),
    )


class ClientPreview(QScrollArea):
    """Signals `log`, `update_asked`, `opened`: the buttons; `ticked(NextStep)`: a step is done."""

    log = Signal()
    update_asked = Signal()
    opened = Signal()
    ticked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        tr = desk.words.tr
        sheet = grounded("surface", edge="left")
        whole = column(sheet)
        whole.setContentsMargins(21, 20, 20, 20)
        whole.addLayout(self._make_head())
        whole.addSpacing(16)
        whole.addLayout(self._make_buttons())
        whole.addSpacing(16)
        whole.addWidget(Label(tr("Where things stand"), "strong"))
        whole.addSpacing(4)
        self._stand = Label("", "body", "text2", wrap=True)
        whole.addWidget(self._stand)
        whole.addSpacing(16)
        whole.addWidget(Label(tr("Next steps"), "strong"))
        whole.addSpacing(4)
        self._steps = StepList(desk, most=6)
        self._steps.ticked.connect(self.ticked)
        whole.addWidget(self._steps)
        whole.addSpacing(16)
        self._last_title = Label(tr("Last three contacts"), "strong")
        whole.addWidget(self._last_title)
        whole.addSpacing(8)
        self._contacts = column(gap=10)
        self._made: list[QWidget] = []
        whole.addLayout(self._contacts)
        whole.addStretch(1)
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Preview"))
        self.setFixedWidth(max(WIDTH, look.px(WIDTH)))

    def _make_head(self) -> QHBoxLayout:
        line = row(gap=12)
        self._avatar = Avatar("", 44)
        line.addWidget(self._avatar)
        names = column()
        self._name = Label("", "heading", wrap=True)
        self._meta = Label("", "small", "text2", elide=True)
        names.addWidget(self._name)
        names.addWidget(self._meta)
        line.addLayout(names, 1)
        return line

    def _make_buttons(self) -> QHBoxLayout:
        tr = self._desk.words.tr
        line = row(gap=8)
        for button, signal in (
            (Button(tr("Log"), "primary", size="small", icon=Icon.PLUS), self.log),
            (Button(tr("Write update"), size="small"), self.update_asked),
            (Button(tr("Open chart"), size="small"), self.opened),
        ):
            button.clicked.connect(signal)
            line.addWidget(button, 1)
        return line

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(max(WIDTH, look.px(WIDTH)))

    def show_client(self, preview: Preview) -> None:
        head, words = preview.head, self._desk.words
        self._avatar.set_letters(head.name.initials)
        self._name.setText(self._desk.privacy.name(head.name.full))
        since = words.month_year(head.since) if head.since else ""
        parts = (
            str(head.age) if head.age is not None else "",
            head.pronouns,
            words.tr("client since {month}").format(month=since) if since else "",
        )
        self._meta.setText(phrases.BETWEEN.join(part for part in parts if part))
        stand = self._veil.text(head.where_things_stand)
        self._stand.setText(stand or words.tr("Nothing written yet."))
        self._steps.show_steps(preview.steps, self._desk.today())
        self._show_contacts(preview.last)

    def _show_contacts(self, last: Sequence[TimelineRow]) -> None:
        for old in self._made:
            self._contacts.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = [self._contact(entry) for entry in last]
        for each in self._made:
            self._contacts.addWidget(each)
        self._last_title.setVisible(bool(last))

    def _contact(self, entry: TimelineRow) -> QWidget:
        words, privacy = self._desk.words, self._desk.privacy
        made = QWidget()
        line = row(made, gap=6)
        beside = column()
        beside.addSpacing(look.px(3))
        beside.addWidget(Glyph(phrases.icon_of(entry.kind, entry.method, entry.outcome), "text3"))
        beside.addStretch(1)
        line.addLayout(beside)
        text = column()
        title = row(gap=4)
        who = privacy.name(entry.people[0].full) if entry.people else ""
        shown = who or phrases.how(words, entry.kind, entry.method)
        title.addWidget(Label(shown, "strong", elide=True))
        day = phrases.day_of(words, entry.at.date(), self._desk.today())
        title.addWidget(Label(day, "small", "text2"))
        title.addStretch(1)
        text.addLayout(title)
        text.addWidget(
            Label(_shortened(self._veil.text(entry.narrative)), "body", "text2", wrap=True)
        )
        line.addLayout(text, 1)
        return made


def _shortened(text: str, most: int = 90) -> str:
    """Cut at a word, so that three contacts fit beside the list."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0] + "…"
