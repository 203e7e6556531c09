"""A person of a client's circle as typed in, and what must be mended before it can be kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.codes import (
    CaseRole,
    ContactPermission,
    ContactPointKind,
    LegalAuthorityKind,
    Relationship,
    Signer,
)
from cmdesk.rules.family_codes import RelationKind

PHONES: Final = frozenset(
    {ContactPointKind.MOBILE, ContactPointKind.HOME, ContactPointKind.WORK, ContactPointKind.FAX}
)
CALLABLE: Final = PHONES - {ContactPointKind.FAX}
MAILS: Final = frozenset({ContactPointKind.E_MAIL, ContactPointKind.SECURE_MAIL})
VOICEMAIL: Final = (
    ContactPermission.VOICEMAIL_NONE,
    ContactPermission.VOICEMAIL_NO_IDENTIFY,
    ContactPermission.VOICEMAIL_IDENTIFY,
)
REACHED_BY_US: Final = frozenset(
    {
        CaseRole.PRIMARY_UPDATE_RECIPIENT,
        CaseRole.SECONDARY_RECIPIENT,
        CaseRole.EMERGENCY_CONTACT,
    }
)
CARES_FOR: Final[str] = RelationKind.CAREGIVER
CARED_FOR: Final = "cared_for"  # the same, seen from the other side
SHORTEST_NUMBER: Final = 5  # digits
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")


@dataclass(frozen=True, slots=True)
class TieDraft:
    """One place in the client's life."""

    id: int | None = None
    relationship: str = Relationship.OTHER
    roles: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PointDraft:
    """A number or an address, and what may be done with it."""

    id: int | None = None
    kind: str = ContactPointKind.MOBILE
    value: str = ""
    preferred: bool = False
    may_call: bool = True
    voicemail: str = ContactPermission.VOICEMAIL_NONE
    may_text: bool = False
    email_encrypted_only: bool = True
    best_times: str = ""
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorityDraft:
    """What this person may decide for the client, and on what paper."""

    id: int | None = None
    kind: str = LegalAuthorityKind.HEALTH_CARE_PROXY
    scope: str = ""
    instrument: str = ""
    document_id: int | None = None
    since: date | None = None
    until: date | None = None
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class PlainEmailDraft:
    """The client's warned wish for unlocked e-mail to this person (78 FR 5634)."""

    id: int | None = None
    address: str = ""
    warned_on: date | None = None
    warning_version: str = ""
    accepted_on: date | None = None
    accepted_by: str = ""
    method: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class RelationDraft:
    """How this person stands to another of the circle; `kind` may also be CARED_FOR."""

    id: int | None = None
    kind: str = RelationKind.MARRIED
    other_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """All that the circle editor holds. `own`: this is the client, who has no place to name.

    `after_id` is the person before this one in the circle; None puts it first.
    """

    client_id: int
    person_id: int | None = None
    own: bool = False
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    suffix: str = ""
    pronouns: str = ""
    credentials: str = ""
    job_title: str = ""
    organisation_id: int | None = None
    language: str = ""
    interpreter: bool = False
    notes: str = ""
    after_id: int | None = None
    ties: tuple[TieDraft, ...] = ()
    points: tuple[PointDraft, ...] = ()
    authorities: tuple[AuthorityDraft, ...] = ()
    plain_emails: tuple[PlainEmailDraft, ...] = ()
    relations: tuple[RelationDraft, ...] = ()
    version: str = ""


def faults(draft: PersonDraft, today: date) -> dict[str, str]:
    """Map fields to what must be mended; those of a list as `points.0.value`. Empty when sound."""
    return dict(_all_faults(draft, today))


def _all_faults(draft: PersonDraft, today: date) -> Iterator[tuple[str, str]]:
    yield from who_faults(draft).items()
    checks: tuple[tuple[str, list[dict[str, str]]], ...] = (
        ("ties", [tie_faults(each, today) for each in draft.ties]),
        ("points", [point_faults(each, today) for each in draft.points]),
        ("authorities", [authority_faults(each) for each in draft.authorities]),
        ("plain_emails", [plain_email_faults(each, today) for each in draft.plain_emails]),
        ("relations", [relation_faults(each, draft.person_id) for each in draft.relations]),
    )
    for name, of_rows in checks:
        for number, found in enumerate(of_rows):
            for field, words in found.items():
                yield f"{name}.{number}.{field}", words


