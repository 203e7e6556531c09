"""Settings: the practice's letterhead, which every letter carries, and this computer's looks."""

from collections.abc import Mapping
from typing import ClassVar
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from cmdesk.casework import practice
from cmdesk.casework.practice import PracticeDraft
from cmdesk.rules.letter import Paper
from cmdesk.ui.desk import Desk
from cmdesk.ui.form import Form, choice, line
from cmdesk.ui.page import Page
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, grounded, row, scrolled
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label

WIDE = 720
LOCK_AFTER = (1, 2, 5, 10, 15, 20, 30)  # minutes


class SettingsPage(Page):
    """Title, effect, value; the letterhead is the vault's, the rest this computer's."""

    concerns: ClassVar[frozenset[str]] = frozenset({"practice", "practitioner"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        content = grounded("bg")
        whole = column(content, gap=16, edge=24)
        whole.addWidget(Label(tr("Settings"), "title"))
        self.form = self._letterhead()
        self.save = Button(tr("Save letterhead"), "primary", keys="Ctrl+Return")
        self.save.clicked.connect(self._on_save)
        for card in (self._practice_card(), self._computer_card()):
            card.setMaximumWidth(WIDE)
            whole.addWidget(card)
        whole.addStretch(1)
        column(self).addWidget(scrolled(content, tr("Settings")))
        self.setFocusProxy(self.form.field("name").editor)

    def _letterhead(self) -> Form[PracticeDraft]:
        tr = self.desk.words.tr
        papers = ((Paper.LETTER, tr("US Letter")), (Paper.A4, tr("A4")))
        zone = line("time_zone", tr("Time zone"), hint=tr("Decides what day it is"))
        edit = zone.editor
        if isinstance(edit, QLineEdit):
            names = QCompleter(sorted(available_timezones()), edit)
            names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            names.setFilterMode(Qt.MatchFlag.MatchContains)
            edit.setCompleter(names)
        return Form(
            [
                line("name", tr("Practice")),
                [line("practitioner", tr("Your name")), line("credentials", tr("Credentials"))],
                [line("phone", tr("Phone")), line("email", tr("E-mail"))],
                line("address", tr("Address")),
                [zone, choice("paper", tr("Paper"), papers)],
            ],
            self._faults,
        )

    def _faults(self, draft: PracticeDraft) -> Mapping[str, str]:
        return practice.faults(draft)

    def _practice_card(self) -> Card:
        tr = self.desk.words.tr
        card = Card(tr("Letterhead"))
        card.body.addWidget(
            Label(tr("Stands at the top of every letter."), "small", "text2", wrap=True)
        )
        card.body.addWidget(self.form)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self.save)
        card.body.addLayout(foot)
        return card

    def _computer_card(self) -> Card:
        tr, now = self.desk.words.tr, self.desk.settings.now
        card = Card(tr("This computer"))
        self.lock_after = Choice(
            [(minutes, self.desk.words.minutes(minutes)) for minutes in LOCK_AFTER],
            tr("Lock after no activity"),
        )
        self.lock_after.choose(now.lock_after)
        self.lock_after.chosen.connect(self._on_lock_after)
        title, effect = tr("Lock after no activity"), tr("Also when the computer has slept")
        card.body.addWidget(_setting(title, effect, self.lock_after))
        return card

    def refresh(self) -> None:
        if not self._typing():
            self.form.load(self.desk.ask(practice.draft))

    def _typing(self) -> bool:
        return self.form.loaded and self.form.dirty

    def _on_save(self) -> None:
        if self.form.check():
            words = self.desk.words.tr("Change letterhead")
            self.desk.do(self, words, practice.save, self.form.draft).then(self._on_saved)

    def _on_saved(self, _nothing: None) -> None:
        self.form.load(self.desk.ask(practice.draft))
        self.desk.done(self.desk.words.tr("Letterhead saved"))

    def _on_lock_after(self, minutes: object) -> None:
        if isinstance(minutes, int):
            self.desk.settings.change(lock_after=minutes)


def _setting(title: str, effect: str, value: QWidget) -> QWidget:
    """Lay out one setting: title and effect at the left, value at the right."""
    made = QWidget()
    body = row(made, gap=16)
    words = column()
    words.addWidget(Label(title, "body"))
    words.addWidget(Label(effect, "small", "text2"))
    body.addLayout(words, 1)
    body.addWidget(value)
    return made
