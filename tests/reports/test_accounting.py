"""The accounting on paper: every field that is owed, in its section, and what puts a row right."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from tests.reports.structure import Structure

from cmdesk.casework.accounting import Short, Told
from cmdesk.casework.rights import Disagreement
from cmdesk.reports.accounting import Page, _typeset
from cmdesk.rules.disclosure_bases import HIPAA, PART2
from cmdesk.rules.letter import Paper

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
LETTER = Told(
    id=1,
    uid="u-1",
    at=datetime(2026, 3, 2, 9, 41, tzinfo=ZoneInfo("America/New_York")),
    basis="consent",
    recipient_name="Diane Brenner",
    recipient_organisation="",
    recipient_address="diane@brenner.example",
    discloser="Nora Whitlock, Whitlock Care Coordination",
    what="Family update, February 23 to March 1, 2026",
    topics=("progress", "attendance"),
    purpose="Family support and planning",
    consents=("k-diane",),
    consent_on=date(2026, 2, 2),
    notice_version="42cfr2.32-a2-2024",
    notice_form="42 CFR 2.32(a)(2)",
    channel="encrypted_pdf",
    delivery_evidence="",
    needed_only="Nora Whitlock",
    document="d-1",
    pages=2,
    sha256="ab" * 32,
    content_sha256="cd" * 32,
    part2=True,
    restriction_check="",
    override_reason="",
    said=NOTHING,
    entries=("e-1",),
    required=(PART2,),
)
ORDER = replace(
    LETTER,
    id=2,
    uid="u-2",
    basis="court_order",
    recipient_name="Clerk of Kings County",
    recipient_organisation="Supreme Court",
    recipient_address="360 Adams Street, Brooklyn",
    what="Dates of admission",
    topics=(),
    purpose="Order 4711/2026",
    notice_form="",
    channel="paper",
    pages=None,
    discloser="June Lund",
    required=(HIPAA,),
)
RIGHTED = replace(
    ORDER,
    id=3,
    what="Dates of admission and discharge",
    said=MappingProxyType({"why_corrected": "Two dates were given.", "time_unknown": True}),
    corrects="u-2",
)
BACK = replace(LETTER, id=4, what="The file could not be put in its place.", corrects="u-1")
PAGE = Page(
    about="Maya Brenner",
    called="Maya",
    reader="Maya Brenner",
    authority="",
    first=date(2020, 3, 9),
    last=date(2026, 3, 9),
    rows=(LETTER, replace(ORDER, corrections=(RIGHTED,)), replace(LETTER, corrections=(BACK,))),
    discloser="Nora Whitlock, Whitlock Care Coordination",
    contact="18 Union Street, Brooklyn, (718) 555-0100",
    language="en-US",
    made_at=datetime(2026, 3, 9, 16, tzinfo=UTC),
    paper=Paper.LETTER,
)


def years(rows: int) -> Page:
    """Return a page with a letter every week, and calls summed up."""
    first = replace(LETTER, recipient_name="Mary Ann Featherstonehaugh-Cholmondeley")
    many = tuple(replace(first, at=first.at + timedelta(weeks=week)) for week in range(rows))
    summed = Short(ORDER, 12, ORDER.at + timedelta(days=80))
    return replace(PAGE, rows=(*many, summed), authority="Legal guardian", reader="Ruth Brenner")


@pytest.mark.parametrize("paper", Paper)
def test_every_field_that_is_owed_is_on_the_page(paper: Paper) -> None:
    structure = Structure(_typeset(replace(PAGE, paper=paper)).data)
    assert structure.problems == []
    words = structure.words
    assert words.count("9:41 AM") == 4  # of five: noon stands for a time that is not known
    for said in (
        "told about Maya Brenner: March 9, 2020 to March 9, 2026.",
        "March 2, 2026 9:41 AM Clerk of Kings County Supreme Court 360 Adams Street, Brooklyn",
        "on paper Dates of admission What for: Order 4711/2026 Court order Told by June Lund",
        (
            "Corrects what is said of March 2, 2026 Two dates were given. "
            "Dates of admission and discharge"
        ),
        "Diane Brenner diane@brenner.example as a locked PDF",
        (
            "Family update, February 23 to March 1, 2026 About progress and attendance and plans "
            "What for: Family support and planning "
            "With consent, notice 42 CFR 2.32(a)(2) went with it 2 pages"
        ),
        "Was not told after all, March 2, 2026 The file could not be put in its place.",
    ):
        assert said in words, said
    # What the law asks for comes first; what was taken back is listed though it is not owed.
    owed, consent, also = (
        words.index(title)
        for title in ("What must be listed", "Records of substance use", "Also told")
    )
    assert owed < words.index("Clerk of Kings") < consent < words.index("Diane") < also
    assert also < words.index("Was not told after all")


def test_years_of_letters_over_many_pages_in_spanish() -> None:
    sheet = _typeset(replace(years(60), language="es-US", first=None))
    structure = Structure(sheet.data)
    assert structure.problems == []
    assert sheet.pages > 4
    assert structure.words.count("Cuándo A quién Qué, y por qué") == 2  # of two tables, read once
    assert "desde el principio hasta el 9 de marzo de 2026" in structure.words
    assert "Hecho para Ruth Brenner, que puede actuar en nombre de Maya." in structure.words
    assert "La primera de 12; la última el 21 de mayo de 2026." in structure.words
    assert "2 páginas" in structure.words
    for english in ("When", "To whom", "Also told", "pages", "consent"):
        assert f" {english} " not in structure.words
    first = sheet.data
    assert _typeset(replace(years(60), language="es-US", first=None)).data == first


def test_a_statement_of_disagreement_goes_with_it() -> None:
    """45 CFR 164.526(d)(5)."""
    said = Disagreement(
        date(2026, 1, 5), "“She left early”", "It is right.", "I was sent home.", "The log says so."
    )
    other = Disagreement(date(2026, 2, 5), "The date", "", "It was the 3rd.", "")
    structure = Structure(_typeset(replace(PAGE, disagreements=(said, other))).data)
    assert structure.problems == []
    assert (
        "A statement of disagreement goes with this "
        "On January 5, 2026 you asked to correct: “She left early” "
        "Why it was refused: It is right. "
        "Your statement: I was sent home. Our answer: The log says so. "
        "On February 5, 2026 you asked to correct: The date "
        "Your statement: It was the 3rd. Your rights"
    ) in structure.words


def test_nothing_told_is_said() -> None:
    structure = Structure(_typeset(replace(PAGE, rows=(), contact="")).data)
    assert structure.problems == []
    assert "Nothing was told in this time." in structure.words
    assert "What must be listed" not in structure.words
