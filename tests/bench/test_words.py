"""Plainer words and spelling: what a key costs, and the reading after a pause, of two pages."""

from time import thread_time
from typing import Any, Final

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cmdesk.casework import spelling, word_lists
from cmdesk.casework.spelling import Personal
from cmdesk.rules import reading_grade
from cmdesk.rules.plain_words import advise
from cmdesk.ui import theme
from cmdesk.ui.parts.text_words import Findings, TextWords
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import Words
from tests.bench.floor import MILLISECONDS, Figure, beside, noted, p95
from tests.reports.letters import CLOSE, HAPPENED_1, HAPPENED_2, HAPPENED_3, HELP, OPENING

MOST: Final = 16  # ms, one frame
SUGGESTED: Final = 250  # ms, when a menu is opened
KEYS: Final = 60
SECTIONS: Final = (OPENING, HAPPENED_1, HAPPENED_2, HAPPENED_3, HELP, CLOSE)
# Twelve of 3,000 people are in the letter; the others make the table no slower.
OWN: Final = Personal(frozenset(f"name{n}" for n in range(9_000)) | {"maya", "diane", "tess"})
TYPOS: Final = ("recieve", "wendesday", "medicaton", "psychiatirst", "naltrexon", "didnt") * 4


def read(section: str) -> int:
    terms = word_lists.plainer("en")
    return len(advise(section, "en", terms)) + len(spelling.check(section, "en", OWN))


def test_a_section_read_after_a_pause(benchmark: Any) -> None:
    """One section has changed; it is read anew, and the grade is that of the whole letter."""
    rest = "\n".join(SECTIONS)
    typed = [HAPPENED_1 + " She also told us this"[:n] + f" {n}" for n in range(KEYS)]

    def pause(text: str) -> int:
        return read(text) + reading_grade.grade(f"{rest}\n{text}")

    def floor(text: str) -> int:
        """Take the words of the letter apart, and ask nothing of them."""
        return len(f"{rest}\n{text}".split())

    read(HAPPENED_1)
    figure = beside(
        benchmark, "words: a section after a pause", pause, floor, typed, lambda _: MOST
    )
    assert figure.found <= MOST


def test_all_sections_read_at_once(benchmark: Any) -> None:
    """The letter is opened: two pages of words, none of them read before."""
    whole = "\n".join((*SECTIONS, *SECTIONS))
    read(whole)
    figure = beside(
        benchmark, "words: two pages at once", read, len, [whole] * KEYS, lambda _: MOST
    )
    assert figure.found <= MOST


def test_a_menu_of_suggestions(benchmark: Any) -> None:
    def ask(word: str) -> int:
        return len(spelling.suggest(word, "en", OWN))

    figure = beside(benchmark, "words: suggestions", ask, len, TYPOS, lambda _: SUGGESTED)
    assert figure.found <= SUGGESTED


class Letter(QWidget):
    """An editor of one page with everything drawn that is found in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = TextEdit("Words")
        QVBoxLayout(self).addWidget(self.text)
        self.text.set_text(" ".join(SECTIONS).replace("leaving", "discharge"))
        self.marks = TextWords(Words(), self.text)
        said = self.text.text()
        unknown = spelling.check(said, "en", Personal())
        self.marks.show(Findings(said, advise(said, "en", word_lists.plainer("en")), unknown))


@pytest.mark.parametrize("marked", [False, True])
def test_a_key_typed_into_marked_text(benchmark: Any, qapp: QApplication, *, marked: bool) -> None:
    """The key does no reading; what is drawn under the words must not slow its painting."""
    theme.apply(qapp, "light")
    letter = Letter()
    letter.resize(640, 900)
    letter.show()
    qapp.processEvents()
    if not marked:
        letter.marks.show(Findings())
    spent: list[float] = []

    def keys() -> None:
        for _ in range(KEYS):
            began = thread_time()
            QTest.keyClicks(letter.text, "e")
            letter.text.viewport().repaint()
            spent.append(thread_time() - began)

    benchmark.pedantic(keys, rounds=1)
    name = f"words: a key into {'marked' if marked else 'plain'} text"
    figure = noted(benchmark, Figure(name, p95(spent) * MILLISECONDS, None, MOST))
    letter.close()
    assert figure.found <= MOST
