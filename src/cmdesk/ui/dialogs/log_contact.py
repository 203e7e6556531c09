"""Log a contact: one line or the fields, what happened, and who may see it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts
from cmdesk.casework.row_log import DayRow
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import log_turns
from cmdesk.ui.dialogs.log_sheet import LogSheet
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.call_timer import CallTimer


class LogDialog(LogSheet):
    """One contact, new or not signed yet: how it is saved, and what comes after."""

    def __init__(
        self,
        desk: Desk,
        client_id: int | None,
        entry_id: int | None,
        timer: CallTimer | None = None,
        row: DayRow | None = None,
    ) -> None:
        super().__init__(desk, client_id, entry_id, timer, row)
        self._following: Callable[[int], int | None] | None = None
        self.parts.plan_asked.connect(partial(log_turns.plan, self))
        self.parts.repeat_asked.connect(partial(log_turns.repeat, self))
        self.foot_bar.unsigned_asked.connect(partial(self.save, sign=False))
        self.foot_bar.another_asked.connect(partial(self.save, sign=False, again=True))
        self.foot_bar.finish.connect(self.finish)
        self.on_finish(self.finish)

    def finish(self) -> None:
        """Sign if nothing is missing; a line alone is kept unsigned rather than asked about."""
        self.line.catch_up()
        self.save(sign=not (self.line.used and self._faults(sign=True)))

    def save(self, *, sign: bool, again: bool = False) -> None:
        """Save, if nothing is missing; the dialog stays until that has worked."""
        self.line.catch_up()
        self._asked_to_sign = sign
        found = self._faults(sign=sign)
        self._show_faults(found)
        if found:
            self.go_to(self.parts.place_of(found))
            self.desk.say.announce(next(iter(found.values())), at_once=True)
            return
        self.foot_bar.allow(saving=False)
        words = self.tr_("Sign a contact") if sign else self.tr_("Log a contact")
        self.desk.do(
            self,
            Act(words, undoable=not sign, kind="sign" if sign else "write"),
            contacts.keep,
            self.draft,
            self._entry_id,
            self.keeper.key,
            sign=sign,
        ).then(partial(self._on_saved, sign=sign, again=again)).otherwise(self._on_failed)

    def lead_on(self, following: Callable[[int], int | None]) -> None:
        """Let `Sign and next` go on with what `following` gives, as from the worklist."""
        self._following = following
        self.foot_bar.lead_on()
        self.foot_bar.next_asked.connect(partial(self.save, sign=True, again=True))

    def _go_on(self) -> None:
        """Show the next entry that waits, in this same dialog; without one, close."""
        asked = self._following(self._entry_id) if self._following and self._entry_id else None
        if asked is None:
            self.close_dialog()
            return
        self.foot_bar.allow(saving=True)
        self.turn_to(asked)

    def _on_saved(self, number: int, *, sign: bool, again: bool) -> None:
        self.keeper.forget()
        lacking = "" if sign else next(iter(self._faults(sign=True).values()), "")
        words = log_turns.told(self, sign=sign, lacking=lacking)
        log_turns.finish(self.desk, self.finishes.step(self.draft), words, number)
        if not again or self._entry_id is not None:
            self._go_on() if again else self.close_dialog()
            return
        self.foot_bar.allow(saving=True)
        self.begin_another()

    def _on_failed(self, error: BaseException) -> None:
        self.foot_bar.allow(saving=True)
        self.say_failed(error)


def open_log(
    desk: Desk,
    parent: QWidget,
    client_id: int | None = None,
    entry_id: int | None = None,
    timer: CallTimer | None = None,
    row: DayRow | None = None,
) -> Sheet:
    """Open the log over the window `parent` is in, for a new contact or an entry of the log.

    `row` is the row of Today that asks for a new one.
    """
    standing = standing_open(parent, LogDialog)
    if standing is not None:
        return standing
    if entry_id is not None:
        entry = desk.ask(contacts.opened, entry_id)
        if entry.signed:
            signed = SignedEntry(desk, entry_id, entry)
            open_over(parent, signed, signed.first)
            return signed
    dialog = LogDialog(desk, client_id, entry_id, timer, row)
    open_over(parent, dialog, dialog.first)
    return dialog
