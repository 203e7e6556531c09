"""Address books as vCard files, versions 2.1, 3.0 and 4.0 (RFC 6350), into the people kept here."""

import re
from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Any, Final, cast

import vobject
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import person_rows
from cmdesk.exchange.card import PersonCard, Place
from cmdesk.exchange.card_lines import Card, cards
from cmdesk.exchange.people_csv import Read
from cmdesk.exchange.result import Result, Skipped
from cmdesk.exchange.written import Point

KIND: Final = "vcard"

# vobject has no types of its own.
_read = cast("Callable[[str], Any]", vobject.readOne)  # pyright: ignore[reportUnknownMemberType]
_BEGIN = re.compile(rb"(?:\A|[\r\n])[ \t]*BEGIN:VCARD[ \t]*(?:[\r\n]|\Z)", re.IGNORECASE)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT: Final = 65_536  # bytes of a file's beginning
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?\Z")
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "herr", "frau"})
_MAC_LABEL = re.compile(r"_\$!<(.*)>!\$_\Z")
_KINDS: Final = (("FAX", "fax"), ("CELL", "mobile"), ("WORK", "work"), ("HOME", "home"))


def is_address_book(data: bytes) -> bool:
    start = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if start.startswith(_UTF16):
        start = start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return _BEGIN.search(start) is not None


def bring_in(session: Session, data: bytes) -> Result:
    """Take cards in, each found again by its UID, else by name and first e-mail or phone.

    Raises Problem when no card can be read.
    """
    read = read_cards(data)
    return person_rows.write(session, read.people).result(KIND, read.skipped)


def read_cards(data: bytes) -> Read:
    """Read the cards of a file. Raises Problem when there is none that can be read."""
    read = Read([], [])
    if data.startswith(_UTF16):
        data = _from_utf16(data)
    for card in cards(data.removeprefix(b"\xef\xbb\xbf")):
        person = card if isinstance(card, Skipped) else _person(card)
        if isinstance(person, Skipped):
            read.skipped.append(person)
        else:
            read.people.append(person)
            read.skipped.extend(_left_out(card))
    if not read.people:
        why = f"Line {read.skipped[0].line}: {read.skipped[0].why}" if read.skipped else None
        raise Problem("No card of this file can be read.", why)
    return read


def _left_out(card: Card | Skipped) -> list[Skipped]:
    """Say which lines of a card that went in did not."""
    names = () if isinstance(card, Skipped) else card.left_out
    why = "This card went in, but for a line in broken letters: {}."
    return [Skipped(card.line, why.format(name)) for name in names]


def _from_utf16(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").encode()
    except UnicodeError:
        raise Problem("This address book is cut short or damaged.", "Export it again.") from None


def _person(card: Card) -> PersonCard | Skipped:
    lines = "\r\n".join(each.text() for each in card.properties)
    parsed = _read(f"BEGIN:VCARD\r\nVERSION:3.0\r\n{lines}\r\nEND:VCARD\r\n")
    stated = cast("dict[str, list[Any]]", parsed.contents)
    points = tuple(_points(stated))
    given, middle, family, suffix, title = _names(stated)
    organisation, unit = _organisation(stated)
    if not (given or family):
        # An address book shows such a card by what there is; so do we.
        given = organisation or next((point.value for point in points), "")
    if not (given or family):
        return Skipped(card.line, "This card has no name, number or address to know it by.")
    title_given = title.rstrip(".").casefold() not in _TITLES
    return PersonCard(
        line=card.line,
        uid=_text(stated, "uid"),
        given_name=given,
        middle_name=middle,
        family_name=family,
        preferred_name=_text(stated, "nickname"),
        suffix=suffix,
        credentials=title if title_given else "",
        job_title=", ".join(filter(None, (_text(stated, "title") or _text(stated, "role"), unit))),
        language=_text(stated, "lang"),
        notes="\n".join(_notes(stated)),
        born=_day(_text(stated, "bday")),
        organisation=organisation,
        points=points,
        places=tuple(dict.fromkeys(filter(any, map(_place, stated.get("adr", []))))),
    )


def _names(stated: dict[str, list[Any]]) -> tuple[str, str, str, str, str]:
    """Return given, middle, family, suffix and title; the full name is split where N is empty."""
    if stated.get("n"):
        name = stated["n"][0].value
        each = (name.given, name.additional, name.family, name.suffix, name.prefix)
        parts = tuple(map(_one, each))
        if parts[0] or parts[2]:
            return parts[0], parts[1], parts[2], parts[3], parts[4]
    given, _, family = _text(stated, "fn").rpartition(" ")
    return given or family, "", family if given else "", "", ""


def _organisation(stated: dict[str, list[Any]]) -> tuple[str, str]:
    if not stated.get("org"):
        return "", ""
    name, *units = [_one(part) for part in stated["org"][0].value] or [""]
    return name, ", ".join(filter(None, units))


def _notes(stated: dict[str, list[Any]]) -> list[str]:
    lines = chain(stated.get("note", []), stated.get("url", []))
    # Gmail and Mac escape colons, which no version asks for.
    notes = dict.fromkeys(str(line.value).replace("\\:", ":").strip() for line in lines)
    return [note for note in notes if note]


def _points(stated: dict[str, list[Any]]) -> list[Point]:
    labels = {line.group: str(line.value) for line in stated.get("x-ablabel", []) if line.group}
    points: dict[tuple[str, str], Point] = {}
    for line in chain(stated.get("tel", []), stated.get("email", [])):
        types = [str(word).upper() for word in line.params.get("TYPE", [])]
        value = " ".join(str(line.value).split())
        label = _MAC_LABEL.sub(r"\1", labels.get(line.group, ""))
        if line.name == "EMAIL":
            kind, value = "e_mail", value.removeprefix("mailto:")
        else:
            kind = next((kind for word, kind in _KINDS if word in types), "mobile")
            value, label = _number(value), label or ("Pager" if "PAGER" in types else "")
        if value:
            points.setdefault((kind, value), Point(kind, value, label))
    return list(points.values())


def _number(value: str) -> str:
    """Turn a tel: address (RFC 3966) into the number and extension it stands for."""
    if not value.lower().startswith("tel:"):
        return value
    number, *parameters = value[4:].split(";")
    extension = next((each[4:] for each in parameters if each.lower().startswith("ext=")), "")
    return f"{number} x{extension}" if extension else number


def _place(line: Any) -> Place:
    address = line.value
    ways = [_lines(part) for part in (address.street, address.extended, address.box)]
    street, *more = [each for way in ways for each in way] or [""]
    return Place(
        street=street,
        street2=", ".join(more),
        city=_one(address.city),
        state=_one(address.region),
        zip=_one(address.code),
        country=_one(address.country),
    )


def _lines(part: Any) -> list[str]:
    whole = ", ".join(map(str, cast("list[Any]", part))) if isinstance(part, list) else str(part)
    return [line for each in whole.splitlines() if (line := each.strip().strip(","))]


def _one(part: Any) -> str:
    """Flatten a part of a name or address, which may have several values or lines."""
    return re.sub(r",\s*", ", ", ", ".join(_lines(part))).strip()


def _text(stated: dict[str, list[Any]], name: str) -> str:
    return " ".join(str(stated[name][0].value).split()) if stated.get(name) else ""


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
