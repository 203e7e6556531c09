"""The practice and the practitioner: what stands in the letterhead and sets the clock."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.rules.letter import Paper


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    name: str = ""
    practitioner: str = ""
    credentials: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    time_zone: str = "UTC"
    paper: str = Paper.LETTER
    licence_expires_on: date | None = None  # stands in no letter; Today tells of it


def draft(session: Session) -> PracticeDraft:
    practice = session.scalars(select(Practice).limit(1)).one_or_none()
    person = session.scalars(select(Practitioner).limit(1)).one_or_none()
    return PracticeDraft(
        name=practice.name if practice else "",
        practitioner=person.name if person else "",
        credentials=person.credentials if person else "",
        phone=practice.phone if practice else "",
        email=practice.email if practice else "",
        address=practice.address if practice else "",
        time_zone=practice.time_zone if practice else "UTC",
        paper=practice.paper if practice else Paper.LETTER,
        licence_expires_on=person.licence_expires_on if person else None,
    )


def settled(session: Session) -> bool:
    """Tell whether there is a practice yet: without one, days are those of UTC."""
    return session.scalar(select(Practice.id).limit(1)) is not None


def settle_zone(session: Session, zone: str) -> None:
    """Give a vault that has no practice yet one in this zone; its name is typed later."""
    if not settled(session):
        session.add(Practice(name="", time_zone=zone))


def faults(edited: PracticeDraft) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    found: dict[str, str] = {}
    if not edited.name.strip():
        found["name"] = "A practice needs a name; your own will do."
    try:
        ZoneInfo(edited.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        found["time_zone"] = "There is no such time zone. Use one like America/New_York."
    return found


def save(session: Session, edited: PracticeDraft) -> None:
    """Keep the letterhead; the practice needs a name and a time zone that exists."""
    wrong = faults(edited)
    if wrong:
        raise Problem(next(iter(wrong.values())))
    practice = session.scalars(select(Practice).limit(1)).one_or_none() or Practice(name="")
    practice.name = edited.name.strip()
    practice.phone, practice.email = edited.phone.strip(), edited.email.strip()
    practice.address, practice.time_zone = edited.address.strip(), edited.time_zone
    practice.paper = Paper(edited.paper)
    person = session.scalars(select(Practitioner).limit(1)).one_or_none() or Practitioner(name="")
    person.name = edited.practitioner.strip()
    person.credentials = edited.credentials.strip()
    person.licence_expires_on = edited.licence_expires_on
    session.add_all([practice, person])
