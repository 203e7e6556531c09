"""Words and figures of a typed line: the method, the outcome, minutes, miles, money, topics."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from cmdesk.rules.contact_codes import Direction, EntryKind, Method, Outcome
from cmdesk.rules.logline_parts import Found, Part
from cmdesk.rules.topics import Topic

DAY_MINUTES: Final = 24 * 60
_LONG_MINUTES: Final = 240  # typed in minutes, this much is a slip of a digit more often than not
_LONG_HOURS: Final = 12

METHODS: Final[Mapping[str, Method]] = {
    **dict.fromkeys(("call", "called", "calls", "phone", "phoned", "tel"), Method.PHONE),
    **dict.fromkeys(("text", "texted", "txt", "sms"), Method.TEXT),
    **dict.fromkeys(("email", "emailed", "e-mail", "mail", "emails"), Method.E_MAIL),
    **dict.fromkeys(("visit", "visited", "in person", "in-person"), Method.IN_PERSON),
    **dict.fromkeys(("video", "zoom", "facetime", "telehealth"), Method.VIDEO),
    **dict.fromkeys(("letter", "fax", "faxed"), Method.LETTER),
    **dict.fromkeys(("portal",), Method.PORTAL),
}
KINDS: Final[Mapping[str, EntryKind]] = {
    **dict.fromkeys(("meeting", "met", "conference"), EntryKind.MEETING),
    **dict.fromkeys(("note", "memo"), EntryKind.INTERNAL_NOTE),
    **dict.fromkeys(("travel", "drove", "driving"), EntryKind.TRAVEL),
    **dict.fromkeys(("review", "records review", "reviewed"), EntryKind.RECORDS_REVIEW),
    **dict.fromkeys(("research", "placement search"), EntryKind.RESEARCH),
    **dict.fromkeys(("documentation", "paperwork", "docs"), EntryKind.DOCUMENTATION),
    **dict.fromkeys(("crisis",), EntryKind.CRISIS_RESPONSE),
    **dict.fromkeys(("court",), EntryKind.COURT),
    **dict.fromkeys(("consult", "consultation", "supervision"), EntryKind.CONSULTATION),
}
OUTCOMES: Final[Mapping[str, Outcome]] = {
    **dict.fromkeys(("vm", "voicemail", "left vm", "left voicemail"), Outcome.LEFT_VOICEMAIL),
    **dict.fromkeys(("na", "n/a", "no answer"), Outcome.NO_ANSWER),
    **dict.fromkeys(("busy",), Outcome.BUSY),
    **dict.fromkeys(("wrong number", "disconnected"), Outcome.WRONG),
    **dict.fromkeys(("no reply",), Outcome.NO_REPLY),
    **dict.fromkeys(("no-show", "noshow", "no show"), Outcome.NO_SHOW),
}
DIRECTIONS: Final[Mapping[str, Direction]] = {
    **dict.fromkeys(("in", "incoming", "inbound"), Direction.INBOUND),
    **dict.fromkeys(("out", "outgoing", "outbound"), Direction.OUTBOUND),
}
# Ordinary words: they count between other chips or at an end, never inside a sentence.
SOFT: Final = frozenset(
    {"in", "out", "busy", "crisis", "court", "review", "reviewed", "research", "travel", "met",
     "drove", "driving", "consult", "docs", "conference", "disconnected", "portal", "mail"}
)  # fmt: skip
_SAID: Final = {
    Method.PHONE: "Call", Method.IN_PERSON: "Visit", Method.LETTER: "Letter or fax",
    EntryKind.MEETING: "Meeting", EntryKind.INTERNAL_NOTE: "Note",
    EntryKind.RESEARCH: "Research", EntryKind.COURT: "Court",
    EntryKind.CONSULTATION: "Consultation",
    Outcome.WRONG: "Wrong number", Direction.INBOUND: "Incoming", Direction.OUTBOUND: "Outgoing",
}  # fmt: skip
_CODED: Final = (
    (Part.METHOD, METHODS),
    (Part.KIND, KINDS),
    (Part.OUTCOME, OUTCOMES),
    (Part.DIRECTION, DIRECTIONS),
)

# What people call a topic besides its label.
_ALSO: Final[Mapping[str, Topic]] = {
    "meds": Topic.MEDICATION, "rx": Topic.MEDICATION, "sud": Topic.SUBSTANCE_USE,
    "alcohol": Topic.SUBSTANCE_USE, "drugs": Topic.SUBSTANCE_USE, "risk": Topic.SAFETY,
    "crisis": Topic.SAFETY, "money": Topic.FINANCIAL, "billing": Topic.FINANCIAL,
    "medical": Topic.HEALTH, "plans": Topic.ATTENDANCE, "dates": Topic.ATTENDANCE,
    "travel": Topic.ATTENDANCE, "job": Topic.EDUCATION_WORK, "home": Topic.HOUSING,
    "discharge": Topic.TREATMENT, "aftercare": Topic.TREATMENT, "court": Topic.LEGAL,
    "mood": Topic.PROGRESS, "sleep": Topic.PROGRESS, "goals": Topic.PROGRESS,
    "own": Topic.PRIVATE, "dx": Topic.DIAGNOSIS, "therapy": Topic.THERAPY_CONTENT,
}  # fmt: skip
_NO_SIGNS: Final = re.compile(r"[^a-z0-9]+")

_MINUTES: Final = re.compile(r"(\d{1,4})(?:m|mins?|minutes?)", re.ASCII)
_HOURS: Final = re.compile(
    r"(\d{1,2})(\.\d{1,2})?(?:h|hrs?|hours?)(?:(\d{1,2})(?:m|mins?)?)?", re.ASCII
)
_FIGURE: Final = re.compile(r"\d{1,4}(\.\d{1,2})?", re.ASCII)
_TIME_UNITS: Final = frozenset({"min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour",
                                "hours"})  # fmt: skip
_MILES: Final = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)(?:mi|miles?)", re.ASCII)
_MILE_UNITS: Final = frozenset({"mi", "mile", "miles"})
_MONEY: Final = re.compile(r"\$(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.(\d{2}))?", re.ASCII)


def coded(words: Sequence[str], at: int) -> Found | None:
    """Read a method, kind, outcome or direction: two words before one."""
    pair = words[at : at + 2]
    for taken in range(len(pair), 0, -1):
        said = " ".join(pair[:taken])
        for part, table in _CODED:
            code = table.get(said)
            if code is not None:
                return Found(taken, part, code, _SAID.get(code, code.label))
    return None


def minutes_said(minutes: int) -> str:
    """Write `24 min`, `1 h 10 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours))


def duration(words: Sequence[str], at: int) -> Found | None:
    """Read `24m`, `1h10`, `1.5h`, `90 min`, `1h 10m`. More than a day is no duration."""
    word, taken = _with_unit(words, at, _TIME_UNITS)
    if match := _MINUTES.fullmatch(word):
        minutes, typed_hours = int(match[1]), False
    elif match := _HOURS.fullmatch(word):
        rest = int(match[3] or 0)
        minutes = int(match[1]) * 60 + round(float(match[2] or 0) * 60) + rest
        if rest >= 60 or (match[2] and match[3]):
            return None
        following = "" if match[3] else "".join(words[at + taken : at + taken + 1])
        if (more := _MINUTES.fullmatch(following)) and int(more[1]) < 60:
            minutes, taken = minutes + int(more[1]), taken + 1
        typed_hours = True
    else:
        return None
    if minutes > DAY_MINUTES:
        return None
    doubtful = minutes >= (_LONG_HOURS * 60 if typed_hours else _LONG_MINUTES)
    hours = f"{minutes / 60:.1f}".removesuffix(".0")
    return Found(
        taken, Part.MINUTES, minutes, minutes_said(minutes), f"{hours} hours?" if doubtful else ""
    )


def distance(words: Sequence[str], at: int) -> Found | None:
    """Read `12mi`, `12.5 miles`."""
    word, taken = _with_unit(words, at, _MILE_UNITS)
    match = _MILES.fullmatch(word)
    return Found(taken, Part.MILES, float(match[1]), f"{match[1]} mi") if match else None


def amount(words: Sequence[str], at: int) -> Found | None:
    """Read `$14.50`, in cents."""
    match = _MONEY.fullmatch(words[at])
    if match is None:
        return None
    dollars, cents = int(match[1].replace(",", "")), int(match[2] or 0)
    return Found(1, Part.EXPENSE, dollars * 100 + cents, f"${dollars:,}.{cents:02}")


def topic(words: Sequence[str], at: int) -> Found | None:
    """Read `#meds`: the code, label or a word of it, or the one topic it begins."""
    word = words[at]
    typed = _NO_SIGNS.sub("", word)
    if not word.startswith("#") or not typed:
        return None
    exact = _TOPICS.get(typed)
    begun = {each for key, each in _TOPICS.items() if key.startswith(typed)}
    found = exact or (begun.pop() if len(begun) == 1 else None)
    return Found(1, Part.TOPIC, found, found.label) if found else None


def _with_unit(words: Sequence[str], at: int, units: frozenset[str]) -> tuple[str, int]:
    """Join `24 min` to one word."""
    if _FIGURE.fullmatch(words[at]) and at + 1 < len(words) and words[at + 1] in units:
        return words[at] + words[at + 1], 2
    return words[at], 1


def _topic_names() -> dict[str, Topic]:
    """Map all that a topic may be called to it; the code and label win over single words."""
    names: dict[str, Topic] = {}
    for each in Topic:
        for word in each.label.lower().split():
            names.setdefault(word, each)
    names.update(_ALSO)
    for each in Topic:
        names[_NO_SIGNS.sub("", each.value)] = each
        names[_NO_SIGNS.sub("", each.label.lower())] = each
    for too_plain in ("and", "about", "my", "own", "else", "use", "content", "notes"):
        names.pop(too_plain, None)
    return names


_TOPICS: Final = _topic_names()

__all__ = ["DAY_MINUTES", "KINDS", "SOFT", "amount", "coded", "distance", "duration",
           "minutes_said", "topic"]  # fmt: skip
