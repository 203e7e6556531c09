"""A key typed in a letter, held beside 500 statements its reader was told before."""

from datetime import date, timedelta
from random import Random
from typing import Any

from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.told import Beside
from cmdesk.rules.letter import Step
from cmdesk.rules.told import Ledger, Told
from tests.bench.floor import beside
from tests.records import MONDAY, WEEK
from tests.reports.letters import CLOSE, HAPPENED_1, HAPPENED_2, HAPPENED_3, HELP, OPENING

MOST = 16  # ms, one frame
STATEMENTS = 500
KEYS = 60
SAID = (OPENING, HAPPENED_1, HAPPENED_2, HAPPENED_3, HELP, CLOSE)


def told() -> list[Told]:
    """Two years of letters: the same few things again and again, with other days and numbers."""
    chance = Random(20260309)  # noqa: S311 - words to compare, not a secret
    words = " ".join(SAID).casefold().replace(".", "").split()
    found: list[Told] = []
    for number in range(STATEMENTS):
        day = MONDAY - timedelta(days=number)
        said = " ".join(chance.choices(words, k=chance.randrange(5, 15)))
        text = f"Maya sees {said} on {day:%B} {day.day}, {number % 9} of 9 times. {said}."
        found.append(Told(text, day, day - timedelta(7), day - timedelta(1), entry=f"e-{number}"))
    return found


def letter(typed: str) -> LetterDraft:
    steps = tuple(
        Step(f"Wed, March {day}", f"Maya sees the team for the {day}th time", "Dana")
        for day in range(10, 22)
    )
    passages = tuple(Passage(text) for text in SAID)
    return LetterDraft(passages=passages, steps=steps, texts={"help": typed})


def test_a_key_typed(benchmark: Any) -> None:
    """Each key makes one section new to the check; the others are known."""
    known = told()
    held = Beside(Ledger(known, date(2026, 3, 9), MONDAY, ["Maya", "Brenner"]), MONDAY, {})
    typed = [HAPPENED_1 + " She also told us this"[:n] + f" {n}" for n in range(KEYS)]

    def key(text: str) -> int:
        return len(held.remarks(letter(text)))

    def floor(text: str) -> int:
        """Look for what was typed in each statement, as it is written."""
        return sum(text in each.text for each in known)

    assert WEEK[1] < MONDAY
    assert key(f"{HELP} {known[3].text}") > key("Nothing.")
    figure = beside(benchmark, "told before: a key typed", key, floor, typed, lambda _: MOST)
    assert figure.found <= MOST
