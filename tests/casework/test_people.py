"""The circle editor: comes back as typed, tells the later writer, ends and never loses a place."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import clients, contacts, correspondence, directory, drafts, people
from cmdesk.casework.clients import ClientDraft
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, PlainEmail
from cmdesk.models.person import ContactPoint, Person, PersonRelation
from cmdesk.rules import plain_email
from cmdesk.rules.codes import CaseRole, Relationship
from cmdesk.rules.people_draft import (
    CARED_FOR,
    AuthorityDraft,
    PersonDraft,
    PlainEmailDraft,
    PointDraft,
    RelationDraft,
    TieDraft,
)
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya

PHONE = PointDraft(
    kind="work",
    value="718 555 0177",
    preferred=True,
    may_call=True,
    voicemail="voicemail_no_identify",
    may_text=True,
    email_encrypted_only=True,
    best_times="After five",
    verified_on=MONDAY,
)


def june(maya: Maya) -> PersonDraft:
    return PersonDraft(
        maya.client,
        given_name=" June ",
        family_name="Lund",
        suffix="Jr.",
        pronouns="she/her",
        credentials="JD",
        job_title="Attorney",
        organisation_id=maya.still,
        language="es",
        interpreter=True,
        notes="Old friend.",
        after_id=maya.diane.person_id,
        ties=(TieDraft(None, Relationship.AUNT, (CaseRole.PAYER,), MONDAY, None, "By marriage"),),
        points=(PHONE, PointDraft(kind="e_mail", value="june@lund.example")),
        authorities=(
            AuthorityDraft(None, "durable_poa", "Money", "Of 2024", None, MONDAY, None, "Ana"),
        ),
        plain_emails=(
            PlainEmailDraft(
                address="june@lund.example",
                warned_on=MONDAY,
                accepted_on=MONDAY,
                accepted_by="client",
                method="by phone",
            ),
        ),
        relations=(RelationDraft(None, CARED_FOR, maya.diane.person_id, MONDAY),),
    )


def read(store: Store, maya: Maya, person_id: int) -> PersonDraft:
    return store.ask(people.draft, maya.client, person_id)


def unnumbered(draft: PersonDraft) -> PersonDraft:
    """Leave out what the vault gives: numbers and versions."""
    lists = ("ties", "points", "authorities", "plain_emails", "relations")
    rows = {name: tuple(replace(row, id=None) for row in getattr(draft, name)) for name in lists}
    return replace(draft, person_id=None, version="", **rows)


def test_someone_new_comes_back_as_typed(store: Store, maya: Maya) -> None:
    blank = store.ask(people.draft, maya.client, None)
    assert blank == PersonDraft(maya.client, ties=(TieDraft(),), after_id=maya.tess.person_id)
    number = store.do("Save", people.save, june(maya))
    found = read(store, maya, number)
    wish = replace(june(maya).plain_emails[0], warning_version=plain_email.CURRENT.version)
    assert unnumbered(found) == replace(june(maya), given_name="June", plain_emails=(wish,))
    circle = [each.person_id for each in store.ask(clients.circle, maya.client)]
    assert circle == [maya.diane.person_id, number, maya.tess.person_id]
    # Seen from the other side, it is Diane who cares for June.
    (from_diane,) = read(store, maya, maya.diane.person_id or 0).relations
    assert (from_diane.kind, from_diane.other_id) == ("caregiver", number)
    store.do("Save again", people.save, found)
    assert read(store, maya, number) == found


def test_rows_are_changed_and_removed(store: Store, maya: Maya) -> None:
    number = store.do("Save", people.save, june(maya))
    found = read(store, maya, number)
    (bond,) = found.relations
    changed = replace(
        found,
        after_id=None,
        points=(replace(found.points[1], value="june@law.example"),),
        authorities=(),
        relations=(replace(bond, kind="estranged"),),
    )
    store.do("Save", people.save, changed)
    again = read(store, maya, number)
    assert [point.value for point in again.points] == ["june@law.example"]
    assert (again.authorities, again.after_id) == ((), None)
    assert [(each.id, each.kind) for each in again.relations] == [(bond.id, "estranged")]
    kept = store.ask(lambda session: session.get_one(PersonRelation, bond.id))
    assert (kept.person_id, kept.other_id) == (maya.diane.person_id, number)
    store.do("Save", people.save, replace(again, relations=()))
    assert read(store, maya, maya.diane.person_id or 0).relations == ()


def test_places_and_accepted_warnings_are_never_deleted(store: Store, maya: Maya) -> None:
    number = store.do("Save", people.save, june(maya))
    found = read(store, maya, number)
    store.do("Save", people.save, replace(found, ties=(TieDraft(),), plain_emails=()))
    again = read(store, maya, number)
    assert len(again.ties) == 2
    assert [wish.address for wish in again.plain_emails] == ["june@lund.example"]


def test_the_later_writer_is_told(store: Store, maya: Maya) -> None:
    diane = maya.diane.person_id or 0
    found = read(store, maya, diane)
    store.do("Call", people.save, replace(found, points=(*found.points, PHONE)))
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", people.save, replace(found, notes="Mine"))
    assert read(store, maya, diane).notes == ""


def test_what_is_faulty_or_gone_is_refused(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="needs a name"):
        store.do("Save", people.save, PersonDraft(maya.client))
    for client, person in ((maya.client, 999), (999, maya.diane.person_id)):
        with pytest.raises(Problem, match="no longer there"):
            store.ask(people.draft, client, person)


def test_a_client_has_numbers_but_no_place_in_the_own_circle(store: Store, maya: Maya) -> None:
    own = store.ask(lambda session: clients.head(session, maya.client).name)
    (found,) = [
        draft
        for number in store.ask(lambda session: [row.id for row in session.query(Person)])
        if (draft := read(store, maya, number)).own
    ]
    assert (found.given_name, found.ties) == (own.given, ())
    store.do("Save", people.save, replace(found, points=(PHONE,)))
    assert read(store, maya, found.person_id or 0).points[0].value == PHONE.value
    assert len(store.ask(clients.circle, maya.client)) == 2


def test_leaving_the_circle_keeps_the_person_and_the_history(store: Store, maya: Maya) -> None:
    diane = maya.diane.person_id or 0
    assert store.ask(correspondence.plain_email, maya.client, maya.diane, MONDAY)
    store.do("Type", drafts.keep, "person", {"given_name": "D"})
    store.do("Remove", people.remove, maya.client, diane, "person")
    assert [each.person_id for each in store.ask(clients.circle, maya.client)] == [
        maya.tess.person_id
    ]
    found = read(store, maya, diane)
    assert [tie.until for tie in found.ties] == [MONDAY]
    assert [wish.ended_on for wish in found.plain_emails] == [MONDAY]
    assert store.ask(drafts.find, "person") is None
    with pytest.raises(Problem, match="not in the circle any more"):
        store.do("Remove", people.remove_from_circle, maya.client, diane)
    # Coming back revives the place, not what was accepted for e-mail.
    store.do("Back", people.save, replace(found, ties=(replace(found.ties[0], until=None),)))
    assert store.ask(correspondence.plain_email, maya.client, maya.diane, MONDAY) is None
    assert diane in [each.person_id for each in store.ask(clients.circle, maya.client)]


def test_someone_known_takes_a_place_in_another_circle(store: Store, maya: Maya) -> None:
    owen = store.do("Add", clients.add, ClientDraft("Owen"))
    diane = maya.diane.person_id or 0
    fresh = store.ask(people.draft, owen, diane)
    assert (fresh.given_name, fresh.ties) == ("Diane", (TieDraft(),))
    assert fresh.plain_emails == ()  # what Maya accepted is no matter of Owen's chart
    store.do("Type", drafts.keep, "person", {})
    assert store.do("Save", people.keep, fresh, "person") == diane
    assert [each.person_id for each in store.ask(clients.circle, owen)] == [diane]
    assert store.ask(drafts.find, "person") is None


def test_who_is_not_to_be_contacted_is_said_also_afterwards(store: Store, maya: Maya) -> None:
    diane = maya.diane.person_id or 0
    assert store.ask(people.warned, maya.client, diane) == ""
    found = read(store, maya, diane)
    tie = replace(
        found.ties[0],
        roles=(CaseRole.DO_NOT_CONTACT, CaseRole.DO_NOT_INFORM_OF),
        note="Maya asked for it.",
    )
    store.do("Save", people.save, replace(found, ties=(tie,)))
    told = "Do not contact this person. Maya asked for it."
    assert store.ask(people.warned, maya.client, diane) == told
    assert store.ask(people.not_to_hear, maya.client, diane) == ("Maya asked for it.",)
    around = {each.key: each.detail for each in store.ask(contacts.around, maya.client)}
    assert around[maya.diane.key].startswith("Do not contact")
    store.do("Remove", people.remove_from_circle, maya.client, diane)
    assert store.ask(people.warned, maya.client, diane) == told
    assert store.ask(people.do_not_contact, maya.client) == {diane}
    assert store.ask(correspondence.must_not_be_contacted, maya.client, maya.diane)


def test_people_are_found_by_name_and_by_number(store: Store, maya: Maya) -> None:
    number = store.do("Save", people.save, june(maya))
    key = f"p{number}"
    for typed in ("june", "Lund Ju", "555-0177", "7185550177"):
        (found,) = store.ask(directory.find, maya.client, typed)
        assert found.key == key
        assert found.name == "June Lund, JD"
        assert found.detail == "In the circle, Stillwater Ridge, (718) 555-0177"
    assert store.ask(directory.find, maya.client, "maya") == []
    assert store.ask(directory.find, maya.client, "177") == []


def test_a_second_record_of_someone_is_noticed(store: Store, maya: Maya) -> None:
    number = store.do("Save", people.save, june(maya))
    by_name = PersonDraft(maya.client, given_name="JUNE", family_name="lund")
    by_number = PersonDraft(maya.client, given_name="J.", points=(PHONE,))
    for typed in (by_name, by_number):
        assert [each.key for each in store.ask(directory.alike, typed)] == [f"p{number}"]
    assert store.ask(directory.alike, replace(by_name, person_id=number)) == []
    assert store.ask(directory.alike, PersonDraft(maya.client, given_name="Nora")) == []


def test_numbers_keep_the_order_they_were_given(store: Store, maya: Maya) -> None:
    number = store.do("Save", people.save, june(maya))
    found = read(store, maya, number)
    store.do("Turn", people.save, replace(found, points=found.points[::-1]))
    assert [each.value for each in read(store, maya, number).points] == [
        "june@lund.example",
        "718 555 0177",
    ]

    def plain(session: Session) -> bool:
        rows = (*session.query(ContactPoint), *session.query(CircleMember))
        return all(type(value) is not Relationship for row in rows for value in vars(row).values())

    assert store.ask(plain)
    assert store.ask(lambda session: session.query(PlainEmail).count()) == 2


def test_a_place_begun_later_ends_no_earlier(store: Store, maya: Maya) -> None:
    later = date(2026, 4, 1)
    begun = replace(june(maya), ties=(TieDraft(since=later),))
    number = store.do("Save", people.save, begun)
    store.do("Remove", people.remove_from_circle, maya.client, number)
    assert read(store, maya, number).ties[0].until == later
