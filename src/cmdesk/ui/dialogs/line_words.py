"""What the quick-log line shows of itself: chips for what is meant, names for what is begun."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from cmdesk.rules.contact_codes import EntryKind, Outcome
from cmdesk.rules.log import LogDraft
from cmdesk.rules.logline import Line, Names, Part, Span
from cmdesk.rules.logline_names import Shelf, core
from cmdesk.rules.topics import Topic
from cmdesk.ui.dialogs.contact_words import MADE, METHODS
from cmdesk.ui.dialogs.line_chips import Said
from cmdesk.ui.dialogs.line_edit import Offer
from cmdesk.ui.icons import Icon
from cmdesk.ui.privacy import Privacy
from cmdesk.words import Words

SHOWN: Final = 6  # names offered
WEEK: Final = 7  # days
LEAST: Final = 2  # letters until names are offered
NAMES: Final = (Part.CLIENT, Part.PERSON, Part.TEXT)


def offers(
    line: Line, text: str, caret: int, names: Names, details: Mapping[str, str]
) -> list[Offer]:
    """Offer names for the word at the caret: the care team's, then clients', then anybody's."""
    start = text.rfind(" ", 0, caret) + 1
    typed = core(text[start:caret])
    span = next((each for each in line.spans if each.start <= start < each.end), None)
    if len(typed) < LEAST or not typed.isalpha() or (span and span.part not in NAMES):
        return []
    if span and span.part is Part.TEXT and line.people and not span.doubt:
        return []
    end = next((place for place in range(caret, len(text)) if text[place] == " "), len(text))
    found = [
        _offer(key, names, details, start, end)
        for key in dict.fromkeys(_begun(typed, names, line.client))
    ][:SHOWN]
    settled = len(found) == 1 and span is not None and found[0].key == span.value
    return [] if settled else found


def _offer(key: str, names: Names, details: Mapping[str, str], start: int, end: int) -> Offer:
    name = names.shown[key]
    detail = details.get(key, "")
    return Offer(key, name, f"{name}   {detail}" if detail else name, start, end)


def _begun(typed: str, names: Names, client: str | None) -> Iterator[str]:
    team = names.teams.get(client or "")
    shelves = (team, None if client else names.clients, names.people)
    taken: set[str] = set()
    for shelf in filter(None, shelves):
        for key in _on_shelf(typed, shelf):
            name = names.shown[key]
            # A client is a person, too: offered once, as what comes first.
            if key.startswith("c") or name not in taken or shelf is team:
                yield key
            if key.startswith("c") or shelf is team:
                taken.add(name)


def _on_shelf(typed: str, shelf: Shelf) -> Iterator[str]:
    for place in range(bisect_left(shelf.firsts, typed), len(shelf.firsts)):
        if not shelf.firsts[place].startswith(typed):
            return
        yield shelf.rows[place][1]


def candidates(line: Line, names: Names, details: Mapping[str, str]) -> list[Offer]:
    """Offer whom the first name that means several may mean."""
    if not line.choices:
        return []
    choice = line.choices[0]
    span = choice.span
    return [_offer(key, names, details, span.start, span.end) for key in choice.keys]


def chips(
    draft: LogDraft,
    line: Line,
    client: str,
    people: Sequence[str],
    words: Words,
    privacy: Privacy,
    today: date,
) -> list[Said]:
    """Say what will be kept; what is doubtful stands in the colour of a question."""
    doubts = {span.part: span.doubt for span in line.spans if span.doubt}
    said = [
        Said(privacy.name(client), Icon.USER)
        if client
        else Said(words.tr("Whom is this about?"), Icon.USER, "warn")
    ]
    said += _how(draft, words)
    said += [Said(privacy.name(name), Icon.USERS) for name in people]
    said += [Said(words.tr(choice.span.doubt), Icon.USERS, "warn") for choice in line.choices]
    if draft.minutes is not None:
        doubt = doubts.get(Part.MINUTES)
        length = words.tr(doubt) if doubt else words.minutes(draft.minutes)
        said.append(Said(length, Icon.TIMER, "warn" if doubt else "accent"))
    said.append(_when(draft, line.spans, doubts, words, today))
    said += _promised(draft, doubts, words, today)
    said += [Said(words.tr(Topic(code).label), Icon.TAGS) for code in line.topics]
    if draft.miles is not None:
        said.append(Said(words.tr("{n} mi").format(n=f"{draft.miles:g}"), Icon.ROUTE))
    if draft.expense_cents is not None:
        amount = privacy.amount(f"${draft.expense_cents / 100:,.2f}")
        said.append(Said(amount, Icon.RECEIPT))
    return said


def _how(draft: LogDraft, words: Words) -> list[Said]:
    said: list[Said] = []
    if draft.kind not in MADE:
        said.append(Said(words.tr(EntryKind(draft.kind).label), Icon.FILE_TEXT))
    if draft.method in METHODS:
        text, icon = METHODS[draft.method]
        said.append(Said(words.tr(text), icon))
    if draft.outcome not in (Outcome.REACHED, Outcome.COMPLETED, ""):
        said.append(Said(words.tr(Outcome(draft.outcome).label), Icon.PHONE_MISSED, "neutral"))
    return said


def _when(
    draft: LogDraft,
    spans: Sequence[Span],
    doubts: Mapping[Part, str],
    words: Words,
    today: date,
) -> Said:
    parts = [words.near_day(draft.day, today)] if draft.day else [words.tr("On which day?")]
    if draft.at:
        parts.append(words.time(draft.at))
    text = ", ".join(parts)
    if doubt := doubts.get(Part.WHEN):
        return Said(f"{text} \u00b7 {words.tr(doubt)}", Icon.CALENDAR, "warn")
    typed = any(span.part is Part.WHEN for span in spans)
    return Said(text, Icon.CALENDAR, "accent" if typed else "neutral")


def _promised(draft: LogDraft, doubts: Mapping[Part, str], words: Words, today: date) -> list[Said]:
    if not draft.follow_up.strip() and draft.follow_up_on is None:
        return []
    text = words.tr("Follow up")
    if due := draft.follow_up_on:
        near = 1 < (due - today).days <= WEEK
        day = f"{words.weekday(due)}, {words.month_day(due)}" if near else ""
        text = f"{text} {day or words.near_day(due, today)}"
    doubt = doubts.get(Part.FOLLOW_UP)
    text = f"{text} \u00b7 {words.tr(doubt)}" if doubt else text
    return [Said(text, Icon.CORNER_DOWN_RIGHT, "warn" if doubt else "accent")]
