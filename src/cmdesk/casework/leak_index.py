"""What one reader of one client's letters may not hear of, gathered from the records for the check.

A fixed number of questions, whatever the size of the practice; entries are judged by 500s.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    leak_facts,
    leak_programs,
    merged,
    parties,
    placement_family,
    verdicts,
)
from cmdesk.casework.leak_school import quiet
from cmdesk.casework.occasion import Case
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.entry import Entry, EntryParticipant
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.safety import Medication
from cmdesk.rules import consent as rules
from cmdesk.rules import leaks
from cmdesk.rules.codes import TREATING, ContactPointKind, Relationship
from cmdesk.rules.consent import Outcome
from cmdesk.rules.leak_names import needs_capital, of_number, short_program
from cmdesk.rules.leak_text import folded
from cmdesk.rules.leaks import Held, Index, Named
from cmdesk.rules.letter_template import worded
from cmdesk.rules.people import possessive
from cmdesk.rules.topics import Topic

# Those who come into a client's life by their work: of another family they give nothing away.
AT_WORK: Final = TREATING | {
    Relationship.ATTORNEY,
    Relationship.CASE_MANAGER,
    Relationship.CLERGY,
    Relationship.EMPLOYER,
    Relationship.OTHER,
    Relationship.PROBATION,
    Relationship.SCHOOL_CONTACT,
    Relationship.TRUSTEE,
}
_WRITTEN_TO: Final = frozenset(
    {ContactPointKind.E_MAIL, ContactPointKind.SECURE_MAIL, ContactPointKind.POSTAL}
)
_NAMES: Final = (
    Person.id,
    Person.given_name,
    Person.middle_name,
    Person.family_name,
    Person.preferred_name,
    Person.organisation_id,
    Person.notes,
)


@dataclass(slots=True)
class _Entries:
    """What the verdicts make of all entries: lines let out, words kept back, who took part."""

    told: list[str] = field(default_factory=list[str])
    kept: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    with_whom: set[int] = field(default_factory=set[int])


@dataclass(slots=True)
class _People:
    known: list[Named] = field(default_factory=list[Named])
    held: dict[int, tuple[Named, str]] = field(default_factory=dict[int, tuple[Named, str]])
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    near: set[int] = field(default_factory=set[int])  # of the client's circle
    ids: set[int] = field(default_factory=set[int])  # of those who are known


def index(session: Session, about: Case) -> Index:
    """Prepare the check for one reader as the consents of the day stand."""
    own = merged.own_ids(session, about.client_id)
    covered = _covered(about.standing)
    entries = _entries(session, about, own)
    by_itself = leak_facts.own(session, about)
    entries.told += by_itself.told
    said = _Said(entries.told)
    people = _people(session, about, own, covered, entries, said)
    programs = leak_programs.programs(session, about, own)
    known = [name for name in programs.values() if Topic.TREATMENT in covered or said.program(name)]
    why = f"not in {possessive(about.party.called)} consent"
    others = placement_family.of_others(session, own, about.party.person_id)
    others += leak_programs.own_words(session, own)
    known, entries.told, care = quiet(about.template, known, entries.told, programs.values())
    held = {number: name for number, name in programs.items() if name not in known}
    numbers, addresses = _ways_to_reach(session, people, held, why)
    return leaks.index(
        Held(
            reader=about.party.called,
            people=list(people.held.values()),
            near=[people.held[number] for number in people.near & people.held.keys()],
            known_people=people.known,
            known_names=[*known, *leak_programs.our_names(session), about.party.organisation],
            numbers=numbers,
            addresses=addresses,
            programs=[*((name, why) for name in held.values()), *care],
            medicines=[] if Topic.MEDICATION in covered else _medicines(session, own),
            outside=frozenset(Topic) - covered,
            kept=[*entries.kept, *people.notes, *others],
            own=by_itself.kept,
            told=entries.told,
        )
    )


def _covered(standing: rules.Standing) -> frozenset[Topic]:
    """Return the topics some consent reaches and no wish of the client holds back."""
    covered = {topic for consent in standing.ordinary for topic in consent.topics}
    covered |= standing.own_form.keys()
    for wish in standing.restrictions:
        if not wish.topics and not wish.entries:
            return frozenset()
        covered -= wish.topics
    return frozenset(covered)


def _entries(session: Session, about: Case, own: Sequence[int]) -> _Entries:
    query = select(Entry.id, Entry.narrative).where(Entry.client_id.in_(own))
    narratives = dict(session.execute(query.order_by(Entry.id)).all())
    found, released = _Entries(), set[int]()
    for number, _, entry in verdicts.for_rules(session, [*narratives]):
        verdict = worded(rules.verdict(entry, about.standing), about.template)
        if verdict.outcome is not Outcome.KEEP_BACK:
            released.add(number)
        found.told += _told(verdict, entry)
        found.kept += _kept(verdict, entry, narratives[number])
    took_part = select(EntryParticipant.entry_id, EntryParticipant.person_id).join(Entry)
    for entry_id, person_id in session.execute(took_part.where(Entry.client_id.in_(own))):
        if entry_id in released:
            found.with_whom.add(person_id)
    return found


def _told(verdict: rules.Verdict, entry: rules.Entry) -> Iterator[str]:
    if verdict.text:
        yield verdict.text
        if verdict.outcome is Outcome.SHARE and entry.short_line:
            yield entry.short_line


def _kept(verdict: rules.Verdict, entry: rules.Entry, narrative: str) -> Iterator[tuple[str, str]]:
    """Give what an entry says that this reader may not read; of a shared one, nothing is secret."""
    if verdict.outcome is Outcome.SHARE:
        return
    why = verdict.why.removeprefix("Short version. ")
    lines = (entry.family_line, entry.short_line, narrative)
    yield from ((line, why) for line in lines if line and line != verdict.text)


class _Said:
    """Tells whether a name stands in a line that was let out: then it is known already."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)
        self._words = " ".join(f" {' '.join(folded(line))} " for line in self._lines)

    def names(self, name: str) -> bool:
        words = folded(name)
        if not words or f" {' '.join(words)} " not in self._words:
            return False
        return not needs_capital(words) or self._means(name)

    def program(self, name: str) -> bool:
        """Tell whether a program is named, in full or as it is called in short."""
        return self.names(name) or self.names(" ".join(short_program(name)))

    def _means(self, name: str) -> bool:
        """Tell whether an everyday word is meant as the name: of "she will", Will is not known."""
        alone = leaks.index(Held("", people=[(Named(name), "")]))
        plain = name.casefold()
        return any(leaks.check(alone, line) for line in self._lines if plain in line.casefold())


