"""The verdict: may one person read one entry on one day (domain.md 0.4, number for number).

Two readings where the text leaves room, both the narrower one. Rule 3 asks for an ordinary consent
of every entry, also of one whose only topic has a form of its own and is covered by it. And rule 6
keeps back an entry without a topic although its short version might have some.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cmdesk.rules.codes import Mark
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.standing import OWN_FORM_KIND, Recipient, Restriction, Standing, standing
from cmdesk.rules.topics import NEVER_SHARED, OWN_FORM, Topic
from cmdesk.rules.validity import Consent, Event, Subject, fault, last_day, signing_order

NOT_IN_SHORT: Final = NEVER_SHARED | OWN_FORM
NOTHING: Final = frozenset[Topic]()


class Outcome(StrEnum):
    SHARE = "share"
    SHORT = "short"
    KEEP_BACK = "keep_back"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the verdict needs of an entry; `corrected` = a correction is newer than its lines."""

    ref: str
    status: EntryStatus
    topics: frozenset[Topic]
    part2: Part2 = Part2.UNKNOWN
    family_line: str | None = None
    short_line: str | None = None
    short_topics: frozenset[Topic] = NOTHING
    marks: Mapping[str, Mark] = field(default_factory=dict[str, Mark])
    wrong_chart: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `topics` are those of the text given, `consents` all that it relies on."""

    entry: str
    outcome: Outcome
    rule: int
    text: str | None
    consent: str | None
    why: str
    topics: frozenset[Topic] = NOTHING
    missing: frozenset[Topic] = NOTHING
    consents: tuple[str, ...] = ()
    part2: bool = True


def verdict(entry: Entry, standing: Standing) -> Verdict:
    """Decide about one entry; the first rule that matches answers."""
    refusal = _about_entry(entry, standing) or _about_recipient(entry, standing)
    if refusal:
        return _kept(entry, *refusal)
    counting = standing.ordinary if entry.part2 == Part2.NO else standing.part2
    rest = entry.topics - OWN_FORM
    whole = _covering(counting, rest) if entry.topics else None
    mark = entry.marks.get(standing.recipient.ref)
    if whole is None:
        return _in_part(entry, standing, counting, rest, mark)
    if mark == Mark.KEEP_BACK:
        return _kept(entry, 7, "Your choice: kept back")
    if mark == Mark.SHORT:
        return _shortened(entry, counting, 7, "Your choice: short version") or _kept(
            entry, 7, "Your choice: short version, but none is covered"
        )
    own = [standing.own_form[topic] for topic in OWN_FORM_KIND if topic in entry.topics]
    # Where only a form of its own covers anything, that form is the consent to name.
    named = whole if rest else max(own, key=signing_order)
    return Verdict(
        entry=entry.ref,
        outcome=Outcome.SHARE,
        rule=8,
        text=_written(entry.family_line),
        consent=named.ref,
        why=f"Covered: {listed(entry.topics)}",
        topics=entry.topics,
        consents=(whole.ref, *(consent.ref for consent in own)),
        part2=entry.part2 != Part2.NO,
    )


@lru_cache(maxsize=4096)
def listed(topics: frozenset[Topic]) -> str:
    """Name topics in the order of the closed list: `progress, substance use`."""
    return ", ".join(topic.in_words for topic in Topic if topic in topics)


def _about_entry(entry: Entry, standing: Standing) -> tuple[int, str] | None:
    """Rules 0 to 2: what the entry is."""
    unfinished = _unfinished(entry)
    if unfinished:
        return 0, unfinished
    if Topic.OTHER_PERSON in entry.topics:
        return 1, "About someone else"
    if Topic.PRIVATE in entry.topics:
        return 2, "Your own notes"
    if entry.topics & standing.unreachable:
        return 2, f"Needs a form of its own: {listed(entry.topics & standing.unreachable)}"
    return None


def _unfinished(entry: Entry) -> str | None:
    if entry.status != EntryStatus.SIGNED:
        return "Not signed yet"
    if entry.wrong_chart:
        return "Entered in the wrong chart"
    return "Corrected since its lines were written" if entry.corrected else None


def _about_recipient(entry: Entry, standing: Standing) -> tuple[int, str] | None:
    """Rules 3 to 5: whether anything of the kind may reach this person today."""
    if standing.no_consent:
        return 3, standing.no_consent
    for restriction in standing.restrictions:
        if _holds(restriction, entry):
            return 4, restriction.reason.strip() or (
                f"{standing.subject.called} asked to keep this from {standing.recipient.called}"
            )
    if entry.part2 != Part2.NO and not standing.part2:
        return 5, f"No Part 2 consent names {standing.recipient.called}"
    return None


def _in_part(
    entry: Entry,
    standing: Standing,
    counting: tuple[Consent, ...],
    rest: frozenset[Topic],
    mark: Mark | None,
) -> Verdict:
    """Rule 6: no single consent covers it all."""
    if not entry.topics:
        return _kept(entry, 6, "No topic yet")
    missing = min((rest - consent.topics for consent in counting), key=len)
    words = f"Not in {standing.recipient.called}'s consent: {listed(missing)}"
    short = _shortened(entry, counting, 6, f"Short version. {words}", missing)
    if short and mark == Mark.KEEP_BACK:
        return _kept(entry, 7, "Your choice: kept back", missing)
    return short or _kept(entry, 6, words, missing)


def _shortened(
    entry: Entry,
    counting: tuple[Consent, ...],
    rule: int,
    why: str,
    missing: frozenset[Topic] = NOTHING,
) -> Verdict | None:
    """Give the short version, if there is one and one consent covers all its own topics."""
    text = _written(entry.short_line)
    if text is None or not entry.short_topics or entry.short_topics & NOT_IN_SHORT:
        return None
    consent = _covering(counting, entry.short_topics)
    if consent is None:
        return None
    return Verdict(
        entry=entry.ref,
        outcome=Outcome.SHORT,
        rule=rule,
        text=text,
        consent=consent.ref,
        why=why,
        topics=entry.short_topics,
        missing=missing,
        consents=(consent.ref,),
        part2=entry.part2 != Part2.NO,
    )


def _kept(entry: Entry, rule: int, why: str, missing: frozenset[Topic] = NOTHING) -> Verdict:
    return Verdict(
        entry=entry.ref,
        outcome=Outcome.KEEP_BACK,
        rule=rule,
        text=None,
        consent=None,
        why=why,
        missing=missing,
        part2=entry.part2 != Part2.NO,
    )


def _covering(consents: tuple[Consent, ...], topics: frozenset[Topic]) -> Consent | None:
    """Find one consent that covers all topics; of several, the one signed last."""
    for consent in consents:
        if topics <= consent.topics:
            return consent
    return None


def _holds(restriction: Restriction, entry: Entry) -> bool:
    return (
        not (restriction.topics or restriction.entries)
        or entry.ref in restriction.entries
        or not restriction.topics.isdisjoint(entry.topics)
        or not restriction.topics.isdisjoint(entry.short_topics)
    )


def _written(line: str | None) -> str | None:
    """Give a line as typed, but none for a line of blanks."""
    return line if line and line.strip() else None


__all__ = [
    "Consent",
    "Entry",
    "Event",
    "Outcome",
    "Recipient",
    "Restriction",
    "Standing",
    "Subject",
    "Verdict",
    "fault",
    "last_day",
    "listed",
    "standing",
    "verdict",
]
