"""What is next, the goals, a crisis clock and stays: the lists of a letter."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt

from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.letter import Goal, Moment, Part, PartKind, Stay, Step
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.letter_lists import GoalRow, MomentRow, StayRow, StepRow
from cmdesk.ui.parts.letter_parts import Standing
from cmdesk.ui.parts.letter_row_parts import RowsPart
from cmdesk.ui.widgets.button import Button
from cmdesk.words import Words

STAMP = "F9"


class StepsPart(RowsPart[Step]):
    """What is next and who does what, or the days to know."""

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        super().__init__(desk, part, name, say)
        tr = desk.words.tr
        self._dates = part.kind is PartKind.DATES
        self.offer(tr("Add a date") if self._dates else tr("Add a step"), Step("", "", ""))

    def items_of(self, letter: LetterDraft) -> Sequence[Step]:
        return letter.dates if self._dates else letter.steps

    def row_of(self, item: Step, place: int) -> StepRow:
        return StepRow(self.desk, item, self.say)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        made = self.items()
        return replace(letter, dates=made) if self._dates else replace(letter, steps=made)

    def say_remark(self, standing: Standing) -> None:
        words, count = self.desk.words, len(self.rows)
        told = words.ntr("{n} date", "{n} dates", count)
        if not standing.made.isdisjoint(each.what for each in self.items()):
            told = words.ntr(
                "{n} date from tasks and the transition plan",
                "{n} dates from tasks and the transition plan",
                count,
            )
        self.remark.setText(told.format(n=count) if count else "")


class GoalsPart(RowsPart[Goal]):
    """Goals of the care plan, with what can be said of each."""

    def items_of(self, letter: LetterDraft) -> Sequence[Goal]:
        return letter.goals

    def row_of(self, item: Goal, place: int) -> GoalRow:
        return GoalRow(self.desk, item, self.say)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        return replace(letter, goals=self.items())

    def say_remark(self, standing: Standing) -> None:
        self.remark.setText(self.desk.words.tr("From care plan") if self.rows else "")


class ClockPart(RowsPart[Moment]):
    """What happened when in a crisis; one key puts the time down."""

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        super().__init__(desk, part, name, say)
        stamp = Button(desk.words.tr("Put the time down"), size="small", keys=STAMP)
        stamp.clicked.connect(self.stamp)
        self.head.addWidget(stamp)
        self.offer(desk.words.tr("Add a line"), Moment("", ""))

    def items_of(self, letter: LetterDraft) -> Sequence[Moment]:
        return letter.clock

    def row_of(self, item: Moment, place: int) -> MomentRow:
        return MomentRow(self.desk, item, self.say)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        return replace(letter, clock=self.items())

    def stamp(self) -> None:
        """Put the time it is now into the first line that says nothing, else begin one."""
        now = self.desk.words.time(self.desk.clock().astimezone(self.standing.zone))
        rows = (each for each in self.rows if isinstance(each, MomentRow))
        empty = next((each for each in rows if each.wordless), None)
        if empty is None:
            self.add(Moment(now, ""))
            return
        empty.at.setText(now)
        empty.what.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


class StaysPart(RowsPart[Stay]):
    """Stays, one after another."""

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        super().__init__(desk, part, name, say)
        self.offer(desk.words.tr("Add a stay"), Stay("", "", ""))

    def items_of(self, letter: LetterDraft) -> Sequence[Stay]:
        return letter.stays

    def row_of(self, item: Stay, place: int) -> StayRow:
        return StayRow(self.desk, item, self.say)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        return replace(letter, stays=self.items())
