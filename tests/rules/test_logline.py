"""The quick log line: tables of what is typed and read, and what holds for any text."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmdesk.rules.contact_codes import Direction, EntryKind, Method, Outcome
from cmdesk.rules.logline import Line, Names, Part, Someone, fold, index, parse
from cmdesk.rules.topics import Topic

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)  # a Monday
TEAM = frozenset({"c1"})


def someone(key: str, full: str, *others: str, team: frozenset[str] = frozenset()) -> Someone:
    return Someone(key, (full, *full.split(), *others), team)


CLIENTS = [
    someone("c1", "Maya Brenner"),
    someone("c2", "Owen Castellano", "Oz"),
    someone("c3", "Grace Okafor"),
]
PEOPLE = [
    someone("p1", "Tess Holloway", team=TEAM),
    someone("p2", "Diane Brenner", team=TEAM),
    someone("p3", "David Brenner", team=TEAM),
    someone("p4", "Samuel Okonedo", "Sam", team=TEAM),
    someone("p5", "Tess Moran", team=frozenset({"c2"})),
    someone("p6", "Joel Stern"),
    someone("p7", "Will Adams"),
    someone("p8", "Zo\u00eb Nu\u00f1ez"),
    someone("p9", "Anna-Maria de la Cruz"),
    someone("p10", "Maya Brenner", team=TEAM),
    someone("p11", "Jordan Lee"),
    someone("p12", "Jordan Lee"),
    *(someone(f"p{number}", f"Kimberly{'x' * number} Q") for number in range(20, 30)),
    Someone("p99", ("", "...")),
]
KNOWN = index(CLIENTS, PEOPLE)


def read(line: str, client: str | None = None, now: datetime = NOON, **picked: str) -> Line:
    return parse(line, now, KNOWN, client=client, picked=picked)


def chips(line: Line) -> str:
    """Write what was recognised: `method Call; minutes 24 min`; a doubt stands in brackets."""
    return "; ".join(
        f"{span.part} {span.said}" + (f" ({span.doubt})" if span.doubt else "")
        for span in line.spans
        if span.part is not Part.TEXT
    )


LINES: list[tuple[str, str, str]] = [
    ("", "", ""),
    ("   ", "", ""),
    (
        "maya call tess 24m fu mon ride home",
        ("client Maya Brenner; method Call; person Tess Holloway; minutes 24 min; "
        "follow_up Follow up Mon, Mar 16"),
        "",
    ),
    (
        "24m tess #prog yesterday 4pm call maya",
        ("minutes 24 min; person Tess Holloway; topic Progress; when Yesterday, 4:00 PM; "
        "method Call; client Maya Brenner"),
        "",
    ),
    ("MAYA, Call: Diane.", "client Maya Brenner; method Call; person Diane Brenner", ""),
    # Ways and kinds.
    ("text", "method Text", ""),
    ("emailed", "method E-mail", ""),
    ("e-mail", "method E-mail", ""),
    ("visit", "method Visit", ""),
    ("in person", "method Visit", ""),
    ("video", "method Video", ""),
    ("fax", "method Letter or fax", ""),
    ("meeting", "kind Meeting", ""),
    ("zoom meeting", "method Video; kind Meeting", ""),
    ("crisis call", "kind Crisis response; method Call", ""),
    ("call crisis", "method Call; kind Crisis response", ""),
    ("note maya", "kind Note; client Maya Brenner", ""),
    ("travel 40min 22mi", "kind Travel; minutes 40 min; miles 22 mi", ""),
    ("records review 1h", "kind Records review; minutes 1 h", ""),
    ("note we had a call", "kind Note", "we had a call"),
    ("call about a meeting", "method Call", "about a meeting"),
    ("call call", "method Call", "call"),
    # Which way, and what became of it.
    ("call in", "method Call; direction Incoming", ""),
    ("in call", "direction Incoming; method Call", ""),
    ("out text 5m", "direction Outgoing; method Text; minutes 5 min", ""),
    ("call she is in Boston", "method Call", "she is in Boston"),
    ("call in Boston", "method Call", "in Boston"),
    ("call out in", "method Call; direction Outgoing", "in"),
    ("incoming text", "direction Incoming; method Text", ""),
    ("call vm", "method Call; outcome Left voicemail", ""),
    ("call left vm", "method Call; outcome Left voicemail", ""),
    ("call na", "method Call; outcome No answer", ""),
    ("call busy", "method Call; outcome Busy", ""),
    ("call he was busy", "method Call", "he was busy"),
    ("call wrong number", "method Call; outcome Wrong number", ""),
    ("visit no show", "method Visit; outcome No-show", ""),
    # How long.
    ("1h10", "minutes 1 h 10 min", ""),
    ("1h 10m", "minutes 1 h 10 min", ""),
    ("1h", "minutes 1 h", ""),
    ("1.5h", "minutes 1 h 30 min", ""),
    ("90min", "minutes 1 h 30 min", ""),
    ("45 minutes", "minutes 45 min", ""),
    ("2 hours", "minutes 2 h", ""),
    ("0m", "minutes 0 min", ""),
    ("239m", "minutes 3 h 59 min", ""),
    ("240m", "minutes 4 h (4 hours?)", ""),
    ("1000m", "minutes 16 h 40 min (16.7 hours?)", ""),
    ("4h", "minutes 4 h", ""),
    ("12h", "minutes 12 h (12 hours?)", ""),
    ("24h", "minutes 24 h (24 hours?)", ""),
    ("24h1 1441m 25h 1h60 1.5h5", "", "24h1 1441m 25h 1h60 1.5h5"),
    ("1h 75m", "minutes 1 h", "75m"),
    ("24m 10m", "minutes 24 min", "10m"),
    ("24", "", "24"),
    # When.
    ("today", "when Today", ""),
    ("10:30", "when Today, 10:30 AM", ""),
    ("at noon", "when Today, 12:00 PM", ""),
    ("noon yesterday", "when Yesterday, 12:00 PM", ""),
    ("4 pm yesterday", "when Yesterday, 4:00 PM", ""),
    ("yesterday maya 4:05p", "when Yesterday; client Maya Brenner; when 4:05 PM", ""),
    ("4p maya yesterday", "when 4:00 PM; client Maya Brenner; when Yesterday", ""),
    ("mon", "when Today", ""),
    ("mon 9am", "when Today, 9:00 AM", ""),
    ("mon 4pm", "when Mon, Mar 2, 4:00 PM", ""),
    ("last mon", "when Mon, Mar 2", ""),
    ("on friday", "when Fri, Mar 6", ""),
    ("last fri", "when Fri, Mar 6", ""),
    ("thurs", "when Thu, Mar 5", ""),
    ("mar 6 2:30pm", "when Fri, Mar 6, 2:30 PM", ""),
    ("6 march", "when Fri, Mar 6", ""),
    ("3/6", "when Fri, Mar 6", ""),
    ("3/6/25", "when Thu, Mar 6, 2025", ""),
    ("2026-03-06", "when Fri, Mar 6", ""),
    ("dec 30", "when Tue, Dec 30, 2025", ""),
    ("mar 6 2025", "when Thu, Mar 6, 2025", ""),
    ("3 days ago", "when Fri, Mar 6", ""),
    ("a week ago", "when Mon, Mar 2", ""),
    ("4:30", "when Today, 4:30 PM (Plan or typo?)", ""),
    ("04:30", "when Today, 4:30 AM", ""),
    ("tomorrow", "when Tomorrow (Plan or typo?)", ""),
    ("mar 12", "when Thu, Mar 12 (Plan or typo?)", ""),
    ("yesterday today", "when Yesterday", "today"),
    ("3pm 4pm", "when Today, 3:00 PM (Plan or typo?)", "4pm"),
    ("25:00 10:75 13pm 4:99pm", "", "25:00 10:75 13pm 4:99pm"),
    ("feb 30 2/30 2026-02-30 mar", "", "feb 30 2/30 2026-02-30 mar"),
    ("feb 29", "", "feb 29"),  # neither this year nor last had one
    ("6 days on and on", "", "6 days on and on"),
    ("a month ago", "", "a month ago"),
    ("12 to 14", "", "12 to 14"),
    ("maya rang yesterday", "client Maya Brenner; when Yesterday", "rang"),
    ("maya rang yesterday 4pm", "client Maya Brenner; when Yesterday, 4:00 PM", "rang"),
    ("maya leaves friday 9am", "client Maya Brenner; when Fri, Mar 6, 9:00 AM", "leaves"),
    ("maya leaves tomorrow 9am", "client Maya Brenner", "leaves tomorrow 9am"),
    ("maya yesterday tomorrow 9am", "client Maya Brenner; when Yesterday", "tomorrow 9am"),
    ("maya was sat there on wed", "client Maya Brenner", "was sat there on wed"),
    ("maya 10:30 rang yesterday", "client Maya Brenner; when Today, 10:30 AM", "rang yesterday"),
    ("maya in crisis", "client Maya Brenner", "in crisis"),
    # Promises.
    ("fu", "follow_up Follow up", ""),
    ("fu ring", "follow_up Follow up", ""),
    ("fu tomorrow ring", "follow_up Follow up Tomorrow", ""),
    ("follow up on fri ring", "follow_up Follow up Fri, Mar 13", ""),
    ("fu ring kevin fri", "follow_up Follow up Fri, Mar 13", ""),
    ("fu ring kevin mar 20", "follow_up Follow up Fri, Mar 20", ""),
    ("fu in a week", "follow_up Follow up Mon, Mar 16", ""),
    ("fu 2w", "follow_up Follow up Mon, Mar 23", ""),
    ("fu in 3 days", "follow_up Follow up Thu, Mar 12", ""),
    ("fu next week", "follow_up Follow up Mon, Mar 16", ""),
    ("fu next tue", "follow_up Follow up Tomorrow", ""),
    ("fu 1mo", "follow_up Follow up Thu, Apr 9", ""),
    ("fu in 2 boxes", "follow_up Follow up", ""),
    ("fu mar 16 ring", "follow_up Follow up Mon, Mar 16", ""),
    ("fu 16 ring", "follow_up Follow up Mon, Mar 16", ""),
    ("fu 3rd ring", "follow_up Follow up Fri, Apr 3", ""),
    ("fu 45 ring", "follow_up Follow up", ""),
    ("fu jan 5", "follow_up Follow up Tue, Jan 5, 2027", ""),
    ("fu mar 2 ring", "follow_up Follow up Mon, Mar 2 (In the past)", ""),
    ("fu yesterday ring", "follow_up Follow up Yesterday (In the past)", ""),
    ("fu mon ride #prog 5m $8 7mi", ("follow_up Follow up Mon, Mar 16; topic Progress; "
     "minutes 5 min; expense $8.00; miles 7 mi"), ""),
    ("fu mon ask joel call tess", "follow_up Follow up Mon, Mar 16; method Call", "tess"),
    ("fu mon ride home maya call tess", ("follow_up Follow up Mon, Mar 16; client Maya Brenner; "
     "method Call; person Tess Holloway"), ""),
    ("call fu mon call joel", "method Call; follow_up Follow up Mon, Mar 16", ""),
    ("call fu mon ask maya", ("method Call; follow_up Follow up Mon, Mar 16; "
     "client Maya Brenner"), ""),
    ("note fu mon text joel in", "kind Note; follow_up Follow up Mon, Mar 16", ""),
    ("fu fri 9am call tess maya note", ("follow_up Follow up Fri, Mar 13; client Maya Brenner; "
     "kind Note"), ""),
    ("fu fri 9am", "follow_up Follow up Fri, Mar 13", ""),
    ("fu mon fu tue", "follow_up Follow up Mon, Mar 16", ""),
    ("fu mon in ! out", "follow_up Follow up Mon, Mar 16", ""),
    # Topics, miles, money.
    ("#meds #substance-use #insurance", ("topic Medication; topic Substance use; "
     "topic Insurance and money"), ""),
    ("#hiv #private #schoolandwork", ("topic HIV and STIs; topic My own notes; "
     "topic School and work"), ""),
    ("#h #xyz # #!", "", "#h #xyz # #!"),
    ("12.5mi $14.50 parking", "miles 12.5 mi; expense $14.50", "parking"),
    ("3 miles $1,234", "miles 3 mi; expense $1,234.00", ""),
    ("$14.505 $", "", "$14.505 $"),
    # Names.
    ("maya tess holloway", "client Maya Brenner; person Tess Holloway", ""),
    ("owen tess", "client Owen Castellano; person Tess Moran", ""),
    ("owen tess hol", "client Owen Castellano; person Tess Holloway", ""),
    ("owen Tess H", "client Owen Castellano; person Tess Holloway", ""),
    ("owen tess h.", "client Owen Castellano; person Tess Holloway", ""),
    ("owen tess home", "client Owen Castellano; person Tess Moran", "home"),
    ("maya tes", "client Maya Brenner; person Tess Holloway", ""),
    ("maya te", "client Maya Brenner", "te"),
    ("maya dr okonedo", "client Maya Brenner; person Samuel Okonedo", ""),
    ("maya Dr. Sam", "client Maya Brenner; person Samuel Okonedo", ""),
    ("dr", "", "dr"),
    ("zoe nunez", "person Zo\u00eb Nu\u00f1ez", ""),
    ("ZOE\u0308", "person Zo\u00eb Nu\u00f1ez", ""),
    ("anna-maria de la cruz", "person Anna-Maria de la Cruz", ""),
    ("oz", "client Owen Castellano", ""),
    ("will call", "method Call", "will"),
    ("Will call", "person Will Adams; method Call", ""),
    ("grace", "", "grace"),
    ("Grace", "client Grace Okafor", ""),
    ("maya maya", "client Maya Brenner; person Maya Brenner", ""),
    ("maya call tess and diane", ("client Maya Brenner; method Call; person Tess Holloway; "
     "person Diane Brenner"), ""),
    ("maya met with diane & tess", ("client Maya Brenner; kind Meeting; person Diane Brenner; "
     "person Tess Holloway"), ""),
    ("maya spoke with tess", "client Maya Brenner; person Tess Holloway", "spoke"),
    ("maya call tess told diane off", "client Maya Brenner; method Call; person Tess Holloway",
     "told diane off"),
    ("maya call tess lunch and diane", "client Maya Brenner; method Call; person Tess Holloway",
     "lunch and diane"),
    ("maya call with", "client Maya Brenner; method Call", "with"),
    ("maya call tess 24m Maya wants it", ("client Maya Brenner; method Call; person Tess Holloway; "
     "minutes 24 min"), "Maya wants it"),
    ("maya call with maya wants", "client Maya Brenner; method Call; person Maya Brenner",
     "wants"),
    ("maya call maya in", ("client Maya Brenner; method Call; person Maya Brenner; "
     "direction Incoming"), ""),
    ("maya call maya and tess", ("client Maya Brenner; method Call; person Maya Brenner; "
     "person Tess Holloway"), ""),
    ("maya call maya tess", ("client Maya Brenner; method Call; person Maya Brenner; "
     "person Tess Holloway"), ""),
    ("maya call with grace", "client Maya Brenner; method Call", "with grace"),
    ("kim", "", "kim"),  # begins too many names to be one
    ("\u2026 -- !", "", "\u2026 -- !"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected", "summary"), LINES)
def test_lines(typed: str, expected: str, summary: str) -> None:
    line = read(typed)
    assert (chips(line), line.summary) == (expected, summary)


def test_a_whole_line() -> None:
    line = read(
        "maya in call tess diane 24m fu fri ride home #prog #meds 12mi $14.5 yesterday 4pm x"
    )
    assert line.summary == "$14.5 x"  # half an amount is none
    line = read(
        "maya in call tess diane 24m fu fri ride home #prog #meds 12mi $14.50 yesterday 4pm"
    )
    assert (line.client, line.people) == ("c1", ("p1", "p2"))
    assert (line.method, line.kind, line.direction) == (Method.PHONE, None, Direction.INBOUND)
    assert (line.minutes, line.miles, line.expense_cents) == (24, 12.0, 1450)
    assert (line.day, line.at) == (date(2026, 3, 8), time(16))
    assert (line.follow_up, line.follow_up_on) == ("ride home", date(2026, 3, 13))
    assert line.topics == (Topic.PROGRESS, Topic.MEDICATION)
    assert (line.outcome, line.summary, line.choices) == (None, "", ())


def test_what_is_not_said_is_left_open() -> None:
    line = read("hello")
    assert (line.client, line.people, line.method, line.kind, line.minutes) == (
        None, (), None, None, None,
    )  # fmt: skip
    assert (line.day, line.at, line.follow_up, line.follow_up_on) == (None, None, "", None)


def test_a_time_alone_is_today() -> None:
    assert read("10:30").day == NOON.date()


@pytest.mark.parametrize(
    ("typed", "method", "kind", "outcome"),
    [
        ("vm", Method.PHONE, None, Outcome.LEFT_VOICEMAIL),
        ("video vm", Method.VIDEO, None, Outcome.LEFT_VOICEMAIL),
        ("no show", None, None, Outcome.NO_SHOW),
        ("note", None, EntryKind.INTERNAL_NOTE, None),
    ],
)
def test_a_voicemail_is_a_call(
    typed: str, method: Method | None, kind: EntryKind | None, outcome: Outcome | None
) -> None:
    line = read(typed)
    assert (line.method, line.kind, line.outcome) == (method, kind, outcome)


def test_follow_up_words_stay_as_typed() -> None:
    assert read("fu Ride  home, mon").follow_up == "Ride home,"
    assert read("fu mon").follow_up == ""
    assert read("fu mon").follow_up_on == date(2026, 3, 16)


def test_the_chart_it_is_typed_in() -> None:
    line = read("call tess 5m", client="c1")
    assert (line.client, line.people) == ("c1", ("p1",))
    assert read("call tess", client="c2").people == ("p5",)
    assert read("call owen", client="c1").client == "c2"
    assert read("call tess 5m Maya sleeps well", client="c1").summary == "Maya sleeps well"
    assert read("maya sleeps well", client="c1").summary == "sleeps well"
    assert read("call tess 5m Owen sleeps well", client="c1").client == "c2"
    assert read("call maya", client="c1").client == "c1"
    assert read("fu mon ask owen", client="c1").follow_up == "ask owen"
    assert read("call tess", client="c77").client == "c77"


def test_a_whole_name_outdoes_the_first_letters_of_the_chart_it_is_typed_in() -> None:
    clients = [Someone("c8", ("Danielle Ray", "Danielle")), Someone("c9", ("Dan Ortiz", "Dan"))]
    known = index(clients, [])
    assert parse("Dan Ortiz call 10m", NOON, known, client="c8").client == "c9"
    assert parse("Dan call 10m", NOON, known, client="c8").client == "c8"


def test_two_of_a_name_are_asked_about() -> None:
    line = read("call tess 5m")
    assert line.people == ()
    assert line.summary == "tess"
    (choice,) = line.choices
    assert choice.keys == ("p1", "p5")
    assert choice.span in line.spans
    assert (choice.span.part, choice.span.doubt) == (Part.TEXT, "Which tess?")
    assert read("maya call brenner").choices[0].keys == ("p10", "p2", "p3")
    assert read("call Jordan Lee").choices[0].keys == ("p11", "p12")


def test_what_was_picked_stands() -> None:
    line = read("call Tess, 5m", tess="p5")
    assert (line.people, line.choices, line.summary) == (("p5",), (), "")
    assert read("call tess", tess="p1").spans[1].said == "Tess Holloway"
    assert read("call tess", tess="gone").spans[1].said == "tess"
    assert parse("Jordan  Lee", NOON, KNOWN, picked={"jordan lee": "p12"}).people == ("p12",)


def test_a_chip_taken_back_is_text() -> None:
    line = parse("maya call 24m", NOON, KNOWN, picked={"call": "", "24m": ""})
    assert (line.method, line.minutes, line.summary) == (None, None, "call 24m")
    assert fold("  Call: \u201cZo\u00eb\u201d ") == "call zoe"


def test_nobody_known() -> None:
    nobody = index([], [])
    assert parse("maya call tess", NOON, nobody).summary == "maya tess"


FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
ENDS = st.sampled_from([FIRST, LAST, NOON])
PIECES = st.sampled_from(
    [line for line, _, _ in LINES] + ["in", "and", "with", "\u00df", "\u0130", "$", "#", "fu", ":"]
)
TYPED = st.one_of(
    st.text(max_size=200), st.lists(PIECES | st.text(max_size=8), max_size=8).map(" ".join)
)
CHARTS = st.sampled_from([None, "c1", "c2", "c77"])


@given(TYPED, CHARTS, ENDS)
@example("fu 16 \x1f\u2003 24m", None, LAST)
def test_no_word_is_ever_lost(typed: str, chart: str | None, now: datetime) -> None:
    line = parse(typed, now, KNOWN, client=chart)
    inside = [0] * len(typed)
    end = 0
    for span in line.spans:
        assert end <= span.start < span.end <= len(typed)
        end = span.end
        for place in range(span.start, span.end):
            inside[place] += 1
    assert all(inside[place] == 1 for place, sign in enumerate(typed) if not sign.isspace())
    texts = [typed[span.start : span.end] for span in line.spans if span.part is Part.TEXT]
    assert line.summary.split() == " ".join(texts).split()
    assert all(choice.span in line.spans for choice in line.choices)


@given(TYPED, CHARTS)
def test_reading_what_was_read_changes_nothing(typed: str, chart: str | None) -> None:
    line = parse(typed, NOON, KNOWN, client=chart)
    words = [typed[span.start : span.end] for span in line.spans]
    again = parse(" ".join(" ".join(words).split()), NOON, KNOWN, client=chart)
    assert chips(again) == chips(line)
    values = ("client", "people", "minutes", "day", "at", "follow_up", "topics", "summary")
    assert [getattr(again, name) for name in values] == [getattr(line, name) for name in values]


@given(st.integers(0, 5000))
def test_minutes_are_read_or_stay_words(minutes: int) -> None:
    line = read(f"{minutes}m")
    assert (line.minutes, line.summary) == (
        (minutes, "") if minutes <= 1440 else (None, f"{minutes}m")
    )


def crowd() -> Names:
    """A practice of 500 clients and 3,000 people."""
    team = [
        someone(
            f"p{number}",
            f"Given{number % 700} Family{number}",
            team=frozenset({f"c{number % 500}"}),
        )
        for number in range(3000)
    ]
    return index(
        [someone(f"c{number}", f"Client{number} Of{number}") for number in range(500)], team
    )


def test_a_full_practice_takes_the_same_line() -> None:
    line = parse("client7 call given7 24m fu mon ride home", NOON, crowd())
    assert (line.client, line.people, line.minutes) == ("c7", ("p7",), 24)
