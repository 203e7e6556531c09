"""What a page break may not part, and how one finds one's way in a longer paper."""

from collections import Counter
from typing import Any

import pytest
from tests.reports.letters import brief, long, pictured
from tests.reports.lines import lines
from tests.reports.structure import Structure

from cmdesk.reports.family_update import _typeset
from cmdesk.rules.letter import Paper, Step


@pytest.mark.parametrize("paper", Paper)
def test_no_line_of_a_paragraph_is_left_alone_on_a_page(paper: Paper) -> None:
    """Forty paragraphs of five lines and more, so that pages break at all of their lines."""
    said = [" ".join(f"p{at}w{word}" for word in range(70 + at)) for at in range(40)]
    found = Counter(
        (line.text.split("w", maxsplit=1)[0], line.page)
        for line in lines(_typeset(brief(happened=tuple(said), paper=paper)).data)
        if line.text.startswith("p")
    )
    pages = Counter(paragraph for paragraph, _ in found)
    parted = {paragraph for paragraph, count in pages.items() if count > 1}
    assert len(parted) > 3
    assert min(count for (paragraph, _), count in found.items() if paragraph in parted) >= 2


def test_no_row_of_a_long_table_is_parted() -> None:
    steps = tuple(Step(f"Day {at}", f"x{at} " * (20 + at % 30), "Nora") for at in range(60))
    found = lines(_typeset(brief(steps=steps)).data)
    for at in range(60):
        assert len({line.page for line in found if f"x{at} " in line.text}) == 1


def test_a_paper_over_four_pages_has_its_headings_as_bookmarks() -> None:
    data = _typeset(long()).data
    structure = Structure(data)
    pages = [page.obj.objgen for page in structure.pdf.pages]
    assert len(pages) > 4
    drawn = {line.text.strip(): line for line in lines(data)}
    headings = [node.text.strip() for node in structure.nodes if node.tag == "H2"]
    with structure.pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == long().headline
        assert [entry.title for entry in title.children] == headings
        for entry in title.children:
            destination: Any = entry.destination
            page, _, _, top, _ = list(destination)
            line = drawn[entry.title]
            assert pages.index(page.objgen) + 1 == line.page
            assert line.y < float(top) < line.y + 20


def test_a_shorter_one_has_none() -> None:
    assert "/Outlines" not in Structure(_typeset(pictured()).data).pdf.Root
