"""Who may be meant already: the same name, a slip away from it, the same number or address."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.name_search import folded
from cmdesk.models.client import Client
from cmdesk.models.person import ContactPoint, Person
from cmdesk.rules.people import Name

SHOWN = 5
DIGITS = 10  # of a number of North America; what stands before is the country
SHORTEST = 7  # digits that still tell one telephone from another
FORGIVING_FROM = 5  # letters of a name in which one slip is forgiven
_NO_DIGIT: Final = re.compile("[^0-9]+")
E_MAIL = ("e_mail", "secure_mail")


_NOW: Final = Person.id.not_in(merged.gone_people())
_NAMES: Final = select(
    Person.id, Person.given_name, Person.family_name, Person.preferred_name
).where(_NOW)
_KNOWN: Final = (
    select(
        *(Person.id, Person.given_name, Person.family_name, Person.preferred_name, Person.born),
        *(Client.id.label("client_id"), Client.status),
    )
    .outerjoin(Client, Client.person_id == Person.id)
    .where(Person.id.in_(among("ids")))
)
_POINTS: Final = select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.value).where(
    ContactPoint.person_id.is_not(None)
)


@dataclass(frozen=True, slots=True)
class Alike:
    """Someone in the records who may be the same. `why` is name, spelling, phone or email."""

    person_id: int
    client_id: int | None
    name: Name
    born: date | None
    status: str  # of the client; empty for anybody else
    why: str


def alike(
    session: Session,
    given: str,
    family: str,
    born: date | None = None,
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    *,
    but: int | None = None,
) -> list[Alike]:
    """Return up to five people who may be this one, the surest first.

    Two people may share a name: another birth date puts someone last, it does not rule them out.
    `but` is the person whose own record is being typed in.
    """
    reached = _reached(session, phones, emails)
    first, last = _letters(given), _letters(family)
    whys: dict[int, str] = {}
    for number, theirs, surname, preferred in read(session, _NAMES):
        why = reached.get(number) or _named(first, last, (theirs, preferred), surname)
        if why and number != but:
            whys[number] = why
    found = [(_doubt(who, born), who) for who in _people(session, whys)]
    found.sort(key=lambda pair: (pair[0], pair[1].client_id is None, pair[1].person_id))
    return [who for _, who in found[:SHOWN]]


def _people(session: Session, whys: Mapping[int, str]) -> Iterator[Alike]:
    """Say more of those found; there may be as many as work at one number."""
    for number, first, last, preferred, day, client_id, status in read(
        session, _KNOWN, ids=listed(whys)
    ):
        name = Name(first, last, preferred)
        yield Alike(number, client_id, name, day, status or "", whys[number])


def _doubt(who: Alike, born: date | None) -> int:
    other = born is not None and who.born is not None and born != who.born
    return 2 * ("name", "phone", "email", "spelling").index(who.why) + 9 * other


def _reached(session: Session, phones: Iterable[str], emails: Iterable[str]) -> dict[int, str]:
    """Return who has one of these numbers or addresses, and which of the two it is."""
    numbers = {digits for phone in phones if (digits := bare(phone))}
    addresses = {email.strip().casefold() for email in emails if "@" in email}
    if not (numbers or addresses):
        return {}
    found: dict[int, str] = {}
    for number, kind, value in read(session, _POINTS):
        if kind in E_MAIL:
            if addresses and value.strip().casefold() in addresses:
                found[number] = "email"
        elif numbers and bare(value) in numbers:
            found[number] = "phone"
    return found


def bare(phone: str) -> str:
    """Return the digits that tell telephones apart; empty when there are too few."""
    digits = _NO_DIGIT.sub("", phone)[-DIGITS:]
    return digits if len(digits) >= SHORTEST else ""


def _named(first: str, wanted: str, firsts: Sequence[str], last: str) -> str:
    """Compare letters typed with names: what people are called counts like what they were given."""
    theirs, known = [_letters(name) for name in firsts if name.strip()], _letters(last)
    if not first or not theirs or bool(wanted) != bool(known):
        return ""
    if wanted == known and first in theirs:
        return "name"
    if not wanted:
        return ""
    whole = first + wanted
    near = any(_close(whole, name + known) for name in theirs)
    return "spelling" if near or (known, wanted) == (first, theirs[0]) else ""


def _letters(name: str) -> str:
    plain = folded(name)
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def _close(one: str, other: str) -> bool:
    """Forgive one slip, and a second in a long name (restricted Damerau-Levenshtein)."""
    shorter = min(len(one), len(other))
    if shorter < FORGIVING_FROM:
        return False
    allowed = 1 if shorter < 2 * FORGIVING_FROM else 2
    if abs(len(one) - len(other)) > allowed:
        return False
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed
