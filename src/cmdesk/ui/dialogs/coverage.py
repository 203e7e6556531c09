"""What pays for a client's care: policies, and the days an insurer has approved."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import authorizations, clients, coverage, episodes
from cmdesk.casework.coverage import PolicyDraft
from cmdesk.rules.authorization_draft import AuthorizationDraft
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import coverage_words as said
from cmdesk.ui.dialogs.coverage_forms import (
    Option,
    approval_form,
    body_of,
    draft_of,
    policy_form,
    show_what_applies,
)
from cmdesk.ui.dialogs.coverage_list import APPROVAL, POLICY, CoverageList
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.form import Form
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column

WIDE = 760


class CoverageDialog(Sheet):
    """Lists policies and approvals; each opens in a form, which is kept as it is typed."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        called = desk.privacy.name(desk.ask(clients.head, client_id).name.called)
        super().__init__(desk, desk.words.tr("Coverage for {name}").format(name=called), width=WIDE)
        self._client_id = client_id
        self._form: Form[PolicyDraft] | Form[AuthorizationDraft] | None = None
        self._kind, self._id = POLICY, 0  # of what is in the form; 0 is a new one
        self._untouched: dict[str, Any] | None = None
        self._asked: AuthorizationDraft | None = None  # what was odd about it was told already
        self._show_applying: Callable[[], None] = self.update
        whole = self.lay(QWidget())
        self.lists = CoverageList(self, client_id)
        self.lists.form_asked.connect(self.go_on)
        self.add_policy, self.add_approval = self.lists.add_policy, self.lists.add_approval
        whole.addWidget(self.lists)
        self._place = column()
        whole.addLayout(self._place)
        whole.addStretch(1)
        self._make_foot()
        self.keeper = Keeper(desk, self, f"coverage:{client_id}", self._body, lambda: client_id)
        self.keeper.trouble.connect(self.say_trouble)
        self.closed.connect(self.keeper.keep_now)
        self.back = DraftBack(self, desk.words)
        self.back.start_over.connect(self._start_over)
        self.on_finish(self.save_form)
        self.show_lists()

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
        self.lists.show_all()
        self._turn(writing=False)
        self.again = partial(open_coverage, client_id=self._client_id)
        self.keeper.key = f"coverage:{self._client_id}"  # nothing is typed into the lists

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
        """Open a form with what is kept now; a row that is gone meanwhile leaves the lists."""
        work = coverage.policies if kind == POLICY else authorizations.rows
        rows = {each.id: each for each in self.desk.ask(work, self._client_id)}
        if not number or number in rows:
            self.open_form(kind, number, body_of(rows[number].draft) if number else None)
        else:
            self.show_lists()

    def _show_form(self, body: dict[str, Any]) -> None:
        self._drop_form()
        kind = self._kind
        if kind == POLICY:
            policy = policy_form(self.desk)
            policy.load(draft_of(body, PolicyDraft()))
            self._form = policy
        else:
            self._form = self._approval_form(body)
        self._form.edited.connect(self._on_edited)
        self._place.addWidget(self._form)
        self._turn(writing=True)
        self._form.field("payer" if kind == POLICY else "policy_id").setFocus()

    def _approval_form(self, body: dict[str, Any]) -> Form[AuthorizationDraft]:
        ask, client, number = self.desk.ask, self._client_id, self._id or None
        policies = ask(coverage.policies, client)
        plans: list[Option] = [(each.id, each.draft.payer) for each in policies]
        rows = [each for each in ask(authorizations.rows, client) if each.id != number]
        others: list[Option] = [
            (each.id, said.goes_on_from(self.desk.words, each)) for each in rows
        ]

        stays: list[Option] = [
            (each.id, said.stay_of(self.desk.words, each)) for each in ask(episodes.stays, client)
        ]

        def faults(draft: AuthorizationDraft) -> Mapping[str, str]:
            return ask(authorizations.faults, client, draft, number)

        made = approval_form(self.desk, plans, others, stays, faults)
        made.load(draft_of(body, ask(authorizations.begin, client)))
        self._show_applying = partial(show_what_applies, made, others=bool(others))
        self._show_applying()
        return made

    def _on_edited(self) -> None:
        self.keeper.touch()
        if self._kind == APPROVAL:
            self._show_applying()
        self.say_trouble("")

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def _turn(self, *, writing: bool) -> None:
        self.lists.setVisible(not writing)
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
        draft, number = self._form.draft, self._id or None
        if isinstance(draft, AuthorizationDraft) and draft != self._asked and self._odd(draft):
            self._asked = draft
            return
        self.save.setEnabled(False)
        label = Act(self.tr_("Save a policy" if self._kind == POLICY else "Save an approval"))
        if isinstance(draft, PolicyDraft):
            kept = self.desk.do(self, label, coverage.save_policy, self._client_id, draft, number)
        else:
            kept = self.desk.do(self, label, authorizations.save, self._client_id, draft, number)
        kept.then(self._on_saved).otherwise(self._on_failed)

    def _odd(self, draft: AuthorizationDraft) -> bool:
        """Say at its field what is odd about an approval; true when something is."""
        found = self.desk.ask(authorizations.asks, self._client_id, draft)
        if self._form and found:
            self._form.show_faults({name: self.tr_(why) for name, why in found.items()})
            self._form.field(next(iter(found))).setFocus()
            self.say_trouble(self.tr_("Save again if that is right."))
        return bool(found)

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


__all__ = ["APPROVAL", "POLICY", "CoverageDialog", "open_coverage"]
