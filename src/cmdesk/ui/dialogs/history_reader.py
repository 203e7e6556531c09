"""To whom a history for an admission goes: to one whom a consent names, and to nobody else."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cmdesk.casework import history_readers
from cmdesk.casework.composing import Reader
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.page import Route
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

WIDTH: Final = 480
MOST_KEYS: Final = 9
HISTORY: Final = UpdateTemplate.ADMISSIONS_HISTORY.value


class HistoryReader(Dialog):
    """Offers the programs a consent names; where there is none, the way to a consent."""

    def __init__(
        self, desk: Desk, client: int, readers: Sequence[Reader], consent: Callable[[], object]
    ) -> None:
        tr = desk.words.tr
        title = tr("Two-page history: to whom?")
        super().__init__(title, width=WIDTH, close_word=tr("Close"))
        self._desk, self._client, self._consent = desk, client, consent
        why = (
            tr("It goes as a letter, as far as the consent goes.")
            if readers
            else tr("No consent names a program yet.")
        )
        self.body.addWidget(Label(why, "body", "text2", wrap=True))
        self.choices: list[Button] = []
        for number, each in enumerate(readers, start=1):
            keys = str(number) if number <= MOST_KEYS else ""
            name = desk.privacy.name(each.party.full_name)
            choice = Button(name, icon=Icon.FILE_TEXT, keys=keys, spread=True)
            choice.clicked.connect(partial(self._write, each.party.key))
            if keys:
                QShortcut(QKeySequence(keys), self).activated.connect(choice.click)
            self.choices.append(choice)
        if not readers:
            ask = Button(tr("New consent"), icon=Icon.SHIELD_CHECK, spread=True)
            ask.clicked.connect(self._ask_consent)
            self.choices.append(ask)
        for choice in self.choices:
            self.body.addWidget(choice)

    def _write(self, reader: str) -> None:
        self.close_dialog()
        self._desk.go(Route("composer", self._client, f"{reader}:::{HISTORY}"))

    def _ask_consent(self) -> None:
        self.close_dialog()
        self._consent()


def open_history_reader(
    desk: Desk, window: QWidget, client: int, consent: Callable[[], object]
) -> HistoryReader:
    """Ask for the reader over the window; `consent` opens a new one for this client."""
    dialog = HistoryReader(desk, client, desk.ask(history_readers.readers, client), consent)
    open_over(window, dialog, dialog.choices[0])
    return dialog


__all__ = ["HistoryReader", "open_history_reader"]
