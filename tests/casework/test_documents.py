"""Files of a chart: told by their bytes, described, changed, taken out, and over one day."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clients, consents, disclosures, documents, file_look, updates
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.documents import LARGEST
from cmdesk.casework.file_look import Looked, look
from cmdesk.errors import Problem
from cmdesk.models.client import Client, Engagement, LegalAuthority
from cmdesk.models.consent import Consent
from cmdesk.models.document import Document
from cmdesk.rules.contact_codes import DocumentType, Part2
from cmdesk.rules.document_draft import PDF, DocumentForm
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Maya, state

PNG = b"\x89PNG\r\n\x1a\n and more"
CARD = DocumentForm(
    " Insurance card ",
    DocumentType.INSURANCE_CARD,
    dated=date(2026, 1, 2),
    received_on=MONDAY,
    correspondent="Meridian",
    part2=Part2.NO,
    expires_on=date(2026, 3, 20),
)


def paper(pages: int = 1, password: str = "") -> bytes:
    """Make a PDF with so many empty pages."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        if password:
            pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password))
        else:
            pdf.save(out)
    return out.getvalue()


WHOLE = paper(3)


def kept(store: Store, maya: Maya, content: bytes = PNG, form: DocumentForm = CARD) -> int:
    return store.do("Keep", documents.take_in, maya.client, content, "card.png", form)


def test_a_look_tells_pages_locks_and_damage() -> None:
    assert look(WHOLE) == Looked(PDF, pages=3)
    assert look(paper(1, "pelican")) == Looked(PDF, locked=True)
    assert look(WHOLE[: len(WHOLE) // 2]).damaged
    assert look(b"%PDF-1.7 and nothing else") == Looked(PDF, damaged=True)
    assert look(PNG) == Looked("image/png")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a workbook", "Only PDF and pictures"),
        (b"%PDF-" + bytes(LARGEST), "larger than 25 MB"),
    ],
)
def test_what_is_no_paper_is_refused(content: bytes, words: str, store: Store, maya: Maya) -> None:
    before = state(store)
    with pytest.raises(Problem, match=words):
        kept(store, maya, content)
    assert state(store) == before


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_pdf_is_too_odd(data: st.DataObject) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(5, len(broken) - 1))
        broken[place] = data.draw(st.integers(0, 255))
    found = look(bytes(broken[: data.draw(st.integers(5, len(broken)))]))
    assert found.media_type == PDF
    assert found.pages is None or found.pages > 0
    assert found.pages or found.locked or found.damaged


def test_a_file_reads_as_it_was_described(store: Store, maya: Maya) -> None:
    before = state(store)
    number = store.do("Keep", documents.take_in, maya.client, WHOLE, "c.pdf", CARD)
    found = store.ask(documents.read, number)
    assert found == replace(CARD, title="Insurance card", version=1)
    shown = store.ask(documents.rows, maya.client)[0]
    assert (shown.type, shown.expires_on, shown.client_id) == (
        "insurance_card",
        CARD.expires_on,
        maya.client,
    )
    assert store.ask(documents.content, number) == WHOLE
    assert store.ask(lambda session: session.get_one(Document, number).pages) == 3
    after = state(store)
    for _ in range(2):
        store.undo()
        assert state(store) == before
        store.redo()
        assert state(store) == after


def test_what_is_said_of_a_file_changes_and_comes_back(store: Store, maya: Maya) -> None:
    number = kept(store, maya)
    read = store.ask(documents.read, number)
    before = state(store)
    store.do("Save", documents.save, number, replace(read, title="Card", expires_on=None))
    after = state(store)
    assert store.ask(documents.read, number).expires_on is None
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", documents.save, number, read)
    with pytest.raises(Problem, match="title"):
        store.do("Save", documents.save, number, replace(read, title=" "))
    store.undo()
    assert state(store) == before
    store.redo()
    assert state(store) == after


