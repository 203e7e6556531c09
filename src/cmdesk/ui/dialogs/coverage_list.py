"""The lists of coverage: policies, and approvals with their reviews and steps against denials."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from cmdesk.casework import appeals, authorizations, coverage, review_calls
from cmdesk.casework.authorizations import AuthorizationRow
from cmdesk.casework.coverage import Counts, PolicyRow
from cmdesk.rules.authorization_draft import REFUSABLE
from cmdesk.store.journal import Label as Act
from cmdesk.ui.dialogs import coverage_words as said
from cmdesk.ui.dialogs.appeal import open_appeal
from cmdesk.ui.dialogs.review_call import open_review
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.coverage_card import payer
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row
from cmdesk.ui.widgets.label import Label

POLICY, APPROVAL = "policy", "approval"
Step = tuple[str, Callable[[], None]]  # how it is said, and what opens it


class CoverageList(QWidget):
    """Two cards in the sheet of coverage.

    Signal `form_asked`: a kind, and a number (0 is a new one).
    """

    form_asked = Signal(str, int)

    def __init__(self, sheet: Sheet, client_id: int) -> None:
        super().__init__()
        self._sheet, self._desk, self._client_id = sheet, sheet.desk, client_id
        self._veil = Veil(sheet.desk)
        cards = column(self, gap=12)
        tr = sheet.tr_
        self._policies, self._approvals = Card(tr("Policies")), Card(tr("Approvals"))
        self.add_policy = self._add_button(self._policies, tr("Add policy"), POLICY)
        self.add_approval = self._add_button(self._approvals, tr("Add approval"), APPROVAL)
        cards.addWidget(self._policies)
        cards.addWidget(self._approvals)

    def _add_button(self, card: Card, words: str, kind: str) -> Button:
        made = Button(words, "quiet", size="small", icon=Icon.PLUS)
        made.clicked.connect(lambda: self.form_asked.emit(kind, 0))
        card.head.addWidget(made)
        return made

    def show_all(self) -> None:
        """Ask again what there is; the keys stay where they were, if that is still there."""
        at = self._name_at()
        tr, ask = self._sheet.tr_, self._desk.ask
        policies = ask(coverage.policies, self._client_id)
        approvals = ask(authorizations.rows, self._client_id)
        steps = self._ask_steps()
        rows = [self._policy(each) for each in policies]
        self._policies.show_rows(rows, tr("Who pays stands here."))
        rows = [self._approval(each, steps.get(each.id, ())) for each in approvals]
        self._approvals.show_rows(rows, tr("What was asked of the insurer, and given."))
        for before, after in pairwise(self._buttons()):
            QWidget.setTabOrder(before, after)
        if at:
            again = [each for each in self._buttons() if each.accessibleName() == at]
            target = (again or [self.add_approval])[0]
            QTimer.singleShot(0, target, target.setFocus)  # new rows are shown in a moment

    def _buttons(self) -> list[Button]:
        """Give every button in the order one reads."""
        return [
            each for card in (self._policies, self._approvals) for each in card.findChildren(Button)
        ]

    def _name_at(self) -> str:
        now = QApplication.focusWidget()
        return now.accessibleName() if now and self.isAncestorOf(now) else ""

    def _policy(self, each: PolicyRow) -> QWidget:
        tr, words, draft = self._sheet.tr_, self._desk.words, each.draft
        over = each.counts is Counts.OVER
        end = partial(self._end_policy, each.id)
        acts = [] if over else [(tr("End"), end)]
        named = payer(words, draft.payer, draft.plan_type)
        parts = said.policy_parts(words, each)
        return self._row(named, parts, over, [*acts, (tr("Edit"), self._edit(POLICY, each))])

    def _approval(self, each: AuthorizationRow, steps: Sequence[Step]) -> QWidget:
        """Show an approval, and under it the reviews and the steps against a denial."""
        tr, draft = self._sheet.tr_, each.draft
        over = each.closed_on is not None
        acts: list[tuple[str, Callable[[], None]]] = []
        if not over:
            acts = [] if each.extended else [(tr("Review"), partial(self._review, each.id))]
            if draft.decision in REFUSABLE:
                acts.append((tr("Appeal"), partial(self._appeal, each.id)))
            acts.append((tr("Close"), partial(self._close, each.id)))
        title = said.approval_title(self._desk.words, each)
        parts = said.approval_parts(self._desk.words, each)
        made = QWidget()
        lines = column(made, gap=4)
        edit = (tr("Edit"), self._edit(APPROVAL, each))
        lines.addWidget(self._row(title, parts, over, [*acts, edit]))
        for words, opening in steps:
            lines.addWidget(self._step(words, opening))
        return made

    def _ask_steps(self) -> dict[int, list[Step]]:
        """Gather the lines under the approvals, each with what opens it."""
        made: dict[int, list[Step]] = {}
        words, ask = self._desk.words, self._desk.ask
        for step in ask(appeals.rows, self._client_id):
            opening = partial(self._appeal, step.authorization_id, step.id)
            line = self._veil.text(said.appeal_said(words, step.form))
            made.setdefault(step.authorization_id, []).append((line, opening))
        for call in ask(review_calls.rows, self._client_id):
            opening = partial(self._review, call.authorization_id, call.id)
            line = self._veil.text(said.review_said(words, call.form))
            made.setdefault(call.authorization_id, []).append((line, opening))
        return made

    def _review(self, approval: int, number: int | None = None) -> None:
        dialog = open_review(self._desk, self, approval, number)
        dialog.closed.connect(self.show_all)

    def _appeal(self, approval: int, number: int | None = None) -> None:
        dialog = open_appeal(self._desk, self, approval, number)
        dialog.closed.connect(self.show_all)

    def _edit(self, kind: str, each: PolicyRow | AuthorizationRow) -> Callable[[], None]:
        return partial(self.form_asked.emit, kind, each.id)

    def _row(
        self,
        first: str,
        more: Sequence[str | None],
        over: bool,  # noqa: FBT001 - whether it counts no longer
        acts: Sequence[tuple[str, Callable[[], None]]],
    ) -> QWidget:
        made = QWidget()
        across = row(made, gap=8)
        text = column()
        text.addWidget(Label(first, "medium", "text3" if over else "text", elide=True))
        detail = phrases.BETWEEN.join(part for part in more if part)
        text.addWidget(Label(detail, "small", "text2", wrap=True))
        across.addLayout(text, 1)
        for words, act in acts:
            button = Button(words, size="small")
            button.setAccessibleName(f"{words}: {first}")
            button.clicked.connect(act)
            across.addWidget(button)
        return made

    def _step(self, said_so: str, opening: Callable[[], None]) -> QWidget:
        made = QWidget()
        across = row(made, gap=8)
        across.addSpacing(12)
        across.addWidget(Label(said_so, "small", "text2", wrap=True), 1)
        button = Button(self._sheet.tr_("Open"), "link", size="small")
        button.setAccessibleName(self._sheet.tr_("Open: {what}").format(what=said_so))
        button.clicked.connect(opening)
        across.addWidget(button)
        return made

    def _close(self, number: int) -> None:
        self._do(self._sheet.tr_("Close an approval"), authorizations.close, number)

    def _end_policy(self, number: int) -> None:
        self._do(self._sheet.tr_("End a policy"), coverage.end_policy, number)

    def _do(self, label: str, work: Callable[..., None], number: int) -> None:
        def told(_nothing: None) -> None:
            self._desk.done(label)
            self.show_all()

        self._desk.do(self._sheet, Act(label), work, number).then(told).otherwise(
            self._sheet.say_failed
        )
