"""The parts of a letter, as plain text that has passed consent or was typed by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from cmdesk.rules.chart import Chart


class Paper(StrEnum):
    LETTER = "letter"
    A4 = "a4"


class PartKind(StrEnum):
    """What a section of a letter is made of."""

    GLANCE = "glance"  # the box of four lines
    LINES = "lines"  # released lines of the log, and paragraphs of one's own
    TEXT = "text"  # words typed by hand under a heading
    GOALS = "goals"
    CHART = "chart"  # measures over the band of the levels of care
    STEPS = "steps"  # what is next, and who does what
    DATES = "dates"  # level of care, authorizations, appointments
    CLOSED = "closed"  # what became of the last letter's promises
    CLOCK = "clock"  # what happened when, in a crisis, and who was called
    HISTORY = "history"  # stays, one after another
    MAP = "map"  # all stays on a strip, and what comes up again
    CALLS = "calls"


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a letter, as its template orders them.

    `topics` names the entries that go into it; a part of lines without topics takes all others.
    """

    kind: PartKind
    key: str  # unique in the letter; what is typed is kept under it
    title: str = ""
    prompt: str = ""  # shown while the section is empty, never printed
    words: str = ""  # standing words it begins with
    topics: tuple[str, ...] = ()


# The letter of the design, in its order.
WEEKLY: Final = (
    Part(PartKind.GLANCE, "glance"),
    Part(PartKind.LINES, "happened", "What happened"),
    Part(PartKind.GOALS, "goals", "Progress on {name}\u2019s goals"),
    Part(PartKind.STEPS, "steps", "What is next, and who does what"),
    Part(PartKind.CLOSED, "closed", "From last week\u2019s letter"),
    Part(PartKind.TEXT, "help", "How you can help this week", "One ask, with a day"),
    Part(PartKind.CALLS, "calls", "Who to call"),
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    practice: str
    practitioner: str
    credentials: str = ""
    tagline: str = "Independent case management"
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """One line of the summary box: `strong` marks what the reader must do."""

    label: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, how many of its steps are done, and where it stands in plain words."""

    name: str
    done: int
    of: int
    stands: str


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next. `lead` is printed bold before `what`; `asked` marks the reader's part."""

    when: str
    what: str
    who: str
    lead: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of a promise of the last letter: `became` is one word, "Done"; `note` why."""

    when: str
    what: str
    became: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in a history: the days in words, where, the level of care, how it ended."""

    days: str
    where: str
    level: str
    ended: str = ""


@dataclass(frozen=True, slots=True)
class CareMap:
    """All stays as a chart without measures, and lines on what recurs, in the letter's words."""

    chart: Chart
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a crisis clock: the time in words, what happened, who did it."""

    at: str
    what: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    who: str
    number: str
    words: str = ""  # printed instead of the bare number, such as "Call or text 988"


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter. Empty parts are left out, heading and all.

    `prose` holds the paragraphs of parts of lines and of text, by key.
    """

    letterhead: Letterhead
    recipient: str
    about: str
    about_initial: str  # "Maya B.", for the footer
    period_label: str  # "Week" or "Period"
    period: str
    sent: date
    replaces: date | None = field(default=None, kw_only=True)  # when the one it corrects was sent
    headline: str = ""
    greeting: str = ""
    opening: tuple[str, ...] = ()
    parts: tuple[Part, ...] = WEEKLY
    prose: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    glance: tuple[Glance, ...] = ()
    goals: tuple[Goal, ...] = ()
    steps: tuple[Step, ...] = ()
    dates: tuple[Step, ...] = ()
    closed: tuple[Closed, ...] = ()
    clock: tuple[Moment, ...] = ()
    stays: tuple[Stay, ...] = ()
    charts: tuple[Chart, ...] = ()
    care: CareMap | None = None
    calls: tuple[Call, ...] = ()
    danger: str = ""
    close: tuple[str, ...] = ()
    farewell: str = "Warmly,"
    scope: str = ""  # what the consent covers, in words
    private: str = ""  # "Do not forward, copy ..."
    notice: str = ""  # 42 CFR 2.32, verbatim; its own paragraph when long
    notice_meaning: str = ""  # the same explained, for a reader of another language
    title: str = "Family update"
    paper: Paper = Paper.LETTER
    language: str = "en-US"
    made_at: datetime | None = field(default=None)  # UTC; dates the file


__all__ = [
    "WEEKLY",
    "Call",
    "CareMap",
    "Closed",
    "Glance",
    "Goal",
    "Letter",
    "Letterhead",
    "Moment",
    "Paper",
    "Part",
    "PartKind",
    "Stay",
    "Step",
]
