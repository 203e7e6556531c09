from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.reports.structure import Structure

from cmdesk.casework.safety_paper import PaperLine, PlanPaper
from cmdesk.reports.safety_plan import safety_plan
from cmdesk.rules.letter import Paper
from cmdesk.rules.safety import STAGES

PLAN = PlanPaper(
    called="Maya",
    steps=(
        (PaperLine("I stop answering texts", "", ""), PaperLine("No sleep, two nights", "", "")),
        (PaperLine("Cold water, then the long walk to the pier", "", ""),),
        (PaperLine("The Saturday pottery table", "Ruth Brenner", "(718) 555-0139"),),
        (PaperLine("", "Diane Brenner", "(718) 555-0142"), PaperLine("My sponsor", "", "")),
        (
            PaperLine("therapist", "Tess Holloway", "(518) 555-0117"),
            PaperLine("Stillwater Ridge, night desk", "", "ext. 4"),
        ),
        (PaperLine("Diane keeps the pills in the locked box", "", ""),),
    ),
    reasons="My brother, and the summer in Maine.",
    dated=date(2026, 3, 2),
    made_at=datetime(2026, 3, 9, tzinfo=UTC),
    paper=Paper.LETTER,
)


@pytest.mark.parametrize("paper", Paper)
def test_one_tagged_page_that_says_all(paper: Paper) -> None:
    sheet = safety_plan(replace(PLAN, paper=paper))
    structure = Structure(sheet.data)
    assert structure.problems == []
    assert sheet.pages == 1
    assert structure.words.startswith("Maya's plan for hard hours As of March 2, 2026.")
    for stage in STAGES:
        assert f"{stage.number}. {stage.read}" in structure.words
    assert "Tess Holloway: therapist(518) 555-0117" in structure.words.replace(" (518)", "(518)")
    assert ("(718) 555-0142", "tel:+17185550142") in structure.links
    assert ("988", "tel:988") in structure.links
    assert not any("ext" in words for words, _ in structure.links)


def test_a_step_without_lines_leaves_nothing_behind() -> None:
    bare = replace(PLAN, steps=(PLAN.steps[0], *((),) * 5), reasons="", dated=None)
    structure = Structure(safety_plan(bare).data)
    assert structure.problems == []
    assert "2." not in structure.words
    assert "As of" not in structure.words


def test_a_number_the_plan_names_is_not_said_twice() -> None:
    lines = (PaperLine("The lifeline", "", "988"), PaperLine("Danger now", "", "911"))
    whole = replace(PLAN, steps=(*PLAN.steps[:4], lines, ()))
    structure = Structure(safety_plan(whole).data)
    assert structure.problems == []
    assert "Any hour" not in structure.words
    assert structure.words.count("988") == 1


def test_a_longer_plan_is_set_smaller_before_it_takes_a_second_page() -> None:
    longer = replace(PLAN, steps=tuple(lines * 2 for lines in PLAN.steps))
    assert safety_plan(longer).pages == 1
    longest = replace(PLAN, steps=tuple(lines * 15 for lines in PLAN.steps))
    sheet = safety_plan(longest)
    assert sheet.pages > 1
    assert Structure(sheet.data).problems == []


def test_no_name_stands_in_the_title_and_the_same_plan_gives_the_same_bytes() -> None:
    sheet = safety_plan(PLAN)
    assert "Maya" not in str(Structure(sheet.data).pdf.docinfo.Title)
    assert sheet.data == safety_plan(PLAN).data
    assert "pills" not in repr(PLAN)


def test_in_spanish_the_client_s_words_stay_theirs() -> None:
    structure = Structure(safety_plan(replace(PLAN, language="es")).data)
    assert structure.problems == []
    assert str(structure.pdf.Root.Lang) == "es-US"
    assert structure.words.startswith(
        "Plan de Maya para las horas difíciles Al 2 de marzo de 2026."
    )
    assert "1. Cómo noto que se pone difícil I stop answering texts" in structure.words
    assert "llame y oprima 2, o envíe AYUDA" in structure.words
    assert not any(stage.read in structure.words for stage in STAGES)
