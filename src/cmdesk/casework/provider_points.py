"""A provider's address and numbers as its form has them; what the form does not show stays."""

from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cmdesk.models.person import Address, ContactPoint
from cmdesk.models.update import UpdateCopy
from cmdesk.rules.codes import ContactPointKind
from cmdesk.rules.distance import five
from cmdesk.rules.people import phone_shown
from cmdesk.rules.provider_draft import CALLS, ProfessionalForm, ProgramForm

PLACE: Final = ("street", "street2", "city", "state", "zip")
CALLED: Final = (ContactPointKind.WORK.value, ContactPointKind.MOBILE.value)
FAX: Final = ContactPointKind.FAX.value
MAIL: Final = ContactPointKind.E_MAIL.value


def read_address(session: Session, **owner: int) -> dict[str, str]:
    """Return the address that holds, by the names of the form's fields."""
    row = _address(session, owner)
    return {name: getattr(row, name) if row else "" for name in PLACE}


def _address(session: Session, owner: dict[str, int]) -> Address | None:
    query = select(Address).filter_by(**owner).where(Address.until.is_(None))
    return session.scalars(query.order_by(Address.id.desc()).limit(1)).one_or_none()


def put_address(session: Session, form: ProgramForm | ProfessionalForm, **owner: int) -> None:
    """Keep the address as typed; a ZIP with the zeros it lacks."""
    typed = {name: getattr(form, name, "").strip() for name in PLACE}
    row = _address(session, owner)
    if row is None:
        if not any(typed.values()):
            return
        row = Address(**owner)
        session.add(row)
    if isinstance(form, ProfessionalForm):
        del typed["street2"]
    typed["state"] = typed["state"].upper() if len(typed["state"]) == 2 else typed["state"]
    if len(typed["zip"]) < 5:
        typed["zip"] = five(typed["zip"])
    for name, value in typed.items():
        setattr(row, name, value)


def unaddress(session: Session, points: list[int]) -> None:
    """Let go of numbers letters went to, before they are taken away; the letters keep theirs."""
    lost = update(UpdateCopy).where(UpdateCopy.contact_point_id.in_(points))
    session.execute(lost.values(contact_point_id=None))


def _points(session: Session, owner: dict[str, int]) -> dict[str, ContactPoint]:
    """Find which row stands for which field: four numbers, a fax, an e-mail address."""
    query = select(ContactPoint).filter_by(**owner)
    rows = session.scalars(query.order_by(ContactPoint.position, ContactPoint.id)).all()
    calls = [row for row in rows if row.kind in CALLED]
    found: dict[str, ContactPoint] = dict(zip(CALLS, calls, strict=False))
    for name, kind in (("fax", FAX), ("email", MAIL)):
        first = next((row for row in rows if row.kind == kind), None)
        if first is not None:
            found[name] = first
    return found


def read_points(session: Session, **owner: int) -> dict[str, str]:
    """Return numbers and addresses by the names of the form's fields."""
    found = _points(session, owner)
    made = {name: found[name].value if name in found else "" for name in ("fax", "email")}
    for name in CALLS:
        row = found.get(name)
        made[name] = phone_shown(row.value) if row else ""
        made[f"{name}_who"] = row.label if row else ""
    return made


def put_points(session: Session, form: ProgramForm | ProfessionalForm, **owner: int) -> None:
    """Keep numbers and addresses as typed; a field left empty takes its number away."""
    found = _points(session, owner)
    kinds = dict.fromkeys(CALLS, CALLED[0]) | {"fax": FAX, "email": MAIL}
    for position, (name, kind) in enumerate(kinds.items()):
        if name in CALLS[1:] and isinstance(form, ProfessionalForm):
            continue
        typed, row = getattr(form, name).strip(), found.get(name)
        if not typed:
            if row is not None:
                unaddress(session, [row.id])
                session.delete(row)
            continue
        if row is None:
            row = ContactPoint(kind=kind, position=position, **owner)
            session.add(row)
        if phone_shown(row.value or "") != typed:
            row.value = typed
        row.label = getattr(form, f"{name}_who", row.label or "").strip()
    session.flush()
