"""Finishing a letter: how it leaves, handing it over, and what to say once it is out."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from cmdesk.casework import correspondence
from cmdesk.casework.composing import Workplace
from cmdesk.casework.drafting import LetterDraft
from cmdesk.store import passphrases
from cmdesk.store.journal import Label as Act
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import pdf_password
from cmdesk.ui.parts.finish import EDGE, FinishPanel
from cmdesk.ui.parts.handed_over import HandedOver
from cmdesk.ui.parts.pdf_password import Before
from cmdesk.ui.parts.spare import Spare
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.note import Note

if TYPE_CHECKING:  # paper is loaded with the first letter, not with the window
    from cmdesk.handover import Handover, Request

PATIENCE = 1000  # milliseconds before waiting is told


class FinishArea(QStackedWidget):
    """Signals `began`, `slow`, `failed(Exception)`, `finished(bool)`, and `left`: back to the list.

    `finished` says whether the letter that left is still the one in front. What is asked first is
    answered by `went_on`: finish all the same, or `looked`: decide it now.
    """

    began = Signal()
    slow = Signal()
    failed = Signal(object)
    finished = Signal(bool)
    left = Signal()
    went_on = Signal()
    looked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._place: Workplace | None = None
        self.panel = FinishPanel(desk)
        self.panel.password_asked.connect(self.ask_password)
        self.spare = Spare(desk)
        self.addWidget(self._lay_out())
        self.done: HandedOver | None = None
        self.busy = False
        self._locked = False
        self._opened = 0  # counts the letters taken up, to know one that was left meanwhile
        desk.closing.connect(self._lock)
        self._wait = QTimer(self, interval=PATIENCE, singleShot=True)
        self._wait.timeout.connect(self.slow)

    def _lay_out(self) -> QWidget:
        tr = self._desk.words.tr
        page = QWidget()
        whole = column(page)
        self.question = Note("", "warn")
        self.go_on = Button(tr("Finish without them"), size="small")
        self.go_on.clicked.connect(self.went_on)
        look = Button(tr("Choose first"), size="small")
        look.clicked.connect(self.looked)
        self.question.add_button(self.go_on)
        self.question.add_button(look)
        self._asked = QWidget()
        asked = column(self._asked)
        asked.setContentsMargins(EDGE, 12, EDGE, 0)
        asked.addWidget(self.question)
        self._asked.hide()
        whole.addWidget(self._asked)
        whole.addWidget(self.spare)
        whole.addWidget(self.panel)
        return page

    @property
    def asking(self) -> bool:
        """Whether something is asked that is not answered yet."""
        return not self._asked.isHidden()

    def ask(self, undecided: int) -> None:
        """Say plainly what stays out of the letter, and wait: the keyboard goes on from here."""
        words = self._desk.words.ntr(
            "{n} entry waits for your choice. It is kept back.",
            "{n} entries wait for your choice. They are kept back.",
            undecided,
        ).format(n=undecided)
        self.question.say(words)
        self._asked.show()
        self.go_on.setAccessibleDescription(words)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._bring)
        self._desk.say.announce(words, at_once=True)

    def _bring(self) -> None:
        """Bring the question into sight, where large text leaves no room for all."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.question, 0, 24)

    def stop_asking(self) -> None:
        self._asked.hide()

    def show_place(self, place: Workplace) -> None:
        self._place = place
        self.panel.show_way(place.way, place.party.called)

    def _lock(self) -> None:
        """Let nothing leave once the records are being locked, not even from an open dialog."""
        self._locked = True

    def begin_anew(self) -> None:
        """Forget the letter that was handed over: another is being written."""
        self._opened += 1
        self.stop_asking()
        if self.done:
            self.removeWidget(self.done)
            self.done.deleteLater()
            self.done = None

    def ask_password(self) -> None:
        """Choose another password, or say how the one just made was told."""
        if self._place is None:
            return
        words, party = self.done.password if self.done else "", self._place.party
        kept = self._desk.ask(correspondence.password, party) or ""
        letters = self._desk.ask(correspondence.locked_letters, party)
        before = Before(kept, letters)
        dialog = pdf_password.ask(self, self._desk, party.called, words, before)
        dialog.kept.connect(self._keep_password)

    def _keep_password(self, typed: str, told: str) -> None:
        if self._place is None:
            return
        tr, party = self._desk.words.tr, self._place.party
        kept = tr("Password kept for {name}").format(name=self._desk.privacy.name(party.called))
        label = tr("Keep a PDF password")
        self._desk.do(self, label, correspondence.keep_password, party, typed, told).then(
            lambda _: self._desk.done(kept)
        )

    def finish(self, client_id: int, letter: LetterDraft, first: date, last: date) -> bool:
        """Ask where to, and hand the letter over; false when the user changed their mind."""
        if self._place is None or self.busy:
            return False
        tr, today = self._desk.words.tr, self._desk.today()
        title = tr("Where to put the letter")
        stem = f"Update {today.isoformat()}"
        name = handing.free_name(title, stem, ".pdf")
        target = handing.choose_save(self, title, name, "PDF (*.pdf)")
        if target is None or self._locked:
            return False
        from cmdesk.handover import Request  # noqa: PLC0415

        chosen, way = self.panel.chosen, self._place.way
        target = (
            target if target.suffix.lower() == ".pdf" else target.with_name(target.name + ".pdf")
        )
        make = not chosen.plain and not way.has_password
        said = tuple(part for part in letter.passages if part.text.strip())
        request = Request(
            client_id=client_id,
            party=self._place.party,
            first=first,
            last=last,
            target=target,
            password=passphrases.suggest() if make else None,
            plain=chosen.plain,
            email=handing.mail_place(f"{stem}.eml") if chosen.email else None,
            draft=replace(letter, passages=said),
        )
        self._hand_over(request)
        return True

    def _hand_over(self, request: "Request") -> None:
        tr, name = self._desk.words.tr, request.party.full_name
        said = tr("Hand over an update to {name}").format(name=name)
        label = Act(said, undoable=False, kind="disclosure")
        self.busy = True
        self._wait.start()
        self.began.emit()
        opened = self._opened

        def show(made: "Handover") -> None:
            self._rest()
            tr, called = self._desk.words.tr, self._desk.privacy.name(request.party.called)
            ready = tr("The letter for {name} is ready").format(name=called)
            self._desk.say.announce(ready)
            in_front = opened == self._opened
            if in_front:
                self._on_made(made, request)
            else:
                self._desk.say.toast(ready)
            self.finished.emit(in_front)

        self._desk.hand_over(self, label, request).then(show).otherwise(self._on_failed)

    def _on_made(self, made: "Handover", request: "Request") -> None:
        password = request.password or ""
        if made.encrypted and not password:
            password = self._desk.ask(correspondence.password, request.party) or ""
        self.begin_anew()
        fresh = request.password is not None
        self.done = HandedOver(self._desk, made, password, fresh=fresh)
        self.done.told.connect(self.ask_password)
        self.done.left.connect(self.left)
        self.addWidget(self.done)
        self.setCurrentWidget(self.done)

    def _on_failed(self, error: BaseException) -> None:
        self._rest()
        self.failed.emit(error)
        self._desk.say.failure(error)

    def _rest(self) -> None:
        self._wait.stop()
        self.busy = False
