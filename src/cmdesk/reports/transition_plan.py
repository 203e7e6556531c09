"""A move on one page: who carries what before and after, what is open, and what happens when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle

from cmdesk.letter_words import standing
from cmdesk.reports import tables
from cmdesk.reports.fonts import SERIF_BOLD
from cmdesk.reports.paper import FAINT, HAIRLINE, RULE, Imprint, Sheet, Style, typeset
from cmdesk.reports.text import Run
from cmdesk.rules.transition import Span, ends, supply_ends
from cmdesk.rules.transition_codes import Lane, StepPart
from cmdesk.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reportlab.platypus import Flowable

    from cmdesk.casework.transition_paper import MovePaper
    from cmdesk.casework.transitions import StepRow
    from cmdesk.reports.paper import Layout
    from cmdesk.reports.text import Manuscript, Words
    from cmdesk.rules.transition import Gap


class Type(NamedTuple):
    """The size of the type in points; leading, pad and title are parts of it."""

    size: float
    leading: float = 1.28
    pad: float = 0.12
    title: float = 1.7


# Below the last a second page is better.
SIZES: Final = (Type(10.0), Type(9.25), Type(8.5), Type(8.0), Type(7.5), Type(7.5, 1.14, 0.06, 1.4))
CLOSE: Final = 1.2  # leading up to which headings stand closer, too
SIDES: Final = {
    Lane.HOME: N_("Home"),
    Lane.PROGRAM: N_("Program"),
    Lane.THERAPIST: N_("Therapist"),
    Lane.PSYCHIATRIST: N_("Psychiatrist"),
    Lane.MEDICINE: N_("Medicine"),
}
PARTS: Final = {
    StepPart.BEFORE: N_("Before leaving"),
    StepPart.DAY: N_("The day"),
    StepPart.AFTER: N_("First 7 days"),
}


def transition_plan(page: MovePaper) -> Sheet:
    """Typeset the page in the largest type in which it is one."""
    words = standing(page.language)
    imprint = Imprint(
        title=words.tr("Transition plan"),  # no name: it may be seen in the frame of a window
        language=words.tag,
        made_at=page.made_at,
        footer=words.tr("Private. For the one it names; no copy for others without consent."),
        paper=page.paper,
    )
    for face in SIZES[:-1]:
        sheet = typeset(imprint, partial(_story, page, face))
        if sheet.pages == 1:
            return sheet
    return typeset(imprint, partial(_story, page, SIZES[-1]))


def _sized(style: ParagraphStyle, size: float, leading: float, before: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        f"{style.name} {size} {leading}",
        parent=style,
        fontSize=size,
        leading=size * leading,
        spaceBefore=before,
        spaceAfter=0,
    )


class _Page:
    """One page at one size of type."""

    def __init__(self, page: MovePaper, face: Type, manuscript: Manuscript, measure: float) -> None:
        self.page, self.plan, self.face, self.size = page, page.plan, face, face.size
        self.manuscript, self.measure = manuscript, measure
        self.tr = manuscript.words.tr

    def day(self, day: date) -> str:
        return self.manuscript.words.near_date(day, self.page.made_at.date())

    def heading(self, words: str) -> Flowable:
        before = self.size * (0.8 if self.face.leading > CLOSE else 0.5)
        return self.manuscript.heading(words, self.sized(Style.HEADING, 1.1, before))

    def sized(self, style: ParagraphStyle, part: float = 1, before: float = 0) -> ParagraphStyle:
        """Give a style in a part of the size of the page; `before` in points."""
        return _sized(style, self.size * part, self.face.leading, before)

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[Words]], shares: Sequence[int]
    ) -> Flowable:
        """Set a table whose first column heads its rows."""
        manuscript, cells = self.manuscript, list[list[tables.Cell]]()
        element = manuscript.root.add("Table")
        top = element.add("TR")
        head, cell = self.sized(Style.HEAD, 0.85), self.sized(Style.CELL)
        cells.append(
            [list(manuscript.lines(each, head, top.add("TH", scope="Column"))) for each in heads]
        )
        for line in rows:
            row = element.add("TR")
            made: list[tables.Cell] = []
            for place, words in enumerate(line):
                part = row.add("TD") if place else row.add("TH", scope="Row")
                made.append(list(manuscript.lines([words], cell, part)))
            cells.append(made)
        whole = sum(shares)
        widths = [self.measure * share / whole for share in shares]
        pad = self.size * self.face.pad
        style: list[tables.Command] = [
            ("RIGHTPADDING", tables.FIRST, (-2, -1), 8),
            ("TOPPADDING", tables.FIRST, tables.LAST, pad),
            ("BOTTOMPADDING", tables.FIRST, tables.LAST, pad),
            ("LINEBELOW", tables.FIRST, (-1, 0), HAIRLINE, HexColor(FAINT)),
            ("LINEBELOW", (0, 1), tables.LAST, HAIRLINE, HexColor(RULE)),
        ]
        return tables.layout(cells, widths, style, before=self.size * 0.3, heads=1)

    # What stands in the tables.

    def sides(self) -> list[Sequence[Words]]:
        """Say of every side who carries it until they leave, and from then on."""
        return [
            (Run(self.tr(SIDES[lane]), font=SERIF_BOLD), self._until(lane), self._after(lane))
            for lane in Lane
        ]

    def _spans(self, lane: Lane, *, after: bool) -> list[Span]:
        leaves = self.plan.days.leaves_on
        spans = [span for span in self.plan.days.spans if span.lane == lane]
        if leaves is None:
            return spans if not after else []
        found: list[Span] = []
        for span in spans:
            begun = span.since is None or span.since < leaves
            over = ends(span, leaves)
            if begun if not after else over > leaves:
                found.append(span)
        return found

    def _until(self, lane: Lane) -> str:
        return "; ".join(span.label for span in self._spans(lane, after=False))

    def _after(self, lane: Lane) -> str:
        told = [self._span(span) for span in self._spans(lane, after=True)]
        move = self.plan.days.leaving
        over = supply_ends(move) if move and lane == Lane.MEDICINE else None
        if over:
            told.insert(0, self.tr("Take-home supply until {day}").format(day=self.day(over)))
        return "; ".join(told) or self.tr("Not known yet")

    def _span(self, span: Span) -> str:
        words = span.label
        if span.since and span.until:
            first, last = self.day(span.since), self.day(span.until)
            words = self.tr("{who}, {first} to {last}").format(who=words, first=first, last=last)
        elif span.since:
            words = self.tr("{who}, from {day}").format(who=words, day=self.day(span.since))
        return words if span.settled else self.tr("{who} (not settled)").format(who=words)

    def gap(self, gap: Gap) -> tuple[Words, str]:
        side = Run(self.tr(SIDES[gap.lane]), font=SERIF_BOLD)
        if gap.unknown:
            return side, self.tr("How many days of medicine go home is not known.")
        if gap.open_ended:
            return side, self.tr("From {day}, nothing follows yet").format(day=self.day(gap.first))
        first, last = self.day(gap.first), self.day(gap.last)
        return side, self.tr("{first} to {last}").format(first=first, last=last)

    def visits(self) -> list[Sequence[Words]]:
        return [
            (
                Run(visit.label, font=SERIF_BOLD),
                ", ".join(
                    filter(None, (self.day(visit.visit_on) if visit.visit_on else "", visit.time))
                )
                or self.tr("No day yet"),
            )
            for visit in self.plan.days.visits
            if visit.attended is None
        ]

    def pairs(self) -> list[Sequence[Words]]:
        return [
            (
                Run(self._pair(each.from_name, each.to_name), font=SERIF_BOLD),
                self.tr("Signed") if each.release.signed else self.tr("Not valid yet"),
                self._talked(each.talked_on, each.call_on),
                self.day(each.records_sent_on) if each.records_sent_on else self.tr("Not yet"),
            )
            for each in self.plan.handoffs
        ]

    def _pair(self, start: str, end: str) -> str:
        return self.tr("{start} to {end}").format(start=start, end=end)

    def _talked(self, done: date | None, call: date | None) -> str:
        if done:
            return self.tr("Done {day}").format(day=self.day(done))
        return self.tr("Call {day}").format(day=self.day(call)) if call else self.tr("Not set")

    def steps(self) -> list[Sequence[Words]]:
        """Give what is not done yet; the client's own page begins with the day itself."""
        parts = tuple(StepPart) if self.page.own else (StepPart.DAY, StepPart.AFTER)
        return [
            (step.text, self._when(step), self._whose(step))
            for part in parts
            for step in self.plan.part(part)
            if step.done_on is None
        ]

    def _whose(self, step: StepRow) -> str:
        """Name whose step it is: one of nobody is one's own, and "you" would be the client."""
        if step.owner.casefold() not in ("", "you", "me"):
            return step.owner
        return self.tr("You") if self.page.own else self.page.mine or self.tr("case manager")

    def _when(self, step: StepRow) -> str:
        day = self.day(step.due) if step.due else self.tr(PARTS[step.part])
        return ", ".join(filter(None, (day, step.time)))

    def notes(self) -> list[Sequence[Words]]:
        """Give what was agreed for the way; one's own page has the risk and the family's part."""
        form, tr = self.plan.form, self.tr
        told = [
            (tr("Medicine"), form.medicine_words),
            (tr("Travel"), form.travel),
            (tr("Belongings"), form.belongings),
            (tr("School or work"), form.school_work),
            (tr("Phone and screens"), form.phone_rules),
        ]
        if self.page.own:
            told += [(tr("Risk plan"), form.risk_plan), (tr("Family plan"), form.family_plan)]
        return [(Run(title, font=SERIF_BOLD), words) for title, words in told if words]


