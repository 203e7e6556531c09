"""What a treatment map says of a stay, a gap and a turn, to the eye and to the ear."""

from datetime import date

from cmdesk.rules import asam, known_day
from cmdesk.rules.care_codes import DischargeReason
from cmdesk.rules.care_event_codes import EventKind, named
from cmdesk.rules.days import short
from cmdesk.rules.known_day import Rough
from cmdesk.rules.map_layout import Item, ItemKind
from cmdesk.rules.stay import Stay
from cmdesk.rules.treatment_map import Gap, Map, Placed, Recurring, Turn
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil


class MapWords:
    """Speaks in the words, on the day and with the privacy of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._words, self._veil = desk, desk.words, Veil(desk)

    def level(self, code: str) -> str:
        """Name a level; one of the third edition in both editions' names."""
        return asam.told(code, self._words)

    def bar(self, code: str) -> str:
        """Name a level on its bar, where there is little room."""
        return self.level(code).partition(" (")[0]

    def where(self, stay: Stay) -> str:
        return self._veil.text(stay.where) if stay.where else self._words.tr("Program not known")

    def day(self, day: date) -> str:
        return short(day, self._desk.today())

    def as_known(self, day: date, known: str) -> str:
        """Write a day no more exactly than it is known."""
        return known_day.said(day, known, self.day, known_day.in_month)

    def days(self, count: int, *, at_least: bool = False) -> str:
        if at_least:
            said = self._words.ntr("at least {n} day", "at least {n} days", count)
        else:
            said = self._words.ntr("{n} day", "{n} days", count)
        return said.format(n=count)

    def when(self, stay: Stay) -> str:
        """Say from when to when, and what of that is not known."""
        tr = self._words.tr
        begun = self.as_known(stay.admitted, stay.admitted_known) if stay.admitted else ""
        left = self.as_known(stay.left, stay.left_known) if stay.left else ""
        if begun and left:
            rough = begun == left and stay.days is None
            return begun if rough else f"{begun} – {left}"
        if begun:
            state = stay.state(self._desk.today())
            said = {
                "ended": tr("from {day}, end not known"),
                "planned": tr("begins {day}"),
                "going_on": tr("since {day}"),
            }
            return said[state].format(day=begun)
        if left:
            return tr("until {day}, beginning not known").format(day=left)
        return tr("days not known")

    def long(self, stay: Stay) -> str:
        """Say how many days it was, or is by now; about how many months, where it is no more."""
        if stay.about:
            return self._about(stay.about)
        count = stay.days_by(self._desk.today())
        if count is None:
            return ""
        if stay.left is None:
            # The day of arriving is day 1, as at the head of the chart.
            return self._words.tr("day {n}").format(n=count + 1)
        return self.days(count)

    def _about(self, rough: Rough) -> str:
        ntr, count = self._words.ntr, rough.number
        if rough.years:
            said = ntr("about {n} year", "about {n} years", count)
        else:
            said = ntr("about {n} month", "about {n} months", count)
        return said.format(n=count)

    def ended(self, stay: Stay) -> str:
        if not stay.ended:
            return ""
        return self._words.tr(DischargeReason(stay.ended).label)

    def to_next(self, placed: Placed) -> str:
        """Say how long it was to the next care."""
        tr, count = self._words.tr, placed.to_next
        if count is None:
            return ""
        if count <= 1:
            return tr("next care the day after") if count else tr("next care the same day")
        days = self.days(count, at_least=placed.at_least)
        return tr("{days} to the next care").format(days=days)

    def stay(self, placed: Placed) -> str:
        """Tell a stay in one sentence."""
        stay, tr = placed.stay, self._words.tr
        before = "" if stay.ours else tr("before we began")
        ended = self.ended(stay)
        parts = (
            *(self.where(stay), self.level(stay.level), self.when(stay), self.long(stay), before),
            *(ended[:1].lower() + ended[1:], self.to_next(placed)),
        )
        return f"{', '.join(filter(None, parts))}."

    def gap(self, gap: Gap) -> str:
        said = self._words.tr("{days} without care, {first} to {last}.").format(
            days=self.days(gap.days, at_least=gap.at_least),
            first=self.as_known(gap.first, gap.first_known),
            last=self.as_known(gap.last, gap.last_known),
        )
        return said[:1].upper() + said[1:]

    def turn(self, turn: Turn) -> str:
        """Tell a turn, with what came before it."""
        tr = self._words.tr
        what = tr(EventKind(turn.kind).label)
        day = self.day(turn.day) if turn.day else tr("day not known")
        said = f"{what}, {day}"
        if turn.what:
            said = f"{said}: {self._veil.text(turn.what)}"
        said = f"{said.rstrip('.')}."
        if before := self.before(turn):
            said = f"{said} {tr('Before it: {what}').format(what=before)}"
        return said

    def before(self, turn: Turn) -> str:
        """Say what came before a turn, in the words typed, else by its factors."""
        if turn.came_before:
            return self._veil.text(turn.came_before)
        return ", ".join(self.factor(each) for each in turn.factors)

    def factor(self, factor: str) -> str:
        return self._veil.text(self._words.tr(named(factor)))

    def recurs(self, each: Recurring) -> str:
        said = self._words.tr("{factor}, {n} of {of} stays")
        return said.format(factor=self.factor(each.factor), n=each.count, of=each.of)

    def item(self, item: Item, found: Map) -> str:
        """Tell what one is on, on the strip."""
        if item.kind is ItemKind.STAY:
            return next(self.stay(one) for one in found.placed if one.stay.id == item.number)
        if item.kind is ItemKind.GAP:
            gaps = (one for one in found.gaps if one.before == item.number)
            return next(self.gap(one) for one in gaps if one.first == item.day)
        return next(self.turn(one) for one in found.turns if one.id == item.number)

    def whole(self, found: Map) -> str:
        """Tell the map in a line: how many stays, and the gaps between them."""
        count, words = len(found.placed), self._words
        stays = words.ntr("{n} stay", "{n} stays", count).format(n=count)
        gaps = found.gaps
        between = words.ntr("{n} gap", "{n} gaps", len(gaps)).format(n=len(gaps)) if gaps else ""
        most = max(gaps, key=lambda gap: gap.days, default=None)
        longest = self.days(most.days, at_least=most.at_least) if most else ""
        if len(gaps) > 1:
            longest = words.tr("the longest {days}").format(days=longest)
        return phrases.BETWEEN.join(filter(None, (stays, between, longest)))


__all__ = ["MapWords"]
