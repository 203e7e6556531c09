"""Reading a practice file and bringing it in, whole or not at all."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange.practice_desk import CLIENT_MERGE, PERSON_MERGE, chained
from cmdesk.exchange.practice_documents import keep
from cmdesk.exchange.practice_entries import ENTRY
from cmdesk.exchange.practice_fields import Row
from cmdesk.exchange.practice_format import NOTHING_DONE, checked
from cmdesk.exchange.practice_kinds import Kind
from cmdesk.exchange.practice_letters import COPY, UPDATE
from cmdesk.exchange.practice_match import FileNames, Matcher, Unit, units_of
from cmdesk.exchange.practice_people import DOCUMENT, PRACTICE
from cmdesk.exchange.practice_values import shown
from cmdesk.exchange.practice_write import SIGNED, Writer
from cmdesk.exchange.result import Result, Skipped
from cmdesk.models.base import Record
from cmdesk.models.client import Client
from cmdesk.models.person import Person

LARGEST: Final = 256 * 1024 * 1024  # bytes; a practice of 100,000 entries has some 100 MB
_NULL: Final = re.compile(r"\0|(?<!\\)(?:\\\\)*\\u0000")  # as it is, or escaped
_REF: Final = re.compile(r'"ref"\s*:\s*("(?:[^"\\]|\\.)*")')
# A row of the circle and an update plan are quoted by their person, who stands elsewhere.
_QUOTED: Final = re.compile(r"(?!Person of|Update plan)[\w ]+ (“.*?”)", re.DOTALL)
SIGNED_STAYS: Final = "it is signed, and signed entries are final; add a correction to it instead"
CHANGED_HERE: Final = "it was changed here since, so what stands here was kept"
STANDS_HERE: Final = (
    "who goes by another record there stands here alone; merge them here if they are one"
)
_MERGED: Final[Mapping[Kind, tuple[str, type[Record]]]] = {
    PERSON_MERGE: ("person", Person),
    CLIENT_MERGE: ("client", Client),
}
ELSEWHERE: Final = "it belongs to another client here, so it was left where it is"


def read(data: bytes) -> Mapping[str, Any]:
    """Read a practice file and check all of it.

    Raises Problem, which names the place and what to do, for anything that can't be taken.
    """
    if len(data) > LARGEST:
        raise Problem("This practice file is larger than 256 MB.", "Export it in smaller parts.")
    return checked(_parsed(_text(data)))


def numbered(result: Result, data: bytes) -> Result:
    """Give each skipped row the line of the file on which its ref, quoted in the reason, stands."""
    if not result.skipped:
        return result
    lines: dict[str, int] = {}
    text, at, line = _text(data), 0, 1
    for found in _REF.finditer(text):
        line, at = line + text.count("\n", at, found.start()), found.start()
        lines.setdefault(shown(json.loads(found[1])), line)
    rows = (
        replace(row, line=lines.get(quoted[1]) if (quoted := _QUOTED.match(row.why)) else None)
        for row in result.skipped
    )
    return replace(result, skipped=tuple(rows))


def bring_in(session: Session, practice: Mapping[str, Any], folder: Path | None = None) -> Result:
    """Bring a practice in, in the caller's transaction.

    Contents of documents are taken from `folder`, the one the practice file stands in. Raises
    Problem if it does not fit with what stands here; the caller then takes all of it back.
    """
    try:
        return _taken_in(session, list(units_of(checked(practice))), folder)
    except IntegrityError as error:  # names of table and column, no values
        raise Problem(
            f"This practice file gives a value to one row that another has already ({error.orig}).",
            NOTHING_DONE,
        ) from None


def _taken_in(session: Session, units: list[Unit], folder: Path | None) -> Result:
    matcher = Matcher(session)
    for unit in units:
        matcher.place(unit)
    names = FileNames(session, units)
    writer = Writer(session, names, matcher.numbers)
    done = _Done(session, matcher, writer, names, folder)
    for unit in sorted(units, key=lambda unit: unit.kind in (UPDATE, COPY)):
        done.take(unit)
    writer.finish()
    if chained(session):
        raise Problem(
            "A record that this file keeps after a merge was merged into another one here.",
            NOTHING_DONE,
        )
    return done.result()


class _Done:
    """Decides over each row of the file, and counts."""

    def __init__(
        self,
        session: Session,
        matcher: Matcher,
        writer: Writer,
        names: FileNames,
        folder: Path | None,
    ) -> None:
        self._session, self._matcher, self._writer = session, matcher, writer
        self._names, self._folder = names, folder
        self._added = self._updated = self._unchanged = 0
        self._skipped: list[Skipped] = []

    def take(self, unit: Unit) -> None:
        extra = self._content(unit) if unit.kind is DOCUMENT else {}
        if why := self._apart(unit):
            self._skip(unit, why)
        elif not unit.known:
            self._writer.add(unit, extra)
            self._added += 1
        elif self._stays(unit):
            self._unchanged += 1
        elif why := self._final(unit):
            self._skip(unit, why)
        else:
            self._writer.change(unit, extra)
            self._updated += 1

    def result(self) -> Result:
        return Result("practice", self._added, self._updated, self._unchanged, tuple(self._skipped))

    def _stays(self, unit: Unit) -> bool:
        known = self._matcher.table(unit.kind).rows[unit.number]
        return unit.digest == known.digest or unit.digest == self._matcher.digest(unit)

    def _final(self, unit: Unit) -> str | None:
        """Say why a known row that the file tells otherwise is not changed."""
        known = self._matcher.table(unit.kind).rows[unit.number]
        stored = self._matcher.standing.table(unit.kind.model)[unit.number]
        if unit.kind is ENTRY and stored["status"] == SIGNED:
            return SIGNED_STAYS
        if unit.kind.final:
            return unit.kind.final
        if unit.parent is not None and known.parent != unit.parent.number:
            return ELSEWHERE
        if unit.kind is PRACTICE and known.digest is None and not stored["name"]:
            return None
        return None if known.digest == self._matcher.digest(unit) else CHANGED_HERE

    def _apart(self, unit: Unit) -> str | None:
        """Say why a merge is not taken from the file: it would move what stands here by itself.

        A file says that two are one; it does not move what this vault alone knows of either.
        """
        gone = _MERGED.get(unit.kind)
        if gone is None or unit.known:
            return None
        key, model = gone
        number = self._names.number(key, unit.row[key])
        # New rows are written at the end: whoever is found was here before this file.
        return STANDS_HERE if self._session.get(model, number) else None

    def _content(self, unit: Unit) -> Row:
        blob, there = keep(self._session, unit.row, self._folder)
        if not there:
            self._skip(unit, "its content is not beside the practice file, only its description")
        return {"blob_id": blob}

    def _skip(self, unit: Unit, why: str) -> None:
        name = unit.row.get("ref") or unit.row.get("person") or unit.row.get("recipient")
        subject = f"{unit.kind.noun} {shown(name)}" if name else unit.kind.noun
        self._skipped.append(Skipped(None, f"{subject[0].upper()}{subject[1:]}: {why}."))


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(
            f"byte {error.start + 1} is not UTF-8 text", "Save it as UTF-8 and import it again."
        )
    if _NULL.search(text):
        _refuse("it holds a null character", "Take it out and import the file again.")
    return text


def _parsed(text: str) -> Any:
    try:
        made = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite
        )
        json.dumps(made, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        what = f"it is not JSON from line {error.lineno}, column {error.colno} on"
        _refuse(what, "Correct it there and import it again.")
    except RecursionError:
        _refuse("its brackets are nested too deeply", NOTHING_DONE)
    except UnicodeEncodeError:
        _refuse("it holds half of a character (a lone surrogate)", NOTHING_DONE)
    except ValueError:  # an integer of more than 4,300 digits
        _refuse("it holds a number that is far too large", NOTHING_DONE)
    return made


def _once(pairs: list[tuple[str, Any]]) -> Row:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        _refuse(f"the key {shown(twice)} stands twice in one object", NOTHING_DONE)
    return made


def _no_number(name: str) -> NoReturn:
    _refuse(f"{name} is not a number", NOTHING_DONE)


def _finite(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        _refuse("it holds a number that is far too large", NOTHING_DONE)
    return number


def _refuse(why: str, what_to_do: str) -> NoReturn:
    raise Problem(f"This practice file can\u2019t be read: {why}.", what_to_do)
