"""One line the program itself may put into a letter, judged as if it were a signed entry."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.occasion import Case
from cmdesk.rules import consent as rules
from cmdesk.rules.consent import Outcome
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.letter import Goal, PartKind, Stay, Step
from cmdesk.rules.topics import Topic

UNNAMED: Final = frozenset({Topic.ATTENDANCE})
NAMED: Final = frozenset({Topic.ATTENDANCE, Topic.TREATMENT})  # with the name of a program


@dataclass(frozen=True, slots=True)
class Fact:
    """One line. `about` is alike for two ways of saying one thing, the fuller first.

    One that is not `offered` is never proposed: it says of words found in a letter whether they
    may be told.
    """

    about: str
    text: str
    verdict: rules.Verdict
    part: PartKind = PartKind.GLANCE
    due: date = date.max
    row: Step | Goal | Stay | None = None
    offered: bool = True

    @property
    def allowed(self) -> bool:
        return self.verdict.outcome is Outcome.SHARE

    @property
    def said(self) -> tuple[str, ...]:
        """Return all its words, as they stand in a letter."""
        if isinstance(self.row, Goal):
            return (self.row.name, self.text)
        if isinstance(self.row, Stay):
            return (self.row.days, self.row.where, self.row.level, self.row.ended)
        return (self.text,)

    @property
    def found_by(self) -> tuple[str, ...]:
        """Return the words by which it is known in a letter."""
        return self.said if isinstance(self.row, Stay) else (self.text,)

    def told(self, draft: LetterDraft) -> bool:
        """Whether a letter tells it, whatever was edited around it."""
        match self.row:
            case Goal():
                return any(
                    self.text in (goal.stands, goal.name) for goal in draft.goals if self.text
                )
            case Stay(days, where, level):
                kept = (days, where, level)
                return any((stay.days, stay.where, stay.level) == kept for stay in draft.stays)
            case _:
                return self.text in _lines(draft)


def _lines(draft: LetterDraft) -> set[str]:
    return {
        *(line.text for line in draft.glance),
        *(step.what for step in (*draft.steps, *draft.dates)),
        *(closed.what for closed in draft.closed),
    }


def judged(about: Case, topics: frozenset[Topic], part2: str, text: str) -> rules.Verdict:
    """Judge a line as if it were a signed entry that says nothing else."""
    line = rules.Entry(
        ref="", status=EntryStatus.SIGNED, topics=topics, part2=Part2(part2), family_line=text
    )
    return rules.verdict(line, about.standing)
