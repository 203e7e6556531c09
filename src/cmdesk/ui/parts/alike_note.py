"""Warns that somebody may be in the records already, and offers to go on with that record."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import duplicates
from cmdesk.casework.duplicates import Alike
from cmdesk.rules.codes import ClientStatus
from cmdesk.ui.desk import Desk
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.note import Note

PAUSE = 120  # milliseconds after a key before the names are compared
SHOWN = 3

Typed = tuple[str, str, date | None, Iterable[str], Iterable[str]]  # as `duplicates.alike` asks


class AlikeNote(QWidget):
    """Signal `same(object)`: the user says it is this `Alike`."""

    same = Signal(object)

    def __init__(
        self, desk: Desk, typed: Callable[[], Typed], *, clients_only: bool = False
    ) -> None:
        """Compare what `typed` gives; with `clients_only` other people are no duplicates."""
        super().__init__()
        self._desk, self._typed, self._clients_only = desk, typed, clients_only
        self.found: Sequence[Alike] = ()
        self._looks = 0
        self._buttons: list[Button] = []
        self._whole = column(self, gap=4)
        self.note = Note("", "warn")
        self._whole.addWidget(self.note)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.look)
        desk.closing.connect(self._pause.stop)
        self.hide()

    def touch(self) -> None:
        """Something was typed: compare soon."""
        self._pause.start()

    def look(self) -> None:
        """Compare now, and say who it may be; with a directory of a state that takes a while."""
        self._looks += 1
        fetching = self._desk.fetch(self, duplicates.alike, *self._typed())
        fetching.then(partial(self._take, self._looks))

    def _take(self, look: int, found: Sequence[Alike]) -> None:
        if look != self._looks:
            return  # more was typed meanwhile
        if self._clients_only:
            found = [who for who in found if who.client_id is not None]
        self.show_found(found[:SHOWN])

    def show_found(self, found: Sequence[Alike]) -> None:
        if list(found) == list(self.found):
            return
        self.found = found
        for button in self._buttons:
            self._whole.removeWidget(button)
            button.hide()
            button.deleteLater()
        tr = self._desk.words.tr
        self._buttons = [
            Button(tr("{name} is the same person").format(name=self._name(who)), "link")
            for who in found
        ]
        for who, button in zip(found, self._buttons, strict=True):
            button.clicked.connect(partial(self.same.emit, who))
            self._whole.addWidget(button)
        if found:
            words = " ".join(self._sentence(who) for who in found)
            self.note.say(words)
            self._desk.say.announce(words)
        self.setVisible(bool(found))

    def _name(self, who: Alike) -> str:
        return self._desk.privacy.name(who.name.full)

    def _sentence(self, who: Alike) -> str:
        """Say who is there already, with the year of birth and the status."""
        tr = self._desk.words.tr
        year = str(who.born.year) if who.born else tr("an unknown year")
        status = tr(ClientStatus(who.status).label).lower() if who.status else tr("not a client")
        why = {
            "name": tr("{name} is there already, born in {year}: {status}."),
            "spelling": tr("{name} is written nearly so, born in {year}: {status}."),
            "phone": tr("{name} has this number, born in {year}: {status}."),
            "email": tr("{name} has this address, born in {year}: {status}."),
        }
        return why[who.why].format(name=self._name(who), year=year, status=status)
