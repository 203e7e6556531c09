"""One whole letter of each kind there is, in each language, for whoever checks or reads them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Final

from tests.reports.letters import pictured, spanish
from tests.reports.rarer import CARE, CHART, crisis, history, month

from cmdesk.letter_words import standing
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.letter import Closed, Glance, Letter, Moment, Paper, PartKind, Stay, Step
from cmdesk.rules.letter_template import Template, filled, labels, read

LANGUAGES: Final = ("en", "es")
SAID: Final = {
    "en": "Maya went to every group this week, and she is proud of that.",
    "es": "Lucía fue a todos los grupos esta semana, y está orgullosa de eso.",
}
STAYS: Final = (
    Stay("4 de agosto al 1 de septiembre de 2024", "Bridge Street", "Programa de día", "Alta"),
    Stay("2 al 30 de septiembre de 2024", "Bridge Street", "Programa intensivo", "Por su deseo"),
    Stay("Desde el 2 de febrero de 2026", "Stillwater Ridge", "Residencial 3.5"),
)
CARE_LINES: Final = (
    "Lo que se repite: Dormir mal (3 de 4 estancias).",
    "444 días sin atención entre el 30 de septiembre de 2024 y el 18 de diciembre de 2025.",
)


def template(code: str, language: str) -> Template:
    kept = json.loads((files("cmdesk.resources") / f"letters/{code}.json").read_text("utf-8"))
    return read(code, kept, kept["words"], language)


def letter(code: str, language: str, paper: Paper = Paper.LETTER) -> Letter:
    """Fill every section of a kind of letter."""
    kind, base = template(code, language), _english() if language == "en" else _spanish()
    blanks = {"name": base.about, "reader": base.recipient.split()[0], "period": base.period}
    blanks |= {"program": "Stillwater Ridge", "practitioner": "Nora Whitlock"}
    parts = tuple(replace(part, title=filled(part.title, blanks)) for part in kind.parts)
    prose = {
        part.key: (filled(part.words, blanks) or SAID[language],)
        for part in parts
        if part.kind in (PartKind.LINES, PartKind.TEXT)
    }
    box = [Glance(label, SAID[language]) for label in labels(kind, blanks)]
    return replace(
        base,
        parts=parts,
        prose=prose,
        glance=tuple(box),
        title=kind.title,
        headline=filled(kind.headline, blanks),
        greeting=filled(kind.greeting, blanks),
        opening=(filled(kind.opening, blanks),),
        close=(filled(kind.close, blanks),),
        farewell=kind.farewell,
        paper=paper,
        language=standing(language).tag,
    )


def _english() -> Letter:
    return pictured(
        charts=(CHART,),
        stays=history().stays,
        care=history().care,
        dates=history().dates,
        closed=month().closed,
        clock=crisis().clock,
    )


def _spanish() -> Letter:
    return spanish(
        charts=(CHART,),
        stays=STAYS,
        care=replace(CARE, lines=CARE_LINES),
        dates=(Step("Vie., 20 de marzo", "Lucía sale de Stillwater Ridge.", "Lucía"),),
        closed=(Closed("6 de marzo", "Respuesta del seguro", "Hecho", "Aprobado."),),
        clock=(Moment("23:40", "Lucía pidió ayuda.", "Lucía"),),
    )


def every_kind(paper: Paper) -> Iterator[tuple[str, Letter]]:
    for code in UpdateTemplate:
        for language in LANGUAGES:
            yield f"{code.value}-{language}", letter(code.value, language, paper)
