"""The parts of a family update, as plain text that has passed consent or was typed by hand."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Paper(StrEnum):
    LETTER = "letter"
    A4 = "a4"


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
class Call:
    who: str
    number: str
    words: str = ""  # printed instead of the bare number, such as "Call or text 988"


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter. Empty parts are left out, heading and all."""

    letterhead: Letterhead
    recipient: str
    about: str
    about_initial: str  # "Maya B.", for the footer
    period_label: str  # "Week" or "Period"
    period: str
    sent: date
    headline: str = ""
    greeting: str = ""
    opening: tuple[str, ...] = ()
    glance: tuple[Glance, ...] = ()
    happened: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    steps: tuple[Step, ...] = ()
    help: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    danger: str = ""
    close: tuple[str, ...] = ()
    farewell: str = "Warmly,"
    scope: str = ""  # what the consent covers, in words
    private: str = ""  # "Do not forward, copy ..."
    notice: str = ""  # 42 CFR 2.32, verbatim; its own paragraph when long
    title: str = "Family update"
    paper: Paper = Paper.LETTER
    language: str = "en-US"
    made_at: datetime | None = field(default=None)  # UTC; dates the file


__all__ = ["Call", "Glance", "Goal", "Letter", "Letterhead", "Paper", "Step"]
