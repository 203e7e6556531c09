"""One task in full: what it is about, on whom it waits, and when it comes round."""

from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cmdesk.casework import consents, drafts, merged, parties
from cmdesk.casework.contacts import Someone
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.coverage import Authorization, Policy
from cmdesk.models.document import Document
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.codes import TaskState
from cmdesk.rules.inquiry_draft import OPEN
from cmdesk.rules.task_draft import TaskForm, faults

COPIED: Final = (
    *("client_id", "text", "notes", "due", "start", "priority", "state", "waiting_since"),
    *("recurrence", "family_line"),
)
LINKED: Final = {
    "p": "person_id",
    "o": "organisation_id",
    "d": "document_id",
    "e": "episode_id",
    "a": "authorization_id",
    "i": "inquiry_id",
}
CONSENT: Final = "k"


def read(session: Session, task_id: int) -> TaskForm:
    """Return a task as the dialog holds it. Raises Problem if it is gone."""
    row = _row(session, task_id)
    return TaskForm(
        **{name: getattr(row, name) for name in COPIED},
        waiting_on=(parties.person_key(row.waiting_on_id),) if row.waiting_on_id else (),
        chase_days=str(row.chase_days or ""),
        links=(
            *_links(session, task_id),
            *([f"{CONSENT}{row.consent_id}"] if row.consent_id else ()),
        ),
        topics=tuple(row.topics),
        version=row.version,
    )


def _row(session: Session, task_id: int) -> Task:
    return stored(session, Task, task_id, "task")


def _links(session: Session, task_id: int) -> list[str]:
    query = select(TaskLink).where(TaskLink.task_id == task_id).order_by(TaskLink.id)
    return [
        f"{letter}{number}"
        for link in session.scalars(query)
        for letter, column in LINKED.items()
        if (number := getattr(link, column)) is not None
    ]


def save(
    session: Session, edited: TaskForm, task_id: int | None = None, draft_key: str = ""
) -> int:
    """Keep a task as typed, and throw the draft away; return its number."""
    found = faults(edited)
    if found:
        raise Problem(next(iter(found.values())), "Put it right and save again.")
    row = _row(session, task_id) if task_id else Task()
    if task_id:
        refuse_changed(row.version, edited.version, "task")
    copy_typed(edited, COPIED, row)
    if row.client_id is None:
        row.client_id = _client_among(session, edited.links)
    row.waiting_on_id = (
        int(edited.waiting_on[0][1:]) if edited.waits and edited.waiting_on else None
    )
    row.waiting_since = edited.waiting_since if edited.waits else None
    row.chase_days = int(edited.chase_days) if edited.chase_days.strip() else None
    row.topics = list(edited.topics)
    signed = (int(key[1:]) for key in edited.links if key.startswith(CONSENT))
    row.consent_id = next(signed, None)
    session.add(row)
    session.flush()
    _relink(session, row.id, edited.links)
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _client_among(session: Session, links: tuple[str, ...]) -> int | None:
    """Return the client a task without a chart is about: the first one named."""
    people = [int(key[1:]) for key in links if key.startswith("p")]
    query = select(Client.person_id, Client.id).where(
        Client.person_id.in_(people), Client.id.not_in(merged.gone_clients())
    )
    found: dict[int, int] = {row.person_id: row.id for row in session.execute(query)}
    return next((found[person] for person in people if person in found), None)


def _relink(session: Session, task_id: int, links: tuple[str, ...]) -> None:
    """Leave the links that stay as they are, so that undo takes back what was changed alone."""
    there = _links(session, task_id)
    for key in there:
        if key not in links:
            column = getattr(TaskLink, LINKED[key[0]])
            gone = delete(TaskLink).where(TaskLink.task_id == task_id, column == int(key[1:]))
            session.execute(gone)
    for key in links:
        if key not in there and key[0] in LINKED:
            session.add(TaskLink(task_id=task_id, **{LINKED[key[0]]: int(key[1:])}))
    session.flush()


