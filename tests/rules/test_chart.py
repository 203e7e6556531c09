"""A chart stays in its frame, keeps its order and its words apart, whatever it is given."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from cmdesk.rules import chart_axis
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.chart import (
    Anchor,
    Chart,
    Drawing,
    Language,
    Role,
    Room,
    Score,
    Series,
    Span,
    Stroke,
    Text,
)
from cmdesk.rules.chart_layout import lay_out
from cmdesk.rules.chart_words import told
from cmdesk.rules.days import MONTHS
from cmdesk.rules.known_day import Known
from cmdesk.rules.levels import support

DAY: Final = date(2025, 9, 15)
SPEECH: Final = Language(
    tr=str,
    month=lambda day: MONTHS[day.month - 1][:3],
    short_day=lambda day: f"{MONTHS[day.month - 1][:3]} {day.day}",
    day=lambda day: f"{MONTHS[day.month - 1]} {day.day}",
)


def width_of(words: str, role: Role) -> float:
    return len(words) * (7.0 if role in (Role.NAME, Role.VALUE) else 6.0)


ROOM: Final = Room(width=500, line=16, plot=120, band=60, dot=4, width_of=width_of, figures=True)


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def scored(*pairs: tuple[int, float]) -> tuple[Score, ...]:
    return tuple(Score(later(days), value) for days, value in pairs)


PHQ: Final = Series(
    "PHQ-9",
    scored((0, 16), (30, 14), (60, 15), (94, 23), (121, 19), (141, 14), (171, 9)),
    "low mood",
    lowest=0,
    highest=27,
    marks=(5, 10, 20),
    stands="mild",
)
WHOLE: Final = Chart(
    DAY,
    later(180),
    (PHQ, replace(PHQ, name="BARC-10", lower_is_better=False, about="", marks=())),
    (
        Span(later(-20), later(48), "Outpatient", 2),
        Span(later(49), later(92), "IOP", 3),
        Span(later(93), later(102), "Inpatient psychiatric", 7),
        Span(later(102), later(138), "IOP", 3),
        Span(later(139), None, "Residential 3.5", 5),
    ),
)

days = some.integers(-100, 2000).map(later)
values = some.floats(-1e6, 1e6)
series = some.builds(
    Series,
    some.text(max_size=40),
    some.lists(some.builds(Score, days, values), max_size=30).map(tuple),
    some.text(max_size=40),
    lower_is_better=some.booleans(),
    lowest=some.none() | values,
    highest=some.none() | values,
    marks=some.lists(values, max_size=5).map(tuple),
    stands=some.text(max_size=9),
)
known = some.sampled_from(Known)
spans = some.builds(
    *(Span, days, some.none() | days, some.text(max_size=30), some.integers(-1, 9), known, known)
)
charts = some.builds(
    Chart,
    days,
    days,
    some.lists(series, max_size=3).map(tuple),
    some.lists(spans, max_size=8).map(tuple),
)


def edges(text: Text) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of drawn words."""
    length = width_of(text.words, text.role)
    left = text.x - length * {Anchor.START: 0, Anchor.MIDDLE: 0.5, Anchor.END: 1}[text.anchor]
    return left, text.y - ROOM.line / 2, left + length, text.y + ROOM.line / 2


def kept_within(drawing: Drawing) -> None:
    """Check that nothing leaves the frame, except a word that is wider than it."""
    places = [place for line in drawing.lines for place in line.points]
    places += [(dot.x, dot.y) for dot in drawing.dots]
    places += [(bar.x, bar.y) for bar in drawing.bars]
    places += [(bar.x + bar.width, bar.y + bar.height) for bar in drawing.bars]
    for x, y in places:
        assert -0.01 <= x <= drawing.width + 0.01
        assert -0.01 <= y <= drawing.height + 0.01
    for text in drawing.texts:
        left, top, right, bottom = edges(text)
        assert left >= -0.01 or text.role is Role.TICK
        assert right <= drawing.width + 0.01
        assert -ROOM.line <= top
        assert bottom <= drawing.height + 0.01


@settings(max_examples=80)
@given(charts)
@example(Chart(DAY, DAY))
@example(Chart(DAY, DAY, (Series("A", scored((0, 1))),)))
@example(Chart(DAY, later(-9), (PHQ,), WHOLE.spans))
@example(Chart(DAY, DAY, (Series("A", lowest=0.0, highest=5e-324),)))
def test_anything_stays_in_its_frame_and_time_runs_one_way(chart: Chart) -> None:
    drawing = lay_out(chart, ROOM, SPEECH)
    kept_within(drawing)
    for line in drawing.lines:
        if line.stroke is Stroke.SCORE:
            xs = [x for x, _ in line.points]
            assert xs == sorted(xs)
            assert len(xs) > 1
    shown = sum(len(chart.within(each)) for each in chart.series)
    assert len(drawing.dots) == shown
    assert sum(dot.last for dot in drawing.dots) == sum(bool(chart.within(s)) for s in chart.series)


def test_no_words_lie_on_others() -> None:
    boxes = [edges(text) for text in lay_out(WHOLE, ROOM, SPEECH).texts]
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = right <= other[0] or other[2] <= left
            assert apart or bottom <= other[1] + 3 or other[3] <= top + 3


def test_the_chart_of_the_design() -> None:
    drawing = lay_out(WHOLE, ROOM, SPEECH)
    words = [text.words for text in drawing.texts]
    for said in ("PHQ-9", "low mood, lower is better", "mild, was 14", "Level of care", "Oct"):
        assert said in words
    assert {"Outpatient", "Residential 3.5", "Inpatient psychiatric"} <= set(words)
    assert "2026" in words  # where a year begins it is named
    turns = [line for line in drawing.lines if line.stroke is Stroke.TURN]
    assert len(turns) == 4  # two stays by day and night, through two measures
    heights = {bar.span.name: bar.height for bar in drawing.bars}
    assert heights["Outpatient"] < heights["IOP"] < heights["Residential 3.5"]
    assert heights["Residential 3.5"] < heights["Inpatient psychiatric"]


def test_a_quarter_without_scores_parts_the_line_and_of_one_day_the_last_is_on_it() -> None:
    found = replace(PHQ, scores=scored((0, 9), (0, 12), (20, 10), (150, 8), (160, 7), (400, 3)))
    drawing = lay_out(Chart(DAY, later(400), (found,)), ROOM, SPEECH)
    lines = [line for line in drawing.lines if line.stroke is Stroke.SCORE]
    assert [len(line.points) for line in lines] == [2, 2]
    assert len(drawing.dots) == 6
    of_first_day = [dot for dot in drawing.dots if dot.score.day == DAY]
    assert lines[0].points[0] == (of_first_day[1].x, of_first_day[1].y)


def test_hundreds_of_scores_write_no_figure_over_another() -> None:
    many = replace(PHQ, scores=scored(*((at, at * 7 % 28) for at in range(500))))
    drawing = lay_out(Chart(DAY, later(500), (many,)), ROOM, SPEECH)
    boxes = [edges(t) for t in drawing.texts if t.role is Role.FIGURE]
    assert len(drawing.dots) == 500
    for at, box in enumerate(boxes):
        assert all(box[2] <= o[0] or o[2] <= box[0] or box[3] <= o[1] or o[3] <= box[1]
                   for o in boxes[at + 1 :])  # fmt: skip


def test_values_that_are_no_numbers_are_not_drawn() -> None:
    found = replace(PHQ, scores=(Score(DAY, float("nan")), Score(later(1), float("inf"))))
    assert lay_out(Chart(DAY, later(9), (found,)), ROOM, SPEECH).dots == []


def test_without_figures_the_points_stand_alone() -> None:
    def count(room: Room) -> int:
        return len(lay_out(Chart(DAY, later(180), (PHQ,)), room, SPEECH).texts)

    assert count(ROOM) > count(replace(ROOM, figures=False))


@pytest.mark.parametrize("length", [1, 9, 45, 61, 62, 300, 900, 4000, 36_500])
def test_days_under_a_chart_are_kept_apart(length: int) -> None:
    drawing = lay_out(Chart(DAY, later(length), (PHQ,)), ROOM, SPEECH)
    below = [t for t in drawing.texts if t.y > drawing.height - ROOM.line]
    assert 1 <= len(below) <= 16
    for one, other in pairwise(below):
        assert edges(one)[2] <= edges(other)[0]


def test_the_end_of_the_calendar_ends_the_months() -> None:
    found = chart_axis.ticks(date(9999, 1, 1), date.max, (SPEECH.month, SPEECH.short_day), len)
    assert len(found) <= 12


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (scored((0, 14), (30, 9)), "PHQ-9 fell from 14 on September 15 to 9 on October 15;"),
        (scored((0, 9), (5, 2), (30, 14)), "PHQ-9 rose from 9 on September 15 to 14 on"),
        (scored((0, 9), (30, 9)), "PHQ-9 was 9 on September 15 and 9 on October 15;"),
        (scored((0, 3.5)), "PHQ-9 was 3.5 on September 15; lower is better."),
        ((), ""),
    ],
)
def test_what_is_told_is_true(scores: tuple[Score, ...], said: str) -> None:
    chart = Chart(DAY, later(60), (replace(PHQ, scores=scores),))
    assert told(chart, SPEECH).startswith(said)
    assert bool(told(chart, SPEECH)) == bool(said)


def test_what_was_higher_or_lower_between_is_told_too() -> None:
    found = replace(PHQ, scores=scored((0, 9), (10, 20), (20, 2), (30, 8)))
    said = told(Chart(DAY, later(60), (found,)), SPEECH)
    assert said.endswith("The highest was 20 on September 25. The lowest was 2 on October 5.")


