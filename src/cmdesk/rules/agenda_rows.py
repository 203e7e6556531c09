"""A row of a day's page, the groups rows stand in, and what moves ahead say on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cmdesk.rules.agenda_items import Move, MovePart
from cmdesk.rules.agenda_words import counted, sentence, when
from cmdesk.rules.days import short


class Group(StrEnum):
    """In the order of the page; `coming` is there where one looks ahead."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    UPDATES_DUE = "updates_due"
    ENDING_SOON = "ending_soon"
    MOVES = "moves"
    REASSESS = "reassess"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """`ref` is that of the task, entry, plan, consent or stay; `why` is one short sentence.

    `record` is the number by which the program itself finds what was handed in. What was
    `snoozed` is told on the day it is there again.
    """

    group: Group
    kind: str
    ref: str
    client: str | None
    person: str | None
    due: date
    why: str
    title: str = ""
    record: int = 0
    snoozed: bool = False


def days_uncovered(leaves_on: date, next_begins: date) -> int:
    """Count the days strictly between leaving one place and beginning at the next."""
    return max((next_begins - leaves_on).days - 1, 0)


def _uncovered(move: Move) -> int:
    return days_uncovered(move.leaves_on, move.next_begins) if move.next_begins else 0


def move_rows(move: Move, today: date) -> Iterator[AgendaRow]:
    """Tell a planned leave while something about it is open.

    One told by a plan is of a kind of its own: its number may be that of a stay, too.
    """
    gaps = list(move.gaps)
    if move.leaves_on < today and not move.left:
        open_still = "not noted as left" if move.told else "not closed yet"
        gaps.insert(0, f"planned for {short(move.leaves_on, today)}, {open_still}")
    elif not move.told and move.next_begins is None:
        gaps.insert(0, "nothing follows yet")
    elif not move.told and (uncovered := _uncovered(move)):
        gaps.insert(0, f"{counted(uncovered)} uncovered")
    if gaps:
        about = ("move_plan" if move.told else "move", move.ref, move.client, None, move.leaves_on)
        yield AgendaRow(Group.MOVES, *about, sentence(", ".join(gaps)), move.title, move.record)


def part_rows(part: MovePart, today: date) -> Iterator[AgendaRow]:
    """Tell what a move asks for, once it is due or near enough."""
    if (part.due - today).days <= part.ahead:
        about = (part.kind, part.ref, part.client, None, part.due)
        late = "" if part.undated else when(part.due, today)
        why = sentence(", ".join(filter(None, (part.says, late))))
        yield AgendaRow(Group.MOVES, *about, why, part.title, part.record)
