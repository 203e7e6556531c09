"""Why a phrase of a letter is not about what the leak check took it for; the reason is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import leak_check
from cmdesk.casework.leak_check import Excuse
from cmdesk.casework.parties import Party
from cmdesk.rules.leaks import Hit
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

WIDE: Final = 520
Letter = tuple[int, Party, date, date, str]  # whose, to whom, first and last day, its kind


class NotAboutThat(RecordSheet[Excuse]):
    """Signal `marked`: the reason is on record."""

    marked = Signal()

    def __init__(self, desk: Desk, letter: Letter, hit: Hit) -> None:
        tr = desk.words.tr
        client_id, party, first, last, kind = letter
        key = f"excuse:{client_id}:{party.key}:{first}:{last}:{kind}:{hit.key}"
        super().__init__(desk, tr("Not about that"), key, width=WIDE, client_id=client_id)
        self._letter, self._hit = letter, hit
        found = Label(f"{hit.why}.", "body", "text2", wrap=True)
        self.whole.addWidget(found)
        hint = tr("Frees these words in the whole letter. It goes into the sharing log.")
        field = form.line("reason", tr("What it is about instead"), hint=hint)
        self.add(Section("", [field]))
        self.save_button = Button(tr("Mark it"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(Excuse())

    def faults(self) -> Mapping[str, str]:
        return {} if self.draft.reason.strip() else {"reason": self.tr_("Say it in a few words")}

    def save(self) -> None:
        if not self.save_button.isEnabled() or not self.check():
            return
        self.save_button.setEnabled(False)
        act = Act(self.tr_("Mark a phrase as not about that"))
        client_id, party, first, last, kind = self._letter
        letter = (client_id, party, first, last)
        said = (self._hit, self.draft.reason, self.keeper.key, kind)
        doing = self.desk.do(self, act, leak_check.mark, *letter, *said)
        doing.then(self._on_saved).otherwise(self._on_failed)

    def _on_saved(self, _nothing: None) -> None:
        self.keeper.forget()
        self.marked.emit()
        self.desk.done(self.tr_("Marked, with your reason"))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.say_failed(error)


def open_not_about_that(desk: Desk, window: QWidget, letter: Letter, hit: Hit) -> NotAboutThat:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, NotAboutThat)
    if standing is not None:
        return standing
    dialog = NotAboutThat(desk, letter, hit)
    dialog.again = lambda desk, window: open_not_about_that(desk, window, letter, hit)
    open_over(window, dialog, dialog.keeper.place(dialog.field("reason").editor))
    return dialog
