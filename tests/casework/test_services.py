"""Care outside programs: services with what came of them, papers asked for, and who may hear."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    accounting,
    agenda,
    compose,
    consents,
    documents,
    drafts,
    entries,
    merging_charts,
    records_asked,
    service_party,
    updates,
)
from cmdesk.casework import records_requests as requests
from cmdesk.casework import referrals as services
from cmdesk.casework.clients import ClientDraft, add
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.placement_release import NoRelease
from cmdesk.errors import Problem
from cmdesk.models.provider import Organisation
from cmdesk.models.referral import RecordsRequest, Referral
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.rules.letter import Step
from cmdesk.rules.referral_draft import ReferralForm, RequestForm
from cmdesk.store.store import Store
from tests.casework.test_facts import shareable
from tests.casework.undo_services import PAPERS, RIDE
from tests.records import MONDAY, WEEK, Clock, Maya, log, settle, tell_all

LINE = "A ride to the airport is arranged."
TOLD = replace(RIDE, next_on=date(2026, 3, 12), family_line=LINE, topics=("progress",), part2="no")


def keep(store: Store, maya: Maya, form: ReferralForm, number: int | None = None) -> int:
    return store.do("Keep", services.save, maya.client, form, number)


def ask_for(store: Store, maya: Maya, form: RequestForm) -> int:
    return store.do("Keep", requests.save, maya.client, form)


def standing(store: Store, *kinds: str) -> list[AgendaRow]:
    return [row for row in store.ask(agenda.on) if row.kind in kinds]


def test_a_service_goes_to_somebody_new_and_is_then_on_record(store: Store, maya: Maya) -> None:
    store.do("Type", drafts.keep, "referral:new:1", {"what": "A ride"}, maya.client)
    number = store.do("Keep", services.save, maya.client, RIDE, None, "referral:new:1")
    assert store.ask(drafts.find, "referral:new:1") is None
    again = keep(store, maya, replace(RIDE, recipient="blue cars", state="contacted"))
    first, second = (store.ask(services.read, each) for each in (number, again))
    assert first.recipient == second.recipient
    assert (second.asked_on, second.state_since) == (MONDAY, MONDAY)
    assert [row.name for row in store.ask(services.rows, maya.client)] == ["Blue Cars"] * 2
    stale = replace(first, version=99)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Keep", services.save, maya.client, stale, number)
    with pytest.raises(Problem, match="Say what the service is"):
        keep(store, maya, ReferralForm())


def test_a_program_of_a_national_directory_becomes_ones_own(store: Store, maya: Maya) -> None:
    def house(session: Session) -> int:
        made = Organisation(name="County Clinic", mine=False)
        session.add(made)
        session.flush()
        return made.id

    number = store.do("Bring in", house)
    keep(store, maya, replace(RIDE, recipient=f"o{number}"))
    assert store.ask(lambda session: session.get_one(Organisation, number).mine)
    with pytest.raises(Problem, match="no longer there"):
        keep(store, maya, replace(RIDE, recipient="o987654"))
    to_tess = keep(store, maya, replace(RIDE, recipient=maya.tess.key))
    assert store.ask(services.read, to_tess).recipient == maya.tess.key


def test_what_came_of_a_service_is_kept_with_its_barrier(
    store: Store, maya: Maya, clock: Clock
) -> None:
    number = keep(store, maya, TOLD)
    store.do("Received", services.received, number)
    (row,) = store.ask(services.rows, maya.client)
    assert (row.form.outcome, row.form.state, row.closed_on) == ("received", "closed", MONDAY)
    assert row.form.next_on is None
    with pytest.raises(Problem, match="over already"):
        store.do("Received", services.received, number)
    missed = replace(row.form, outcome="not", barrier="cost", state="no_show")
    clock.forward(days=1)
    keep(store, maya, missed, number)
    (row,) = store.ask(services.rows, maya.client)
    assert (row.form.barrier, row.closed_on) == ("cost", MONDAY)
    keep(store, maya, replace(row.form, outcome="", barrier="", state="admitted"), number)
    keep(store, maya, RIDE)
    opened, other = store.ask(services.rows, maya.client)
    assert {opened.closed_on, other.closed_on} == {None}


def test_records_go_with_a_referral_only_by_a_release(store: Store, maya: Maya) -> None:
    with pytest.raises(NoRelease, match=r"Blue Cars"):
        keep(store, maya, replace(RIDE, state="packet_sent"))
    with pytest.raises(Problem, match="Nobody is named"):
        keep(store, maya, replace(RIDE, recipient="", state="packet_sent"))
    to_diane = replace(RIDE, recipient=maya.diane.key, state="packet_sent", part2="no")
    with pytest.raises(NoRelease):  # her form covers attendance, not how the treatment goes
        keep(store, maya, to_diane)
    tell_all(store, maya)
    sent = keep(store, maya, to_diane)
    row = store.ask(lambda session: session.get_one(Referral, sent).consent_id)
    assert row == maya.consent
    (told,) = store.ask(accounting.rows, maya.client)
    assert told.what == "Records for a referral: A ride home"
    form = store.ask(services.read, sent)
    with pytest.raises(NoRelease):  # what went to her did not go to him by that form
        keep(store, maya, replace(form, recipient="Blue Cars"), sent)
    keep(store, maya, replace(form, note="By portal"), sent)
    keep(store, maya, replace(form, version=form.version + 1, state="under_review"), sent)
    assert store.ask(lambda session: session.get_one(Referral, sent).consent_id) == maya.consent
    (told,) = store.ask(accounting.rows, maya.client)
    assert told.counts is not None  # they are looking at what went


def counted(store: Store, maya: Maya) -> list[str]:
    """Name who got what the accounting counts."""
    told = store.ask(accounting.rows, maya.client)
    return [row.recipient_name for row in told if row.counts is not None]


def test_what_a_referral_no_longer_says_it_sent_is_taken_back(store: Store, maya: Maya) -> None:
    tell_all(store, maya)
    to_diane = replace(RIDE, recipient=maya.diane.key, state="packet_sent", part2="no")
    number = keep(store, maya, to_diane)
    assert counted(store, maya) == ["Diane Brenner"]
    assert store.ask(services.went, number)
    (told,) = store.ask(accounting.rows, maya.client)
    assert "2.32" not in told.restriction_check  # not protected, so no notice

    def change(form: ReferralForm) -> None:
        keep(store, maya, replace(form, version=store.ask(services.read, number).version), number)

    change(replace(to_diane, state="contacted"))
    assert not counted(store, maya)
    assert not store.ask(services.went, number)
    assert store.ask(lambda session: session.get_one(Referral, number).consent_id) is None
    change(to_diane)
    change(replace(to_diane, part2="yes"))  # other records than noted first: one row counts
    assert counted(store, maya) == ["Diane Brenner"]
    protected = next(row for row in store.ask(accounting.rows, maya.client) if row.part2)
    said = "Protected by 42 CFR part 2: the notice of 42 CFR 2.32 belongs with them."
    assert protected.restriction_check.endswith(said)
    change(replace(to_diane, part2="yes", state="under_review", recipient="Blue Cars"))
    assert not counted(store, maya)
    other = keep(store, maya, to_diane)
    store.do("Away", services.take_away, other)
    assert not counted(store, maya)


def test_papers_are_asked_chased_and_received(store: Store, maya: Maya, clock: Clock) -> None:
    number = ask_for(store, maya, PAPERS)
    (waits,) = standing(store, "records_request")
    assert (waits.group, waits.due) == (Group.TODAY, MONDAY)
    assert waits.why == "Waiting on County Hospital for 7 days"
    assert store.do("Chase", requests.chase, number) == date(2026, 3, 16)
    (waits,) = standing(store, "records_request")
    assert (waits.group, waits.why) == (
        Group.WAITING,
        "Waiting on County Hospital for 7 days, tried once",
    )
    clock.forward(days=8)
    assert standing(store, "records_request")[0].group is Group.OVERDUE
    file = store.do(
        "Add",
        lambda session: documents.add(
            session,
            b"%PDF-1.4 paper",
            title="Summary",
            file_name="s.pdf",
            media_type="application/pdf",
            client_id=maya.client,
        ),
    )
    form = replace(store.ask(requests.read, number), done_on=date(2026, 3, 17), document_id=file)
    store.do("Keep", requests.save, maya.client, form, number)
    (row,) = store.ask(requests.rows, maya.client)
    assert (row.document, row.form.chases, row.due_on) == ("Summary", 1, None)
    assert not standing(store, "records_request")
    for work in (requests.chase, requests.done):
        with pytest.raises(Problem):
            store.do("Again", work, number)
    with pytest.raises(Problem, match="A records request relies"):
        store.do("Remove", documents.remove, file)


def test_papers_of_another_chart_are_not_taken(store: Store, maya: Maya) -> None:
    other = store.do("Add", add, ClientDraft("Ada", "Lund"))
    file = store.do(
        "Add",
        lambda session: documents.add(
            session, b"x", title="T", file_name="t", media_type="text/plain", client_id=other
        ),
    )
    with pytest.raises(Problem, match="not in this chart"):
        ask_for(store, maya, replace(PAPERS, document_id=file))
    with pytest.raises(Problem, match="another client"):
        store.do("Keep", requests.save, other, replace(PAPERS, consent_id=maya.consent))
    with pytest.raises(Problem, match="in another chart"):
        store.do("Keep", services.save, other, replace(RIDE, entry_id=maya.entry))


def test_papers_leave_only_by_a_valid_release_that_names_who_gets_them(
    store: Store, maya: Maya
) -> None:
    asked = replace(PAPERS, direction="to", recipient="North School", part2="no")
    number = ask_for(store, maya, asked)
    (wanted,) = standing(store, "records_wanted")
    assert (wanted.title, wanted.due) == ("Discharge summary for North School", MONDAY)
    form = store.ask(requests.read, number)
    assert store.ask(requests.release, maya.client, form).consent_id is None
    new_name = store.ask(requests.release, maya.client, asked)
    assert new_name.why == "No consent names North School yet."
    for act in (
        lambda: store.do("Sent", requests.done, number),
        lambda: store.do("Sent", requests.save, maya.client, replace(form, done_on=MONDAY), number),
    ):
        with pytest.raises(NoRelease, match="North School"):
            act()
    with pytest.raises(Problem, match="Nothing is waited for"):
        store.do("Chase", requests.chase, number)
    to_diane = ask_for(store, maya, replace(asked, recipient=maya.diane.key))
    with pytest.raises(NoRelease, match="keeps this"):
        store.do("Sent", requests.done, to_diane)
    tell_all(store, maya)
    store.do("Sent", requests.done, to_diane)
    kept = store.ask(requests.read, to_diane)
    assert (kept.done_on, kept.consent_id) == (MONDAY, maya.consent)
    (told,) = store.ask(accounting.rows, maya.client)
    assert (told.recipient_name, told.what) == ("Diane Brenner", "Discharge summary")
    assert told.at.date() == MONDAY
    assert told.consent_on is not None
    assert told.topics
    assert not told.part2
    assert store.undo_label == "Sent"
    with pytest.raises(Problem, match=r"only added|final|taken back"):
        store.undo()
    elsewhere = replace(kept, recipient="North School")
    with pytest.raises(NoRelease):
        store.do("Keep", requests.save, maya.client, elsewhere, to_diane)
    store.do("Revoke", consents.end, maya.consent)
    later = replace(kept, note="By portal")
    store.do("Keep", requests.save, maya.client, later, to_diane)  # it went while it was valid
    last = store.ask(requests.read, to_diane)
    store.do("Keep", requests.save, maya.client, replace(last, done_on=None), to_diane)
    (told,) = store.ask(accounting.rows, maya.client)  # it did not go after all
    assert told.corrections
    assert told.counts is None
    unsent = ask_for(store, maya, replace(asked, recipient=maya.diane.key))
    with pytest.raises(NoRelease):
        store.do("Sent", requests.done, unsent)


def test_papers_that_may_be_protected_need_a_part_2_consent(store: Store) -> None:
    def ordinary(practice: dict[str, Any]) -> None:
        practice["clients"][0]["consents"][0]["kind"] = "hipaa"

    maya = settle(store, ordinary)
    tell_all(store, maya)
    asked = replace(PAPERS, direction="to", recipient=maya.diane.key)
    assert "Part 2" in store.ask(requests.release, maya.client, asked).why
    plain = store.ask(requests.release, maya.client, replace(asked, part2="no"))
    assert (plain.consent_id, plain.why) == (maya.consent, "")


def test_whom_we_ask_may_tell_us_by_a_consent_that_lets_them(store: Store, maya: Maya) -> None:
    def wanting(asked: RequestForm) -> str:
        return store.ask(records_asked.wanting, maya.client, asked)

    def sign(**new: Any) -> None:
        form = store.ask(consents.draft, maya.consent)
        store.do("Sign", consents.save, replace(form, **new), maya.consent)

    assert wanting(RequestForm("from")) == ""
    assert wanting(PAPERS) == "No consent lets County Hospital tell you yet."
    asked = store.ask(requests.read, ask_for(store, maya, PAPERS))  # asking is never refused
    for way, said in (
        ("to", "No consent lets County Hospital tell you yet."),
        ("from", ""),
        ("two_way", ""),
    ):
        sign(recipients=(maya.diane.key, asked.recipient), direction=way)
        assert wanting(asked) == said
    assert wanting(replace(asked, part2="yes")) == ""
    sign(kind="hipaa")
    asked_protected = replace(asked, part2="yes")
    assert wanting(asked_protected) == "No Part 2 consent lets County Hospital tell you yet."
    assert (asked.part2, wanting(asked)) == (
        "unknown",
        "No Part 2 consent lets County Hospital tell you, and what they have may be protected.",
    )
    assert wanting(replace(asked, part2="no")) == ""
    assert wanting(replace(asked, part2="no", recipient=maya.diane.key)) == ""
    store.do("End", consents.end, maya.consent)
    assert wanting(asked).startswith("County Hospital’s consent was revoked")
    assert wanting(replace(asked, done_on=MONDAY)) == ""  # the papers came


def test_steps_of_services_stand_on_today_or_wait(store: Store, maya: Maya, clock: Clock) -> None:
    keep(store, maya, replace(RIDE, next_on=MONDAY))
    keep(store, maya, replace(RIDE, recipient="", next_on=date(2026, 3, 20)))
    waiting = keep(store, maya, replace(RIDE, what="", state="waitlisted", next_step=""))
    keep(store, maya, replace(RIDE, state="closed", outcome="received"))
    due, waits = standing(store, "referral")
    assert (due.group, due.title) == (Group.TODAY, "Blue Cars: Call")
    assert (waits.group, waits.record) == (Group.WAITING, waiting)
    assert waits.title == "Transport, Blue Cars"
    assert store.ask(agenda.urgent)[1] == sum(
        row.group is Group.TODAY for row in store.ask(agenda.on)
    )


def test_both_go_along_when_two_charts_become_one(store: Store, maya: Maya) -> None:
    twin = store.do("Add", add, ClientDraft("Maia", "Brenner"))
    store.do("Keep", services.save, twin, RIDE)
    store.do("Keep", requests.save, twin, PAPERS)
    store.do("Merge", merging_charts.merge_clients, twin, maya.client)

    def owners(session: Session) -> set[int]:
        return {
            *session.scalars(select(Referral.client_id)),
            *session.scalars(select(RecordsRequest.client_id)),
        }

    assert store.ask(owners) == {maya.client}
    assert store.ask(services.rows, maya.client)
    assert store.ask(requests.rows, maya.client)


def proposed(store: Store, maya: Maya) -> LetterDraft:
    return store.ask(compose.propose, maya.client, maya.diane, *WEEK)[1]


def test_the_line_of_a_service_stands_in_a_letter_by_the_verdict_alone(store: Store) -> None:
    maya = settle(store, shareable)
    number = keep(store, maya, TOLD)
    step = next(each for each in proposed(store, maya).steps if each.what == LINE)
    assert step.when == "Thu, March 12"
    store.ask(updates.release, maya.client, maya.diane, *WEEK, proposed(store, maya))
    for narrower in ({"topics": ("legal",)}, {"topics": ("private",)}):
        form = replace(store.ask(services.read, number), **narrower)
        keep(store, maya, form, number)
        draft = proposed(store, maya)
        assert LINE not in [each.what for each in draft.steps]
        planted = replace(draft, steps=(Step("Thursday", LINE, "Ana"),))
        with pytest.raises(Problem, match="may no longer be shared"):
            store.ask(updates.release, maya.client, maya.diane, *WEEK, planted)


def test_a_line_that_came_up_in_a_contact_is_kept_back_with_it(store: Store) -> None:
    maya = settle(store, shareable)
    entry = log(store, maya)
    linked = replace(TOLD, entry_id=entry)
    number = keep(store, maya, linked)
    assert LINE in [each.what for each in proposed(store, maya).steps]
    store.do("Keep back", entries.choose, entry, maya.diane.key, "keep_back")
    assert LINE not in [each.what for each in proposed(store, maya).steps]
    form = store.ask(services.read, number)
    keep(store, maya, replace(form, next_on=None, next_step=""), number)
    assert LINE not in [each.what for each in proposed(store, maya).steps]


def test_papers_that_went_are_judged_as_of_the_day_they_went(store: Store, maya: Maya) -> None:
    asked = ask_for(store, maya, replace(PAPERS, direction="to", part2="no"))
    form = store.ask(requests.read, asked)
    tell_all(store, maya, form.recipient)
    ended = replace(store.ask(consents.draft, maya.consent), expires_on=date(2026, 3, 8))
    store.do("End", consents.save, ended, maya.consent)
    with pytest.raises(NoRelease, match="ended March 8"):
        store.do("Went", requests.done, asked)
    went = replace(form, done_on=date(2026, 3, 6))
    assert not store.ask(requests.release, maya.client, went).why
    store.do("Went", requests.save, maya.client, went, asked)
    (told,) = store.ask(accounting.rows, maya.client)
    assert "treatment" in told.topics
    later = replace(store.ask(consents.draft, maya.consent), signed_on=MONDAY, begins_on=MONDAY)
    store.do("Anew", consents.save, replace(later, expires_on=date(2027, 3, 8)), maya.consent)
    again = replace(store.ask(requests.read, asked), done_on=date(2026, 3, 5))
    with pytest.raises(NoRelease, match=r"^On March 5: .* is signed March 9") as refused:
        store.do("Went", requests.save, maya.client, again, asked)
    assert "sharing log" in str(refused.value.hint)


def test_a_name_of_any_letters_is_found_again_however_it_is_typed(store: Store) -> None:
    first = store.do("Ask", service_party.numbers, "\u00c9cole  Neuve")
    for typed in ("\u00e9cole neuve", "\u00c9COLE NEUVE ", "\u00c9cole  Neuve"):
        assert store.do("Ask", service_party.numbers, typed) == first
    assert store.do("Ask", service_party.numbers, "Ecole Neuve") != first
