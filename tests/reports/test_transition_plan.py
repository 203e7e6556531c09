"""The one-page plan of a move: tagged, on one page, and what is theirs for the client."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.reports.structure import Structure

from cmdesk.casework.transition_days import MoveDays, VisitRow
from cmdesk.casework.transition_paper import MovePaper
from cmdesk.casework.transition_plan import HandoffRow, Whole
from cmdesk.casework.transition_release import Release
from cmdesk.casework.transitions import StepRow
from cmdesk.reports.transition_plan import transition_plan
from cmdesk.rules.letter import Paper
from cmdesk.rules.transition import Leaving, Span, gaps
from cmdesk.rules.transition_codes import Lane, StepPart, VisitKind
from cmdesk.rules.transition_draft import MoveForm

FRIDAY, BRIDGE = date(2026, 3, 20), date(2026, 3, 24)
SPANS = (
    Span(Lane.HOME, "Stillwater Ridge"),
    Span(Lane.HOME, "Juniper Court", BRIDGE, settled=False),
    Span(Lane.PROGRAM, "Residential 3.5"),
    Span(Lane.PROGRAM, "Joel Stern", date(2026, 3, 21), date(2026, 3, 23)),
    Span(Lane.THERAPIST, "Dr. Levin", date(2026, 3, 25)),
)
LEAVING = Leaving(FRIDAY, SPANS, 12)
DAYS = MoveDays(
    *(1, 1, "both", FRIDAY, False, LEAVING, gaps(LEAVING), SPANS, ()),
    visits=(
        VisitRow(1, VisitKind.THERAPIST, "Dr. Levin", date(2026, 3, 25), "11:00 AM", None, ""),
        VisitRow(2, VisitKind.MEDICAL, "Dr. Roy", None, "", None, ""),
        VisitRow(3, VisitKind.MEDICAL, "Dr. Seen", FRIDAY, "", True, ""),
    ),
    supplies=(),
)
PAGE = MovePaper(
    plan=Whole(
        *(1, "x-1", 1, "Maya", "she/her", "Stillwater Ridge", "Bridge Street", None, None, None),
        form=MoveForm(travel="By car", risk_plan="Evening calls", family_plan="They disagree"),
        days=DAYS,
        handoffs=(
            HandoffRow(
                *(1, "Tess", "Dr. Levin", Release(signed=True), FRIDAY, FRIDAY, FRIDAY),
                *(FRIDAY, None, ""),
            ),
            HandoffRow(
                *(2, "Nurse", "Nurse there", Release(signed=False), FRIDAY, None, None),
                *(None, None, ""),
            ),
        ),
        steps=(
            StepRow(1, StepPart.BEFORE, "Pack", "Nell", None, False, "", None, ""),
            StepRow(2, StepPart.BEFORE, "Sign", "You", FRIDAY, False, "", FRIDAY, ""),
            StepRow(3, StepPart.DAY, "Call", "You", FRIDAY, False, "9:00 AM", None, ""),
        ),
        clocks=(),
    ),
    own=True,
    ref="c-maya",
    made_at=datetime(2026, 3, 9, tzinfo=UTC),
    paper=Paper.LETTER,
    mine="Nora Whitlock",
)


@pytest.mark.parametrize("paper", Paper)
def test_one_s_own_page_says_all_that_is_open(paper: Paper) -> None:
    sheet = transition_plan(replace(PAGE, paper=paper))
    structure = Structure(sheet.data)
    assert structure.problems == []
    assert sheet.pages == 1
    for words in (
        "Maya: Stillwater Ridge to Bridge Street",
        "Leaves March 20, 2026. For the case manager.",
        "Joel Stern, March 21 to March 23",
        "Juniper Court, from March 24 (not settled)",
        "Take-home supply until April 1",
        "From March 20, nothing follows yet",
        "Tess to Dr. Levin",
        "Not valid yet",
        "Evening calls",
        "Before leaving",
    ):
        assert words in structure.words
    assert "Sign" not in structure.words.replace("Signed", "")  # it is done
    assert "Dr. Seen" not in structure.words


def test_the_client_s_page_has_what_is_theirs() -> None:
    structure = Structure(transition_plan(replace(PAGE, own=False)).data)
    assert structure.problems == []
    assert "For Maya." in structure.words
    assert "By car" in structure.words
    assert "Nora Whitlock" in structure.words  # whose step "you" is
    for words in ("Gaps to close", "Warm handoffs", "Evening calls", "They disagree", "Pack"):
        assert words not in structure.words
    spanish = Structure(transition_plan(replace(PAGE, own=False, language="es")).data)
    assert "Para Maya." in spanish.words


@pytest.mark.parametrize("owner", ["", "You", "me"])
def test_a_step_of_nobody_is_the_practitioner_s_on_either_page(owner: str) -> None:
    step = replace(PAGE.plan.steps[2], owner=owner)
    page = replace(PAGE, plan=replace(PAGE.plan, steps=(step,)), mine="Nora Whitlock")
    assert "Call March 20, 9:00 AM You" in Structure(transition_plan(page).data).words
    theirs = Structure(transition_plan(replace(page, own=False)).data).words
    assert "Call March 20, 9:00 AM Nora Whitlock" in theirs
    unnamed = Structure(transition_plan(replace(page, own=False, mine="")).data).words
    assert "Call March 20, 9:00 AM case manager" in unnamed


def test_days_of_medicine_nobody_knows_and_a_move_without_its_day() -> None:
    unknown = replace(LEAVING, medicine_days=None)
    days = replace(DAYS, leaving=unknown, gaps=gaps(unknown))
    told = Structure(transition_plan(replace(PAGE, plan=replace(PAGE.plan, days=days))).data)
    assert "is not known" in told.words
    bare = replace(DAYS, leaves_on=None, leaving=None, gaps=(), visits=())
    plan = replace(PAGE.plan, days=bare, from_name="", handoffs=(), steps=(), form=MoveForm())
    structure = Structure(transition_plan(replace(PAGE, plan=plan)).data)
    assert structure.problems == []
    assert "No day of leaving yet." in structure.words


@pytest.mark.parametrize("paper", Paper)
def test_long_names_and_twelve_steps_stay_on_one_page(paper: Paper) -> None:
    who = "Alexandria Montgomery-Featherstone, LCSW"
    house = "The Northern Highlands Center for Behavioral Health and Recovery"
    plan, way = PAGE.plan, "Her aunt drives her; the second way is the train from the north."
    parts = (*[StepPart.BEFORE] * 6, *[StepPart.DAY] * 3, *[StepPart.AFTER] * 3)
    steps = tuple(
        StepRow(
            n, part, "Take-home medicine and its refill confirmed", who, FRIDAY, False, "", None, ""
        )
        for n, part in enumerate(parts)
    )
    spans = tuple(
        replace(span, label=house if span.lane in (Lane.HOME, Lane.PROGRAM) else who)
        for span in SPANS
    )
    leaving = replace(LEAVING, spans=spans)
    visit = replace(DAYS.visits[0], label=who)
    days = replace(DAYS, spans=spans, leaving=leaving, gaps=gaps(leaving), visits=(visit,) * 4)
    pair = replace(plan.handoffs[0], from_name=who, to_name=who)
    form = MoveForm(
        **dict.fromkeys(("travel", "belongings", "school_work", "phone_rules"), way),
        **dict.fromkeys(("medicine_words", "risk_plan", "family_plan"), way),
    )
    long = replace(plan, from_name=house, to_name=house, called="Maximiliana-Josephine")
    long = replace(long, days=days, steps=steps, handoffs=(pair,) * 4, form=form)
    for language in ("en", "es"):
        sheet = transition_plan(replace(PAGE, plan=long, paper=paper, language=language))
        assert sheet.pages == 1
    assert who in Structure(sheet.data).words


def test_a_longer_plan_is_set_smaller_and_no_name_stands_in_the_title() -> None:
    steps = tuple(replace(PAGE.plan.steps[0], id=number) for number in range(20))
    longer = replace(PAGE, plan=replace(PAGE.plan, steps=steps))
    assert transition_plan(longer).pages == 1
    longest = replace(PAGE, plan=replace(PAGE.plan, steps=steps * 4))
    assert transition_plan(longest).pages > 1
    sheet = transition_plan(PAGE)
    assert "Maya" not in str(Structure(sheet.data).pdf.docinfo.Title)
    assert sheet.data == transition_plan(PAGE).data
    assert "Evening" not in repr(PAGE)
