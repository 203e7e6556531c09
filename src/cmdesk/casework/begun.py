"""A letter that was begun: kept at every pause, and never further than the verdicts of the day.

What the program wrote and nobody edited follows the records; what the practitioner typed stays as
typed, but a paragraph bound to an entry is refused once that entry may be told no longer.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from cmdesk.casework import drafting
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.rules.consent import Outcome, Verdict
from cmdesk.rules.letter import Closed, Glance, Goal, Stay, Step
from cmdesk.rules.letter_template import part_for

REFUSED = "It may not be told as it stands"  # never silent, even were a verdict without words


@dataclass(frozen=True, slots=True)
class Begun:
    """`offered`: the line each entry had when it was put in; `made`: lines of the program's own.

    `since`, in UTC, is when it was laid out: some letters have to be out within hours.
    """

    letter: LetterDraft
    offered: Mapping[int, str] = field(default_factory=dict[int, str])
    made: frozenset[str] = frozenset()
    since: datetime | None = None

    def plain(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return {
            "letter": self.letter.plain(),
            "offered": {str(number): text for number, text in self.offered.items()},
            "made": sorted(self.made),
            "since": self.since.isoformat() if self.since else None,
        }


def read(kept: Mapping[str, Any]) -> Begun:
    """Return what `plain` wrote."""
    return Begun(
        letter=drafting.read(kept["letter"]),
        offered={int(number): text for number, text in kept["offered"].items()},
        made=frozenset(kept["made"]),
        since=since(kept),
    )


def since(kept: Mapping[str, Any]) -> datetime | None:
    """Return when a kept letter was laid out; none for one kept before that was noted."""
    at = kept.get("since")
    return datetime.fromisoformat(at) if at else None


def begin(
    proposal: LetterDraft, waiting: Collection[int] = (), at: datetime | None = None
) -> Begun:
    """Lay out a first letter, without the entries that wait for a choice."""
    chosen = tuple(part for part in proposal.passages if part.entry_id not in waiting)
    return Begun(
        letter=replace(proposal, passages=chosen),
        offered={part.entry_id or 0: part.text for part in chosen},
        made=program_lines(proposal),
        since=at,
    )


def program_lines(proposal: LetterDraft) -> frozenset[str]:
    """Return what the program itself wrote into a letter, to know it again later."""
    lines = [line.text for line in proposal.glance]
    for name, (key, whole) in FOLLOWING.items():
        for row in getattr(proposal, name):
            lines += [key(row), whole(row)]
    return frozenset(text for text in lines if text)


def _step(step: Step) -> str:
    return f"{step.when}\t{step.what}\t{step.who}"


def _date(step: Step) -> str:
    return f"date\t{step.what}"


def _goal(goal: Goal) -> str:
    return f"goal\t{goal.name}"


def _closed(closed: Closed) -> str:
    return f"closed\t{closed.when}\t{closed.what}"


def _stay(stay: Stay) -> str:
    return f"stay\t{stay.days}\t{stay.where}"


# The rows that follow the records: by what one is known again, and all of it.
FOLLOWING: Final[Mapping[str, tuple[Callable[[Any], str], Callable[[Any], str]]]] = {
    "goals": (_goal, lambda row: f"{_goal(row)}\t{row.done}\t{row.of}\t{row.stands}"),
    "steps": (lambda row: row.what, _step),
    "dates": (_date, lambda row: f"{_date(row)}\t{row.when}\t{row.who}"),
    "closed": (_closed, lambda row: f"{_closed(row)}\t{row.became}\t{row.note}"),
    "stays": (_stay, lambda row: f"{_stay(row)}\t{row.level}\t{row.ended}"),
}


def follow(begun: Begun, proposal: LetterDraft, verdicts: Mapping[int, Verdict]) -> Begun:
    """Let untouched lines of the program's own follow the records and the consents of today."""
    letter = begun.letter
    offered = dict(begun.offered)
    passages: list[Passage] = []
    for passage in letter.passages:
        verdict = verdicts.get(passage.entry_id or 0)
        untouched = passage.text == begun.offered.get(passage.entry_id or 0)
        if verdict and verdict.text and untouched and not refusal(passage, verdicts):
            told = replace(passage, text=verdict.text, outcome=verdict.outcome)
            passages.append(told)
            offered[passage.entry_id or 0] = verdict.text
        else:
            passages.append(passage)
    if letter.language != proposal.language:  # begun in another: its words are not mixed
        return replace(begun, letter=replace(letter, passages=tuple(passages)), offered=offered)
    return replace(
        begun,
        letter=replace(
            _headed(letter, proposal),
            passages=tuple(passages),
            glance=_glance(begun, proposal),
            **{name: _rows(begun, proposal, name) for name in FOLLOWING},
        ),
        offered=offered,
        made=program_lines(proposal),
    )


