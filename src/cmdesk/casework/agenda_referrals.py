"""Next steps of services, and papers to ask for again: what stands on Today, or waits on others."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import read
from cmdesk.casework.parties import called
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.referral import RecordsRequest, Referral
from cmdesk.rules.agenda_items import Task
from cmdesk.rules.codes import TaskState
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD, ReferralState
from cmdesk.rules.referral_codes import THEIRS, Direction, ServiceKind
from cmdesk.rules.referral_draft import RequestForm, due_on

_NAMES: Final = (
    *(Person.ref.label("their_ref"), Person.uid.label("their_uid")),
    *(Person.preferred_name, Person.given_name, Person.family_name),
    Organisation.name.label("house"),
)
_REFERRALS: Final = (
    select(
        *(Referral.id, Referral.ref, Referral.uid, Referral.client_id, Referral.kind),
        *(Referral.what, Referral.state, Referral.asked_on, Referral.next_step, Referral.next_on),
        *(Referral.person_id, *_NAMES),
    )
    .outerjoin(Person, Referral.person_id == Person.id)
    .outerjoin(Organisation, Referral.organisation_id == Organisation.id)
    .where(Referral.state.not_in([state.value for state in NOT_GOING_AHEAD]))
    .order_by(Referral.id)
)
_REQUESTS: Final = (
    select(
        *(RecordsRequest.id, RecordsRequest.ref, RecordsRequest.uid, RecordsRequest.client_id),
        *(RecordsRequest.direction, RecordsRequest.what, RecordsRequest.asked_on),
        *(RecordsRequest.chase_days, RecordsRequest.chased_on, RecordsRequest.chases),
        *(RecordsRequest.person_id, *_NAMES),
    )
    .outerjoin(Person, RecordsRequest.person_id == Person.id)
    .outerjoin(Organisation, RecordsRequest.organisation_id == Organisation.id)
    .where(RecordsRequest.done_on.is_(None), RecordsRequest.refused_on.is_(None))
    .order_by(RecordsRequest.id)
)


def items(session: Session, refs: Refs) -> Iterator[Task]:
    """Give what is to be done about services and papers, and what one waits for."""
    yield from _services(session, refs)
    yield from _papers(session, refs)


def _services(session: Session, refs: Refs) -> Iterator[Task]:
    for row in read(session, _REFERRALS):
        waits = ReferralState(row.state) in THEIRS
        if row.client_id not in refs or not (waits or row.next_on):
            continue
        name = _name(row)
        service = row.what or ServiceKind(row.kind).label
        about = name or service
        yield Task(
            **_about(row, refs),
            title=f"{about}: {row.next_step}" if row.next_step else _service(service, name),
            due=row.next_on,
            state=TaskState.WAITING if waits else TaskState.NEXT,
            waiting_on=name if waits else "",
            waiting_since=row.asked_on if waits else None,
            kind="referral",
        )


def _papers(session: Session, refs: Refs) -> Iterator[Task]:
    for row in read(session, _REQUESTS):
        if row.client_id not in refs:
            continue
        form = RequestForm(
            row.direction,
            asked_on=row.asked_on,
            chased_on=row.chased_on,
            chase_days=row.chase_days,
        )
        if Direction(row.direction) is Direction.TO:
            yield _asked_of_us(row, refs, due_on(form))
            continue
        yield Task(
            **_about(row, refs),
            title=f"{row.what} from {_name(row)}" if _name(row) else row.what,
            due=None,
            state=TaskState.WAITING,
            waiting_on=_name(row),
            waiting_since=row.asked_on,
            kind="records_request",
            attempts=row.chases,
            chase_on=due_on(form),
        )


def _asked_of_us(row: Any, refs: Refs, due: date | None) -> Task:
    """Make a task of it: it is our move until it went."""
    return Task(
        **_about(row, refs),
        title=f"{row.what} for {_name(row)}" if _name(row) else row.what,
        due=due or row.asked_on,
        kind="records_wanted",
    )


def _service(service: str, name: str) -> str:
    return f"{service}, {name}" if name else service


def _about(row: Any, refs: Refs) -> dict[str, Any]:
    person = (row.their_ref or row.their_uid) if row.person_id is not None else None
    return {
        "ref": row.ref or row.uid,
        "client": refs[row.client_id],
        "person": person,
        "record": row.id,
    }


def _name(row: Any) -> str:
    return row.house or (called(row) if row.person_id is not None else "")
