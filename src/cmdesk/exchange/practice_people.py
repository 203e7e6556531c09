"""The practice file's people, organisations and the practice itself."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cmdesk.exchange.practice_fields import Field, Inner, Row, Slot, Stored, columns
from cmdesk.exchange.practice_kinds import UID, Kind, Twin
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_parts import One, Part, Rows
from cmdesk.exchange.practice_values import (
    AsWritten,
    Coded,
    Misfit,
    Names,
    Notes,
    Number,
    Text,
    Zone,
    shown,
)
from cmdesk.models.document import Document
from cmdesk.models.person import Address, ContactPoint, Person, PersonRelation
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.preference import CodeList, Setting
from cmdesk.models.provider import Organisation, Professional
from cmdesk.rules.code import Code
from cmdesk.rules.codes import Cadence, ContactPermission, ContactPointKind
from cmdesk.rules.contact_codes import DocumentType, Part2

OWNERS = ("person_id", "organisation_id")
E_MAIL, MOBILE = ContactPointKind.E_MAIL.value, ContactPointKind.MOBILE.value


class FileName(Text):
    """Where a document's content stands, beside the practice file."""

    plain = {"type": "string", "pattern": "^documents/[A-Za-z0-9-]+[.][a-z0-9]+$"}  # noqa: RUF012

    def check(self, value: Any, notes: Notes) -> str:
        if not isinstance(value, str) or not re.fullmatch(self.plain["pattern"][1:-1], value):
            raise Misfit(f"{shown(value)} is not the name of a file such as documents/0001.pdf")
        return value


class Sha256(Text):
    plain = {"type": "string", "pattern": "^[0-9a-f]{64}$"}  # noqa: RUF012 - read only

    def check(self, value: Any, notes: Notes) -> str:
        if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{64}", value):
            raise Misfit(f"{shown(value)} is not a SHA-256 in 64 hexadecimal digits")
        return value


class Told(Field):
    """What the file says of a document's content; no column of its own."""

    def spread(self, row: Row, names: Names) -> Row:
        return {}


class Paper(Code):
    LETTER = "letter"
    A4 = "a4"


class Contacts(Part):
    """Ways to reach someone: the plain ones as strings, what else is known of them apart."""

    inner = Inner(
        columns(
            ContactPoint,
            leave=OWNERS,
            need={"value"},
            absent={"kind": ""},
            values={"kind": Coded(ContactPointKind), "voicemail": Coded(ContactPermission)},
        )
    )

    def __init__(self, link: str) -> None:
        super().__init__(ContactPoint, link)

    def slots(self) -> dict[str, Slot]:
        lines = Slot(Listed(Text()), [])
        return {"emails": lines, "phones": lines, "contact_details": Slot(Listed(self.inner), [])}

    def settle(self, row: Row) -> None:
        same = AsWritten()
        rows = self.spread(row, same)
        for key in self.slots():
            row.pop(key, None)
        row |= self.gather(rows, {}, same)

    def spread(self, row: Row, names: Names) -> list[Row]:
        details: list[Row] = list(row.get("contact_details", ()))
        made: list[Row] = []
        for key, kind in (("emails", E_MAIL), ("phones", MOBILE)):
            for value in row.get(key, ()):
                known = next((each for each in details if _about(each, value, kind)), None)
                if known is not None:
                    details.remove(known)
                made.append({"kind": kind, **(known or {}), "value": value})
        made += [{"kind": MOBILE, **each} for each in details]
        loaded = [self.inner.load(item, names) for item in made]
        for position, item in enumerate(loaded):
            item["position"] = position
        return loaded

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        made: Row = {"emails": [], "phones": []}
        details: dict[str | None, list[Row]] = {"emails": [], "phones": [], None: []}
        for each in sorted(stored, key=lambda each: each["position"]):
            item = self.inner.dump(each, names)
            kind = item.get("kind", "")
            line = _line(kind)
            if line:
                made[line].append(item["value"])
            if len(item) > 2 or kind not in {E_MAIL, MOBILE}:
                details[line].append(item)
        made["contact_details"] = [item for items in details.values() for item in items]
        return {key: items for key, items in made.items() if items}


