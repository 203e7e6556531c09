"""Telephone numbers in a text, in figures or in words, however they are grouped."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from cmdesk.rules.leak_names import AMERICAN_DIGITS, LEAST_DIGITS
from cmdesk.rules.leak_text import Word

APART: Final = 6  # signs that may stand between two groups of one number's digits
ABROAD: Final = 8  # last digits by which a number is known that is told without its country
NO_GROUP: Final = (1, 3)  # figures that may be, or end, the area of the number after them
_UNITS: Final = (
    "zero one two three four five six seven eight nine",
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
)
_TEENS: Final = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)  # fmt: skip
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
DIGITS: Final[Mapping[str, str]] = {
    **{word: str(n) for listed in _UNITS for n, word in enumerate(listed.split())},
    **{word: str(n) for n, word in enumerate(_TEENS.split(), start=10)},
    "oh": "0", "nought": "0", "hundred": "00", "thousand": "000",
}  # fmt: skip
TENS: Final[Mapping[str, str]] = {word: str(n) for n, word in enumerate(_TENS.split(), start=2)}
TIMES: Final[Mapping[str, int]] = {"double": 2, "doble": 2, "triple": 3}


class Given(NamedTuple):
    """A number that was found: where, whose digits, and why it may not stand there."""

    start: int
    end: int
    number: str
    why: str


def numbers_in(numbers: Mapping[str, str], words: Sequence[Word]) -> Iterator[Given]:
    """Find numbers, given with why by their digits, without regard to what groups the digits."""
    run: list[tuple[str, Word]] = []
    for place, word in enumerate(words):
        digits = word.text if word.text.isdecimal() else _spoken(words, place)
        if run and (not digits or word.start - run[-1][1].end > APART):
            yield from _in_run(numbers, run)
            run = []
        run += [(digit, word) for digit in digits]
    yield from _in_run(numbers, run)


def _spoken(words: Sequence[Word], place: int) -> str:
    """Return the digits a word stands for: 4 in `forty-two`, 40 in `forty`, 5 in `double five`."""
    said = words[place].text
    after = words[place + 1].text if place + 1 < len(words) else ""
    unit = after if after.isdecimal() else DIGITS.get(after, "")
    single = len(unit) == 1
    if said in TENS:
        return TENS[said] if single and unit != "0" else f"{TENS[said]}0"
    if said in TIMES:
        return unit * (TIMES[said] - 1) if single else ""
    return DIGITS.get(said, "")


def _in_run(numbers: Mapping[str, str], run: Sequence[tuple[str, Word]]) -> Iterator[Given]:
    if len(run) < LEAST_DIGITS:
        return
    said = "".join(digit for digit, _ in run)
    for number, why in numbers.items():
        looked_for, whole = number, number in said or len(number) < AMERICAN_DIGITS
        if not whole:  # without the area, or without the country and with a zero for it
            abroad = len(number) > AMERICAN_DIGITS
            looked_for = number[-ABROAD:] if abroad else number[-LEAST_DIGITS:]
        alone = whole or len(number) != AMERICAN_DIGITS or len(said) < AMERICAN_DIGITS
        at, size = said.find(looked_for), len(looked_for)
        while at >= 0:
            if alone or _no_area_before(run, at):
                yield Given(run[at][1].start, run[at + size - 1][1].end, number, why)
            at = said.find(looked_for, at + size)


def _no_area_before(run: Sequence[tuple[str, Word]], at: int) -> bool:
    """Tell whether the figures before these are whole, and no area of the number's own."""
    before = run[at - 1][1] if at else None
    size = sum(word is before for _, word in run)
    return before is not run[at][1] and size not in NO_GROUP


__all__ = ["Given", "numbers_in"]
