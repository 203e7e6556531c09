"""The treatment map as one reader of a letter may see it: each stay and factor by its own verdict.

Domain.md 0.6: where somebody was cared for is attendance and treatment, with the mark of the stay.
A factor is judged with it, by what it is about besides. One in a person's own words has no topic,
so the program puts it into no letter. What may not be told is not counted either.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, treatment_map
from cmdesk.casework.fact import NAMED, Fact, judged
from cmdesk.casework.occasion import Case
from cmdesk.casework.treatment_map import Record
from cmdesk.models.care import CareEvent
from cmdesk.rules import asam, map_layout
from cmdesk.rules import treatment_map as rules
from cmdesk.rules.care_event_codes import EVENT_TOPICS, FACTOR_TOPICS, EventKind, Factor, named
from cmdesk.rules.letter import CareMap, PartKind
from cmdesk.rules.stay import Stay
from cmdesk.rules.topics import Topic
from cmdesk.rules.treatment_map import Gap, Map, Turn

MOST: Final = 5  # factors
LONGEST: Final = 3  # times without care: two pages hold the whole
Bare = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class SeenMap:
    """What one reader may see, and what it rests on."""

    care: CareMap | None = None
    facts: tuple[Fact, ...] = ()


def seen(
    session: Session, about: Case, bare: Bare = bool, kept: Collection[str] | None = None
) -> SeenMap:
    """Judge each stay, its level and its factors; draw and count what this reader may see.

    `bare` says of words that the leak check finds nothing in them; `kept` are the stays the letter
    tells of, as `stay 7`, where it has a table of them.
    """
    records = [
        each for each in treatment_map.records(session, about.client_id) if _begun(each, about)
    ]
    facts = dict[str, Fact]()
    told = list[Record]()
    for each in records:
        fact = _stay(about, each)
        wanted = kept is None or fact.about in kept
        if wanted and fact.allowed and fact.text and bare(fact.text):
            facts[fact.about] = fact
            told.append(each)
    tellable = _Tellable(about, bare)
    marks = {each.stay.id: each.part2 for each in told}
    stays = [
        replace(_by(each.stay, about), where=_where(about, each), factors=tellable.of_stay(each))
        for each in told
    ]
    turns = list(tellable.of_turns(_turns(session, about.client_id), marks))
    found = rules.make(stays, turns, about.on)
    band = map_layout.band(found, about.on, lambda code: _level(code, about))
    if band is None:
        return SeenMap()
    lines = [*_recurring(found, about), *_gaps(found, about, whole=len(told) == len(records))]
    chart = replace(band.chart, last=max(about.on, band.chart.first))
    used = [
        tellable.facts[each.factor] for each in found.recurring if each.factor in tellable.facts
    ]
    return SeenMap(CareMap(chart, tuple(lines)), (*facts.values(), *used))


def _begun(each: Record, about: Case) -> bool:
    """Whether a stay lies on the days a letter may tell of: it began, or ended, by now."""
    first = each.stay.admitted or each.stay.left
    return first is not None and first <= about.on


def _by(stay: Stay, about: Case) -> Stay:
    """Tell a stay as it stands today: a day of leaving that is to come is not told."""
    left = None if stay.left and stay.left > about.on else stay.left
    return replace(stay, left=left, planned=None)


def _level(code: str, about: Case) -> str:
    return asam.told(code, about.words).partition(" (")[0]


def _coded(each: Record) -> list[str]:
    codes = [each.stay.level, *(level.code for level in each.stay.levels)]
    return [code for code in dict.fromkeys(codes) if code]


def _where(about: Case, each: Record) -> str:
    """Name the days without a level by what was judged: nothing, where that was other levels."""
    if _coded(each):
        return about.words.tr("Not known")
    return each.house or (about.words.tr("A single practitioner") if each.stay.where else "")


def _stay(about: Case, each: Record) -> Fact:
    """Judge a stay by its levels; one without any by its house, never by who saw them alone."""
    text = ", ".join(_level(code, about) for code in _coded(each)) or _where(about, each)
    what = f"stay {each.stay.id}"
    return Fact(what, text, judged(about, NAMED, each.part2, text), PartKind.MAP)


def _turns(session: Session, client_id: int) -> list[tuple[Turn, str]]:
    """Return the turns with their marks of Part 2."""
    own = merged.own_ids(session, client_id)
    query = select(CareEvent.id, CareEvent.part2).where(CareEvent.client_id.in_(own))
    marks = dict(session.execute(query).all())
    return [(turn, marks[turn.id]) for turn in treatment_map.turns(session, client_id)]


class _Tellable:
    """Finds which factors may be told; `facts` are those that may, by the factor."""

    def __init__(self, about: Case, bare: Bare) -> None:
        self._about, self._bare = about, bare
        self.facts: dict[str, Fact] = {}

    def of_stay(self, each: Record) -> tuple[str, ...]:
        nothing, mark = frozenset[Topic](), [each.part2]
        return tuple(factor for factor in each.stay.factors if self._may(factor, nothing, mark))

    def of_turns(self, turns: Iterable[tuple[Turn, str]], marks: dict[int, str]) -> Iterator[Turn]:
        """Give the turns of stays that may be told, with the factors that may.

        One without any is not given: its day alone would lengthen the strip, and so be told.
        """
        for turn, part2 in turns:
            if turn.stay is None or turn.stay not in marks:
                continue
            topic = EVENT_TOPICS.get(EventKind(turn.kind))
            about = frozenset({topic} if topic else ())
            both = [part2, marks[turn.stay]]
            kept = tuple(each for each in turn.factors if self._may(each, about, both))
            if kept:
                yield Turn(turn.id, turn.kind, turn.day, factors=kept, stay=turn.stay)

    def _may(self, factor: str, topics: frozenset[Topic], marks: Sequence[str]) -> bool:
        if factor not in set(Factor):
            return False
        own = FACTOR_TOPICS.get(Factor(factor))
        whole = NAMED | topics | frozenset({own} if own else ())
        text = self._about.words.tr(named(factor))
        made = [
            Fact(f"factor {factor}", text, judged(self._about, whole, mark, text), PartKind.MAP)
            for mark in marks
        ]
        may = all(fact.allowed and fact.text for fact in made) and self._bare(text)
        if may:  # of several the one under Part 2 brings its notice
            best = max(made, key=lambda fact: fact.verdict.part2)
            before = self.facts.get(factor)
            if before is None or best.verdict.part2:
                self.facts[factor] = best
        return may


def _recurring(found: Map, about: Case) -> list[str]:
    """Tell in one line in how many stays each came up, of those of which anything is noted."""
    tr = about.words.tr
    said = tr("{factor} ({n} of {of} stays)")
    again = [
        said.format(factor=tr(named(each.factor)), n=each.count, of=each.of)
        for each in found.recurring[:MOST]
    ]
    return [f"{tr('What comes up again')}: {'; '.join(again)}."] if again else []


def _gaps(found: Map, about: Case, *, whole: bool) -> list[str]:
    """Tell the longest times without care; none where a stay is kept back, which may fill them."""
    if not whole:
        return []
    longest = sorted(found.gaps, key=lambda gap: -gap.days)[:LONGEST]
    told = [_gap(gap, about) for gap in sorted(longest, key=lambda gap: gap.first)]
    if len(found.gaps) <= LONGEST:
        return told
    head = about.words.tr("The longest of {n} times without care:")
    return [head.format(n=len(found.gaps)), *told]


def _gap(gap: Gap, about: Case) -> str:
    words = about.words
    first, last = (
        words.as_known(gap.first, gap.first_known),
        words.as_known(gap.last, gap.last_known),
    )
    said = words.tr("{days} days without care between {first} and {last}.")
    if gap.at_least:
        said = words.tr("At least {days} days without care between {first} and {last}.")
    return said.format(days=gap.days, first=first, last=last)


__all__ = ["SeenMap", "seen"]
