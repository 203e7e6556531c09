"""What is said of the gaps of a move, each with the one thing that closes it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.casework.transition_days import MoveDays, Option
from cmdesk.rules.periods import span
from cmdesk.rules.transition import Gap, next_prescriber, supply_ends
from cmdesk.rules.transition_codes import Lane
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.veil import Veil
from cmdesk.words import N_

FIXES: Final = {
    Lane.HOME: N_("Add backup"),
    Lane.PROGRAM: N_("Add cover"),
    Lane.THERAPIST: N_("Add visit"),
    Lane.PSYCHIATRIST: N_("Add visit"),
    Lane.MEDICINE: N_("Move visit up"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A gap in words, and its fix: what stands on the button. `option` can be booked.

    Without a `gap` it is the day of leaving that is wanting, or the way there.
    """

    gap: Gap | None
    title: str
    detail: str
    fix: str
    option: Option | None = None


class GapWords:
    """Says days and gaps in the language of the screen, with names hidden where they are."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._veil = desk, Veil(desk)

    def long(self, day: date) -> str:
        """Write `March 20`."""
        told = self._desk.words.full_day(day).partition(", ")[2]
        return told if day.year == self._desk.today().year else self._desk.words.day(day)

    def days(self, first: date, last: date) -> str:
        """Write `March 21 to 23`."""
        if first == last:
            return self.long(first)
        return span(first, last).removesuffix(f", {self._desk.today().year}")

    def near(self, day: date) -> str:
        return self._desk.words.near_day(day, self._desk.today())

    def hidden(self, text: str) -> str:
        """Give a text with the names in it as they may be shown now."""
        return self._veil.text(text)

    def gaps(self, days: MoveDays) -> list[Told]:
        """Say every gap with its one fix."""
        tr = self._desk.words.tr
        if days.leaving is None:
            title, detail = tr("No day of leaving yet"), tr("Without it no gap can be seen.")
            return [Told(None, title, detail, tr("Set the day"))]
        found = [self._gap(days, gap) for gap in days.gaps]
        if days.no_travel:
            hint = tr("How do they get there, and who goes along?")
            found.append(Told(None, tr("Travel is not booked"), hint, tr("Say how")))
        return found

    def _gap(self, days: MoveDays, gap: Gap) -> Told:
        tr = self._desk.words.tr
        say = {
            Lane.HOME: self._home,
            Lane.MEDICINE: self._medicine,
        }.get(gap.lane, self._nobody)
        title, detail, fix = say(days, gap)
        option = next((each for each in days.options if each.lane == gap.lane), None)
        if option and option.label:
            detail = " ".join(filter(None, (detail, self.hidden(option.label))))
        if option and option.called:
            fix = tr("Book {name}").format(name=self._desk.privacy.name(option.called))
        return Told(gap, title, detail, fix, option if option and option.called else None)

    def _home(self, days: MoveDays, gap: Gap) -> tuple[str, str, str]:
        tr = self._desk.words.tr
        loose = any(span.lane == Lane.HOME and not span.settled for span in days.spans)
        noted = any(option.lane == Lane.HOME for option in days.options)
        detail = "" if noted else tr("Named, but not settled yet.") if loose else ""
        if gap.open_ended:
            from_day = tr("No settled place to sleep from {day}")
            if gap.first == days.leaves_on:  # of the day they leave, the night alone is open
                from_day = tr("No settled place from the night of {day}")
            title = from_day.format(day=self.long(gap.first))
            return title, detail, tr(FIXES[Lane.HOME])
        ntr = self._desk.words.ntr
        title = ntr("{n} night with no settled place", "{n} nights with no settled place", gap.days)
        when = tr("{days}.").format(days=self.days(gap.first, gap.last))
        return title.format(n=gap.days), f"{when} {detail}".strip(), tr(FIXES[Lane.HOME])

    def _nobody(self, _days: MoveDays, gap: Gap) -> tuple[str, str, str]:
        tr, ntr = self._desk.words.tr, self._desk.words.ntr
        after = {
            Lane.PROGRAM: tr("No program from {day}"),
            Lane.THERAPIST: tr("No therapist from {day}"),
            Lane.PSYCHIATRIST: tr("No psychiatrist from {day}"),
        }
        count = {
            Lane.PROGRAM: ntr("{n} day with no program", "{n} days with no program", gap.days),
            Lane.THERAPIST: ntr(
                "{n} day with no therapist", "{n} days with no therapist", gap.days
            ),
            Lane.PSYCHIATRIST: ntr(
                "{n} day with no psychiatrist", "{n} days with no psychiatrist", gap.days
            ),
        }
        fix = tr(FIXES[gap.lane])
        if gap.open_ended:
            return after[gap.lane].format(day=self.long(gap.first)), tr("Nothing follows yet."), fix
        detail = tr("{days}.").format(days=self.days(gap.first, gap.last))
        return count[gap.lane].format(n=gap.days), detail, fix

    def _medicine(self, days: MoveDays, gap: Gap) -> tuple[str, str, str]:
        tr, ntr = self._desk.words.tr, self._desk.words.ntr
        move = days.leaving
        if gap.unknown or move is None:
            title = tr("Days of medicine are not known")
            return title, tr("Ask how many go home. Until then it is a gap."), tr("Set days")
        over, visit = supply_ends(move), next_prescriber(move)
        ended = tr("Take-home supply ends {day}.").format(day=self.long(over)) if over else ""
        if visit is None:
            title = tr("No medicine from {day}").format(day=self.long(gap.first))
            detail = f"{ended} {tr('No visit with a prescriber is booked.')}"
            return title, detail, tr("Add visit")
        whom = self._prescriber(days, visit)
        first = tr("First visit with {name} is {day}.") if whom else tr("First visit is {day}.")
        detail = f"{ended} {first.format(name=whom, day=self.long(visit))}"
        title = ntr("Medicine runs out {n} day early", "Medicine runs out {n} days early", gap.days)
        if gap.last != visit:  # some of these days are covered in another way
            title = ntr("{n} day with no medicine", "{n} days with no medicine", gap.days)
            detail = f"{tr('{days}.').format(days=self.days(gap.first, gap.last))} {detail}"
        return title.format(n=gap.days), detail, tr(FIXES[Lane.MEDICINE])

    def _prescriber(self, days: MoveDays, on: date) -> str:
        visits = (v.label for v in days.visits if v.visit_on == on)
        spans = (s.label for s in days.spans if s.lane == Lane.PSYCHIATRIST and s.since == on)
        return self.hidden(next(iter([*spans, *visits]), ""))
