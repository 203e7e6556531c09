"""What is said of a move: its lanes, gaps, handoffs, steps and days of follow-up."""

from collections.abc import Sequence
from typing import Final

from cmdesk.casework.transition_days import MoveDays, VisitRow
from cmdesk.casework.transition_plan import HandoffRow, Whole
from cmdesk.casework.transitions import StepRow
from cmdesk.rules.follow_up_clocks import CALL, Clock, ClockState
from cmdesk.rules.lane_picture import Bar, Kind
from cmdesk.rules.people import pronouns
from cmdesk.rules.transition import supply_ends
from cmdesk.rules.transition_codes import Lane, StepPart, VisitKind
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.gap_words import GapWords
from cmdesk.ui.tokens import Ink

SOON: Final = 3  # days ahead of which an open step is amber


class MoveWords(GapWords):
    """Says all of a move in the language of the screen, with names hidden where they are."""

    # The whole.

    def where(self, from_name: str, to_name: str, days: MoveDays) -> str:
        """Say from where to where, and whether that is a plan; what nobody knows is left out."""
        tr = self._desk.words.tr
        start, end = (self.hidden(each) for each in (from_name, to_name))
        if not (start and end):
            where = tr("To {end}").format(end=end) if end else start
        else:
            where = tr("{start} to {end}").format(start=start, end=end)
        if end and not days.settled:  # first: a long name is cut at its end
            return tr("Planned: {where}").format(where=where if start else end)
        return where

    def title(self, from_name: str, to_name: str, days: MoveDays) -> str:
        tr, where, day = self._desk.words.tr, self.where(from_name, to_name, days), days.leaves_on
        if day is None:
            return tr("{where}, no day yet").format(where=where)
        return tr("{where}, {day}").format(where=where, day=self.long(day))

    def lanes(self, plan: Whole) -> dict[Lane, str]:
        """Name the lanes; the first as one would say it of them."""
        tr = self._desk.words.tr
        who = pronouns(plan.pronouns, plan.called).subject
        lives = {"she": tr("Where she lives"), "he": tr("Where he lives")}
        found = {lane: tr(lane.label) for lane in Lane}
        return found | {Lane.HOME: lives.get(who, tr("Where they live"))}

    def part(self, plan: Whole, part: StepPart) -> str:
        tr = self._desk.words.tr
        if part != StepPart.BEFORE:
            return tr(part.label)
        who = pronouns(plan.pronouns, plan.called).subject
        leaves = {"she": tr("Before she leaves"), "he": tr("Before he leaves")}
        return leaves.get(who, tr(part.label))

    def pairs(self, plan: Whole) -> str:
        tr = self._desk.words.tr
        who = pronouns(plan.pronouns, plan.called).subject
        moves = {"she": tr("Each pair talks before she moves")}
        moves["he"] = tr("Each pair talks before he moves")
        return moves.get(who, tr("Each pair talks before they move"))

    def leaves(self, days: MoveDays) -> str:
        tr, day = self._desk.words.tr, days.leaves_on
        if day is None:
            return ""
        said = self._desk.words.month_day(day)
        return (
            tr("Left {day}").format(day=said) if days.left else tr("Leaves {day}").format(day=said)
        )

    # Bars.

    def label(self, days: MoveDays, bar: Bar) -> str:
        tr = self._desk.words.tr
        words = self.hidden(bar.label)
        if bar.kind == Kind.SUPPLY:
            return self._supply(days)
        return tr("{who}, not settled").format(who=words) if bar.kind == Kind.LOOSE else words

    def _supply(self, days: MoveDays) -> str:
        move = days.leaving
        over = supply_ends(move) if move else None
        if move is None or over is None:
            return ""
        count = (over - move.leaves_on).days
        ntr = self._desk.words.ntr
        return ntr("{n} day to take home", "{n} days to take home", count).format(n=count)

    def told(self, days: MoveDays, bar: Bar) -> str:
        """Say a bar with its days, as it is read out."""
        tr = self._desk.words.tr
        if bar.kind == Kind.GAP:
            if bar.since and bar.until:
                return tr("Nobody, {days}").format(days=self.days(bar.since, bar.until))
            return tr("Nobody")
        words = self.label(days, bar)
        if bar.since and bar.until:
            return f"{words}, {self.days(bar.since, bar.until)}"
        if bar.since:
            return tr("{who}, from {day}").format(who=words, day=self.long(bar.since))
        if bar.until:
            return tr("{who}, until {day}").format(who=words, day=self.long(bar.until))
        return words

    # Steps.

    def when(self, step: StepRow) -> tuple[str, str]:
        """Say whose a step is and when, with the ink it is said in."""
        today, words = self._desk.today(), self._desk.words
        if step.done_on is not None:
            return "", "text3"
        late = words.late(step.due, today) if step.due else ""
        day = "" if step.due is None or step.part == StepPart.DAY else self.near(step.due)
        hour = step.time if step.part == StepPart.DAY else ""
        parts = (self.hidden(step.owner), hour, late or day)
        soon = step.due is not None and step.part == StepPart.BEFORE
        ink = phrases.due_ink(step.due, today)
        if soon and step.due and 0 <= (step.due - today).days <= SOON:
            ink = "warn"
        return ", ".join(part for part in parts if part), ink

    # Handoffs.

    def talked(self, row: HandoffRow) -> tuple[str, Ink]:
        """Say whether the two have talked."""
        tr, day = self._desk.words.tr, self._desk.words.month_day
        if row.talked_on:
            return tr("Done {day}").format(day=day(row.talked_on)), "ok"
        one = row.sender_confirmed_on or row.receiver_confirmed_on
        if one:
            return tr("One side, {day}").format(day=day(one)), "warn"
        if row.call_on is None:
            return tr("Not set"), "warn"
        if row.call_on < self._desk.today():
            return tr("Was set for {day}").format(day=day(row.call_on)), "crit"
        return tr("Call set, {day}").format(day=day(row.call_on)), "text2"

    def records(self, row: HandoffRow) -> tuple[str, Ink]:
        tr, day = self._desk.words.tr, self._desk.words.month_day
        if row.records_received_on:
            return tr("Received {day}").format(day=day(row.records_received_on)), "ok"
        if row.records_sent_on:
            return tr("Sent {day}").format(day=day(row.records_sent_on)), "ok"
        return tr("Not yet"), "text2"

    # Afterwards.

    def visit(self, row: VisitRow) -> tuple[str, Ink]:
        """Say when a first visit is, and what became of it."""
        tr = self._desk.words.tr
        day = ", ".join(filter(None, (self.near(row.visit_on) if row.visit_on else "", row.time)))
        if row.attended is True:
            return tr("Kept, {day}").format(day=day), "ok"
        if row.attended is False:
            return tr("Missed, {day}").format(day=day), "crit"
        if row.visit_on is None:
            return tr("No day yet"), "warn"
        over = row.visit_on < self._desk.today()
        return (tr("Was it kept? {day}").format(day=day), "warn") if over else (day, "text2")

    def visit_kind(self, row: VisitRow) -> str:
        return self._desk.words.tr(VisitKind(row.kind).label)

    def clock(self, clock: Clock) -> tuple[str, str, Ink]:
        """Name a day that is watched, and say how it stands."""
        tr, day = self._desk.words.tr, self._desk.words.month_day
        called = clock.day == CALL
        name = tr("Talk by day {n}") if called else tr("Visit of care by day {n}")
        due, met = day(clock.due), day(clock.met_on) if clock.met_on else ""
        said: dict[ClockState, tuple[str, Ink]] = {
            ClockState.OPEN: (tr("By {day}").format(day=due), "text2"),
            ClockState.BOOKED: (tr("Booked {day}").format(day=met), "text2"),
            ClockState.MET: (tr("Done {day}").format(day=met), "ok"),
            ClockState.MISSED: (tr("None noted by {day}").format(day=due), "crit"),
        }
        words, ink = said[clock.state]
        return name.format(n=clock.day), words, ink

    @staticmethod
    def between(parts: Sequence[str]) -> str:
        return phrases.BETWEEN.join(parts)
