"""Each kind of letter is read through its tags, in both languages, as a listener hears it."""

import re

import pytest
from tests.reports.aloud import aloud
from tests.reports.rarer import CHART, crisis, history, month
from tests.reports.structure import Structure
from tests.reports.templates import LANGUAGES, letter

from cmdesk.letter_words import standing
from cmdesk.reports.charts import language
from cmdesk.reports.family_update import _typeset
from cmdesk.reports.paper import describe
from cmdesk.rules.chart_words import told
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.letter import Letter, PartKind

SHORT = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|lun|mié|jue|vie|sáb|dom)\b", re.IGNORECASE)


def heard(letter: Letter) -> list[str]:
    structure = Structure(_typeset(letter).data)
    assert structure.problems == []
    return aloud(structure)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", UpdateTemplate)
def test_every_kind_of_letter_is_heard_in_its_order(code: UpdateTemplate, language: str) -> None:
    made = letter(code.value, language)
    lines = heard(made)
    titles = [part.title for part in made.parts if part.title and part.kind is not PartKind.GLANCE]
    places = [lines.index(title) for title in titles]
    assert places == sorted(places)
    assert lines.index(made.headline) < places[0]
    assert lines.index(made.farewell) > places[-1]
    assert not [line for line in lines if SHORT.search(line)]
    for at in (number for number, title in zip(places, titles, strict=True) if title):
        assert lines[at + 1] not in titles


def test_rows_are_heard_with_their_headings_and_days_in_full() -> None:
    lines = heard(history())
    assert (
        "Where: Bridge Street. When: September 2 to 30, 2024. Level of care: IOP. "
        "How it ended: Left on her own wish" in lines
    )  # the house is named in the row before alone, and heard in both
    assert "When: March 24, 2026. What: Insurance approval ends, 12 days left" in lines
    lines = heard(crisis())
    assert "Time: 11:55 p.m.. What happened: Staff called 911. An ambulance came at 12:10.. " in [
        line[: line.index("Who")] for line in lines if line.startswith("Time: 11:55")
    ]
    assert "The next word from me comes by 10 a.m., also if there is no news." in lines
    assert "When: Friday, March 13. What: Records sent, so Bridge Street is ready for her. " in [
        line[: line.index("Who")] for line in lines if "Records sent" in line
    ]


def test_the_chart_is_heard_as_true_sentences_and_the_correction_first() -> None:
    lines = heard(month())
    sentence = told(CHART, language(standing("en"), CHART))
    assert sentence in lines
    assert sentence.startswith(
        "PHQ-9 fell from 16 on September 18, 2025 to 9 on March 5; lower is better. "
        "The highest was 23 on December 18, 2025. BARC-10 rose from 24"
    )
    assert lines.index("This letter replaces the one of March 6, 2026.") < lines.index(
        "Maya’s month"
    )
    assert (
        "When: March 9. What was planned: Tour of Juniper Court. "
        "What became of it: Moved. To March 17; they were full." in lines
    )


@pytest.mark.parametrize(
    ("tag", "short", "said"),
    [
        ("en", "Wed, Nov 11", "Wednesday, November 11"),
        ("en", "March 9", ""),
        ("en", "May 4 to Jun 2", "May 4 to June 2"),
        ("es", "mar., 10 de marzo", "Martes, 10 de marzo"),
        ("es", "Mié., 11 de nov.", "Miércoles, 11 de noviembre"),
        ("es", "5 mar", "5 marzo"),
    ],
)
def test_short_days_are_said_in_full(tag: str, short: str, said: str) -> None:
    assert standing(tag).aloud(short) == said


def test_a_number_is_read_digit_by_digit() -> None:
    words = standing("en")
    assert describe(words, "tel:+17185550142") == "Call 718-555-0142"
    assert describe(words, "tel:988") == "Call 988"
    assert describe(words, "tel:+442079460958") == "Call +442079460958"
