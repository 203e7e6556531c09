"""Papers asked of somebody, or by somebody: when, how long one waits, and whether they came."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import consents, records_asked, records_requests
from cmdesk.casework.placement_release import Release
from cmdesk.rules import referral_draft
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.referral_codes import AskedHow, Direction
from cmdesk.rules.referral_draft import RequestForm, often
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import service_fields as own
from cmdesk.ui.dialogs.placement_fields import amount, count
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.release_needed import ReleaseNeeded
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.services_card import when
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

WIDE: Final = 700


class RecordsRequestDialog(RecordSheet[RequestForm]):
    """A new request, or one there is."""

    def __init__(self, desk: Desk, client_id: int, request_id: int | None) -> None:
        tr = desk.words.tr
        key = f"records_request:{request_id}" if request_id else f"records_request:new:{client_id}"
        title = tr("Records request") if request_id else tr("New records request")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._request_id = client_id, request_id
        self._weighed: RequestForm | None = None  # for which a release was looked for
        self.needed = ReleaseNeeded(desk, client_id, lambda: self.draft.recipient)
        self.add(Section("", self._what()))
        self.needed.looked_again.connect(self._weigh_again)
        self.whole.addWidget(self.needed)
        self.covered = Note("", "ok")
        self.covered.hide()
        self.whole.addWidget(self.covered)
        self.chased = Label("", "small", "text2", wrap=True)
        self.whole.addWidget(self.chased)
        self.add(Section(tr("How it ended"), self._end()))
        self.add(Section(tr("Around it"), self._around()))
        self.away = Button(tr("Take it away"), "danger")
        self.away.clicked.connect(self._take_away)
        self.chase_button = Button(tr("Chase"), "plain")
        self.chase_button.clicked.connect(self.chase)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        left = (self.away, self.chase_button) if request_id else ()
        self.foot_buttons(left, self.save_button, self.save)
        ask = desk.ask
        kept = ask(records_requests.read, request_id) if request_id else None
        self._went = kept is not None and kept.went
        self.begin(kept or ask(records_requests.begun))

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        wrong = tr("A number of days, such as 10.")
        return [
            [
                form.choice("direction", tr("Which way"), options(tr, Direction)),
                form.line("what", tr("Which papers"), placeholder=tr("Discharge summary")),
            ],
            own.whom(self.desk, tr("With whom"), tr("A new name is added to your providers.")),
            [
                form.day("asked_on", tr("Asked on"), today, words.short_day),
                form.choice("asked_how", tr("How"), options(tr, AskedHow, empty="Not said")),
                count("chase_days", tr("Days to wait"), wrong, placeholder="10"),
                form.day("chased_on", tr("Last asked again"), today, words.short_day),
            ],
        ]

    def _end(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        files = own.papers(self.desk, self._client_id)
        return [
            [
                form.day("done_on", tr("Received, or sent, on"), today, words.short_day),
                form.choice("document_id", tr("The paper"), files),
            ],
            [
                form.day("refused_on", tr("Refused on"), today, words.short_day),
                form.line("reason", tr("Why")),
            ],
        ]

    def _around(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            form.choice("consent_id", tr("Consent it rests on"), self._consents()),
            [
                form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
                amount("fee_cents", tr("Fee"), placeholder="$25"),
            ],
            form.paragraph("note", tr("Notes"), lines=2),
        ]

    def _consents(self) -> own.Options:
        words, name = self.desk.words, self.desk.privacy.name
        found: own.Options = [(None, words.tr("None named"))]
        for each in self.desk.ask(consents.rows, self._client_id):
            if each.signed_on:
                named = words.listed([name(one) for one in each.recipients])
                found.append((each.id, f"{named}, {words.short_day(each.signed_on)}"))
        return found

    def faults(self) -> Mapping[str, str]:
        found = referral_draft.request_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Say at once that a consent is wanting, and how often one asked again."""
        typed, words = self.draft, self.desk.words
        ours = Direction(typed.direction) is Direction.FROM
        self.chase_button.setVisible(self._request_id is not None and ours and not typed.over)
        due = referral_draft.due_on(typed)
        said = [words.tr(often(typed.chases).capitalize())] if typed.chases else []
        if due:
            said.append(when(words, due, self.desk.today(), theirs=ours))
        self.chased.setText(" · ".join(said))
        self.chased.setVisible(bool(said))
        self._weigh(typed, ours=ours)

    def _weigh(self, typed: RequestForm, *, ours: bool) -> None:
        about = RequestForm(
            *(typed.direction, typed.recipient),
            done_on=typed.done_on,
            refused_on=typed.refused_on,
            part2=typed.part2,
        )
        if about == self._weighed:
            return
        self._weighed = about
        found = Release()
        self.needed.way = Way.FROM if ours else Way.TO
        if ours:
            found = Release(why=self.desk.ask(records_asked.wanting, self._client_id, typed))
        elif typed.recipient.strip():
            found = self.desk.ask(records_requests.release, self._client_id, typed)
        self.needed.stop(self.tr_(found.why) if found.why else "")
        may = self.tr_("May go: {topics}.").format(topics=found.covers)
        if typed.part2 != Part2.NO:
            may = f"{may} {self.tr_('Add the Part 2 notice (42 CFR 2.32).')}"
        self.covered.say(may, "ok")
        self.covered.setVisible(bool(found.covers))

    def _weigh_again(self) -> None:
        self._weighed = None
        self.follow()

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = self._act(self.tr_("Save a records request"))
        args = (self._client_id, self.draft, self._request_id, self.keeper.key)
        doing = self.desk.do(self, act, records_requests.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Request saved"))

    def _act(self, words: str) -> Act:
        """Name an act; what touches papers that went stands in the accounting, for good."""
        if self._went or self.draft.went:
            return Act(words, undoable=False, kind="disclosure")
        return Act(words)

    def chase(self) -> None:
        """Count that one asked again today, and keep what is typed with it."""
        if self._request_id is None or not self.ready(self.chase_button):
            return
        typed = replace(self.draft, chases=self.draft.chases + 1, chased_on=self.desk.today())
        act = Act(self.tr_("Ask for papers again"))
        args = (self._client_id, typed, self._request_id, self.keeper.key)
        doing = self.desk.do(self, act, records_requests.save, *args)
        self.close_after(doing, self.chase_button, self.tr_("Asked again"))

    def say_failed(self, error: BaseException) -> None:
        """Where papers may not go, lead to the consent that is wanting."""
        if not self.needed.takes(error, self):
            super().say_failed(error)

    def _take_away(self) -> None:
        if self._request_id is None:
            return
        act = self._act(self.tr_("Take a records request away"))
        doing = self.desk.do(self, act, records_requests.take_away, self._request_id)
        self.close_after(doing, self.away, self.tr_("Request taken away"), saved=False)


def open_records_request(
    desk: Desk, window: QWidget, client_id: int, request_id: int | None = None
) -> RecordsRequestDialog:
    """Open a request over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, RecordsRequestDialog)
    if standing is not None:
        return standing
    dialog = RecordsRequestDialog(desk, client_id, request_id)
    dialog.again = lambda desk, window: open_records_request(desk, window, client_id, request_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("what").editor))
    return dialog
