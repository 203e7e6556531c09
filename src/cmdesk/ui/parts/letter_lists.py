"""The rows of a letter's lists: what comes next, a crisis clock, stays, and goals."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLineEdit

from cmdesk.casework import letter_prompts as prompts
from cmdesk.rules.letter import Goal, Moment, Stay, Step
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.letter_rows import Item, Typed, bare, bare_line
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.meter import Steps
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import Words

WHEN, WHO = 128, 84
T = TypeVar("T")


class Beside(Item[T]):
    """Three words or more, side by side: `left` and `right` short, `what` as tall as it needs."""

    def __init__(self, cross: str, left: QLineEdit, what: TextEdit, *right: QLineEdit) -> None:
        super().__init__(cross)
        self.left, self.what, self.right = left, what, right
        whole = row(self, gap=8)
        whole.setContentsMargins(0, 0, 4, 0)
        top = Qt.AlignmentFlag.AlignTop
        whole.addWidget(left, 0, top)
        beside = column()
        beside.addSpacing(look.px(4))  # where a line edit sets its words
        beside.addWidget(what)
        whole.addLayout(beside, 1)
        for each in right:
            whole.addWidget(each, 0, top)
        crossed = column()
        crossed.addSpacing(look.px(3))
        crossed.addWidget(self.remove)
        crossed.addStretch(1)
        whole.addLayout(crossed)
        for each in (left, *right):
            each.textEdited.connect(self.edited)
        what.edited.connect(self.edited)
        self._set_faces()

    def typed(self) -> Iterator[Typed]:
        yield from (self.left, self.what, *self.right)

    def _set_faces(self) -> None:
        self.left.setFont(look.font("reading", 500))
        for each in self.right:
            each.setFont(look.font("reading"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_faces()


class StepRow(Beside[Step]):
    """What comes next: when, what, who."""

    def __init__(self, desk: Desk, step: Step, say: Words) -> None:
        tr = desk.words.tr
        self._step = step
        self.when = bare_line(tr("When"), step.when, WHEN, say.tr(prompts.WHEN))
        self.who = bare_line(tr("Who"), step.who, WHO, say.tr(prompts.WHO))
        self.who.setAlignment(Qt.AlignmentFlag.AlignRight)
        what = bare(tr("What"), step.what, say.tr(prompts.STEP))
        super().__init__(tr("Remove this step"), self.when, what, self.who)

    def item(self) -> Step:
        return replace(
            self._step,
            when=self.when.text().strip(),
            what=self.what.text().strip(),
            who=self.who.text().strip(),
        )


class MomentRow(Beside[Moment]):
    """One line of a crisis clock: the time, what happened, who did it."""

    def __init__(self, desk: Desk, moment: Moment, say: Words) -> None:
        tr = desk.words.tr
        self.at = bare_line(tr("Time"), moment.at, WHEN, say.tr(prompts.TIME))
        self.who = bare_line(tr("Who"), moment.who, WHO, say.tr(prompts.WHO))
        self.who.setAlignment(Qt.AlignmentFlag.AlignRight)
        what = bare(tr("What happened"), moment.what, say.tr(prompts.MOMENT))
        super().__init__(tr("Remove this line"), self.at, what, self.who)

    @property
    def wordless(self) -> bool:
        """Whether it says nothing but a time."""
        return not (self.what.text().strip() or self.who.text().strip())

    def item(self) -> Moment:
        return Moment(self.at.text().strip(), self.what.text().strip(), self.who.text().strip())


class StayRow(Beside[Stay]):
    """One stay of a history: its days, where, the level of care, and how it ended."""

    def __init__(self, desk: Desk, stay: Stay, say: Words) -> None:
        tr = desk.words.tr
        self.days = bare_line(tr("Days"), stay.days, WHEN, say.tr(prompts.DAYS))
        self.level = bare_line(tr("Level of care"), stay.level, WHEN, say.tr(prompts.LEVEL))
        self.ended = bare_line(tr("How it ended"), stay.ended, WHO, say.tr(prompts.ENDED))
        where = bare(tr("Where"), stay.where, say.tr(prompts.STAY))
        super().__init__(tr("Remove this stay"), self.days, where, self.level, self.ended)

    def item(self) -> Stay:
        return Stay(
            self.days.text().strip(),
            self.what.text().strip(),
            self.level.text().strip(),
            self.ended.text().strip(),
        )


class GoalRow(Item[Goal]):
    """A goal of the care plan, how far it is, and where it stands in plain words."""

    def __init__(self, desk: Desk, goal: Goal, say: Words) -> None:
        tr = desk.words.tr
        super().__init__(tr("Leave this goal out"))
        self._goal = goal
        whole = row(self, gap=12)
        whole.setContentsMargins(0, 2, 4, 2)
        top = Qt.AlignmentFlag.AlignTop
        whole.addWidget(Label(goal.name, "reading", wrap=True), 3, top)
        done = tr("{n} of {m} steps").format(n=goal.done, m=goal.of)
        beside = column()
        beside.addSpacing(8)
        beside.addWidget(Steps(goal.done, done, of=goal.of))
        beside.addStretch(1)
        whole.addLayout(beside)
        called = tr("Where it stands: {goal}").format(goal=goal.name)
        self.stands = bare(called, goal.stands, say.tr(prompts.STANDS))
        self.stands.edited.connect(self.edited)
        whole.addWidget(self.stands, 4, top)
        whole.addWidget(self.remove, 0, top)

    def item(self) -> Goal:
        return replace(self._goal, stands=self.stands.text().strip())

    def typed(self) -> Iterator[Typed]:
        yield self.stands
