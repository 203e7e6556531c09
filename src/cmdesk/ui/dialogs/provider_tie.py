"""A relationship with a provider, or a payment from one, and to whom it was disclosed."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import provider_visits
from cmdesk.rules import provider_draft
from cmdesk.rules.provider_codes import TieKind
from cmdesk.rules.provider_draft import TieForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 600


class ProviderTieDialog(RecordSheet[TieForm]):
    """A new one, or one there is."""

    def __init__(self, desk: Desk, number: int, tie_id: int | None) -> None:
        tr, show = desk.words.tr, desk.words.short_day
        key = f"provider_tie:{tie_id}" if tie_id else f"provider_tie:new:{number}"
        super().__init__(desk, tr("Relationship or payment"), key, width=WIDE)
        self._number, self._tie_id = number, tie_id
        hint = tr("A family hears of it before it decides.")
        self.add(
            Section(
                "",
                [
                    [
                        form.choice("kind", tr("Kind"), options(tr, TieKind)),
                        form.line("amount", tr("Amount"), placeholder="$120"),
                    ],
                    form.line("what", tr("What it is"), hint=hint),
                    [
                        form.day("happened_on", tr("On or since"), desk.today, show),
                        form.day("ended_on", tr("Ended on"), desk.today, show),
                    ],
                    [
                        form.line("disclosed_to", tr("Disclosed to")),
                        form.day("disclosed_on", tr("Disclosed on"), desk.today, show),
                    ],
                ],
            )
        )
        self.away = Button(tr("Take away"), "danger")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if tie_id else (), self.save_button, self.save)
        self.begin(desk.ask(provider_visits.tie, tie_id) if tie_id else TieForm())

    def faults(self) -> Mapping[str, str]:
        found = provider_draft.tie_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Disclose a tie with a provider"))
        args = (self._number, self.draft, self._tie_id, self.keeper.key)
        doing = self.desk.do(self, act, provider_visits.save_tie, *args)
        self.close_after(doing, self.save_button, self.tr_("Noted"))

    def _take_away(self) -> None:
        if self._tie_id is None:
            return
        act = Act(self.tr_("Take a tie away"))
        doing = self.desk.do(self, act, provider_visits.remove_tie, self._tie_id)
        self.close_after(doing, self.away, self.tr_("Taken away"), saved=False)


def open_tie(
    desk: Desk, window: QWidget, number: int, tie_id: int | None = None
) -> ProviderTieDialog:
    """Open a tie over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, ProviderTieDialog)
    if standing is not None:
        return standing
    dialog = ProviderTieDialog(desk, number, tie_id)
    dialog.again = lambda desk, window: open_tie(desk, window, number, tie_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("what").editor))
    return dialog
