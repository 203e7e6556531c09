"""What is drawn in a letter, in words: as one who hears it is told, for the ledger."""

from collections.abc import Iterator
from functools import partial

from cmdesk.casework.released import Released
from cmdesk.letter_words import language_of, standing
from cmdesk.rules import chart_words
from cmdesk.rules.chart import Language
from cmdesk.rules.letter import Letter, PartKind


def drawn(released: Released) -> Iterator[tuple[str, str, str, int | None]]:
    """Give what charts and the map of stays say: place, key of the part, words, no entry."""
    letter = released.letter
    words = standing(language_of(letter.language))
    care = letter.care
    drawn = [(PartKind.CHART, chart) for chart in letter.charts]
    drawn += [(PartKind.MAP, care.chart)] if care else []
    for number, (kind, chart) in enumerate(drawn):
        near = partial(words.near_date, today=chart.last)
        said = Language(words.tr, words.month, words.short_date, near, words.whole_month)
        yield f"chart {number}", _key_of(letter, kind), chart_words.told(chart, said), None
    for number, line in enumerate(care.lines if care else ()):
        yield f"map {number}", _key_of(letter, PartKind.MAP), line, None


def _key_of(letter: Letter, kind: PartKind) -> str:
    return next((part.key for part in letter.parts if part.kind is kind), kind.value)


__all__ = ["drawn"]
