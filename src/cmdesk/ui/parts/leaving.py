"""A letter on its way out: judged once more, what is open is asked, and then it is handed over."""

from dataclasses import replace
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import letter_acts
from cmdesk.ui.parts.finish_area import FinishArea
from cmdesk.ui.parts.letter_panes import KNOWN, LETTER, LetterPanes
from cmdesk.ui.parts.verdict_cards import VerdictCards
from cmdesk.ui.parts.watching import Watching


class InFront(Protocol):
    """The letter that is being written, and where it is."""

    place: Workplace | None
    client_id: int
    first: date
    last: date
    cards: VerdictCards
    finishing: FinishArea
    panes: LetterPanes
    watching: Watching

    @property
    def left(self) -> bool: ...
    def typed(self) -> Begun | None: ...
    def change(self, changed: Begun) -> None: ...
    def why_not(self) -> str: ...
    def go_to_first(self) -> None: ...


class Leaving(QObject):
    """What is asked on the way is asked once for each letter.

    Signal `stale`: the records must be read again, before it goes on.
    """

    stale = Signal()

    def __init__(self, desk: Desk, letter: InFront) -> None:
        super().__init__(letter if isinstance(letter, QWidget) else None)
        self._desk, self._letter = desk, letter
        self._asked = False
        self._left_open: frozenset[int] = frozenset()  # entries that may stay undecided
        letter.finishing.went_on.connect(self.ask)
        letter.finishing.looked.connect(self._decide)
        letter.finishing.spare.looked.connect(self._look)
        letter.finishing.spare.put_off.connect(self._put_off)

    def forget(self) -> None:
        """Turn to another letter."""
        self._asked, self._left_open = False, frozenset()

    def stop(self) -> None:
        """Wait no longer for the check: somebody types on."""
        self._asked = False

    def ask(self) -> None:
        """Judge once more; hand the letter over if nothing stands against it."""
        letter = self._letter
        self.stale.emit()
        self._asked = letter.place is not None and not letter.watching.ready
        if not self._asked:
            self._finish()

    def go_on(self) -> None:
        """Finish what was asked for, now that the check is there."""
        if self._asked and self._letter.watching.ready:
            self._finish()

    def _finish(self) -> None:
        self._asked = False
        letter, finishing = self._letter, self._letter.finishing
        place, written = letter.place, letter.typed()
        if why := letter.why_not():
            finishing.stop_asking()
            self._desk.say.announce(why, at_once=True)
            letter.go_to_first()
        elif place and written:
            letter.panes.bring(LETTER)
            waiting = letter_acts.undecided(place, written)
            if waiting - self._left_open and not finishing.asking:
                finishing.ask(len(waiting))
                return
            self._left_open |= waiting  # asked once, plainly, is enough
            finishing.stop_asking()
            finishing.finish(letter.client_id, written.letter, letter.first, letter.last)

    def show_spare(self) -> None:
        """Say what can be shared and is not in the letter, while it is not handed over."""
        letter = self._letter
        self._letter.finishing.spare.say(0 if letter.left else len(self._spare()))

    def _spare(self) -> frozenset[int]:
        place, typed = self._letter.place, self._letter.typed()
        return letter_acts.spare(place, typed) if place and typed else frozenset()

    def _look(self) -> None:
        self._letter.panes.bring(KNOWN)
        self._letter.cards.go_to(self._spare())

    def _put_off(self) -> None:
        """Leave them for the next letter: there they are proposed again."""
        typed = self._letter.typed()
        if typed is None:
            return
        later = tuple(sorted({*typed.letter.later, *self._spare()}))
        self._letter.change(replace(typed, letter=replace(typed.letter, later=later)))
        self._desk.say.announce(self._desk.words.tr("They are proposed in the next letter"))
        self._letter.finishing.panel.lock.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        """Go to the first entry that waits for a choice."""
        letter, typed = self._letter, self._letter.typed()
        letter.finishing.stop_asking()
        if letter.place and typed:
            letter.panes.bring(KNOWN)
            letter.cards.go_to(letter_acts.undecided(letter.place, typed))
