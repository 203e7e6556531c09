"""The consent form on paper: 14-point type, every element of the rules, and lines to sign on.

45 CFR 164.508(c), 42 CFR 2.31(a); 14 points and a signature for nothing else also serve
California Civil Code 56.11, so that no state needs another sheet.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle

from cmdesk.letter_words import standing
from cmdesk.reports import tables
from cmdesk.reports.fonts import SERIF_BOLD
from cmdesk.reports.paper import ACCENT, HAIRLINE, INK, Imprint, Sheet, Style, typeset
from cmdesk.reports.text import Run
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.consent_text import ConsentPaper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.platypus import Flowable

    from cmdesk.reports.paper import Layout
    from cmdesk.reports.text import Manuscript

POINTS: Final = 14  # of every word that is agreed to


def _large(parent: ParagraphStyle, size: float, leading: float, before: float) -> ParagraphStyle:
    name = f"form {parent.name} {size}"
    return ParagraphStyle(name, parent, fontSize=size, leading=leading, spaceBefore=before)


TITLE: Final = _large(Style.TITLE, 22, 28, 0)
HEADING: Final = _large(Style.HEADING, 15, 20, 14)
BODY: Final = _large(Style.BODY, POINTS, 19, 4)
LABEL: Final = ParagraphStyle("form label", Style.BODY, fontSize=POINTS, leading=18, spaceBefore=0)


def consent_form(paper: ConsentPaper) -> Sheet:
    """Set the form as a tagged PDF; whatever is not filled in yet is a line to write on."""
    if paper.kind == ConsentKind.ORAL:
        raise ValueError("what is agreed by word has no form")
    words = standing(paper.written_in)
    imprint = Imprint(
        title=paper.title,
        language=words.tag,
        made_at=paper.made_at,
        footer=words.tr("Private. Form {form}.").format(form=paper.form.text.id),
        paper=paper.paper,
    )
    return typeset(imprint, partial(_story, paper))


def _story(paper: ConsentPaper, manuscript: Manuscript, layout: Layout) -> Iterator[Flowable]:
    measure, tr = layout.measure, manuscript.words.tr
    yield from manuscript.paragraph(paper.title, TITLE, "H1")
    yield from manuscript.paragraph(paper.form.text.begin, BODY)
    day = manuscript.words.day(paper.born) if paper.born else ""
    born = tr(", born {day}").format(day=day) if day else ""
    yield from _part(manuscript, tr("Whose information"), [f"{paper.client}{born}"], measure)
    yield from _part(manuscript, tr("Who may share it"), paper.sharing, measure)
    yield from _part(manuscript, tr("Who may get it"), paper.told, measure)
    yield from _shares(paper, manuscript, measure)
    yield from _part(manuscript, tr("Why"), [paper.purpose], measure)
    ends = [paper.ends] if paper.ends else []
    blank = tr("It ends on:")
    yield from _part(manuscript, tr("How long it lasts"), ends, measure, blank=blank)
    yield from _part(manuscript, tr("Your rights"), paper.rights, measure)
    yield from _signing(paper, manuscript, measure)


def _part(
    manuscript: Manuscript, title: str, words: Sequence[str], measure: float, blank: str = ""
) -> Iterator[Flowable]:
    """Set a heading and what stands under it; lines to write on when that is nothing."""
    heading = manuscript.heading(title, HEADING)
    lines = [part for each in words if each for part in manuscript.paragraph(each, BODY)]
    if lines:
        heading.follower = lines[0]
        yield from (heading, *lines)
        return
    said = manuscript.paragraph(blank, BODY) if blank else []
    room = tables.lines_to_write_on(1, measure)
    heading.follower = said[0] if said else room
    yield from (heading, *said, room)


def _shares(paper: ConsentPaper, manuscript: Manuscript, measure: float) -> Iterator[Flowable]:
    """Name each thing that may be shared, in bold, with what it holds."""
    tr = manuscript.words.tr
    heading = manuscript.heading(tr("What may be shared"), HEADING)
    lines = [
        part
        for share in paper.shares
        for part in manuscript.paragraph(
            [
                Run(share.name, font=SERIF_BOLD, color=INK),
                f": {share.detail[0].lower()}{share.detail[1:]}" if share.detail else "",
            ],
            BODY,
        )
    ]
    limits = tr("But not: {limits}").format(limits=paper.limits) if paper.limits else ""
    more = [part for each in (paper.records, limits) for part in manuscript.paragraph(each, BODY)]
    room = [] if lines else [tables.lines_to_write_on(3, measure)]
    found: list[Flowable] = [*lines, *room, *more]
    heading.follower = found[0]
    yield from (heading, *found)


def _signing(paper: ConsentPaper, manuscript: Manuscript, measure: float) -> Iterator[Flowable]:
    """Set the blank lines: the client's, one who signs for the client, witness, interpreter."""
    tr = manuscript.words.tr
    signed = tr("Date signed")
    heading = manuscript.heading(tr("Signature"), HEADING)
    said = manuscript.paragraph(paper.form.text.sign, BODY)
    name = tr("Signature of {name}").format(name=paper.client)
    yield tables.together([heading, *said, _lines(manuscript, (name, signed), measure)])
    title = tr("If someone signs for {name}").format(name=paper.called)
    heading = manuscript.heading(title, HEADING)
    by_right = tr("Name, and by what right: parent, guardian, or agent.")
    told = manuscript.paragraph(by_right, BODY)
    rows = ((tr("Name"), tr("By what right")), (tr("Signature"), signed))
    yield tables.together([heading, *told, *(_lines(manuscript, row, measure) for row in rows)])
    heading = manuscript.heading(tr("Witness and interpreter, if there were any"), HEADING)
    spoken = tr("Interpreter and language")
    if paper.language:
        spoken = tr("Interpreter ({language})").format(language=paper.language)
    rows = ((tr("Witness"), signed), (spoken, signed))
    yield tables.together([heading, *(_lines(manuscript, row, measure) for row in rows)])


def _lines(manuscript: Manuscript, labels: tuple[str, str], measure: float) -> Flowable:
    """Give two lines to write on side by side, each with its label below."""
    gap = 24.0
    left = (measure - gap) * 0.64
    cells: list[tables.Cell] = [
        [*manuscript.paragraph(labels[0], LABEL)],
        [],
        [*manuscript.paragraph(labels[1], LABEL)],
    ]
    rule = (HAIRLINE, HexColor(ACCENT))
    style: list[tables.Command] = [
        ("LINEABOVE", (0, 0), (0, 0), *rule),
        ("LINEABOVE", (2, 0), (2, 0), *rule),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
    ]
    return tables.layout([cells], [left, gap, measure - gap - left], style, before=32)
