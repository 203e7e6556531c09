"""Stays a consent, an approval or a move counts its days from: a month is no day to count from."""

from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.rules import known_day

ROUGH = "Of this stay no more than a month or a year is known."


def fault(session: Session, episode_id: int | None) -> str:
    """Say that nothing can be counted from a stay, where its days are not known whole."""
    stay = session.get(Episode, episode_id) if episode_id else None
    if stay is None or known_day.whole(stay.admitted_known, stay.discharged_known):
        return ""
    return ROUGH


def need(session: Session, *episodes: int | None) -> None:
    """Raise Problem, where something is to be counted from such a stay."""
    for episode_id in episodes:
        if words := fault(session, episode_id):
            raise Problem(words, "Give its whole days on the care plan first.")


__all__ = ["ROUGH", "fault", "need"]
