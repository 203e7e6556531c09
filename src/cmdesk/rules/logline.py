"""The quick log line: parts in any order, read as they are typed; no word is ever lost.

What is not recognised becomes the summary. A name in running text is somebody spoken of, not
somebody spoken with: once a person stands in the line, a name amid text stays text.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from cmdesk.rules.contact_codes import EntryKind, Method, Outcome
from cmdesk.rules.logline_names import MOST, Hit, Names, core, fold, index
from cmdesk.rules.logline_parts import Choice, Choosing, Found, Line, Part, Someone, Span, Word
from cmdesk.rules.logline_reading import Reading, settled
from cmdesk.rules.logline_when import (
    PAST,
    YESTERDAY,
    Moment,
    bare_day,
    contact_doubt,
    day_at,
    moment_at,
    said_day,
)
from cmdesk.rules.logline_words import (
    KINDS,
    SOFT,
    amount,
    coded,
    distance,
    duration,
    minutes_said,
    topic,
)

_WORD: Final = re.compile(r"\S+")
_FOLLOW_UP: Final = frozenset({"fu", "f/u", "followup", "follow-up"})
_WITH: Final = frozenset({"with", "w", "w/", "and", "&", "+"})
_TRAILING: Final = 3  # words a day at the end of a promise may take
_BY_PHONE: Final = frozenset(
    {Outcome.LEFT_VOICEMAIL, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.WRONG}
)
_MET: Final = frozenset({Method.IN_PERSON, Method.VIDEO})


def parse(
    line: str,
    now: datetime,
    known: Names,
    *,
    client: str | None = None,
    picked: Choosing | None = None,
) -> Line:
    """Read a line. `now` is local time; `client` the key of the chart it is typed in.

    `picked` maps `fold`ed words to the key they stand for; an empty key keeps them as text.
    """
    words = [Word(match.start(), match.end(), match[0], core(match[0]))
             for match in _WORD.finditer(line)]  # fmt: skip
    reading = _read(Reading(words, now, known, client, client, picked or {}))
    named = reading.value(Part.CLIENT)
    if named is not None and named != client:  # read again, now that the care team is known
        reading = _read(Reading(words, now, known, client, named, picked or {}))
    return _line(reading, client)


def _read(reading: Reading) -> Reading:
    at = 0
    while at < len(reading.words):
        found = _recognised(reading, at)
        if found and reading.picked.get(" ".join(reading.cores[at : at + found.taken])) == "":
            found = None
        if found is None:
            raw = reading.words[at].raw
            found = Found(1, Part.TEXT, raw, raw)
        _accept(reading, at, found)
        at += found.taken
    return reading


def _accept(reading: Reading, at: int, found: Found) -> None:
    first, last = reading.words[at], reading.words[at + found.taken - 1]
    span = Span(first.start, last.end, found.part, found.value, found.said, found.doubt)
    reading.spans.append(span)
    reading.values.setdefault(found.part, []).append(found.value)
    if found.keys:
        reading.choices.append(Choice(span, found.keys))


def _recognised(reading: Reading, at: int) -> Found | None:
    if not reading.cores[at]:
        return None
    return next((found for rule in _RULES if (found := rule(reading, at))), None)


def _figure(reading: Reading, at: int) -> Found | None:
    """Figures and topics: recognised anywhere, also amid a promise."""
    for rule in (duration, distance, amount, topic):
        found = rule(reading.cores, at)
        if found and (found.part is Part.TOPIC or found.part not in reading.values):
            return found
    return None


def _code(reading: Reading, at: int) -> Found | None:
    found = coded(reading.cores, at)
    if found is None or found.part in reading.values:
        return None
    method, kind = reading.value(Part.METHOD), reading.value(Part.KIND)
    if found.part is Part.KIND and method is not None:
        sound = found.value is EntryKind.MEETING and method in _MET
        sound = sound or found.value is EntryKind.CRISIS_RESPONSE
        if not sound:
            return None
    if found.part is Part.METHOD and kind is EntryKind.INTERNAL_NOTE:
        return None
    if reading.cores[at] in SOFT and found.taken == 1 and not _alone(reading, at):
        return None
    return found


def _alone(reading: Reading, at: int) -> bool:
    """Tell whether a word stands between chips or ends, not inside a sentence."""
    if reading.amid_text:
        return False
    if at + 1 == len(reading.words):
        return True
    following = reading.cores[at + 1]
    if following in SOFT:
        return following not in KINDS  # "in crisis"
    return bool(following and _recognised(reading, at + 1))


def _moment(reading: Reading, at: int) -> Found | None:
    found = moment_at(reading.cores, at, reading.now)
    if found is None:
        return None
    day, clock = reading.moment
    twice = (found.day and day) or (found.at and clock)
    if twice or (reading.amid_text and not _tells_when(reading, at, found)):
        words = " ".join(word.raw for word in reading.words[at : at + found.taken])
        return Found(found.taken, Part.TEXT, words, words)  # whole: half of it would mislead
    return Found(found.taken, Part.WHEN, (found.day, found.at), "")


def _tells_when(reading: Reading, at: int, found: Moment) -> bool:
    """Tell whether a day in running text dates the contact; what lies ahead is spoken of."""
    yesterday = found.taken == 1 and reading.cores[at] in YESTERDAY
    if reading.moment != (None, None) or not (found.at or yesterday):
        return False
    return not contact_doubt(found.day, found.at, reading.now)


def _promise(reading: Reading, at: int) -> Found | None:
    """Read `fu mon ride home`, up to a figure, a topic, or what the line still lacks."""
    cores = reading.cores
    lead = 2 if cores[at : at + 2] == ["follow", "up"] else int(cores[at] in _FOLLOW_UP)
    if not lead or Part.FOLLOW_UP in reading.values:
        return None
    today, start = reading.now.date(), at + lead
    due = day_at(cores, start, today, ahead=True) or bare_day(cores, start, today)
    begin = start + (due.taken if due else 0)
    clock = moment_at(cores, begin, reading.now)
    first = begin + (clock.taken if due and clock and clock.day is None else 0)
    end = begin
    while end < len(cores) and not _ends_promise(reading, end, first):
        end += 1
    until = end
    if due is None:
        for last in range(max(begin + 1, end - _TRAILING), end):
            due = day_at(cores, last, today, ahead=True)
            if due and last + due.taken == end:
                until = last
                break
            due = None
    text = " ".join(word.raw for word in reading.words[begin:until])
    said = f"Follow up {said_day(due.day, today)}" if due else "Follow up"
    doubt = PAST if due and due.day < today else ""
    value = text, due.day if due else None
    return Found(end - at, Part.FOLLOW_UP, value, said, doubt)


def _ends_promise(reading: Reading, at: int, first: int) -> bool:
    if not reading.cores[at]:
        return False
    if _figure(reading, at):
        return True
    if at <= first:
        return False
    if Part.METHOD not in reading.values and Part.KIND not in reading.values:
        code = coded(reading.cores, at)
        if code and code.part in (Part.METHOD, Part.KIND):
            return True
    if reading.chart is not None or Part.CLIENT in reading.values:
        return False
    hit = reading.known.client(reading.words, at, None)
    return hit is not None and len(hit.keys) == 1


def _someone(reading: Reading, at: int) -> Found | None:
    """Read a name: the client's first, then the care team's, then anybody's."""
    linked = reading.cores[at] in _WITH and at + 1 < len(reading.words)
    plain = reading.cores[at] in ("and", "&", "+")
    if linked and not (plain and reading.amid_text):
        found = _named(reading, at + 1, spoken_with=True, linked=True)
        if found and found.part is Part.PERSON:
            return found._replace(taken=found.taken + 1)
        return None
    return _named(reading, at, spoken_with=not reading.amid_text)


