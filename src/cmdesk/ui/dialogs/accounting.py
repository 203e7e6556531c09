"""Hand an accounting out: to whom, of which days, how one knows them, on paper or locked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import accounting, accounting_release, rights
from cmdesk.casework.accounting_release import Wish
from cmdesk.letter_words import ENGLISH, SPANISH
from cmdesk.rules.codes import Channel
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form, handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import phrases
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from cmdesk.accounting_handover import Handed, Request
    from cmdesk.store.store import Store

WIDE: Final = 640
Choose = Callable[[QWidget, str, str, str], Path | None]


@dataclass(frozen=True, slots=True)
class AccountingForm:
    """What is chosen in the dialog; `first` of none is the beginning."""

    reader: str = ""
    first: date | None = None
    last: date | None = None
    asked_on: date | None = None
    identified: str = ""
    channel: str = Channel.PAPER
    language: str = ""
    request_id: int | None = field(default=None)
    short: bool = False


class AccountingDialog(RecordSheet[AccountingForm]):
    """Asks what it takes, then where to put the file. That it left is a row of the log itself."""

    def __init__(self, desk: Desk, client_id: int, choose: Choose = handing.choose_save) -> None:
        tr = desk.words.tr
        key = f"accounting:new:{client_id}"
        super().__init__(
            desk, tr("Accounting of disclosures"), key, width=WIDE, client_id=client_id
        )
        self._client_id, self._choose = client_id, choose
        readers = desk.ask(accounting_release.readers, client_id)
        asked = desk.ask(rights.open_accountings, client_id)
        self.add(Section("", self._whom(readers)))
        self.add(Section(tr("Which days"), self._days()))
        self.add(Section(tr("How it goes"), self._way(asked)))
        stays = tr("Handing it out is recorded, and can’t be undone.")
        self.whole.addWidget(Label(stays, "small", "text2", wrap=True))
        self.save_button = Button(tr("Save the PDF …"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        first, last = desk.ask(accounting.six_years)
        one = asked[0] if asked else None
        self.begin(
            AccountingForm(
                reader=readers[0].key,
                first=first,
                last=last,
                asked_on=one.form.received_on if one else last,
                request_id=one.id if one else None,
            )
        )

    def _day(self, name: str, label: str, hint: str = "") -> Bound:
        return form.day(name, label, self.desk.today, self.desk.words.short_day, hint=hint)

    def _whom(self, readers: Sequence[accounting_release.Reader]) -> list[Bound | Sequence[Bound]]:
        tr, privacy = self.tr_, self.desk.privacy
        told: list[tuple[object, str]] = [
            (
                each.key,
                phrases.BETWEEN.join(
                    filter(None, (privacy.name(each.name), tr(each.authority or "Client")))
                ),
            )
            for each in readers
        ]
        return [
            form.choice("reader", tr("For"), told, hint=tr("The client, or who may act for them.")),
            [
                self._day("asked_on", tr("They asked on")),
                form.line("identified", tr("How you know it is them")),
            ],
        ]

    def _days(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        hint = tr("Empty: from the beginning.")
        return [
            [self._day("first", tr("From"), hint), self._day("last", tr("Until"))],
            form.tick("short", tr("Sum up what one person was told again and again")),
        ]

    def _way(self, asked: Sequence[rights.RequestRow]) -> list[Bound | Sequence[Bound]]:
        tr, words = self.tr_, self.desk.words
        ways: list[tuple[object, str]] = [
            (Channel.PAPER.value, tr("Printed")),
            (Channel.ENCRYPTED_PDF.value, tr("Locked with their password")),
        ]
        languages: list[tuple[object, str]] = [
            ("", tr("Their own")),
            (ENGLISH, tr("English")),
            (SPANISH, tr("Spanish")),
        ]
        none: list[tuple[object, str]] = [(None, tr("No request on record"))]
        answers = none + [
            (each.id, words.short_day(each.form.received_on))
            for each in asked
            if each.form.received_on
        ]
        return [
            [
                form.choice("channel", tr("As"), ways),
                form.choice("language", tr("Language"), languages),
                form.choice("request_id", tr("Answers the request of"), answers),
            ]
        ]

    def faults(self) -> Mapping[str, str]:
        draft, tr = self.draft, self.tr_
        found: dict[str, str] = {}
        if draft.asked_on is None:
            found["asked_on"] = tr("When did they ask for it?")
        if not draft.identified.strip():
            found["identified"] = tr("How do you know it is them?")
        if draft.last is None:
            found["last"] = tr("Until which day?")
        elif draft.first and draft.first > draft.last:
            found["first"] = tr("This is after the last day.")
        return found

    def save(self) -> None:
        """Ask where to put it, and hand it out."""
        draft = self.draft
        if not self.save_button.isEnabled() or not self.check() or draft.last is None:
            return
        from cmdesk.accounting_handover import Request  # noqa: PLC0415 - paper comes with it

        tr, kinds = self.tr_, "PDF (*.pdf)"
        stem = tr("Accounting {day}").format(day=self.desk.today().isoformat())
        title = tr("Where to put the accounting")
        target = self._choose(self, title, handing.free_name(title, stem, ".pdf"), kinds)
        if target is None:
            return
        self.save_button.setEnabled(False)
        wish = Wish(
            reader=draft.reader,
            first=draft.first,
            last=draft.last,
            asked_on=draft.asked_on,
            identified=draft.identified,
            short=draft.short,
            language=draft.language,
            request_id=draft.request_id,
        )
        act = Act(tr("Hand out an accounting"), undoable=False, kind="disclosure")
        request = Request(self._client_id, wish, target, draft.channel)
        work = partial(_hand_over, act=act, request=request)
        self.desk.handle(self, work).then(self._on_saved).otherwise(self._on_failed)

    def _on_saved(self, made: "Handed") -> None:
        self.keeper.throw_away()
        self.desk.done(self.tr_("Saved to {place}").format(place=made.target))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.say_failed(error)


def _hand_over(store: "Store", *, act: Act, request: "Request") -> "Handed":
    from cmdesk import accounting_handover  # noqa: PLC0415 - paper and its library come with it

    return accounting_handover.hand_over(store, act, request)


def open_accounting(desk: Desk, window: QWidget, client_id: int) -> AccountingDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, AccountingDialog)
    if standing is not None:
        return standing
    dialog = AccountingDialog(desk, client_id)
    dialog.again = lambda desk, window: open_accounting(desk, window, client_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("identified").editor))
    return dialog
