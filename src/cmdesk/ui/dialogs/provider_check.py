"""What a call to a provider brought: opening, cost, insurance, what they need; who told it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import provider_facts, provider_page
from cmdesk.casework.provider_page import ProviderPage
from cmdesk.rules import provider_check
from cmdesk.rules.provider_check import CheckForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import provider_words
from cmdesk.ui.widgets.button import Button

WIDE: Final = 600


class CheckDialog(RecordSheet[CheckForm]):
    """Each field says what is on record; what stays empty was not spoken of."""

    def __init__(self, desk: Desk, number: int) -> None:
        tr = desk.words.tr
        super().__init__(desk, tr("Check again"), f"provider_check:{number}", width=WIDE)
        self._number = number
        page = desk.ask(provider_page.page, number)
        self.add(Section(page.listed.name, self._rows(page)))
        self.same = Button(tr("They say nothing has changed"), "plain")
        self.same.clicked.connect(self._on_same)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.save_button.setToolTip(tr("With nothing typed: asked, no answer yet"))
        self.foot_buttons((self.same,), self.save_button, self.save)
        last = page.facts.get("wait")
        self.begin(CheckForm(told_by=last.told_by if last else "", told_on=desk.today()))

    def _rows(self, page: ProviderPage) -> list[Bound | Sequence[Bound]]:
        tr, stands = self.tr_, self._stands(page)

        def hint(name: str) -> str:
            told = stands[name]
            return tr("On record: {words}").format(words=told) if told else tr("Not known yet")

        waits, costs = tr("no wait, 2 weeks, Mar 24"), tr("$780/day or 3.9k wk")
        day = self.desk.words.short_day
        return [
            form.line("wait", tr("Opening or wait"), placeholder=waits, hint=hint("wait")),
            form.line("cost", tr("Cost"), placeholder=costs, hint=hint("cost")),
            form.line("insurance", tr("Plans in network"), hint=hint("insurance")),
            form.line("needs", tr("Needs before an admission"), hint=hint("needs")),
            [
                form.line("told_by", tr("Told by")),
                form.day("told_on", tr("On"), self.desk.today, day),
            ],
        ]

    def _stands(self, page: ProviderPage) -> dict[str, str]:
        """Say what is on record of each field."""
        words, each, texts = self.desk.words, page.listed, page.texts
        told = page.facts.get("cost")
        cost = texts.get("fees") or provider_words.cost(words, each.cost_cents, each.cost_per)
        return {
            "wait": texts.get("wait", ""),
            "cost": told.words if told else cost,
            "insurance": ", ".join(each.plans),
            "needs": texts.get("needs", ""),
        }

    def faults(self) -> Mapping[str, str]:
        found = provider_check.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        self._record(self.draft)

    def _on_same(self) -> None:
        self._record(replace(self.draft, same=True))

    def _record(self, typed: CheckForm) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Check a provider"))
        args = (self._number, typed, self.keeper.key)
        doing = self.desk.do(self, act, provider_facts.check, *args)
        self.close_after(doing, self.save_button, self.tr_("Noted with today’s date"))


def open_check(desk: Desk, window: QWidget, number: int) -> CheckDialog:
    """Open what a call brought over the window; where one is open already, give that."""
    standing = standing_open(window, CheckDialog)
    if standing is not None:
        return standing
    dialog = CheckDialog(desk, number)
    dialog.again = lambda desk, window: open_check(desk, window, number)
    open_over(window, dialog, dialog.keeper.place(dialog.field("wait").editor))
    return dialog
