"""The accounting holds every row ever written, and leaves for who may have it alone."""

import csv
import io
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk import accounting_handover
from cmdesk.accounting_handover import Handed, Request
from cmdesk.casework import (
    accounting,
    accounting_release,
    clients,
    consents,
    correspondence,
    disclosures,
    documents,
    drafts,
    parties,
    rights,
    told_by_hand,
)
from cmdesk.casework.accounting import Short, Told
from cmdesk.casework.accounting_release import ReleasedAccounting, Wish
from cmdesk.casework.clients import ClientDraft
from cmdesk.errors import Problem
from cmdesk.exchange import accounting_csv
from cmdesk.models.client import Client, LegalAuthority
from cmdesk.models.consent import StateRule
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice
from cmdesk.rules.codes import Channel, DisclosureBasis
from cmdesk.rules.disclosure_bases import HIPAA, DisclosureForm
from cmdesk.rules.rights import RequestForm, Right
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.casework.test_disclosures import leave
from tests.records import MONDAY, Clock, Maya
from tests.reports.structure import Structure

REPORT = DisclosureForm(
    basis=DisclosureBasis.REQUIRED_REPORT,
    day=date(2026, 3, 4),
    at=time(8, 30),
    recipient_name="Child protective services",
    recipient_address="(800) 342-3720",
    what="What a neighbor saw",
    purpose="Report of neglect",
    only_needed=True,
    report="child",
    report_number="4711",
    informed="No, it would have put the child at risk.",
)


def call_to_tess(maya: Maya, **changes: Any) -> DisclosureForm:
    form = DisclosureForm(
        day=MONDAY,
        recipient=maya.tess.key,
        recipient_name="Tess Holloway",
        what="=That group went well",
        topics=("progress", "legal"),
        purpose="Treatment",
        under_part2=True,
        only_needed=True,
        consent_id=maya.consent,
        notice="42 CFR 2.32(a)(1)",
        scope_given="A copy was sent along.",
    )
    return replace(form, **changes)


def hand(store: Store, maya: Maya, form: DisclosureForm) -> str:
    return store.do(Label("Record", undoable=False), told_by_hand.record, maya.client, form, "told")


def wish(maya: Maya, **changes: Any) -> Wish:
    return replace(Wish("", None, MONDAY, MONDAY, "Known to me"), **changes)


def own(session: Session, maya: Maya) -> str:
    return parties.person_key(session.get_one(Client, maya.client).person_id)


def test_every_row_is_there_and_says_which_rule_asks_for_it(
    store: Store, maya: Maya, clock: Clock
) -> None:
    store.do("Type", drafts.keep, "told", {"what": "x"})
    letter = leave(store, maya)
    report, call = hand(store, maya, REPORT), hand(store, maya, call_to_tess(maya))
    assert store.ask(drafts.find, "told") is None
    clock.forward(days=1)
    store.do("Correct", disclosures.correct, letter, "It was not handed over.")
    righted = replace(REPORT, report_number="4712", why_corrected="Another number.")
    first = store.do("Correct", told_by_hand.correct, report, righted)
    store.do("Again", told_by_hand.correct, first, replace(righted, report_number="4713"))
    rows: list[Told] = store.ask(accounting.rows, maya.client)
    assert [row.uid for row in rows] == [report, letter, call]
    assert sum(1 + len(row.corrections) for row in rows) == len(store.ask(disclosures.accounting))
    reported, sent, called = rows
    assert (reported.owed, called.owed, sent.owed) == ((HIPAA,), ("42 CFR 2.25",), ())
    assert [each.said["report_number"] for each in reported.corrections] == ["4712", "4713"]
    assert reported.counts is reported.corrections[-1]
    assert (sent.counts, sent.required) == (None, ("42 CFR 2.25",))
    assert called.at.isoformat() == "2026-03-09T12:00:00-04:00"
    assert (called.consents, called.notice_version) == (("k-diane",), "42cfr2.32-a1-2024")
    assert called.restriction_check.splitlines()[1:] == [
        "This consent does not name them.",
        "This consent does not cover all of these topics.",
    ]
    # What was put right inside the days asked for stands there with what it puts right.
    inside = store.ask(accounting.rows, maya.client, date(2026, 3, 10), None)
    assert [row.uid for row in inside] == [letter]
    assert store.ask(accounting.six_years) == (date(2020, 3, 10), date(2026, 3, 10))
    form = store.ask(told_by_hand.form_of, first)
    assert form == replace(righted, why_corrected="")


def test_short_form_sums_up_what_is_alike(store: Store, maya: Maya, clock: Clock) -> None:
    leave(store, maya)
    clock.forward(days=7)
    other = leave(store, maya)
    clock.forward(days=7)
    leave(store, maya)
    hand(store, maya, REPORT)
    rows = store.ask(accounting.rows, maya.client)
    reported, summed = accounting.short_form(rows)
    assert isinstance(reported, Told)
    assert isinstance(summed, Short)
    assert (summed.number, summed.last.date()) == (3, date(2026, 3, 23))
    store.do("Correct", disclosures.correct, other, "It was not handed over.")
    assert len(accounting.short_form(store.ask(accounting.rows, maya.client))) == 3


