"""The practice file's contact log: entries, their lines and marks with all that stood before."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from typing import Any

from cmdesk.exchange.practice_fields import Field, Row, Slot, Stamp, Stored, columns
from cmdesk.exchange.practice_kinds import Kind
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_log import Marks, Participants, Wordings
from cmdesk.exchange.practice_parts import One, Pointers, Rows
from cmdesk.exchange.practice_values import (
    Coded,
    Names,
    Number,
    Time,
    moment,
)
from cmdesk.models.entry import (
    Addendum,
    Entry,
    EntryClient,
    EntryWrongChart,
    FollowUp,
)
from cmdesk.rules.contact_codes import (
    AddendumKind,
    Direction,
    EntryKind,
    EntryStatus,
    Location,
    Method,
    Outcome,
    Part2,
    Purpose,
    RiskObserved,
    ServiceComponent,
)
from cmdesk.rules.topics import Topic

OF_ENTRY = {"entry_id"}
TOPICS = Listed(Coded(Topic), once=True)


def settle_entry(row: Row) -> None:
    if "entered_at" in row and moment(row["entered_at"]) == moment(row["occurred_at"]):
        del row["entered_at"]


class Entered(Field):
    """When an entry was written down; the file need not say."""

    def __init__(self) -> None:
        super().__init__("entered_at", "entered_at", Slot(Time(), aside=True))

    def spread(self, row: Row, names: Names) -> Row:
        return {self.column: moment(row.get(self.key, row["occurred_at"]))}

    def gather(self, stored: Stored, names: Names) -> Row:
        same = stored[self.column] == stored["occurred_at"]
        return {} if same else super().gather(stored, names)


MINUTES: Any = Number(least=0)
ENTRY = Kind(
    Entry,
    (
        Stamp("occurred_at", "occurred_zone"),
        Entered(),
        *columns(
            Entry,
            leave={"client_id", "occurred_at", "occurred_zone", "entered_at"},
            called={"purposes": "purpose"},
            need={"status"},
            aside={"signed_at", "signed_by", "signature_hash"},
            values={
                "minutes": MINUTES,
                "billed_minutes": MINUTES,
                "kind": Coded(EntryKind),
                "direction": Coded(Direction),
                "method": Coded(Method),
                "location": Coded(Location),
                "outcome": Coded(Outcome),
                "purposes": Listed(Coded(Purpose), once=True),
                "service_components": Listed(Coded(ServiceComponent), once=True),
                "part2": Coded(Part2),
                "risk": Coded(RiskObserved),
                "status": Coded(EntryStatus),
            },
        ),
    ),
    noun="entry",
    link="client_id",
    parts=(
        Participants(),
        Pointers("other_clients", EntryClient, "entry_id", "client"),
        Wordings(),
        Marks(),
        Rows(
            "wrong_chart",
            EntryWrongChart,
            "entry_id",
            columns(EntryWrongChart, leave=OF_ENTRY, need={"at"}),
        ),
        One(
            "follow_up",
            FollowUp,
            "entry_id",
            columns(FollowUp, leave=OF_ENTRY, absent={"text": ""}),
        ),
        Rows(
            "addenda",
            Addendum,
            "entry_id",
            (
                *columns(
                    Addendum,
                    leave={"entry_id", "at", "at_zone"},
                    need={"kind"},
                    absent={"text": ""},
                    values={"kind": Coded(AddendumKind)},
                ),
                Stamp("at", "at_zone"),
            ),
        ),
    ),
    needs_ref=True,
    settle=settle_entry,
)
