"""Practitioners of a national directory into the records: many at once, never over one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, insert, or_, select, update
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.exchange import person_rows
from cmdesk.exchange.card import OWN, PersonCard, digest, first_keys
from cmdesk.exchange.person_rows import Employers
from cmdesk.exchange.provider_rows import new_numbers
from cmdesk.exchange.written import Written, is_same, point_row
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Professional

SOURCE: Final = "NPPES"


@dataclass(frozen=True, slots=True)
class Practitioner:
    """One person of the directory: the card, and what they are called in for."""

    npi: str
    card: PersonCard
    role: str
    taxonomies: tuple[str, ...]
    as_of: date | None = None


class Writer:
    """Finds practitioners by NPI, else by name and number; writes a few hundred at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.written = Written()
        self._people = person_rows.in_the_records(session)
        self._employers = Employers(session)
        self._by_npi: dict[str, int] = {}
        self._professional: dict[int, str | None] = {}  # NPIs by person
        self._from_here: set[int] = set()
        self._merged: set[str] = set()  # numbers of those who go by another record now
        gone = merged.people(session)
        kept = select(Professional.person_id, Professional.npi, Professional.source)
        for person, npi, source in session.execute(kept):
            if person in gone:
                self._merged.add(npi or "")
                continue
            self._professional[person] = npi
            if source == SOURCE:
                self._from_here.add(person)
            if npi:
                self._by_npi[npi] = person
        kept_digests = select(Person.id, Person.imported_digest)
        self._digests = {row.id: row.imported_digest for row in session.execute(kept_digests)}

    def holds(self, npi: str) -> bool:
        return npi in self._by_npi or npi in self._merged

    def put(self, stated: Sequence[Practitioner]) -> None:
        """Add those that are new; follow or fill those that are known."""
        fresh: list[Practitioner] = []
        for each in stated:
            if each.npi in self._merged and each.npi not in self._by_npi:
                self.written.unchanged += (
                    1  # the record kept in its place is its user's to look after
                )
                continue
            number = self._find(each)
            if number is None:
                fresh.append(each)
                continue
            was_known = self._profess(number, each)
            if number not in self._from_here:  # one's own entry: only its number is added
                self.written.unchanged += was_known
                self.written.updated += not was_known
            elif is_same(self._digests.get(number), digest(each.card)):
                self.written.unchanged += 1
            else:
                employers = self._employers
                person_rows.revise(self._session, number, each.card, employers, self.written)
        self._session.flush()
        self._session.expunge_all()
        self._add(fresh)
        self.written.added += len(fresh)

    def _find(self, stated: Practitioner) -> int | None:
        if stated.npi in self._by_npi:
            return self._by_npi[stated.npi]
        number = self._people.find(stated.card)
        # Of one name at one number, but under another NPI, are two people.
        return None if number is not None and self._professional.get(number) else number

    def _profess(self, number: int, stated: Practitioner) -> bool:
        """Keep number, taxonomies and the day beside a person; say whether they were there."""
        session, was_known = self._session, self._professional.get(number) == stated.npi
        if number not in self._professional:
            session.execute(
                insert(Professional), [{**_profession(number, stated), "source": "", "mine": True}]
            )
        else:
            session.execute(
                update(Professional)
                .where(Professional.person_id == number, _differs(stated))
                .values(
                    npi=stated.npi,
                    taxonomies=list(stated.taxonomies),
                    source_as_of=stated.as_of or Professional.source_as_of,
                ),
                execution_options={"synchronize_session": False},
            )
        self._professional[number] = stated.npi
        self._by_npi[stated.npi] = number
        return was_known

    def _add(self, fresh: Sequence[Practitioner]) -> None:
        if not fresh:
            return
        session = self._session
        numbers = new_numbers(session, Person, len(fresh))
        both = list(zip(numbers, fresh, strict=True))
        session.execute(insert(Person), [_person(number, each.card) for number, each in both])
        session.execute(insert(Professional), [_profession(number, each) for number, each in both])
        points = [
            {"person_id": number, **point_row(position, point)}
            for number, each in both
            for position, point in enumerate(each.card.points)
        ]
        places = [
            {"person_id": number, **place._asdict()}
            for number, each in both
            for place in each.card.places
        ]
        for model, rows in ((ContactPoint, points), (Address, places)):
            if rows:
                session.execute(insert(model), rows)
        for number, each in both:
            self._by_npi[each.npi] = number
            self._professional[number] = each.npi
            self._digests[number] = digest(each.card)
            self._from_here.add(number)
            self._people.add(number, "", first_keys(each.card))


def _person(number: int, card: PersonCard) -> dict[str, Any]:
    own = {name: getattr(card, name) for name in OWN}
    return {"id": number, **own, "imported_digest": digest(card)}


def _profession(number: int, stated: Practitioner) -> dict[str, Any]:
    return {
        "person_id": number,
        "role": stated.role,
        "npi": stated.npi,
        "taxonomies": list(stated.taxonomies),
        "source": SOURCE,
        "source_as_of": stated.as_of,
        "mine": False,
    }


def _differs(stated: Practitioner) -> ColumnElement[bool]:
    """Say what is to be written anew; a row that states the same is not touched."""
    other = or_(Professional.npi.is_(None), Professional.npi != stated.npi)
    taxonomies = Professional.taxonomies != list(stated.taxonomies)
    if stated.as_of is None:
        return or_(other, taxonomies)
    older = or_(Professional.source_as_of.is_(None), Professional.source_as_of < stated.as_of)
    return or_(other, taxonomies, older)
