"""What happens when a letter is finished, said and chosen before it does."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cmdesk.casework.hand_over_way import Way
from cmdesk.rules.people import possessive
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

EDGE = 16


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the letter is to leave. `plain`: not locked, as the client has accepted."""

    plain: bool
    email: bool


class _Line(QWidget):
    """A mark, what will be done, what that means, and perhaps a button."""

    def __init__(self, mark: QWidget) -> None:
        super().__init__()
        self.title = Label("", "medium", wrap=True)
        self.more = Label("", "small", "text2", wrap=True)
        line = row(self, gap=8)
        beside = column()
        beside.addSpacing(2)
        beside.addWidget(mark)
        beside.addStretch(1)
        line.addLayout(beside)
        words = column(gap=1)
        words.addWidget(self.title)
        words.addWidget(self.more)
        line.addLayout(words, 1)
        self.row: QHBoxLayout = line

    def say(self, title: str, more: str, ink: str = "text2") -> None:
        self.title.setText(title)
        self.more.set_ink(ink)
        self.more.setText(more)


class FinishPanel(QWidget):
    """Signal `password_asked`: choose or tell another password."""

    password_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._way = Way(False, "", "", "", None, False)  # noqa: FBT003 - nobody yet
        self._reader: str = ""
        tr = desk.words.tr
        whole = column(self, gap=10)
        whole.setContentsMargins(EDGE, 14, EDGE, 14)
        head = row()
        head.addWidget(Label(tr("When you finish"), "strong"), 1)
        head.addWidget(Label(tr("It can’t be undone"), "small", "text2"))
        whole.addLayout(head)
        self.lock, self.email = CheckBox(), CheckBox()
        for box in (self.lock, self.email):
            box.setChecked(True)
            look.hold_width(box, 16)
            box.toggled.connect(self._on_toggled)
        self._lock = _Line(self.lock)
        self.change = Button(tr("Change"), "plain", size="small")
        self.change.clicked.connect(self.password_asked)
        self._lock.row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self._mail = _Line(self.email)
        log = _Line(Glyph(Icon.BOOK_CHECK, "text2", 16))
        log.say(
            tr("Record it in the sharing log"), tr("Always on: who, what, when, and which consent")
        )
        for part in (self._lock, self._mail, log):
            whole.addWidget(part)

    @property
    def chosen(self) -> Chosen:
        return Chosen(plain=not self.lock.isChecked(), email=self.email.isChecked())

    def show_way(self, way: Way, called: str) -> None:
        """Show how this reader may be handed a letter."""
        if (way, called) != (self._way, self._reader):
            if way.address != self._way.address or called != self._reader:
                self.email.setChecked(bool(way.address or way.plain))
            self._way = way
            self._reader = called
        if not way.plain:
            self.lock.setChecked(True)
        shared = bool(way.shared_with)
        if shared:  # nobody reads it there whom it is kept from
            self.email.setChecked(False)
        self.email.setEnabled(bool(way.address) and not shared)
        self._tell()

    def _on_toggled(self) -> None:
        """Keep the lock on where the client has not accepted plain e-mail, and say why."""
        if self.lock.isChecked() or self._way.plain:
            self._tell()
            return
        self.lock.setChecked(True)
        tr = self._desk.words.tr
        why = tr("Always locked: nobody has accepted plain e-mail after a warning")
        self._lock.say(self._lock.title.text(), why, "warn")
        self._desk.say.announce(why)

    def _tell(self) -> None:
        tr, way = self._desk.words.tr, self._way
        name = self._desk.privacy.name(self._reader)
        whose = phrases.curled(possessive(name))
        locked = tr("Lock the PDF with {whose} password").format(whose=whose)
        if not self.lock.isChecked():
            self._lock.say(locked, self._plain_warning(), "warn")
        elif not way.has_password:
            more = tr("None yet. Finishing makes six words for you to tell {name}")
            self._lock.say(locked, more.format(name=name), "warn")
        elif way.told:
            more = tr("You gave it to {name} {how}").format(name=name, how=way.told)
            self._lock.say(locked, more)
        else:
            more = tr("Nothing says how {name} was told").format(name=name)
            self._lock.say(locked, more, "warn")
        self.change.setText(tr("Change") if way.has_password else tr("Choose"))
        self.change.setVisible(self.lock.isChecked())
        self.lock.setAccessibleName(f"{locked}. {self._lock.more.text()}")
        self._tell_email()

    def _plain_warning(self) -> str:
        tr, words = self._desk.words.tr, self._desk.words
        day = words.month_day(self._way.plain_on) if self._way.plain_on else ""
        warning = tr("Anyone on the way can read it. Accepted after a warning on {day}")
        return warning.format(day=day)

    def _tell_email(self) -> None:
        tr, way = self._desk.words.tr, self._way
        address = way.plain if self.chosen.plain else way.address
        if self._desk.privacy.hidden and address:
            address = self._desk.privacy.file(address)
        others = [self._desk.privacy.name(each) for each in way.shared_with]
        if others:
            title = tr("No e-mail: {others} has this address, too").format(
                others=self._desk.words.listed(others)
            )
            more = tr("Add one only {name} reads, or hand the PDF over").format(
                name=self._desk.privacy.name(self._reader)
            )
        elif address:
            title = tr("Draft an e-mail to {address}").format(address=address)
            more = tr("The message names no one and says nothing about health")
        else:
            title, more = tr("No e-mail address on record"), tr("Hand the file over another way")
        self._mail.say(title, more)
        self.email.setAccessibleName(f"{title}. {more}")
