"""What a few hasty letters lead to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from cmdesk.casework import clients, jump, jump_acts, name_search, tasks
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.name_search import Known
from cmdesk.models.base import Record
from cmdesk.models.client import CircleMember
from cmdesk.models.coverage import Authorization, Policy
from cmdesk.models.goal import Goal
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.merge import ClientMerge
from cmdesk.models.person import ContactPoint
from cmdesk.models.safety import Medication, SafetyPlan, SafetyStep
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.store.store import Store
from tests.records import MONDAY, MONDAY_NOON, Maya, log

PEOPLE = name_search.indexed(
    (Known(kind, number, name), name)
    for number, (kind, name) in enumerate(
        [
            ("client", "Maya Brenner"),
            ("person", "Diane Brenner"),
            ("person", "David Brenner"),
            ("person", "Tess Holloway"),
            ("person", "Zoë Łukasik"),
            ("organisation", "Stillwater Ridge"),
        ],
        start=1,
    )
)


@pytest.mark.parametrize(
    ("typed", "names", "rest"),
    [
        ("bren", ["Maya Brenner", "David Brenner", "Diane Brenner"], []),
        ("bren ride", ["Maya Brenner", "David Brenner", "Diane Brenner"], ["ride"]),
        ("maya bren", ["Maya Brenner"], []),
        ("holoway", ["Tess Holloway"], []),
        ("hollowya", ["Tess Holloway"], []),
        ("zoe luk", ["Zoë Łukasik"], []),
        ("stilwater", ["Stillwater Ridge"], []),
        ("tes", ["Tess Holloway"], []),
        ("tsw", [], ["tsw"]),
        ("ride home", [], ["ride", "home"]),
        ("", [], []),
        ("  ,;  ", [], []),
    ],
)
def test_who_is_called(typed: str, names: list[str], rest: list[str]) -> None:
    found, left = name_search.called(PEOPLE, typed)
    assert [one.name for one in found] == names
    assert left == rest


@given(st.text(max_size=60))
def test_anything_may_be_typed(typed: str) -> None:
    found, left = name_search.called(PEOPLE, typed)
    assert len(found) <= name_search.MOST
    assert set(left) <= set(name_search.WORD.findall(name_search.folded(typed)))


def find(store: Store, typed: str, *, people_only: bool = False) -> jump.Found:
    return store.ask(jump.find, store.ask(jump.read), typed, people_only=people_only)


def test_people_with_what_they_are(store: Store, maya: Maya) -> None:
    found = find(store, "bren")
    assert found.people[0].title == "Maya Brenner"
    assert found.people[0].detail == "Client · Stillwater Ridge"
    mother = next(hit for hit in found.people if hit.title == "Diane Brenner")
    assert mother.detail.startswith("Maya’s mother")
    assert mother.client_id == maya.client


def test_words_left_over_are_looked_for_in_the_family_s_log(store: Store, maya: Maya) -> None:
    entry = log(store, maya, narrative="Anxious about the ride home.")
    task = store.do("Add", tasks.add, maya.client, "Raise the ride home", date(2026, 3, 9))
    found = find(store, "brenner ride")
    assert [hit.id for hit in found.log] == [entry]
    assert found.log[0].detail == "Tess Holloway · Mar 5"
    assert [(hit.id, hit.detail) for hit in found.tasks] == [(task, "Maya Brenner · today")]


def test_a_number_leads_to_its_owner(store: Store, maya: Maya) -> None:
    point = ContactPoint(person_id=maya.tess.person_id, kind="mobile", value="917-555-0126")
    store.do("Add", lambda session: session.add(point))
    (tess,) = find(store, "tess").people
    assert tess.phone == "(917) 555-0126"
    assert tess.detail == "Maya’s therapist · (917) 555-0126"
    assert [hit.title for hit in find(store, "9175550126").people] == ["Tess Holloway"]


def test_people_only(store: Store, maya: Maya) -> None:
    log(store, maya, narrative="Maya told of the ride.")
    found = find(store, "maya", people_only=True)
    assert found.people
    assert found == jump.Found(people=found.people, named=1)


def test_nothing(store: Store, maya: Maya) -> None:
    assert find(store, "qqqqq").nothing


@pytest.mark.parametrize(
    ("typed", "act", "first"),
    [
        ("edit diane", "edit", "Diane Brenner"),
        ("diane brenner edit", "edit", "Diane Brenner"),
        ("call tess", "call", "Tess Holloway"),
        ("Task maya", "task", "Maya Brenner"),
        ("consent holoway", "consent", "Tess Holloway"),
        ("crisis diane", "crisis", "Diane Brenner"),
        ("move maya", "move", "Maya Brenner"),
        ("maya coverage", "coverage", "Maya Brenner"),
        ("program maya", "placement", "Maya Brenner"),
        ("maya crisis plan", None, "Maya Brenner"),
        ("diane", None, "Diane Brenner"),
        ("ride home", None, None),
        ("call", None, None),
    ],
)
def test_a_word_says_what_is_to_be_done(
    store: Store, maya: Maya, typed: str, act: str | None, first: str | None
) -> None:
    found = find(store, typed)
    assert found.act == act
    assert [hit.title for hit in found.people][:1] == ([first] if first else [])
    assert found.named == (1 if first else 0)  # not whoever's log mentions the name


def test_an_act_s_word_may_be_a_name() -> None:
    names = name_search.indexed(
        (Known("person", number, name), name)
        for number, name in enumerate(["Tess Holloway", "Tess Callahan", "Edith Bell"], start=1)
    )
    assert jump_acts.split(names, "call tess") == (None, "call tess")
    assert jump_acts.split(names, "edit bell") == (None, "edit bell")
    assert jump_acts.split(names, "log tess") == ("log", "tess")


@pytest.mark.parametrize("over", ["ended", "merged"])
def test_a_person_leads_to_the_chart_they_stand_in_today(
    store: Store, maya: Maya, over: str
) -> None:
    other = store.do("Make", clients.add, ClientDraft("Owen", "Reyes"))
    place = CircleMember(
        client_id=other,
        person_id=maya.diane.person_id or 0,
        relationship="aunt",
        until=date(2026, 1, 1) if over == "ended" else None,
    )
    store.do("Add", lambda session: session.add(place))
    if over == "merged":
        merge = ClientMerge(client_id=other, kept_id=maya.client)
        store.do("Bring in", lambda session: session.add(merge))
    found = find(store, "diane")
    assert [(hit.title, hit.client_id) for hit in found.people] == [("Diane Brenner", maya.client)]


def test_plans_are_found_by_what_one_would_type(store: Store, maya: Maya) -> None:
    def add(session: Session) -> None:
        def kept(row: Record) -> int:
            session.add(row)
            session.flush()
            return row.id

        goal = Goal(client_id=maya.client, name="Walk daily", words="I want my legs back")
        policy = Policy(
            client_id=maya.client, payer="Aetna", member_number="W-203 771", plan_type=""
        )
        plan = kept(SafetyPlan(client_id=maya.client))
        old = kept(SafetyPlan(client_id=maya.client, ended_on=date(2026, 1, 1)))
        caller = Inquiry(
            caller_name="Ruth Łukasik", caller_phone="+1 646 555 0147", received_at=MONDAY_NOON
        )
        asked = Authorization(client_id=maya.client, policy_id=kept(policy), number="AU-9910")
        session.add_all(
            [
                *(goal, asked, caller),
                SafetyStep(safety_plan_id=plan, step=1, text="Stops answering texts"),
                SafetyStep(safety_plan_id=plan, step=4, text="Aunt Ida", phone="(914) 555-0182"),
                SafetyStep(safety_plan_id=old, step=4, text="Aunt Olga", phone="914 555 0999"),
                Medication(client_id=maya.client, name="Lithium", dose="300 mg"),
            ]
        )

    store.do("Add", add)
    for typed, kind, title in (
        ("legs back", "goal", "Walk daily"),
        ("maya goals", "goal", "Walk daily"),
        ("goals brenner", "goal", "Walk daily"),
        ("aet", "policy", "Aetna"),
        ("W203771", "policy", "Aetna"),
        ("maya insurance", "policy", "Aetna"),
        ("au9910", "authorization", "Approval AU-9910"),
        ("AU-9910", "authorization", "Approval AU-9910"),
        ("answering", "safety", "Stops answering texts"),
        ("+1 (914) 555-0182", "safety", "Aunt Ida"),
        ("914555018", "safety", "Aunt Ida"),
        ("lith", "medicine", "Lithium 300 mg"),
        ("maya meds", "medicine", "Lithium 300 mg"),
    ):
        hits = find(store, typed).plans
        assert (kind, title) in [(hit.kind, hit.title) for hit in hits], typed
        assert hits[0].detail.startswith("Maya Brenner")
    for typed in ("olga", "9145550999", "goals", "legs arms", "tess insurance mother", "???"):
        assert not find(store, typed).plans, typed
    for typed in ("lukasik", "6465550147"):
        found = find(store, typed, people_only=True)
        assert [(hit.title, hit.phone) for hit in found.people] == [
            ("Ruth Łukasik", "(646) 555-0147")
        ]


def test_a_letter_that_was_handed_over_is_found(store: Store, maya: Maya) -> None:
    def add(session: Session) -> None:
        update = Update(client_id=maya.client, number=1, period_from=MONDAY, period_until=MONDAY)
        session.add(update)
        session.flush()
        copy = UpdateCopy(update_id=update.id, person_id=maya.diane.person_id)
        copy.headline, copy.text = (
            "A steady week",
            "Sailing again. " + "Calm. " * 20 + "Zebra.",
        )
        session.add(copy)

    store.do("Add", add)
    for typed in ("sailing", "maya sailing"):
        (letter,) = find(store, typed).files
        told = (letter.kind, letter.title, letter.detail, letter.client_id)
        about = "Maya Brenner · letter to Diane, today"
        assert told == ("letter", "A steady week", about, maya.client)
    (deep,) = find(store, "zebra").files
    assert (deep.title[:2], deep.title[-6:]) == ("… ", "Zebra.")
