"""What became of a letter that left: the day, and why it came back or is withdrawn."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import letter_events
from cmdesk.casework.letter_events import Became
from cmdesk.rules.letter_state import LetterState
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.words import N_

WIDE: Final = 520
TITLES: Final = {
    LetterState.SENT: N_("When was it sent?"),
    LetterState.ACKNOWLEDGED: N_("It was read"),
    LetterState.CAME_BACK: N_("It came back"),
    LetterState.WITHDRAWN: N_("Withdraw this letter"),
}
MEANS: Final = {
    LetterState.SENT: N_("Then Today asks no more."),
    LetterState.ACKNOWLEDGED: N_("What the reader wrote back goes into the log."),
    LetterState.CAME_BACK: N_("It stays on Today until it is handed over again."),
    LetterState.WITHDRAWN: N_("It counts as written no longer."),
}
NOTES: Final = {
    LetterState.CAME_BACK: N_("What the mail program said"),
    LetterState.WITHDRAWN: N_("Why it is withdrawn"),
    LetterState.ACKNOWLEDGED: N_("How you know"),
}
BUTTONS: Final = {
    LetterState.SENT: N_("It was sent"),
    LetterState.ACKNOWLEDGED: N_("It was read"),
    LetterState.CAME_BACK: N_("It came back"),
    LetterState.WITHDRAWN: N_("Withdraw"),
}
WENT: Final = {
    "": N_("Choose"),
    letter_events.LEFT: N_("Yes: it stays in the accounting"),
    letter_events.STAYED: N_("No: it never went out"),
}
# A row of the accounting goes with these, and rows of it are only added.
FINAL: Final = frozenset({LetterState.CAME_BACK, LetterState.WITHDRAWN})


class LetterBecame(RecordSheet[Became]):
    """Signal `put_down`: it is on record."""

    put_down = Signal()

    def __init__(self, desk: Desk, copy_id: int, state: LetterState) -> None:
        tr = desk.words.tr
        key = f"letter:{copy_id}:{state.value}"
        super().__init__(desk, tr(TITLES[state]), key, width=WIDE)
        self._copy, self._state = copy_id, state
        self.whole.addWidget(Label(tr(MEANS[state]), "body", "text2", wrap=True))
        fields = [form.day("day", tr("Day"), desk.today, desk.words.short_day)]
        if state in NOTES:
            fields.append(form.line("note", tr(NOTES[state])))
        self._asks = state is LetterState.WITHDRAWN and desk.ask(
            letter_events.asks_whether_it_left, copy_id
        )
        if self._asks:
            ways = [(code, tr(words)) for code, words in WENT.items()]
            fields.append(form.choice("left", tr("Did it leave?"), ways))
        self.add(Section("", fields))
        self.save_button = Button(tr(BUTTONS[state]), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(Became(desk.today()))

    def faults(self) -> Mapping[str, str]:
        typed, tr = self.draft, self.tr_
        if typed.day is None:
            return {"day": tr("Give the day")}
        if typed.day > self.desk.today():
            return {"day": tr("That day has not come yet")}
        if self._state is LetterState.WITHDRAWN and not typed.note.strip():
            return {"note": tr("Say it in a few words")}
        if self._asks and not typed.left:
            return {"left": tr("Was it handed or sent to anybody?")}
        return {}

    def save(self) -> None:
        if not self.save_button.isEnabled() or not self.check():
            return
        self.save_button.setEnabled(False)
        said = self.tr_(TITLES[self._state])
        act = Act(said, undoable=self._state not in FINAL)
        made = (self._copy, self._state, self.draft, self.keeper.key)
        doing = self.desk.do(self, act, letter_events.become, *made)
        doing.then(self._on_saved).otherwise(self._on_failed)

    def _on_saved(self, _nothing: None) -> None:
        self.keeper.forget()
        self.put_down.emit()
        self.desk.done(self.tr_("Put down: {what}").format(what=self.tr_(self._state.label)))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.say_failed(error)


def open_letter_became(
    desk: Desk, window: QWidget, copy_id: int, state: LetterState
) -> LetterBecame:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, LetterBecame)
    if standing is not None:
        return standing
    dialog = LetterBecame(desk, copy_id, state)
    dialog.again = lambda desk, window: open_letter_became(desk, window, copy_id, state)
    first = "note" if state in NOTES else "day"
    open_over(window, dialog, dialog.keeper.place(dialog.field(first).editor))
    return dialog
