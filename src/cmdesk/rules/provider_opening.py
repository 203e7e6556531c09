"""When a provider could take somebody, as far as it was told, and whether to ask again."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from cmdesk.rules.code import Code
from cmdesk.rules.days import later
from cmdesk.rules.provider_codes import STALE_DAYS

UNANSWERED_DAYS: Final = 14  # a question without an answer is asked again after that
FORTNIGHT: Final = 14
MONTH: Final = 31


class Stand(Enum):
    """What is known of an opening."""

    NOW = "now"
    ON = "on"
    WAIT = "wait"
    WORDS = "words"
    ASKED = "asked"
    NEVER = "never"


class OpeningGroup(Code):
    """How soon, as the list is narrowed by it."""

    NOW = "now", "No wait"
    FORTNIGHT = "fortnight", "Within 2 weeks"
    MONTH = "month", "Within a month"
    LATER = "later", "Later"
    UNKNOWN = "unknown", "Not known"


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on record of an opening; `asked_on` is when somebody last spoke of it."""

    opening_on: date | None = None
    wait_days: int | None = None
    wait: str = ""
    asked_on: date | None = None


NOTHING_TOLD: Final = Told()


@dataclass(frozen=True, slots=True)
class Opening:
    """What a list says of it: `day` is the opening's own, or that of the question.

    `old` asks for a new question: the answer has aged, the day has passed, or none came.
    """

    stand: Stand
    day: date | None = None
    words: str = ""
    old: bool = False
    soonest: date | None = None

    @property
    def open_question(self) -> bool:
        """Whether nothing can be told of it."""
        return self.stand in {Stand.ASKED, Stand.NEVER}


def stale(told_on: date | None, today: date) -> bool:
    """Say whether what was told then has to be asked again."""
    return told_on is not None and (today - told_on).days > STALE_DAYS


def opening(told: Told, today: date) -> Opening:
    """Say what is known. An answer that is too old counts as a question only."""
    asked = told.asked_on
    passed = told.opening_on is not None and told.opening_on < today
    known = told.opening_on is not None or told.wait_days is not None or bool(told.wait)
    if known and not passed and not stale(asked, today):
        return _answer(told, today)
    if asked is None:
        return Opening(Stand.WORDS, words=told.wait, old=True) if known else Opening(Stand.NEVER)
    unanswered = (today - asked).days >= UNANSWERED_DAYS
    return Opening(Stand.ASKED, asked, told.wait, old=known or unanswered)


def _answer(told: Told, today: date) -> Opening:
    if told.opening_on is not None:
        return Opening(Stand.ON, told.opening_on, told.wait, soonest=told.opening_on)
    if told.wait_days == 0:
        return Opening(Stand.NOW, words=told.wait, soonest=today)
    if told.wait_days is not None:
        soonest = later(today, told.wait_days)  # a list moves on with the days
        return Opening(Stand.WAIT, words=told.wait, soonest=soonest)
    return Opening(Stand.WORDS, words=told.wait)


def group(found: Opening, today: date) -> OpeningGroup:
    """Put an opening where the list narrows by it."""
    if found.soonest is None:
        return OpeningGroup.UNKNOWN
    away = (found.soonest - today).days
    if found.stand is Stand.NOW or away <= 0:
        return OpeningGroup.NOW
    if away <= FORTNIGHT:
        return OpeningGroup.FORTNIGHT
    return OpeningGroup.MONTH if away <= MONTH else OpeningGroup.LATER
