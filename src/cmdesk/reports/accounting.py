"""The accounting of disclosures on paper: who was told what, when, why, and on what ground.

45 CFR 164.528(b)(2) and (3), 42 CFR 2.25. It goes to the client, or to who may act for them, so
that it is made of what was released for them alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from cmdesk.casework.accounting import Short, Told
from cmdesk.letter_words import standing
from cmdesk.reports import tables
from cmdesk.reports.fonts import SANS_BOLD, SERIF_BOLD
from cmdesk.reports.paper import QUIET, Imprint, Sheet, Style, typeset
from cmdesk.reports.text import Run
from cmdesk.rules.codes import Channel, DisclosureBasis
from cmdesk.rules.disclosure_bases import HIPAA, PART2
from cmdesk.rules.letter import Paper
from cmdesk.rules.topics import Topic
from cmdesk.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

    from cmdesk.casework.accounting_release import ReleasedAccounting
    from cmdesk.casework.rights import Disagreement
    from cmdesk.letter_words import Standing
    from cmdesk.reports.elements import Element
    from cmdesk.reports.paper import Layout
    from cmdesk.reports.text import Manuscript, Words

    Line = tuple[Sequence[Words], ParagraphStyle]

GROUNDS: Final[Mapping[str, str]] = {
    DisclosureBasis.CONSENT: N_("With consent"),
    DisclosureBasis.MEDICAL_EMERGENCY: N_("Medical emergency"),
    DisclosureBasis.REQUIRED_REPORT: N_("Report of abuse or neglect"),
    DisclosureBasis.COURT_ORDER: N_("Court order"),
    DisclosureBasis.DUTY_TO_PROTECT: N_("To protect someone in danger"),
    DisclosureBasis.REQUIRED_BY_LAW: N_("Required by law"),
    DisclosureBasis.AUDIT: N_("Audit or service agreement"),
    DisclosureBasis.TO_THE_CLIENT: N_("To the client"),
    DisclosureBasis.DE_IDENTIFIED: N_("Without names"),
    DisclosureBasis.TREATMENT: N_("For treatment or payment"),
    DisclosureBasis.AGREED: N_("Agreed by word"),
    DisclosureBasis.INCAPACITY: N_("The client could not decide then"),
    DisclosureBasis.DEATH: N_("After a death"),
}
WAYS: Final[Mapping[str, str]] = {
    Channel.ENCRYPTED_PDF: N_("as a locked PDF"),
    Channel.PAPER: N_("on paper"),
    Channel.PHONE: N_("by phone"),
    Channel.IN_PERSON: N_("in person"),
    Channel.PLAIN_EMAIL: N_("by plain e-mail"),
}
TITLE: Final = N_("Accounting of disclosures")
# What is listed under each heading, and the words below it.
SECTIONS: Final = (
    (
        HIPAA,
        N_("What must be listed"),
        N_("The law gives you a right to this list (45 CFR 164.528)."),
    ),
    (
        PART2,
        N_("Records of substance use treatment, with consent"),
        N_("Told with consent in the last three years (42 CFR 2.25)."),
    ),
    (
        "",
        N_("Also told"),
        N_("The law does not ask for these to be listed. You should know them all the same."),
    ),
)
WHEN, WHOM = 84, 132  # points


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the paper, in the words of its reader's language."""

    about: str
    called: str
    reader: str
    authority: str
    first: date | None
    last: date
    rows: tuple[Told | Short, ...]
    discloser: str
    contact: str
    language: str
    made_at: datetime
    paper: Paper
    disagreements: tuple[Disagreement, ...] = ()


def make(released: ReleasedAccounting) -> Sheet:
    """Set an accounting as a tagged PDF, not yet sealed. Only what was released can be printed."""
    return _typeset(
        Page(
            about=released.about,
            called=released.called,
            reader=released.reader.name,
            authority=released.reader.authority,
            first=released.first,
            last=released.last,
            rows=released.rows,
            discloser=released.discloser,
            contact=released.contact,
            language=released.language,
            made_at=released.made_at,
            paper=released.paper,
            disagreements=released.disagreements,
        )
    )


