"""The family update: a released letter set on paper, tagged for readers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from cmdesk.letter_words import standing
from cmdesk.reports import letter_tables, tables
from cmdesk.reports.charts import charts
from cmdesk.reports.fonts import SANS_BOLD, SERIF_BOLD
from cmdesk.reports.paper import INK, QUIET, Imprint, Sheet, Style, typeset
from cmdesk.reports.text import Run, Words
from cmdesk.reports.treatment_history import history
from cmdesk.rules.letter import PartKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reportlab.platypus import Flowable

    from cmdesk.casework.released import Released
    from cmdesk.reports.paper import Layout
    from cmdesk.reports.text import Manuscript
    from cmdesk.rules.letter import Call, Letter, Part

    Lines = Sequence[Any]  # of the kind that `Make` sets
    Make = Callable[[Manuscript, Lines, float], Flowable]

# A notice longer than this is set as paragraphs of its own (characters).
SHORT_NOTICE = 160
# A close longer than this may stand on the page before the signature.
SHORT_CLOSE = 400
LEAST_DIGITS = 3
AMERICAN_DIGITS = 10

CRISIS_NUMBER = re.compile(r"\b(988|911)\b")
# Only an address that can be nothing else becomes a link; all others are printed as typed.
PLAIN_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def make(released: Released) -> Sheet:
    """Set the letter as a PDF, not yet sealed. Only what was released can be printed."""
    return _typeset(released.letter)


def _typeset(letter: Letter) -> Sheet:
    words = standing(letter.language)
    title, period = words.tr(letter.title), letter.period
    footer = words.tr("Private. For {recipient} only. About {initial}, {period}.")
    imprint = Imprint(
        title=title if period in title else f"{title}, {period}",
        language=letter.language,
        made_at=letter.made_at or datetime.combine(letter.sent, time(12), UTC),
        footer=footer.format(
            recipient=letter.recipient, initial=letter.about_initial, period=letter.period
        ),
        paper=letter.paper,
        tight=any(part.kind is PartKind.MAP for part in letter.parts),
    )
    return typeset(imprint, lambda manuscript, layout: _story(letter, manuscript, layout))


def _story(letter: Letter, manuscript: Manuscript, layout: Layout) -> Iterator[Flowable]:
    """In reading order, which is the order in which elements are made."""
    measure, tr = layout.measure, manuscript.words.tr
    yield _letterhead(letter, manuscript, measure)
    yield _facts(letter, manuscript, measure)
    if letter.replaces:
        said = tr("This letter replaces the one of {day}.")
        yield from manuscript.paragraph(
            said.format(day=manuscript.words.day(letter.replaces)), Style.REPLACES
        )
    yield from (
        manuscript.paragraph(letter.headline, Style.TITLE, "H1")
        or manuscript.paragraph(tr(letter.title), Style.TITLE, "H1")
    )
    for words in (letter.greeting, *letter.opening):
        yield from manuscript.paragraph(words, Style.BODY)
    for part in letter.parts:
        yield from _part(part, letter, manuscript, measure)
    close = [part for line in letter.close for part in manuscript.paragraph(line, Style.THANKS)]
    if sum(map(len, letter.close)) > SHORT_CLOSE:
        yield from close
        close = []
    end = [*_signature(letter, manuscript), *_notice(letter, manuscript, measure)]
    yield tables.together([*close, *end])


def _part(part: Part, letter: Letter, manuscript: Manuscript, measure: float) -> Iterator[Flowable]:
    """Set one section of the letter; nothing where it is empty."""
    title = manuscript.words.tr(part.title).replace("{name}", letter.about)
    prose = letter.prose.get(part.key, ())
    if part.kind is PartKind.GLANCE:
        if letter.glance:
            yield tables.glance(manuscript, letter.glance, measure)
    elif part.kind in (PartKind.LINES, PartKind.TEXT):
        yield from _section(manuscript, title, prose)
    elif part.kind is PartKind.CALLS:
        yield from _calls(title, letter, manuscript, measure)
    elif part.kind is PartKind.CHART:
        parts = (partial(charts, manuscript, chart, measure) for chart in letter.charts)
        yield from _shown(manuscript, title, parts, prose)
    elif part.kind is PartKind.MAP:
        made = [partial(history, manuscript, letter.care, measure)] if letter.care else []
        yield from _shown(manuscript, title, made, prose)
    else:
        lines, make = _table(part.kind, letter)
        made = [partial(_only, make, manuscript, lines, measure)] if lines else []
        yield from _shown(manuscript, title, made, prose)


def _only(make: Make, manuscript: Manuscript, lines: Lines, measure: float) -> list[Flowable]:
    return [make(manuscript, lines, measure)]


def _table(kind: PartKind, letter: Letter) -> tuple[Lines, Make]:
    """Give the lines of a table, and what sets them."""
    found: dict[PartKind, tuple[Lines, Make]] = {
        PartKind.GOALS: (letter.goals, tables.goals),
        PartKind.STEPS: (letter.steps, tables.steps),
        PartKind.DATES: (letter.dates, letter_tables.dates),
        PartKind.CLOSED: (letter.closed, letter_tables.closed),
        PartKind.CLOCK: (letter.clock, letter_tables.clock),
        PartKind.HISTORY: (letter.stays, letter_tables.stays),
    }
    return found[kind]


def _shown(
    manuscript: Manuscript,
    title: str,
    parts: Iterable[Callable[[], Iterable[Flowable]]],
    prose: Sequence[str],
) -> Iterator[Flowable]:
    """Set a heading, what it is about, and words under that. Elements are made in this order."""
    heading = manuscript.heading(title, Style.HEADING)
    made = [flowable for part in parts for flowable in part()]
    made += [part for line in prose for part in manuscript.paragraph(line, Style.BODY)]
    if made:
        heading.follower = made[0]
        yield from (heading, *made)


def _section(manuscript: Manuscript, title: str, words: Sequence[str]) -> Iterator[Flowable]:
    """Set a heading and its paragraphs; nothing if there are none."""
    yield from _shown(manuscript, title, (), words)


def _letterhead(letter: Letter, manuscript: Manuscript, measure: float) -> Flowable:
    """For the eye a table of two columns; read as plain paragraphs."""
    head = letter.letterhead
    person = ", ".join(filter(None, (head.practitioner, head.credentials)))
    name, small = (head.practice, person) if head.practice else (person, "")
    line = " \u00b7 ".join(filter(None, (small, head.tagline)))
    mail: Words = head.email
    if PLAIN_ADDRESS.fullmatch(head.email):
        mail = Run(head.email, link=f"mailto:{head.email}")
    between = " \u00b7 " if head.phone and head.email else ""
    left = [
        *manuscript.paragraph(name, Style.NAME),
        *manuscript.paragraph(line, Style.SMALL),
    ]
    right = [
        *manuscript.paragraph([head.phone, between, mail], Style.SMALL_RIGHT),
        *manuscript.paragraph(head.address, Style.SMALL_RIGHT),
    ]
    return tables.letterhead(left, right, measure)


def _facts(letter: Letter, manuscript: Manuscript, measure: float) -> Flowable:
    words = manuscript.words
    facts = (
        (words.tr("For"), letter.recipient),
        (words.tr("About"), letter.about),
        (words.tr(letter.period_label), letter.period),
        (words.tr("Sent"), words.day(letter.sent)),
    )
    cells: list[tables.Cell] = []
    for label, value in facts:
        both = manuscript.root.add("P")
        cells.append(
            [
                *manuscript.lines(label, Style.LABEL, both),
                *manuscript.lines(value, Style.VALUE, both),
            ]
        )
    return tables.facts(cells, measure)


def _calls(
    title: str, letter: Letter, manuscript: Manuscript, measure: float
) -> Iterator[Flowable]:
    if letter.calls:
        heading = manuscript.heading(title, Style.HEADING)
        lines = [(call.who, _number(call)) for call in letter.calls]
        heading.follower = tables.calls(manuscript, lines, measure)
        yield from (heading, heading.follower)
    yield from manuscript.paragraph(_with_crisis_links(letter.danger), Style.ALERT)


def _number(call: Call) -> list[Words]:
    """Make the number, or the words that hold it, something to press."""
    words, address = call.words or call.number, _dial(call.number)
    if not address or call.number not in words:
        return [words]
    before, _, after = words.partition(call.number)
    return [before, Run(call.number, link=address), after]


def _dial(number: str) -> str:
    """RFC 3966; a number without a country is American. Nothing for what is no number."""
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) < LEAST_DIGITS or re.search(r"[^\W\d_]", number):
        return ""
    if number.strip().startswith("+"):
        return f"tel:+{digits}"
    return f"tel:+1{digits}" if len(digits) == AMERICAN_DIGITS else f"tel:{digits}"


def _with_crisis_links(words: str) -> list[Words]:
    parts = CRISIS_NUMBER.split(words)
    return [Run(part, link=f"tel:{part}") if at % 2 else part for at, part in enumerate(parts)]


def _signature(letter: Letter, manuscript: Manuscript) -> list[Flowable]:
    """Sign, unless the letter ends without a farewell."""
    if not letter.farewell:
        return []
    head = letter.letterhead
    name = Run(head.practitioner, font=SERIF_BOLD)
    credentials = Run(f" {head.credentials}" if head.credentials else "", color=QUIET)
    return [
        *manuscript.paragraph(letter.farewell, Style.FAREWELL if letter.close else Style.THANKS),
        *manuscript.paragraph([name, credentials], Style.BODY),
    ]


def _notice(letter: Letter, manuscript: Manuscript, measure: float) -> list[Flowable]:
    """Set what the consent covers, the wish for privacy, and the notice of 42 CFR 2.32."""
    tr = manuscript.words.tr
    beside = len(letter.notice) <= SHORT_NOTICE and not letter.notice_meaning
    private = f"{letter.private} {letter.notice}" if beside else letter.private
    leads = (
        (tr("What {name} lets me share with you.").format(name=letter.about), letter.scope),
        (tr("Please keep this letter private."), private),
    )
    paragraphs: list[Sequence[Words]] = [
        [Run(lead, font=SANS_BOLD, color=INK), f" {words.strip()}"]
        for lead, words in leads
        if words.strip()
    ]
    cells: list[tables.Cell] = [[*manuscript.paragraph(words, Style.NOTE)] for words in paragraphs]
    if not beside:
        cells += [_as_the_law_says(line, manuscript) for line in letter.notice.splitlines()]
        explained = letter.notice_meaning.splitlines()
        cells += [[*manuscript.paragraph(line, Style.NOTE)] for line in explained]
    filled = [cell for cell in cells if cell]
    return [tables.boxed(filled, measure, before=14.625)] if filled else []


def _as_the_law_says(line: str, manuscript: Manuscript) -> tables.Cell:
    """Set a line of the notice: in English, whatever the letter's language."""
    element = manuscript.root.add("P")
    element.language = "" if manuscript.words.english else "en-US"
    return [*manuscript.lines(line, Style.NOTE, element)]
