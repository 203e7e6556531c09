"""What the composer says inside a letter: names of its own parts, and words in empty places."""

from typing import Final

from cmdesk.letter_words import Standing, standing
from cmdesk.words import N_

GLANCE: Final = N_("At a glance")
CHART: Final = N_("Measures over time")
CALLS: Final = N_("Who to call")
CLOSE: Final = N_("A kind close")
# Greyed while nothing is typed, and never printed.
HEADLINE: Final = N_("The week in a few words")
LINE: Final = N_("Left out while empty")
PARAGRAPH: Final = N_("Write a paragraph of your own")
STEP: Final = N_("What comes next")
WHEN: Final = N_("When")
WHO: Final = N_("Who")
STANDS: Final = N_("Where it stands")
WHY: Final = N_("Why, if it helps")
TIME: Final = N_("Time")
MOMENT: Final = N_("What happened, or whom you called")
STAY: Final = N_("Where")
DAYS: Final = N_("Days")
LEVEL: Final = N_("Level of care")
ENDED: Final = N_("How it ended")
LAST: Final = N_("End with one true, kind sentence")


def words_of(language: str) -> Standing:
    """Give the words of a letter by the language of its draft."""
    return standing(language)