def _typeset(page: Page) -> Sheet:
    words = standing(page.language)
    footer = words.tr("Private. For {recipient} only. Made on {day}.")
    imprint = Imprint(
        title=words.tr(TITLE),  # no name: it may be seen in the frame of a window
        language=words.tag,
        made_at=page.made_at,
        footer=footer.format(recipient=page.reader, day=words.day(page.made_at.date())),
        paper=page.paper,
    )
    return typeset(imprint, partial(_story, page))


def _story(page: Page, manuscript: Manuscript, layout: Layout) -> Iterator[Flowable]:
    words, measure = manuscript.words, layout.measure
    yield from manuscript.paragraph(words.tr(TITLE), Style.TITLE, "H1")
    for line in _opening(page, words):
        yield from manuscript.paragraph(line, Style.BODY)
    for rule, title, said in SECTIONS:
        rows = [row for row in page.rows if _rule(row) == rule]
        if rows:
            yield from _section(page, rows, (words.tr(title), words.tr(said)), manuscript, measure)
    if not page.rows:
        yield from manuscript.paragraph(words.tr("Nothing was told in this time."), Style.BODY)
    yield from _disagreements(page, manuscript)
    heading = manuscript.heading(words.tr("Your rights"), Style.HEADING)
    free = words.tr("You may ask for this list again. Once in twelve months it is free.")
    lines = [*manuscript.paragraph(free, Style.BODY)]
    if page.contact:
        ask = words.tr("Questions: {name}, {contact}.")
        ask = ask.format(name=page.discloser, contact=page.contact)
        lines += manuscript.paragraph(ask, Style.BODY)
    heading.follower = lines[0]
    yield from (heading, *lines)


def _disagreements(page: Page, manuscript: Manuscript) -> Iterator[Flowable]:
    """Give what the client said of records that were not corrected: 45 CFR 164.526(d)(5)."""
    if not page.disagreements:
        return
    words = manuscript.words
    title = words.tr("A statement of disagreement goes with this")
    heading = manuscript.heading(title, Style.HEADING)
    lines: list[Flowable] = []
    for each in page.disagreements:
        asked = words.tr("On {day} you asked to correct: {what}")
        said = [asked.format(day=words.day(each.asked_on), what=each.what)]
        if each.refused.strip():
            said.append(words.tr("Why it was refused: {words}").format(words=each.refused.strip()))
        said.append(words.tr("Your statement: {words}").format(words=each.said.strip()))
        if each.answer.strip():
            said.append(words.tr("Our answer: {words}").format(words=each.answer.strip()))
        lines += [made for text in said for made in manuscript.paragraph(text, Style.BODY)]
    heading.follower = lines[0]
    yield from (heading, *lines)


def _opening(page: Page, words: Standing) -> Iterator[str]:
    if page.first:
        span = words.span(page.first, page.last)
        said = words.tr("What {discloser} told about {name}: {period}.")
        yield said.format(discloser=page.discloser, name=page.about, period=span)
    else:
        said = words.tr("What {discloser} told about {name}, from the beginning to {day}.")
        yield said.format(discloser=page.discloser, name=page.about, day=words.day(page.last))
    if page.authority:
        said = words.tr("Made for {reader}, who may act for {name}.")
        yield said.format(reader=page.reader, name=page.called)


def _rule(row: Told | Short) -> str:
    owed = row.first.owed if isinstance(row, Short) else row.owed
    return owed[0] if owed else ""


