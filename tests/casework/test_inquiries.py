"""A family calls: the inquiry, its place in the list, and the chart it becomes."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, drafts, inquiries
from cmdesk.casework.clients import ClientDraft
from cmdesk.errors import Problem
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.person import ContactPoint
from cmdesk.rules.family_codes import InquiryStatus, Urgency
from cmdesk.rules.inquiry_draft import InquiryForm
from cmdesk.store.store import Store
from tests.records import Maya, state


def call(store: Store, **changes: object) -> InquiryForm:
    blank = store.ask(inquiries.blank)
    typed = replace(
        blank,
        caller_name="Rosa Duarte",
        caller_phone="917 555 0100",
        caller_email="rosa@duarte.example",
        relation="mother",
        given_name="Camila Maria",
        family_name="Duarte",
        urgency=Urgency.THIS_WEEK,
    )
    return replace(typed, **changes)  # pyright: ignore[reportArgumentType] - named by the test


def test_inquiry_goes_there_and_back(store: Store) -> None:
    store.do("Type", drafts.keep, "inquiry:new", {"a": 1})
    number = store.do("Save", inquiries.save, call(store), None, "inquiry:new")
    assert store.ask(drafts.find, "inquiry:new") is None
    read = store.ask(inquiries.read, number)
    assert read == replace(call(store), version=read.version)
    store.do("Save", inquiries.save, replace(read, next_step="Call back"), number)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", inquiries.save, read, number)
    with pytest.raises(Problem, match="Who called"):
        store.do("Save", inquiries.save, call(store, caller_name=""))
    with pytest.raises(Problem, match="no longer there"):
        store.ask(inquiries.read, 99)


def test_inquiries_stand_among_prospective_clients(store: Store, maya: Maya) -> None:
    wen = store.do("Add", clients.add, ClientDraft("Wen", "Li", status="prospective"))
    late = call(store, next_step="Call back", next_on=date(2026, 3, 2))
    first = store.do("Save", inquiries.save, late)
    plain = call(store, given_name="", family_name="", caller_name="Ann Bo")
    second = store.do("Save", inquiries.save, plain)
    over = call(store, status=InquiryStatus.REFERRED_ON, referred_on_to="Dr. Lu")
    third = store.do("Save", inquiries.save, over)
    assert store.ask(inquiries.counts)["inquiries"] == 3
    ids = store.ask(inquiries.listed, "inquiries")
    assert ids[0] == -first
    assert set(ids) == {wen, -first, -second}
    assert store.ask(inquiries.listed, "closed") == [-third]
    assert store.ask(inquiries.listed, "active") == [maya.client]
    assert store.ask(inquiries.listed, "inquiries", late=True) == [-first]
    assert store.ask(inquiries.listed, "inquiries", "ann") == [-second]
    by_name = store.ask(inquiries.listed, "inquiries", order="name")
    rows = store.ask(inquiries.lines, by_name)
    assert [row.name.full for row in rows] == ["Ann Bo", "Camila Maria Duarte", "Wen Li"]
    assert store.ask(inquiries.listed, "inquiries", order="contact")[0] == wen
    assert rows[0].call
    assert rows[1].step


def test_inquiry_becomes_a_client_in_one_step(store: Store) -> None:
    number = store.do("Save", inquiries.save, call(store))
    read = store.ask(inquiries.read, number)
    before = state(store)
    client = store.do("Make", inquiries.make_client, read, number)
    after = state(store)
    head = store.ask(clients.head, client)
    assert (head.name.full, head.status, head.since) == ("Camila Maria Duarte", "prospective", None)
    circle = store.ask(clients.circle, client)
    assert [(who.name.full, who.relationship) for who in circle] == [("Rosa Duarte", "mother")]
    again = store.ask(inquiries.read, number)
    assert (again.client_id, again.status) == (client, InquiryStatus.AGREEMENT_SENT)
    assert again.caller_id == circle[0].person_id
    assert store.ask(inquiries.listed, "inquiries") == [client]

    def points(session: Session) -> list[str]:
        return list(session.scalars(select(ContactPoint.value).order_by(ContactPoint.id)))

    assert store.ask(points) == ["917 555 0100", "rosa@duarte.example"]
    with pytest.raises(Problem, match="chart already"):
        store.do("Make", inquiries.make_client, again, number)
    store.undo()
    assert state(store) == before
    store.redo()
    assert state(store) == after


def test_who_calls_for_themself_or_is_known_is_not_made_twice(store: Store, maya: Maya) -> None:
    own = call(store, relation="client", status=InquiryStatus.ENGAGED)
    client = store.do("Make", inquiries.make_client, own)
    assert store.ask(clients.head, client).status == "active"
    assert store.ask(clients.circle, client) == []
    known = call(store, caller_id=maya.diane.person_id, relation="neighbour")
    client = store.do("Make", inquiries.make_client, known)
    circle = store.ask(clients.circle, client)
    assert [(who.person_id, who.relationship) for who in circle] == [
        (maya.diane.person_id, "other")
    ]
    linked = store.ask(lambda session: session.scalars(select(Inquiry.client_id)).all())
    assert client in linked
    with pytest.raises(Problem, match="chart for"):
        store.do("Make", inquiries.make_client, call(store, given_name=" "))
