"""A service outside programs: who gives it, how far it has come, what is next, what came of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import referrals
from cmdesk.rules import referral_draft
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.referral_codes import STATES, Barrier, Outcome, ServiceKind, ServicePer
from cmdesk.rules.referral_draft import ReferralForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import service_fields as own
from cmdesk.ui.dialogs.placement_fields import amount
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.release_needed import ReleaseNeeded
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.records_going import accounted, moving
from cmdesk.ui.widgets.button import Button

WIDE: Final = 700


class ReferralDialog(RecordSheet[ReferralForm]):
    """A new service, or one there is."""

    def __init__(self, desk: Desk, client_id: int, referral_id: int | None) -> None:
        tr = desk.words.tr
        key = f"referral:{referral_id}" if referral_id else f"referral:new:{client_id}"
        title = tr("Referral") if referral_id else tr("New referral")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._referral_id = client_id, referral_id
        self.needed = ReleaseNeeded(desk, client_id, lambda: self.draft.recipient)
        self.add(Section("", self._what()))
        self.needed.looked_again.connect(self.follow)
        self.whole.addWidget(self.needed)
        self.ended = self.add(Section("", self._came_of_it()))
        self.add(Section(tr("What is next"), self._next()))
        self.add(Section(tr("For the family"), self._told()))
        self.add(Section(tr("Around it"), self._around()))
        self.away = Button(tr("Take it away"), "danger")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if referral_id else (), self.save_button, self.save)
        self._kept = desk.ask(referrals.read, referral_id) if referral_id else ReferralForm()
        self._went = referral_id is not None and desk.ask(referrals.went, referral_id)
        self.begin(self._kept)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        states: list[tuple[object, str]] = [(code.value, tr(say)) for code, say in STATES.items()]
        return [
            [
                form.choice("kind", tr("Kind"), options(tr, ServiceKind)),
                form.line("what", tr("What for"), placeholder=tr("A ride to the airport")),
            ],
            own.whom(self.desk, tr("With whom"), tr("A new name is added to your providers.")),
            [
                form.choice("state", tr("How far it is"), states),
                form.day("asked_on", tr("Asked on"), today, words.short_day),
            ],
            form.choice("entry_id", tr("It came up in"), own.came_up(self.desk, self._client_id)),
        ]

    def _next(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        return [
            [
                form.line("next_step", tr("Next step"), placeholder=tr("Ask for an answer")),
                form.day("next_on", tr("On"), today, words.short_day),
            ]
        ]

    def _came_of_it(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [
                form.choice("outcome", tr("The service was"), options(tr, Outcome, empty="Open")),
                form.choice(
                    "barrier", tr("What stood in the way"), options(tr, Barrier, empty="Nothing")
                ),
            ],
            form.line("barrier_words", tr("In your words")),
        ]

    def _told(self) -> list[Bound | Sequence[Bound]]:
        hint = self.tr_("Nothing else of a referral leaves this vault.")
        return [
            form.line("family_line", self.tr_("In plain words"), hint=hint),
            own.topics(self.tr_),
        ]

    def _around(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [
                amount("cost_cents", tr("Cost"), placeholder="$950"),
                form.choice("cost_per", tr("For"), options(tr, ServicePer, empty="Not said")),
                form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
            ],
            form.paragraph("note", tr("Notes"), lines=2),
        ]

    def faults(self) -> Mapping[str, str]:
        found = referral_draft.referral_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Ask what came of it once it is over."""
        typed = self.draft
        self.ended.setVisible(typed.over or bool(typed.outcome or typed.barrier))
        self.needed.stop("")

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        words, kept = self.tr_("Save a referral"), self._kept
        elsewhere = self._went and self.draft.recipient != kept.recipient
        act = accounted(words) if elsewhere else moving(words, self.draft.state, kept.state)
        args = (self._client_id, self.draft, self._referral_id, self.keeper.key)
        doing = self.desk.do(self, act, referrals.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Referral saved"))

    def say_failed(self, error: BaseException) -> None:
        """Where records may not go, lead to the consent that is wanting."""
        if not self.needed.takes(error, self):
            super().say_failed(error)

    def _take_away(self) -> None:
        if self._referral_id is None:
            return
        words = self.tr_("Take a referral away")
        act = accounted(words) if self._went else Act(words)
        doing = self.desk.do(self, act, referrals.take_away, self._referral_id)
        self.close_after(doing, self.away, self.tr_("Referral taken away"), saved=False)


def open_referral(
    desk: Desk, window: QWidget, client_id: int, referral_id: int | None = None
) -> ReferralDialog:
    """Open a service over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, ReferralDialog)
    if standing is not None:
        return standing
    dialog = ReferralDialog(desk, client_id, referral_id)
    dialog.again = lambda desk, window: open_referral(desk, window, client_id, referral_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("what").editor))
    return dialog
