"""Consents: written as typed, judged by the rules, ended from today, and never lost to a race."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, coming_of_age, consents, documents, today, verdicts
from cmdesk.casework.consents import ConsentDraft
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.rules.codes import RevokedHow
from cmdesk.rules.consent import Restriction
from cmdesk.rules.topics import Topic
from cmdesk.store.store import Store
from tests.records import MONDAY, Clock, Maya, settle


def form(maya: Maya, **changes: Any) -> ConsentDraft:
    typed = ConsentDraft(
        client_id=maya.client,
        recipients=(maya.diane.key, f"o{maya.still}"),
        topics=("progress",),
        purpose=" Planning ",
        signed_on=MONDAY,
        begins_on=MONDAY,
        expires_on=date(2026, 12, 31),
        expires_episode_id=maya.episode,
        expires_with_engagement=True,
        signer="client",
        signer_authority=" ",
        capacity="has",
        form_on_file=True,
        statements=("revocation", "conditioning", "redisclosure"),
        channels=("paper",),
        letter_words=" I may write to you. ",
        discloser="Stillwater Ridge",
        direction="two_way",
        records_from=date(2026, 1, 5),
        records_until=date(2026, 6, 30),
        witness="Rosa Lind",
        language="Spanish",
        interpreter="Ines Rey",
        capacity_note="Clear and rested",
        form_version="consent-2026-1",
        state_overlay="One year at most",
        received_on=MONDAY,
        copy_given_on=MONDAY,
    )
    return replace(typed, **changes)


def test_form_comes_back_as_typed(store: Store, maya: Maya) -> None:
    document = store.do("Keep", consents.keep_form, maya.client, b"%PDF-1.7", "form.pdf")
    typed = form(maya, document_id=document, authority_document_id=document, limits="No numbers")
    number = store.do("Save", consents.save, typed)
    read = store.ask(consents.draft, number)
    stripped = {
        "purpose": "Planning",
        "signer_authority": "",
        "letter_words": "I may write to you.",
    }
    assert read == replace(typed, version=read.version, **stripped)
    store.do("Save", consents.save, replace(read, purpose="Another"), number)
    assert store.ask(consents.draft, number).purpose == "Another"


def test_rows_those_signed_last_first(store: Store, maya: Maya) -> None:
    unsigned = store.do("Save", consents.save, form(maya, signed_on=None))
    number = store.do("Save", consents.save, form(maya))
    rows = store.ask(consents.rows, maya.client)
    assert [row.id for row in rows] == [number, maya.consent, unsigned]
    assert [row.fault for row in rows] == [None, None, "is not signed"]
    assert rows[0].recipients == ("Diane Brenner", "Stillwater Ridge")
    assert rows[0].keys == (maya.diane.key, f"o{maya.still}")
    assert rows[1].last_day == date(2026, 6, 30)
    assert (rows[1].ref, rows[1].kind, rows[1].revoked_on) == ("k-diane", "part2_specific", None)


def test_two_saves_of_one_consent(store: Store, maya: Maya) -> None:
    """Two dialogs, one form: the later writer is told, and nothing of theirs is kept."""
    first = store.ask(consents.draft, maya.consent)
    second = store.ask(consents.draft, maya.consent)
    store.do("Save", consents.save, replace(first, purpose="First"), maya.consent)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", consents.save, replace(second, purpose="Second"), maya.consent)
    assert store.ask(consents.draft, maya.consent).purpose == "First"


def test_new_recipients_alone_are_a_change_too(store: Store, maya: Maya) -> None:
    """Else two dialogs could each add a person, and the later one drop the earlier's unseen."""
    first = store.ask(consents.draft, maya.consent)
    second = store.ask(consents.draft, maya.consent)
    added = replace(first, recipients=(maya.diane.key, maya.tess.key))
    store.do("Save", consents.save, added, maya.consent)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do(
            "Save", consents.save, replace(second, recipients=(f"o{maya.still}",)), maya.consent
        )
    assert store.ask(consents.draft, maya.consent).recipients == (maya.diane.key, maya.tess.key)