def _section(
    page: Page,
    rows: Sequence[Told | Short],
    said: tuple[str, str],
    manuscript: Manuscript,
    measure: float,
) -> Iterator[Flowable]:
    title, below = said
    heading = manuscript.heading(title, Style.HEADING)
    lines = manuscript.paragraph(below, Style.NOTE)
    heading.follower = lines[0]
    yield from (heading, *lines)
    tr = manuscript.words.tr
    table = manuscript.root.add("Table")
    titles = (tr("When"), tr("To whom"), tr("What, and why"))
    head = table.add("TR")
    cells: list[list[tables.Cell]] = [
        [[*manuscript.lines(title, Style.HEAD, head.add("TH", scope="Column"))] for title in titles]
    ]
    for row in rows:
        told = row.first if isinstance(row, Short) else row
        cells.append(_row(page, row, manuscript, table))
        cells += [_row(page, each, manuscript, table, told) for each in told.corrections]
    widths = [WHEN, WHOM, measure - WHEN - WHOM]
    yield tables.layout(cells, widths, tables.RULED, before=6, after=12, heads=1)


def _row(
    page: Page,
    row: Told | Short,
    manuscript: Manuscript,
    table: Element,
    corrected: Told | None = None,
) -> list[tables.Cell]:
    told, words = row.first if isinstance(row, Short) else row, manuscript.words
    line = table.add("TR")
    when, whom, what = line.add("TH", scope="Row"), line.add("TD"), line.add("TD")
    day, hour = words.day(told.at.date()), words.time(told.at) if told.timed else ""
    return [
        [
            *manuscript.lines(day, Style.WHEN, when),
            *manuscript.lines(hour, Style.SMALL, when),
        ],
        [part for said in _whom(told, words) for part in manuscript.lines(*said, whom)],
        [
            part
            for said in _what(page, row, words, corrected)
            for part in manuscript.lines(*said, what)
        ],
    ]


def _whom(told: Told, words: Standing) -> Iterator[Line]:
    """Give the name and, as far as known, the address: 164.528(b)(2)(ii)."""
    yield [Run(told.recipient_name, font=SERIF_BOLD)], Style.CELL
    for text in dict.fromkeys((told.recipient_organisation, told.recipient_address)):
        if text and text != told.recipient_name:
            yield [text], Style.SMALL
    way = WAYS.get(told.channel)
    if way:
        yield [words.tr(way)], Style.SMALL


def _what(page: Page, row: Told | Short, words: Standing, corrected: Told | None) -> Iterator[Line]:
    """Give what was told, what for and on what ground: 164.528(b)(2)(iii), (iv)."""
    told = row.first if isinstance(row, Short) else row
    if corrected:
        yield from _correction(told, corrected, words)
        if not told.why:
            return
    yield [told.what], Style.CELL
    topics = [words.tr(Topic(code).in_words) for code in told.topics if code in set(Topic)]
    if topics:
        yield [words.tr("About {topics}").format(topics=words.listed(topics))], Style.SMALL
    yield [Run(words.tr("What for: {purpose}").format(purpose=told.purpose))], Style.SMALL
    ground = words.tr(GROUNDS.get(told.basis, told.basis))
    notice = words.tr("notice {form} went with it").format(form=told.notice_form)
    yield [", ".join((ground, notice) if told.notice_form else (ground,))], Style.SMALL
    if told.pages:
        many = words.ntr("{n} page", "{n} pages", told.pages).format(n=told.pages)
        yield [many], Style.SMALL
    if told.discloser != page.discloser:
        yield [words.tr("Told by {name}").format(name=told.discloser)], Style.SMALL
    if isinstance(row, Short):
        said = words.tr("The first of {n}; the last on {day}.")
        said = said.format(n=row.number, day=words.day(row.last.date()))
        yield [Run(said, font=SANS_BOLD)], Style.SMALL


def _correction(told: Told, corrected: Told, words: Standing) -> Iterator[Line]:
    """Say which row is put right, and why; the row itself stands above."""
    day = words.day(corrected.at.date())
    said = words.tr(
        "Corrects what is said of {day}" if told.why else "Was not told after all, {day}"
    )
    yield [Run(said.format(day=day), font=SANS_BOLD)], Style.SMALL
    yield [Run(told.why or told.what, color=QUIET)], Style.SMALL
