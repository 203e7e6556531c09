"""The clients opened last, kept inside the vault like any draft: outside undo and the audit."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import drafts, merged
from cmdesk.casework.parties import name_of
from cmdesk.models.client import Client
from cmdesk.models.person import Person

KEY: Final = "recent:clients"


def keep(session: Session, ids: Sequence[int]) -> None:
    """Keep which clients were opened last, newest first."""
    drafts.keep(session, KEY, {"clients": list(ids)})


def clients(session: Session) -> list[tuple[int, str]]:
    """Return the clients opened last with their names; those merged go by the chart they are in."""
    kept = drafts.find(session, KEY)
    ids = [merged.kept_client(session, int(each)) for each in kept.body["clients"]] if kept else []
    query = select(Client.id, Person).join(Person, Client.person_id == Person.id)
    found = session.execute(query.where(Client.id.in_(ids)))
    names = {number: name_of(person).full for number, person in found}
    return [(number, names[number]) for number in dict.fromkeys(ids) if number in names]
