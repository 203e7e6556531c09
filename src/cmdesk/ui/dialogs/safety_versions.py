"""Versions of the safety plan that count no longer: listed with their dates, read as they were."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.safety_plan import Plan
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.safety_reading import PlanReading
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words


def lasted(words: Words, plan: Plan) -> str:
    """Say from when to when a version counted: `Feb 16, 2026 to Mar 2, 2026`."""
    begun = words.short_day(plan.made_on) if plan.made_on else words.tr("No date")
    if plan.ended_on is None:
        return begun
    return words.tr("{first} to {last}").format(first=begun, last=words.short_day(plan.ended_on))


class PlanVersions(QWidget):
    """Lists versions, the newest first. Signal `asked(int)`: one is to be read."""

    asked = Signal(int)

    def __init__(self, desk: Desk, plans: Sequence[Plan]) -> None:
        super().__init__()
        words = desk.words
        whole = column(self, gap=6)
        whole.addWidget(line())
        whole.addWidget(Label(words.tr("Earlier versions"), "strong", "text2"))
        for plan in plans:
            across = row()
            said = lasted(words, plan)
            across.addWidget(Label(said, "body"), 1)
            read = Button(words.tr("Read"), size="small", icon=Icon.HISTORY)
            read.setAccessibleName(words.tr("Read the version of {days}").format(days=said))
            read.clicked.connect(partial(self.asked.emit, plan.id))
            across.addWidget(read)
            whole.addLayout(across)


class OldPlan(QWidget):
    """One such version, to be read. Signal `left`: back to the plan that counts."""

    left = Signal()

    def __init__(self, desk: Desk, plan: Plan) -> None:
        super().__init__()
        words = desk.words
        whole = column(self, gap=12)
        head = row()
        said = words.tr("Earlier version, {days}. It counts no longer.")
        head.addWidget(Label(said.format(days=lasted(words, plan)), "body", "warn", wrap=True), 1)
        self.back = Button(words.tr("Back to the plan"), size="small", icon=Icon.ARROW_LEFT)
        self.back.clicked.connect(self.left)
        head.addWidget(self.back)
        whole.addLayout(head)
        whole.addWidget(line())
        whole.addWidget(PlanReading(desk, plan))
