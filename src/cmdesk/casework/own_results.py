"""How this practice's own clients fared at one place, and how many were placed where."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged
from cmdesk.casework.columns import among, listed
from cmdesk.casework.parties import name_of
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.rules import own_results as rules
from cmdesk.rules.days import age_on
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.own_results import Result
from cmdesk.rules.people import Name
from cmdesk.rules.provider_codes import AgeGroup
from cmdesk.rules.stay import Stay

# For all clients at once, however many left a place: nobody waits for a question each.
_PERSONS: Final = (
    select(Client.id, Person)
    .join(Person, Person.id == Client.person_id)
    .where(Client.id.in_(among("clients")))
)
_STAYS: Final = select(Episode).where(Episode.client_id.in_(among("charts"))).order_by(Episode.id)


@dataclass(frozen=True, slots=True)
class Results:
    """People at one place, the last to leave at the end. `called`: whom they are like, if anybody.

    `band` and `presentation` are hers, as far as they are known; `here_now` are there still.
    """

    people: tuple[Result, ...] = ()
    called: str = ""
    band: AgeGroup | None = None
    presentation: tuple[str, ...] = ()
    here_now: int = 0


@dataclass(frozen=True, slots=True)
class _Her:
    """Whom the people are to be like."""

    own: frozenset[int] = frozenset()
    called: str = ""
    band: AgeGroup | None = None
    presentation: tuple[str, ...] = ()


def placed(session: Session) -> dict[int, int]:
    """Return how many clients were placed at each provider, stays that are planned among them.

    A stay before the practice began is none of its placements.
    """
    owners = merged.owners(session)
    query = select(Episode.organisation_id, Episode.client_id).where(Episode.historical.is_(False))
    there: dict[int, set[int]] = {}
    for house, client in session.execute(query.distinct()):
        if house is not None:
            there.setdefault(house, set()).add(owners.get(client, client))
    return {house: len(clients) for house, clients in there.items()}


def results(session: Session, organisation_id: int, client_id: int | None = None) -> Results:
    """Return how clients fared at a provider: those like this client, without her, or all."""
    today = clock.today(session)
    her = _her(session, client_id, today) if client_id else _Her()
    owners = merged.owners(session)
    left, here_now = dict[int, Episode](), 0
    for client, rows in _there(session, organisation_id, owners).items():
        if client in her.own:
            continue
        here_now += any(_state(row, today) == "going_on" for row in rows)
        ended = [row for row in rows if _state(row, today) == "ended"]
        like = [row for row in ended if rules.alike(her.presentation, row.presentation)]
        if like:
            left[client] = max(
                like, key=lambda row: (row.discharged or row.admitted or date.min, row.id)
            )
    told = list[tuple[date, Result]]()
    persons, stays = _persons(session, left), _stays(session, left, owners)
    for client, last in left.items():
        found = _result(persons[client], last, stays[client], today)
        if her.band is None or (found.age is not None and _band(found) is her.band):
            told.append((last.discharged or last.admitted or date.min, found))
    told.sort(key=lambda each: (each[0], each[1].initials))
    return Results(
        tuple(each for _, each in told), her.called, her.band, her.presentation, here_now
    )


def _band(result: Result) -> AgeGroup | None:
    return rules.age_group(result.age) if result.age is not None else None


def _there(
    session: Session, organisation_id: int, owners: Mapping[int, int]
) -> dict[int, list[Episode]]:
    """Return the stays at a provider by client, merged charts under the one that is kept."""
    query = select(Episode).where(Episode.organisation_id == organisation_id).order_by(Episode.id)
    found: dict[int, list[Episode]] = {}
    for row in session.scalars(query):
        found.setdefault(owners.get(row.client_id, row.client_id), []).append(row)
    return found


def _her(session: Session, client_id: int, today: date) -> _Her:
    own = merged.own_ids(session, client_id)
    client = session.get_one(Client, client_id)
    person = session.get_one(Person, client.person_id)
    query = select(Episode).where(Episode.client_id.in_(own)).order_by(Episode.id)
    stays = session.scalars(query).all()
    band = rules.age_group(age_on(person.born, today)) if person.born else None
    return _Her(frozenset(own), name_of(person).called, band, _newest(stays))


def _newest(stays: Sequence[Episode]) -> tuple[str, ...]:
    """Return what a client came with to the last stay of which that is known."""
    known = [row for row in stays if row.presentation]
    newest = max(known, key=lambda row: (row.admitted or date.min, row.id), default=None)
    return tuple(newest.presentation) if newest else ()


def _state(row: Episode, today: date) -> str:
    return _plain(row).state(today)


def _plain(row: Episode) -> Stay:
    return Stay(
        *(row.id, "", row.level_of_care, row.admitted, row.discharged, row.status == ENDED),
        admitted_known=row.admitted_known,
        left_known=row.discharged_known,
    )


def _persons(session: Session, clients: Collection[int]) -> dict[int, Person]:
    return dict(session.execute(_PERSONS, {"clients": listed(clients)}).all())


def _stays(
    session: Session, clients: Collection[int], owners: Mapping[int, int]
) -> dict[int, list[Stay]]:
    """Return all stays of some clients, anywhere, those of the charts merged into theirs too."""
    found: dict[int, list[Stay]] = {client: [] for client in clients}
    charts = [*found, *(gone for gone, kept in owners.items() if kept in found)]
    for row in session.scalars(_STAYS, {"charts": listed(charts)}):
        found[owners.get(row.client_id, row.client_id)].append(_plain(row))
    return found


def _result(person: Person, row: Episode, stays: Sequence[Stay], today: date) -> Result:
    stay = _plain(row)
    return Result(
        initials=_initials(name_of(person)),
        age=_age(person.born, stay),
        came_with=tuple(row.presentation),
        days=stay.days,
        ended=row.discharge_reason,
        at_90=rules.at_90(stay, stays, row.in_care_at_90, row.later, today),
    )


def _age(born: date | None, stay: Stay) -> int | None:
    """Return the age on the first day, where it is one age on every day that may have been it."""
    earliest, latest = stay.begun_from or stay.left_from, stay.begun_by or stay.left
    if born is None or earliest is None or latest is None:
        return None
    age = age_on(born, earliest)
    return age if age == age_on(born, latest) else None


def _initials(name: Name) -> str:
    """Write `M. T.`; that is all a provider’s page says of who somebody is."""
    return " ".join(_letters((name.given or name.called, name.family)))


def _letters(names: Iterable[str]) -> Iterable[str]:
    return (f"{each.strip()[0].upper()}." for each in names if each.strip())


__all__ = ["Results", "placed", "results"]
