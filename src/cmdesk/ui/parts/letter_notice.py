"""What has to be known of a letter before a word of it is typed: said above it, and seldom."""

from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework.composing import Workplace
from cmdesk.ui.desk import Desk
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.note import Note
from cmdesk.words import N_

EDGE: Final = 12
LANGUAGES: Final = {"en": N_("English"), "es": N_("Spanish")}


class LetterNotice(QWidget):
    """Out of sight while there is nothing to say."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        whole = column(self)
        whole.setContentsMargins(EDGE, EDGE, EDGE, 0)
        self.note = Note("", "warn")
        whole.addWidget(self.note)
        self.said = ""
        self.hide()

    def show_letter(self, place: Workplace, language: str, *, left: bool) -> None:
        """Say it of the letter in front, which is written in this language."""
        said = "" if left else self._unreadable(place) or self._language(place, language)
        if said != self.said:
            self.said = said
            self.note.say(said)
            self.setVisible(bool(said))
            self._desk.say.announce(said) if said else None

    def _unreadable(self, place: Workplace) -> str:
        words = self._desk.words
        if not place.unreadable or place.sent_on is None:
            return ""
        told = words.tr("The letter of {day} can’t be read any more; this one is new.")
        return told.format(day=words.month_day(place.sent_on))

    def _language(self, place: Workplace, language: str) -> str:
        if language == place.agreed or not {language, place.agreed} <= LANGUAGES.keys():
            return ""
        tr = self._desk.words.tr
        told = tr(
            "Begun in {language}; {agreed} is agreed now. Throw it away to begin in {agreed}."
        )
        return told.format(language=tr(LANGUAGES[language]), agreed=tr(LANGUAGES[place.agreed]))


__all__ = ["LetterNotice"]