def drop(session: Session, task_id: int) -> None:
    """Leave a task undone for good. It stays in the records, out of every list."""
    _row(session, task_id).state = TaskState.DROPPED


def circle(session: Session, client_id: int | None) -> list[Someone]:
    """Return who a task may wait for: the circle of its client, and the client."""
    query = (
        select(Person)
        .join(CircleMember, CircleMember.person_id == Person.id)
        .where(CircleMember.client_id == client_id, CircleMember.until.is_(None))
        .order_by(CircleMember.position, CircleMember.id)
    )
    own = select(Person).join(Client, Client.person_id == Person.id).where(Client.id == client_id)
    found = [*session.scalars(own), *session.scalars(query)]
    names = {parties.person_key(each.id): parties.name_of(each).full for each in found}
    return [Someone(key, name) for key, name in names.items()]


def linkable(session: Session, client_id: int | None) -> list[Someone]:
    """Return what a task can be about: people, programs, files, stays, approvals, consents.

    Without a chart in front, it can be about any client, or a family that called.
    """
    if client_id is None:
        return [*_clients(session), *_inquiries(session, None)]
    return [
        *circle(session, client_id),
        *_programs(session, client_id),
        *_files(session, client_id),
        *_approvals(session, client_id),
        *_consents(session, client_id),
        *_inquiries(session, client_id),
    ]


def _clients(session: Session) -> list[Someone]:
    query = (
        select(Person)
        .join(Client, Client.person_id == Person.id)
        .where(Client.id.not_in(merged.gone_clients()))
        .order_by(Person.given_name, Person.family_name, Person.id)
    )
    return [
        Someone(parties.person_key(each.id), parties.name_of(each).full, "Client")
        for each in session.scalars(query)
    ]


def _programs(session: Session, client_id: int | None) -> list[Someone]:
    query = (
        select(Episode.id, Episode.level_of_care, Organisation.id, Organisation.name)
        .join(Organisation, Episode.organisation_id == Organisation.id)
        .where(Episode.client_id == client_id)
        .order_by(Episode.admitted.desc())
    )
    found = list(session.execute(query))
    houses = {house_id: name for _, _, house_id, name in found}
    stays = [
        Someone(f"e{number}", name, LevelOfCare(level).label if level else "Stay")
        for number, level, _, name in found
    ]
    return [*(Someone(f"o{number}", name, "Program") for number, name in houses.items()), *stays]


def _files(session: Session, client_id: int | None) -> list[Someone]:
    query = select(Document.id, Document.title).where(Document.client_id == client_id)
    newest = session.execute(query.order_by(Document.id.desc()))
    return [Someone(f"d{number}", title, "File") for number, title in newest]


def _approvals(session: Session, client_id: int | None) -> list[Someone]:
    query = (
        select(Authorization.id, Policy.payer)
        .outerjoin(Policy, Authorization.policy_id == Policy.id)
        .where(Authorization.client_id == client_id)
    )
    return [
        Someone(f"a{number}", payer or "Approval", "Approval")
        for number, payer in session.execute(query)
    ]


def _consents(session: Session, client_id: int) -> list[Someone]:
    return [
        Someone(f"{CONSENT}{row.id}", f"Consent for {', '.join(row.recipients)}", "Consent")
        for row in consents.rows(session, client_id)
    ]


def _inquiries(session: Session, client_id: int | None) -> list[Someone]:
    """Give the call a chart came of; without a chart, every one that is still open."""
    query = select(Inquiry.id, Inquiry.caller_name).where(
        Inquiry.status.in_(OPEN) if client_id is None else Inquiry.client_id == client_id
    )
    newest = session.execute(query.order_by(Inquiry.received_at.desc(), Inquiry.id))
    return [Someone(f"i{number}", f"Call of {caller}", "Inquiry") for number, caller in newest]
