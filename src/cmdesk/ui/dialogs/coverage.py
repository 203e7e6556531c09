"""What pays for a client's care: policies, and the days an insurer has approved."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import clients, coverage
from cmdesk.casework.coverage import AuthorizationDraft, AuthorizationRow, PolicyDraft, PolicyRow
from cmdesk.rules.family_codes import (
    AuthorizationDecision,
    AuthorizationKind,
    AuthorizationUnit,
    PlanType,
)
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.coverage_forms import approval_form, body_of, draft_of, policy_form
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.form import Form
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.coverage_card import days_left, days_used, payer
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row
from cmdesk.ui.widgets.label import Label

WIDE = 760
POLICY, APPROVAL = "policy", "approval"


class CoverageDialog(Sheet):
    """Lists policies and approvals; each opens in a form, which is kept as it is typed."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        called = desk.privacy.name(desk.ask(clients.head, client_id).name.called)
        super().__init__(desk, desk.words.tr("Coverage for {name}").format(name=called), width=WIDE)
        self._client_id = client_id
        self._form: Form[PolicyDraft] | Form[AuthorizationDraft] | None = None
        self._kind, self._id = POLICY, 0  # of what is in the form; 0 is a new one
        self._untouched: dict[str, Any] | None = None
        whole = self.lay(QWidget())
        self._list = QWidget()
        cards = column(self._list, gap=12)
        self._policies, self._approvals = Card(self.tr_("Policies")), Card(self.tr_("Approvals"))
        self.add_policy = self._add_button(self._policies, self.tr_("Add policy"), POLICY)
        self.add_approval = self._add_button(self._approvals, self.tr_("Add approval"), APPROVAL)
        cards.addWidget(self._policies)
        cards.addWidget(self._approvals)
        whole.addWidget(self._list)
        self._place = column()
        whole.addLayout(self._place)
        whole.addStretch(1)
        self._make_foot()
        self.keeper = Keeper(desk, self, f"coverage:{client_id}", self._body, lambda: client_id)
        self.keeper.told.connect(self.say_trouble)
        self.closed.connect(self.keeper.keep_now)
        self.back = DraftBack(self, desk.words)
        self.back.start_over.connect(self._start_over)
        self.on_finish(self.save_form)
        self.show_lists()

    def _add_button(self, card: Card, words: str, kind: str) -> Button:
        made = Button(words, "quiet", size="small", icon=Icon.PLUS)
        made.clicked.connect(partial(self.open_form, kind, 0))
        card.head.addWidget(made)
        return made

    def _make_foot(self) -> None:
        self.cancel = Button(self.tr_("Cancel"), "plain")
        self.save = Button(self.tr_("Save"), "primary", keys="Ctrl+Return")
        self.leave = Button(self.tr_("Close"), "plain", keys="Esc")
        self.leave.clicked.connect(self.close_dialog)
        self.foot.addStretch(1)
        self.foot.addWidget(self.leave)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save)
        self.cancel.clicked.connect(self.leave_form)
        self.save.clicked.connect(self.save_form)

    def first(self) -> QWidget:
        """Give what gets the focus as it opens."""
        return self._form or self.add_policy

    # The lists.

    def show_lists(self) -> None:
        tr, ask = self.tr_, self.desk.ask
        policies = ask(coverage.policies, self._client_id)
        approvals = ask(coverage.authorizations, self._client_id)
        rows = [self._policy(each) for each in policies]
        self._policies.show_rows(rows, tr("Who pays stands here."))
        rows = [self._approval(each) for each in approvals]
        self._approvals.show_rows(rows, tr("What was asked of the insurer, and given."))
        self._turn(writing=False)
        self.again = partial(open_coverage, client_id=self._client_id)
        self.keeper.key = f"coverage:{self._client_id}"  # nothing is typed into the lists

    def _policy(self, each: PolicyRow) -> QWidget:
        tr, words, draft = self.tr_, self.desk.words, each.draft
        kind = tr(PlanType(draft.plan_type).label) if draft.plan_type else ""
        until = draft.ends_on and tr("until {day}").format(day=words.short_day(draft.ends_on))
        parts = (kind, draft.pays, until)
        end = partial(self._end_policy, each.id)
        acts = [] if each.over else [(tr("End"), end)]
        named = payer(words, draft.payer, draft.plan_type)
        return self._row(named, parts, each.over, [*acts, (tr("Edit"), self._edit(POLICY, each))])

    def _approval(self, each: AuthorizationRow) -> QWidget:
        tr, words, draft = self.tr_, self.desk.words, each.draft
        kind = tr(AuthorizationKind(draft.kind).label)
        decision = tr(AuthorizationDecision(draft.decision).label)
        review = draft.next_review_on
        parts = [
            days_used(words, each.spent) if each.spent else self._units(draft),
            days_left(words, each.spent) if each.spent and each.spent.left else "",
            tr("next review {day}").format(day=words.month_day(review)) if review else "",
            tr("closed {day}").format(day=words.short_day(each.closed_on))
            if each.closed_on
            else "",
        ]
        over = each.closed_on is not None
        close = partial(self._close, each.id)
        acts = [] if over else [(tr("Close"), close)]
        title = phrases.BETWEEN.join(filter(None, (kind, decision, each.payer)))
        return self._row(title, parts, over, [*acts, (tr("Edit"), self._edit(APPROVAL, each))])

    def _units(self, draft: AuthorizationDraft) -> str:
        words, given = self.desk.words, draft.units_authorized
        number = given if given is not None else draft.units_requested
        if number is None:
            return ""
        if draft.unit == AuthorizationUnit.SESSIONS:
            said = words.ntr("{n} session", "{n} sessions", number).format(n=number)
        else:
            said = words.ntr("{n} day", "{n} days", number).format(n=number)
        asked = words.tr("{units} asked for").format(units=said)
        return words.tr("{units} approved").format(units=said) if given is not None else asked

    def _edit(self, kind: str, each: PolicyRow | AuthorizationRow) -> Callable[[], None]:
        return partial(self.open_form, kind, each.id, body_of(each.draft))

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

    def _close(self, number: int) -> None:
        self._do(self.tr_("Close an approval"), coverage.close_authorization, number)

    def _end_policy(self, number: int) -> None:
        self._do(self.tr_("End a policy"), coverage.end_policy, number)

    def _do(self, label: str, work: Callable[..., None], number: int) -> None:
        def told(_nothing: None) -> None:
            self.desk.done(label)
            self.show_lists()

        self.desk.do(self, Act(label), work, number).then(told).otherwise(self.say_failed)

    # The form.

    def open_form(self, kind: str, number: int, body: dict[str, Any] | None = None) -> None:
        """Open the form of a policy or an approval, a new one when `number` is 0."""
        self._drop_form()
        self._kind, self._id, self._untouched = kind, number, body
        self.again = partial(open_coverage, client_id=self._client_id, form=(kind, number))
        self.keeper.key = f"coverage:{self._client_id}:{kind}:{number}"
        kept = self.keeper.kept()
        self._show_form(dict(kept.body) if kept else body or {})
        self.back.show(came=kept is not None)

    def go_on(self, kind: str, number: int) -> None:
        """Open a form that was being written; a row that is gone meanwhile leaves the lists."""
        work = coverage.policies if kind == POLICY else coverage.authorizations
        rows = {each.id: each for each in self.desk.ask(work, self._client_id)}
        if not number or number in rows:
            self.open_form(kind, number, body_of(rows[number].draft) if number else None)

    def _show_form(self, body: dict[str, Any]) -> None:
        self._drop_form()
        kind = self._kind
        if kind == POLICY:
            policy = policy_form(self.desk)
            policy.load(draft_of(body, PolicyDraft()))
            self._form = policy
        else:
            rows = self.desk.ask(coverage.policies, self._client_id)
            plans: list[tuple[object, str]] = [(each.id, each.draft.payer) for each in rows]
            approval = approval_form(self.desk, plans)
            otherwise = self.desk.ask(coverage.begin, self._client_id)
            approval.load(draft_of(body, otherwise))
            self._form = approval
        self._form.edited.connect(self.keeper.touch)
        self._place.addWidget(self._form)
        self._turn(writing=True)
        self._form.field("payer" if kind == POLICY else "policy_id").setFocus()

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def _turn(self, *, writing: bool) -> None:
        self._list.setVisible(not writing)
        self.leave.setVisible(not writing)
        for button in (self.cancel, self.save):
            button.setVisible(writing)
        if not writing:
            self._drop_form()
            self.back.show(came=False)
        self.say_trouble("")

    def _body(self) -> dict[str, Any]:
        return body_of(self._form.draft) if self._form else {}

    def _start_over(self) -> None:
        self.keeper.throw_away()
        self._show_form(self._untouched or {})
        self.back.show(came=False)

    def leave_form(self) -> None:
        """Go back to the lists; what was typed is kept until the same form is opened again."""
        self.keeper.keep_now()
        self.show_lists()
        self.add_policy.setFocus()

    def save_form(self) -> None:
        if self._form is None or not self._form.check():
            return
        self.save.setEnabled(False)
        draft, number = self._form.draft, self._id or None
        label = Act(self.tr_("Save a policy" if self._kind == POLICY else "Save an approval"))
        if isinstance(draft, PolicyDraft):
            kept = self.desk.do(self, label, coverage.save_policy, self._client_id, draft, number)
        else:
            kept = self.desk.do(
                self, label, coverage.save_authorization, self._client_id, draft, number
            )
        kept.then(self._on_saved).otherwise(self._on_failed)

    def _on_saved(self, _number: int) -> None:
        self.save.setEnabled(True)
        self.desk.done(self.tr_("Coverage saved"))
        self.keeper.throw_away()
        self.show_lists()
        self.add_approval.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        self.say_failed(error)


def open_coverage(
    desk: Desk, parent: QWidget, client_id: int, form: tuple[str, int] | None = None
) -> CoverageDialog:
    """Open over the window `parent` is in; `form` is what was being written there."""
    standing = standing_open(parent, CoverageDialog)
    if standing is not None:
        return standing
    dialog = CoverageDialog(desk, client_id)
    if form:
        dialog.go_on(*form)
    open_over(parent, dialog, dialog.keeper.place(dialog.first()))
    return dialog
