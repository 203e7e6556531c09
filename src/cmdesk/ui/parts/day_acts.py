"""What can be done with a row of the day: its verb, done, put off, and the ways to its client."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal

from cmdesk.casework import records_requests, rhythm, tasks
from cmdesk.casework.row_log import DayRow
from cmdesk.casework.today import TodayRow
from cmdesk.rules.agenda import Group
from cmdesk.ui.dialogs.snooze import open_snooze
from cmdesk.ui.page import Page, Route
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil

TABS: Final = {  # of the chart, by kind
    "uncovered": "consents",
    "coming_of_age": "consents",
    "goal_stalled": "care_plan",
    "move": "transition",
    "move_plan": "transition",
    "move_step": "transition",
    "handoff": "transition",
    "first_visit": "transition",
    "follow_up_day": "transition",
    "placement": "placements",
}


class DayActs(Page):
    """Signals what a row wants that stands behind another door.

    With a client: `review_coverage`, `review_safety`, `review_agreement` and `edit_cadence`; with
    a consent besides: `renew`, a service `open_referral`, a request for records `open_papers`, a
    stay `open_stay`;
    with the row, as a `DayRow`, that asks for a contact: `log_row`.

    `answer(int)` names an inquiry, `open_document(int)` a file, `see_letter(int)` a letter that
    left, `open_request(int)` what a client asked of the records, `open_incident(int)` a possible
    breach of privacy. `new_client` and `bring_in` are for a practice without clients, `see_week`
    for the week in review, `new_task` for a task.
    """

    log_row = Signal(int, object)
    renew = Signal(int, int)
    review_coverage = Signal(int)
    review_safety = Signal(int)
    review_agreement = Signal(int)
    edit_cadence = Signal(int)
    open_referral = Signal(int, int)
    open_papers = Signal(int, int)
    open_stay = Signal(int, int)
    answer = Signal(int)
    open_document = Signal(int)
    see_letter = Signal(int)
    open_request = Signal(int)
    open_incident = Signal(int)
    new_client = Signal()
    bring_in = Signal()
    see_week = Signal()
    new_task = Signal()

    @property
    def chosen(self) -> TodayRow | None:
        """The row one is on."""
        raise NotImplementedError

    def act(self) -> None:
        """Do what the row's verb says."""
        each = self.chosen
        if each is not None:
            self.do_row(each)

    def do_row(self, each: TodayRow) -> None:
        """Do what the verb of a row says, wherever the row stands."""
        own_doors = {
            "inquiry": self.answer,
            "document": self.open_document,
            "rights_request": self.open_request,
            "privacy_incident": self.open_incident,
        }
        if each.kind == "task":
            self._finish(each)
        elif each.kind in own_doors:
            own_doors[each.kind].emit(each.record)
        elif each.kind in ("letter_back", "letter_unsent"):
            self.see_letter.emit(each.record)
        elif each.kind == "licence":
            self.desk.go(Route("settings"))
        elif each.client_id is not None:
            self._do_for(each, each.client_id)

    def _do_for(self, each: TodayRow, client: int) -> None:
        doors = {
            "consent": self.renew,
            "referral": self.open_referral,
            "records_wanted": self.open_papers,
            "stay_end": self.open_stay,
        }
        if each.kind in ("follow_up", "cadence", "stalled", "medication", "candidate"):
            self._log_for(each, client)
        elif each.kind in ("update", "letter_hours"):
            self.desk.go(Route("composer", client, each.letter))
        elif each.kind in doors:
            doors[each.kind].emit(client, each.record)
        elif each.kind == "records_request":
            self._ask_for_papers(each, client)
        elif each.kind in ("authorization", "policy", "insurance_review", "appeal"):
            self.review_coverage.emit(client)
        elif each.kind == "safety_review":
            self.review_safety.emit(client)
        elif each.kind == "engagement_review":
            self.review_agreement.emit(client)
        else:
            self.desk.go(Route("chart", client, TABS.get(each.kind, "")))

    def _ask_for_papers(self, each: TodayRow, client: int) -> None:
        """Count that papers were asked for again; what only waits is opened."""
        if each.group == Group.WAITING:
            self.open_papers.emit(client, each.record)
            return
        words = self.desk.words.tr("Asked again: {step}").format(step=self._told(each, each.title))
        label = self.desk.words.tr("Ask for papers again")
        self.desk.do(self, label, records_requests.chase, each.record).then(
            lambda _: self.desk.done(words)
        )

    def open_client(self) -> None:
        each = self.chosen
        if each is not None and each.client_id is not None:
            self.desk.go(Route("chart", each.client_id))

    def finish(self) -> None:
        """Tick off the step one is on."""
        each = self.chosen
        if each is None:
            return
        if each.step is None:
            self.desk.say.toast(self.desk.words.tr("This can’t be ticked off. S puts it off."))
            return
        self._finish(each)

    def _finish(self, each: TodayRow) -> None:
        if each.step is not None:
            words = self.desk.words.tr("Done: {step}").format(step=self._told(each, each.step.text))
            label = self.desk.words.tr("Finish a step")
            self.desk.do(self, label, tasks.finish, each.step).then(lambda _: self.desk.done(words))

    def put_off(self) -> None:
        """Hide the row one is on until tomorrow."""
        each = self.chosen
        if each is not None:
            told = self._told(each, each.title)
            words = self.desk.words.tr("Until tomorrow: {step}").format(step=told)
            self._snooze(each, words, self.desk.today() + timedelta(days=1))

    def put_off_until(self) -> None:
        """Ask until which day the row one is on is to be hidden."""
        each = self.chosen
        if each is None:
            return
        tr = self.desk.words.tr

        def until(day: date) -> None:
            when = self.desk.words.near_day(day, self.desk.today())
            words = tr("Until {day}: {step}").format(day=when, step=self._told(each, each.title))
            self._snooze(each, words, day)

        open_snooze(self.desk, self, until)

    def _told(self, each: TodayRow, step: str) -> str:
        """Say for whom a step is, too: two families may have the same one."""
        client = self.desk.privacy.name(each.client.full) if each.client else ""
        return phrases.BETWEEN.join(filter(None, (Veil(self.desk).text(step), client)))

    def _snooze(self, each: TodayRow, words: str, until: date) -> None:
        label = self.desk.words.tr("Put something off")
        self.desk.do(self, label, rhythm.snooze, each.kind, each.record, until).then(
            lambda _: self.desk.done(words)
        )

    def log(self) -> None:
        """Log a contact for the client of the row one is on."""
        each = self.chosen
        if each is not None and each.client_id is not None:
            self._log_for(each, each.client_id)

    def _log_for(self, each: TodayRow, client: int) -> None:
        """Log a contact as the row asks for it: with whom it is about, and for its step."""
        self.log_row.emit(client, DayRow(each.kind, each.record))

    def write(self) -> None:
        """Write the letter of the row, else the one most due for its client."""
        each = self.chosen
        if each is not None and each.client_id is not None:
            self.desk.go(Route("composer", each.client_id, each.letter))

    def change_rhythm(self) -> None:
        """Change how often those around the client of the row are to be reached."""
        each = self.chosen
        if each is not None and each.client_id is not None:
            self.edit_cadence.emit(each.client_id)