def test_table_has_every_field_and_no_formula(store: Store, maya: Maya) -> None:
    report = hand(store, maya, REPORT)
    hand(store, maya, call_to_tess(maya))
    store.do("Correct", told_by_hand.take_back, report, "They did not answer.")
    data: bytes = store.ask(accounting_csv.make, maya.client)
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    first, second, third = lines
    assert (first["Row"], first["Counts"], second["Corrects row"]) == (report, "no", report)
    assert (second["What"], second["Counts"]) == ("They did not answer.", "no")
    assert first["When (UTC)"] == "2026-03-04T13:30:00Z"
    assert third["When"] == "2026-03-09"  # nobody wrote down the time
    assert (first["Ground"], first["Asked for by"]) == ("Required report", HIPAA)
    assert (first["Report number"], first["Address"]) == ("4711", "(800) 342-3720")
    assert third["What"] == "'=That group went well"
    assert (third["Purpose"], third["Topics"]) == ("Treatment", "progress, legal")
    assert (third["Part 2"], third["Notice"]) == ("yes", "42 CFR 2.32(a)(1)")
    assert third["Who told it"] == "Nora Whitlock, Whitlock Care Coordination"
    assert third["How it went"] == "Phone"


def test_only_the_client_or_who_may_act_for_them(store: Store, maya: Maya) -> None:
    hand(store, maya, REPORT)
    hand(store, maya, call_to_tess(maya))

    def released(reader: str, **changes: Any) -> ReleasedAccounting:
        asked = wish(maya, reader=reader, **changes)
        return store.ask(accounting_release.release, maya.client, asked)

    client = store.ask(own, maya)
    assert [row.what for row in released(client).rows if isinstance(row, Told)] == [
        "What a neighbor saw",
        "=That group went well",
    ]
    with pytest.raises(TypeError, match="only accounting_release"):
        replace(released(client), warrant=None)
    with pytest.raises(Problem, match="how you know it is them"):
        released(client, identified=" ")
    with pytest.raises(Problem, match="after the last"):
        released(client, first=date(2026, 3, 10))
    for mother in (maya.diane.key, maya.tess.key):
        with pytest.raises(Problem, match="Only the client"):
            released(mother)

    def authorize(session: Session, **changes: Any) -> None:
        about = {"client_id": maya.client, "person_id": maya.diane.person_id}
        session.add(LegalAuthority(**about | {"kind": "health_care_proxy"} | changes))

    for lacking in ({}, {"verified_by": "Nora", "until": date(2026, 3, 8)}):
        store.do("Authority", authorize, **lacking)
        assert len(store.ask(accounting_release.readers, maya.client)) == 1
    store.do("Authority", authorize, verified_by="Nora", kind="parent_of_minor")
    assert len(store.ask(accounting_release.readers, maya.client)) == 1  # she is of age
    store.do("Authority", authorize, verified_by="Nora")
    seen = released(maya.diane.key)
    assert (seen.reader.authority, len(seen.rows)) == ("Health-care proxy or agent", 2)


def test_a_minors_own_care_and_what_an_agency_asked_to_keep_off(store: Store, maya: Maya) -> None:
    hand(store, maya, call_to_tess(maya))
    order = DisclosureForm(
        basis=DisclosureBasis.COURT_ORDER, day=MONDAY, recipient_name="Clerk", what="Dates",
        purpose="Order", only_needed=True, order_number="7", reviewed_by="Counsel",
        suspended_until=date(2026, 4, 1),
    )  # fmt: skip
    hand(store, maya, order)

    def settle(session: Session) -> None:

        client = session.get_one(Client, maya.client)
        session.get_one(Person, client.person_id).born = date(2010, 1, 1)
        session.query(Practice).one().state = "NY"
        session.add(
            StateRule(
                state="NY", care="substance_use", minor_may_consent_from=16, checked_on=MONDAY
            )
        )
        session.add(
            LegalAuthority(
                client_id=maya.client, person_id=maya.diane.person_id, kind="parent_of_minor",
                verified_by="Nora",
            )
        )  # fmt: skip

    store.do("Settle", settle)

    def listed() -> list[int]:
        return [
            len(store.ask(accounting_release.release, maya.client, wish(maya, reader=key)).rows)
            for key in (store.ask(own, maya), maya.diane.key)
        ]

    assert listed() == [1, 0]
    assert len(store.ask(accounting.rows, maya.client)) == 2
    store.do("Look", lambda session: setattr(session.query(StateRule).one(), "source", "Law 22"))
    assert listed() == [1, 0]  # she is 16
    store.do(
        "Law", lambda session: setattr(session.query(StateRule).one(), "minor_may_consent_from", 17)
    )
    assert listed() == [1, 1]


