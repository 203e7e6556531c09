"""A whole practice as it stands in the tables, row by row in the words of the practice file."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.exchange.practice_clients import CLIENT
from cmdesk.exchange.practice_fields import Row, Stored, gather
from cmdesk.exchange.practice_format import FORMAT, KINDS, SECTIONS, VERSION
from cmdesk.exchange.practice_kinds import Kind
from cmdesk.exchange.practice_parts import Part
from cmdesk.exchange.practice_people import DOCUMENT, PERSON
from cmdesk.models.base import Record
from cmdesk.models.document import Blob, BlobChunk
from cmdesk.models.person import ContactPoint

# What stands at the end of the name of an exported document; anything else is ".bin".
SUFFIXES: Final = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
}


class Standing:
    """Everything the practice file carries, read in one go."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tables: dict[type[Record], dict[int, Row]] = {}
        self._owned: dict[Part, dict[int, list[Stored]]] = {}
        self._children: dict[Kind, dict[int, list[int]]] = {}
        self.clients_of = {row["person_id"]: key for key, row in self.table(CLIENT.model).items()}
        self._describe_documents()
        self._names = {kind.name: dict[int, str]() for kind in KINDS}
        self._name_all()

    def table(self, model: type[Record]) -> dict[int, Row]:
        """Return the rows of a table by number, in the order they were added."""
        if model not in self._tables:
            query = select(model.__table__).order_by(model.__table__.c.id)
            rows = self._session.execute(query).mappings()
            self._tables[model] = {row["id"]: dict(row) for row in rows}
        return self._tables[model]

    def numbers(self, kind: Kind) -> Iterator[int]:
        """Yield the rows of a kind in the order of the file."""
        rows = self.table(kind.model)
        order = "occurred_at" if "occurred_at" in kind.model.__table__.columns else "position"
        if order in kind.model.__table__.columns:
            yield from sorted(rows, key=lambda number: rows[number][order])
        else:
            yield from (
                number for number in rows if kind is not PERSON or number not in self.clients_of
            )

    def plain(self, kind: Kind, number: int) -> Row:
        """Write one row as the file has it, without the named rows inside it."""
        stored = self.table(kind.model)[number]
        name = self._names[kind.name][number]
        row: Row = {"ref": name} | ({"uid": stored["uid"]} if stored["uid"] != name else {})
        row |= gather(kind.fields, stored, self) | self._parts(kind.parts, stored)
        twin = self.twin(kind, stored)
        if kind.twin and twin:
            row[kind.twin.prefix + "uid"] = twin["uid"]
            row |= {kind.twin.prefix + "ref": twin["ref"]} if twin["ref"] else {}
            row |= gather(kind.twin.fields, twin, self) | self._parts(kind.twin.parts, twin)
        return row

    def twin(self, kind: Kind, stored: Stored) -> Stored | None:
        """Return the second row that stands in the same object."""
        if kind.twin is None:
            return None
        rows = self.table(kind.twin.model)
        if kind.twin.link is None:
            return next(iter(rows.values()), None)
        return rows[stored[kind.twin.link]]

    def whole(self) -> Row:
        """Write everything."""
        made: Row = {"format": FORMAT, "version": VERSION}
        for nest in SECTIONS:
            parents = (
                number
                for number in self.numbers(nest.kind)
                if nest.kind.link is None or self.parent(nest.kind, number) is None
            )
            made |= nest.put([self._nested(nest.kind, number) for number in parents])
        return made

    def has_content(self, document: int) -> bool:
        """Say whether a document's content is kept, not its description alone."""
        return self.table(DOCUMENT.model)[document]["there"]

    def parent(self, kind: Kind, number: int) -> int | None:
        return self.table(kind.model)[number][kind.link] if kind.link else None

    def number(self, target: str, ref: str) -> int:
        raise NotImplementedError(target)

    def ref(self, target: str, number: int) -> str:
        """Name a row: its ref, else its uid. Organisations count below zero among the parties."""
        if target == "contact_point":
            return self.table(ContactPoint)[number]["value"]
        if target == "party":
            target, number = ("person", number) if number > 0 else ("organisation", -number)
        if target == "person" and number in self.clients_of:
            target, number = "client", self.clients_of[number]
        return self._names[target][number]

    def _nested(self, kind: Kind, number: int) -> Row:
        row = kind.in_full(self.plain(kind, number))
        for nest in kind.nests:
            inside = self._inside(nest.kind).get(number, ())
            row |= nest.put([self._nested(nest.kind, each) for each in inside])
        return row

    def _inside(self, kind: Kind) -> dict[int, list[int]]:
        if kind not in self._children:
            grouped: dict[int, list[int]] = defaultdict(list)
            for number in self.numbers(kind):
                parent = self.parent(kind, number)
                if parent is not None:
                    grouped[parent].append(number)
            self._children[kind] = grouped
        return self._children[kind]

    def _parts(self, parts: tuple[Part, ...], owner: Stored) -> Row:
        made: Row = {}
        for part in parts:
            made |= part.gather(self._rows_of(part).get(owner["id"], ()), owner, self)
        return made

    def _rows_of(self, part: Part) -> dict[int, list[Stored]]:
        if part not in self._owned:
            grouped: dict[int, list[Stored]] = defaultdict(list)
            for row in self.table(part.model).values():
                if row[part.link] is not None:
                    grouped[row[part.link]].append(row)
            self._owned[part] = grouped
        return self._owned[part]

    def _name_all(self) -> None:
        taken: set[str] = set()
        for kind in KINDS:
            for number, row in self.table(kind.model).items():
                name = row["ref"] or row["uid"]
                name = row["uid"] if name in taken else name
                taken.add(name)
                self._names[kind.name][number] = name

    def _describe_documents(self) -> None:
        sizes = dict(self._session.execute(select(Blob.id, Blob.size)).all())
        filled = set(self._session.scalars(select(BlobChunk.blob_id).distinct()))
        for place, row in enumerate(self.table(DOCUMENT.model).values(), 1):
            suffix = SUFFIXES.get(row["media_type"], ".bin")
            size = sizes[row["blob_id"]]
            there = not size or row["blob_id"] in filled
            row |= {"size": size, "file": f"documents/{place:04}{suffix}", "there": there}