def who_faults(draft: PersonDraft) -> dict[str, str]:
    names = (draft.given_name, draft.family_name, draft.preferred_name)
    if any(name.strip() for name in names):
        return {}
    return {"given_name": "A person needs a name."}


def tie_faults(tie: TieDraft, today: date) -> dict[str, str]:
    """Check one place in the client's life; who is not to be contacted can't be written to."""
    found = _span_faults(tie.since, tie.until)
    if tie.until and tie.until > today:
        found["until"] = "This day is still to come."
    roles = set(tie.roles)
    if CaseRole.DO_NOT_CONTACT in roles and roles & REACHED_BY_US:
        found["roles"] = "Do not contact, or gets word from you: choose one."
    elif CaseRole.DO_NOT_INFORM_OF in roles and not tie.note.strip():
        found["note"] = "Say what they must not hear of."
    return found


def point_faults(point: PointDraft, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    value = point.value.strip()
    if not value:
        found["value"] = "Type the number or address, or remove it."
    elif point.kind in PHONES and len(_digits(value)) < SHORTEST_NUMBER:
        found["value"] = "This is not a whole number."
    elif point.kind in MAILS and not _MAIL.fullmatch(value):
        found["value"] = "This is not an e-mail address."
    if point.verified_on and point.verified_on > today:
        found["verified_on"] = "This day is still to come."
    return found


def authority_faults(authority: AuthorityDraft) -> dict[str, str]:
    return _span_faults(authority.since, authority.until)


def plain_email_faults(wish: PlainEmailDraft, today: date) -> dict[str, str]:
    """Check that the warning came first and the client or their representative accepted it."""
    found: dict[str, str] = {}
    if not _MAIL.fullmatch(wish.address.strip()):
        found["address"] = "This is not an e-mail address."
    for name in ("warned_on", "accepted_on", "ended_on"):
        day: date | None = getattr(wish, name)
        if day and day > today:
            found[name] = "This day is still to come."
    return found | (_acceptance_faults(wish, wish.accepted_on) if wish.accepted_on else {})


def _acceptance_faults(wish: PlainEmailDraft, accepted_on: date) -> dict[str, str]:
    found: dict[str, str] = {}
    if wish.warned_on is None:
        found["warned_on"] = "Read the warning to them first."
    elif accepted_on < wish.warned_on:
        found["accepted_on"] = "Accepted before the warning."
    if wish.accepted_by not in set(Signer):
        found["accepted_by"] = "Who accepted it?"
    if wish.ended_on and wish.ended_on < accepted_on:
        found["ended_on"] = "Ends before it begins."
    return found


def relation_faults(relation: RelationDraft, person_id: int | None) -> dict[str, str]:
    found = _span_faults(relation.since, relation.until)
    if relation.other_id is None:
        found["other_id"] = "To whom?"
    elif relation.other_id == person_id:
        found["other_id"] = "Choose someone else."
    return found


def _span_faults(since: date | None, until: date | None) -> dict[str, str]:
    return {"until": "Ends before it begins."} if since and until and until < since else {}


def _digits(value: str) -> str:
    return re.sub(r"[^0-9]", "", value)


# BCP 47 codes, as letters and files keep them: what is spoken at home in the United States most.
LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "es": "Spanish",
    "ase": "American Sign Language",
    "ar": "Arabic",
    "hy": "Armenian",
    "bn": "Bengali",
    "yue": "Cantonese",
    "hr": "Croatian",
    "fa": "Farsi",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "gu": "Gujarati",
    "ht": "Haitian Creole",
    "he": "Hebrew",
    "hi": "Hindi",
    "hmn": "Hmong",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "ko": "Korean",
    "zh": "Mandarin",
    "nv": "Navajo",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ru": "Russian",
    "so": "Somali",
    "tl": "Tagalog",
    "te": "Telugu",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yi": "Yiddish",
}


def language_shown(recorded: str) -> str:
    """Write a language by its name; one that is not listed as it was recorded."""
    return LANGUAGES.get(recorded.strip().casefold(), recorded.strip())
