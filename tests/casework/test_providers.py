"""The directory: typed and read back, told and dated, in memory and kept up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    agenda,
    provider_call,
    provider_edit,
    provider_facts,
    provider_index,
    provider_page,
    provider_visits,
    saved_views,
    tasks,
    zip_places,
)
from cmdesk.casework.provider_call import Met
from cmdesk.casework.provider_index import Index, Query
from cmdesk.errors import Problem
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation, Professional, ProviderFact
from cmdesk.models.task import TaskLink
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.rules.distance import Point
from cmdesk.rules.provider_check import CheckForm
from cmdesk.rules.provider_draft import ProfessionalForm, ProgramForm, TieForm, VisitForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya

BRIDGE = ProgramForm(
    "Bridge Street",
    street="31 Bridge Street",
    city="Brooklyn",
    state="ny",
    zip="11201",
    phone="718 555 0188",
    phone_who="Ana Ruiz",
    phone2="718 555 0199",
    phone3="718 555 0122",
    phone3_who="Utilization review",
    fax="718 555 0111",
    email="ana@bridge.example",
    levels_of_care=("mh:php", "mh:iop"),
    treats=("mood",),
    modalities=("dbt",),
    medications="buprenorphine, naltrexone",
    detox="no",
    age_groups=("young_adult",),
    capacity="24",
    wait="2 places March 24",
    cost="$780 a day, $3,900 a week",
    takes=("medicaid",),
    plans="Meridian PPO, Harbor Mutual",
    npi="1234567893",
    accreditation=("carf",),
    rating=4,
    notes="Ana calls back.",
)


def saved(store: Store, form: ProgramForm = BRIDGE) -> int:
    return store.do("Add", provider_edit.save, form)


def index(store: Store) -> Index:
    return store.ask(provider_index.build)


def test_a_program_is_typed_and_read_back(store: Store, maya: Maya) -> None:
    number = saved(store)
    form = store.ask(provider_edit.form, number)
    assert replace(form, version=0) == replace(
        BRIDGE,
        state="NY",
        phone="(718) 555-0188",
        phone2="(718) 555-0199",
        phone3="(718) 555-0122",
    )
    changed = replace(form, phone2="", fax="", detox="", capacity="", wait="No wait", zip="7302")
    store.do("Edit", provider_edit.save, changed, number)
    again = store.ask(provider_edit.form, number)
    assert (again.fax, again.detox, again.capacity) == ("", "", "")
    assert (again.phone2_who, again.phone2, again.phone3) == (
        *("Utilization review", "(718) 555-0122", ""),  # the next one moves up
    )
    assert (again.wait, again.zip) == ("No wait", "07302")
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Edit", provider_edit.save, changed, number)


def test_a_program_is_refused_with_a_reason(store: Store, maya: Maya) -> None:
    saved(store)
    with pytest.raises(Problem, match="Bridge Street has this NPI"):
        saved(store, ProgramForm("Lantern", npi="1234567893"))
    ana = ProfessionalForm(given_name="Ana", family_name="Ruiz", npi="1234567893")
    with pytest.raises(Problem, match="Bridge Street has this NPI"):
        store.do("Add", provider_edit.save_professional, ana, new=True)
    with pytest.raises(Problem, match="Give the name"):
        saved(store, ProgramForm())
    assert store.ask(provider_edit.form, saved(store, ProgramForm("Bare"))).cost == ""


def test_an_import_without_words_shows_its_cost(store: Store, maya: Maya) -> None:
    def put(session: Session) -> None:
        house = session.get_one(Organisation, maya.still)
        house.private_pay_cents, house.private_pay_per = 145_050, "day"

    store.do("Put", put)
    form = store.ask(provider_edit.form, maya.still)
    assert form.cost == "$1,450.50/day"
    store.do("Edit", provider_edit.save, replace(form, cost=""), maya.still)
    assert store.ask(provider_edit.form, maya.still).cost == ""


def test_the_page_says_who_told_what_and_when(store: Store, maya: Maya) -> None:
    number = saved(store)
    told = CheckForm("No wait", "$900/day", "Meridian PPO", "A TB test", "Ana", told_on=MONDAY)
    store.do("Check", provider_facts.check, number, told)
    page = store.ask(provider_page.page, number)
    assert {field: fact.words for field, fact in page.facts.items()} == {
        "wait": "No wait",
        "cost": "$900/day",
        "insurance": "Meridian PPO",
        "needs": "A TB test",
    }
    assert {fact.told_by for fact in page.facts.values()} == {"Ana"}
    assert (page.listed.cost_cents, page.listed.plans) == (90_000, ("Meridian PPO",))
    assert page.listed.told.wait_days == 0
    assert (page.verified_on, page.texts["needs"]) == (MONDAY, "A TB test")
    assert [way.label for way in page.ways][:1] == ["Ana Ruiz"]


def test_a_call_without_an_answer_is_a_question(store: Store, maya: Maya) -> None:
    store.do("Ask", provider_facts.check, maya.still, CheckForm(told_on=MONDAY))
    page = store.ask(provider_page.page, maya.still)
    assert (page.facts["wait"].words, page.verified_on) == ("", None)
    assert page.listed.told.asked_on == MONDAY
    same = CheckForm(told_on=MONDAY, same=True)
    assert store.do("Same", provider_facts.check, maya.still, same) == []
    assert store.ask(provider_page.page, maya.still).verified_on == MONDAY
    ahead = CheckForm(told_on=MONDAY + timedelta(days=1))
    with pytest.raises(Problem, match="still to come"):
        store.do("Ask", provider_facts.check, maya.still, ahead)


def test_nothing_has_changed_dates_the_wait_anew(store: Store, maya: Maya) -> None:
    number = saved(store, replace(BRIDGE, wait="2 weeks"))
    before = store.ask(provider_page.page, number).facts["wait"].told_on
    later = CheckForm(told_by="Ana", told_on=MONDAY, same=True)
    store.do("Same", provider_facts.check, number, later)
    fact = store.ask(provider_page.page, number).facts["wait"]
    assert before <= MONDAY
    assert (fact.words, fact.told_by, fact.told_on) == ("2 weeks", "Ana", MONDAY)


def test_who_is_on_record_keeps_what_was_not_typed_anew(store: Store, maya: Maya) -> None:
    number = maya.tess.person_id or 0

    def more(session: Session) -> int:
        twin = Organisation(name="Stillwater Ridge", mine=False)
        session.add(twin)
        person = session.get_one(Person, number)
        person.credentials, person.organisation_id = "LMFT", maya.still
        session.add(ContactPoint(person_id=number, kind="work", value="+18605550119", position=0))
        session.flush()
        return twin.id

    store.do("Add", more)
    bare = ProfessionalForm("Tess", "Holloway", person_id=number, role="therapist")
    store.do("Add", provider_edit.save_professional, bare, new=True)
    kept = store.ask(provider_edit.professional, number)
    assert (kept.credentials, kept.house) == ("LMFT", "Stillwater Ridge")
    assert kept.phone
    store.do("Edit", provider_edit.save_professional, kept, new=False)
    house = store.ask(lambda session: session.get_one(Person, number).organisation_id)
    assert house == maya.still  # not the other of the same name


def test_an_address_a_letter_went_to_can_be_taken_away(store: Store, maya: Maya) -> None:
    number = store.do("Add", provider_edit.save, ProgramForm(name="Elm", email="a@elm.example"))

    def sent(session: Session) -> None:
        point = session.scalars(select(ContactPoint).filter_by(organisation_id=number)).one()
        letter = Update(
            client_id=maya.client, number=9, period_from=MONDAY, period_until=MONDAY, status="sent"
        )
        session.add(letter)
        session.flush()
        session.add(UpdateCopy(update_id=letter.id, contact_point_id=point.id))

    store.do("Send", sent)
    kept = store.ask(provider_edit.form, number)
    store.do("Save", provider_edit.save, replace(kept, email=""), number)
    copies = select(UpdateCopy.contact_point_id).order_by(UpdateCopy.id.desc())
    assert store.ask(lambda session: session.scalar(copies.limit(1))) is None


def test_a_professional_is_somebody_on_record_or_new(store: Store, maya: Maya) -> None:
    assert store.ask(provider_edit.namesakes, "tess", "HOLLOWAY")[0][0] == maya.tess.person_id
    assert store.ask(provider_edit.namesakes, "", "Holloway") == []
    form = ProfessionalForm(
        *("Tess", "Holloway", "LMFT"),
        person_id=maya.tess.person_id,
        house="Stillwater Ridge",
        phone="(860) 555-0119",
        treats=("mood",),
        fees="$250/session",
        plans="Harbor Mutual",
        availability="2 weeks",
        telehealth_states="ct, ny",
        languages="Spanish",
        notes="Not hers to overwrite",
    )
    person = store.do("Add", provider_edit.save_professional, form, new=True)
    assert person == maya.tess.person_id
    assert store.ask(provider_edit.namesakes, "Tess", "Holloway") == []
    kept = store.ask(provider_edit.professional, person)
    assert (kept.house, kept.telehealth_states, kept.notes) == ("Stillwater Ridge", "CT, NY", "")
    changed = replace(kept, house="A new practice", phone="", notes="Warm on the phone")
    store.do("Edit", provider_edit.save_professional, changed, new=False)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Edit", provider_edit.save_professional, changed, new=False)
    page = store.ask(provider_page.page, -person)
    assert page.texts["parent_name"] == "A new practice"
    assert (page.texts["notes"], page.listed.told.wait_days) == ("Warm on the phone", 14)
    store.do("Check", provider_facts.check, -person, CheckForm("No wait", "$300/hr", "None",
                                                              told_on=MONDAY))  # fmt: skip
    store.do("Note", provider_facts.note, -person, "Kind")
    store.do("Tie", provider_visits.save_tie, -person, TieForm(what="Taught together"))
    page = store.ask(provider_page.page, -person)
    assert (page.texts["wait"], page.texts["fees"], page.texts["notes"]) == (
        *("No wait", "$300/hr", "Kind"),
    )
    assert [tie.what for tie in page.ties] == ["Taught together"]


def test_a_call_meets_whom_one_knows_there(store: Store, maya: Maya) -> None:
    number = saved(store)
    begins = "Bridge Street: "
    assert store.ask(provider_call.met, number) == Met((), begins)

    def hire(session: Session, given: str, family: str) -> int:
        made = Person(given_name=given, family_name=family, organisation_id=number)
        session.add(made)
        session.flush()
        return made.id

    only = store.do("Hire", hire, "Lou", "Levin")
    assert store.ask(provider_call.met, number) == Met((only,), begins)
    ana = store.do("Hire", hire, "Ana", "Ruiz")  # whose name stands beside the phone
    assert store.ask(provider_call.met, number) == Met((ana,), begins)
    store.do("Hire", hire, "Ana", "Ruiz")
    assert store.ask(provider_call.met, number) == Met((), begins)
    assert store.ask(provider_call.met, -ana) == Met((ana,))
    assert store.ask(provider_call.met, 999) == store.ask(provider_call.met, -999) == Met()


def test_who_is_gone_is_said(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="no longer there"):
        store.ask(provider_page.page, 999)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(provider_page.page, -(maya.diane.person_id or 0))
    with pytest.raises(Problem, match="no longer there"):
        store.ask(provider_edit.professional, maya.diane.person_id or 0)
    with pytest.raises(Problem, match="Give a name"):
        store.do("Add", provider_edit.save_professional, ProfessionalForm(), new=True)
    gone = ProfessionalForm("A", person_id=999)
    with pytest.raises(Problem, match="no longer there"):
        store.do("Add", provider_edit.save_professional, gone, new=True)


def test_visits_and_ties_are_kept_changed_and_taken_away(store: Store, maya: Maya) -> None:
    first = VisitForm(date(2025, 11, 12), "Ana", "Two groups", (("safety", 4), ("candor", 0)))
    number = store.do("Visit", provider_visits.save_visit, maya.still, first)
    store.do("Visit", provider_visits.save_visit, maya.still, VisitForm(MONDAY))
    page = store.ask(provider_page.page, maya.still)
    assert [visit.day for visit in page.visits] == [MONDAY, date(2025, 11, 12)]
    assert (page.visits[1].ratings, page.visited_on) == ({"safety": 4}, MONDAY)
    store.do("Away", provider_visits.remove_visit, page.visits[0].id)
    assert store.ask(provider_page.page, maya.still).visited_on == date(2025, 11, 12)
    kept = store.ask(provider_visits.visit, number)
    store.do("Change", provider_visits.save_visit, maya.still, replace(kept, met="Eve"), number)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Change", provider_visits.save_visit, maya.still, kept, number)
    with pytest.raises(Problem, match="On which day"):
        store.do("Visit", provider_visits.save_visit, maya.still, VisitForm())
    gift = TieForm("gift", "Lunch", "$18.50", MONDAY)
    tie = store.do("Tie", provider_visits.save_tie, maya.still, gift)
    kept_tie = store.ask(provider_visits.tie, tie)
    assert (kept_tie.amount, kept_tie.kind) == ("$18.50", "gift")
    told = replace(kept_tie, disclosed_to="Diane", disclosed_on=MONDAY, amount="")
    store.do("Tie", provider_visits.save_tie, maya.still, told, tie)
    assert store.ask(provider_page.page, maya.still).ties[0].disclosed_to == "Diane"
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Tie", provider_visits.save_tie, maya.still, told, tie)
    with pytest.raises(Problem, match="Say what it is"):
        store.do("Tie", provider_visits.save_tie, maya.still, TieForm())
    store.do("Away", provider_visits.remove_tie, tie)
    assert store.ask(provider_page.page, maya.still).ties == []


def test_what_is_to_follow_up_stands_on_today(store: Store, maya: Maya) -> None:
    def due() -> list[tuple[str, date | None]]:
        rows = store.ask(agenda.on, MONDAY, 7)
        return [(row.title, row.due) for row in rows if "school" in row.title]

    plan = VisitForm(MONDAY, follow_up="Ask for the school plan")
    save = provider_visits.save_visit
    number = store.do("Visit", save, maya.still, plan)
    assert due() == [("Ask for the school plan", MONDAY)]
    store.undo()
    assert due() == []
    store.redo()
    kept = store.ask(provider_visits.visit, number)
    friday = MONDAY + timedelta(days=4)
    told = replace(kept, follow_up="Read the school plan", follow_up_on=friday)
    store.do("Visit", save, maya.still, told, number)
    assert due() == [("Read the school plan", friday)]
    (task,) = store.ask(_open_tasks, maya.still)
    store.do("Done", tasks.finish, tasks.NextStep("", friday, task_id=task))
    kept = store.ask(provider_visits.visit, number)
    store.do("Visit", save, maya.still, replace(kept, notes="Calm"), number)
    assert due() == []  # done is done
    kept = store.ask(provider_visits.visit, number)
    store.do("Visit", save, maya.still, replace(kept, follow_up="A school day"), number)
    assert due() == [("A school day", MONDAY)]
    kept = store.ask(provider_visits.visit, number)
    store.do("Visit", save, maya.still, replace(kept, follow_up="", follow_up_on=None), number)
    assert due() == []
    again = store.do("Visit", save, maya.still, plan)
    store.do("Away", provider_visits.remove_visit, again)
    assert due() == []


def _open_tasks(session: Session, house: int) -> list[int]:
    query = select(TaskLink.task_id).where(TaskLink.organisation_id == house)
    return list(session.scalars(query))


def test_views_are_saved_by_name(store: Store, maya: Maya) -> None:
    first = store.do("View", saved_views.save, "providers", " Day  programs ", {"text": "day"})
    again = store.do("View", saved_views.save, "providers", "day programs", {"text": "iop"})
    store.do("View", saved_views.save, "elsewhere", "Other", {})
    assert first == again
    views = store.ask(saved_views.views, "providers")
    assert [(view.name, view.chosen["text"]) for view in views] == [("day programs", "iop")]
    for name, why in ((" ", "Name this view"), ("x" * 61, "at most 60")):
        with pytest.raises(Problem, match=why):
            store.do("View", saved_views.save, "providers", name, {})
    assert saved_views.ordered({"level": {"iop", "day"}, "own": ()}) == {"level": ["day", "iop"]}


def test_the_index_finds_counts_and_sorts(store: Store, maya: Maya) -> None:
    bridge = saved(store)
    near = saved(store, ProgramForm("Alder House", city="Hoboken", zip="7030", wait="1 week",
                                    levels_of_care=("mh:php",), cost="$90/session"))  # fmt: skip
    store.do("Check", provider_facts.check, near, CheckForm(told_on=MONDAY, same=True))
    whole = index(store)
    names = [each.name for each in whole.rows(whole.find(Query()).ids)]
    assert names[:2] == ["Alder House", "Bridge Street"]
    found = whole.find(Query({"level": frozenset({"day"})}))
    assert set(found.ids) == {bridge, near}
    assert (found.counts["takes=plan:Meridian PPO"], found.counts["level=iop"]) == (1, 1)
    assert whole.find(Query(text="brooklyn dbt")).ids == [bridge]
    assert whole.find(Query(among=frozenset({near, 999}))).ids == [near]
    here = Point(40.694, -73.9903)
    assert whole.find(Query(near=(here, 25), order="near")).ids == [bridge, near]
    within = whole.facets.bits("level=day")
    assert whole.count_near(whole.distances(here), 25, within) == 2
    assert whole.count_near(whole.distances(here), 1, None) == 1
    by_name = whole.find(Query(order="name")).ids
    assert by_name == sorted(by_name, key=lambda each: whole.rows([each])[0].name.casefold())
    assert whole.find(Query(order="checked")).ids[-1] == near
    assert whole.get(999) is None


def test_a_change_is_read_alone(store: Store, maya: Maya) -> None:
    bridge = saved(store)
    before = index(store)

    def touched(session: Session) -> frozenset[tuple[str, int]]:
        fact = session.scalar(select(ProviderFact.id).where(ProviderFact.field == "wait")) or 0
        address = session.scalar(select(Address.id).where(Address.organisation_id == bridge)) or 0
        return frozenset({("provider_fact", fact), ("address", address), ("draft", 1)})

    store.do("Star", provider_facts.star, bridge, starred=True)
    stale = store.ask(provider_index.revised, before, frozenset({("episode", maya.episode)}))
    assert stale.get(bridge) == before.get(bridge)
    fresh = store.ask(provider_index.revised, before, store.ask(touched))
    assert (star := fresh.get(bridge)) is not None
    assert star.starred

    def gone(session: Session) -> None:
        for model in (Address, ContactPoint, ProviderFact):
            session.query(model).filter_by(organisation_id=bridge).delete()
        session.delete(session.get_one(Organisation, bridge))

    store.do("Remove", gone)
    after = store.ask(provider_index.revised, fresh, frozenset({("organisation", bridge)}))
    assert after.get(bridge) is None
    assert len(after) == len(before) - 1


def test_people_and_visits_reach_the_index(store: Store, maya: Maya) -> None:
    before = index(store)
    visit = store.do("Visit", provider_visits.save_visit, maya.still, VisitForm(MONDAY))
    form = ProfessionalForm("Tess", "Holloway", person_id=maya.tess.person_id)
    person = store.do("Add", provider_edit.save_professional, form, new=True)

    def row(session: Session) -> int:
        return session.scalars(select(Professional.id)).one()

    rows = frozenset({("site_visit", visit), ("professional", store.ask(row)), ("person", person)})
    after = store.ask(provider_index.revised, before, rows)
    assert (still := after.get(maya.still)) is not None
    assert still.visited
    assert (tess := after.get(-person)) is not None
    assert tess.role == "therapist"
    merged = store.ask(provider_index.revised, before, frozenset({("person_merge", 1)}))
    assert len(merged) == len(after)


def test_where_a_client_is(store: Store, maya: Maya) -> None:
    def settle(session: Session) -> int:
        person = session.scalars(select(Person).where(Person.given_name == "Maya")).one()
        session.add(Address(person_id=person.id, zip="11215"))
        session.query(Address).filter_by(organisation_id=maya.still).delete()
        session.flush()
        return person.id

    store.do("Move", settle)
    home = store.ask(zip_places.home_of, maya.client)
    assert home is not None
    assert round(home.latitude) == 41
    assert store.ask(zip_places.now_of, maya.client) is None
    assert store.ask(zip_places.place_of_house, 999) is None
    assert zip_places.point("00000") is None
    bridge = saved(store)
    assert (store.ask(provider_page.miles_from_home, bridge, maya.client) or 99) < 5
    assert store.ask(provider_page.miles_from_home, maya.still, maya.client) is None

    def place(session: Session) -> None:
        house = session.get_one(Organisation, maya.still)
        house.latitude, house.longitude = 41.7, -73.2

    store.do("Place", place)
    assert store.ask(zip_places.now_of, maya.client) == Point(41.7, -73.2)


def test_a_home_is_where_they_live_today(store: Store, maya: Maya) -> None:
    """A move typed ahead changes no distance before its day, and nobody lives at a stranger's."""

    def home(*days: tuple[str, date | None, date | None]) -> str:
        def settle(session: Session) -> None:
            person = session.scalars(select(Person).where(Person.given_name == "Maya")).one()
            session.query(Address).filter_by(person_id=person.id).delete()
            for code, since, until in days:
                session.add(Address(person_id=person.id, zip=code, since=since, until=until))
                session.flush()

        store.do("Move", settle)
        found = store.ask(zip_places.home_of, maya.client)
        return next((code for code, *_ in days if zip_places.point(code) == found), "")

    one, soon = timedelta(days=1), MONDAY + timedelta(days=30)
    assert home(("11215", None, MONDAY), ("94103", MONDAY + one, None)) == "11215"
    assert home(("94103", soon, None), ("11215", None, None)) == "11215"
    assert home(("11215", date(2024, 2, 29), None), ("94103", date(2020, 1, 1), None)) == "11215"
    assert home(("11215", None, MONDAY - one)) == ""
    assert store.ask(zip_places.home_of, 999) is None
