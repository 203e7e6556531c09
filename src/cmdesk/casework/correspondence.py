"""How one reader may be written to: the password, and the client's wish for plain e-mail."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.parties import Party
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, PlainEmail
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.update import UpdateCopy
from cmdesk.rules.codes import CaseRole, Channel, Signer

SHORTEST_PASSWORD = 14  # characters: the key derivation of revision 6 is quick, so guessing is too
LONGEST_PASSWORD = 127  # bytes of UTF-8 that AES-256, revision 6, takes in


def _holder(session: Session, party: Party) -> Person | Organisation:
    if party.person_id is not None:
        return session.get_one(Person, party.person_id)
    return session.get_one(Organisation, party.organisation_id)


def password(session: Session, party: Party) -> str | None:
    """Return the password that opens this reader's letters, if one is kept."""
    return _holder(session, party).pdf_password


def told(session: Session, party: Party) -> str:
    """Return how this reader was given the password: "by phone on February 2"."""
    return _holder(session, party).pdf_password_told


def keep_password(session: Session, party: Party, typed: str, told: str = "") -> None:
    """Keep a password of 14 characters or more for this reader's letters."""
    if len(typed) < SHORTEST_PASSWORD:
        raise Problem(
            f"A PDF password needs {SHORTEST_PASSWORD} characters or more.",
            "Six unrelated words are easy to tell by phone.",
        )
    if len(typed.encode("utf-8", "replace")) > LONGEST_PASSWORD:
        raise Problem("This PDF password is too long.", "Keep it under 120 characters.")
    holder = _holder(session, party)
    same = holder.pdf_password == typed
    holder.pdf_password = typed
    # Of other words nobody was told yet, whatever was noted of those before.
    holder.pdf_password_told = told or (holder.pdf_password_told if same else "")


def locked_letters(session: Session, party: Party) -> int:
    """Count the letters that open with the password kept now, or with one before it."""
    whom = (
        UpdateCopy.person_id.in_(merged.person_ids(session, party.person_id))
        if party.person_id is not None
        else UpdateCopy.organisation_id == party.organisation_id
    )
    query = select(func.count(UpdateCopy.id)).where(whom, UpdateCopy.document_id.is_not(None))
    locked = query.where(UpdateCopy.method == Channel.ENCRYPTED_PDF.value)
    return session.scalar(locked) or 0


def plain_email(session: Session, client_id: int, party: Party, on: date) -> str | None:
    """Return the address for unlocked e-mail, if the client was warned and accepts it on the day.

    78 FR 5634: the choice is the client's or their representative's, never the reader's own.
    """
    row = acceptance(session, client_id, party, on)
    return row.address if row else None


def acceptance(session: Session, client_id: int, party: Party, on: date) -> PlainEmail | None:
    """Return the acceptance of unlocked e-mail to this reader that is in force on the day."""
    rows = session.scalars(
        select(PlainEmail)
        .join(CircleMember, PlainEmail.circle_member_id == CircleMember.id)
        .where(
            CircleMember.client_id == client_id,
            CircleMember.person_id == party.person_id,
            CircleMember.until.is_(None),
        )
        .order_by(PlainEmail.id.desc())
    )
    return next((row for row in rows if row.address and _in_force(row, on)), None)


def _in_force(row: PlainEmail, on: date) -> bool:
    if row.warned_on is None or row.accepted_on is None or row.accepted_by not in set(Signer):
        return False
    over = row.ended_on is not None and row.ended_on <= on
    return row.warned_on <= row.accepted_on <= on and not over


def must_not_be_contacted(session: Session, client_id: int, party: Party) -> bool:
    """Tell whether a place here, held or ended, forbids it, also under a number that is gone."""
    if party.person_id is None:
        return False
    roles = session.scalars(
        select(CircleMember.roles).where(
            CircleMember.client_id.in_(merged.own_ids(session, client_id)),
            CircleMember.person_id.in_(merged.person_ids(session, party.person_id)),
        )
    )
    return any(CaseRole.DO_NOT_CONTACT in listed for listed in roles)
