"""When a letter was kept last or handed over: said at its head, and told to lists of letters."""

from datetime import date

from cmdesk.casework.composing import Workplace
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import thrown_letters
from cmdesk.ui.parts.composer_head import ComposerHead


class KeptWords:
    """Drafts are outside the journal: lists are told once the composer is left."""

    def __init__(self, desk: Desk, head: ComposerHead) -> None:
        self._desk, self._head = desk, head
        self._untold = False  # something was kept that no list knows of
        self._away = False

    def say_begun(self, place: Workplace) -> None:
        """Say it of a letter that is taken up."""
        words = self._desk.words
        if place.kept_at:
            told = words.tr("Saved {time}").format(time=words.time(place.kept_at))
            self._head.say_saved(told)
        else:
            self.say_left(place.sent_on)

    def say_left(self, day: date | None) -> None:
        words = self._desk.words
        told = words.tr("Handed over {day}")
        self._head.say_saved(told.format(day=words.month_day(day)) if day else "")

    def say_slow(self) -> None:
        self._head.say_saved(self._desk.words.tr("Making the letter"))

    def say(self, trouble: str, place: Workplace | None) -> None:
        """Say that the draft was kept just now, or why it could not be."""
        words = self._desk.words
        if trouble:
            self._head.say_saved(words.tr("Not saved: {why}").format(why=trouble), kept=False)
            return
        self._untold = True
        self._tell_lists()
        if place:
            at = words.time(self._desk.clock().astimezone(place.zone))
            self._head.say_saved(words.tr("Saved {time}").format(time=at))

    def come(self) -> None:
        """One is in the composer: no list is in sight."""
        self._away = False

    def go(self) -> None:
        """One leaves it: lists know of what was kept, and of what is on its way into the vault."""
        self._away = True
        self._tell_lists()

    def _tell_lists(self) -> None:
        if self._untold and self._away:
            self._untold = False
            thrown_letters.announce(self._desk)


__all__ = ["KeptWords"]
