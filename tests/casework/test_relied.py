"""What relied on a consent: letters that left on it, letters begun for the people it names."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import consents, disclosures, documents, drafts, relied, updates
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.parties import outside_name
from cmdesk.casework.relied import Open
from cmdesk.errors import Problem
from cmdesk.models.consent import Disclosure
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.records import WEEK, Maya


@pytest.fixture
def sent(store: Store, maya: Maya) -> str:
    """A letter that left on Diane's consent; its number in the accounting."""

    def leave(session: Session) -> str:
        released = updates.release(session, maya.client, maya.diane, *WEEK)
        paper = documents.add(session, b"x", title="T", file_name="t", media_type="text/plain")
        evidence = Evidence(paper, "ab", "cd", 1, "encrypted_pdf", "diane@brenner.example")
        row = disclosures.record(session, released, evidence)
        return row.uid

    return store.do(Label("Hand over", undoable=False), leave)


def begin(store: Store, maya: Maya, key: str, first: str, last: str) -> None:
    store.do("Begin", drafts.keep, f"update:{maya.client}:{key}:{first}:{last}", {})


def test_what_left_and_what_waits(store: Store, maya: Maya, sent: str) -> None:
    begin(store, maya, maya.diane.key, "2026-03-02", "2026-03-08")
    begin(store, maya, maya.tess.key, "2026-03-02", "2026-03-08")
    store.do("End", consents.end, maya.consent)
    begin(store, maya, maya.diane.key, "2026-03-16", "2026-03-22")  # days after the end
    found = store.ask(relied.on, maya.consent)
    (told,) = found.told
    assert (told.recipient, told.channel) == ("Diane Brenner", "encrypted_pdf")
    assert told.what.startswith("Family update")
    assert (told.at.date(), told.at.hour) == (date(2026, 3, 9), 12)  # in New York
    assert found.open == (
        Open(maya.diane.key, "Diane Brenner", date(2026, 3, 2), date(2026, 3, 8)),
    )


def test_one_that_served_beside_another_is_relied_on_too(
    store: Store, maya: Maya, sent: str
) -> None:
    other = store.do("Copy", consents.save, store.ask(consents.draft, maya.consent))
    assert store.ask(relied.on, other) == relied.Relied((), ())

    def leave_on_both(session: Session) -> None:
        named = outside_name(consents.get(session, other))
        first = session.scalars(select(Disclosure)).one()
        copied = {
            column.name: getattr(first, column.name)
            for column in Disclosure.__table__.columns
            if column.name not in {"id", "uid", "ref", "created_at", "updated_at", "version"}
        }
        session.add(Disclosure(**(copied | {"consents": ["k-diane", named]})))

    store.do(Label("Hand over", undoable=False), leave_on_both)
    assert len(store.ask(relied.on, other).told) == 1
    assert len(store.ask(relied.on, maya.consent).told) == 2


def test_what_was_taken_back_on_paper_is_left_out(store: Store, maya: Maya, sent: str) -> None:
    label = Label("Correct", undoable=False)
    store.do(label, disclosures.correct, sent, "It was not sent.")
    assert store.ask(relied.on, maya.consent).told == ()
    with pytest.raises(Problem, match="no longer there"):
        store.ask(relied.on, 99)
