"""Whether a consent is valid on a day (domain.md 0.5).

One form serves 45 CFR 164.508(c) and 42 CFR 2.31(a); an agreement by word (45 CFR 164.510(b))
needs neither form nor statements, but everything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.codes import Capacity, ConsentKind, RevokedHow, Signer, Statement
from cmdesk.rules.days import add_months, age_on, later, near
from cmdesk.rules.topics import Topic

REQUIRED_STATEMENTS: Final = frozenset(
    {Statement.REVOCATION, Statement.CONDITIONING, Statement.REDISCLOSURE}
)
LACKING: Final = frozenset({Capacity.LACKS_TEMPORARY, Capacity.LACKS_ADJUDICATED})
MAJORITY: Final = 18  # years
UNSAID: Final = "does not say: "
SUBSTANCE_USE_FORMS: Final = frozenset(
    {ConsentKind.PART2_SPECIFIC, ConsentKind.PART2_TPO, ConsentKind.SUD_COUNSELING_NOTES}
)
SUBSTANCE_USE: Final = frozenset({Topic.SUBSTANCE_USE, Topic.SUD_COUNSELING_NOTES})
# What a state's age for mental health care speaks of: that care itself. Laws about minors differ
# from one kind of care to another, so no age is stretched to a topic it does not name.
MENTAL_HEALTH: Final = frozenset(
    {Topic.ATTENDANCE, Topic.PROGRESS, Topic.DIAGNOSIS, Topic.TREATMENT, Topic.MEDICATION}
    | {Topic.SAFETY, Topic.TESTING, Topic.TRAUMA, Topic.THERAPY_CONTENT}
)


@dataclass(frozen=True, slots=True)
class Event:
    """The discharge of an episode or the end of the engagement; it ends a consent."""

    happened_on: date | None
    on_record: bool = True
    engagement: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """What the client signed or agreed to; `recipients` are opaque refs."""

    ref: str
    kind: ConsentKind
    recipients: frozenset[str]
    topics: frozenset[Topic]
    purpose: str = ""
    signed_on: date | None = None
    begins_on: date | None = None
    expires_on: date | None = None  # its last day
    expires_event: Event | None = None
    signer: Signer | None = None
    signer_authority: str | None = None
    capacity: Capacity = Capacity.UNKNOWN
    form_on_file: bool = False
    statements: frozenset[Statement] = frozenset()
    channels: frozenset[str] = frozenset()
    revoked_on: date | None = None
    revoked_how: RevokedHow | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The client. Without a row of the state table a minor may consent to nothing alone.

    Ages in years. A consent that touches both kinds of care needs both rows; one that touches
    anything else (reproductive, HIV, legal ...) is never signed by a minor alone.
    """

    called: str
    born: date | None
    mental_health_from: int | None = None
    substance_use_from: int | None = None


def fault(consent: Consent, subject: Subject, on: date) -> str | None:
    """Say why a consent does not count on a day, to be read after "Diane's consent"; None = valid.

    Of several faults the first in the order of domain.md 0.4 rule 3 is told.
    """
    return next(_faults(consent, subject, on), None)


def faults(consent: Consent, subject: Subject, on: date) -> tuple[str, ...]:
    """Tell everything that keeps a consent from counting, the one `fault` tells first."""
    return tuple(_faults(consent, subject, on))


def _faults(consent: Consent, subject: Subject, on: date) -> Iterator[str]:
    yield from _missing(consent)
    unsigned = _unsigned(consent, on)
    found = (
        unsigned or _not_begun(consent, on),
        _expired(consent, on),
        _revoked(consent, on),
        # An age, a capacity and an authority are asked of what is signed.
        _unnamed(consent) if unsigned else _signature(consent, subject, on),
        "was replaced by a newer one" if consent.superseded_by else None,
    )
    yield from filter(None, found)


def wanting(fault: str) -> str:
    """Shorten a fault for a list of what a form still needs: `no end date`."""
    unsaid = fault.removeprefix(UNSAID)
    if unsaid != fault:
        return f"no line \u201c{unsaid[0].upper()}{unsaid[1:]}\u201d"
    verb, _, rest = fault.partition(" ")
    return rest if verb in {"lists", "gives", "has", "is", "was"} else fault


def last_day(consent: Consent) -> date | None:
    """Give the last day inside: the date or the day of the event, whichever comes first."""
    event = consent.expires_event
    if event is None or event.happened_on is None:
        return consent.expires_on
    return min(consent.expires_on or date.max, event.happened_on)


def covers_until(consent: Consent, subject: Subject) -> date | None:
    """Give the last day a valid consent can count, as things are recorded today.

    Besides its own end that is the day before a revocation and, for a parent's signature, the day
    before the 18th birthday.
    """
    ends = [last_day(consent)]
    if consent.revoked_on is not None:
        ends.append(later(consent.revoked_on, -1))
    if consent.signer == Signer.PARENT and subject.born is not None:
        ends.append(later(coming_of_age(subject.born), -1))
    return min((day for day in ends if day is not None), default=None)


