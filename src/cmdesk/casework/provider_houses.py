"""Where professionals work, by the name it is typed with."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.models.provider import Organisation


def house(session: Session, name: str, now: int | None) -> int | None:
    """Find where somebody works by its name; make it where it is not on record yet.

    Of several of one name it is where they work `now`, else one's own.
    """
    named = name.strip()
    if not named:
        return None
    query = select(Organisation.id).where(
        Organisation.name == named, Organisation.kind != merged.MERGED_PROVIDER
    )
    query = query.order_by(Organisation.id != (now or 0), Organisation.mine.is_(False))
    query = query.order_by(Organisation.id)
    found = session.scalar(query.limit(1))
    if found is not None:
        return found
    made = Organisation(name=named, kind="practice")
    session.add(made)
    session.flush()
    return made.id
