"""The accounting: one row for all that left, only added, never without its evidence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cmdesk.casework import disclosures, documents, letters_sent, parties, places, updates
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.parties import Party, party_by_name
from cmdesk.models.consent import Disclosure
from cmdesk.models.document import Document
from cmdesk.models.person import Address, ContactPoint
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.store.store import Store
from tests.records import WEEK, Clock, Maya, log, settle

DRAFT = LetterDraft(headline="Maya’s week", passages=(Passage("By hand."),))


def leave(
    store: Store,
    maya: Maya,
    draft: LetterDraft | None = None,
    to: Party | None = None,
    period: tuple[date, date] = WEEK,
    address: str = "d@x.example",
) -> str:
    """Record a letter as handed over; return the row's uid."""
    document = store.do(
        "Keep", documents.add, b"letter", title="T", file_name="t", media_type="application/pdf"
    )

    def record(session: Session) -> str:
        released = updates.release(session, maya.client, to or maya.diane, *period, draft)
        evidence = Evidence(document, "ab" * 32, "cd" * 32, 2, "encrypted_pdf", address)
        row = disclosures.record(session, released, evidence)
        letters_sent.keep(session, released, row, draft)
        return row.uid

    return store.do("Hand over", record)


def test_row_of_the_accounting(store: Store, maya: Maya) -> None:
    uid = leave(store, maya)
    (row,) = store.ask(disclosures.accounting)
    assert row == {
        "id": uid,
        "client": "c-maya",
        "at": "2026-03-09T16:00:00Z",
        "at_local": "2026-03-09T12:00:00-04:00",
        "basis": "consent",
        "recipient_name": "Diane Brenner",
        "recipient_organisation": None,
        "recipient_address": "d@x.example",
        "discloser": "Nora Whitlock, Whitlock Care Coordination",
        "what": "Family update, March 2 to 8, 2026",
        "categories": ["progress"],
        "entries": [{"entry": "e-1", "verdict": "short", "rule": 7}],
        "document_id": store.ask(lambda session: session.get_one(Document, 1).uid),
        "sha256": "ab" * 32,
        "content_sha256": "cd" * 32,
        "pages": 2,
        "purpose": "Family support and planning",
        "consent_id": "k-diane",
        "consents": ["k-diane"],
        "notice_version": "42cfr2.32-a2-2024",
        "notice_form": "42 CFR 2.32(a)(2)",
        "channel": "encrypted_pdf",
        "delivery_evidence": None,
        "min_necessary_confirmed_by": "Nora Whitlock, Whitlock Care Coordination",
        "part2": True,
        "emergency": None,
        "correction_of": None,
    }


def test_address_is_the_postal_one_where_no_mailbox_is_known(store: Store, maya: Maya) -> None:
    """45 CFR 164.528(b)(2)(ii): the address, if known; one that holds today."""

    def told(party: Party) -> str:
        return store.ask(places.of, party)

    diane, house = maya.diane, store.ask(parties.of_organisation, maya.still)
    store.do("Forget", lambda session: session.execute(delete(Address)))
    assert told(diane) == ""

    def live(session: Session) -> None:
        point = {"kind": "postal", "value": "PO Box 7, Albany", "person_id": diane.person_id}
        session.add(ContactPoint(**point))
        session.add(Address(organisation_id=maya.still, city="Kingston", state="NY", zip="12401"))

    store.do("Live", live)
    assert (told(diane), told(house)) == ("PO Box 7, Albany", "Kingston, NY 12401")

    def move(session: Session) -> None:
        for street, until in (("12 Elm St", None), ("1 Old Rd", date(2026, 3, 8))):
            row = {"street": street, "city": "Brooklyn", "until": until}
            session.add(Address(person_id=diane.person_id, **row))

    store.do("Move", move)
    assert told(diane) == "12 Elm St, Brooklyn"
    leave(store, maya, address="")
    leave(store, maya)
    rows = store.ask(disclosures.accounting)
    assert [row["recipient_address"] for row in rows] == ["12 Elm St, Brooklyn", "d@x.example"]