def test_a_file_leaves_its_chart_and_comes_back(store: Store, maya: Maya) -> None:
    number = kept(store, maya)
    before = state(store)
    store.do("Remove", documents.remove, number)
    assert number not in [each.id for each in store.ask(documents.rows, maya.client)]
    assert store.ask(documents.content, number) == PNG  # nothing is thrown away by hand
    after = state(store)
    store.undo()
    assert state(store) == before
    store.redo()
    assert state(store) == after


def test_a_removed_file_is_put_back_later(store: Store, maya: Maya) -> None:
    number, other = kept(store, maya), store.do("Add", clients.add, ClientDraft("Owen"))
    assert store.ask(documents.removed, maya.client) == []
    store.do("Remove", documents.remove, number)
    assert [row.id for row in store.ask(documents.removed, maya.client)] == [number]
    assert store.ask(documents.removed, other) == []  # what was Maya's is told in no other chart
    with pytest.raises(Problem, match="not removed from this chart"):
        store.do("Put back", documents.put_back, other, number)
    store.do("Put back", documents.put_back, maya.client, number)
    assert number in [row.id for row in store.ask(documents.rows, maya.client)]
    assert store.ask(documents.removed, maya.client) == []
    store.undo()
    assert [row.id for row in store.ask(documents.removed, maya.client)] == [number]


@pytest.mark.parametrize("who", ["consent", "notice", "letter", "agreement", "authority"])
def test_what_something_stands_on_stays(who: str, store: Store, maya: Maya) -> None:
    number = kept(store, maya)

    def rely(session: Session) -> None:
        if who == "consent":
            session.get_one(Consent, maya.consent).document_id = number
        elif who == "notice":
            consents.file_revocation(session, maya.consent, number)
        elif who == "agreement":
            session.add(Engagement(client_id=maya.client, agreement_id=number))
        elif who == "authority":
            own = session.get_one(Client, maya.client).person_id
            session.add(
                LegalAuthority(
                    client_id=maya.client, person_id=own, kind="guardian", document_id=number
                )
            )

    if who == "notice":
        store.do(Label("End", undoable=False), consents.end, maya.consent)
    if who == "letter":
        record_letter(store, maya, number)
    else:
        store.do("Rely", rely)
    with pytest.raises(Problem, match="relies on this file"):
        store.do("Remove", documents.remove, number)
    assert number in [each.id for each in store.ask(documents.rows, maya.client)]


def record_letter(store: Store, maya: Maya, number: int) -> None:
    released = store.ask(updates.release, maya.client, maya.diane, *WEEK)
    evidence = Evidence(number, "ab", "cd", 1, "encrypted_pdf", "diane@brenner.example")

    def record(session: Session) -> None:
        disclosures.record(session, released, evidence)

    store.do(Label("Hand over", undoable=False), record)


def test_what_is_gone_is_said_plainly(store: Store) -> None:
    for work in (documents.read, documents.remove):
        with pytest.raises(Problem, match="no longer there"):
            store.do("Act", work, 99)


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        (date(2026, 3, 20), "Valid until"),
        (date(2026, 3, 2), "Ended"),
        (date(2026, 2, 1), None),  # known for long
        (date(2026, 5, 1), None),  # not soon
        (None, None),
    ],
)
def test_what_runs_out_is_told(
    ends: date | None, why: str | None, store: Store, maya: Maya
) -> None:
    number = kept(store, maya, form=replace(CARD, dated=None, expires_on=ends))
    refs = store.ask(agenda.worked_with)
    found = list(store.ask(lambda session: list(documents.ending(session, refs, MONDAY))))
    assert [each.record for each in found] == ([number] if why else [])
    if why:
        (only,) = found
        assert (only.kind, only.what, only.last_day) == ("document", "Insurance card", ends)
        assert why in (only.says, only.over.split()[0])
    assert list(store.ask(lambda session: list(documents.ending(session, {}, MONDAY)))) == []


def test_large_files_are_refused_before_they_are_read() -> None:
    file_look.refuse_large(LARGEST)
    with pytest.raises(Problem, match="larger than 25 MB"):
        file_look.refuse_large(LARGEST + 1)