def _named(reading: Reading, at: int, *, spoken_with: bool, linked: bool = False) -> Found | None:
    if not spoken_with and Part.PERSON in reading.values:
        return None
    if not linked and _begins_sentence(reading, at):
        return None
    words, known = reading.words, reading.known
    client = None
    if Part.CLIENT not in reading.values:
        client = known.client(words, at, reading.client)
    person = known.person(words, at, reading.client)
    if client and (person is None or client.rank >= person.rank):
        return _picked(reading, at, client, Part.CLIENT)
    return _picked(reading, at, person, Part.PERSON) if person else None


def _begins_sentence(reading: Reading, at: int) -> bool:
    """Tell whether the client's own name, known anyway, opens the text: `24m Maya wants ...`."""
    own = reading.known.own.get(reading.client or "")
    if own is None or not at or not reading.cores[at]:
        return False
    if Part.CLIENT not in reading.values and reading.chart != reading.client:
        return False
    hit = own.best(reading.words, at, near=True)
    after = at + hit.taken if hit else len(reading.words)
    following = "".join(reading.cores[after : after + 1])
    if not following or following in SOFT or following in _WITH:
        return False
    named = reading.known.person(reading.words, after, reading.client)
    return not named and not any(rule(reading, after) for rule in _RULES[:-1])


def _picked(reading: Reading, at: int, hit: Hit, part: Part) -> Found | None:
    typed = " ".join(reading.cores[at : at + hit.taken])
    key = reading.picked.get(typed) or (hit.keys[0] if len(hit.keys) == 1 else None)
    if key is not None:
        return Found(hit.taken, part, key, reading.known.shown.get(key, typed))
    if not hit.exact and len(hit.keys) > MOST:
        return None
    said = " ".join(word.raw for word in reading.words[at : at + hit.taken])
    return Found(hit.taken, Part.TEXT, said, said, f"Which {said}?", hit.keys)


_RULES: Final[tuple[Callable[[Reading, int], Found | None], ...]] = (
    _promise,
    _figure,
    _moment,
    _code,
    _someone,
)


def _line(reading: Reading, client: str | None) -> Line:
    day, at = reading.moment
    method, kind = reading.value(Part.METHOD), reading.value(Part.KIND)
    outcome = reading.value(Part.OUTCOME)
    if method is None and outcome in _BY_PHONE:
        method = Method.PHONE
    follow_up, follow_up_on = reading.value(Part.FOLLOW_UP) or ("", None)
    spans = tuple(settled(span, reading) for span in reading.spans)
    return Line(
        client=reading.value(Part.CLIENT) or client,
        people=tuple(dict.fromkeys(reading.values.get(Part.PERSON, []))),
        method=method,
        kind=kind,
        direction=reading.value(Part.DIRECTION),
        outcome=outcome,
        minutes=reading.value(Part.MINUTES),
        day=day or (reading.now.date() if at else None),
        at=at,
        follow_up=follow_up,
        follow_up_on=follow_up_on,
        topics=tuple(dict.fromkeys(reading.values.get(Part.TOPIC, []))),
        miles=reading.value(Part.MILES),
        expense_cents=reading.value(Part.EXPENSE),
        summary=" ".join(span.said for span in spans if span.part is Part.TEXT),
        spans=spans,
        choices=tuple(reading.choices),
    )


__all__ = [
    "Choice", "Line", "Names", "Part", "Someone", "Span", "fold", "index", "minutes_said", "parse",
]  # fmt: skip
