"""What the plans for letters rest on, asked for all of them at once: last sent, begun, covered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ScalarSelect, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from cmdesk.casework import consent_ends, letters_sent, merged, parties, state_rules, verdicts
from cmdesk.casework.columns import Codes, among, listed, read
from cmdesk.casework.parties import Party, person_key
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.person import Person
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.consent import Consent as Form
from cmdesk.rules.consent import Recipient, Subject
from cmdesk.rules.family_codes import MinorCare
from cmdesk.rules.letter_period import OCCASIONAL, keeps_rhythm
from cmdesk.rules.standing import no_consent

Pair = tuple[int, int]  # client, person


class Reader(NamedTuple):
    """One who is written to about a client, with what a consent asks of the client."""

    client_id: int
    person_id: int
    called: str
    client_called: str
    born: date | None


@dataclass(frozen=True, slots=True)
class Several:
    """The clients and the people who are gone, with the number that was kept; and all of both."""

    clients: Mapping[int, int]
    people: Mapping[int, int]
    numbers: frozenset[int]
    persons: frozenset[int]

    def named(self, client_id: int, person_id: int) -> bool:
        """Whether one of the two is known by several numbers."""
        return client_id in self.numbers or person_id in self.persons

    def now(self, client_id: int, person_id: int) -> Pair:
        """Return the numbers both go by."""
        return self.clients.get(client_id, client_id), self.people.get(person_id, person_id)


def last_letter() -> ScalarSelect[datetime | None]:
    """Ask, for each plan, when its last letter left that was not withdrawn.

    A notice of a crisis on a Monday is not the letter of Mondays.
    """
    query = (
        select(func.max(func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at)))
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(
            Update.client_id == UpdatePlan.client_id,
            UpdateCopy.person_id == UpdatePlan.recipient_id,
            or_(Update.template == UpdatePlan.template, Update.template.not_in(OCCASIONAL)),
            letters_sent.reached(),
        )
    )
    return cast("ScalarSelect[datetime | None]", query.scalar_subquery())


def first_begun() -> ScalarSelect[date | None]:
    """Ask, for each plan, when the work with its client began."""
    query = select(func.min(Engagement.began_on)).where(
        Engagement.client_id == UpdatePlan.client_id
    )
    return cast("ScalarSelect[date | None]", query.scalar_subquery())


FORM: Final = (  # what verdicts.consent_for_rules reads of a consent
    *(Consent.id, Consent.ref, Consent.uid, Consent.client_id, Consent.kind, Consent.direction),
    *(
        type_coerce(Consent.topics, Codes).label("topics"),
        Consent.purpose,
        Consent.signed_on,
        Consent.begins_on,
        Consent.expires_on,
    ),
    *(Consent.expires_episode_id, Consent.expires_with_engagement, Consent.signer),
    *(
        Consent.signer_authority,
        Consent.capacity,
        Consent.form_on_file,
        type_coerce(Consent.statements, Codes).label("statements"),
    ),
    *(
        type_coerce(Consent.channels, Codes).label("channels"),
        Consent.revoked_on,
        Consent.revoked_how,
        Consent.superseded_by_id,
    ),
)
_ANYBODY: Final = Party(key="", ref="", called="", full_name="", person_id=-1)
_FORMS: Final = (
    select(*FORM, ConsentRecipient.person_id)
    .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
    .where(Consent.client_id.in_(among("clients")), ConsentRecipient.person_id.in_(among("people")))
)
_PLACES: Final = (
    select(
        CircleMember.client_id,
        CircleMember.person_id,
        CircleMember.relationship,
        type_coerce(CircleMember.roles, Codes).label("roles"),
        CircleMember.until,
    )
    .where(CircleMember.client_id.in_(among("clients")))
    .where(CircleMember.person_id.in_(among("people")))
    .order_by(CircleMember.position)
)
_CALLED: Final = select(
    Person.id, Person.preferred_name, Person.given_name, Person.family_name
).where(Person.id.in_(among("ids")))
_LETTERS: Final = (
    select(
        *(Update.client_id, UpdateCopy.person_id, Update.template),
        func.max(func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at)),
    )
    .join(Update, UpdateCopy.update_id == Update.id)
    .where(Update.client_id.in_(among("clients")), UpdateCopy.person_id.in_(among("people")))
    .where(letters_sent.reached())
    .group_by(Update.client_id, UpdateCopy.person_id, Update.template)
)
_BEGAN: Final = (
    select(Engagement.client_id, func.min(Engagement.began_on))
    .where(Engagement.client_id.in_(among("clients")), Engagement.began_on.is_not(None))
    .group_by(Engagement.client_id)
)
_SUBJECTS: Final = (
    select(Client.id, Person.preferred_name, Person.given_name, Person.family_name, Person.born)
    .join(Person, Client.person_id == Person.id)
    .where(Client.id.in_(among("clients")))
)


def no_consents(
    session: Session, readers: Collection[Reader], day: date, known: Several | None = None
) -> dict[Pair, str]:
    """Say for each client and reader why nothing may reach them; empty where a consent counts."""
    if not readers:
        return {}
    known = known or several(session)
    named = _kept_names(session, {reader.person_id for reader in readers}, known)
    asked = {(reader.client_id, known.now(0, reader.person_id)[1]) for reader in readers}
    named_in, ages = forms(session, asked), _own_ages(session)
    treating = _treating(session, {pair for pair in asked if _tpo(named_in.get(pair, ()))}, known)
    found: dict[Pair, str] = {}
    for reader in readers:
        _, person_id = known.now(0, reader.person_id)
        pair, called = (reader.client_id, person_id), named.get(person_id, reader.called)
        told = Recipient(person_key(person_id), called, called, tpo=pair in treating)
        who = Subject(reader.client_called, reader.born, *ages)
        # What names a chart that closed counts for nothing any more.
        own = () if reader.client_id in known.clients else named_in.get(pair, ())
        found[reader.client_id, reader.person_id] = no_consent(who, told, own, day)
    return found


def _kept_names(session: Session, people: Iterable[int], known: Several) -> dict[int, str]:
    """Return what those are called by whom people of some numbers were replaced."""
    kept = {known.people[number] for number in people if number in known.people}
    rows = read(session, _CALLED, ids=listed(kept)) if kept else ()
    return {row.id: parties.called(row) for row in rows}


def _tpo(found: Iterable[Form]) -> bool:
    return any(form.kind is ConsentKind.PART2_TPO for form in found)


def _treating(session: Session, pairs: Collection[Pair], known: Several) -> set[Pair]:
    """Find who of these treats the client: only consents for treatment ask that."""
    plain = {pair for pair in pairs if not known.named(*pair)}
    how = ties(session, plain)
    rest = {
        (client_id, person_id)
        for client_id, person_id in set(pairs) - plain
        if parties.recipient(session, client_id, parties.of_person(session, person_id)).tpo
    }
    return rest | {pair for pair in plain if how.get(pair, ("", False))[1]}


def ties(session: Session, pairs: Collection[Pair]) -> dict[Pair, tuple[str, bool]]:
    """Return how people stand to clients, and whether as treating ones; many stand alike."""
    circle: dict[Pair, list[Any]] = {}
    for place in read(session, _PLACES, **_asked(pairs)) if pairs else ():
        circle.setdefault((place.client_id, place.person_id), []).append(place)
    alike: dict[tuple[Any, ...], tuple[str, bool]] = {}
    found: dict[Pair, tuple[str, bool]] = {}
    for pair, places in circle.items():
        how = tuple(place[2:] for place in places)  # as what, in which roles, until when
        if how not in alike:
            known = parties.in_circle(_ANYBODY, places)
            alike[how] = known.relation, known.tpo
        found[pair] = alike[how]
    return found


def _asked(pairs: Collection[Pair]) -> dict[str, str]:
    return {
        "clients": listed({client_id for client_id, _ in pairs}),
        "people": listed({person_id for _, person_id in pairs}),
    }


def several(session: Session) -> Several:
    """Return the clients and the people who are known by several numbers."""
    charts, people = merged.owners(session), merged.people(session)
    numbers = frozenset({*charts, *charts.values()})
    return Several(charts, people, numbers, frozenset({*people, *people.values()}))


def so_far(
    session: Session, pairs: Mapping[Pair, str], known: Several, zone: ZoneInfo
) -> dict[Pair, tuple[date | None, date | None]]:
    """Return for some clients and readers the days of the last letter and of the work's beginning.

    `pairs` name the kind of letter agreed. What stands under any number of theirs counts.
    """
    wanted = {pair: known.now(*pair) for pair in pairs}
    if not wanted:
        return {}
    own, people = {each[0] for each in wanted.values()}, {each[1] for each in wanted.values()}
    asked = {
        "clients": listed(own | {gone for gone, kept in known.clients.items() if kept in own}),
        "people": listed(people | {gone for gone, kept in known.people.items() if kept in people}),
    }
    kinds = {now: pairs[pair] for pair, now in wanted.items()}
    sent: dict[Pair, date] = {}
    for client_id, person_id, written, at in read(session, _LETTERS, **asked):
        pair, day = known.now(client_id, person_id), at.astimezone(zone).date()
        if keeps_rhythm(written, kinds.get(pair, "")):
            sent[pair] = max(day, sent.get(pair, day))
    began: dict[int, date] = {}
    for client_id, day in read(session, _BEGAN, clients=asked["clients"]):
        kept = known.now(client_id, 0)[0]
        began[kept] = min(day, began.get(kept, day))
    return {pair: (sent.get(now), began.get(now[0])) for pair, now in wanted.items()}


def subjects(session: Session, clients: Collection[int]) -> dict[int, Subject]:
    """Return clients as the rules see them, by number; those who are gone are left out."""
    own = _own_ages(session)
    found = read(session, _SUBJECTS, clients=listed(clients))
    return {row.id: Subject(parties.called(row), row.born, *own) for row in found}


def _own_ages(session: Session) -> tuple[int | None, int | None]:
    """Return from which age the state lets a minor sign alone; it is the same for all of them."""
    ages = state_rules.ages(session)
    return ages.get(MinorCare.MENTAL_HEALTH), ages.get(MinorCare.SUBSTANCE_USE)


def forms(session: Session, pairs: Collection[Pair]) -> dict[Pair, list[Form]]:
    """Return the consents that name these people, by client and person."""
    rows = read(session, _FORMS, **_asked(pairs)) if pairs else []
    ends = consent_ends.of(session, rows)
    made: dict[Pair, list[Form]] = {}
    for row in rows:
        form = verdicts.consent_for_rules(session, row, [person_key(row.person_id)], ends)
        made.setdefault((row.client_id, row.person_id), []).append(form)
    return made
