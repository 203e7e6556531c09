"""A chart in words: one true sentence for each measure, and one for the levels of care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.rules.chart import figure
from cmdesk.rules.known_day import said, whole

if TYPE_CHECKING:
    from cmdesk.rules.chart import Chart, Language, Score, Series, Span


def told(chart: Chart, language: Language) -> str:
    """Say what the chart shows: `PHQ-9 fell from 14 on February 3 to 9 on March 5; ...`."""
    tr = language.tr
    said = [
        _of(series, found, language) for series in chart.series if (found := chart.within(series))
    ]
    spans = sorted(
        (span for span in chart.spans if span.first <= chart.last), key=lambda span: span.first
    )
    if spans:
        stays = "; ".join(_stay(span, language) for span in spans)
        said.append(tr("Level of care: {stays}.").format(stays=stays))
    return " ".join(said)


def _of(series: Series, scores: tuple[Score, ...], language: Language) -> str:
    tr, first, last = language.tr, scores[0], scores[-1]
    better = tr("lower is better") if series.lower_is_better else tr("higher is better")
    if len(scores) == 1:
        words = tr("{name} was {now} on {day}; {better}.")
    elif last.value < first.value:
        words = tr("{name} fell from {before} on {then} to {now} on {day}; {better}.")
    elif last.value > first.value:
        words = tr("{name} rose from {before} on {then} to {now} on {day}; {better}.")
    else:
        words = tr("{name} was {before} on {then} and {now} on {day}; {better}.")
    said = words.format(
        name=tr(series.name),
        before=figure(first.value),
        then=language.day(first.day),
        now=figure(last.value),
        day=language.day(last.day),
        better=better,
    )
    return f"{said}{_between(scores, language)}"


def _between(scores: tuple[Score, ...], language: Language) -> str:
    """Say what was higher than the first and the last score, and what was lower."""
    ends = [scores[0].value, scores[-1].value]
    highest = max(scores, key=lambda score: score.value)
    lowest = min(scores, key=lambda score: score.value)
    said = ""
    if highest.value > max(ends):
        said += " " + language.tr("The highest was {score} on {day}.").format(
            score=figure(highest.value), day=language.day(highest.day)
        )
    if lowest.value < min(ends):
        said += " " + language.tr("The lowest was {score} on {day}.").format(
            score=figure(lowest.value), day=language.day(lowest.day)
        )
    return said


def _stay(span: Span, language: Language) -> str:
    if not whole(span.first_known, span.last_known):
        return _roughly(span, language)
    if span.last is None:
        return language.tr("{level} since {day}").format(
            level=language.tr(span.name), day=language.day(span.first)
        )
    words = language.tr("{level} from {day} to {until}")
    return words.format(
        level=language.tr(span.name), day=language.day(span.first), until=language.day(span.last)
    )


def _roughly(span: Span, language: Language) -> str:
    """Say from when to when, no more exactly than it is known."""
    tr, day, month = language.tr, language.day, language.whole_month
    begun, level = said(span.first, span.first_known, day, month), tr(span.name)
    if span.last is None:
        return tr("{level}, since {begun}").format(level=level, begun=begun)
    ended = said(span.last, span.last_known, day, month)
    if begun == ended:
        return tr("{level}, {begun}").format(level=level, begun=begun)
    return tr("{level}, {begun} to {ended}").format(level=level, begun=begun, ended=ended)
