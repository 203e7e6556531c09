"""A program with everything a placement call asks for: new, or one there is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import provider_edit
from cmdesk.rules import provider_draft
from cmdesk.rules.distance import five
from cmdesk.rules.provider_draft import ProgramForm
from cmdesk.rules.provider_said import age_groups, cost, waiting
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.provider_fields import sections
from cmdesk.ui.dialogs.record_sheet import RecordSheet
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import provider_words as said
from cmdesk.ui.parts.provider_shelf import shelf_of
from cmdesk.ui.widgets.button import Button

WIDE: Final = 760


class ProgramDialog(RecordSheet[ProgramForm]):
    """Signals `kept(int)`: it stands under this number; `instead()`: a professional is meant."""

    kept = Signal(int)
    instead = Signal()

    def __init__(self, desk: Desk, number: int | None = None) -> None:
        tr = desk.words.tr
        key = f"provider:{number}" if number else "provider:new"
        super().__init__(desk, tr("Provider") if number else tr("New provider"), key, width=WIDE)
        self._number = number
        for section in sections(desk):
            self.add(section)
        self.other = Button(tr("A professional instead"), "plain")
        self.other.clicked.connect(self._on_other)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons(() if number else (self.other,), self.save_button, self.save)
        self.begin(desk.ask(provider_edit.form, number) if number else ProgramForm())

    def follow(self) -> None:
        """Say how cost and opening are read, and whether the name is on record already."""
        draft, words, today = self.draft, self.desk.words, self.desk.today()
        self.field("name").say_hint(self._alike(draft.name))
        read = cost(draft.cost)
        self._say("cost", said.cost(words, *read) if read else "")
        wait = waiting(draft.wait, today)
        if wait is None:
            self._say("wait", "")
        elif wait.opening_on is not None:
            day = words.short_day(wait.opening_on)
            self._say("wait", words.tr("Opening {day}").format(day=day))
        elif wait.days == 0:
            self._say("wait", words.tr("No wait"))
        else:
            count = wait.days or 0
            self._say("wait", words.ntr("{n} day", "{n} days", count).format(n=count))

    def _alike(self, name: str) -> str:
        """Say that a program of this name is on record, and where."""
        index, typed = shelf_of(self.desk).index, " ".join(name.casefold().split())
        if index is None or not typed:
            return ""
        for each in index.listed:
            if each.id != self._number and each.name.casefold() == typed:
                where = said.place(each)
                there = self.tr_("On record already, in {place}.").format(place=where)
                return there if where else self.tr_("On record already.")
        return ""

    def _say(self, name: str, words: str) -> None:
        read = self.tr_("Read as: {words}").format(words=words) if words else ""
        self.field(name).say_hint(read)

    def faults(self) -> Mapping[str, str]:
        found = provider_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        tr, draft = self.tr_, self._settled()
        act = Act(tr("Edit a provider") if self._number else tr("Add a provider"))
        args = (draft, self._number, self.keeper.key)
        doing = self.desk.do(self, act, provider_edit.save, *args)
        self.close_after(doing, self.save_button, tr("Provider saved"), then=self.kept.emit)

    def _settled(self) -> ProgramForm:
        """Put the zeros before a ZIP, and an age range into its groups where none was picked."""
        draft = self.draft
        zip_code = five(draft.zip) if len(draft.zip.strip()) < 5 else draft.zip
        groups = draft.age_groups or age_groups(draft.ages)
        return replace(draft, zip=zip_code, age_groups=groups)

    def _on_other(self) -> None:
        self.close_dialog()
        self.instead.emit()


def open_program(desk: Desk, window: QWidget, number: int | None = None) -> ProgramDialog:
    """Open a program over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, ProgramDialog)
    if standing is not None:
        return standing
    dialog = ProgramDialog(desk, number)
    dialog.again = lambda desk, window: open_program(desk, window, number)
    open_over(window, dialog, dialog.keeper.place(dialog.field("name").editor))
    return dialog
