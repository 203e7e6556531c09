"""The rarer parts: on two pages what belongs together stays so, in any script, in two languages."""

from dataclasses import replace

import pytest
from tests.reports.letters import brief, pictured
from tests.reports.lines import lines
from tests.reports.rarer import CHART, MOOD, crisis, history, month, rare_long, spanish_month
from tests.reports.structure import Structure

from cmdesk.reports.family_update import _typeset
from cmdesk.rules.letter import Letter, Moment, Paper, Part, PartKind, Stay


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("letter", [crisis(), history(), month(), spanish_month()])
def test_the_rarer_letters_are_tagged_throughout(letter: Letter, paper: Paper) -> None:
    sheet = _typeset(replace(letter, paper=paper))
    assert Structure(sheet.data).problems == []
    assert not sheet.missing


def test_empty_parts_are_left_out_with_their_headings() -> None:
    parts = tuple(Part(kind, kind.value, f"About {kind.value}") for kind in PartKind)
    words = Structure(_typeset(brief(parts=parts, calls=(), happened=())).data).words
    assert "About" not in words.replace("About Maya", "")


def test_long_tables_of_any_script_part_between_rows_and_name_their_columns_again() -> None:
    data = _typeset(rare_long()).data
    structure = Structure(data)
    assert structure.problems == []
    assert all(name in structure.words for name in ("Łęcka", "Nguyễn", "Παπαδοπούλου", "Ґудзь"))
    assert all(name in structure.words for name in ("דוד", "فاطمة"))
    found = lines(data)
    heads = [line.page for line in found if line.text.strip() == "What happened"]
    assert len(heads) == len(set(heads)) > 1  # on each page of the table, once


def test_no_row_of_a_clock_is_parted_nor_stays_of_one_house() -> None:
    clock = tuple(Moment(f"{at} p.m.", f"m{at} " * (20 + at % 30)) for at in range(40))
    stays = tuple(Stay(f"y{at}", f"House {at // 2}", f"z{at}") for at in range(60))
    parts = (Part(PartKind.CLOCK, "clock", "Clock"), Part(PartKind.HISTORY, "stays", "Stays"))
    found = lines(_typeset(brief(parts=parts, clock=clock, stays=stays)).data)
    for at in range(40):
        assert len({line.page for line in found if f"m{at} " in line.text}) == 1
    page = {line.text.strip(): line.page for line in found}
    assert all(page[f"y{at}"] == page[f"y{at + 1}"] for at in range(0, 60, 2))
    assert len(set(page.values())) > 3


def test_of_days_alone_no_heading_tells_of_care() -> None:
    days = (Stay("May 1 to 20, 2025", "", ""), Stay("Since February 2, 2026", "", ""))
    parts = (Part(PartKind.HISTORY, "stays", "Days"),)
    structure = Structure(_typeset(brief(parts=parts, stays=days)).data)
    assert structure.problems == []
    assert "Since February 2, 2026" in structure.words
    assert "Level of care" not in structure.words


def test_a_stay_of_which_nothing_can_be_printed_is_none() -> None:
    stays = (
        *(Stay("", "House", ""), Stay("", "House", "\u200b"), Stay("2026", "House", "IOP")),
        *(Stay("\u200b", "", ""), Stay("2025", "", "Day program"), Stay("", "", "")),
        Stay("", "Last", ""),
    )
    parts = (Part(PartKind.HISTORY, "stays", "Stays"),)
    structure = Structure(_typeset(brief(parts=parts, stays=stays)).data)
    assert structure.problems == []
    assert structure.outline.count("TR") == 5


@pytest.mark.parametrize("filler", range(0, 32, 9))
def test_headings_keep_what_follows_and_the_close_its_signature(filler: int) -> None:
    data = _typeset(month(opening=("Word.",) * filler)).data
    page = {line.text.strip(): line.page for line in lines(data)}
    assert page["How things moved over time"] == page["PHQ-9"] == page["taller means more support"]
    assert page["From last month’s letter"] == page["What became of it"]
    together = [number for text, number in page.items() if text.startswith(("You have been", "Wa"))]
    assert len(set(together)) == 1


def test_many_measures_stand_in_several_figures() -> None:
    many = replace(CHART, series=tuple(replace(MOOD, name=f"Measure {at}") for at in range(9)))
    structure = Structure(_typeset(month(charts=(many,))).data)
    assert structure.problems == []
    said = [node.alternate for node in structure.nodes if node.tag == "Figure"]
    charts = [words for words in said if "Measure" in words]
    assert [words.count("Measure") for words in charts] == [4, 4, 1]
    assert ["Level of care" in words for words in charts] == [False, False, True]


def test_a_chart_without_scores_is_left_out() -> None:
    empty = replace(CHART, series=())
    assert "How things moved" not in Structure(_typeset(month(charts=(empty,))).data).words


def test_a_letter_that_replaces_one_says_so_in_its_language() -> None:
    assert "This letter replaces" not in Structure(_typeset(pictured()).data).words
    words = Structure(_typeset(spanish_month()).data).words
    assert "Esta carta reemplaza la del 8 de marzo de 2026." in words
    assert "PHQ-9 bajó de 16 el 18 de septiembre de 2025 a 9 el 5 de marzo" in words
    for english in ("lower", "better", "Level", "fell", "What", "When", "Where", "since"):
        assert f" {english} " not in words
