"""The rail beside the log: next steps, and the care team with its consents."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cmdesk.casework.tasks import NextStep
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.care_team import Member, MemberRow
from cmdesk.ui.parts.new_step import NewStep
from cmdesk.ui.parts.steps import StepList
from cmdesk.ui.widgets.button import IconButton
from cmdesk.ui.widgets.card import column, grounded, line, row
from cmdesk.ui.widgets.label import Label

WIDTH, NARROW = 320, 288


class Rail(QScrollArea):
    """Signals `ticked(NextStep)`, `added(str, date or None)`, `consent_asked(int or None)`."""

    ticked = Signal(object)
    added = Signal(str, object)
    consent_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        sheet = grounded("surface", edge="left")
        whole = column(sheet)
        whole.setContentsMargins(21, 11, 16, 20)
        self.add_step = self._title(whole, tr("Next steps"), tr("Add a next step"))
        self.steps = StepList(desk)
        self.steps.ticked.connect(self.ticked)
        whole.addSpacing(2)
        whole.addWidget(self.steps)
        self.new_step = NewStep(desk)
        self.new_step.hide()
        self.new_step.added.connect(self.added)
        whole.addWidget(self.new_step)
        self.add_step.clicked.connect(self.new_step.begin)
        whole.addSpacing(12)
        whole.addWidget(line())
        whole.addSpacing(11)
        self.add_consent = self._title(whole, tr("Care team and consents"), tr("New consent"))
        self.add_consent.clicked.connect(self._on_new_consent)
        whole.addSpacing(2)
        self._team = column()
        whole.addLayout(self._team)
        self._shown: list[QWidget] = []
        whole.addStretch(1)
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Next steps and care team"))

    def _title(self, whole: QVBoxLayout, title: str, adds: str) -> IconButton:
        head = row()
        head.addWidget(Label(title, "strong"))
        head.addStretch(1)
        button = IconButton(Icon.PLUS, adds, size="small")
        head.addWidget(button)
        whole.addLayout(head)
        return button

    def show_steps(self, steps: Sequence[NextStep], today: date) -> None:
        self.steps.show_steps(steps, today)

    def show_team(self, members: Sequence[Member]) -> None:
        for old in self._shown:
            self._team.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [self._row(member) for member in members]
        if not members:
            words = self._desk.words.tr("Nobody yet. Add who may hear how things go.")
            self._shown.append(Label(words, "body", "text2", wrap=True))
        for each in self._shown:
            self._team.addWidget(each)

    def _row(self, member: Member) -> MemberRow:
        made = MemberRow(member, self._desk.words)

        def ask() -> None:
            self.consent_asked.emit(member.consent_id)

        made.clicked.connect(ask)
        return made

    def members(self) -> list[MemberRow]:
        return [each for each in self._shown if isinstance(each, MemberRow)]

    def _on_new_consent(self) -> None:
        self.consent_asked.emit(None)
