"""Every paper there is, and papers by chance, for whoever checks them all."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.reports import test_accounting as accountings
from tests.reports.letters import LONG_NOTICE, brief, long, pictured, spanish
from tests.reports.rarer import rare_long
from tests.reports.templates import every_kind
from tests.reports.test_consent_form import BLANK, MAYA
from tests.reports.test_recovery_sheet import KIT
from tests.reports.test_safety_plan import PLAN
from tests.reports.test_transition_plan import PAGE

from cmdesk.casework.safety_paper import PaperLine, PlanPaper
from cmdesk.reports import accounting
from cmdesk.reports.consent_form import consent_form
from cmdesk.reports.family_update import _typeset
from cmdesk.reports.recovery_sheet import recovery_sheet
from cmdesk.reports.safety_plan import safety_plan
from cmdesk.reports.transition_plan import transition_plan
from cmdesk.rules.chart import Chart, Score, Series, Span
from cmdesk.rules.letter import (
    Call,
    Closed,
    Glance,
    Goal,
    Letter,
    Moment,
    Paper,
    Part,
    PartKind,
    Stay,
    Step,
)
from cmdesk.rules.notices import LONG

KEYS = {PartKind.LINES: "happened", PartKind.TEXT: "help"}

WORDS = (
    "call", "steady", "Thursday", "her", "week", "and", "a", "Stillwater", "988", "12%", "affable",
    "Łęcka", "Nguyễn", "Παπαδόπουλος", "Ґудзь", "דוד", "לוי,", "שָׁלוֹם", "فاطمة", "مُحَمَّد", "پریا",
    "١٢٣", "हिन्दी", "கோபால்", "สมชาย", "王小明", "김민수", "(אב", "x)", "…", "\U0001f600",
    "\U00012000", "x" * 70, "ד" * 70, "line\nend", "a@b.example", "<b>", "&amp;",
)  # fmt: skip


def every(paper: Paper) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every kind of paper, not yet sealed."""
    yield "letter", _typeset(pictured(paper=paper)).data
    yield "letter-brief", _typeset(brief(paper=paper)).data
    yield "letter-long", _typeset(long(paper)).data
    yield "letter-spanish", _typeset(spanish(paper=paper)).data
    law = {"notice": LONG.text, "notice_meaning": LONG.meaning("es")}
    yield "letter-spanish-law", _typeset(spanish(paper=paper, **law)).data
    yield "letter-scripts", _typeset(pictured(paper=paper, happened=(" ".join(WORDS),))).data
    yield "letter-rare-long", _typeset(rare_long(paper)).data
    for name, letter in every_kind(paper):
        yield f"letter-{name}", _typeset(letter).data
    yield "consent-form", consent_form(replace(MAYA, paper=paper)).data
    yield "consent-form-blank", consent_form(replace(BLANK, paper=paper)).data
    yield "consent-form-spanish", consent_form(replace(MAYA, paper=paper, written_in="es")).data
    yield "safety-plan", safety_plan(replace(PLAN, paper=paper)).data
    yield "transition-plan", transition_plan(replace(PAGE, paper=paper)).data
    theirs = replace(PAGE, paper=paper, own=False, language="es")
    yield "transition-plan-spanish", transition_plan(theirs).data
    yield "safety-plan-spanish", safety_plan(replace(PLAN, paper=paper, language="es")).data
    listed = replace(accountings.PAGE, paper=paper)
    yield "accounting", accounting._typeset(listed).data
    many = replace(accountings.years(60), paper=paper, language="es-US")
    yield "accounting-spanish", accounting._typeset(many).data
    odd = replace(accountings.LETTER, what=" ".join(WORDS), recipient_name=" ".join(WORDS))
    yield "accounting-scripts", accounting._typeset(replace(listed, rows=(odd, odd))).data
    yield "recovery-sheet", recovery_sheet(replace(KIT, paper=paper))


