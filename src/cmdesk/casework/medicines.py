"""A client's medicines as they were reported: what is taken, who prescribes, how long it lasts."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, drafts, merged, parties
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.person import Person
from cmdesk.models.safety import Medication
from cmdesk.rules.medicine_draft import MedicineForm, faults
from cmdesk.rules.people import Name

COPIED: Final = (
    *("name", "dose", "frequency", "purpose", "prescriber_id", "started_on", "supply_ends_on"),
    *("stopped_on", "stop_reason", "source", "part2"),
)


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """One line of the list; `stopped_on` once it is no longer taken."""

    id: int
    name: str
    dose: str
    frequency: str
    supply_ends_on: date | None
    stopped_on: date | None


def rows(session: Session, client_id: int) -> list[MedicineRow]:
    """Return the medicines of a client by name, those that are taken before those that are not."""
    query = select(Medication).where(Medication.client_id.in_(merged.own_ids(session, client_id)))
    found = [
        MedicineRow(row.id, row.name, row.dose, row.frequency, row.supply_ends_on, row.stopped_on)
        for row in session.scalars(query)
    ]
    return sorted(found, key=lambda row: (row.stopped_on is not None, row.name.casefold(), row.id))


def read(session: Session, medicine_id: int) -> MedicineForm:
    """Return a medicine as the dialog holds it. Raises Problem if it is gone."""
    row = _row(session, medicine_id)
    return MedicineForm(**{name: getattr(row, name) for name in COPIED}, version=row.version)


def _row(session: Session, medicine_id: int) -> Medication:
    return stored(session, Medication, medicine_id, "medicine")


def save(
    session: Session,
    client_id: int,
    edited: MedicineForm,
    medicine_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a medicine as typed, and throw the draft away; return its number."""
    for words in faults(edited, clock.today(session)).values():
        raise Problem(words, "Put it right and save again.")
    row = _row(session, medicine_id) if medicine_id else Medication(client_id=client_id, name="")
    if medicine_id:
        refuse_changed(row.version, edited.version, "medicine")
    copy_typed(edited, COPIED, row)
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def prescribers(
    session: Session, client_id: int, keep: int | None = None
) -> list[tuple[int, Name]]:
    """Return who may prescribe: the circle in its order, and whoever is named already."""
    found = {each.person_id: each.name for each in clients.circle(session, client_id)}
    if keep is not None and keep not in found:
        found[keep] = parties.name_of(session.get_one(Person, keep))
    return list(found.items())
