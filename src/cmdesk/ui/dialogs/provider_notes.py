"""One's private impressions of a provider, and the name of a view that is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import provider_facts, provider_page, saved_views
from cmdesk.casework.saved_views import LONGEST, PROVIDERS
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 560


@dataclass(frozen=True, slots=True)
class NotesForm:
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ViewForm:
    name: str = ""


class NotesDialog(RecordSheet[NotesForm]):
    """What one thinks of a provider; nobody else reads it."""

    def __init__(self, desk: Desk, number: int) -> None:
        tr = desk.words.tr
        super().__init__(desk, tr("Your notes"), f"provider_notes:{number}", width=WIDE)
        self._number = number
        page = desk.ask(provider_page.page, number)
        hint = tr("Only you see this. It is in no letter.")
        notes = form.paragraph("notes", tr("Your notes"), lines=8, hint=hint)
        self.add(Section(page.listed.name, [notes]))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(NotesForm(page.texts.get("notes", "")))

    def faults(self) -> Mapping[str, str]:
        return {}

    def save(self) -> None:
        act = Act(self.tr_("Write about a provider"))
        args = (self._number, self.draft.notes, self.keeper.key)
        doing = self.desk.do(self, act, provider_facts.note, *args)
        self.close_after(doing, self.save_button, self.tr_("Notes saved"))


class ViewDialog(RecordSheet[ViewForm]):
    """Gives what narrows the list a name. Signal `kept(int)`: it is saved under this number."""

    kept = Signal(int)

    def __init__(self, desk: Desk, chosen: Mapping[str, Any]) -> None:
        tr = desk.words.tr
        super().__init__(desk, tr("Save view"), "saved_view:new", width=WIDE)
        self._chosen = chosen
        hint = tr("The same name again takes its place.")
        self.add(Section("", [form.line("name", tr("Name of the view"), hint=hint)]))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(ViewForm())

    def faults(self) -> Mapping[str, str]:
        name = self.draft.name.strip()
        if not name:
            return {"name": self.tr_("Name this view.")}
        if len(name) > LONGEST:
            return {"name": self.tr_("Use at most {n} characters.").format(n=LONGEST)}
        return {}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Save a view"))
        args = (PROVIDERS, self.draft.name, self._chosen)
        doing = self.desk.do(self, act, saved_views.save, *args)
        said = self.tr_("View saved")  # its name was kept apart: nothing took it along
        self.close_after(doing, self.save_button, said, saved=False, then=self.kept.emit)


def open_notes(desk: Desk, window: QWidget, number: int) -> NotesDialog:
    """Open the notes over the window; where they are open already, give those."""
    standing = standing_open(window, NotesDialog)
    if standing is not None:
        return standing
    dialog = NotesDialog(desk, number)
    dialog.again = lambda desk, window: open_notes(desk, window, number)
    open_over(window, dialog, dialog.keeper.place(dialog.field("notes").editor))
    return dialog


def open_view(desk: Desk, window: QWidget, chosen: Mapping[str, Any]) -> ViewDialog:
    """Ask for the name of a view over the window."""
    standing = standing_open(window, ViewDialog)
    if standing is not None:
        return standing
    dialog = ViewDialog(desk, chosen)
    dialog.again = lambda desk, window: open_view(desk, window, chosen)
    open_over(window, dialog, dialog.keeper.place(dialog.field("name").editor))
    return dialog
