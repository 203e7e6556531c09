"""A contact as it is typed, and what is missing before it can be signed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cmdesk.rules.contact_codes import (
    Direction,
    EntryKind,
    Method,
    Outcome,
    Part2,
    Purpose,
)
from cmdesk.rules.topics import NEVER_SHARED, OWN_FORM, Topic

LONGEST_DAY = 24 * 60  # minutes
MOST_MILES = 2000.0  # in one day, by road
MOST_CENTS = 100_000_00
CLOCK_SLACK = timedelta(minutes=15)  # a call begun at 10:25 is noted as 10:30
UNREACHED = frozenset(
    {Outcome.LEFT_VOICEMAIL, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.WRONG, Outcome.NO_REPLY,
     Outcome.UNDELIVERABLE, Outcome.NO_SHOW, Outcome.MESSAGE_WITH_THIRD_PARTY}
)  # fmt: skip
# Work that is done alone: nobody is reached or missed, and no method carries it.
ALONE = frozenset(
    {EntryKind.RECORDS_REVIEW, EntryKind.RESEARCH, EntryKind.DOCUMENTATION, EntryKind.TRAVEL,
     EntryKind.INTERNAL_NOTE}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogDraft:
    """All that the log dialog holds. `at` is local time; None = time not recorded.

    `not_reached` are those of the participants whom an otherwise made contact did not reach.
    """

    client_id: int | None = None
    day: date | None = None
    at: time | None = None
    minutes: int | None = None
    kind: str = EntryKind.CONTACT
    method: str = Method.PHONE
    direction: str = Direction.OUTBOUND
    outcome: str = Outcome.REACHED
    location: str = ""
    participants: tuple[int, ...] = ()
    purposes: tuple[str, ...] = (Purpose.MONITORING,)
    narrative: str = ""
    topics: tuple[str, ...] = ()
    part2: str = Part2.UNKNOWN
    family_line: str = ""
    short_line: str = ""
    short_topics: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()  # reader's key, mark
    follow_up: str = ""
    follow_up_on: date | None = None
    not_reached: tuple[int, ...] = ()
    miles: float | None = None
    expense_cents: int | None = None
    late_reason: str = ""


def faults(draft: LogDraft, *, now: datetime) -> dict[str, str]:
    """Map fields to what must be mended before the entry can be kept; empty when sound."""
    found: dict[str, str] = {}
    if draft.client_id is None:
        found["client"] = "Whom is this about?"
    if draft.day is None:
        found["day"] = "On which day was it?"
    elif to_come(draft.day, draft.at, now):
        found["day"] = "This is still to come. Plan or typo?"
    figures = (
        ("minutes", draft.minutes, LONGEST_DAY, "A day has 1,440 minutes."),
        ("miles", draft.miles, MOST_MILES, "That is further than a day\u2019s drive."),
        ("expense_cents", draft.expense_cents, MOST_CENTS, "Is this amount right?"),
    )
    found |= {
        name: said
        for name, figure, most, said in figures
        if figure is not None and not 0 <= figure <= most
    }
    if draft.follow_up_on and not draft.follow_up.strip():
        found["follow_up"] = "What is to be done then?"
    wrong = {Topic(code) for code in draft.short_topics} & (NEVER_SHARED | OWN_FORM)
    if wrong:
        found["short_topics"] = "A short version never carries private or protected topics."
    return found


def unfinished(draft: LogDraft, *, now: datetime) -> dict[str, str]:
    """Map fields to what is still missing for a signature; includes the faults.

    The list is domain.md 6 "required to finalise"; a follow-up left empty means none is needed.
    """
    found = faults(draft, now=now)
    if draft.minutes is None and draft.kind != EntryKind.INTERNAL_NOTE:
        found.setdefault("minutes", "How many minutes did it take?")
    if not draft.narrative.strip():
        found["narrative"] = "What happened?"
    if not draft.purposes:
        found["purposes"] = "What was it for?"
    return found


def attempted(draft: LogDraft) -> bool:
    """Tell whether nobody was reached, so that it counts as an attempt."""
    everybody = bool(draft.participants) and set(draft.participants) <= set(draft.not_reached)
    return draft.outcome in UNREACHED or everybody


def to_come(day: date, at: time | None, now: datetime) -> bool:
    """Tell whether a contact would still lie ahead; both are local times."""
    if day != now.date() or at is None:
        return day > now.date()
    soonest = now.replace(tzinfo=None) + CLOCK_SLACK
    return datetime.combine(day, at) > soonest


def is_late(occurred: datetime, entered: datetime, hours: int) -> bool:
    """Tell whether an entry is a late one: entered more than so many hours after it happened."""
    return entered - occurred > timedelta(hours=hours)
