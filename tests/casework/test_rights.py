"""Requests and incidents: kept with their clocks, and on the day's page until they are closed."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.casework import accounting_release, agenda, clients, drafts, incidents, rights, today
from cmdesk.casework.accounting_release import Wish
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.rights import Disagreement
from cmdesk.errors import Problem
from cmdesk.rules.agenda import Group
from cmdesk.rules.incidents import FACTORS, Finding, IncidentForm
from cmdesk.rules.rights import Decision, RequestForm, Right
from cmdesk.store.store import Store
from tests.casework.test_disclosures import leave
from tests.records import MONDAY, Clock, Maya

KINDS = ("rights_request", "privacy_incident")


def on_the_page(store: Store) -> list[tuple[str, str, date]]:
    found = store.ask(agenda.on)
    return [(row.group, row.why, row.due) for row in found if row.kind in KINDS]


def test_a_request_stands_on_today_until_it_is_closed(
    store: Store, maya: Maya, clock: Clock
) -> None:
    form = RequestForm(Right.ACCESS, date(2026, 2, 7), " Maya ", what="The log")
    before = store.ask(agenda.urgent)[1]
    store.do("Type", drafts.keep, "asked", {})
    number = store.do("Ask", rights.save, maya.client, form, None, "asked")
    assert store.ask(drafts.find, "asked") is None
    assert on_the_page(store) == [(Group.TODAY, "Answer is due today", MONDAY)]
    assert store.ask(agenda.urgent)[1] == before + 1
    (row,) = (row for row in store.ask(today.rows) if row.kind == "rights_request")
    assert (row.title, row.record, row.client_id) == ("See or get records", number, maya.client)
    clock.forward(days=1)
    assert on_the_page(store)[0][:2] == (Group.OVERDUE, "Answer is 1 day late")
    clock.forward(days=-1)
    kept = store.ask(rights.one, number)
    assert (kept.due, kept.form.requester) == (MONDAY, "Maya")
    longer = replace(kept.form, extended_on=MONDAY, extension_reason="It is in storage.")
    store.do("Extend", rights.save, maya.client, longer, number)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Again", rights.save, maya.client, longer, number)
    with pytest.raises(Problem, match="before it came in"):
        store.do("Again", rights.save, maya.client, replace(longer, extended_on=date(2026, 2, 1)))
    due = date(2026, 4, 8)
    assert on_the_page(store) == [(Group.ENDING_SOON, "Answer is due Apr 8", due)]
    given = replace(
        store.ask(rights.one, number).form, decision=Decision.GRANTED, decided_on=MONDAY
    )
    store.do("Answer", rights.save, maya.client, given, number)
    assert on_the_page(store)[0][1] == "Answer is due Apr 8, answered, not closed yet"
    closed = replace(store.ask(rights.one, number).form, closed_on=MONDAY)
    store.do("Close", rights.save, maya.client, closed, number)
    assert on_the_page(store) == []


def test_what_has_no_clock_stays_in_sight_too(store: Store, maya: Maya) -> None:
    form = RequestForm(Right.RESTRICTION, date(2026, 3, 2), what="Nothing to my uncle")
    number = store.do("Ask", rights.save, maya.client, form)
    assert on_the_page(store) == [(Group.REASSESS, "Open since Mar 2", date(2026, 3, 2))]
    free = RequestForm(Right.ACCOUNTING, MONDAY)
    store.do("Ask", rights.save, maya.client, free)
    assert not store.ask(rights.may_charge, maya.client, date(2026, 3, 1))
    assert store.ask(rights.may_charge, maya.client, date(2026, 6, 1))
    assert [row.form.kind for row in store.ask(rights.rows, maya.client)] == [
        Right.RESTRICTION,
        Right.ACCOUNTING,
    ]
    assert len(store.ask(rights.open_accountings, maya.client)) == 1
    assert store.ask(rights.client_of, number) == maya.client
    with pytest.raises(Problem, match="no longer there"):
        store.ask(rights.one, 99)


def test_a_statement_of_disagreement_goes_with_what_is_told_later(store: Store, maya: Maya) -> None:
    """45 CFR 164.526(d)(5)."""
    refused = RequestForm(
        Right.AMENDMENT,
        date(2026, 3, 2),
        what="“She left early”",
        decision=Decision.DENIED,
        decided_on=MONDAY,
        reason="It is right as it stands.",
    )
    store.do("Ask", rights.save, maya.client, refused)
    assert store.ask(rights.disagreements, maya.client) == []  # nothing was said to it
    disputed = replace(refused, disagreement="I was sent home.", rebuttal="The log says so.")
    number = store.do("Ask", rights.save, maya.client, disputed)
    why = disputed.reason
    said = Disagreement(
        date(2026, 3, 2), disputed.what, why, "I was sent home.", "The log says so."
    )
    assert store.ask(rights.disagreements, maya.client) == [said]
    client = store.ask(accounting_release.readers, maya.client)[0].key
    wish = Wish(client, None, MONDAY, MONDAY, "By sight")
    assert store.ask(accounting_release.release, maya.client, wish).disagreements == (said,)
    granted = replace(store.ask(rights.one, number).form, decision=Decision.GRANTED)
    store.do("Grant", rights.save, maya.client, granted, number)
    assert store.ask(rights.disagreements, maya.client) == []


def test_an_incident_begins_from_what_was_sent(store: Store, maya: Maya) -> None:
    begun = store.ask(incidents.begin, None, leave(store, maya))
    assert (begun.client_id, begun.happened_on, begun.discovered_on) == (
        maya.client,
        MONDAY,
        MONDAY,
    )
    assert begun.what == (
        "Family update, March 2 to 8, 2026, meant for Diane Brenner (d@x.example), "
        "went to a wrong address."
    )
    number = store.do("Keep", incidents.save, begun)
    due = date(2026, 5, 8)
    assert on_the_page(store) == [(Group.ENDING_SOON, "Notice is due May 8, not decided yet", due)]
    four = dict.fromkeys(FACTORS, "In words")
    low = replace(
        store.ask(incidents.one, number),
        determination=Finding.LOW_PROBABILITY,
        reason="Locked, and the password was never sent.",
        **four,
    )
    store.do("Keep", incidents.save, low, number)
    assert on_the_page(store)[0][:2] == (
        Group.REASSESS,
        "Open since Mar 9, nothing left but closing it",
    )
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Keep", incidents.save, low, number)
    done = replace(store.ask(incidents.one, number), closed_on=MONDAY)
    store.do("Close", incidents.save, done, number)
    assert on_the_page(store) == []
    with pytest.raises(Problem, match="not in the vault"):
        store.ask(incidents.begin, None, "x")


def test_incidents_of_one_client_or_of_all(store: Store, maya: Maya) -> None:
    other = store.do("Add", clients.add, ClientDraft("Ana", "Ortiz"))
    nobody = store.ask(incidents.begin)
    with pytest.raises(Problem, match="What happened"):
        store.do("Keep", incidents.save, nobody)
    for client in (None, maya.client, other):
        about = IncidentForm(client, None, None, MONDAY, "A phone was lost")
        store.do("Keep", incidents.save, about)
    assert len(store.ask(incidents.rows)) == 3
    assert [row.form.client_id for row in store.ask(incidents.rows, other)] == [other]
    assert next(row.client for row in store.ask(agenda.on) if row.kind in KINDS) is None