def _named(row: Any) -> Named:
    return Named(row.given_name, row.family_name, row.preferred_name, row.middle_name)


def _people(
    session: Session,
    about: Case,
    own: Sequence[int],
    covered: frozenset[Topic],
    entries: _Entries,
    said: _Said,
) -> _People:
    """Sort everybody of every family into those the reader may hear of, and the others."""
    found, known = _People(), _in_the_forms(about)
    for row in _circles(session, own, of_others=False):
        known |= {row.id} if _shared(row, about, covered, entries, said) else set()
        found.near.add(row.id)
        found.held[row.id] = (_named(row), f"not in {possessive(about.party.called)} consent")
        found.notes += [(note, "Your own notes") for note in (row.notes, row.note) if note]
    clients = select(Client.id.label("client_id"), *_NAMES)
    for row in session.execute(clients.join(Person, Client.person_id == Person.id)):
        known |= {row.id} if row.client_id in own else set()
        found.held.setdefault(row.id, (_named(row), "another client"))
    for row in _circles(session, own, of_others=True):
        if row.relationship not in AT_WORK:
            found.held.setdefault(row.id, (_named(row), "of another client’s family"))
    known |= {number for number, now in merged.people(session).items() if now in known}
    found.ids = known
    found.known = [found.held.pop(number)[0] for number in known & found.held.keys()]
    others = select(*_NAMES).where(Person.id.in_(known))
    found.known += [_named(row) for row in session.execute(others)]
    return found


def _in_the_forms(about: Case) -> set[int]:
    """Return the reader, and those who are named in the same forms."""
    keys = {about.party.key}
    keys |= {key for consent in about.standing.ordinary for key in consent.recipients}
    return {number for key in keys if (number := parties.parts_of(key)[0]) is not None}


def _shared(
    row: Any, about: Case, covered: frozenset[Topic], entries: _Entries, said: _Said
) -> bool:
    """Tell whether a reader may hear of somebody in the client's circle.

    Of relatives and friends where family is covered; of those at work once an entry they took part
    in, or a line that names them, was let out; of who treats the client where treatment is covered.
    """
    if row.organisation_id is not None and row.organisation_id == about.party.organisation_id:
        return True
    if row.relationship not in AT_WORK:
        return Topic.FAMILY in covered
    treats = row.relationship in TREATING and Topic.TREATMENT in covered
    named = said.names(row.given_name) or said.names(row.family_name)
    return treats or named or row.id in entries.with_whom


def _circles(session: Session, own: Sequence[int], *, of_others: bool) -> Iterable[Any]:
    whose = CircleMember.client_id.not_in(own) if of_others else CircleMember.client_id.in_(own)
    query = select(CircleMember.relationship, CircleMember.note, *_NAMES)
    return session.execute(query.join(Person, CircleMember.person_id == Person.id).where(whose))


def _ways_to_reach(
    session: Session, people: _People, programs: dict[int, str], why: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return numbers and addresses of those held back, but what they share with those known."""
    numbers: list[tuple[str, str]] = []
    addresses: list[tuple[str, str]] = []
    query = select(
        ContactPoint.kind, ContactPoint.value, ContactPoint.person_id, ContactPoint.organisation_id
    ).where(or_(ContactPoint.person_id.is_not(None), ContactPoint.organisation_id.in_([*programs])))
    rows = [*session.execute(query), *_where_they_live(session, [*programs])]
    shared = {_dialled(value) for _, value, person_id, _ in rows if person_id in people.ids}
    for kind, value, person_id, organisation_id in rows:
        if _dialled(value) in shared or (person_id is not None and person_id not in people.held):
            continue
        reason = people.held[person_id][1] if person_id is not None else why
        if person_id is None and organisation_id not in programs:
            continue
        (addresses if kind in _WRITTEN_TO else numbers).append((value, reason))
    return numbers, addresses


def _where_they_live(session: Session, programs: list[int]) -> list[Any]:
    """Return streets as a way to reach somebody; a town alone tells nobody's address."""
    query = select(
        literal(ContactPointKind.POSTAL), Address.street, Address.person_id, Address.organisation_id
    ).where(
        Address.street != "",
        or_(Address.person_id.is_not(None), Address.organisation_id.in_(programs)),
    )
    return [*session.execute(query)]


def _dialled(value: str) -> object:
    """Return what two writings of one number, or of one address, have in common."""
    return of_number(value) or folded(value)


def _medicines(session: Session, own: Sequence[int]) -> Sequence[str]:
    return session.scalars(select(Medication.name).where(Medication.client_id.in_(own))).all()


__all__ = ["index"]