def _headed(letter: LetterDraft, proposal: LetterDraft) -> LetterDraft:
    """Let its title and headings be those of its kind as it is worded now."""
    if letter.template != proposal.template:
        return letter
    now = {part.key: part.title for part in proposal.parts}
    parts = (replace(part, title=now.get(part.key, part.title)) for part in letter.parts)
    return replace(letter, title=proposal.title, parts=tuple(parts))


def _glance(begun: Begun, proposal: LetterDraft) -> tuple[Glance, ...]:
    typed = {
        line.label: line
        for line in begun.letter.glance
        if line.text and line.text not in begun.made
    }
    labels = {line.label for line in proposal.glance}
    lost = tuple(line for label, line in typed.items() if label not in labels)
    return (*lost, *(typed.get(line.label, line) for line in proposal.glance))


def _rows(begun: Begun, proposal: LetterDraft, name: str) -> tuple[Any, ...]:
    """Keep her own rows; the program's go, or follow the records, and new ones come after."""
    key, whole = FOLLOWING[name]
    current = {key(row): row for row in getattr(proposal, name)}
    kept: list[Any] = []
    for row in getattr(begun.letter, name):
        if key(row) not in begun.made:
            kept.append(row)
        elif key(row) in current:
            kept.append(current[key(row)] if whole(row) in begun.made else row)
    return (*kept, *(row for known, row in current.items() if known not in begun.made))


def refusal(passage: Passage, verdicts: Mapping[int, Verdict]) -> str:
    """Say why a paragraph may not stay as it is; empty while it may."""
    if passage.entry_id is None:
        return ""
    verdict = verdicts.get(passage.entry_id)
    if verdict is None:
        return "The entry is not in this week any more"
    if verdict.outcome == Outcome.KEEP_BACK:
        return verdict.why or REFUSED
    if not verdict.text:
        return "Its line was taken out since"
    if passage.outcome == Outcome.SHARE and verdict.outcome != Outcome.SHARE:
        return verdict.why.removeprefix("Short version. ") or REFUSED
    return ""


def refusals(letter: LetterDraft, verdicts: Mapping[int, Verdict]) -> dict[int, str]:
    """Return the places of paragraphs that may not leave, each with its reason."""
    found = {place: refusal(part, verdicts) for place, part in enumerate(letter.passages)}
    return {place: why for place, why in found.items() if why}


def leavable(letter: LetterDraft, verdicts: Mapping[int, Verdict]) -> LetterDraft:
    """Return the letter without what may not leave."""
    held = refusals(letter, verdicts)
    parts = tuple(part for place, part in enumerate(letter.passages) if place not in held)
    return replace(letter, passages=parts)


def used(letter: LetterDraft) -> frozenset[int]:
    return frozenset(part.entry_id for part in letter.passages if part.entry_id is not None)


def fresh(begun: Begun, verdicts: Mapping[int, Verdict]) -> tuple[int, ...]:
    """Return the entries that can be told in full and came after the letter was begun."""
    return tuple(
        number
        for number, verdict in verdicts.items()
        if verdict.outcome == Outcome.SHARE
        and verdict.text
        and number not in begun.offered
        and part_for(begun.letter.parts, verdict.topics)
    )


def add(begun: Begun, entry_ids: Iterable[int], verdicts: Mapping[int, Verdict]) -> Begun:
    """Put entries into the letter as they may be told now; one already in is told anew.

    Each goes into the section that takes it; a letter without such a section stays as it is.
    """
    order = list(verdicts)
    passages = list(begun.letter.passages)
    offered = dict(begun.offered)
    for number in entry_ids:
        verdict = verdicts[number]
        key = part_for(begun.letter.parts, verdict.topics)
        if not verdict.text or not key:
            continue
        passage = Passage(verdict.text, number, verdict.outcome, key)
        place = next((n for n, part in enumerate(passages) if part.entry_id == number), None)
        if place is not None:
            passages[place] = replace(passage, part=passages[place].part)
        else:
            passages.insert(_place(passages, order, number), passage)
        offered[number] = verdict.text
    return replace(begun, letter=replace(begun.letter, passages=tuple(passages)), offered=offered)


def _place(passages: Sequence[Passage], order: Sequence[int], number: int) -> int:
    """Find where an entry belongs by its day: after the last one that came before it."""
    before = set(order[: order.index(number)])
    places = [place for place, part in enumerate(passages) if part.entry_id in before]
    return max(places) + 1 if places else 0 if any(p.entry_id for p in passages) else len(passages)


def remove(begun: Begun, entry_id: int) -> Begun:
    """Take an entry out of the letter; it is not offered as new again."""
    parts = tuple(part for part in begun.letter.passages if part.entry_id != entry_id)
    return replace(begun, letter=replace(begun.letter, passages=parts))
