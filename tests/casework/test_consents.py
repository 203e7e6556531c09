"""Consents: written as typed, judged by the rules, ended from today, and never lost to a race."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import consents, documents, verdicts
from cmdesk.casework.consents import ConsentDraft
from cmdesk.errors import Problem
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.rules.codes import RevokedHow
from cmdesk.rules.consent import Restriction
from cmdesk.rules.topics import Topic
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, settle


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
    )
    return replace(typed, **changes)


def test_form_comes_back_as_typed(store: Store, maya: Maya) -> None:
    document = store.do("Keep", consents.keep_form, maya.client, b"%PDF-1.7", "form.pdf")
    typed = form(maya, document_id=document, limits="No numbers")
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
    [(b"%PDF-1.7 x", "application/pdf"), (b"\x89PNG", "application/octet-stream")],
)
def test_form_is_kept_in_the_vault(store: Store, maya: Maya, content: bytes, kind: str) -> None:
    number = store.do("Keep", consents.keep_form, maya.client, content, "scan.bin")
    (row,) = store.ask(documents.rows, maya.client)
    assert (row.id, row.media_type, row.file_name) == (number, kind, "scan.bin")
    assert store.ask(documents.content, number) == content


def test_state_of_a_form_being_typed(store: Store, maya: Maya) -> None:
    fault, words = store.ask(consents.state, form(maya))
    assert fault is None
    assert "Maya" in words
    fault, _ = store.ask(consents.state, form(maya, topics=()))
    assert fault == "lists no topics"
    fault, _ = store.ask(consents.state, form(maya, expires_episode_id=999))
    assert fault == "ends with something not on record"
    assert store.ask(lambda session: session.query(Consent).count()) == 1


def test_state_of_a_form_for_a_client_of_unknown_birth(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0].update(born=None))
    fault, _ = store.ask(consents.state, form(maya))
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
