"""A client's own data, the agreement, and what its end takes along."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import client_form, clients, consents, drafts, updates
from cmdesk.casework.clients import ClientDraft
from cmdesk.errors import NothingToShare, Problem
from cmdesk.models.client import Engagement
from cmdesk.rules.client_draft import reopened
from cmdesk.rules.codes import ClientStatus, EndReason
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Maya, state


def ends(session: Session) -> list[date | None]:
    return list(session.scalars(select(Engagement.ended_on).order_by(Engagement.id)))


def test_form_goes_there_and_back(store: Store, maya: Maya) -> None:
    read = store.ask(client_form.read, maya.client)
    typed = replace(
        read,
        preferred_name=" May ",
        languages="English, , Spanish ",
        interpreter=True,
        my_role="I coordinate care, I am not her therapist.",
        after_hours="Call 988, then text me.",
        recovery_on=date(2026, 1, 29),
        agreed_on=date(2025, 9, 1),
    )
    store.do("Type", drafts.keep, "client:1", {"a": 1})
    store._steps.clear()
    before = state(store)
    store.do("Save", client_form.save, maya.client, typed, "client:1")
    after = state(store)
    again = store.ask(client_form.read, maya.client)
    assert again.languages == "English, Spanish"
    assert replace(again, versions=typed.versions) == replace(
        typed, preferred_name="May", languages=again.languages, began_on=again.began_on
    )
    assert store.ask(drafts.find, "client:1") is None
    store.undo()
    assert state(store) == before
    store.redo()
    assert state(store) == after
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", client_form.save, maya.client, typed)
    bad = replace(again, given_name="", preferred_name="")
    with pytest.raises(Problem, match="called"):
        store.do("Save", client_form.save, maya.client, bad)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(client_form.read, 99)
    assert store.ask(client_form.agreements, maya.client) == []


def test_closing_ends_the_consents_bound_to_it_and_opening_again_revives_none(
    store: Store, maya: Maya
) -> None:
    read = store.ask(client_form.read, maya.client)
    store.do("Save", client_form.save, maya.client, read)  # an engagement is on record
    form = store.ask(consents.draft, maya.consent)
    bound = replace(form, expires_on=None, expires_episode_id=None, expires_with_engagement=True)
    store.do("Bind", consents.save, bound, maya.consent)
    assert [each.recipients for each in store.ask(client_form.bound, maya.client)] == [
        ("Diane Brenner",)
    ]
    store.ask(updates.release, maya.client, maya.diane, *WEEK)
    read = store.ask(client_form.read, maya.client)
    closed = replace(
        read, status=ClientStatus.CLOSED, ended_on=WEEK[1], end_reason=EndReason.RELOCATION
    )
    store.do("Close", client_form.save, maya.client, closed)
    with pytest.raises(NothingToShare):
        store.ask(updates.release, maya.client, maya.diane, *WEEK)
    assert store.ask(client_form.bound, maya.client) == []
    read = store.ask(client_form.read, maya.client)
    again = reopened(replace(read, status=ClientStatus.ACTIVE), MONDAY)
    assert again.versions == read.versions
    store.do("Open", client_form.save, maya.client, again)
    assert store.ask(ends) == [WEEK[1], None]
    with pytest.raises(NothingToShare):
        store.ask(updates.release, maya.client, maya.diane, *WEEK)


def test_inquiry_has_no_engagement_before_it_is_worked_with(store: Store) -> None:
    draft = ClientDraft("Wen", "Li", status=ClientStatus.PROSPECTIVE)
    number = store.do("Add", clients.add, draft)
    read = store.ask(client_form.read, number)
    store.do("Save", client_form.save, number, read)
    assert store.ask(ends) == []
    active = replace(store.ask(client_form.read, number), status=ClientStatus.ACTIVE)
    store.do("Save", client_form.save, number, active)
    assert store.ask(client_form.read, number).began_on == MONDAY
