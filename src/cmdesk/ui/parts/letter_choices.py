"""What the cards, notes and paragraphs of the composer ask for, done to the letter in front."""

from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import begun, leak_check, promises
from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.rules.consent import listed
from cmdesk.rules.leaks import Hit
from cmdesk.rules.promises import Became, Promise
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import letter_acts
from cmdesk.ui.parts.verdict_card import Act


class InFront(Protocol):
    """The letter that is being written."""

    place: Workplace | None
    client_id: int
    first: date
    last: date

    def typed(self) -> Begun | None: ...
    def change(self, changed: Begun) -> None: ...


class LetterChoices(QObject):
    """Signal `stale`: the records must be read again."""

    stale = Signal()

    def __init__(self, desk: Desk, owner: QWidget, letter: InFront) -> None:
        super().__init__(owner)
        self._desk, self._owner, self._letter = desk, owner, letter

    def act(self, act: Act, entry_id: int, words: str) -> None:
        """Do what a card asks for."""
        typed, place = self._letter.typed(), self._letter.place
        if typed is None or place is None:
            return
        material = next(row for row in place.materials if row.entry_id == entry_id)
        if act == Act.ADD:
            self._letter.change(begun.add(typed, [entry_id], place.verdicts))
        elif act == Act.REMOVE:
            self._letter.change(begun.remove(typed, entry_id))
        elif act == Act.WRITE:
            done = letter_acts.write(self._desk, self, material, words)
            kept = self._desk.words.tr("Line kept")
            done.then(lambda _: self._put(place.party.key, entry_id, kept))
        elif act == Act.ASK:
            self.ask(listed(material.verdict.missing))
        else:
            told = letter_acts.told(self._desk, place, act)
            done = letter_acts.choose(self._desk, self, place, act, entry_id)
            done.then(lambda _: self._put(place.party.key, entry_id, told))

    def _put(self, reader: str, entry_id: int, told: str) -> None:
        """Let the letter follow what was chosen for an entry, if it is still that reader's."""
        self.stale.emit()
        typed, place = self._letter.typed(), self._letter.place
        if typed is None or place is None or entry_id not in place.verdicts:
            return
        if place.party.key != reader:
            return
        if place.verdicts[entry_id].text:
            self._letter.change(begun.add(typed, [entry_id], place.verdicts))
        else:
            self._letter.change(begun.remove(typed, entry_id))
        self._desk.done(told)

    def shorten(self, entry_id: int) -> None:
        self.act(Act.SHORT, entry_id, "")

    def excuse(self, hit: Hit) -> None:
        """Ask why a phrase is not about that."""
        letter = self._letter
        if letter.place:
            place = letter.place
            kind = place.template.code
            about = (letter.client_id, place.party, letter.first, letter.last, kind)
            letter_acts.excuse(self._desk, self._owner, about, hit).marked.connect(self.stale)

    def take_back(self, key: str) -> None:
        """Let a phrase that was marked stand in the way again."""
        tr, letter = self._desk.words.tr, self._letter
        if place := letter.place:
            about = (letter.client_id, place.party, letter.first, letter.last)
            label, kind = tr("Take a mark back"), place.template.code
            doing = self._desk.do(self, label, leak_check.take_back, *about, key, kind)
            doing.then(lambda _: self._desk.done(tr("Taken back")))

    def ask(self, topics: str) -> None:
        """Put down to ask the client about topics, in words."""
        if place := self._letter.place:
            client = self._letter.client_id
            letter_acts.ask_client(self._desk, self._owner, client, place, topics)

    def settle(self, promise: Promise, outcome: str, day: date | None) -> None:
        """Put down what became of a promise."""
        tr = self._desk.words.tr
        told = {
            Became.DONE: tr("Done: {what}"),
            Became.MOVED: tr("Moved: {what}"),
            Became.DROPPED: tr("Dropped: {what}"),
        }
        said = told[Became(outcome)].format(what=promise.what)
        label = tr("Answer for a promise")
        doing = self._desk.do(self, label, promises.settle, promise.id, outcome, day)
        doing.then(lambda _: self._desk.done(said))

    def take_fresh(self) -> None:
        """Put in what can be told and came since the letter was begun."""
        typed, place = self._letter.typed(), self._letter.place
        if typed and place:
            fresh = place.fresh(typed)
            self._letter.change(begun.add(typed, fresh, place.verdicts))
