"""What grows around an entry: its lines and marks, with all before them, and who took part."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from collections.abc import Sequence

from cmdesk.exchange.practice_fields import Field, Inner, Row, Slot, Stored, columns
from cmdesk.exchange.practice_lists import Listed, Reference
from cmdesk.exchange.practice_parts import Part, party_columns, party_ref
from cmdesk.exchange.practice_values import (
    AsWritten,
    Coded,
    Misfit,
    Names,
    Text,
    Time,
    moment,
    shown,
)
from cmdesk.models.entry import EntryMark, EntryParticipant, EntryWording
from cmdesk.rules.codes import Mark
from cmdesk.rules.topics import Topic

TOPICS = Listed(Coded(Topic), once=True)


def newest_last(stored: Sequence[Stored]) -> list[Stored]:
    """Order added rows as they count. Rows come in the order they were added."""
    return sorted(stored, key=lambda each: each["at"])


def settle_history(part: Part, row: Row) -> None:
    """Let the newest count, whichever key it stands under."""
    rows = part.spread(row, AsWritten())
    for key in part.slots():
        row.pop(key, None)
    row |= part.gather(rows, {"occurred_at": moment(row["occurred_at"])}, AsWritten())


class Wordings(Part):
    """What an entry is about and what may be said of it, and each earlier wording."""

    _fields = columns(
        EntryWording,
        leave={"entry_id", "at", "author"},
        values={"topics": TOPICS, "short_topics": TOPICS},
    )
    _before = Inner(
        columns(
            EntryWording,
            leave={"entry_id"},
            need={"at"},
            values={"topics": TOPICS, "short_topics": TOPICS},
        )
    )

    def __init__(self) -> None:
        super().__init__(EntryWording, "entry_id")

    def slots(self) -> dict[str, Slot]:
        now = {key: slot for one in self._fields for key, slot in one.slots().items()}
        return now | {
            "worded_at": Slot(Time()),
            "worded_by": Slot(Text(), ""),
            "wordings_before": Slot(Listed(self._before), [], aside=True),
        }

    def settle(self, row: Row) -> None:
        if "worded_at" in row and moment(row["worded_at"]) == moment(row["occurred_at"]):
            del row["worded_at"]
        if "wordings_before" in row:
            settle_history(self, row)

    def spread(self, row: Row, names: Names) -> list[Row]:
        made = [self._before.load(item, names) for item in row.get("wordings_before", ())]
        if made or any(key in row for key in self.slots()):
            now: Row = {
                "at": moment(row.get("worded_at", row["occurred_at"])),
                "author": row.get("worded_by", ""),
            }
            for one in self._fields:
                now |= one.spread(row, names)
            made.append(now)
        return made

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        if not stored:
            return {}
        *before, last = newest_last(stored)
        made: Row = {}
        for one in self._fields:
            made |= one.gather(last, names)
        if last["at"] != owner["occurred_at"]:
            made["worded_at"] = Time().dump(last["at"], names)
        if last["author"]:
            made["worded_by"] = last["author"]
        if before:
            made["wordings_before"] = [self._before.dump(item, names) for item in before]
        return made


class Marks(Part):
    """What was chosen for each reader, and each earlier choice."""

    _each = Inner(
        (
            Field("person", "", Slot(Reference("party"), required=True)),
            Field("mark", "mark", Slot(Coded(Mark), "")),
            Field("at", "at", Slot(Time())),
            Field("author", "author", Slot(Text(), "")),
        )
    )

    def __init__(self) -> None:
        super().__init__(EntryMark, "entry_id")

    def slots(self) -> dict[str, Slot]:
        return {
            "marks": Slot(Listed(self._each), []),
            "marks_before": Slot(Listed(self._each), [], aside=True),
        }

    def settle(self, row: Row) -> None:
        seen: set[str] = set()
        chosen = [mark for mark in row.pop("marks", ()) if "mark" in mark]
        row |= {"marks": chosen} if chosen else {}
        for mark in row.get("marks", ()):
            if mark["person"] in seen:
                raise Misfit(f"{shown(mark['person'])} has two marks; keep the one that counts")
            seen.add(mark["person"])
        for mark in (*row.get("marks", ()), *row.get("marks_before", ())):
            if "at" in mark and moment(mark["at"]) == moment(row["occurred_at"]):
                del mark["at"]
        if "marks_before" in row:
            settle_history(self, row)

    def spread(self, row: Row, names: Names) -> list[Row]:
        return [
            {
                "at": moment(mark.get("at", row["occurred_at"])),
                "author": mark.get("author", ""),
                "mark": mark.get("mark", ""),
                **party_columns(mark["person"], names),
            }
            for mark in (*row.get("marks_before", ()), *row.get("marks", ()))
        ]

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        newest = {(row["person_id"], row["organisation_id"]): row for row in newest_last(stored)}
        counting = [row for row in newest.values() if row["mark"]]
        kept = {id(row) for row in counting}
        before = [row for row in newest_last(stored) if id(row) not in kept]
        made = {
            "marks": [self._dump(row, owner, names) for row in stored if id(row) in kept],
            "marks_before": [self._dump(row, owner, names) for row in before],
        }
        return {key: items for key, items in made.items() if items}

    def _dump(self, row: Stored, owner: Stored, names: Names) -> Row:
        made: Row = {"person": party_ref(row, names)}
        made |= {"mark": row["mark"]} if row["mark"] else {}
        made |= {"author": row["author"]} if row["author"] else {}
        if row["at"] != owner["occurred_at"]:
            made["at"] = Time().dump(row["at"], names)
        return made


class Participants(Part):
    """Who took part, by ref; what else is known of their part stands apart."""

    _details = Inner(
        (
            Field("person", "person_id", Slot(Reference("person"), required=True)),
            *columns(EntryParticipant, leave={"entry_id", "person_id"}),
        )
    )

    def __init__(self) -> None:
        super().__init__(EntryParticipant, "entry_id")

    def slots(self) -> dict[str, Slot]:
        return {
            "participants": Slot(Listed(Reference("person"), once=True), []),
            "participant_details": Slot(Listed(self._details), []),
        }

    def settle(self, row: Row) -> None:
        there = row.get("participants", [])
        details = {item["person"]: item for item in row.pop("participant_details", ())}
        if strangers := details.keys() - set(there):
            raise Misfit(
                f"{shown(min(strangers))} is not among the participants; add the ref there"
            )
        if kept := [details[ref] for ref in there if len(details.get(ref, ())) > 1]:
            row["participant_details"] = kept

    def spread(self, row: Row, names: Names) -> list[Row]:
        details = {item["person"]: item for item in row.get("participant_details", ())}
        return [
            {**self._details.load(details.get(ref, {"person": ref}), names), "position": position}
            for position, ref in enumerate(row.get("participants", ()))
        ]

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        ordered = sorted(stored, key=lambda each: each["position"])
        said = {item["person"]: item for item in (self._details.dump(o, names) for o in ordered)}
        made: Row = {"participants": list(said)} if said else {}
        details = [item for item in said.values() if len(item) > 1]
        return made | ({"participant_details": details} if details else {})