def _line(kind: str) -> str | None:
    """Say in which list of plain strings a way of this kind stands too."""
    if kind == E_MAIL:
        return "emails"
    return "phones" if kind in {MOBILE, "home", "work"} else None


def _about(detail: Row, value: str, kind: str) -> bool:
    said = detail.get("kind", "")
    fits = said in {"", kind} or (_line(said) == _line(kind))
    return fits and detail["value"] == value


def addresses(link: str) -> Rows:
    return Rows("addresses", Address, link, columns(Address, leave=OWNERS))


def parts_of_person(link: str = "person_id") -> Iterable[Part]:
    yield Contacts(link)
    yield addresses(link)
    yield One(
        "professional",
        Professional,
        link,
        columns(Professional, leave={"person_id"}, need={"role"}),
    )


def named(row: Row) -> None:
    """Ask for a name. Raises Misfit."""
    some = any(row.get(key, "").strip() for key in NAMES)
    # A vault may hold a card without a name; its export, which tells uids, must come back.
    if not some and "uid" not in row and not UID.fullmatch(row.get("ref", "")):
        raise Misfit("a name is missing; give a given_name or a family_name")


def titled(row: Row) -> None:
    """Ask for the name of an organisation. Raises Misfit."""
    if not row.get("name", "").strip() and "uid" not in row:
        raise Misfit("a name is missing; give one")


NAMES = ("given_name", "family_name", "preferred_name")
_HAS_UID: tuple[Row, ...] = (
    {"required": ["uid"]},
    {"properties": {"ref": {"type": "string", "pattern": f"^{UID.pattern}$"}}, "required": ["ref"]},
)
SOME_NAME: Row = {
    "anyOf": [
        *(
            {"properties": {key: {"type": "string", "pattern": "\\S"}}, "required": [key]}
            for key in NAMES
        ),
        *_HAS_UID,
    ]
}
PERSON_FIELDS = columns(Person)
PERSON = Kind(
    Person,
    PERSON_FIELDS,
    noun="person",
    parts=parts_of_person(),
    needs_ref=True,
    unique=("card_uid",),
    settle=named,
    also=SOME_NAME,
)
RELATION = Kind(
    PersonRelation,
    columns(PersonRelation, need={"person_id", "other_id", "kind"}),
    noun="relation between two people",
    same=("person", "other", "kind"),
)
ORGANISATION = Kind(
    Organisation,
    columns(Organisation, need={"name"}, absent={"kind": ""}),
    noun="organisation",
    parts=(Contacts("organisation_id"), addresses("organisation_id")),
    needs_ref=True,
    unique=("npi", "directory_key"),
    settle=titled,
)
PRACTICE = Kind(
    Practice,
    columns(
        Practice,
        absent={"name": ""},
        values={"time_zone": Zone(), "paper": Coded(Paper), "update_every": Coded(Cadence)},
    ),
    noun="practice",
    twin=Twin(
        Practitioner,
        None,
        "practitioner_",
        columns(Practitioner, called={"name": "practitioner"}, absent={"name": ""}),
    ),
)
SETTING = Kind(
    Setting,
    columns(Setting, need={"key"}),
    noun="setting",
    same=("key",),
    unique=("key",),
)
CODE_LIST = Kind(
    CodeList,
    columns(CodeList, need={"list", "code", "label"}, keep={"position"}),
    noun="code",
    same=("list", "code"),
)
DOCUMENT = Kind(
    Document,
    (
        *columns(
            Document,
            leave={"blob_id"},
            need={"title", "sha256"},
            values={"type": Coded(DocumentType), "part2": Coded(Part2), "sha256": Sha256()},
        ),
        Told("size", "size", Slot(Number(least=0), aside=True)),
        Told("file", "file", Slot(FileName(), aside=True)),
    ),
    noun="document",
)