def _story(
    page: MovePaper, face: Type, manuscript: Manuscript, layout: Layout
) -> Iterator[Flowable]:
    made, plan, size = _Page(page, face, manuscript, layout.measure), page.plan, face.size
    tr = made.tr
    where = tr("{start} to {end}").format(start=plan.from_name, end=plan.to_name)
    if not (plan.from_name and plan.to_name):
        where = plan.to_name or plan.from_name
    title = made.sized(Style.TITLE, face.title)
    yield from manuscript.paragraph(f"{plan.called}: {where}", title, "H1")
    day = plan.days.leaves_on
    leaves = tr("No day of leaving yet.")
    if day:
        leaves = tr("Leaves {day}.").format(day=manuscript.words.day(day))
    whom = tr("For the case manager.") if page.own else tr("For {name}.").format(name=plan.called)
    yield from manuscript.paragraph(f"{leaves} {whom}", made.sized(Style.ALERT, 1, size * 0.3))
    heads = [tr("Side"), tr("Until then"), tr("From then on")]
    yield made.table(heads, made.sides(), (14, 38, 48))
    if page.own:
        yield from _open(made)
    if visits := made.visits():
        yield made.heading(tr("First visits"))
        yield made.table([tr("With"), tr("When")], visits, (50, 50))
    if steps := made.steps():
        yield made.heading(tr("What is still to be done"))
        yield made.table([tr("What"), tr("When"), tr("Whose")], steps, (50, 20, 30))
    if notes := made.notes():
        yield made.heading(tr("For the way"))
        yield made.table([tr("About"), tr("Agreed")], notes, (24, 76))
    urgent = tr("In danger: call 911. Thoughts of suicide: call or text 988, day and night.")
    yield from manuscript.paragraph(urgent, made.sized(Style.ALERT, 0.95, size))


def _open(made: _Page) -> Iterator[Flowable]:
    """Tell what is open: for the practitioner alone."""
    tr, plan = made.tr, made.plan
    if plan.days.gaps:
        yield made.heading(tr("Gaps to close"))
        rows = [made.gap(gap) for gap in plan.days.gaps]
        yield made.table([tr("Side"), tr("Days without cover")], rows, (30, 70))
    if pairs := made.pairs():
        yield made.heading(tr("Warm handoffs"))
        heads = [tr("From and to"), tr("Release"), tr("They have talked"), tr("Records")]
        yield made.table(heads, pairs, (46, 18, 20, 16))
