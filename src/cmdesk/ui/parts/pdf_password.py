"""The password that opens one reader's letters: six words, and how they were told."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.correspondence import SHORTEST_PASSWORD
from cmdesk.rules.days import near
from cmdesk.store import passphrases
from cmdesk.ui import overlay
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.names_cover import NamesCover
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.words import N_

WAYS = (
    ("", N_("Not told yet")),
    ("by phone", N_("By phone")),
    ("in person", N_("In person")),
    ("by text message", N_("By text message")),
    ("on paper", N_("On paper")),
)


def told_words(way: str, day: date, today: date) -> str:
    """Write how and when: "by phone on February 2"; empty while nobody was told."""
    return f"{way} on {near(day, today)}" if way else ""


@dataclass(frozen=True, slots=True)
class Before:
    """The password kept until now, and how many letters were handed over with one."""

    password: str = ""
    letters: int = 0


class PdfPassword(Dialog):
    """Signal `kept(str, str)`: the password, and how it was told.

    Other words than those kept are taken only with a look at what they mean for older letters.
    """

    kept = Signal(str, str)

    def __init__(
        self, desk: Desk, called: str, words: str = "", before: Before | None = None
    ) -> None:
        """Offer the words given, to be told, or those kept; where there are none, new ones."""
        tr = desk.words.tr
        title = tr("Password for {name}’s letters").format(name=desk.privacy.name(called))
        super().__init__(title, width=520, close_word=tr("Close"))
        self._desk, self._before, self._called = desk, before or Before(), called
        why = tr("Tell it by phone or in person, never in the e-mail that carries the letter.")
        self.body.addWidget(Label(why, "body", "text2", wrap=True))
        self.password = line_edit()
        self.password.setText(words or self._before.password or passphrases.suggest())
        new = Button(tr("New words"), "quiet", size="small", icon=Icon.REFRESH_CW)
        new.clicked.connect(self._suggest)
        self.field = Field(tr("Password"), self.password, action=new)
        self.body.addWidget(self.field)
        self.changes = Note("", "warn")
        self.body.addWidget(self.changes)
        self.way = Choice(((way, tr(words)) for way, words in WAYS), tr("How you told them"))
        if words:
            self.way.choose("by phone")
        self.body.addWidget(Field(tr("How you told them"), self.way))
        self.add_foot()
        copy = Button(tr("Copy"), size="normal")
        copy.clicked.connect(lambda: desk.clipboard.copy(self.password.text()))
        self.save = Button(tr("Keep"), "primary")
        self.save.clicked.connect(self._keep)
        self.password.returnPressed.connect(self._on_enter)
        self.foot.addWidget(copy)
        self.foot.addStretch(1)
        self.foot.addWidget(self.save)
        self.password.textChanged.connect(self._tell)
        self._tell()
        self.names_cover = NamesCover(self, desk)

    def _suggest(self) -> None:
        self.password.setText(passphrases.suggest())
        self.way.choose("")

    @property
    def _changed(self) -> bool:
        kept = self._before.password
        return bool(kept) and self.password.text().strip() != kept

    def _tell(self) -> None:
        """Say what other words mean for the letters that left before."""
        tr, words, count = self._desk.words.tr, self._desk.words, self._before.letters
        name = self._desk.privacy.name(self._called)
        older = words.ntr(
            "{n} letter {name} has opens with the words before.",
            "{n} letters {name} has open with the words before.",
            count,
        ).format(n=count, name=name)
        more = tr("The old words are not kept here: {name} needs both.").format(name=name)
        self._meaning = f"{older} {more}"
        self.changes.say(self._meaning)
        self.changes.setVisible(self._changed and count > 0)
        self.save.setText(tr("Change it") if self._changed else tr("Keep"))

    def _on_enter(self) -> None:
        """Keep what was kept; other words take the button itself, with the warning beside it."""
        if self._changed and self._before.letters:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)
            self._desk.say.announce(self._meaning, at_once=True)
            return
        self._keep()

    def _keep(self) -> None:
        typed = self.password.text().strip()
        if len(typed) < SHORTEST_PASSWORD:
            tr = self._desk.words.tr
            least = tr("Use {n} characters or more. Six words do.").format(n=SHORTEST_PASSWORD)
            self.field.say_fault(least)
            return
        today = self._desk.today()
        self.kept.emit(typed, told_words(str(self.way.value or ""), today, today))
        self.close_dialog()


def ask(
    parent: QWidget, desk: Desk, called: str, words: str = "", before: Before | None = None
) -> PdfPassword:
    """Open the dialog over the window `parent` is in."""
    dialog = PdfPassword(desk, called, words, before)
    overlay.open_over(parent, dialog, dialog.way if words else dialog.password)
    return dialog