def coming_of_age(born: date) -> date:
    """Give the 18th birthday; 18 years after 29 February no year has one, so 1 March it is."""
    birthday = add_months(born, 12 * MAJORITY)
    return later(birthday, 1) if birthday.day < born.day else birthday


def signing_order(consent: Consent) -> tuple[date, str]:
    """Order consents by the day they were signed, else begin; the ref settles a tie."""
    return (consent.signed_on or consent.begins_on or date.min, consent.ref)


def _missing(consent: Consent) -> Iterator[str]:
    event = consent.expires_event
    endless = consent.expires_on is None and event is None
    on_paper = consent.kind != ConsentKind.ORAL
    elements = (
        (not consent.topics, "lists no topics"),
        (not consent.purpose.strip(), "gives no purpose"),
        (endless and consent.kind != ConsentKind.PART2_TPO, "has no end date"),
        (event is not None and not event.on_record, "ends with something not on record"),
        (on_paper and not consent.form_on_file, "has no form on file"),
    )
    yield from (words for absent, words in elements if absent)
    unsaid = REQUIRED_STATEMENTS - consent.statements if on_paper else None
    if unsaid:
        for statement in Statement:
            if statement in unsaid:
                yield f"{UNSAID}{statement.label[0].lower()}{statement.label[1:]}"


def _unsigned(consent: Consent, on: date) -> str | None:
    if consent.kind == ConsentKind.ORAL:
        return None
    if consent.signed_on is None:
        return "is not signed"
    return f"is signed {near(consent.signed_on, on)}" if consent.signed_on > on else None


def _not_begun(consent: Consent, on: date) -> str | None:
    begins = consent.begins_on or consent.signed_on
    if begins is None:
        return "has no first day"
    return f"begins {near(begins, on)}" if begins > on else None


def _expired(consent: Consent, on: date) -> str | None:
    last = last_day(consent)
    return f"ended {near(last, on)}" if last is not None and last < on else None


def _revoked(consent: Consent, on: date) -> str | None:
    if consent.revoked_on is None or consent.revoked_on > on:
        return None
    how = f" {consent.revoked_how.label.lower()}" if consent.revoked_how else ""
    return f"was revoked{how} {near(consent.revoked_on, on)}"


def _unnamed(consent: Consent) -> str | None:
    return "does not say who signed" if consent.signer is None else None


def _signature(consent: Consent, subject: Subject, on: date) -> str | None:
    """Judge who signed, once the day of signing is known to be there."""
    if consent.capacity in LACKING:
        return "was signed without capacity"
    if consent.signer is None:
        return _unnamed(consent)
    if consent.signer == Signer.CLIENT:
        return _own_signature(consent, subject)
    if consent.signer == Signer.PARENT:
        return _parents_signature(subject, on)
    if not (consent.signer_authority or "").strip():
        return "does not say by what authority it was signed"
    return None


def _own_signature(consent: Consent, subject: Subject) -> str | None:
    """Ask for an adult at the signing: what a minor signed does not become good on the birthday."""
    if subject.born is None:
        return f"needs {subject.called}'s birth date on record"
    signed = consent.signed_on or consent.begins_on
    if signed is not None:
        age = age_on(subject.born, signed)
        if age >= MAJORITY or age >= own_consent_from(consent, subject):
            return None
    return f"was signed by {subject.called} before turning {MAJORITY}"


def own_consent_from(consent: Consent, subject: Subject) -> int:
    """Give the age in years from which the client may sign this alone, by the state table.

    42 CFR 2.14 and 45 CFR 164.502(g)(3) leave that to the state. What a form touches is read from
    its kind and its topics, and the higher age counts; for topics of neither kind that is 18.
    """
    ages: list[int | None] = []
    if consent.kind in SUBSTANCE_USE_FORMS or consent.topics & SUBSTANCE_USE:
        ages.append(subject.substance_use_from)
    if consent.topics & MENTAL_HEALTH:
        ages.append(subject.mental_health_from)
    if consent.topics - SUBSTANCE_USE - MENTAL_HEALTH:
        ages.append(MAJORITY)
    return max((MAJORITY if age is None else age for age in ages), default=MAJORITY)


def _parents_signature(subject: Subject, on: date) -> str | None:
    if subject.born is None:
        return f"needs {subject.called}'s birth date on record"
    if age_on(subject.born, on) >= MAJORITY:
        return f"was signed by a parent and {subject.called} is 18 now"
    return None


__all__ = [
    "Consent",
    "Event",
    "Subject",
    "coming_of_age",
    "covers_until",
    "fault",
    "faults",
    "last_day",
    "own_consent_from",
    "signing_order",
    "wanting",
]
