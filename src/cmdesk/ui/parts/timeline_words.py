"""What the timeline says of an entry, to the eye and to the ear."""

from dataclasses import dataclass

from cmdesk.casework.timeline import Milestone, Seen, TimelineRow
from cmdesk.rules.consent import Outcome
from cmdesk.rules.contact_codes import EntryStatus
from cmdesk.rules.goal_codes import QUARTERS, GoalStatus
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Tone
from cmdesk.words import N_, Words

LACKS = {
    "minutes": N_("minutes"), "narrative": N_("what happened"), "purposes": N_("the purpose"),
    "client": N_("the client"), "day": N_("the day"),
}  # fmt: skip
DETAILS = N_("details")
MANY = 3  # readers of the care team who are told as a number


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was promised, in the ink of its urgency."""

    text: str
    ink: str
    done: bool = False


def moved(words: Words, milestone: Milestone) -> str:
    """Say how a goal moved: `Goal set`, `Partly met · Most of the way`."""
    status, quarters = milestone.status, milestone.quarters
    told = GoalStatus(status).label if status and not milestone.begins else ""
    parts = (
        words.tr("Goal set") if milestone.begins else words.tr(told) if told else "",
        words.tr(QUARTERS[quarters]) if quarters is not None and status != GoalStatus.MET else "",
    )
    return phrases.BETWEEN.join(part for part in parts if part) or words.tr("It moved")


class TimelineWords:
    """Speaks in the words, on the day and with the privacy of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._words, self._veil = desk, desk.words, Veil(desk)
        self.broken: set[int] = set()  # entries whose signature no longer holds

    def time(self, row: TimelineRow) -> str:
        return self._words.time(row.at) if row.time_recorded else ""

    def heading(self, row: TimelineRow) -> str:
        """Name the day; with its year where that is another."""
        day, words = row.at.date(), self._words
        if day.year == self._desk.today().year:
            return words.full_day(day)
        return f"{words.full_day(day)}, {day.year}"

    def body(self, row: TimelineRow, reader: int | None) -> str:
        """Give the narrative, or what one reader would read in its place: that alone."""
        if reader is None:
            return self._veil.text(row.narrative)
        seen = row.seen[reader]
        return self._veil.text("" if seen.outcome == Outcome.KEEP_BACK else seen.text)

    def aside(self, row: TimelineRow, reader: int | None) -> str:
        """Give what a reader would never read: why nothing reaches them, perhaps in a wish's words.

        To be shown apart from what they would read.
        """
        if reader is None or row.seen[reader].outcome != Outcome.KEEP_BACK:
            return ""
        why = self._veil.text(row.seen[reader].why)
        return self._words.tr("For you only: {why}").format(why=why)

    def title(self, row: TimelineRow, reader: int | None = None) -> str:
        """Name whom the contact was with; to a reader, only what they may do with it."""
        if reader is not None:
            seen = row.seen[reader]
            if seen.outcome == Outcome.KEEP_BACK:
                return self._words.tr("Kept back")
            name = self._desk.privacy.name(seen.called)
            return self._words.tr("{name} may read").format(name=name)
        if row.milestone is not None:
            return self._veil.text(row.milestone.name)
        names = [self._desk.privacy.name(name.full) for name in row.people]
        if not names:
            return phrases.how(self._words, row.kind, row.method)
        shown = self._words.listed(names)
        return f"{shown}, {row.credentials}" if row.credentials else shown

    def meta(self, row: TimelineRow, reader: int | None = None) -> str:
        """Say how, and for how long: Call, left message · 3 min. A reader sees nothing of that."""
        words = self._words
        if reader is not None:
            short = row.seen[reader].outcome == Outcome.SHORT
            return words.tr("short version") if short else ""
        if row.milestone is not None:
            return moved(words, row.milestone)
        way = phrases.how_it_went(words, row.kind, row.method, row.outcome)
        parts = [way if row.people or way != self.title(row) else ""]
        parts.append(words.minutes(row.minutes) if row.minutes else "")
        parts.append(words.tr("added to later") if row.amended else "")
        return phrases.BETWEEN.join(part for part in parts if part)

    def chips(self, row: TimelineRow) -> list[tuple[str, Tone]]:
        made: list[tuple[str, Tone]] = []
        if row.wrong:
            made.append((self._words.tr("Wrong chart"), "warn"))
        if row.id in self.broken:
            made.append((self._words.tr("Not what was signed"), "crit"))
        if lacks := self.unsigned(row):
            made.append((lacks, "warn"))
        if row.late:
            made.append((self._words.tr("Late entry"), "neutral"))
        for code in row.topics:
            made.append((self._words.tr(Topic(code).label), "neutral"))  # noqa: PERF401 - a list of tones
        return made

    def unsigned(self, row: TimelineRow) -> str:
        """Say what an entry lacks for a signature, or that it lacks nothing; empty once signed."""
        tr = self._words.tr
        if row.status == EntryStatus.SIGNED:
            return ""
        if not row.missing:
            return tr("Not signed: ready to sign")
        lacks = dict.fromkeys(tr(LACKS.get(name, DETAILS)) for name in row.missing)
        return tr("Not signed: add {lacks}").format(lacks=self._words.listed(list(lacks)))

    def _findings(self, row: TimelineRow) -> list[str]:
        """Say what is out of the ordinary with an entry."""
        tr = self._words.tr
        found = (
            (row.wrong, tr("It stands in the wrong chart")),
            (row.id in self.broken, tr("It is not what was signed")),
            (True, self.unsigned(row)),
            (row.late, tr("Late entry")),
        )
        return [words for holds, words in found if holds and words]

    def audience(self, row: TimelineRow, family: int) -> list[tuple[str, str]]:
        """Give outcome and name of each reader; the care team, after `family` others, as one.

        A case has two parents and ten professionals: those who may read the same are counted.
        """
        made = [(seen.outcome, self.seen(seen)) for seen in row.seen[:family]]
        team = row.seen[family:]
        for outcome in dict.fromkeys(seen.outcome for seen in team):
            alike = [seen for seen in team if seen.outcome == outcome]
            if len(alike) < MANY:
                made += [(outcome, self.seen(seen)) for seen in alike]
                continue
            words = self._words.tr("{n} of the care team").format(n=len(alike))
            whole = self._words.tr("Care team") if len(alike) == len(team) else words
            short = self._words.tr("{name}, short version").format(name=whole)
            made.append((outcome, short if outcome == Outcome.SHORT else whole))
        return made

    def seen(self, seen: Seen) -> str:
        name = self._desk.privacy.name(seen.called)
        if seen.outcome == Outcome.SHORT:
            return self._words.tr("{name}, short version").format(name=name)
        return name

    def follow_up(self, row: TimelineRow) -> FollowUp | None:
        if not row.follow_up:
            return None
        words, today, due = self._words, self._desk.today(), row.follow_up_on
        promise = self._veil.text(row.follow_up)
        if row.follow_up_done:
            done = words.tr("{step}, done").format(step=promise)
            return FollowUp(done, "text3", done=True)
        if due is None:
            return FollowUp(promise, "text2")
        when = phrases.due(words, due, today)
        if due <= today:
            ink = "crit" if due < today else "accent"
            return FollowUp(f"{promise}, {when[0].lower()}{when[1:]}", ink)
        text = words.tr("{step} by {day}").format(step=promise, day=when)
        return FollowUp(text, "text2")

    def sentence(self, row: TimelineRow) -> str:
        """Say the whole entry, then who may read it."""
        tr = self._words.tr
        when = f"{self.heading(row)} {self.time(row)}".strip()
        said = [f"{self.title(row)}, {self.meta(row)}, {when}.", self.body(row, None)]
        said += [f"{finding}." for finding in self._findings(row)]
        for outcome, words in (
            (Outcome.SHARE, tr("Shared with {names}.")),
            (Outcome.SHORT, tr("Short version for {names}.")),
            (Outcome.KEEP_BACK, tr("Kept back from {names}.")),
        ):
            names = [self._desk.privacy.name(s.called) for s in row.seen if s.outcome == outcome]
            if names:
                said.append(words.format(names=self._words.listed(names)))
        follow_up = self.follow_up(row)
        said.append(tr("Follow-up: {step}.").format(step=follow_up.text) if follow_up else "")
        return " ".join(part for part in said if part)

    def sentence_for_reader(self, row: TimelineRow, reader: int) -> str:
        """Say what one reader would see of the entry."""
        seen = row.seen[reader]
        if seen.outcome == Outcome.KEEP_BACK:
            kept = self._words.tr("Kept back from {name}; for you only: {why}.")
            return kept.format(
                name=self._desk.privacy.name(seen.called), why=self._veil.text(seen.why)
            )
        return f"{self.heading(row)}. {self.body(row, reader)}"