def test_what_is_added_to_a_signed_form_stands_on_no_paper(store: Store, maya: Maya) -> None:
    kept = store.ask(consents.draft, maya.consent)
    wider = replace(
        kept, topics=(*kept.topics, "medication"), recipients=(*kept.recipients, maya.tess.key)
    )
    assert store.ask(consents.beyond, maya.consent, kept) == ([], [])
    assert store.ask(consents.beyond, maya.consent, wider) == (["medication"], ["Tess Holloway"])
    anew = replace(wider, signed_on=MONDAY)
    assert store.ask(consents.beyond, maya.consent, anew) == ([], [])


def test_same_recipients_are_left_alone(store: Store, maya: Maya) -> None:
    def ids(session: Session) -> list[int]:
        return [row.id for row in session.query(ConsentRecipient)]

    before = store.ask(ids)
    read = store.ask(consents.draft, maya.consent)
    store.do("Save", consents.save, replace(read, purpose="Another"), maya.consent)
    assert store.ask(ids) == before
    changed = store.ask(consents.draft, maya.consent)
    store.do("Save", consents.save, replace(changed, recipients=(maya.tess.key,)), maya.consent)
    assert store.ask(verdicts.consents, maya.client)[0].recipients == {maya.tess.key}


def test_refused(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="names whom you may share with"):
        store.do("Save", consents.save, form(maya, recipients=()))
    with pytest.raises(Problem, match="consent is no longer there"):
        store.do("Save", consents.save, form(maya), 99)
    assert store.ask(lambda session: session.query(Consent).count()) == 1


@pytest.mark.parametrize("how", RevokedHow)
def test_ended_today(store: Store, maya: Maya, how: RevokedHow) -> None:
    store.do("End", consents.end, maya.consent, how)
    (row,) = store.ask(consents.rows, maya.client)
    assert (row.revoked_on, row.fault) == (
        MONDAY,
        f"was revoked {how.label.lower()} March 9",
    )
    with pytest.raises(Problem, match="ended already"):
        store.do("End", consents.end, maya.consent)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 x", "application/pdf"),
        (b"\x89PNG x", "image/png"),
        (b"\xff\xd8\xff x", "image/jpeg"),
        (b"II*\0 x", "image/tiff"),
        (b"What is it", "application/octet-stream"),
    ],
)
def test_form_is_kept_in_the_vault(store: Store, maya: Maya, content: bytes, kind: str) -> None:
    number = store.do("Keep", consents.keep_form, maya.client, content, "scan.bin")
    (row,) = store.ask(documents.rows, maya.client)
    assert (row.id, row.media_type, row.file_name) == (number, kind, "scan.bin")
    assert store.ask(documents.content, number) == content


def test_state_of_a_form_being_typed(store: Store, maya: Maya) -> None:
    state = store.ask(consents.state, form(maya))
    assert (state.fault, state.wanting) == (None, ())
    assert "Maya" in state.words
    state = store.ask(consents.state, form(maya, topics=(), purpose=""))
    assert (state.fault, state.wanting) == ("lists no topics", ("no topics", "no purpose"))
    state = store.ask(consents.state, form(maya, expires_episode_id=999))
    assert state.fault == "ends with something not on record"
    assert store.ask(lambda session: session.query(Consent).count()) == 1


def test_state_of_a_form_for_a_client_of_unknown_birth(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0].update(born=None))
    fault = store.ask(consents.state, form(maya)).fault
    assert fault == "needs Maya's birth date on record"


