"""The rows that hang on a person in one circle, as drafts and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework.provider_points import unaddress
from cmdesk.models.base import Record
from cmdesk.models.client import CircleMember, LegalAuthority, PlainEmail
from cmdesk.models.person import ContactPoint, PersonRelation
from cmdesk.rules import plain_email
from cmdesk.rules.people_draft import (
    CARED_FOR,
    CARES_FOR,
    AuthorityDraft,
    PersonDraft,
    PlainEmailDraft,
    PointDraft,
    RelationDraft,
    TieDraft,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of someone for one client; nothing yet, of someone new."""

    ties: Sequence[CircleMember] = ()
    points: Sequence[ContactPoint] = ()
    authorities: Sequence[LegalAuthority] = ()
    plain_emails: Sequence[PlainEmail] = ()
    relations: Sequence[PersonRelation] = ()

    def all(self) -> tuple[Record, ...]:
        parts = (self.ties, self.points, self.authorities, self.plain_emails, self.relations)
        return tuple(row for rows in parts for row in rows)


def ties(rows: Sequence[CircleMember]) -> tuple[TieDraft, ...]:
    return tuple(_read(TieDraft, row, roles=tuple(row.roles)) for row in rows)


def points(rows: Sequence[ContactPoint]) -> tuple[PointDraft, ...]:
    return tuple(_read(PointDraft, row) for row in rows)


def authorities(rows: Sequence[LegalAuthority]) -> tuple[AuthorityDraft, ...]:
    return tuple(_read(AuthorityDraft, row) for row in rows)


def plain_emails(rows: Sequence[PlainEmail]) -> tuple[PlainEmailDraft, ...]:
    return tuple(_read(PlainEmailDraft, row) for row in rows)


def relations(rows: Sequence[PersonRelation], person_id: int) -> tuple[RelationDraft, ...]:
    """Read relations from this person's side, whichever side they were kept from."""
    made: list[RelationDraft] = []
    for row in rows:
        mine = row.person_id == person_id
        seen = CARED_FOR if row.kind == CARES_FOR and not mine else row.kind
        other = row.other_id if mine else row.person_id
        made.append(RelationDraft(row.id, seen, other, row.since, row.until))
    return tuple(made)


def _read(kind: type[D], row: Record, **given: object) -> D:
    names = [field.name for field in fields(kind) if field.name not in given]
    return kind(**{name: getattr(row, name) for name in names}, **given)


def write(session: Session, edited: PersonDraft, person_id: int, stored: Stored) -> None:
    """Bring the kept rows to what was typed.

    A place in the circle and an accepted warning are ended, never deleted: they are evidence.
    """
    here = {"client_id": edited.client_id, "person_id": person_id}
    count = select(func.count()).where(CircleMember.client_id == edited.client_id)
    new = here | {"position": session.scalar(count) or 0}
    places = [_values(tie) | {"roles": list(tie.roles)} for tie in edited.ties]
    members = _bring(session, CircleMember, stored.ties, places, new)
    session.flush()
    numbers = [_values(each) | {"position": at} for at, each in enumerate(edited.points)]
    left = {values["id"] for values in numbers}
    unaddress(session, [row.id for row in stored.points if row.id not in left])
    _drop(session, stored.points, numbers)
    _bring(session, ContactPoint, stored.points, numbers, {"person_id": person_id})
    papers = [_values(each) for each in edited.authorities]
    _drop(session, stored.authorities, papers)
    _bring(session, LegalAuthority, stored.authorities, papers, here)
    bonds = [_bond(each, person_id, stored) for each in edited.relations]
    _drop(session, stored.relations, bonds)
    _bring(session, PersonRelation, stored.relations, bonds, {})
    if members:
        wishes = [_wish(each) for each in edited.plain_emails]
        place = next((member for member in members if member.until is None), members[0])
        _bring(session, PlainEmail, stored.plain_emails, wishes, {"circle_member_id": place.id})


def _values(draft: "DataclassInstance") -> dict[str, Any]:
    """Give a draft's fields as plain values: codes as text, without blanks around them."""
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    return {
        name: str(value).strip() if isinstance(value, str) else value
        for name, value in values.items()
    }


def _wish(wish: PlainEmailDraft) -> dict[str, Any]:
    """Note the words in use, where it is not known yet which words the warning had."""
    values = _values(wish)
    if wish.id is None and wish.warned_on and not wish.warning_version:
        values["warning_version"] = plain_email.CURRENT.version
    return values


def _bond(relation: RelationDraft, person_id: int, stored: Stored) -> dict[str, Any]:
    """Turn a relation to the side it is kept from: who cares stands first."""
    values = _values(relation)
    kept = next((row for row in stored.relations if row.id == relation.id), None)
    turned = relation.kind == CARED_FOR or (
        kept is not None and kept.other_id == person_id and relation.kind != CARES_FOR
    )
    pair = (relation.other_id, person_id) if turned else (person_id, relation.other_id)
    kind = CARES_FOR if relation.kind == CARED_FOR else relation.kind
    return values | {"person_id": pair[0], "other_id": pair[1], "kind": str(kind)}


def _drop(session: Session, rows: Sequence[Record], typed: Sequence[Mapping[str, Any]]) -> None:
    left = {values["id"] for values in typed}
    for row in rows:
        if row.id not in left:
            session.delete(row)


def _bring(
    session: Session,
    kind: type[R],
    rows: Sequence[R],
    typed: Sequence[Mapping[str, Any]],
    new: Mapping[str, Any],
) -> list[R]:
    """Write what was typed into the kept rows, and add those that are new."""
    kept = {row.id: row for row in rows}
    made: list[R] = []
    for values in typed:
        row = kept.get(values["id"]) or kind(**new)
        for name, value in values.items():
            if name != "id" and getattr(row, name) != value:
                setattr(row, name, value)
        session.add(row)
        made.append(row)
    return made
