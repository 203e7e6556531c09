"""Everyone reached since Monday, and everyone not, the longest silence first."""

from datetime import date, time

from sqlalchemy.orm import Session

from cmdesk.casework import clients, week_review
from cmdesk.casework.clients import ClientDraft
from cmdesk.models.merge import ClientMerge
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, log


def test_everyone_touched_and_everyone_not(store: Store, maya: Maya) -> None:
    ana = store.do("Add", clients.add, ClientDraft("Ana", "Ruiz"))
    store.do("Add", clients.add, ClientDraft("Gone", status="closed"))
    found = store.ask(week_review.review)
    assert (found.since, list(found.touched)) == (MONDAY, [])
    assert [(each.client_id, each.last) for each in found.untouched] == [
        (ana, None),
        (maya.client, date(2026, 3, 6)),
    ]
    log(store, maya, day=MONDAY, at=time(8), minutes=20)
    log(store, maya, day=MONDAY, at=time(9), minutes=30, outcome="no_answer")
    found = store.ask(week_review.review)
    (touched,) = found.touched
    assert (touched.client_id, touched.contacts, touched.minutes) == (maya.client, 1, 20)
    assert [each.client_id for each in found.untouched] == [ana]

    def merge(session: Session) -> None:
        session.add(ClientMerge(client_id=maya.client, kept_id=ana))

    store.do("Merge", merge)
    found = store.ask(week_review.review)
    assert [(each.client_id, each.contacts) for each in found.touched] == [(ana, 1)]
    assert list(found.untouched) == []
