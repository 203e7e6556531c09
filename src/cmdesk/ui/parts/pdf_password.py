"""The password that opens one reader's letters: six words, and how they were told."""

from datetime import date

from PySide6.QtCore import Signal
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


class PdfPassword(Dialog):
    """Signal `kept(str, str)`: the password, and how it was told."""

    kept = Signal(str, str)

    def __init__(self, desk: Desk, called: str, words: str = "") -> None:
        """Offer new words, or those given, to be told."""
        tr = desk.words.tr
        title = tr("Password for {name}’s letters").format(name=desk.privacy.name(called))
        super().__init__(title, width=520, close_word=tr("Close"))
        self._desk = desk
        why = tr("Tell it by phone or in person, never in the e-mail that carries the letter.")
        self.body.addWidget(Label(why, "body", "text2", wrap=True))
        self.password = line_edit()
        self.password.setText(words or passphrases.suggest())
        new = Button(tr("New words"), "quiet", size="small", icon=Icon.REFRESH_CW)
        new.clicked.connect(self._suggest)
        self.field = Field(tr("Password"), self.password, action=new)
        self.body.addWidget(self.field)
        self.way = Choice(((way, tr(words)) for way, words in WAYS), tr("How you told them"))
        if words:
            self.way.choose("by phone")
        self.body.addWidget(Field(tr("How you told them"), self.way))
        self.add_foot()
        copy = Button(tr("Copy"), size="normal")
        copy.clicked.connect(lambda: desk.clipboard.copy(self.password.text()))
        keep = Button(tr("Keep"), "primary")
        keep.clicked.connect(self._keep)
        self.password.returnPressed.connect(self._keep)
        self.foot.addWidget(copy)
        self.foot.addStretch(1)
        self.foot.addWidget(keep)
        self.names_cover = NamesCover(self, desk)

    def _suggest(self) -> None:
        self.password.setText(passphrases.suggest())
        self.way.choose("")

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


def ask(parent: QWidget, desk: Desk, called: str, words: str = "") -> PdfPassword:
    """Open the dialog over the window `parent` is in."""
    dialog = PdfPassword(desk, called, words)
    overlay.open_over(parent, dialog, dialog.way if words else dialog.password)
    return dialog
