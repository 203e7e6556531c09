"""What stands between the practice and a program, said to a family before it decides."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock
from cmdesk.models.person import Person
from cmdesk.models.placement import PlacementCandidate, PlacementSearch
from cmdesk.models.provider import Organisation, ProviderTie
from cmdesk.rules.days import short
from cmdesk.rules.placement_words import money
from cmdesk.rules.provider_codes import TieKind

NOTHING: Final = "I have no tie to any of these programs and take no payment from them."


def lines(session: Session, search_id: int) -> tuple[str, ...]:
    """Return one line for each tie to a program of the search or to a person there."""
    query = select(PlacementCandidate.organisation_id).where(
        PlacementCandidate.search_id == search_id
    )
    houses = list(session.scalars(query))
    people = select(Person.id, Person.organisation_id).where(Person.organisation_id.in_(houses))
    house_of = dict(session.execute(people).all())
    ties = session.scalars(
        select(ProviderTie)
        .where(ProviderTie.organisation_id.in_(houses) | ProviderTie.person_id.in_(list(house_of)))
        .order_by(ProviderTie.organisation_id, ProviderTie.happened_on, ProviderTie.id)
    )
    names = _names(session, houses)
    today = clock.today(session)
    return tuple(
        _line(
            tie, names.get(tie.organisation_id or house_of.get(tie.person_id or 0) or 0, ""), today
        )
        for tie in ties
    )


def _names(session: Session, houses: Iterable[int]) -> dict[int, str]:
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(houses)))
    return dict(session.execute(query).all())


def _line(tie: ProviderTie, name: str, today: date) -> str:
    said = [TieKind(tie.kind).label]
    said += [tie.what] if tie.what else []
    said += [money(tie.amount_cents)] if tie.amount_cents is not None else []
    said += [short(tie.happened_on, today)] if tie.happened_on else []
    said += [f"ended {short(tie.ended_on, today)}"] if tie.ended_on else []
    return f"{name}: {', '.join(said)}."


def statement(session: Session, search_id: int) -> str:
    """Return the words to begin with: every tie there is, or that there is none."""
    return "\n".join(lines(session, search_id)) or NOTHING


def stated(session: Session, search_id: int) -> bool:
    """Whether the statement was looked at, and says every tie that is on record by now."""
    search = session.get_one(PlacementSearch, search_id)
    if search.conflict_stated_on is None:
        return False
    said, known = search.conflict_statement, lines(session, search_id)
    return all(line in said for line in known) and not (known and NOTHING in said)
