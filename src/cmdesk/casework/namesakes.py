"""What tells clients of the same name apart: a birth year, else a place, else since when."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, merged
from cmdesk.models.client import Client, Engagement
from cmdesk.models.person import Person
from cmdesk.rules.people import Name


def telling(session: Session) -> dict[int, str]:
    """Map each client who shares a name with another to what tells the two apart."""
    parts = (Person.given_name, Person.family_name, Person.preferred_name)
    query = (
        select(Client.id, *parts)
        .join(Person, Client.person_id == Person.id)
        .where(Client.id.not_in(merged.gone_clients()))
    )
    called: dict[str, list[int]] = defaultdict(list)
    for number, given, family, preferred in session.execute(query):
        called[Name(given, family, preferred).full.casefold()].append(number)
    told: dict[int, str] = {}
    for namesakes in called.values():
        if len(namesakes) > 1:
            told |= _apart({number: _about(session, number) for number in namesakes})
    return told


def _about(session: Session, client_id: int) -> Sequence[str]:
    """Say what may tell a client from another; what is not known is empty."""
    client = session.get_one(Client, client_id)
    born = session.get_one(Person, client.person_id).born
    where = clients.place(session, client_id, clock.today(session))
    began = session.scalar(
        select(func.min(Engagement.began_on)).where(Engagement.client_id == client_id)
    )
    since = began or client.created_at.astimezone(clock.zone(session)).date()
    return (
        f"born {born.year}" if born else "",
        where.organisation if where else "",
        f"since {since:%B %Y}",
    )


def _apart(about: dict[int, Sequence[str]]) -> dict[int, str]:
    """Take the first words that no namesake shares; where there are none, all there are."""
    shared = Counter(words for each in about.values() for words in set(each))
    return {
        number: next((words for words in each if words and shared[words] == 1), "")
        or ", ".join(filter(None, each))
        for number, each in about.items()
    }
