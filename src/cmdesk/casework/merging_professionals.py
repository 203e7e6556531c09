"""The professional sides of two records of one person come together; nothing of either is lost."""

from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from cmdesk.casework.provider_facts import OF_A_PERSON
from cmdesk.models.provider import Professional, ProviderFact

LISTS: Final = (
    "insurance", "telehealth_states", "languages", "taxonomies", "treats", "modalities",
    "age_groups",
)  # fmt: skip
TEXTS: Final = ("role", "npi", "fees", "availability")


def unite_sides(session: Session, gone_id: int, kept_id: int) -> None:
    """Fill what is empty, take what was told later; codes add up. Facts must not be moved yet.

    The side that goes stays with its record, so that a later edition of its directory finds it.
    """
    gone, kept = _of(session, gone_id), _of(session, kept_id)
    if gone is None:
        return
    if kept is None:
        gone.person_id = kept_id
        session.flush()
        return
    for name in LISTS:
        both = list(dict.fromkeys((*getattr(kept, name), *getattr(gone, name))))
        if both != getattr(kept, name):
            setattr(kept, name, both)
    newer = _told_later(session, gone_id, kept_id)
    for name in TEXTS:
        if getattr(gone, name) and (name in newer or not getattr(kept, name)):
            setattr(kept, name, getattr(gone, name))
    kept.mine, kept.starred = kept.mine or gone.mine, kept.starred or gone.starred
    kept.verified_on = max(filter(None, (kept.verified_on, gone.verified_on)), default=None)
    gone.mine = gone.starred = False
    flag_modified(kept, "updated_at")  # an open list must hear of what only points at it
    session.flush()


def _of(session: Session, person_id: int) -> Professional | None:
    return session.scalars(
        select(Professional).where(Professional.person_id == person_id)
    ).one_or_none()


def _told_later(session: Session, gone: int, kept: int) -> set[str]:
    """Name the columns of which the one that goes was told last."""
    query = select(ProviderFact.person_id, ProviderFact.field, func.max(ProviderFact.told_on))
    query = query.where(ProviderFact.person_id.in_((gone, kept)), ProviderFact.words != "")
    told = {
        (person, field): day
        for person, field, day in session.execute(
            query.group_by(ProviderFact.person_id, ProviderFact.field)
        )
    }
    return {
        column
        for field, column in OF_A_PERSON.items()
        if told.get((gone, field), date.min) > told.get((kept, field), date.min)
    }
