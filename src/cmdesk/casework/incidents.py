"""Possible breaches of privacy: written down, judged by four factors, told, and closed."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts, merged
from cmdesk.casework.columns import read
from cmdesk.casework.parties import name_of
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.consent import Disclosure
from cmdesk.models.person import Person
from cmdesk.models.rights import PrivacyIncident
from cmdesk.rules import incidents as rules
from cmdesk.rules.agenda_items import Clocked
from cmdesk.rules.incidents import IncidentForm
from cmdesk.rules.people import Name

COPIED: Final = tuple(each.name for each in fields(IncidentForm) if each.name != "version")
_OPEN: Final = select(
    *(PrivacyIncident.id, PrivacyIncident.ref, PrivacyIncident.uid, PrivacyIncident.client_id),
    *(PrivacyIncident.what, PrivacyIncident.discovered_on, PrivacyIncident.affected_count),
    *(PrivacyIncident.determination, PrivacyIncident.individuals_told_on),
    *(PrivacyIncident.hhs_told_on, PrivacyIncident.media_told_on),
).where(PrivacyIncident.closed_on.is_(None))


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as a list shows it."""

    id: int
    form: IncidentForm
    client: Name | None = None  # of somebody there is a chart of


def rows(session: Session, client_id: int | None = None) -> list[IncidentRow]:
    """Return the incidents of a client, or all: the open ones first, then the newest."""
    query = select(PrivacyIncident)
    if client_id is not None:
        query = query.where(PrivacyIncident.client_id.in_(merged.own_ids(session, client_id)))
    rows = session.scalars(query).all()
    names = _names(session, {row.client_id for row in rows if row.client_id})
    found = [IncidentRow(row.id, _form(row), names.get(row.client_id or 0)) for row in rows]
    found.sort(key=lambda row: (row.form.closed_on is not None, -row.id))
    return found


def _names(session: Session, clients: Collection[int]) -> dict[int, Name]:
    query = select(Client.id, Person).join(Person, Client.person_id == Person.id)
    found = session.execute(query.where(Client.id.in_(clients))) if clients else ()
    return {number: name_of(person) for number, person in found}


def _form(row: PrivacyIncident) -> IncidentForm:
    return IncidentForm(**{name: getattr(row, name) for name in COPIED}, version=row.version)


def one(session: Session, number: int) -> IncidentForm:
    """Return one incident. Raises Problem if it is gone."""
    return _form(stored(session, PrivacyIncident, number, "incident"))


def begin(
    session: Session, client_id: int | None = None, disclosure: str | None = None
) -> IncidentForm:
    """Return a form that begins today; about a letter or call that went wrong, if it names one."""
    today = clock.today(session)
    form = IncidentForm(client_id=client_id, discovered_on=today)
    if disclosure is None:
        return form
    row = session.scalars(select(Disclosure).where(Disclosure.uid == disclosure)).one_or_none()
    if row is None:
        raise Problem("This row is not in the vault.", "Close the dialog and look again.")
    whom = row.recipient_address or row.recipient_organisation
    where = f"{row.recipient_name} ({whom})" if whom else row.recipient_name
    return IncidentForm(
        client_id=merged.kept_client(session, row.client_id),
        disclosure_id=row.id,
        happened_on=row.at.astimezone(clock.zone(session)).date(),
        discovered_on=today,
        what=f"{row.what}, meant for {where}, went to a wrong address.",
        nature=row.what,
    )


def save(
    session: Session, form: IncidentForm, number: int | None = None, draft_key: str = ""
) -> int:
    """Keep an incident as typed, and throw the draft away; return its number."""
    found = rules.faults(form, clock.today(session))
    if found:
        raise Problem(next(iter(found.values())), "Put it right and save again.")
    row = stored(session, PrivacyIncident, number, "incident") if number else PrivacyIncident()
    if number:
        refuse_changed(row.version, form.version, "incident")
    copy_typed(form, COPIED, row)
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def clocks(session: Session, refs: dict[int, str]) -> list[Clocked]:
    """Return what is open, for the day's page: of nobody, or of whom one has a chart for.

    A breach is told also where work with the client is over.
    """
    return [_clocked(row, refs.get(row.client_id)) for row in read(session, _OPEN)]


def _clocked(row: Any, client: str | None) -> Clocked:
    form = IncidentForm(
        discovered_on=row.discovered_on,
        affected_count=row.affected_count,
        determination=row.determination,
        individuals_told_on=row.individuals_told_on,
        hhs_told_on=row.hhs_told_on,
        media_told_on=row.media_told_on,
    )
    due = rules.next_due(form)
    left = "" if form.determination else "not decided yet"
    return Clocked(
        kind="privacy_incident",
        ref=row.ref or row.uid,
        client=client,
        what="Privacy incident",
        since=row.discovered_on,
        due=due,
        left=left if due else "nothing left but closing it",
        record=row.id,
    )