def test_handed_out_is_a_disclosure_itself(store: Store, maya: Maya, tmp_path: Path) -> None:
    leave(store, maya)
    asked = RequestForm(Right.ACCOUNTING, date(2026, 3, 2))
    request = store.do("Ask", rights.save, maya.client, asked)
    key = store.ask(own, maya)
    target = tmp_path / "Accounting.pdf"
    wanted = wish(maya, reader=key, asked_on=date(2026, 3, 2), request_id=request)
    label = Label("Hand over", undoable=False)
    locked = Request(maya.client, wanted, target, Channel.ENCRYPTED_PDF)
    with pytest.raises(Problem, match="No PDF password"):
        accounting_handover.hand_over(store, label, locked)
    assert not list(tmp_path.glob("Accounting*"))
    store.do(
        "Keep", correspondence.keep_password, store.ask(parties.of_key, key), "six words nobody has"
    )
    made: Handed = accounting_handover.hand_over(store, label, locked)
    assert b"/Encrypt" in target.read_bytes()
    plain = replace(locked, target=tmp_path / "Paper.pdf", channel=Channel.PAPER)
    accounting_handover.hand_over(store, label, plain)
    assert "Family update, March 2 to 8, 2026" in Structure(plain.target.read_bytes()).words
    first, handed, _ = store.ask(accounting.rows, maya.client)
    assert (first.basis, handed.uid, handed.basis) == ("consent", made.disclosure, "to_the_client")
    assert handed.said == {
        "asked_on": "2026-03-02",
        "due_on": "2026-05-01",
        "identified": "Known to me",
    }
    assert handed.sha256 == made.sha256
    kept = store.ask(rights.one, request).form
    assert (kept.decision, kept.decided_on) == ("granted", MONDAY)
    assert store.ask(documents.content, kept.document_id or 0) == plain.target.read_bytes()
    with pytest.raises(Problem, match="already there"):
        accounting_handover.hand_over(store, label, plain)


def test_a_hand_over_that_fails_is_corrected(
    store: Store, maya: Maya, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_places: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("cmdesk.exchange.placing.publish", full)
    received = RequestForm(Right.ACCOUNTING, date(2026, 3, 2))
    request = store.do("Ask", rights.save, maya.client, received)
    before = store.ask(rights.one, request).form
    wanted = wish(maya, reader=store.ask(own, maya), request_id=request)
    asked = Request(maya.client, wanted, tmp_path / "a.pdf")
    with pytest.raises(Problem, match="could not be put"):
        accounting_handover.hand_over(store, Label("Hand over", undoable=False), asked)
    (row,) = store.ask(accounting.rows, maya.client)
    assert row.counts is None
    after = store.ask(rights.one, request).form
    assert replace(after, version=before.version) == before
    asked = replace(asked, wish=replace(wanted, request_id=None))
    with pytest.raises(Problem, match="could not be put"):
        accounting_handover.hand_over(store, Label("Hand over", undoable=False), asked)


def test_what_speaks_against_it_is_said_and_kept(store: Store, maya: Maya) -> None:
    def doubts(form: DisclosureForm) -> tuple[str, ...]:
        return store.ask(told_by_hand.doubts, maya.client, form)

    to_diane = call_to_tess(maya, recipient=maya.diane.key, topics=("progress",))
    assert doubts(to_diane) == ()
    early = replace(to_diane, day=date(2020, 1, 1))
    assert doubts(early)[0].startswith("On that day this consent ")
    assert doubts(replace(to_diane, day=None)) == ()

    store.do("Hold", consents.hold_back, maya.client, ["progress"], [maya.diane.key], None, "Later")
    assert doubts(to_diane) == ("The client keeps this from them for now.",)
    assert doubts(replace(to_diane, topics=("legal",)))[0] == (
        "This consent does not cover all of these topics."
    )
    adult = replace(REPORT, report="adult", under_part2=True)
    assert "Part 2" in doubts(adult)[0]
    with pytest.raises(Problem, match="Who was told"):
        hand(store, maya, replace(REPORT, recipient_name=""))
    other = store.do("Add", clients.add, ClientDraft("Ana", "Ortiz"))
    with pytest.raises(Problem, match="another client"):
        store.do("Record", told_by_hand.record, other, call_to_tess(maya))
    uid = hand(store, maya, REPORT)
    for wrong in ("", " "):
        with pytest.raises(Problem, match="Say why"):
            store.do("Back", told_by_hand.take_back, uid, wrong)
    with pytest.raises(Problem, match="what was wrong"):
        store.do("Correct", told_by_hand.correct, uid, REPORT)
    with pytest.raises(Problem, match="not in the vault"):
        store.do("Correct", told_by_hand.correct, "x", replace(REPORT, why_corrected="y"))
    known = store.ask(told_by_hand.of_someone, maya.diane.key)
    assert known["recipient_name"] == "Diane Brenner"
    assert store.ask(told_by_hand.may_be_told, maya.client)[0].key == store.ask(own, maya)
