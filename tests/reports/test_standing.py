"""A letter's standing words are all in the language of its reader."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from babel.messages.pofile import read_po
from tests.reports.letters import brief, pictured, spanish
from tests.reports.structure import Structure

import cmdesk
from cmdesk.casework.consent_paper import _detail
from cmdesk.letter_words import standing
from cmdesk.reports.family_update import _typeset
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.care_event_codes import Factor
from cmdesk.rules.codes import Relationship
from cmdesk.rules.instruments import INSTRUMENTS
from cmdesk.rules.letter import WEEKLY, Paper
from cmdesk.rules.notices import LONG
from cmdesk.rules.placement_draft import Per
from cmdesk.rules.placement_way import Column
from cmdesk.rules.safety import LIFELINE_WORDS, STAGES
from cmdesk.rules.scope import COVERED, SAID, SIGNED
from cmdesk.rules.topics import CONSENT_TOPICS, OWN_FORM

ASKED = {"tr", "ntr", "N_", "say", "head_row"}
LETTER_WORDS = re.compile(r"cmdesk\.(letter_words|rules\.speech) import|\babout\.words\b")
CHARTS = ("chart_layout.py", "chart_words.py")
PRONOUNS = {"{subject}", "{possessive}", "{says}"}
FROM_THE_LETTER = {"Family update", "Week", "Period"}  # words of the letter's own that stand


@pytest.mark.parametrize("paper", Paper)
def test_a_spanish_letter_holds_no_english_word_of_ours(paper: Paper) -> None:
    structure = Structure(_typeset(spanish(paper=paper)).data)
    assert structure.problems == []
    words = structure.words
    assert str(structure.pdf.Root.Lang) == "es-US"
    assert "Para Señora Núñez Sobre Lucía Semana 2 al 8 de marzo de 2026" in words
    assert "Enviada 9 de marzo de 2026 Actualización para la familia Estimada señora" in words
    assert "Avance en las metas de Lucía Meta Avance Cómo va" in words
    assert "3 de 4 pasos hechos" in words
    assert "1 de 1 paso hecho " in words
    assert "Qué sigue, y quién hace qué Cuándo Qué Quién" in words
    assert "Lo que Lucía me permite contarle. Lucía firmó" in words
    for english in ("For", "Week", "Sent", "What", "Who", "Goal", "steps", "Please", "Page"):
        assert not re.search(rf"\b{english}\b", words), english
    pages = [page.obj for page in structure.pdf.pages]
    notes = [note for page in pages for note in page.get("/Annots", [])]
    said = {str(note.Contents) for note in notes}
    assert {"Llamar al 988", "Escribir a nora@whitlock.example"} <= said


def test_the_words_of_the_law_stay_english_and_are_marked_so() -> None:
    law = {"notice": LONG.text, "notice_meaning": LONG.meaning("es")}
    structure = Structure(_typeset(spanish(**law)).data)
    assert structure.problems == []
    assert " ".join(LONG.text.split()) in structure.words
    assert " ".join(LONG.meaning("es").split()) in structure.words
    marked = list(_languages(structure.pdf.Root.StructTreeRoot))
    assert marked == ["en-US"] * len(LONG.text.splitlines())
    english = Structure(_typeset(pictured(notice=LONG.text)).data)
    assert list(_languages(english.pdf.Root.StructTreeRoot)) == []


def test_what_was_typed_in_the_other_language_is_marked_as_it() -> None:
    english = "Maya finished her plan and read it to her group."
    letter = spanish(happened=("Lucía terminó su plan y lo leyó en voz alta.", english))
    structure = Structure(_typeset(letter).data)
    assert structure.problems == []
    assert list(_languages(structure.pdf.Root.StructTreeRoot)) == ["en-US"]
    other = Structure(
        _typeset(pictured(help=("¿Podría llamarla el miércoles por la tarde?",))).data
    )
    assert list(_languages(other.pdf.Root.StructTreeRoot)) == ["es-US"]


def _languages(element: Any) -> Iterator[str]:
    """Give the languages that elements name, in reading order."""
    if "/Lang" in element:
        yield str(element.Lang)
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from _languages(child)


def test_english_is_the_text_itself_and_stands_in_for_what_has_no_words() -> None:
    english, none = standing("en-US"), standing("qx")
    for words in (english, none):
        assert words.tr("Who to call") == "Who to call"
        assert words.day(date(2026, 3, 9)) == "March 9, 2026"
        assert words.ntr("{of} step", "{of} steps", 2) == "{of} steps"
    assert standing("es").tr("") == ""
    assert _typeset(brief(language="qx-US")).pages == _typeset(brief()).pages


def test_every_standing_word_is_in_the_catalogue_and_none_is_left_over() -> None:
    root = Path(next(iter(cmdesk.__path__)))
    asked = {*FROM_THE_LETTER, *COVERED.values(), *SIGNED.values(), *SAID.values()}
    asked |= {part.title for part in WEEKLY if part.title}
    asked |= {tie.label.lower() for tie in Relationship} - {"other"}
    asked |= {topic.label for topic in {*CONSENT_TOPICS, *OWN_FORM}} | {LIFELINE_WORDS}
    asked |= {_detail(topic) for topic in CONSENT_TOPICS} | {stage.read for stage in STAGES}
    asked |= {level.label for level in LevelOfCare}
    asked |= {each.about for each in INSTRUMENTS} | {each.label for each in (*Factor, *Per)}
    asked |= {each.label for each in Column} - {"Not going ahead"}
    asked.discard("")
    for path in root.rglob("*.py"):
        if "ui" in path.parts:  # what is on screen is the practitioner's
            continue
        source = path.read_text("utf-8")
        if path.parent.name == "reports" or LETTER_WORDS.search(source) or path.name in CHARTS:
            asked |= set(_asked_in(source))
    with (files("cmdesk.resources") / "words/es/letters.po").open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id]
    ids = [[entry.id] if isinstance(entry.id, str) else [*entry.id] for entry in entries]
    kept = {text for both in ids for text in both}
    assert sorted(asked - kept) == []
    assert sorted(kept - asked) == []
    for entry, both in zip(entries, ids, strict=True):
        for text in [entry.string] if isinstance(entry.string, str) else entry.string or ():
            assert text
            assert _filled(text, both[0]) == _filled(both[0], both[0]), both


def _asked_in(source: str) -> Iterator[str]:
    """Give the words a module looks up, or marks to be looked up later."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(node, "func", None)
        if isinstance(node, ast.Call) and getattr(name, "attr", getattr(name, "id", "")) in ASKED:
            for part in (part for given in node.args for part in ast.walk(given)):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                    yield part.value


def _filled(text: str, english: str) -> set[str]:
    """Give what is filled in. What stands for a pronoun in English is a name in Spanish."""
    found = set(re.findall(r"{\w+}", text))
    spoken_of = any(pronoun in english for pronoun in PRONOUNS)
    return found - {*PRONOUNS, "{name}"} if spoken_of else found


def test_a_letter_in_english_is_as_it_was() -> None:
    words = Structure(_typeset(pictured()).data).words
    assert "Sent March 9, 2026" in words
    assert "3 of 4 steps done" in words
