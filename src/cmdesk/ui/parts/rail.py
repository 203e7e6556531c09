"""The rail beside the log: safety, next steps, the care team with its consents, coverage."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cmdesk.casework.client_form import Agreement
from cmdesk.casework.coverage import Standing
from cmdesk.casework.tasks import NextStep
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import care_team
from cmdesk.ui.parts.agreement_card import AgreementCard
from cmdesk.ui.parts.care_team import Member, MemberRow
from cmdesk.ui.parts.coverage_card import CoverageCard
from cmdesk.ui.parts.new_step import NewStep
from cmdesk.ui.parts.next_letters import NextLetters
from cmdesk.ui.parts.safety_card import SafetyCard
from cmdesk.ui.parts.steps import StepList
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, grounded, headed, line
from cmdesk.ui.widgets.label import Label

WIDTH, NARROW = 320, 288
UNBOUNDED = (1 << 24) - 1  # Qt's own greatest width
MOST = 6  # next steps and people shown before one asks for all


class Rail(QScrollArea):
    """Signals `ticked(NextStep)`, `added(str, date or None)`, `consent_asked(int or None)`.

    And `safety_asked`, `coverage_asked`, `agreement_asked`; of a person of the circle
    `call_asked(int)` and `edit_asked(int)`; `person_asked` to add the first.
    """

    ticked = Signal(object)
    added = Signal(str, object)
    consent_asked = Signal(object)
    safety_asked = Signal()
    coverage_asked = Signal()
    agreement_asked = Signal()
    call_asked = Signal(int)
    edit_asked = Signal(int)
    person_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        self._team_open = self._under = False
        self._members: Sequence[Member] = ()
        sheet = grounded("surface", edge="left")
        whole = column(sheet)
        whole.setContentsMargins(21, 14, 16, 20)
        self.safety = SafetyCard(desk)
        self.safety.asked.connect(self.safety_asked)
        whole.addWidget(self.safety)
        self._rule(whole)
        self._lay_out_steps(whole)
        self._rule(whole)
        self.add_consent = self._title(whole, tr("Care team and consents"), tr("New consent"))
        self.add_consent.clicked.connect(self._on_new_consent)
        whole.addSpacing(2)
        self._team = column()
        whole.addLayout(self._team)
        self._shown: list[QWidget] = []
        self._rule(whole)
        self.coverage = CoverageCard(desk)
        self.coverage.asked.connect(self.coverage_asked)
        whole.addWidget(self.coverage)
        self.letters = NextLetters(desk)
        whole.addWidget(self.letters)
        self.agreement = AgreementCard(desk)
        self.agreement.asked.connect(self.agreement_asked)
        whole.addWidget(self.agreement)
        whole.addStretch(1)
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Safety, next steps, care team and coverage"))

    def _lay_out_steps(self, whole: QVBoxLayout) -> None:
        tr = self._desk.words.tr
        self.add_step = self._title(whole, tr("Next steps"), tr("Add a next step"))
        self.steps = StepList(self._desk, most=MOST, unfolds=True, opens=True)
        self.steps.ticked.connect(self.ticked)
        whole.addSpacing(2)
        whole.addWidget(self.steps)
        self.new_step = NewStep(self._desk)
        self.new_step.hide()
        self.new_step.added.connect(self.added)
        whole.addWidget(self.new_step)
        self.add_step.clicked.connect(self.new_step.begin)

    def _rule(self, whole: QVBoxLayout) -> None:
        whole.addSpacing(12)
        whole.addWidget(line())
        whole.addSpacing(11)

    def _title(self, whole: QVBoxLayout, title: str, adds: str) -> IconButton:
        button = IconButton(Icon.PLUS, adds, size="small")
        whole.addLayout(headed(title, button))
        return button

    def show_terms(self, paid: Standing | None, agreed: Agreement) -> None:
        """Say how the present stay is paid for, and what was agreed with the family."""
        self.coverage.show_coverage(paid)
        self.agreement.show_agreement(agreed)

    def show_steps(self, steps: Sequence[NextStep], today: date) -> None:
        self.steps.show_steps(steps, today)

    def show_team(self, members: Sequence[Member]) -> None:
        """Show the care team; of a long one first what presses, then some of each kind."""
        self._members, tr = members, self._desk.words.tr
        adds = tr("New consent") if members else tr("Add person to circle")
        self.add_consent.show_as(Icon.PLUS, adds)
        for old in self._shown:
            self._team.removeWidget(old)
            old.hide()
            old.deleteLater()
        shown = members if self._team_open else care_team.chosen(members, MOST)
        self._shown = [self._row(member) for member in shown]
        for each in self._shown:
            self._team.addWidget(each)
        if not members:
            words = tr("Nobody yet. Add who may hear how things go.")
            self._shown.append(Label(words, "body", "text2", wrap=True))
            self._team.addWidget(self._shown[-1])
        elif len(members) > MOST:
            self._shown.append(self._fold_button(len(members)))
            self._team.addWidget(self._shown[-1], 0, Qt.AlignmentFlag.AlignLeft)

    def _fold_button(self, count: int) -> Button:
        tr = self._desk.words.tr
        words = tr("Show fewer") if self._team_open else tr("Show all {n}").format(n=count)
        made = Button(words, "link", size="small")
        made.clicked.connect(self._turn_team)
        return made

    def _turn_team(self) -> None:
        self._team_open = not self._team_open
        self.show_team(self._members)

    def fold_team(self) -> None:
        """Begin with the short list again, as with another chart."""
        self._team_open = False

    def _row(self, member: Member) -> MemberRow:
        made = MemberRow(member, self._desk.words)

        def consent() -> None:
            self.consent_asked.emit(member.consent_id)

        def call() -> None:
            self.call_asked.emit(member.person_id)

        def edit() -> None:
            self.edit_asked.emit(member.person_id)

        made.consent.connect(consent)
        made.called.connect(call)
        made.edited.connect(edit)
        return made

    def fit(self, *, under: bool, narrow: bool) -> None:
        """Take a column's width, or stand under the log, in full: the page scrolls then."""
        self._under = under
        self.setMinimumWidth(0)
        self.setMaximumWidth(UNBOUNDED)
        if not under:
            self.setFixedWidth(look.px(NARROW if narrow else WIDTH))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        sheet = self.widget()
        layout = sheet.layout() if sheet else None
        if not self._under or layout is None:
            return super().minimumSizeHint()
        return QSize(0, layout.totalHeightForWidth(self.width()))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint() if self._under else super().sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget() and self._under:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._under and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def members(self) -> list[MemberRow]:
        return [each for each in self._shown if isinstance(each, MemberRow)]

    def _on_new_consent(self) -> None:
        """Begin a consent, once there is somebody it could name."""
        if self._members:
            self.consent_asked.emit(None)
        else:
            self.person_asked.emit()
