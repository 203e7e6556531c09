"""The stay they leave ends on the day they left, and with it what lasts until discharge."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from cmdesk.casework import clock, episodes
from cmdesk.casework.stored import stored
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.transition import Transition
from cmdesk.rules import known_day
from cmdesk.rules.episode_draft import ENDED, faults


class Follows(StrEnum):
    """What becomes of the stay. From `own_day` on it stays as somebody noted it."""

    NOTHING = "nothing"  # no stay is left, or it has this day already
    ENDS = "ends"
    OPENS = "opens"
    OWN_DAY = "own_day"
    ROUGH = "rough"  # somebody noted its month or its year
    OVER = "over"  # it ended, on a day not known
    CLOSED = "closed"  # how it ended is noted, so that its day is not taken back


@dataclass(frozen=True, slots=True)
class StayEnd:
    """What a day of leaving does to the stay; `day` is its last one now, if it is a whole day."""

    follows: Follows = Follows.NOTHING
    day: date | None = None


def stay_end(session: Session, transition_id: int, on: date | None) -> StayEnd:
    """Say what noting a day, or taking it back, does to the stay they leave."""
    row = stored(session, Transition, transition_id, "move")
    stay = _stay(session, row.from_episode_id)
    if stay is None:
        return StayEnd()
    return StayEnd(_follows(session, stay, row.left_on, on), stay.last_day)


def follow(session: Session, episode_id: int | None, was: date | None, on: date | None) -> None:
    """Give a stay its last day, or take back the one it `was` given by a move.

    A day somebody set themselves is left alone. Raises Problem where the stay can't end on it.
    """
    stay = _stay(session, episode_id)
    if stay is None or _follows(session, stay, was, on) not in (Follows.ENDS, Follows.OPENS):
        return
    for words in _wrong(session, stay, on):
        raise Problem(words, "Open the stay on the care plan and put that right first.")
    stay.discharged = on


def _stay(session: Session, episode_id: int | None) -> Episode | None:
    return session.get(Episode, episode_id) if episode_id else None


def _follows(session: Session, stay: Episode, was: date | None, on: date | None) -> Follows:
    if stay.discharged and not known_day.whole(stay.discharged_known):
        return Follows.ROUGH
    if stay.discharged == on:
        return Follows.NOTHING
    if stay.discharged not in (None, was):
        return Follows.OWN_DAY
    closed = stay.status == ENDED
    if on is None:
        return Follows.CLOSED if closed or _wrong(session, stay, None) else Follows.OPENS
    return Follows.OVER if closed and stay.discharged is None else Follows.ENDS


def _wrong(session: Session, stay: Episode, on: date | None) -> list[str]:
    """Say what would be wrong with the stay by this last day, and is not now."""
    today, form = clock.today(session), episodes.read(session, stay.id)
    before, after = (faults(each, today) for each in (form, replace(form, discharged=on)))
    return [words for name, words in after.items() if before.get(name) != words]
