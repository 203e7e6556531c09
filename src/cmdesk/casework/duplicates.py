"""Who may be meant already: the same name, a slip away from it, the same number or address."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.name_search import folded
from cmdesk.models.client import Client
from cmdesk.models.person import ContactPoint, Person
from cmdesk.rules.people import Name

SHOWN = 5
DIGITS = 10  # of a number of North America; what stands before is the country
SHORTEST = 7  # digits that still tell one telephone from another
FORGIVING_FROM = 5  # letters of a name in which one slip is forgiven
E_MAIL = ("e_mail", "secure_mail")


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
    names = select(
        Person.id,
        Person.given_name,
        Person.family_name,
        Person.preferred_name,
        Person.born,
        Client.id,
        Client.status,
    ).outerjoin(Client, Client.person_id == Person.id)
    found: list[tuple[int, Alike]] = []
    for number, first, last, preferred, day, client_id, status in session.execute(
        names.where(Person.id.not_in(merged.gone_people()))
    ):
        why = reached.get(number) or _named(given, family, (first, preferred), last)
        if not why or number == but:
            continue
        other = born is not None and day is not None and born != day
        sure = 2 * ("name", "phone", "email", "spelling").index(why) + 9 * other
        who = Alike(number, client_id, Name(first, last, preferred), day, status or "", why)
        found.append((sure, who))
    found.sort(key=lambda pair: (pair[0], pair[1].client_id is None, pair[1].person_id))
    return [who for _, who in found[:SHOWN]]


def _reached(session: Session, phones: Iterable[str], emails: Iterable[str]) -> dict[int, str]:
    """Return who has one of these numbers or addresses, and which of the two it is."""
    numbers = {digits for phone in phones if (digits := bare(phone))}
    addresses = {email.strip().casefold() for email in emails if "@" in email}
    if not (numbers or addresses):
        return {}
    points = select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.value)
    found: dict[int, str] = {}
    for number, kind, value in session.execute(points.where(ContactPoint.person_id.is_not(None))):
        if number is None:
            continue
        if kind in E_MAIL and value.strip().casefold() in addresses:
            found[number] = "email"
        elif kind not in E_MAIL and bare(value) in numbers:
            found[number] = "phone"
    return found


def bare(phone: str) -> str:
    """Return the digits that tell telephones apart; empty when there are too few."""
    digits = re.sub("[^0-9]", "", phone)[-DIGITS:]
    return digits if len(digits) >= SHORTEST else ""


def _named(given: str, family: str, firsts: Sequence[str], last: str) -> str:
    """Compare names: what people are called counts like what they were given."""
    first, wanted = _letters(given), _letters(family)
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
    return "".join(sign for sign in folded(name) if sign.isalnum())


def _close(one: str, other: str) -> bool:
    """Forgive one slip, and a second in a long name (restricted Damerau-Levenshtein)."""
    shorter = min(len(one), len(other))
    if shorter < FORGIVING_FROM:
        return False
    allowed = 1 if shorter < 2 * FORGIVING_FROM else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed
