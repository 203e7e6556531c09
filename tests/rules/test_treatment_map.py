"""All the care somebody ever had: what is between stays, and what comes up again and again."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import map_layout, stay_parts
from cmdesk.rules import treatment_map as rules
from cmdesk.rules.asam import told
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.care_event_codes import EventKind
from cmdesk.rules.chart import Bar, Language, Room, Span
from cmdesk.rules.known_day import Known, Rough, whole
from cmdesk.rules.stay import Level, Stay
from cmdesk.rules.treatment_map import Gap, Placed, Recurring, Turn

TODAY = date(2026, 3, 9)
PHP, IOP, JAIL = "mh:php", "mh:iop", "setting:jail"
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2024, 4, 30))


def stay(
    number: int, first: date | None, last: date | None, level: str = IOP, **more: object
) -> Stay:
    return Stay(number, f"House {number}", level, first, last, **more)  # pyright: ignore[reportArgumentType] - as a stay takes them


def march(day: int) -> date:
    return date(2024, 3, day)


def test_days_and_gaps_over_a_leap_day() -> None:
    before = stay(1, date(2024, 2, 20), date(2024, 2, 28))
    after = stay(2, march(1), march(1) + 365 * ONE_DAY)
    found = rules.make([after, before], [], TODAY)
    assert [each.stay.days for each in found.placed] == [8, 365]
    assert found.gaps == (Gap(date(2024, 2, 28), march(1), 1, 2),)
    assert found.gaps[0].days == 2
    assert [each.to_next for each in found.placed] == [2, None]
    the_day_after = rules.make([before, stay(2, date(2024, 2, 29), None)], [], TODAY)
    assert the_day_after.gaps == ()
    assert the_day_after.placed[0].to_next == 1


def test_overlapping_stays_leave_no_gap_and_one_who_moves_the_same_day_waits_for_nothing() -> None:
    long = stay(1, march(1), march(20))
    inside = stay(2, march(3), march(5))
    moved = stay(3, march(20), march(25))
    found = rules.make([long, inside, moved], [], TODAY)
    assert found.gaps == ()
    assert [each.to_next for each in found.placed] == [0, 0, None]


def test_who_spends_a_day_elsewhere_on_the_day_they_leave_waits_for_nothing() -> None:
    found = rules.make([stay(1, march(1), march(9)), stay(2, march(9), march(9))], [], TODAY)
    assert [each.to_next for each in found.placed] == [0, None]


def test_an_unknown_day_is_no_gap_and_no_length() -> None:
    nobody_knows = stay(1, march(1), None, over=True)
    after = stay(2, march(9), march(12))
    began_when = stay(3, None, march(20))
    nothing = stay(4, None, None, over=True)
    found = rules.make([nothing, began_when, after, nobody_knows], [], TODAY)
    assert [each.stay.id for each in found.placed] == [1, 2, 3, 4]
    assert [each.stay.days for each in found.placed] == [None, 3, None, None]
    assert found.gaps == ()
    assert {each.to_next for each in found.placed} == {None}
    assert rules.make([nobody_knows], [], TODAY).gaps == ()


def test_time_in_jail_is_no_care() -> None:
    found = rules.make(
        [stay(1, march(1), march(5)), stay(2, march(5), march(9), JAIL), stay(3, march(9), None)],
        [],
        TODAY,
    )
    assert found.gaps == (Gap(march(5), march(9), 1, 3),)
    assert [each.to_next for each in found.placed] == [4, None, None]


def test_a_leave_ahead_and_the_next_stay_planned_show_their_gap() -> None:
    now = stay(1, date(2026, 2, 2), None, planned=date(2026, 3, 20))
    ahead = stay(2, date(2026, 3, 24), None)
    found = rules.make([now, ahead], [], TODAY)
    assert [gap.days for gap in found.gaps] == [4]
    assert [each.stay.state(TODAY) for each in found.placed] == ["going_on", "planned"]
    assert [each.stay.days_by(TODAY) for each in found.placed] == [35, None]
    assert stay(3, None, None, over=True).state(TODAY) == "ended"
    spans = stay_parts.spans([now, ahead], TODAY, str)
    assert [(span.first, span.last) for _, span in spans] == [
        (date(2026, 2, 2), date(2026, 3, 20)),
        (date(2026, 3, 24), None),
    ]


def test_levels_inside_a_stay_follow_each_other() -> None:
    inside = (Level(PHP, march(5)), Level(IOP, march(10), march(12)), Level(PHP))
    whole = stay(1, march(1), march(20), "", levels=inside)
    assert stay_parts.parts(whole, TODAY) == [
        (march(1), march(5), ""),
        (march(5), march(10), PHP),
        (march(10), march(12), IOP),
    ]
    named = [span.name for _, span in stay_parts.spans([whole], TODAY, str)]
    assert named == ["House 1", PHP, IOP]
    assert stay_parts.parts(stay(2, None, None), TODAY) == []
    assert stay_parts.parts(stay(3, march(1), None, over=True), TODAY) == [
        (march(1), march(1), IOP)
    ]
    from_first = stay(4, march(1), march(9), levels=(Level(PHP, march(1)),))
    assert stay_parts.parts(from_first, TODAY) == [(march(1), march(9), PHP)]
    assert stay_parts.spans([Stay(5, "", "", march(1), None)], TODAY, str) == []


MONTH, YEAR = Known.MONTH.value, Known.YEAR.value


def test_a_month_or_a_year_is_never_counted_as_a_day() -> None:
    spring = stay(1, march(1), date(2024, 5, 1), admitted_known=MONTH, left_known=MONTH)
    assert spring.days is spring.days_by(TODAY) is None
    assert spring.about == Rough(2, years=False)
    assert (spring.begun_from, spring.begun_by) == (march(1), march(31))
    assert (spring.left_from, spring.left_by(TODAY)) == (date(2024, 5, 1), date(2024, 5, 31))
    assert stay(2, march(1), march(9)).about is None
    assert stay(3, march(1), None, admitted_known=YEAR).days_by(TODAY) is None
    this_year = stay(4, date(2025, 1, 1), date(2026, 1, 1), left_known=YEAR)
    assert this_year.left_by(TODAY) == TODAY
    assert this_year.state(TODAY) == "ended"
    nothing = stay(5, None, None)
    assert (nothing.begun_from, nothing.begun_by, nothing.left_from) == (None, None, None)
    assert nothing.left_by(TODAY) is None


def test_a_gap_beside_a_month_is_as_long_as_it_is_at_the_least() -> None:
    spring = stay(1, date(2024, 1, 5), march(1), left_known=MONTH)
    summer = stay(2, date(2024, 6, 1), date(2024, 7, 1), admitted_known=MONTH)
    found = rules.make([spring, summer], [], TODAY)
    assert found.gaps == (Gap(march(31), date(2024, 6, 1), 1, 2, MONTH, MONTH),)
    assert [(each.to_next, each.at_least) for each in found.placed] == [(62, True), (None, False)]
    april = stay(2, date(2024, 4, 1), None, admitted_known=MONTH)
    touching = rules.make([spring, april], [], TODAY)
    assert touching.gaps == ()
    assert touching.placed[0].to_next is None  # a day, or two months
    same = rules.make([spring, stay(2, march(1), None, admitted_known=MONTH)], [], TODAY)
    assert same.placed[0].to_next is None
    inside = rules.make([spring, stay(2, date(2024, 2, 1), date(2024, 5, 1))], [], TODAY)
    assert inside.placed[0].to_next == 0
    short = rules.make([spring, stay(2, date(2024, 3, 20), date(2024, 3, 25))], [], TODAY)
    assert short.placed[0].to_next is None
    whole = rules.make([stay(1, march(1), march(9)), summer], [], TODAY)
    assert whole.gaps == (Gap(march(9), date(2024, 6, 1), 1, 2, "day", MONTH),)
    assert whole.placed[0].at_least


def test_it_is_drawn_over_all_the_days_it_may_have_had() -> None:
    inside = (Level(PHP, march(15)),)
    spring = stay(1, march(1), date(2024, 5, 1), "", admitted_known=MONTH, left_known=MONTH)
    spans = [span for _, span in stay_parts.spans([replace(spring, levels=inside)], TODAY, str)]
    assert spans == [
        Span(march(1), march(15), "House 1", 1, MONTH, "day"),
        Span(march(15), date(2024, 5, 31), PHP, 4, "day", MONTH),
    ]
    ended = stay(2, None, march(1), left_known=MONTH)
    (span,) = [span for _, span in stay_parts.spans([ended], TODAY, str)]
    assert (span.first, span.last, span.first_known) == (march(1), march(31), MONTH)


def test_its_ends_are_soft_as_far_as_the_days_are_not_known() -> None:
    def ends(**span: object) -> tuple[float, float]:
        made = Span(march(1), march(31), "IOP", 3, **span)  # pyright: ignore[reportArgumentType] - as a span takes them
        return map_layout.soft_ends(Bar(0, 0, 60, 9, made), march(31))

    assert ends() == (0, 0)
    assert ends(first_known=MONTH) == (30, 0)  # no more than a half
    assert ends(last_known=YEAR) == (0, 30)
    goes_on = Span(march(1), None, "IOP", 3, MONTH)
    until = date(2024, 4, 30)
    assert map_layout.soft_ends(Bar(0, 0, 60, 9, goes_on), until) == (30, 0)


def test_a_turn_in_the_month_they_left_belongs_to_that_stay() -> None:
    spring = stay(1, march(1), date(2024, 5, 1), left_known=MONTH)
    turn = Turn(1, EventKind.CRISIS, date(2024, 5, 20))
    later = stay(2, date(2024, 6, 1), None)
    assert rules.make([spring, later], [turn], TODAY).placed[0].turns == (turn,)


KNOWN = st.sampled_from(Known)


@given(DAYS, DAYS, KNOWN, KNOWN, DAYS, KNOWN)
def test_no_day_that_was_meant_makes_a_gap_shorter_than_is_told(
    first: date, last: date, admitted_known: str, left_known: str, following: date, known: str
) -> None:
    first, last = sorted((first, last))
    before = stay(1, first, last, admitted_known=admitted_known, left_known=left_known)
    after = stay(2, following, None, admitted_known=known)
    for gap in rules.make([before, after], [], TODAY).gaps:
        if gap.after == before.id:
            assert (gap.first, gap.last) == (before.left_by(TODAY), after.begun_from)
            assert gap.at_least == (not whole(left_known, known))


def test_a_level_begun_later_in_a_stay_that_ended_nobody_knows_when_is_a_day_long() -> None:
    inside = (Level(PHP, march(5)), Level(IOP, march(10)))
    assert stay_parts.parts(stay(1, march(1), None, "", over=True, levels=inside), TODAY) == [
        (march(1), march(5), ""),
        (march(5), march(10), PHP),
        (march(10), march(10), IOP),
    ]


LEVELS = st.lists(
    st.builds(Level, st.sampled_from([PHP, IOP]), st.none() | DAYS, st.none() | DAYS), max_size=4
)


@given(st.none() | DAYS, st.none() | DAYS, st.booleans(), st.none() | DAYS, LEVELS, DAYS)
def test_whatever_days_are_on_record_no_part_ends_before_it_begins_or_lies_over_another(
    first: date | None, last: date | None, over: bool, ahead: date | None,
    levels: list[Level], today: date,
) -> None:  # fmt: skip
    whole = stay(1, first, last, "", over=over, planned=ahead, levels=tuple(levels))
    found = stay_parts.parts(whole, today)
    for since, until, _ in found:
        assert until is None or since <= until
    for (since, until, _), (following, _, _) in pairwise(found):
        assert since < following or since == until == following
        assert until is not None
        assert until <= following
    assert (whole.days or 0) >= 0
    assert (whole.days_by(today) or 0) >= 0


def test_turns_belong_to_the_stay_they_fell_into_or_came_after() -> None:
    first, second = stay(1, march(1), march(5)), stay(2, march(10), march(20))
    turns = [
        Turn(1, EventKind.RETURN_TO_USE, march(7)),
        Turn(2, EventKind.CRISIS, march(12)),
        Turn(3, EventKind.CRISIS, None),
        Turn(4, EventKind.MOVE, march(12), stay=1),
        Turn(5, EventKind.HOSPITAL_VISIT, date(2023, 1, 1)),
    ]
    found = rules.make([first, second], turns, TODAY)
    assert [[turn.id for turn in each.turns] for each in found.placed] == [[1, 4], [2]]
    told_of = [(turn.id, at.stay.id if at else 0) for turn, at in rules.before_turns(found)]
    assert told_of == [(3, 0), (2, 2), (1, 1), (5, 0)]


def test_factors_that_come_up_again_are_counted_in_stays_not_in_mentions() -> None:
    turn = Turn(1, EventKind.CRISIS, march(3), factors=("poor  sleep", "His birthday"))
    placed = [
        Placed(stay(1, march(1), march(5), factors=("sleep", "Sleep")), turns=(turn,)),
        Placed(stay(2, march(9), march(12), factors=("his birthday", "alone"))),
        Placed(stay(3, march(15), march(16), factors=("Poor sleep",))),
        Placed(stay(4, march(20), march(22))),
    ]
    assert rules.recurring(placed) == [
        Recurring("His birthday", (1, 2), 3),
        Recurring("sleep", (1, 3), 3),
    ]
    assert rules.recurring(placed)[0].count == 2


def test_both_editions_names_are_told_and_a_level_that_is_gone_says_so() -> None:
    assert told("asam3:2.5") == "PHP 2.5 (3rd edition) = HIOP 2.5 now"
    assert told("asam3:3.3") == "Residential 3.3 (3rd edition), not in the 4th"
    assert told("asam4:2.5") == "HIOP 2.5"
    assert told("mh:php") == "Day program"
    assert told("") == ""
    third = [level for level in LevelOfCare if level.scheme == "asam3"]
    assert all("3rd edition" in told(level) for level in third)


@st.composite
def stays(draw: st.DrawFn) -> list[Stay]:
    made = list[Stay]()
    for number in range(draw(st.integers(0, 6))):
        first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
        if first and last and last < first:
            first, last = last, first
        level = draw(st.sampled_from([IOP, PHP, JAIL]))
        made.append(stay(number + 1, first, last, level, over=last is None and draw(st.booleans())))
    return made


@given(stays(), DAYS)
def test_no_day_of_care_lies_in_a_gap_and_none_between_care_is_left_out(
    given_: list[Stay], today: date
) -> None:
    found = rules.make(given_, [], today)
    cared = [each.stay for each in found.placed if rules.care(each.stay)]
    known = [one for one in cared if one.admitted and (one.left or not one.over)]
    for gap in found.gaps:
        assert gap.first < gap.last
        for one in known:
            assert one.admitted
            end = one.left or max(today, one.admitted)
            assert end <= gap.first or one.admitted >= gap.last
    if len(known) == len([one for one in cared if one.admitted or one.left]):
        gone = {gap.first + n * ONE_DAY for gap in found.gaps for n in range(1, gap.days)}
        assert all(gap.days > 1 for gap in found.gaps)
        ends = [
            (one.admitted or today, one.left or max(today, one.admitted or today)) for one in known
        ]
        if ends:
            day = min(first for first, _ in ends)
            while day <= max(last for _, last in ends):
                assert (day in gone) != any(first <= day <= last for first, last in ends)
                day += ONE_DAY


@given(stays(), DAYS)
def test_order_of_the_records_changes_nothing(given_: list[Stay], today: date) -> None:
    assert rules.make(given_, [], today) == rules.make(given_[::-1], [], today)


def width_of(words: str, _role: object) -> float:
    return len(words) * 5.0


ROOM = Room(600, 18, 104, 64, 3, width_of)
ENGLISH = Language(str, lambda day: f"{day:%b}", lambda day: f"{day:%b %d}", str)


def test_everything_has_its_place_on_the_strip() -> None:
    stays_ = [
        stay(1, date(2025, 9, 22), date(2025, 12, 20)),
        stay(2, date(2025, 12, 20), date(2025, 12, 29), "mh:inpatient_voluntary"),
        stay(3, date(2026, 2, 2), None, planned=date(2026, 3, 20)),
        stay(4, None, None, over=True),
    ]
    turns = [Turn(7, EventKind.CRISIS, date(2025, 12, 19)), Turn(8, EventKind.LOSS, None)]
    found = rules.make(stays_, turns, TODAY)
    drawn = map_layout.band(found, TODAY, str)
    assert drawn
    strip = map_layout.place(found, drawn, ROOM, ENGLISH)
    told_of = [(item.kind.value, item.number) for item in strip.items]
    assert told_of == [("stay", 1), ("turn", 7), ("stay", 2), ("gap", 3), ("stay", 3)]
    places = {(item.kind.value, item.number): item for item in strip.items}
    gap, after = places["gap", 3], places["stay", 3]
    assert gap.x + gap.width == after.x
    assert places["stay", 2].y < places["stay", 1].y
    assert drawn.chart.last == date(2026, 3, 20)
    assert map_layout.across(drawn.chart.first, drawn.chart, ROOM) == places["stay", 1].x


def test_the_name_of_a_level_stands_clear_of_the_marks_of_turns() -> None:
    first = date(2026, 1, 1)

    def drawn(day: date) -> tuple[float, float]:
        crisis = Turn(7, EventKind.CRISIS, day)
        found = rules.make([stay(1, first, TODAY)], [crisis], TODAY)
        band = map_layout.band(found, TODAY, lambda _: "IOP")
        assert band
        strip = map_layout.place(found, band, ROOM, ENGLISH)
        name = next(text for text in strip.drawing.texts if text.words == "IOP")
        return name.y + ROOM.line / 2, next(it.y for it in strip.items if it.kind == "turn")

    foot, mark = drawn(first + ONE_DAY)
    assert foot <= mark
    assert drawn(TODAY)[0] > mark  # a mark elsewhere moves nothing


def test_a_single_day_is_a_strip_of_a_month_and_nothing_is_none() -> None:
    one_day = rules.make([stay(1, TODAY, TODAY)], [], TODAY)
    drawn = map_layout.band(one_day, TODAY, str)
    assert drawn
    assert (drawn.chart.last - drawn.chart.first).days == map_layout.SHORTEST
    assert map_layout.place(one_day, drawn, ROOM, ENGLISH).items[0].width >= map_layout.LEAST
    assert map_layout.band(rules.make([], [], TODAY), TODAY, str) is None


@given(stays(), DAYS)
def test_a_gap_ends_where_the_next_stay_begins(given_: list[Stay], today: date) -> None:
    found = rules.make(given_, [], today)
    drawn = map_layout.band(found, today, str)
    if drawn is None:
        return
    strip = map_layout.place(found, drawn, ROOM, ENGLISH)
    begun = {item.number: item.x for item in strip.items if item.kind == "stay"}
    for gap in (item for item in strip.items if item.kind == "gap"):
        assert gap.width == map_layout.LEAST or abs(gap.x + gap.width - begun[gap.number]) < 0.01
