"""Care outside programs, in a chart: services referred to, and papers asked for or asked of us."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import records_requests, referrals
from cmdesk.casework.records_requests import RequestRow
from cmdesk.casework.referrals import ReferralRow
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.rules.referral_codes import STATES, AskedHow, Barrier, Direction, Outcome, ServiceKind
from cmdesk.rules.referral_draft import often
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Tone
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row, scrolled
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words

TONES: Final[dict[str, Tone]] = {
    Outcome.RECEIVED: "ok",
    Outcome.PARTLY: "warn",
    Outcome.NOT: "crit",
}


class ServicesPane(QWidget):
    """Both lists of a client.

    Signals `referral_asked(object)` and `request_asked(object)`, none for a new one; `received`,
    `chased`, `came` and `sent`, each with a number: what is done with one press.
    """

    referral_asked = Signal(object)
    request_asked = Signal(object)
    received = Signal(int)
    chased = Signal(int)
    came = Signal(int)
    sent = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil, self._client_id = desk, Veil(desk), 0
        self.any = False  # whether either list has a row
        tr = desk.words.tr
        sheet = QWidget()
        whole = column(sheet, gap=16)
        whole.setContentsMargins(24, 16, 24, 24)
        self.services, self.papers = Card(tr("Services")), Card(tr("Records asked for"))
        for card, words, asked in (
            (self.services, tr("New referral"), self.referral_asked),
            (self.papers, tr("New records request"), self.request_asked),
        ):
            add = Button(words, "quiet", size="small", icon=Icon.PLUS)
            add.clicked.connect(partial(asked.emit, None))
            add.setVisible(not desk.read_only)
            card.head.addWidget(add)
            whole.addWidget(card)
        whole.addStretch(1)
        column(self).addWidget(scrolled(sheet, tr("Services and records")))
        desk.privacy.changed.connect(self._again)

    def show_client(self, client_id: int) -> None:
        """Draw both lists; the keyboard stays with the row it was on."""
        self._client_id = client_id
        buttons, here = self.findChildren(Button), self.window().focusWidget()
        name = next((each.accessibleName() for each in buttons if each is here), "")
        tr, ask = self._desk.words.tr, self._desk.ask
        none = tr("No referral yet. Rides, benefits, tutors, sober companions stand here.")
        found = ask(referrals.rows, client_id)
        self.services.show_rows([self._service(each) for each in found], none)
        none = tr("No records asked for yet. What was asked is chased from here.")
        asked = ask(records_requests.rows, client_id)
        self.papers.show_rows([self._paper(each) for each in asked], none)
        self.any = bool(found or asked)
        if name:
            QTimer.singleShot(0, self, partial(self._stay, name))

    def _stay(self, name: str) -> None:
        """Put the keyboard on a button again, else on the one that opens its row."""
        about = name.partition(": ")[2]
        opens = self._desk.words.tr("Open {name}").format(name=about)
        there = {each.accessibleName(): each for each in self.findChildren(Button)}
        button = there.get(name) or there.get(opens)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        if self._client_id:
            self.show_client(self._client_id)

    def _service(self, each: ReferralRow) -> QWidget:
        tr, form = self._desk.words.tr, each.form
        kind = tr(ServiceKind(form.kind).label)
        title = self._veil.text(f"{kind}: {form.what}" if form.what else kind)
        acts: list[Button] = []
        if not form.over and ReferralState(form.state) is not ReferralState.CONSIDERED:
            acts.append(self._act(tr("Received"), title, partial(self.received.emit, each.id)))
        acts.append(self._open(title, partial(self.referral_asked.emit, each.id)))
        return _row(title, self._about_service(each), self._stands(each), *acts)

    def _about_service(self, each: ReferralRow) -> str:
        words, form = self._desk.words, each.form
        tr = words.tr
        asked = (
            tr("asked {day}").format(day=words.month_day(form.asked_on)) if form.asked_on else ""
        )
        step = form.next_step
        if step and form.next_on:
            step = f"{step}, {words.near_day(form.next_on, self._desk.today())}"
        barrier = form.barrier_words or (tr(Barrier(form.barrier).label) if form.barrier else "")
        return self._veil.text(_between(each.name, asked, barrier if form.outcome else step))

    def _stands(self, each: ReferralRow) -> Chip:
        tr, form = self._desk.words.tr, each.form
        if form.outcome:
            return Chip(tr(Outcome(form.outcome).label), TONES[form.outcome])
        late = form.next_on is not None and form.next_on < self._desk.today()
        tone: Tone = "crit" if late else "neutral" if form.over else "accent"
        return Chip(tr(STATES[ReferralState(form.state)]), tone)

    def _paper(self, each: RequestRow) -> QWidget:
        tr, form = self._desk.words.tr, each.form
        theirs = Direction(form.direction) is Direction.FROM
        title = self._veil.text(form.what or tr("Records"))
        acts: list[Button] = []
        if not form.over:
            if theirs:
                acts.append(self._act(tr("Chase"), title, partial(self.chased.emit, each.id)))
            words, done = (tr("Received"), self.came) if theirs else (tr("Sent"), self.sent)
            acts.append(self._act(words, title, partial(done.emit, each.id)))
        acts.append(self._open(title, partial(self.request_asked.emit, each.id)))
        return _row(title, self._about_paper(each, theirs=theirs), self._due(each), *acts)

    def _about_paper(self, each: RequestRow, *, theirs: bool) -> str:
        words, form = self._desk.words, each.form
        tr = words.tr
        whom = tr("from {name}") if theirs else tr("for {name}")
        asked = (
            tr("asked {day}").format(day=words.month_day(form.asked_on)) if form.asked_on else ""
        )
        how = tr(AskedHow(form.asked_how).label).lower() if form.asked_how else ""
        return self._veil.text(
            _between(
                whom.format(name=each.name) if each.name else "",
                ", ".join(filter(None, (asked, how))),
                tr(often(form.chases)) if form.chases else "",
                form.reason if form.refused_on else self._desk.privacy.file(each.document),
            )
        )

    def _due(self, each: RequestRow) -> Chip:
        words, form, today = self._desk.words, each.form, self._desk.today()
        tr, theirs = words.tr, Direction(form.direction) is Direction.FROM
        if form.done_on:
            said = tr("Received {day}") if theirs else tr("Sent {day}")
            return Chip(said.format(day=words.month_day(form.done_on)), "ok")
        if form.refused_on:
            return Chip(tr("Refused {day}").format(day=words.month_day(form.refused_on)), "crit")
        if each.due_on is None:
            return Chip(tr("Waiting") if theirs else tr("To be sent"), "neutral")
        tone: Tone = (
            "crit" if each.due_on < today else "warn" if each.due_on == today else "neutral"
        )
        return Chip(when(words, each.due_on, today, theirs=theirs), tone)

    def _act(self, words: str, about: str, run: object) -> Button:
        made = Button(words, size="small")
        made.setAccessibleName(f"{words}: {about}")
        made.setVisible(not self._desk.read_only)
        made.clicked.connect(run)
        return made

    def _open(self, about: str, run: object) -> Button:
        made = Button(self._desk.words.tr("Open"), size="small")
        made.setAccessibleName(self._desk.words.tr("Open {name}").format(name=about))
        made.clicked.connect(run)
        return made


def when(words: Words, due: date, today: date, *, theirs: bool) -> str:
    """Say when to ask again, or by when to answer: a day that has passed is told as late."""
    tr, day = words.tr, words.near_day(due, today)
    if due == today:
        return tr("Ask again today") if theirs else tr("Answer today")
    if due < today:
        return (tr("Ask again, due {day}") if theirs else tr("Answer was due {day}")).format(
            day=day
        )
    return (tr("Ask again {day}") if theirs else tr("Answer by {day}")).format(day=day)


def _between(*parts: str) -> str:
    return phrases.BETWEEN.join(filter(None, parts))


def _row(first: str, second: str, chip: Chip, *acts: QWidget) -> QWidget:
    made = QWidget()
    across = row(made, gap=12)
    text = column()
    text.addWidget(Label(first, "medium", wrap=True))
    if second:
        text.addWidget(Label(second, "small", "text2", wrap=True))
    across.addLayout(text, 1)
    shown: Sequence[QWidget] = (chip, *acts)
    for each in shown:
        across.addWidget(each)
    return made


__all__ = ["ServicesPane", "when"]