def test_correction_is_a_row_more(store: Store, maya: Maya, clock: Clock) -> None:
    uid = leave(store, maya)
    clock.forward(minutes=5)
    corrected = store.do("Correct", disclosures.correct, uid, "It was not handed over.")
    first, second = store.ask(disclosures.accounting)
    assert (first["id"], first["correction_of"]) == (uid, None)
    assert (second["id"], second["correction_of"]) == (corrected, uid)
    assert second["what"] == "It was not handed over."
    assert second["at"] == "2026-03-09T16:05:00Z"
    same = set(first) - {"id", "at", "at_local", "what", "correction_of"}
    assert {key: first[key] for key in same} == {key: second[key] for key in same}


FORBIDDEN: dict[str, Callable[[], Any]] = {
    "changed": lambda: update(Disclosure).values(recipient_name="x"),
    "touched": lambda: update(Disclosure).values(version=2),
    "deleted": lambda: delete(Disclosure),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_rows_are_only_added(name: str, store: Store, maya: Maya) -> None:
    leave(store, maya)
    before = store.ask(disclosures.accounting)
    with pytest.raises(IntegrityError, match="only added"):
        store.do("Change", lambda session: session.execute(FORBIDDEN[name]()))
    assert store.ask(disclosures.accounting) == before


def test_of_one_client_oldest_first(store: Store, maya: Maya, clock: Clock) -> None:
    first = leave(store, maya)
    clock.forward(minutes=1)
    second = leave(store, maya)
    assert [row["id"] for row in store.ask(disclosures.accounting, maya.client)] == [first, second]
    assert store.ask(disclosures.accounting, maya.client + 1) == []


def test_draft_of_hand_typed_words_names_its_consent(store: Store, maya: Maya) -> None:
    leave(store, maya, DRAFT)
    (row,) = store.ask(disclosures.accounting)
    assert (row["entries"], row["categories"], row["consent_id"]) == ([], [], "k-diane")


def test_letter_to_an_organisation(store: Store) -> None:
    def name_the_program(practice: dict[str, Any]) -> None:
        practice["clients"][0]["consents"][0]["recipients"] = ["o-still"]
        practice.pop("practice")

    maya = settle(store, name_the_program)
    leave(store, maya, to=store.ask(party_by_name, "o-still"))
    (row,) = store.ask(disclosures.accounting)
    assert (row["recipient_name"], row["recipient_organisation"]) == (
        "Stillwater Ridge",
        "Stillwater Ridge",
    )
    assert row["discloser"] == ""


def test_each_reader_and_period_of_an_update(store: Store) -> None:
    """A copy of the same period joins its update; another period takes the next number."""

    def name_tess(practice: dict[str, Any]) -> None:
        practice["clients"][0]["consents"][0]["recipients"].append("p-tess")

    maya = settle(store, name_tess)
    leave(store, maya, DRAFT)
    leave(store, maya, to=maya.tess)
    leave(store, maya, period=(date(2026, 3, 1), date(2026, 3, 9)))

    def read(session: Session) -> tuple[list[tuple[int, str]], list[tuple[int, int | None, str]]]:
        letters = [(row.number, row.status) for row in session.query(Update)]
        copies = [(row.update_id, row.person_id, row.text) for row in session.query(UpdateCopy)]
        return letters, copies

    letters, copies = store.ask(read)
    assert letters == [(1, "final"), (2, "final")]
    line = "Maya had a good week in group."
    unmarked = "Maya finished her prevention plan and read it to her group."
    assert copies == [
        (1, maya.diane.person_id, "By hand."),
        (1, maya.tess.person_id, unmarked),
        (2, maya.diane.person_id, line),
    ]

    def kept(session: Session) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        first, second = session.query(UpdateCopy).limit(2)
        return first.sections, second.shared

    sections, shared = store.ask(kept)
    assert sections["headline"] == "Maya’s week"
    assert shared == [{"entry": "e-1", "verdict": "share", "rule": 8, "text": unmarked}]


def test_kept_back_is_kept_with_its_reason(store: Store, maya: Maya) -> None:
    log(store, maya, topics=("legal",))
    leave(store, maya)
    kept = store.ask(lambda session: session.query(UpdateCopy).one().kept_back)
    assert [(row["rule"], row["why"]) for row in kept] == [(6, "Not in Diane's consent: legal")]
