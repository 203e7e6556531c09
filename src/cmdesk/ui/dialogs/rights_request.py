"""What a client asked of the records: when it came in, when it is due, how it was answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import rights
from cmdesk.errors import Problem
from cmdesk.rules import rights as rules
from cmdesk.rules.rights import Decision, RequestForm, Right
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.contact_words import money_typed, read_money
from cmdesk.ui.dialogs.hold import open_hold
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.note import Note

WIDE: Final = 680
EXTENDS: Final = ("extended_on", "extension_reason")
AFTER_DENIAL: Final = ("disagreement", "rebuttal")
CHARGED: Final = (Right.ACCESS.value, Right.ACCOUNTING.value)  # 164.524(c)(4), 164.528(c)(2)
HOLDS: Final = (Right.RESTRICTION, Right.RESTRICTION_PAID)


class RequestDialog(RecordSheet[RequestForm]):
    """A new request, or one there is. Signal `agreed(int)`: the client, for what is kept back."""

    agreed = Signal(int)

    def __init__(self, desk: Desk, client_id: int, number: int | None) -> None:
        tr = desk.words.tr
        key = f"request:{number}" if number else f"request:new:{client_id}"
        title = tr("Request") if number else tr("New request")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._number = client_id, number
        self.add(Section("", self._asked()))
        self.clock = Note("")
        self.whole.addWidget(self.clock)
        self.add(Section("", self._more_time()))
        self.add(Section(tr("Your answer"), self._answer()))
        self.add(Section("", self._end()))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        begun = RequestForm(received_on=desk.today())
        self.begin(desk.ask(rights.one, number).form if number else begun)

    def _day(self, name: str, label: str) -> Bound:
        return form.day(name, label, self.desk.today, self.desk.words.short_day)

    def _asked(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        how = form.line("received_how", tr("How"), placeholder=tr("By letter"))
        return [
            form.choice("kind", tr("What they ask for"), options(tr, Right)),
            [self._day("received_on", tr("Came in on")), how],
            form.line("requester", tr("Asked by"), hint=tr("Empty: the client.")),
            form.paragraph("what", tr("In their words"), lines=2),
        ]

    def _more_time(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        reason = form.line("extension_reason", tr("Reason you wrote to them"))
        return [[self._day("extended_on", tr("30 days more, told on")), reason]]

    def _answer(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        decided = options(tr, Decision, empty=tr("Not answered yet"))
        return [
            [
                form.choice("decision", tr("Answer"), decided),
                self._day("decided_on", tr("Answered on")),
            ],
            self._fee(),
            form.paragraph("reason", tr("Reason"), lines=2),
            form.paragraph("disagreement", tr("Their statement of disagreement"), lines=2),
            form.paragraph("rebuttal", tr("Your rebuttal"), lines=2),
        ]

    def _fee(self) -> Bound:
        """Bind what the copy costs them: 45 CFR 164.524(c)(4) asks for cost and no more."""
        edit = line_edit()

        def get() -> int | None:
            try:
                return read_money(edit.text())
            except Problem:
                return None

        def show(cents: int | None) -> None:
            edit.setText(money_typed(cents))

        def fault() -> str:
            try:
                read_money(edit.text())
            except Problem as problem:
                return self.tr_(problem.message)
            return ""

        label = self.tr_("Fee in dollars")
        hint = self.tr_("Copying, postage and a summary alone; empty: none.")
        return Bound("fee_cents", label, edit, get, show, edit.textEdited, hint, fault)

    def _end(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        hint = tr("It leaves Today then.")
        closed = form.day(
            "closed_on", tr("Closed on"), self.desk.today, self.desk.words.short_day, hint=hint
        )
        return [[closed, form.line("note", tr("Note"))]]

    def faults(self) -> Mapping[str, str]:
        found = rules.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Say until when it is due, and ask only for what its kind and answer need."""
        draft = self.draft
        timed = draft.kind in rules.DAYS
        denied = draft.decision in rules.REFUSED
        for name in EXTENDS:
            self.field(name).setVisible(timed)
        self.field("fee_cents").setVisible(draft.kind in CHARGED)
        self.field("reason").setVisible(denied)
        for name in AFTER_DENIAL:
            self.field(name).setVisible(denied and draft.kind == Right.AMENDMENT.value)
        self.clock.say(self._due(draft), "warn" if self._late(draft) else "accent")

    def _due(self, draft: RequestForm) -> str:
        words, received = self.desk.words, draft.received_on
        if draft.kind == Right.RESTRICTION_PAID.value:
            return words.tr(rules.MUST_AGREE)
        last = rules.due(draft.kind, received, draft.extended_on) if received else None
        if last is None or received is None:
            return words.tr("No clock runs. Answer soon, and write down what you agreed.")
        said = words.tr("Answer by {day}.").format(day=words.day(last))
        if draft.kind == Right.ACCOUNTING.value:
            asked = (self._client_id, received, self._number)
            costs = self.desk.ask(rights.may_charge, *asked)
            free = words.tr("It is free: the first in twelve months.")
            also = words.tr("You may charge what it costs: another came within twelve months.")
            said = f"{said} {also if costs else free}"
        return said

    def _late(self, draft: RequestForm) -> bool:
        received: date | None = draft.received_on
        last = rules.due(draft.kind, received, draft.extended_on) if received else None
        return last is not None and last < self.desk.today() and not draft.decision

    def save(self) -> None:
        if not self.save_button.isEnabled() or not self.check():
            return
        self.save_button.setEnabled(False)
        draft = self.draft
        args = (self._client_id, draft, self._number, self.keeper.key)
        act = Act(self.tr_("Save a request"))

        def saved(_number: int) -> None:
            self._on_saved(draft)

        self.desk.do(self, act, rights.save, *args).then(saved).otherwise(self._on_failed)

    def _on_saved(self, draft: RequestForm) -> None:
        """Close it; what was agreed to be kept from someone is offered to be kept."""
        self.keeper.forget()
        self.desk.done(self.tr_("Request saved"))
        client, agreed = self._client_id, draft.decision == Decision.GRANTED
        new = agreed and draft.kind in HOLDS and self._saved.decision != draft.decision
        self.close_dialog()
        if new:
            self.agreed.emit(client)

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.say_failed(error)


def open_request(
    desk: Desk, window: QWidget, client_id: int, number: int | None = None
) -> RequestDialog:
    """Open a request over the window, or a new one; where one is open already, give that.

    Once it is agreed that something is not told, one is asked what is kept from whom.
    """
    standing = standing_open(window, RequestDialog)
    if standing is not None:
        return standing
    dialog = RequestDialog(desk, client_id, number)
    dialog.again = lambda desk, window: open_request(desk, window, client_id, number)

    def keep_back(client: int) -> None:
        open_hold(desk, window, client)

    dialog.agreed.connect(keep_back)
    open_over(window, dialog, dialog.keeper.place(dialog.field("kind").editor))
    return dialog
