"""One person as an address book states them, and how two statements of them join."""

import hashlib
import json
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final, NamedTuple

from cmdesk.exchange.written import Point, point_key


class Place(NamedTuple):
    """A postal address."""

    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A card or a row of an address book. Empty means not stated."""

    line: int = 0
    uid: str = ""
    ref: str = ""
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    suffix: str = ""
    credentials: str = ""
    job_title: str = ""
    language: str = ""
    notes: str = ""
    born: date | None = None
    organisation: str = ""
    points: tuple[Point, ...] = ()
    places: tuple[Place, ...] = ()


OWN: Final = (
    "given_name", "middle_name", "family_name", "preferred_name", "suffix", "credentials",
    "job_title", "language", "notes", "born",
)  # fmt: skip


def name_key(card: PersonCard) -> str:
    return " ".join(f"{card.given_name} {card.family_name}".casefold().split())


def first_keys(card: PersonCard) -> list[str]:
    """Name a card by its name and first e-mail, else its name and first phone, else its name."""
    mails = [point for point in card.points if point.kind == "e_mail"]
    phones = [point for point in card.points if point.kind not in ("e_mail", "fax")]
    firsts = [point_key(points[0]) for points in (mails, phones) if points]
    return [f"{name_key(card)}\n{first}" for first in firsts or [""]]


def digest(card: PersonCard) -> str:
    """Fingerprint what is stated, so that a later import sees what changed and who changed it."""
    stated: dict[str, Any] = {name: getattr(card, name) for name in (*OWN, "organisation")}
    stated["points"], stated["places"] = sorted(card.points), sorted(card.places)
    text = json.dumps(stated, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def joined(card: PersonCard, other: PersonCard) -> PersonCard:
    """Fill what the first leaves empty from the second; numbers and addresses are gathered."""
    filled: dict[str, Any] = {
        field.name: getattr(other, field.name)
        for field in fields(PersonCard)
        if getattr(card, field.name) in ("", None)
    }
    known = {point_key(point) for point in card.points}
    more = tuple(point for point in other.points if point_key(point) not in known)
    filled["points"] = card.points + more
    filled["places"] = card.places or other.places
    return replace(card, **filled)


def conflicts(held: PersonCard, stated: PersonCard) -> list[str]:
    """Name what both state, and state differently."""
    differing = [
        name.replace("_", " ")
        for name in (*OWN, "organisation")
        if getattr(held, name) not in ("", None)
        and getattr(stated, name) not in ("", None)
        and getattr(held, name) != getattr(stated, name)
    ]
    if held.places and set(stated.places) - set(held.places):
        differing.append("address")
    return differing