def test_a_name_longer_than_its_stay_stands_over_it_or_is_shortened() -> None:
    spans = tuple(
        Span(later(at * 36), later(at * 36 + 35), "Extended care, 24 h", 7) for at in range(5)
    )
    words = [t.words for t in lay_out(Chart(DAY, later(180), (), spans), ROOM, SPEECH).texts]
    named = [each for each in words if each.startswith("Ext")]
    assert len(named) == 5
    assert any(each.endswith("…") for each in named)


def test_figures_of_a_scale_keep_apart() -> None:
    found = replace(PHQ, marks=(10, 10.5, 20))
    drawing = lay_out(Chart(DAY, later(180), (found,)), ROOM, SPEECH)
    figures = [text.words for text in drawing.texts if text.anchor is Anchor.END]
    assert [words for words in figures if words[0].isdigit()] == ["9", "10", "20"]


def test_the_levels_are_told_in_order_and_what_came_after_is_not() -> None:
    spans = (*WHOLE.spans[3:], WHOLE.spans[0], Span(later(999), None, "Home", 1))
    found = told(Chart(DAY, later(180), (), spans), SPEECH)
    assert found == (
        "Level of care: Outpatient from August 26 to November 2; IOP from December 26 to "
        "January 31; Residential 3.5 since February 1."
    )
    up = told(Chart(DAY, later(60), (replace(PHQ, lower_is_better=False),)), SPEECH)
    assert "higher is better" in up


def test_every_level_has_its_support() -> None:
    found = {level.value: support(level) for level in LevelOfCare}
    assert all(0 <= height <= 7 for height in found.values())
    order = ["setting:missing", "setting:home_without_services", "asam4:1.5", "mh:iop", "mh:php"]
    order += ["mh:residential", "asam4:3.7", "mh:inpatient_voluntary"]
    assert [found[level] for level in order] == sorted(found[level] for level in order)
    assert found["asam3:2.5"] == found["mh:eating_disorder_php"] == 4
    assert found["locus:3"] == found["mh:eating_disorder_iop"] == found["narr:2"] == 3
    assert support("asam9:x") == support("something") == support("locus:9") == 1


@pytest.mark.parametrize("width", [10, 60, 130])
def test_in_a_narrow_room_words_are_shortened(width: float) -> None:
    room = replace(ROOM, width=width)
    chart = Chart(DAY, later(60), (replace(PHQ, name="Patient Health Questionnaire"),))
    drawing = lay_out(chart, room, SPEECH)
    names = [text.words for text in drawing.texts if text.role is Role.NAME]
    assert all(name.endswith("…") and width_of(name, Role.NAME) <= width for name in names)
    below = [t for t in drawing.texts if t.y > drawing.height - ROOM.line]
    assert len(below) <= 4


def test_a_scale_of_one_value_has_room_above_and_below() -> None:
    low, high, marks = chart_axis.scale([3], 3, 3, ())
    assert low < 3 < high
    assert marks


def test_the_top_of_a_stay_is_light_over_the_days_that_may_not_have_been_of_it() -> None:
    def drawn(span: Span) -> list[Stroke]:
        found = lay_out(Chart(DAY, later(400), (), (span,)), ROOM, SPEECH)
        return [line.stroke for line in found.lines if line.stroke in (Stroke.TOP, Stroke.MAYBE)]

    begun, ended = date(2026, 3, 1), date(2026, 5, 31)
    maybe, sure = Stroke.MAYBE, Stroke.TOP
    assert drawn(Span(begun, ended, "IOP", 3)) == [sure]
    assert drawn(Span(begun, ended, "IOP", 3, "month", "month")) == [maybe, sure, maybe]
    assert drawn(Span(begun, None, "IOP", 3, "month")) == [maybe, sure]
    assert drawn(Span(begun, ended, "IOP", 3, "year", "year")) == [maybe]
    early = Span(date(2025, 6, 1), ended, "IOP", 3, "month", "month")  # before the chart begins
    assert drawn(early) == [sure, maybe]


def test_days_known_by_their_month_are_told_by_it() -> None:
    def said(span: Span) -> str:
        return told(Chart(DAY, later(400), (), (span,)), SPEECH)

    begun, ended = date(2026, 3, 1), date(2026, 5, 31)
    assert said(Span(begun, ended, "IOP", 3, "month", "month")) == (
        "Level of care: IOP, March 2026 to May 2026."
    )
    assert said(Span(begun, ended, "IOP", 3, "year", "year")) == "Level of care: IOP, 2026."
    assert said(Span(begun, None, "IOP", 3, "month")) == "Level of care: IOP, since March 2026."
    assert " to May 2026." in said(Span(begun, ended, "IOP", 3, last_known="month"))