def by_chance(count: int, seed: int) -> Iterator[bytes]:
    """Letters, plans and forms of any length, with words of any script in every place."""
    chance = Chance(seed)
    for number in range(count):
        kind = number % 6
        if kind == 5:
            yield consent_form(
                replace(
                    MAYA,
                    client=chance.words(6),
                    recipients=chance.many(5, 8),
                    limits=chance.words(30),
                    purpose=chance.words(20),
                    paper=chance.paper(),
                )
            ).data
        elif kind == 4:
            yield safety_plan(chance.plan()).data
        else:
            yield _typeset(chance.letter()).data


class Chance:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret hangs on it

    def words(self, most: int) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randrange(most + 1)))

    def many(self, most: int, words: int) -> tuple[str, ...]:
        return tuple(self.words(words) for _ in range(self.random.randrange(most + 1)))

    def paper(self) -> Paper:
        return self.random.choice(list(Paper))

    def letter(self) -> Letter:
        some, few = self.random.randrange, self.random.random() < 0.5
        rows = 5 if few else 30
        return pictured(
            recipient=self.words(5) or "x",
            about=self.words(3) or "x",
            headline=self.words(12),
            opening=self.many(3, 60),
            glance=tuple(Glance(self.words(3), self.words(20)) for _ in range(some(6))),
            happened=self.many(rows, 120),
            goals=tuple(
                Goal(self.words(6), some(6), some(6), self.words(15)) for _ in range(some(rows))
            ),
            steps=tuple(
                Step(self.words(3), self.words(30), self.words(4), self.words(4))
                for _ in range(some(rows))
            ),
            help=self.many(3, 40),
            calls=tuple(Call(self.words(5), "(718) 555-0142") for _ in range(some(rows))),
            close=self.many(2, 20),
            notice=LONG_NOTICE if few else self.words(20),
            sent=pictured().sent + timedelta(days=some(400)),
            replaces=pictured().sent if few else None,
            **self.rarer(rows),
            paper=self.paper(),
        )

    def rarer(self, rows: int) -> dict[str, Any]:
        """Make the parts of the rarer letters, in any order of all parts, in either language."""
        some = self.random.randrange
        houses = [self.words(4) for _ in range(3)]
        kinds = self.random.sample(list(PartKind), k=len(PartKind))
        return {
            "parts": tuple(Part(kind, KEYS.get(kind, kind.value), self.words(6)) for kind in kinds),
            "language": self.random.choice(("en-US", "es-US")),
            "dates": tuple(
                Step(self.words(3), self.words(20), self.words(2) if some(3) else "")
                for _ in range(some(rows))
            ),
            "closed": tuple(
                Closed(self.words(3), self.words(20), self.words(2), self.words(12))
                for _ in range(some(rows))
            ),
            "clock": tuple(
                Moment(self.words(2), self.words(25), self.words(3)) for _ in range(some(rows))
            ),
            "stays": tuple(
                Stay(self.words(4), self.random.choice(houses), self.words(3), self.words(6))
                for _ in range(some(rows))
            ),
            "charts": tuple(self.chart() for _ in range(some(3))),
        }

    def chart(self) -> Chart:
        """Make a chart of any measures, with any number of scores."""
        some, first = self.random.randrange, pictured().sent

        def day() -> date:
            return first + timedelta(days=some(700))

        series = tuple(
            Series(
                self.words(3) or "x",
                tuple(Score(day(), self.random.uniform(-5, 90)) for _ in range(some(40))),
                self.words(4),
                lower_is_better=bool(some(2)),
                lowest=0 if some(2) else None,
                highest=80 if some(2) else None,
            )
            for _ in range(some(7))
        )
        spans = tuple(Span(day(), day(), self.words(3), some(8)) for _ in range(some(9)))
        return Chart(first, first + timedelta(days=some(800)), series, spans)

    def plan(self) -> PlanPaper:
        lines = self.random.randrange(12)
        steps = tuple(
            tuple(
                PaperLine(self.words(12), self.words(3), self.random.choice(("", "(718) 555-0142")))
                for _ in range(self.random.randrange(lines + 1))
            )
            for _ in range(6)
        )
        return replace(PLAN, steps=steps, reasons=self.words(30), paper=self.paper())
