"""The families none of whose goals moved for long."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, goals, merged, parties, rhythm
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import among, listed, read
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.rules.agenda_items import Standstill

_CALLED: Final = (
    select(Client.id, Person.given_name, Person.family_name, Person.preferred_name)
    .join(Person, Client.person_id == Person.id)
    .where(
        Client.id.in_(among("ids")),
        Client.status.in_(clients.GROUPS["active"]),
        Client.id.not_in(merged.gone_clients()),
    )
)


def standstills(session: Session, refs: Refs, day: date) -> Iterator[Standstill]:
    """Give the clients with a goal that is worked on and none that moved for as long as is set."""
    moved = goals.last_moved(session)
    after = rhythm.standstill_days(session) if moved else 0
    still = [number for number, at in moved.items() if (day - at).days >= after]
    for row in read(session, _CALLED, ids=listed(still)) if still else ():
        yield Standstill(
            ref=refs[row.id],
            client=refs[row.id],
            called=parties.called(row),
            since=moved[row.id],
            after=after,
            record=row.id,
        )
