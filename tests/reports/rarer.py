"""Letters of the rarer kinds for tests: a crisis, stays, a month with its chart, a correction."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from tests.reports.letters import pictured, spanish

from cmdesk.rules.chart import Chart, Score, Series, Span
from cmdesk.rules.letter import CareMap, Closed, Letter, Moment, Paper, Part, PartKind, Stay, Step

MOOD: Final = Series(
    "PHQ-9",
    (
        Score(date(2025, 9, 18), 16),
        Score(date(2025, 10, 16), 14),
        Score(date(2025, 11, 13), 15),
        Score(date(2025, 12, 18), 23),
        Score(date(2026, 1, 15), 19),
        Score(date(2026, 2, 3), 14),
        Score(date(2026, 3, 5), 9),
    ),
    "low mood",
    lowest=0,
    highest=27,
    marks=(5, 10, 20),
)
STRENGTHS: Final = Series(
    "BARC-10",
    (
        Score(date(2025, 10, 16), 24),
        Score(date(2025, 12, 18), 21),
        Score(date(2026, 2, 3), 30),
        Score(date(2026, 3, 5), 38),
    ),
    "recovery strengths",
    lower_is_better=False,
    lowest=10,
    highest=60,
    marks=(20, 40, 60),
)
LEVELS: Final = (
    Span(date(2025, 9, 1), date(2025, 11, 2), "Outpatient", 2),
    Span(date(2025, 11, 3), date(2025, 12, 17), "IOP", 3),
    Span(date(2025, 12, 18), date(2025, 12, 26), "Hospital", 7),
    Span(date(2025, 12, 27), date(2026, 2, 1), "IOP", 3),
    Span(date(2026, 2, 2), None, "Residential 3.5", 5),
)
CHART: Final = Chart(date(2025, 9, 15), date(2026, 3, 9), (MOOD, STRENGTHS), LEVELS)
CARE: Final = CareMap(
    Chart(
        date(2024, 8, 4),
        date(2026, 3, 9),
        (),
        (
            Span(date(2024, 8, 4), date(2024, 9, 1), "Day program", 4),
            Span(date(2024, 9, 2), date(2024, 9, 30), "IOP", 3),
            Span(date(2025, 12, 18), date(2025, 12, 26), "Inpatient psychiatric", 7),
            Span(date(2026, 2, 2), None, "Residential 3.5", 5),
        ),
    ),
    (
        "What comes up again: Poor sleep (3 of 4 stays); No next care set (2 of 4 stays).",
        "444 days without care between September 30, 2024 and December 18, 2025.",
    ),
)


def crisis(**changes: Any) -> Letter:
    """A notice within hours: what happened when, who was called, and when the next word comes."""
    letter = pictured(
        title="Important news",
        headline="Important news about Maya",
        opening=(
            "This is hard news, so I say it plainly. Here is what happened, and what we did.",
        ),
        parts=(
            Part(PartKind.TEXT, "now", "Where things stand now"),
            Part(PartKind.CLOCK, "clock", "What happened, and when"),
            Part(PartKind.STEPS, "steps", "What happens next, and who does what"),
            Part(PartKind.CALLS, "calls", "Who to call"),
        ),
        clock=(
            Moment("11:40 p.m.", "Maya told the night nurse that she did not feel safe.", "Maya"),
            Moment("11:55 p.m.", "Staff called 911. An ambulance came at 12:10.", "Night nurse"),
            Moment("12:45 a.m.", "Maya was admitted to Hartford Hospital.", ""),
            Moment("1:15 a.m.", "I called you, and left word.", "Nora Whitlock"),
        ),
    )
    prose = {
        "now": ("Maya is safe at Hartford Hospital, with a nurse beside her.",),
        "clock": ("The next word from me comes by 10 a.m., also if there is no news.",),
    }
    return replace(letter, prose=prose, **changes)


def history(**changes: Any) -> Letter:
    """Where somebody has been cared for, for a program that asks; two levels in one house."""
    letter = pictured(
        title="Admissions history",
        headline="Care history of Maya",
        care=CARE,
        parts=(
            Part(PartKind.MAP, "map", "Care over time"),
            Part(PartKind.HISTORY, "stays", "Care so far"),
            Part(PartKind.DATES, "dates", "Dates"),
        ),
        stays=(
            Stay("August 4 to September 1, 2024", "Bridge Street", "Day program", "As planned"),
            Stay("September 2 to 30, 2024", "Bridge Street", "IOP", "Left on her own wish"),
            Stay("December 18 to 26, 2025", "Hartford Hospital", "Inpatient", "As planned"),
            Stay("Since February 2, 2026", "Stillwater Ridge", "Residential 3.5"),
        ),
        dates=(
            Step("March 20, 2026", "Maya leaves Stillwater Ridge.", ""),
            Step("March 24, 2026", " ends, 12 days left", "", lead="Insurance approval"),
        ),
    )
    return replace(letter, prose={}, **changes)


def month(**changes: Any) -> Letter:
    """A month with its chart, what became of the last letter, and days to keep."""
    letter = pictured(
        title="Monthly review",
        headline="Maya’s month",
        period="March 2026",
        replaces=date(2026, 3, 6),
        charts=(CHART,),
        parts=(
            Part(PartKind.GOALS, "goals", "Progress on {name}’s goals"),
            Part(PartKind.CHART, "chart", "How things moved over time"),
            Part(PartKind.DATES, "dates", "Dates to keep"),
            Part(PartKind.CLOSED, "closed", "From last month’s letter"),
            Part(PartKind.TEXT, "help", "How you can help this month"),
        ),
        dates=(Step("Fri, March 20", "Maya leaves Stillwater Ridge.", "Maya"),),
        closed=(
            Closed(
                "March 6", "Answer from insurance about her last nine days", "Done", "Approved."
            ),
            Closed("March 9", "Tour of Juniper Court", "Moved", "To March 17; they were full."),
            Closed("March 12", "A call with her school", "Dropped"),
        ),
    )
    return replace(letter, **changes)


def spanish_month(**changes: Any) -> Letter:
    """The rarer parts, to a reader of Spanish."""
    parts = (
        Part(PartKind.CHART, "chart", "Cómo cambiaron las cosas con el tiempo"),
        Part(PartKind.CLOCK, "clock", "Qué pasó, y cuándo"),
        Part(PartKind.CLOSED, "closed", "De la carta del mes pasado"),
        Part(PartKind.HISTORY, "stays", "Atención hasta ahora"),
        Part(PartKind.DATES, "dates", "Fechas por recordar"),
    )
    return spanish(
        parts=parts,
        replaces=date(2026, 3, 8),
        charts=(replace(CHART, spans=CHART.spans[:1]),),
        clock=(Moment("23:40", "Lucía pidió ayuda.", "Lucía"),),
        closed=(Closed("6 de marzo", "Respuesta del seguro", "Hecho", "Aprobado."),),
        stays=(Stay("Desde el 2 de febrero", "Stillwater Ridge", "Residencial 3.5"),),
        dates=(Step("20 de marzo", "Lucía sale de Stillwater Ridge.", ""),),
        **changes,
    )


def rare_long(paper: Paper = Paper.LETTER) -> Letter:
    """Every rarer table over pages, with names of many scripts in their cells."""
    names = ("Łucja Łęcka", "Nguyễn Thị Hạnh", "Ελένη Παπαδοπούλου", "Надія Ґудзь", "דוד לוי")
    names = (*names, "فاطمة الزهراء", "Maximiliana " * 9)
    whole = history(paper=paper)
    stays = [replace(stay, where=names[at // 2 % 7]) for at, stay in enumerate(whole.stays * 9)]
    clock = [
        Moment(f"{at}:{at:02}", f"{name} called. " * (at % 5 + 1), name)
        for at, name in enumerate(names * 5)
    ]
    closed = [Closed("March 6", f"Call {name}", "Done", name) for name in names * 5]
    charts = tuple(
        replace(CHART, series=tuple(replace(MOOD, name=name) for name in names)) for _ in range(2)
    )
    parts = (
        Part(PartKind.CHART, "chart", "How things moved over time"),
        Part(PartKind.CLOCK, "clock", "What happened, and when"),
        Part(PartKind.CLOSED, "closed", "From last month’s letter"),
    )
    return replace(
        whole,
        parts=(*whole.parts, *parts),
        stays=tuple(stays),
        clock=tuple(clock),
        closed=tuple(closed),
        charts=charts,
        dates=tuple(Step("March 6", name, name) for name in names * 5),
    )
