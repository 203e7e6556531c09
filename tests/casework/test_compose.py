"""What the program proposes: released lines, and facts of its own that pass the same verdict."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from cmdesk.casework import compose, updates
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.facts import AHEAD
from cmdesk.casework.verdicts import Judged
from cmdesk.exchange import practice_import
from cmdesk.models.task import Task
from cmdesk.rules.letter import Glance, Step
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Change, Maya, _numbers, example, log, settle

TOPICS = ["attendance", "treatment", "progress", "medication", "legal", "substance_use"]


def propose(store: Store, maya: Maya) -> tuple[list[Judged], LetterDraft]:
    return store.ask(compose.propose, maya.client, maya.diane, *WEEK)


def covers(*topics: str, **fields: Any) -> Change:
    def change(practice: dict[str, Any]) -> None:
        client = practice["clients"][0]
        client["consents"][0].update(topics=list(topics), **fields)
        client["restrictions"] = []

    return change


def leaves(day: str) -> Change:
    return lambda p: p["clients"][0]["episodes"][0].update(planned_discharge=day)


def where(draft: LetterDraft) -> str:
    return "".join(line.text for line in draft.glance if line.label.startswith("Where"))


def test_proposed_letter(store: Store) -> None:
    maya = settle(store, covers("attendance", "treatment", "progress"), leaves("2026-03-20"))
    number = log(store, maya)
    judged, draft = propose(store, maya)
    assert [row.entry_id for row in judged] == [number, maya.entry]
    assert (draft.headline, draft.greeting) == ("Maya’s week", "Dear Diane,")
    assert draft.opening.startswith("Here is how Maya’s week went, and what comes next.")
    assert [(passage.text, passage.outcome) for passage in draft.passages] == [
        ("Maya had a good day in group.", "share"),
        ("Maya had a good week in group.", "short"),
    ]
    assert draft.glance == (
        Glance("Where Maya is", "Stillwater Ridge, week 5."),
        Glance("How it went", ""),
        Glance("The news", ""),
        Glance("What I need", "", strong=True),
    )
    assert draft.steps == (Step("Fri, March 20", "Maya leaves Stillwater Ridge", "Maya"),)


def test_the_program_is_named_to_who_may_know_it(store: Store) -> None:
    maya = settle(store, covers("attendance"), leaves("2026-03-20"))
    _, draft = propose(store, maya)
    assert where(draft) == "Week 5 of the stay."
    assert draft.steps == (Step("Fri, March 20", "Maya moves on", "Maya"),)


def test_a_restriction_keeps_the_name_back(store: Store, maya: Maya) -> None:
    """In the sample, `treatment` is held back from Diane until the 15th."""
    _, draft = propose(store, maya)
    assert "Stillwater" not in str(draft)
    assert where(draft) == "Week 5 of the stay."


NO_PLACE: dict[str, Change] = {
    "no attendance": covers("treatment", "progress", "substance_use"),
    "no Part 2 consent": covers("attendance", "treatment", kind="hipaa"),
    "no stay": lambda p: p["clients"][0].update(episodes=[]),
    "no day of admission": lambda p: p["clients"][0]["episodes"][0].update(admitted=None),
}


@pytest.mark.parametrize("name", NO_PLACE)
def test_no_word_of_where(store: Store, name: str) -> None:
    maya = settle(store, NO_PLACE[name])
    _, draft = propose(store, maya)
    assert [line.label for line in draft.glance] == ["How it went", "The news", "What I need"]


def test_stay_without_a_program(store: Store) -> None:
    bare: Change = lambda p: p["clients"][0]["episodes"][0].update(organisation=None)  # noqa: E731
    maya = settle(store, covers("attendance", "treatment"), bare)
    _, draft = propose(store, maya)
    assert where(draft) == "Week 5 of the stay."
    assert [step.what for step in draft.steps] == ["Maya moves on"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (MONDAY - timedelta(days=1), False),
        (MONDAY, True),
        (MONDAY + AHEAD, True),
        (MONDAY + AHEAD + timedelta(days=1), False),
    ],
)
def test_leaving_within_two_weeks(store: Store, day: date, told: bool) -> None:
    maya = settle(store, covers("attendance"), leaves(day.isoformat()))
    assert bool(propose(store, maya)[1].steps) is told


def test_leaving_is_not_told_without_attendance(store: Store) -> None:
    maya = settle(store, covers("progress"), leaves("2026-03-20"))
    assert propose(store, maya)[1].steps == ()


def test_tasks_by_date_with_who_does_them(store: Store) -> None:
    maya = settle(store, covers("legal"), lambda p: p["clients"][0].update(episodes=[]))

    def add(session: Session) -> None:
        soon = Task(client_id=maya.client, text="secret", topics=["legal"], part2="no")
        for due, line, owner in (
            (MONDAY + AHEAD, "Hearing", "Maya"),
            (MONDAY, "Call the court", ""),
            (MONDAY - timedelta(days=1), "Late", ""),
            (MONDAY + AHEAD + timedelta(days=1), "Far", ""),
            (None, "Undated", ""),
            (MONDAY, "", ""),
        ):
            copied = Task(
                client_id=maya.client, text=soon.text, topics=soon.topics, part2=soon.part2
            )
            copied.due, copied.family_line, copied.owner = due, line, owner
            session.add(copied)
        session.add(
            Task(client_id=maya.client, text="x", due=MONDAY, topics=[], family_line="Untopiced")
        )
        session.add(
            Task(
                client_id=maya.client,
                text="x",
                due=MONDAY,
                topics=["legal"],
                family_line="Done",
                done_on=MONDAY,
            )
        )

    store.do("Add", add)
    assert propose(store, maya)[1].steps == (
        Step("Mon, March 9", "Call the court", "Nora"),
        Step("Tue, March 24", "Hearing", "Maya"),
    )


def secret(topics: list[str]) -> str:
    """Return a word that stands for what an entry about these topics would tell."""
    return "Zq" + "".join(f"{TOPICS.index(topic)}x" for topic in topics) + "qZ"


@st.composite
def practices(draw: st.DrawFn) -> dict[str, Any]:
    practice = example()
    client = practice["clients"][0]
    some = st.lists(st.sampled_from(TOPICS), unique=True)
    consent = client["consents"][0]
    kinds = ["hipaa", "part2_specific", "part2_tpo", "oral"]
    client["consents"] = [
        consent
        | {
            "ref": f"k-{number}",
            "kind": draw(st.sampled_from(kinds)),
            "topics": draw(some),
            "signed_on": draw(st.sampled_from(["2026-01-28", "2026-03-09", "2026-03-10"])),
            "revoked_on": draw(st.sampled_from([None, None, "2026-03-09", "2026-03-10"])),
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    client["restrictions"] = [
        {
            "topics": draw(some),
            "from": ["p-diane"],
            "until": draw(st.sampled_from([None, "2026-03-08"])),
        }
        for _ in range(draw(st.integers(0, 1)))
    ]
    part2 = st.sampled_from(["yes", "no", "unknown"])
    client["episodes"][0] |= {
        "part2": draw(part2),
        "planned_discharge": draw(st.sampled_from([None, "2026-03-12", "2026-03-20"])),
    }
    entry = client["entries"][0]
    client["entries"] = [
        entry
        | {
            "ref": f"e-{number}",
            "topics": (topics := draw(some)),
            "family_line": secret(topics),
            "short_topics": (short := draw(some)),
            "short_line": secret(short),
            "part2": draw(part2),
            "marks": draw(st.sampled_from([[], [{"person": "p-diane", "mark": "short"}]])),
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    client["goals"] = [
        {
            "ref": f"g-{number}",
            "topics": (topics := draw(some)),
            "name": secret(topics).replace("Zq", "Gn"),
            "status": "active",
            "family_line": secret(sorted({*topics, "progress"}, key=TOPICS.index)),
            "part2": draw(part2),
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    client["tasks"] = [
        {
            "ref": f"t-{number}",
            "text": "Zz",
            "due": "2026-03-11",
            "topics": (topics := draw(some)),
            "family_line": secret(topics),
            "part2": draw(part2),
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    return practice


def valid_on_monday(consent: dict[str, Any]) -> bool:
    """Judge by hand: all but these three fields is sound. TPO never reaches a mother."""
    revoked = consent["revoked_on"]
    signed = consent["kind"] == "oral" or consent["signed_on"] <= "2026-03-09"
    begun = consent["begins_on"] <= "2026-03-09"
    usual = consent["kind"] != "part2_tpo"
    return usual and signed and begun and not (revoked and revoked <= "2026-03-09")


def may_tell(client: dict[str, Any], topics: set[str], part2: str) -> bool:
    held: set[str] = set()
    for wish in client["restrictions"]:
        if wish["until"] is None:
            held |= set(wish["topics"]) or set(TOPICS)
    return (
        bool(topics)
        and not topics & held
        and any(
            valid_on_monday(consent)
            and topics <= set(consent["topics"])
            and (part2 == "no" or consent["kind"] == "part2_specific")
            for consent in client["consents"]
        )
    )


def words_allowed(client: dict[str, Any]) -> set[str]:
    told: set[str] = set()
    for row in client["entries"]:
        for topics, line in (
            (row["topics"], row["family_line"]),
            (row["short_topics"], row["short_line"]),
        ):
            if may_tell(client, set(topics), row["part2"]):
                told.add(line)
    for row in client["tasks"]:
        if may_tell(client, set(row["topics"]), row["part2"]):
            told.add(row["family_line"])
    for row in client["goals"]:
        if may_tell(client, {*row["topics"], "progress"}, row["part2"]):
            told |= {row["family_line"], row["name"]}
    return told


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    practice=practices(),
    kind=st.sampled_from(["weekly", "monthly_review", "admissions_history", "transition"]),
)
def test_nothing_is_proposed_that_fails_its_verdict(
    store: Store, practice: dict[str, Any], kind: str
) -> None:
    """Judged a second time, by hand and from the file: no planted word may slip through."""
    wanted = practice_import.checked(practice)

    def look(session: Session) -> str:
        practice_import.bring_in(session, wanted)
        session.flush()
        maya = _numbers(session)
        _, draft = compose.propose(session, maya.client, maya.diane, *WEEK, kind)
        case = updates.case(session, maya.client, maya.diane, *WEEK)
        assert case.on == MONDAY
        proposed.append(str(replace(draft, opening="", headline="", parts=())))
        raise LookedAtError

    proposed: list[str] = []
    with pytest.raises(LookedAtError):
        store.do("Look", look)
    (words,) = proposed
    client = practice["clients"][0]
    allowed = words_allowed(client)
    planted = {
        line
        for row in (*client["entries"], *client["tasks"], *client["goals"])
        for line in (row["family_line"], row.get("short_line", ""), row.get("name", ""))
        if line
    }
    assert {line for line in planted if line in words} <= allowed
    stay = client["episodes"][0]["part2"]
    named = may_tell(client, {"attendance", "treatment"}, stay)
    assert named == ("Stillwater" in words)
    assert may_tell(client, {"attendance"}, stay) or not any(
        told in words for told in ("Where Maya is", "moves on", "Since February")
    )


class LookedAtError(Exception):
    """Ends a look, so that nothing of it is kept."""