def test_held_back(store: Store, maya: Maya) -> None:
    keys = [maya.diane.key, f"o{maya.still}"]
    store.do("Hold", consents.hold_back, maya.client, ["legal"], keys, MONDAY, " Not yet ")
    assert store.ask(verdicts.restrictions, maya.client)[-1] == Restriction(
        recipients=frozenset(keys),
        topics=frozenset({Topic.LEGAL}),
        until=MONDAY,
        reason="Not yet",
    )


def test_one_that_only_lets_them_tell_us_lets_nothing_out(store: Store, maya: Maya) -> None:
    number = store.do("Save", consents.save, form(maya, direction="from"))
    read = next(each for each in store.ask(verdicts.consents, maya.client) if not each.recipients)
    assert read.topics == {Topic.PROGRESS}
    both = replace(store.ask(consents.draft, number), direction="two_way")
    store.do("Save", consents.save, both, number)
    assert all(each.recipients for each in store.ask(verdicts.consents, maya.client))


def test_the_notice_in_writing_is_filed_with_what_was_ended(store: Store, maya: Maya) -> None:
    paper = store.do("Keep", consents.keep_form, maya.client, b"%PDF-1.7", "n.pdf", "Ended")
    with pytest.raises(Problem, match="has not been ended"):
        store.do("File", consents.file_revocation, maya.consent, paper)
    store.do("End", consents.end, maya.consent, RevokedHow.ORAL, " parent ")
    store.do("File", consents.file_revocation, maya.consent, paper)
    row = store.ask(lambda session: session.get_one(Consent, maya.consent))
    assert (row.revocation_document_id, row.revoked_how, row.revoked_by) == (
        paper,
        "oral",
        "parent",
    )


def test_a_parents_signature_ends_on_the_birthday_and_is_told_before(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0].update(born="2008-03-20"))
    number = store.do("Save", consents.save, form(maya, signer="parent"))
    row = next(each for each in store.ask(consents.rows, maya.client) if each.id == number)
    assert (row.fault, row.last_day, row.of_age_on) == (
        None,
        date(2026, 3, 19),
        date(2026, 3, 20),
    )
    (told,) = store.ask(coming_of_age.soon)
    assert (told.called, told.on, told.consents) == ("Maya", date(2026, 3, 20), (number,))
    assert told.recipients == ("Diane Brenner", "Stillwater Ridge")
    (row,) = [each for each in store.ask(agenda.on) if each.kind == "coming_of_age"]
    assert (row.due, row.why) == (
        date(2026, 3, 20),
        "Maya turns 18 Mar 20, what a parent signed ends then",
    )
    (shown,) = [each for each in store.ask(today.rows) if each.kind == "coming_of_age"]
    assert (shown.title, shown.why) == ("Maya turns 18", "What a parent signed ends then")
    assert store.ask(coming_of_age.soon, MONDAY, 10) == []

    def rest(session: Session) -> None:
        session.get_one(Client, maya.client).status = "on_hold"

    store.do("On hold", rest)
    assert store.ask(coming_of_age.soon) == [told]  # a pause stops no birthday
    short = replace(store.ask(consents.draft, number), expires_on=date(2026, 3, 12))
    store.do("Save", consents.save, short, number)
    assert store.ask(coming_of_age.soon) == []


def test_a_leap_day_child_comes_of_age_on_the_first_of_march(store: Store, clock: Clock) -> None:
    clock.now = datetime(2026, 2, 28, 12, tzinfo=UTC)
    maya = settle(store, lambda p: p["clients"][0].update(born="2008-02-29"))
    day = date(2026, 2, 1)
    signed = form(maya, signer="parent", signed_on=day, begins_on=day)
    number = store.do("Save", consents.save, signed)
    (told,) = store.ask(coming_of_age.soon)
    assert (told.on, told.consents) == (date(2026, 3, 1), (number,))
    clock.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    row = next(each for each in store.ask(consents.rows, maya.client) if each.id == number)
    assert row.fault == "was signed by a parent and Maya is 18 now"
    assert store.ask(coming_of_age.soon) == []
